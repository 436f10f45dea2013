"""The life of a moderation case: guideline 6.4, in its own order, and the special path.

Take a screenshot, remove, tell the author, register. What touches a platform takes two
moves: a person orders, the clock carries out. Notice, registration and reports are rows
of their own that gate the closing, so an author who cannot be reached blocks nothing.
"""

from django.utils.translation import gettext_lazy as _

from uppsikt.policy.lifecycle import Lifecycle, State, begins, either


class CaseLife(Lifecycle, kind="case"):
    """Assess, preserve, remove, read back; or leave it up; or the special path."""

    opened = State(_("To be assessed"))
    proposed = State(_("Waits for a second person"))
    condemned = State(_("To be removed"))
    secured = State(_("Evidence sealed"))
    by_hand = State(_("To be removed by hand"))
    removed = State(_("Removed"))
    unconfirmed = State(_("Removal not confirmed"))
    left_up = State(_("Left up"))
    special = State(_("Special case"))
    special_closed = State(_("Special case closed"))
    restored = State(_("Restored"))
    closed = State(_("Closed"))

    open = begins(opened, _("Open a case"))
    open_special = begins(special, _("Open a special case"))
    leave_up = either(opened, proposed).to(left_up, _("Leave it up"))
    propose = opened.to(proposed, _("Ask a second person"))
    condemn = opened.to(condemned, _("Remove"))
    agree = proposed.to(condemned, _("Agree to remove"))
    secure = condemned.to(secured, _("Seal the evidence"))
    remove = secured.to(removed, _("Carry out"))
    ask_hand = secured.to(by_hand, _("Ask a person to remove it"))
    remove_by_hand = by_hand.to(removed, _("It is removed"))
    doubt = either(secured, by_hand).to(unconfirmed, _("Not confirmed"))
    confirm = unconfirmed.to(removed, _("Confirm the removal"))
    try_again = unconfirmed.to(secured, _("Try again"))
    call_off = either(condemned, secured, by_hand).to(opened, _("Call it off"))
    seclude = either(
        opened, proposed, condemned, secured, by_hand, unconfirmed, removed
    ).to(special, _("Choose the special path"))
    close_special = special.to(special_closed, _("Close the special case"))
    restore = either(removed, closed).to(restored, _("Restore"))
    close = removed.to(closed, _("Close"))
