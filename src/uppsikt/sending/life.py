"""The life of what goes out in the channel's name (R-6.2-6)."""

from django.utils.translation import gettext_lazy as _

from uppsikt.policy.lifecycle import Lifecycle, State, begins, either


class OutgoingLife(Lifecycle, kind="outgoing"):
    """A person orders, the worker sends once and reads back."""

    awaiting = State(_("Waits for approval"))
    ordered = State(_("On its way"))
    by_hand = State(_("To be posted by hand"))
    sent = State(_("Sent"))
    unconfirmed = State(_("Sent, not seen on the platform"))
    confirmed = State(_("Seen on the platform"))
    failed = State(_("Not sent"))
    stopped = State(_("Stopped"))

    ask = begins(awaiting, _("Ask for approval"))
    order = begins(ordered, _("Send"))
    hand_over = begins(by_hand, _("Post by hand"))
    approve = awaiting.to(ordered, _("Approve and send"))
    send_back = awaiting.to(stopped, _("Send back"))
    stop = either(awaiting, ordered, by_hand, failed).to(stopped, _("Stop"))
    seal = either(awaiting, ordered, by_hand, failed).to(
        stopped, _("Stop: it is a special case")
    )
    call_back = ordered.to(stopped, _("Stop what was not there"))
    send = ordered.to(sent, _("Carry out"))
    fail = ordered.to(failed, _("Give up"))
    # What has been sent is never called unsent by the clock: all may be reading it.
    doubt = sent.to(unconfirmed, _("Note that it is not seen"))
    confirm = either(sent, unconfirmed).to(confirmed, _("Read back"))
    vouch = unconfirmed.to(confirmed, _("I have seen it"))
    declare_lost = unconfirmed.to(failed, _("It is not there"))
    post = either(by_hand, failed).to(confirmed, _("It is posted"))
    retry = failed.to(ordered, _("Try again"))
