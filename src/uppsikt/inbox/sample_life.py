"""The life of a sample of a channel's answers: section 6.2, looked at afterwards."""

from django.utils.translation import gettext_lazy as _

from uppsikt.policy.lifecycle import Lifecycle, State, begins


class SampleLife(Lifecycle, kind="sample"):
    """Drawn, reviewed answer by answer, and followed up where it falls short."""

    drawn = State(_("To be reviewed"))
    passed = State(_("Reviewed"))
    short = State(_("To be followed up"))
    followed = State(_("Followed up"))

    draw = begins(drawn, _("Drawn"))
    finish = drawn.to(passed, _("Reviewed"))
    fall_short = drawn.to(short, _("Reviewed, with faults"))
    follow_up = short.to(followed, _("Follow up"))
