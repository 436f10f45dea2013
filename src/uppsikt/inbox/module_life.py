"""The life of a standard answer: section 6.2, and who answers for its words."""

from django.utils.translation import gettext_lazy as _

from uppsikt.policy.lifecycle import Lifecycle, State, begins, either


class ModuleLife(Lifecycle, kind="module"):
    """Written by one, approved by another, and used until it is retired."""

    draft = State(_("Draft"))
    proposed = State(_("Waits for approval"))
    approved = State(_("In use"))
    retired = State(_("No longer used"))

    write = begins(draft, _("Written"))
    propose = draft.to(proposed, _("Propose for approval"))
    approve = proposed.to(approved, _("Approve"))
    send_back = proposed.to(draft, _("Send back"))
    retire = either(draft, proposed, approved).to(retired, _("Stop using"))
