"""The life of a channel: guideline sections 4 (start) and 9 (close)."""

from django.utils.translation import gettext_lazy as _

from uppsikt.policy.lifecycle import Lifecycle, State, begins, either


class ChannelLife(Lifecycle, kind="channel"):
    """An application is approved by the line manager, launched when all is in place."""

    applied = State(_("Applied for"))
    declined = State(_("Declined"))
    withdrawn = State(_("Withdrawn"))
    approved = State(_("Approved"))
    active = State(_("Active"))
    closed = State(_("Closed"))

    apply = begins(applied, _("Apply for a channel"))
    withdraw = applied.to(withdrawn, _("Withdraw the application"))
    approve = applied.to(approved, _("Approve"))
    decline = applied.to(declined, _("Decline"))
    launch = approved.to(active, _("Launch"))
    close = either(approved, active).to(closed, _("Close"))
