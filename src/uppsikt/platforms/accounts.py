"""One account, one spelling: what any pasted address or name leads to (R-3.2-3).

No network is asked. Hosts are matched whole, and what cannot be told for certain is
told as no account, with the reason.
"""

import hashlib
import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlencode

from uppsikt.platforms import accounts_reading as reading
from uppsikt.platforms.accounts_links import (
    APPS,
    BLUESKY_NAMES,
    COPIED,
    FEDERATED,
    ONWARD,
    SEARCHED,
    SHORTENERS,
    TRACKING,
)
from uppsikt.platforms.accounts_reading import Place, Unread, Why
from uppsikt.platforms.accounts_table import WAYS, Form, Ways

LONGEST_NAME: Final = 200
LONGEST_KEY: Final = 300
"""Characters of what an account is known by; a longer one is told by a digest."""
_FEDERATED_NAME: Final = re.compile(r"@?([^@/\s:]+)@([^@/\s]+\.[^@/\s]+)")
_PLAIN_NAME: Final = re.compile(r"@?[^\s/@:?#%&=]+")
_SAFE: Final = "@:!$&'()*+,;=~"


@dataclass(frozen=True, slots=True)
class Account:
    """An account at a platform, as it is kept and compared.

    `handle` tells it from every other at the site: a plain name, or the platform's
    path to it where names do not do ("groups/lasare", "channel/UC…"). `post`: the
    address that was pasted went to something inside it.
    """

    site: str
    handle: str
    url: str
    remote_id: str = ""
    post: bool = False

    @property
    def keys(self) -> frozenset[str]:
        """Return what the account is known by; two with one in common are the same."""
        return keys_of(self.site, self.handle, self.remote_id)


@dataclass(frozen=True, slots=True)
class NoAccount:
    """No account that can be told for certain; `name` where only that was given."""

    why: Why
    name: str = ""
    site: str = ""


def canonical(text: str, *, site: str = "") -> Account | NoAccount:
    """Return the account that a pasted text leads to, or why it leads to none.

    `site` is where a name alone is looked for. The text is refused when it hides where
    it leads: user information, encoded slashes, unseen characters, look-alike hosts.
    """
    try:
        found = _read(reading.pasted(text), site)
    except Unread as fault:
        return NoAccount(fault.why)
    # Signs that are not ASCII become longer in the one spelling.
    whole = isinstance(found, NoAccount) or len(found.url) <= reading.LONGEST
    return found if whole else NoAccount(Why.TOO_LONG)


def keys_of(site: str, handle: str, remote_id: str = "") -> frozenset[str]:
    """Return what the account is known by: its name at the site, and its stable id."""
    ways = WAYS.get(site)
    plain = handle if "/" in handle or ways is None else _without(handle, ways.silent)
    named = {_key(f"{site}:{plain}")} if handle else set()
    return frozenset(named | ({f"{site}#{remote_id}"} if remote_id else set()))


def _key(told: str) -> str:
    """Return what tells an account, in a length that any table holds."""
    if len(told) <= LONGEST_KEY:
        return told
    digest = hashlib.sha256(told.encode()).hexdigest()
    return f"{told.partition(':')[0]}:sha256:{digest}"


def address_of(site: str, handle: str) -> str:
    """Return the address of an account, or "" when its name does not tell."""
    found = _named(handle, site)
    return found.url if isinstance(found, Account) else ""


def plain(handle: str) -> str:
    """Return a name as it is kept: no @ before it, small letters but in ids."""
    bare = handle.strip().removeprefix("@")
    return bare if bare.startswith("channel/") else reading.name(bare)


def _read(word: str, site: str) -> Account | NoAccount:
    if (did := word.removeprefix("at://")).startswith("did:"):
        return _at(Place("at", "", f"at://{did}", {}))
    if found := _FEDERATED_NAME.fullmatch(word.removeprefix("acct:")):
        if any(_is_theirs(found[1].lower(), ways) for ways in WAYS.values()):
            raise Unread(Why.DISGUISED)  # the user information of an address
        return _at(reading.place(f"https://{found[2]}/@{quote(found[1])}"))
    if reading.is_address(word) and not _is_name_at(word, site):
        return _followed(reading.place(word))
    if _PLAIN_NAME.fullmatch(word):
        return _named(word, site)
    return NoAccount(Why.NO_ADDRESS)


def _is_name_at(word: str, site: str) -> bool:
    """Tell whether a word with dots is a name: the reader said at which platform."""
    return site in WAYS and "/" not in word and ":" not in word


def _named(handle: str, site: str) -> Account | NoAccount:
    ways = WAYS.get(site)
    name = handle.strip().removeprefix("@")
    if ways is None:
        return _elsewhere(name, site)
    lead = "" if "/" in name else ways.lead
    try:
        found = _at(reading.place(f"{ways.home}{lead}{quote(name, safe='/:')}"))
    except Unread as fault:
        return NoAccount(fault.why)
    same = isinstance(found, Account) and found.handle == plain(name)
    return found if same else NoAccount(Why.NO_ACCOUNT, name, site)


