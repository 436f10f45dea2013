"""Make Swedish search stems: the same for what is indexed and for what is asked.

"Öppettiderna", "öppettider" and "öppettid" become one stem; å, ä and ö stay letters of
their own, while é and other marks are dropped. Pure functions, no database.
"""

import re
import unicodedata
from functools import lru_cache
from importlib.metadata import version

from snowballstemmer.swedish_stemmer import SwedishStemmer

STEMMER_VERSION = f"uppsikt-1 snowball-swedish-{version('snowballstemmer')}"
"""Stored beside an index: when it differs, the index is built anew."""
MOST_TOKENS = 20_000
"""Words of one text that are indexed; a comment of 100,000 letters fits."""
MOST_TERMS = 32
"""Words of one question that are searched for."""
LONGEST_TOKEN = 64

TOKEN = re.compile(r"[^\W_]+")
MARK = re.compile("[\u0300-\u036f]")
FOREIGN = re.compile("[^\x00-\x7fåäö]")


def stem_text(text: str) -> str:
    """Return the stems of the words in `text`, in order, with a space between."""
    return " ".join(map(_stem, _words(text)[:MOST_TOKENS]))


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
    """Stem one word; a stemmer of its own, because a stemmer keeps state."""
    return str(SwedishStemmer().stemWord(word))
