"""Pasted text taken apart as a browser does; refused when it hides where it leads."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from uppsikt.platforms.accounts_links import APPS

LONGEST: Final = 2000
"""Characters of an address at most; browsers stop about there."""
_WEB: Final = {"http": 80, "https": 443}
_HOST: Final = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)+")
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_BARE_HOST: Final = re.compile(r"[^\s/@:?#]+\.[^\s/@:?#]+(?::\d+)?(?:[/?#].*)?")
_AROUND: Final = "<>()[]{}\"'“”‘’«»,;!"
_BROKEN_ESCAPE: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
# Decoded, these would end a part of the address, or hide one more layer of it.
_NEVER_INSIDE: Final = frozenset("/\\?#%")
_UNSEEN: Final = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")


class Why(StrEnum):
    """Why a text leads to no account that can be told for certain."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    NO_ADDRESS = "no_address"
    SEVERAL = "several"
    DISGUISED = "disguised"
    SHORTENED = "shortened"
    NAME_ALONE = "name_alone"
    NO_ACCOUNT = "no_account"


class Unread(ValueError):
    """The text cannot be read as one plain address. `why` says what is wrong."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Place:
    """Where an address leads.

    `host` is in ASCII and small letters, with its port when that is an unusual one.
    `path` is decoded and begins with "/" and never ends with it; one that an app opens
    begins with its scheme ("fb://profile/1"). `query` has each name's values.
    """

    scheme: str
    host: str
    path: str
    query: Mapping[str, tuple[str, ...]]

    def asked(self, name: str) -> str:
        """Return the only value of `name` in the query, or "" for none or several."""
        values = set(self.query.get(name, ()))
        return values.pop() if len(values) == 1 else ""


def pasted(text: str) -> str:
    """Return the one word in `text` that can name an account, without what is round it.

    Raises `Unread` for nothing, too much, several addresses, or unseen characters.
    """
    if len(text) > LONGEST:
        raise Unread(Why.TOO_LONG)
    words = [bare for word in text.split() if (bare := _bare(word))]
    if not words:
        raise Unread(Why.EMPTY)
    found = words if len(words) == 1 else [w for w in words if _names_something(w)]
    if len(set(found)) != 1:
        raise Unread(Why.SEVERAL if found else Why.NO_ADDRESS)
    if "\\" in found[0]:
        raise Unread(Why.DISGUISED)
    return _shown(found[0])


def is_address(word: str) -> bool:
    """Tell whether a word is a web address, with or without its scheme."""
    return bool(_SCHEME.match(word) or _BARE_HOST.fullmatch(word))


def place(word: str) -> Place:
    """Return where the address `word` leads; raise `Unread` when it does not tell."""
    url = word if _SCHEME.match(word) else f"https://{word}"
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise Unread(Why.NO_ADDRESS) from None
    if "@" in parts.netloc:
        raise Unread(Why.DISGUISED)
    scheme = parts.scheme.lower()
    if scheme not in _WEB:
        return _in_app(scheme, parts)
    host = _host(parts.netloc.partition(":")[0])
    usual = port in (None, _WEB[scheme])
    at = host if usual else f"{host}:{port}"
    return Place(scheme, at, _path(parts.path), _query(parts.query))


def name(word: str) -> str:
    """Return an account name in its one spelling: small letters, composed."""
    return unicodedata.normalize("NFC", word.lower())


def _bare(word: str) -> str:
    """Return a word without quotes, brackets and unseen marks at its ends."""
    start, end = 0, len(word)
    while start < end and _is_round(word[start]):
        start += 1
    while end > start and (_is_round(word[end - 1]) or word[end - 1] == "."):
        end -= 1
    return word[start:end]


def _is_round(sign: str) -> bool:
    return sign in _AROUND or unicodedata.category(sign) in _UNSEEN


def _names_something(word: str) -> bool:
    return is_address(word) or word.startswith(("@", "acct:", "did:", "at:"))


def _in_app(scheme: str, parts: SplitResult) -> Place:
    """Return where an app's own address leads, as `fb://profile/1` does."""
    if scheme not in APPS:
        raise Unread(Why.NO_ADDRESS)
    path = _path(f"/{parts.netloc}{parts.path}")
    return Place(scheme, "", f"{scheme}:/{path}", _query(parts.query))


def _host(host: str) -> str:
    """Return the host in ASCII; a part of it that only looks like ASCII is refused."""
    plain = ".".join(_label(label) for label in host.removesuffix(".").split("."))
    if not _HOST.fullmatch(plain):
        raise Unread(Why.NO_ADDRESS)
    return plain


def _label(label: str) -> str:
    if label.isascii():
        return label.lower()
    try:
        plain = label.encode("idna").decode()
    except UnicodeError:
        raise Unread(Why.NO_ADDRESS) from None
    if not plain.startswith("xn--"):
        raise Unread(Why.DISGUISED)
    return plain


def _path(path: str) -> str:
    rest = path.removeprefix("/").rstrip("/")
    segments = [_decoded(s) for s in rest.split("/")] if rest else []
    if any(s in ("", ".", "..") for s in segments):
        raise Unread(Why.DISGUISED)
    return "/" + "/".join(segments)


def _decoded(segment: str) -> str:
    if _BROKEN_ESCAPE.search(segment):
        raise Unread(Why.DISGUISED)
    try:
        plain = unquote(segment, errors="strict")
    except UnicodeDecodeError:
        raise Unread(Why.DISGUISED) from None
    if set(plain) & _NEVER_INSIDE:
        raise Unread(Why.DISGUISED)
    return _shown(plain)


def _shown(text: str) -> str:
    """Return a text composed, if all of it can be seen and nothing stands for ASCII."""
    for sign in text:
        unseen = unicodedata.category(sign) in _UNSEEN
        alike = unicodedata.normalize("NFC", sign).isascii() and not sign.isascii()
        if unseen or alike:
            raise Unread(Why.DISGUISED)
    return unicodedata.normalize("NFC", text)


def _query(query: str) -> Mapping[str, tuple[str, ...]]:
    try:
        asked = parse_qs(query, max_num_fields=100, errors="strict")
    except ValueError:
        raise Unread(Why.DISGUISED) from None
    return {key: tuple(map(_shown, values)) for key, values in asked.items()}
