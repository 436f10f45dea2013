"""The life of a report that something of our own is a private opinion (R-6.2-12)."""

from django.utils.translation import gettext_lazy as _

from uppsikt.policy.lifecycle import Lifecycle, State, begins, either


class LapseLife(Lifecycle, kind="lapse"):
    """Reported, judged, corrected, registered; or it was nothing, and why."""

    reported = State(_("To be judged"))
    upheld = State(_("To be corrected"))
    corrected = State(_("Corrected"))
    closed = State(_("Closed"))
    dismissed = State(_("Nothing to correct"))

    report = begins(reported, _("Reported"))
    uphold = reported.to(upheld, _("It is to be corrected"))
    dismiss = either(reported, upheld).to(dismissed, _("Nothing to correct"))
    correct = upheld.to(corrected, _("Correct it"))
    close = corrected.to(closed, _("Close"))
