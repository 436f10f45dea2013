"""What each platform is like for a municipality, connected or not."""

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from uppsikt.policy.watch_scope import Part
from uppsikt.policy.words import N_


class Hiding(StrEnum):
    """What hiding another's comment means for the public (R-6.4-25)."""

    NONE = "none"
    FROM_ALL = "from_all"
    STILL_SEEN_BY_SOME = "still_seen_by_some"
    ONE_CLICK_AWAY = "one_click_away"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One platform: where it is, what it allows, and which connector serves it.

    `hosts` are the names that its addresses have, without `www.` or `m.`.
    `max_comment_length` counts characters; None where we have no sure figure.
    `can_delete_comments` and `hiding` speak of what other people have written, by
    a person at the platform or by us. `requires_personal_account`: an employee
    reaches the channel through an account of their own. `lacks` are parts of a day's
    watch that are not to be found there.
    """

    name: str
    label: str
    hosts: frozenset[str]
    max_comment_length: int | None
    text_placement_hint: str
    requires_personal_account: bool
    can_delete_comments: bool
    hiding: Hiding
    connector: str = "manual"
    lacks: frozenset[Part] = frozenset({Part.REVIEWS})

    @property
    def can_hide_comments(self) -> bool:
        return self.hiding is not Hiding.NONE

    @property
    def hide_is_real(self) -> bool:
        """Tell whether nobody but the channel's people sees what is hidden."""
        return self.hiding is Hiding.FROM_ALL


IN_ABOUT = N_("Put it on the page's About tab, or in a pinned post that links to it.")
IN_BIO = N_("The profile has room for a line and a link: link to the full text.")
IN_DESCRIPTION = N_("Put it in the channel's description.")
IN_FIELDS = N_("Use a profile field with a link, and a pinned post.")
ANYWHERE = N_("Put it where a visitor finds it without signing in.")


_ALL = (
    Site(
        name="facebook",
        label="Facebook",
        hosts=frozenset({"facebook.com", "fb.com", "fb.me"}),
        lacks=frozenset(),
        max_comment_length=None,
        text_placement_hint=IN_ABOUT,
        requires_personal_account=True,
        can_delete_comments=True,
        # The author and their friends still see what is hidden.
        hiding=Hiding.STILL_SEEN_BY_SOME,
    ),
    Site(
        name="instagram",
        label="Instagram",
        hosts=frozenset({"instagram.com", "instagr.am"}),
        max_comment_length=None,
        text_placement_hint=IN_BIO,
        requires_personal_account=False,
        can_delete_comments=True,
        # Not known to be hidden from the author's circle: counted as seen by some.
        hiding=Hiding.STILL_SEEN_BY_SOME,
    ),
    Site(
        name="linkedin",
        label="LinkedIn",
        hosts=frozenset({"linkedin.com", "lnkd.in"}),
        max_comment_length=None,
        text_placement_hint=IN_DESCRIPTION,
        requires_personal_account=True,
        can_delete_comments=True,
        # By a page administrator there; the API refuses others' comments.
        hiding=Hiding.NONE,
    ),
    Site(
        name="youtube",
        label="YouTube",
        hosts=frozenset({"youtube.com", "youtu.be"}),
        lacks=frozenset({Part.REVIEWS, Part.MESSAGES}),
        max_comment_length=None,
        text_placement_hint=IN_DESCRIPTION,
        requires_personal_account=False,
        can_delete_comments=True,
        # Held for review: nobody but the channel sees it.
        hiding=Hiding.FROM_ALL,
    ),
    Site(
        name="x",
        label="X",
        hosts=frozenset({"x.com", "twitter.com"}),
        max_comment_length=None,
        text_placement_hint=IN_BIO,
        requires_personal_account=False,
        can_delete_comments=False,
        hiding=Hiding.ONE_CLICK_AWAY,
    ),
    Site(
        name="tiktok",
        label="TikTok",
        hosts=frozenset({"tiktok.com"}),
        max_comment_length=None,
        text_placement_hint=IN_BIO,
        requires_personal_account=False,
        can_delete_comments=True,
        # Deleting only in the app. What hiding means there is not documented.
        hiding=Hiding.STILL_SEEN_BY_SOME,
    ),
    Site(
        name="threads",
        label="Threads",
        hosts=frozenset({"threads.net", "threads.com"}),
        max_comment_length=None,
        text_placement_hint=IN_BIO,
        requires_personal_account=False,
        can_delete_comments=False,
        # Only answers directly below the post.
        hiding=Hiding.ONE_CLICK_AWAY,
    ),
    Site(
        name="mastodon",
        label="Mastodon",
        hosts=frozenset(),
        max_comment_length=None,
        text_placement_hint=IN_FIELDS,
        requires_personal_account=False,
        can_delete_comments=False,
        # Any host can be a server; only its own administrator removes.
        hiding=Hiding.NONE,
    ),
    Site(
        name="bluesky",
        label="Bluesky",
        hosts=frozenset({"bsky.app", "bsky.social"}),
        max_comment_length=300,
        text_placement_hint=IN_BIO,
        requires_personal_account=False,
        can_delete_comments=False,
        hiding=Hiding.ONE_CLICK_AWAY,
        connector="bluesky",
    ),
    Site(
        name="other",
        label=N_("Another platform"),
        lacks=frozenset(),
        hosts=frozenset(),
        max_comment_length=None,
        text_placement_hint=ANYWHERE,
        requires_personal_account=False,
        can_delete_comments=False,
        hiding=Hiding.NONE,
    ),
)

SITES: dict[str, Site] = {site.name: site for site in _ALL}


def site_of(url: str) -> Site:
    """Return the platform that an address leads to, or the site `other`."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        host = ""
    for site in SITES.values():
        if any(host == known or host.endswith(f".{known}") for known in site.hosts):
            return site
    return SITES["other"]
