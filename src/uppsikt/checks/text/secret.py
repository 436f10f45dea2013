"""Words that look like a password or a recovery code, which nobody may write here."""

import re
from typing import Final

_TOLD: Final = re.compile(
    r"(?:lösenord(?:et)?|password|passwd|pin(?:-?kod(?:en)?)?|kod(?:en)?|nyckel(?:n)?"
    r"|secret|token)\s*(?:[:=]|är|is)\s*\S+",
    re.IGNORECASE,
)
_ADDRESS_OF_SEED: Final = re.compile(r"otpauth://", re.IGNORECASE)
# Eight digits or more in one run or in groups: as backup codes are written.
_GROUPS: Final = re.compile(r"(?<![\d/])(?:\d{8,}|\d{3,5}(?:[ -]\d{3,5})+)(?![\d/])")
_PHONE: Final = re.compile(r"(?<!\d)(?:\+46|0)\d{0,3}[ -]\d[\d ]{4,11}")
_WORD: Final = re.compile(r"\S{8,}")
_SEED: Final = re.compile(r"(?<!\w)[A-Z2-7]{16,}(?!\w)")
_KINDS: Final = (r"[a-zåäö]", r"[A-ZÅÄÖ]", r"\d", r"[^\w\s]")
_MIXED: Final = 3


def looks_secret(text: str) -> bool:
    """Tell whether `text` seems to hold a password, a code or a recovery key.

    Telephone numbers and web addresses do not count. It is a net and no proof: it
    stops what a person writes by mistake.
    """
    plain = _PHONE.sub(" ", text)
    patterns = (_TOLD, _ADDRESS_OF_SEED, _GROUPS, _SEED)
    return any(p.search(plain) for p in patterns) or any(
        _mixed(word) for word in _WORD.findall(plain)
    )


def _mixed(word: str) -> bool:
    """Tell whether a word is of the mixture of signs that passwords are."""
    bare = word.strip(".,;:()”\"'")
    if "://" in bare or "@" in bare or "/" in bare:
        return False
    inside = sum(bool(re.search(kind, bare)) for kind in _KINDS)
    return inside >= _MIXED and bool(re.search(r"\d", bare))
