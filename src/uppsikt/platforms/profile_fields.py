"""The fields of a profile on each platform: how long, and what each has to hold.

Lengths are what the platform takes, counted in characters as Python counts them, which
is never fewer than the platform counts. None: we have no figure that we are sure of.
Sources: Bluesky by its lexicon `app.bsky.actor.profile`; Mastodon by its documentation
of profiles; the others by their own forms, as of autumn 2026.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from uppsikt.policy.words import N_


class Text(StrEnum):
    """What the guideline, or the law, demands that a profile says."""

    SENDER = "sender"
    DESCRIPTION = "description"
    CONTACT = "contact"
    RULES = "rules"
    VISIBILITY = "visibility"


LABELS: Final[dict[Text, str]] = {
    Text.SENDER: N_("Who the sender is"),
    Text.DESCRIPTION: N_("What the channel is for"),
    Text.CONTACT: N_("Whom to contact"),
    Text.RULES: N_("Rules for comments"),
    Text.VISIBILITY: N_("Who sees what you write"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileField:
    """One field of a profile. `read_as` names it in what a connector reads back."""

    name: str
    label: str
    max_length: int | None
    holds: tuple[Text, ...]
    read_as: str = ""


NAME_ONLY: Final = (Text.SENDER,)
ALL: Final = tuple(Text)
BESIDE_NAME: Final = (Text.DESCRIPTION, Text.CONTACT, Text.RULES, Text.VISIBILITY)


def _name(max_length: int | None, *, read_as: str = "") -> ProfileField:
    return ProfileField(
        name="name",
        label=N_("Name"),
        max_length=max_length,
        holds=NAME_ONLY,
        read_as=read_as,
    )


def _bio(label: str, max_length: int | None, *, read_as: str = "") -> ProfileField:
    return ProfileField(
        name="bio", label=label, max_length=max_length, holds=ALL, read_as=read_as
    )


FIELDS: Final[dict[str, tuple[ProfileField, ...]]] = {
    "facebook": (
        _name(None),
        ProfileField(
            name="intro",
            label=N_("Intro"),
            max_length=101,
            holds=(Text.SENDER, Text.DESCRIPTION),
        ),
        ProfileField(
            name="about",
            label=N_("About, or a pinned post"),
            max_length=None,
            holds=BESIDE_NAME,
        ),
    ),
    "instagram": (_name(64), _bio(N_("Bio"), 150)),
    "linkedin": (
        _name(None),
        ProfileField(
            name="tagline",
            label=N_("Tagline"),
            max_length=120,
            holds=NAME_ONLY,
        ),
        _bio(N_("Overview"), 2000),
    ),
    "youtube": (_name(None), _bio(N_("Channel description"), 1000)),
    "x": (_name(50), _bio(N_("Bio"), 160)),
    "tiktok": (_name(30), _bio(N_("Bio"), 80)),
    # Two figures go about for Threads; the shorter fits in both.
    "threads": (_name(None), _bio(N_("Bio"), 150)),
    "mastodon": (_name(30), _bio(N_("Bio"), 500)),
    "bluesky": (
        _name(64, read_as="display_name"),
        _bio(N_("Description"), 256, read_as="description"),
    ),
    "other": (_name(None), _bio(N_("Description"), None)),
}
