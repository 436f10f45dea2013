"""What looks like a password, a code or a key, and must never be written here.

No credential of a person or a channel is kept (design decision 9), so a text that looks
like one is refused where somebody could be tempted to write it.
"""

import re
from typing import Final

from django.core.exceptions import ValidationError

from uppsikt.policy.words import N_

REFUSED: Final = N_(
    "This looks like a password or a code. Never write one here: write where in the "
    "password vault it lies, or which role was given."
)
_NAMED: Final = re.compile(
    r"(?:l[öo]senord(?:et)?|password|passord|pwd|pinkod|pin|kod(?:en)?"
    r"|återställningskod(?:er)?|recovery|secret|token|nyckel)\s*(?:[:=]|är\s)\s*\S",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"[^\s,;()\"']+")
_ADDRESS: Final = re.compile(r"https?://[^\s@]+", re.IGNORECASE)
_UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
# Sign-in codes and recovery codes as platforms write them.
_CODES: Final = re.compile(
    r"\d{6,10}|\d{3,4}(?:[ -]\d{3,4})+|[a-z0-9]{4,6}(?:-[a-z0-9]{4,6}){1,7}",
    re.IGNORECASE,
)
_SPACED: Final = re.compile(r"(?<!\d)\d{3,4} \d{3,4}(?!\d)")
_KINDS: Final = (r"[a-zåäö]", r"[A-ZÅÄÖ]", r"\d", r"[^\w\s./:@-]")
_SHORTEST: Final = 8
_LONG_RUN: Final = 20


def looks_secret(text: str) -> bool:
    """Tell whether `text` looks as if it held a password, a code or a key."""
    if _NAMED.search(text):
        return True
    rest = _UUID.sub(" ", _ADDRESS.sub(" ", text))
    if _SPACED.search(rest):
        return True
    return any(_is_secret(word.strip(".:!?")) for word in _WORD.findall(rest))


def refuse(text: str) -> None:
    """Raise `ValidationError` for a text that looks like a password or a code."""
    if looks_secret(text):
        raise ValidationError(REFUSED)


def _is_secret(word: str) -> bool:
    has_digit = any(sign.isdigit() for sign in word)
    if has_digit and _CODES.fullmatch(word):
        return True
    if len(word) < _SHORTEST:
        return False
    kinds = sum(bool(re.search(kind, word)) for kind in _KINDS)
    mixed = has_digit and kinds >= len(_KINDS) - 1
    return mixed or (has_digit and len(word) >= _LONG_RUN and "/" not in word)
