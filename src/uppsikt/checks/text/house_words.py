"""Hint at words that the municipality has decided against (R-6.2-11)."""

import re
from collections.abc import Iterator, Mapping

from uppsikt.checks.text.signal import Signal
from uppsikt.policy.words import N_, Message

VERSION = 1
INSTEAD = N_("We write “%(ours)s”, not “%(word)s”.")


def find_house_words(text: str, words: Mapping[str, str]) -> Iterator[Signal]:
    """Yield a hint for each word of `words` (what to avoid: what to write). Linear."""
    if not words:
        return
    plain = {" ".join(word.lower().split()): ours for word, ours in words.items()}
    longest_first = sorted(plain, key=len, reverse=True)
    escaped = (re.escape(word).replace(r"\ ", r"\s+") for word in longest_first)
    for found in re.finditer(rf"(?<!\w)(?:{'|'.join(escaped)})(?!\w)", text, re.I):
        word = found.group()
        ours = plain[" ".join(word.lower().split())]
        if word != ours:
            message = Message(INSTEAD, {"word": word, "ours": ours})
            yield Signal("text.house_word", VERSION, found.span(), 0.8, message)
