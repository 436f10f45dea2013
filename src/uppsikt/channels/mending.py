"""Where a person goes to put right what is found about a channel."""

from typing import Final

from django.urls import reverse

from uppsikt.channels.models import Channel
from uppsikt.policy.verdict import Finding

_CARD, _PROFILE, _PEOPLE = "channel", "channel-profile", "channel-people"
# What a question on the card itself answers is not here: the answer stands beside it.
PLACES: Final[dict[str, tuple[str, str]]] = {
    **dict.fromkeys(
        (
            "enough_access_holders",
            "owner_reaches_the_account",
            "everyone_has_two_factor",
        ),
        (_CARD, "#access-now"),
    ),
    **dict.fromkeys(("deputy_is_named", "owner_is_named"), (_CARD, "#people-now")),
    **dict.fromkeys(("description_is_written", "contact_is_given"), (_CARD, "#change")),
    "admin_rights_are_handed_over": (_CARD, "#rights"),
    **dict.fromkeys(
        ("publishers_are_authorised", "representatives_are_authorised"), (_PEOPLE, "")
    ),
    "recovery_is_known": (_PEOPLE, "#recover"),
    "selfcheck_is_done": ("channel-self-check", ""),
    **dict.fromkeys(
        (
            "sender_is_shown",
            "description_is_shown",
            "contact_is_shown",
            "rules_are_shown",
            "visibility_is_shown",
            "profile_is_as_we_left_it",
            "card_is_confirmed",
        ),
        (_PROFILE, ""),
    ),
    **dict.fromkeys(
        (
            "platform_has_current_risks",
            "joint_control_is_arranged",
            "impact_is_screened",
        ),
        ("platform", ""),
    ),
    "leavers_have_no_access": ("leavers", ""),
    "guideline_is_read": ("guideline", ""),
    "review_is_current": ("channel-review", ""),
}
"""The page, and the place on it, by the name of the check that found it."""


def place_of(finding: Finding, channel: Channel) -> str:
    """Return the address at which a finding is put right, or "" where none is known."""
    if finding.control.check not in PLACES:
        return ""
    page, part = PLACES[finding.control.check]
    if page == "platform":
        return reverse(page, args=[channel.site])
    about = [] if page in ("leavers", "guideline") else [channel.pk]
    return reverse(page, args=about) + part
