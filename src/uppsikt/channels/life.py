"""The life of a channel: guideline sections 4 (start) and 9 (close)."""

from django.utils.translation import gettext_lazy as _

from uppsikt.policy.lifecycle import Lifecycle, State, begins, either


class ChannelLife(Lifecycle, kind="channel"):
    """An application is approved by the line manager, launched when all is in place.

    An account that was there before anybody asked is `found`: it is the
    municipality's, and nobody has approved it (R-4-1).
    """

    found = State(_("Not approved"))
    applied = State(_("Applied for"))
    declined = State(_("Declined"))
    withdrawn = State(_("Withdrawn"))
    approved = State(_("Approved"))
    active = State(_("Active"))
    paused = State(_("Paused"))
    closing = State(_("Closing"))
    closed = State(_("Closed down"))
    struck = State(_("Struck from the register"))

    enter = begins(found, _("Enter an account that exists"))
    apply = begins(applied, _("Apply for a channel"))
    strike = found.to(struck, _("Strike from the register"))
    regularise = found.to(applied, _("Apply for it"))
    withdraw = applied.to(withdrawn, _("Withdraw the application"))
    approve = applied.to(approved, _("Approve"))
    decline = applied.to(declined, _("Decline"))
    launch = approved.to(active, _("Launch"))
    pause = active.to(paused, _("Pause"))
    resume = paused.to(active, _("Resume"))
    wind_down = either(active, paused).to(closing, _("Prepare to close"))
    keep = closing.to(active, _("Keep the channel after all"))
    close = either(found, approved, active, paused, closing).to(closed, _("Close"))
