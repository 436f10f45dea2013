"""How each platform writes the addresses of accounts: a table, and no rules of its own.

A path is decoded and without the slash at its end. The group `name` is the account, and
`post` matches when the address goes to something inside it. Reserved words are the
platforms' own first segments, and never an account.
"""

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One way in which an account's address is written.

    `handle` and `url` are the account's name and address as we keep them. `asked` is
    the question in the address that holds the name, where the path does not. `is_id`:
    the name is the platform's own stable id. `exact`: its letters' case tells apart.
    """

    path: re.Pattern[str]
    handle: str = "{name}"
    url: str
    asked: str = ""
    is_id: bool = False
    exact: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """A platform's hosts and forms.

    `home` and `lead` stand before a plain name. `before` is what may stand before a
    host, with its dot. `silent` are characters that tell no two plain names apart.
    """

    site: str
    home: str
    lead: str = ""
    hosts: frozenset[str]
    before: re.Pattern[str]
    forms: tuple[Form, ...]
    reserved: frozenset[str] = frozenset()
    silent: str = ""


def _form(
    path: str,
    url: str,
    *,
    handle: str = "{name}",
    asked: str = "",
    flags: str = "",
) -> Form:
    """Return a form; `flags` are "id" and "exact", parted by spaces."""
    told = flags.split()
    return Form(
        path=re.compile(path, re.IGNORECASE | re.ASCII),
        handle=handle,
        url=url,
        asked=asked,
        is_id="id" in told,
        exact="exact" in told,
    )


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NAME: Final = r"(?P<name>[^/]+)"
_ID: Final = r"(?P<name>\d+)"
_REST: Final = r"(?:/.*)?"

_FB: Final = "https://www.facebook.com/"
_FB_ID: Final = _FB + "profile.php?id={name}"
_FACEBOOK: Final = Ways(
    site="facebook",
    home=_FB,
    hosts=_words("facebook.com fb.com m.me"),
    before=re.compile(r"(?:(?:www|m|mobile|mbasic|web|touch|[a-z]{2}-[a-z]{2})\.)?"),
    # Facebook reads a name with dots as the same name without.
    silent=".",
    forms=(
        _form(r"/profile\.php", _FB_ID, asked="id", flags="id"),
        _form(r"/(?:permalink|story)\.php(?P<post>)", _FB_ID, asked="id", flags="id"),
        _form(rf"/people/[^/]+/{_ID}{_REST}", _FB_ID, flags="id"),
        _form(rf"/pages/[^/]+/{_ID}{_REST}", _FB_ID, flags="id"),
        _form(rf"/pages/category/[^/]+/[^/]+-{_ID}{_REST}", _FB_ID, flags="id"),
        _form(rf"/(?:pages|p)/[^/]+-{_ID}{_REST}", _FB_ID, flags="id"),
        _form(rf"fb://(?:profile|page)/{_ID}", _FB_ID, flags="id"),
        _form(r"fb://(?:profile|page)", _FB_ID, asked="id", flags="id"),
        _form(
            rf"(?:/groups|fb://group)/{_NAME}(?P<post>/(?:posts|permalink)/\d+)?"
            r"(?:/(?!user(?:/|$)).*)?",
            _FB + "groups/{name}",
            handle="groups/{name}",
        ),
        _form(rf"/[^/]+-(?P<name>\d{{8,}}){_REST}", _FB_ID, flags="id"),
        _form(rf"/{_ID}(?P<post>/(?:posts|videos)/[^/]+)?{_REST}", _FB_ID, flags="id"),
        _form(
            rf"/(?:pg/)?{_NAME}(?P<post>/(?:posts|videos|reels)/[^/]+"
            rf"|/photos/[^/]+/[^/]+)?{_REST}",
            _FB + "{name}",
        ),
    ),
    reserved=_words(
        "about ads adsmanager ajax apps badges bookmarks business campaign careers "
        "category checkpoint community connect data dialog discover donate events feed "
        "find-friends friends fundraisers g games gaming groups hashtag help home "
        "invite j jobs joins l latest legal lite live local login login.php logout "
        "maps marketplace me media memories messages mobile nearby news note notes "
        "notifications offers p pages people permalink.php pg photo photo.php photos "
        "plugins policies policy posts privacy profile profile.php public questions "
        "recover reel reels reg requests saved search security settings share sharer "
        "sharer.php stories story.php support terms today tr translations "
        "unsubscribe user video videos watch whitehat your_information"
    ),
)

_IG: Final = "https://www.instagram.com/{name}/"
_INSTAGRAM: Final = Ways(
    site="instagram",
    home="https://www.instagram.com/",
    hosts=_words("instagram.com instagr.am"),
    before=re.compile(r"(?:(?:www|m)\.)?"),
    forms=(
        _form(r"instagram://user", _IG, asked="username"),
        _form(rf"/(?P<post>stories)/{_NAME}{_REST}", _IG),
        _form(rf"/(?:_u/)?{_NAME}(?P<post>/(?:p|reel|tv)/[^/]+)?{_REST}", _IG),
    ),
    reserved=_words(
        "_n _u about accounts api archive challenge create developer developers direct "
        "directory download emails explore graphql help highlights invites legal "
        "locations "
        "lite n nux oauth p popular press privacy qr reel reels s session settings "
        "static stories terms topics tv web your_activity"
    ),
)

_IN: Final = "https://www.linkedin.com/"
_APP: Final = "(?:/mwlite|/organization-guest)?"
_LINKEDIN: Final = Ways(
    site="linkedin",
    home=_IN,
    lead="company/",
    hosts=_words("linkedin.com"),
    before=re.compile(r"(?:(?:www|m|touch|[a-z]{2})\.)?"),
    forms=(
        _form(rf"{_APP}/company/{_ID}{_REST}", _IN + "company/{name}/", flags="id"),
        _form(rf"{_APP}/company/{_NAME}{_REST}", _IN + "company/{name}/"),
        _form(
            rf"{_APP}/showcase/{_NAME}{_REST}",
            _IN + "showcase/{name}/",
            handle="showcase/{name}",
        ),
        _form(
            rf"{_APP}/school/{_NAME}{_REST}",
            _IN + "school/{name}/",
            handle="school/{name}",
        ),
        _form(rf"{_APP}/in/{_NAME}{_REST}", _IN + "in/{name}/", handle="in/{name}"),
    ),
    reserved=_words("new setup admin login"),
)

_YT: Final = "https://www.youtube.com/"
_YT_CHANNEL: Final = r"(?P<name>(?-i:UC)[A-Za-z0-9_-]{22})"
_YOUTUBE: Final = Ways(
    site="youtube",
    home=_YT,
    lead="@",
    hosts=_words("youtube.com"),
    before=re.compile(r"(?:(?:www|m|music|gaming|studio)\.)?"),
    forms=(
        _form(
            rf"(?:(?:vnd\.)?youtube://(?:www\.|m\.)?youtube\.com)?"
            rf"/channel/{_YT_CHANNEL}{_REST}",
            _YT + "channel/{name}",
            handle="channel/{name}",
            flags="id exact",
        ),
        _form(rf"/@{_NAME}{_REST}", _YT + "@{name}"),
        _form(rf"/user/{_NAME}{_REST}", _YT + "user/{name}", handle="user/{name}"),
        # An old address of its own works with "c/" before it, and without.
        _form(
            rf"/(?:c/)?(?!@){_NAME}(?:/(?:videos|about|featured|playlists|community"
            r"|streams|live|shorts|posts|releases|podcasts|channels|search))?",
            _YT + "c/{name}",
            handle="c/{name}",
        ),
    ),
    reserved=_words(
        "about account ads attribution_link audiolibrary c channel clip create "
        "creators embed error explore feed gaming gaming hashtag howyoutubeworks "
        "jobs kids live live_chat login logout movies music news oembed oops "
        "playlist playlists post premium press privacy red redirect reporthistory "
        "results shorts signin source sports static supported_browsers t tv user v "
        "verify watch watch_videos yt"
    ),
)

_X_URL: Final = "https://x.com/{name}"
_X_ID: Final = "https://x.com/i/user/{name}"
_X: Final = Ways(
    site="x",
    home="https://x.com/",
    hosts=_words("x.com twitter.com"),
    before=re.compile(r"(?:(?:www|mobile|m)\.)?"),
    forms=(
        _form(r"/intent/(?:user|follow)", _X_URL, asked="screen_name"),
        _form(r"twitter://user", _X_URL, asked="screen_name"),
        _form(rf"/i/user/{_ID}", _X_ID, handle="i/user/{name}", flags="id"),
        _form(rf"/@?{_NAME}(?P<post>/(?:status|statuses)/\d+)?{_REST}", _X_URL),
    ),
    reserved=_words(
        "about account blog compose content download explore following followers "
        "hashtag help home i intent jobs login logout messages notifications oauth "
        "personalization privacy search search-advanced settings share signup "
        "similar_to status statuses tos who_to_follow widgets"
    ),
)

_TT: Final = "https://www.tiktok.com/@{name}"
_TIKTOK: Final = Ways(
    site="tiktok",
    home="https://www.tiktok.com/",
    lead="@",
    hosts=_words("tiktok.com"),
    before=re.compile(r"(?:(?:www|m)\.)?"),
    forms=(_form(rf"/@{_NAME}(?P<post>/(?:video|photo)/\d+)?{_REST}", _TT),),
)

_TH: Final = "https://www.threads.com/@{name}"
_THREADS: Final = Ways(
    site="threads",
    home="https://www.threads.com/",
    lead="@",
    hosts=_words("threads.com threads.net"),
    before=re.compile(r"(?:www\.)?"),
    forms=(_form(rf"/@{_NAME}(?P<post>/post/[^/]+)?{_REST}", _TH),),
)

_BS: Final = "https://bsky.app/profile/{name}"
_DID: Final = r"(?P<name>did:(?:plc|web):[A-Za-z0-9.:-]+)"
_IN_IT: Final = rf"(?P<post>/post/[^/]+)?{_REST}"
_BLUESKY: Final = Ways(
    site="bluesky",
    home="https://bsky.app/",
    lead="profile/",
    hosts=_words("bsky.app"),
    before=re.compile(r"(?:www\.)?"),
    forms=(
        _form(rf"(?:/profile|at:/)/{_DID}{_IN_IT}", _BS, flags="id"),
        _form(rf"(?:/profile|at:/)/@?{_NAME}{_IN_IT}", _BS),
    ),
)

WAYS: Final[dict[str, Ways]] = {
    ways.site: ways
    for ways in (
        _FACEBOOK,
        _INSTAGRAM,
        _LINKEDIN,
        _YOUTUBE,
        _X,
        _TIKTOK,
        _THREADS,
        _BLUESKY,
    )
}
