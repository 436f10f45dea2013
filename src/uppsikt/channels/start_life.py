"""The life of a start-up notice: sent, received, and perhaps raised higher (R-4-8)."""

from django.utils.translation import gettext_lazy as _

from uppsikt.policy.lifecycle import Lifecycle, State, begins, either


class StartNoticeLife(Lifecycle, kind="start_notice"):
    """The officer confirms receipt and may raise a doubt, but approves nothing."""

    sent = State(_("Sent"))
    received = State(_("Received"))
    escalated = State(_("Raised with the head of communications"))

    send = begins(sent, _("Send the start-up notice"))
    receive = sent.to(received, _("Confirm receipt"))
    escalate = either(sent, received).to(
        escalated, _("Raise it with the head of communications")
    )
    settle = escalated.to(received, _("Answer what was raised"))
