"""Tells what a word has to do with (violence, a group, the reader): `data/cues.txt`."""

from functools import lru_cache

from uppsikt.checks.text.lexicon import read_groups

LONGEST_WORD = 40
NONE: frozenset[str] = frozenset()
REMEMBERED = 65_536
"""Words whose answer is kept; a Swedish page uses far fewer again and again."""


@lru_cache(maxsize=REMEMBERED)
def cues_of(word: str) -> frozenset[str]:
    """Return all that a folded word has to do with, by any listed part of it."""
    word = word[:LONGEST_WORD]
    found = set(_WHOLE.get(word, NONE))
    for size in range(2, len(word) + 1):
        found |= _STARTS.get(word[:size], NONE)
        found |= _ENDS.get(word[-size:], NONE)
    return frozenset(found)


def _shelves() -> tuple[dict[str, frozenset[str]], ...]:
    """Return whole words, beginnings and ends, each with its cues."""
    whole: dict[str, frozenset[str]] = {}
    starts: dict[str, frozenset[str]] = {}
    ends: dict[str, frozenset[str]] = {}
    for cue, rows in read_groups("cues.txt").items():
        for listed in " ".join(rows).split():
            before, after = listed.startswith("*"), listed.endswith("*")
            shelf = ends if before else starts if after else whole
            word = listed.strip("*")
            shelf[word] = shelf.get(word, NONE) | {cue}
    return whole, starts, ends


CUES = tuple(read_groups("cues.txt"))
_WHOLE, _STARTS, _ENDS = _shelves()
