"""The life of what goes out in the channel's name (R-6.2-6)."""

from django.utils.translation import gettext_lazy as _

from uppsikt.policy.lifecycle import Lifecycle, State, begins, either


class OutgoingLife(Lifecycle, kind="outgoing"):
    """A person orders, the worker sends once and reads back."""

    awaiting = State(_("Waits for approval"))
    ordered = State(_("On its way"))
    by_hand = State(_("To be posted by hand"))
    sent = State(_("Sent"))
    confirmed = State(_("Seen on the platform"))
    failed = State(_("Not sent"))
    stopped = State(_("Stopped"))

    ask = begins(awaiting, _("Ask for approval"))
    order = begins(ordered, _("Send"))
    hand_over = begins(by_hand, _("Post by hand"))
    approve = awaiting.to(ordered, _("Approve and send"))
    send_back = awaiting.to(stopped, _("Send back"))
    stop = ordered.to(stopped, _("Stop"))
    send = ordered.to(sent, _("Carry out"))
    fail = either(ordered, sent).to(failed, _("Give up"))
    confirm = sent.to(confirmed, _("Read back"))
    post = either(by_hand, failed).to(confirmed, _("It is posted"))
    retry = failed.to(ordered, _("Try again"))
