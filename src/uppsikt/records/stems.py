"""Make Swedish search stems: the same for what is indexed and for what is asked.

"Öppettiderna", "öppettider" and "öppettid" become one stem; å, ä and ö stay letters of
their own, while é and other marks are dropped. A long word is found by what it ends
in, too: "vintersnöröjning" by "snöröjning". Pure functions, no database.
"""

import re
import unicodedata
from functools import lru_cache
from importlib.metadata import version

from snowballstemmer.swedish_stemmer import SwedishStemmer

STEMMER_VERSION = f"uppsikt-2 snowball-swedish-{version('snowballstemmer')}"
"""Stored beside an index: when it differs, the index is built anew."""
MOST_TOKENS = 20_000
"""Words of one text that are indexed; a comment of 100,000 letters fits."""
MOST_TERMS = 32
"""Words of one question that are searched for."""
LONGEST_TOKEN = 64
SHORTEST_COMPOUND = 7
SHORTEST_PART = 4
SHORTEST_WITH_VOWEL = 6

TOKEN = re.compile(r"[^\W_]+")
MARK = re.compile("[\u0300-\u036f]")
VOWEL = frozenset("aeiouyåäö")
# Where the last part of a compound may begin: as a Swedish word does, with a vowel, as
# in "äldre|omsorg", or with what stands before one.
PART = re.compile(
    "(?:spl|spr|stj|str|skr|skj|bj|bl|br|dj|dr|dv|fj|fl|fr|gj|gl|gn|gr|hj|kl|kn|kr|kv"
    "|lj|mj|nj|pj|pl|pr|sj|sk|sl|sm|sn|sp|st|sv|tj|tr|tv|vr"
    "|[bcdfghjklmnpqrstvwxz])?[aeiouyåäö]"
)
LEFT_ON = re.compile("(?<=..[bcdfghjklmnpqrstvwxz])an$|(?<=..[bcdfghjklmnoprtvy])s$")
FOREIGN = re.compile("[^\x00-\x7fåäö]")


def stem_text(text: str) -> str:
    """Return the stems of the words in `text`, in order, with a space between."""
    return " ".join(map(_stem, _words(text)[:MOST_TOKENS]))


def index_text(text: str) -> str:
    """Return what a text is indexed by: its stems in order, then parts of long words.

    A sign that is no word stands between, so that no phrase reaches across.
    """
    words = _words(text)[:MOST_TOKENS]
    parts = [part for word in words for part in _parts(word)][:MOST_TOKENS]
    return " ".join([*map(_stem, words), *(["|", *parts] if parts else ())])


def query_terms(query: str) -> list[str]:
    """Return the stems to look for; the caller also takes the last one as a prefix.

    A stem holds letters and digits only, so no operator of a search language gets in.
    """
    return [_stem(word) for word in _words(query)[:MOST_TERMS]]


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFC", text).lower()
    words: list[str] = TOKEN.findall(FOREIGN.sub(_without_marks, plain))
    return [word[:LONGEST_TOKEN] for word in words]


def _without_marks(letter: re.Match[str]) -> str:
    return _base(letter.group())


@lru_cache(maxsize=4096)
def _base(letter: str) -> str:
    """Drop the accents and marks of one letter."""
    return MARK.sub("", unicodedata.normalize("NFD", letter))


@lru_cache(maxsize=65_536)
def _stem(word: str) -> str:
    """Stem one word; a stemmer of its own, because a stemmer keeps state.

    It leaves "lekplats" of "lekplatsen" and less of "lekplats", and "skolan" as it is;
    the endings that it does not take off are taken off here.
    """
    stem = str(SwedishStemmer().stemWord(word))
    return LEFT_ON.sub("", stem)


@lru_cache(maxsize=65_536)
def _parts(word: str) -> tuple[str, ...]:
    """Return the stems of what a long word may end in, if it is a compound."""
    if len(word) < SHORTEST_COMPOUND:
        return ()
    places = [
        place
        for place in range(2, len(word) - SHORTEST_PART + 1)
        if _begins_part(word, place) and not VOWEL.isdisjoint(word[:place])
    ]
    return tuple(dict.fromkeys(_stem(word[place:]) for place in places))


def _begins_part(word: str, place: int) -> bool:
    shortest = SHORTEST_WITH_VOWEL if word[place] in VOWEL else SHORTEST_PART
    return len(word) - place >= shortest and bool(PART.match(word, place))
