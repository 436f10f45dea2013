"""The life of an exemption: guideline section 6, one role decides."""

from django.utils.translation import gettext_lazy as _

from uppsikt.policy.lifecycle import Lifecycle, State, begins


class ExemptionLife(Lifecycle, kind="exemption"):
    """Asked for, then granted or refused; a granted one ends on its day, or before."""

    asked = State(_("Asked for"))
    granted = State(_("Granted"))
    refused = State(_("Refused"))
    ended = State(_("Ended early"))

    ask = begins(asked, _("Ask for an exemption"))
    grant = asked.to(granted, _("Grant"))
    refuse = asked.to(refused, _("Refuse"))
    end = granted.to(ended, _("End the exemption"))
