"""When two texts say the same: compared by their words, not by how they are set."""

import hashlib
from typing import Final

from uppsikt.policy.adopted_text import normal

_KEPT: Final = 32


def said(text: str) -> str:
    """Return `text` in the one form in which texts are compared."""
    return normal(text).casefold()


def fingerprint(text: str) -> str:
    """Return what stands for `text` where the text itself need not be kept.

    "" for a text with no words: nothing is the same as nothing said.
    """
    plain = said(text)
    return hashlib.sha256(plain.encode()).hexdigest()[:_KEPT] if plain else ""
