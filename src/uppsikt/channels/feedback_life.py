"""The life of a suggestion that a visitor leaves about a channel (R-6.1-4)."""

from django.utils.translation import gettext_lazy as _

from uppsikt.policy.lifecycle import Lifecycle, State, begins


class FeedbackLife(Lifecycle, kind="feedback"):
    """What comes in is handled by those who answer for the channel, or handed over."""

    received = State(_("Received"))
    handled = State(_("Handled"))
    handed_over = State(_("Handed over"))

    receive = begins(received, _("Leave a suggestion"))
    handle = received.to(handled, _("Handle"))
    hand_over = received.to(handed_over, _("Hand over"))
