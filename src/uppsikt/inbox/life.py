"""The life of what comes in from the public: guideline section 6.2."""

from django.utils.translation import gettext_lazy as _

from uppsikt.policy.lifecycle import Lifecycle, State, begins, either


class ItemLife(Lifecycle, kind="item"):
    """Answered directly, or told that we will get back (R-6.2-3).

    To refer a political question (R-6.2-8) and to lead a person's own matter to a safe
    channel (D-32) are answers too, and told apart.
    """

    waiting = State(_("Waiting"))
    promised = State(_("We will get back"))
    answered = State(_("Answered"))
    referred = State(_("Referred to the parties"))
    moved = State(_("Moved to another channel"))
    passed_by = State(_("Needs no answer"))
    history = State(_("Before the cut-over"))
    ours = State(_("Our own"))

    receive = begins(waiting, _("Received"))
    file = begins(history, _("Taken in as history"))
    note = begins(ours, _("Our own, taken in"))
    promise = waiting.to(promised, _("Say that we will get back"))
    answer = either(waiting, promised, passed_by, history).to(answered, _("Answer"))
    refer = either(waiting, promised, passed_by, history).to(
        referred, _("Refer to the parties")
    )
    move_on = either(waiting, promised, passed_by, history).to(
        moved, _("Move to a safe channel")
    )
    pass_by = either(waiting, promised).to(passed_by, _("No answer needed"))
    keep_promise = passed_by.to(promised, _("Get back after all"))
    reopen = either(promised, answered, referred, moved, passed_by, history).to(
        waiting, _("Open again")
    )
