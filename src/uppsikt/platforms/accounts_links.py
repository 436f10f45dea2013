"""Links that are no platform's own form: sent on, shortened, opened by apps."""

import re
from typing import Final

APPS: Final = {
    "fb": "facebook",
    "instagram": "instagram",
    "youtube": "youtube",
    "vnd.youtube": "youtube",
    "twitter": "x",
    "at": "bluesky",
}
"""The platform of each scheme by which an app opens an account."""

ONWARD: Final = {
    ("l.facebook.com", "/l.php"): "u",
    ("lm.facebook.com", "/l.php"): "u",
    ("www.facebook.com", "/l.php"): "u",
    ("www.facebook.com", "/login.php"): "next",
    ("www.facebook.com", "/login"): "next",
    ("m.facebook.com", "/login.php"): "next",
    ("l.instagram.com", "/"): "u",
    ("l.threads.com", "/"): "u",
    ("l.threads.net", "/"): "u",
    ("www.youtube.com", "/redirect"): "q",
    ("www.linkedin.com", "/redir/redirect"): "url",
    ("www.linkedin.com", "/safety/go"): "url",
}
"""Pages that only send on, by host and path, and the question that says where."""

SHORTENERS: Final = frozenset(
    [
        "safelinks.protection.outlook.com",
        "fb.me",
        "fb.watch",
        "youtu.be",
        "lnkd.in",
        "t.co",
        "vm.tiktok.com",
        "vt.tiktok.com",
        "go.bsky.app",
        "bit.ly",
        "tinyurl.com",
        "goo.gl",
        "ow.ly",
        "buff.ly",
        "is.gd",
        "t.ly",
        "rb.gy",
        "cutt.ly",
        "shorturl.at",
    ]
)
"""Hosts whose addresses say nothing of where they lead, nor any name's under them."""

SEARCHED: Final = re.compile(r"(?:www\.)?google\.[a-z]{2,3}(?:\.[a-z]{2})?/url")
"""What a search engine puts in place of an address that is copied from its answers."""

FEDERATED: Final = re.compile(
    r"/(?:web/|deck/)?(?:@|users/)(?P<name>[^/@]+)(?P<post>/(?:statuses/)?\d+)?"
    r"(?:/(?:with_replies|media|followers|following|about))?"
)
"""An account at a server of its own, as Mastodon writes it; any host may be one."""

COPIED: Final = re.compile(r"/(?:web/|deck/)?@[^/@]+@[^/@]+(?:/.*)?")
"""Another server's account, shown at this one."""

BLUESKY_NAMES: Final = ".bsky.social"
"""The ending of account names that are also hosts, which lead to the account."""

TRACKING: Final = re.compile(
    r"utm_.*|fbclid|gclid|dclid|msclkid|igsh|igshid|mc_[ce]id|si|_ga|_gl|mibextid|ref|"
    r"ref_src|ref_url|trk|trackingId|lipi"
)
"""Questions in an address that only follow the reader about."""

REPORTING: Final = {
    "facebook": "https://www.facebook.com/help/174210519303259",
    "instagram": "https://help.instagram.com/446663175382270",
    "youtube": "https://support.google.com/youtube/answer/2801947",
    "x": "https://help.x.com/forms/impersonation",
    "tiktok": "https://support.tiktok.com/en/safety-hc/report-a-problem/"
    "report-an-impersonation-account",
}
"""The platforms' own pages on how to report somebody who pretends to be another."""
