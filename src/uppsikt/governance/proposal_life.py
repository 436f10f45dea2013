"""The life of a proposed version of the guideline: section 3.2, and its head."""

from django.utils.translation import gettext_lazy as _

from uppsikt.policy.lifecycle import Lifecycle, State, begins, either


class ProposalLife(Lifecycle, kind="proposal"):
    """The office drafts and proposes, the owner endorses, the decider takes it."""

    draft = State(_("Draft"))
    proposed = State(_("Proposed"))
    endorsed = State(_("Endorsed"))
    adopted = State(_("Adopted"))
    rejected = State(_("Rejected"))
    withdrawn = State(_("Withdrawn"))

    begin = begins(draft, _("Begin a new version"))
    propose = draft.to(proposed, _("Propose"))
    send_back = either(proposed, endorsed).to(draft, _("Send back to be changed"))
    withdraw = either(draft, proposed).to(withdrawn, _("Withdraw"))
    endorse = proposed.to(endorsed, _("Endorse"))
    adopt = endorsed.to(adopted, _("Decide that it shall hold"))
    reject = either(proposed, endorsed).to(rejected, _("Reject"))
