"""The life of an account that somebody told us of (R-3.2-3, D-34)."""

from django.utils.translation import gettext_lazy as _

from uppsikt.policy.lifecycle import Lifecycle, State, begins, either


class FoundLife(Lifecycle, kind="found"):
    """A report is judged: ours and not registered, private, false, or nothing to do.

    A private person's account is let go, and nothing of it is kept.
    """

    reported = State(_("Reported"))
    ours = State(_("Ours, not registered"))
    registered = State(_("Entered in the register"))
    private = State(_("Private, let go"))
    false = State(_("False"))
    at_platform = State(_("False, reported to the platform"))
    gone = State(_("False, gone"))
    nothing = State(_("Nothing to do"))

    report = begins(reported, _("Tell of an account"))
    claim = reported.to(ours, _("It is ours"))
    register = ours.to(registered, _("It stands in the register"))
    release = reported.to(private, _("It is a private person's"))
    condemn = reported.to(false, _("It is false"))
    dismiss = reported.to(nothing, _("There is nothing to do"))
    tell_platform = false.to(at_platform, _("Reported to the platform"))
    vanish = either(false, at_platform).to(gone, _("It is gone"))
    retract = either(false, at_platform, gone).to(nothing, _("It was not false"))