def _elsewhere(name: str, site: str) -> Account | NoAccount:
    """Return an account whose name is its address; any other name is not enough."""
    whole = _FEDERATED_NAME.fullmatch(name) if site == "mastodon" else None
    if whole or (site == "other" and reading.is_address(name)):
        return canonical(name)
    return NoAccount(Why.NAME_ALONE, plain(name), site)


def _followed(place: Place) -> Account | NoAccount:
    """Return the account at the end of at most one page that only sends on."""
    asked = ONWARD.get((place.host, place.path))
    if asked is None:
        return _at(place)
    if not place.asked(asked):
        return NoAccount(Why.NO_ACCOUNT)
    onward = reading.place(reading.pasted(place.asked(asked)))
    if (onward.host, onward.path) in ONWARD:
        raise Unread(Why.DISGUISED)
    return _at(onward)


def _at(place: Place) -> Account | NoAccount:
    host, _, port = place.host.partition(":")
    if _hides(host, place.path):
        return NoAccount(Why.SHORTENED)
    if place.scheme in APPS:
        return _by_form(WAYS[APPS[place.scheme]], place)
    if host.endswith(BLUESKY_NAMES) and place.path == "/" and not port:
        return _named(host, "bluesky")
    for ways in WAYS.values():
        if _is_theirs(host, ways):
            return _disguised(ways) if port else _by_form(ways, place, host)
    return _own_server(place) if place.host else NoAccount(Why.NO_ADDRESS)


def _hides(host: str, path: str) -> bool:
    ends = (host.split(".", count)[-1] for count in range(host.count(".")))
    return any(e in SHORTENERS for e in ends) or bool(SEARCHED.fullmatch(host + path))


def _is_theirs(host: str, ways: Ways) -> bool:
    return any(host == known or host.endswith(f".{known}") for known in ways.hosts)


def _disguised(ways: Ways) -> NoAccount:
    return NoAccount(Why.DISGUISED, site=ways.site)


def _by_form(ways: Ways, place: Place, host: str = "") -> Account | NoAccount:
    """Return the account by the first form that the address is written in."""
    known = not host or any(
        host.endswith(end) and ways.before.fullmatch(host.removesuffix(end))
        for end in ways.hosts
    )
    forms = ((form, form.path.fullmatch(place.path)) for form in ways.forms)
    form, found = next(((f, m) for f, m in forms if m), (None, None))
    if not known or form is None or found is None:
        return NoAccount(Why.NO_ACCOUNT, site=ways.site)
    written = place.asked(form.asked) if form.asked else found["name"]
    return _account(ways, form, written, post=bool(_inside(found)))


def _inside(found: re.Match[str]) -> bool:
    return found.groupdict().get("post") is not None


def _account(
    ways: Ways, form: Form, written: str, *, post: bool
) -> Account | NoAccount:
    name = written if form.exact else reading.name(written)
    if not _is_name(name, form) or _is_reserved(name, ways):
        return NoAccount(Why.NO_ACCOUNT, site=ways.site)
    return Account(
        site=ways.site,
        handle=form.handle.format(name=name),
        url=form.url.format(name=quote(name, safe=_SAFE)),
        remote_id=name if form.is_id else "",
        post=post,
    )


def _is_name(name: str, form: Form) -> bool:
    """Tell whether a name can be one; an id in the question has digits alone."""
    in_question = bool(form.asked) and form.is_id
    numeric = name.isascii() and name.isdecimal()
    return 0 < len(name) <= LONGEST_NAME and (numeric or not in_question)


def _is_reserved(name: str, ways: Ways) -> bool:
    return name in ways.reserved or name.endswith(".php") or not set(name) - set("._-")


def _own_server(place: Place) -> Account | NoAccount:
    """Return an account at a host that is no platform's: a server, or a site."""
    if COPIED.fullmatch(place.path):
        return NoAccount(Why.NO_ACCOUNT)
    if found := FEDERATED.fullmatch(place.path):
        name = reading.name(found["name"])
        url = f"https://{place.host}/@{quote(name, safe=_SAFE)}"
        whole = f"{name}@{place.host}"
        return Account("mastodon", whole, url, post=bool(found["post"]))
    kept = [(k, v) for k, values in place.query.items() for v in values]
    asked = urlencode([(k, v) for k, v in kept if not TRACKING.fullmatch(k)])
    tail = f"?{asked}" if asked else ""
    path = place.path.rstrip("/")
    url = f"https://{place.host}{quote(path, safe=_SAFE + '/')}{tail}"
    return Account("other", f"{place.host}{path}{tail}", url)


def _without(name: str, silent: str) -> str:
    return name.translate({ord(sign): None for sign in silent})
