"""The life of a private message as an official document: guideline section 6.4.

What comes in is *received* (TF 2:9), what we send is *dispatched* (TF 2:10): the
guideline's own sentence simplifies. A person weighs each: registered, kept in order, or
of minor importance (OSL 5:1).
"""

from django.utils.translation import gettext_lazy as _

from uppsikt.policy.lifecycle import Lifecycle, State, begins, either


class MessageLife(Lifecycle, kind="message"):
    """Undecided until a person has weighed it; a decision is changed with a reason."""

    undecided = State(_("Not decided"))
    registered = State(_("Is registered"))
    in_order = State(_("Kept in order"))
    minor = State(_("Of minor importance"))
    unsent = State(_("Never left us"))

    receive = begins(undecided, _("Received"))
    dispatch = begins(undecided, _("Dispatched"))
    register = undecided.to(registered, _("Register it"))
    keep = undecided.to(in_order, _("Keep it in order"))
    belittle = undecided.to(minor, _("Of minor importance"))
    reconsider = either(registered, in_order, minor).to(undecided, _("Change this"))
    lose = either(undecided, in_order, minor).to(unsent, _("It never left us"))
