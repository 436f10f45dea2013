"""Make Swedish search stems: the same for what is indexed and for what is asked.

"Öppettiderna", "öppettider" and "öppettid" become one stem; å, ä and ö stay letters of
their own, while é and other marks are dropped. Pure functions, no database.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from importlib.metadata import version
from itertools import islice

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
KEPT = frozenset("åäö")


def stem_text(text: str) -> str:
    """Return the stems of the words in `text`, in order, with a space between."""
    return " ".join(_stem(word) for word in islice(_tokens(text), MOST_TOKENS))


def query_terms(query: str) -> list[str]:
    """Return the stems to look for; the caller also takes the last one as a prefix.

    A stem holds letters and digits only, so no operator of a search language gets in.
    """
    return [_stem(word) for word in islice(_tokens(query), MOST_TERMS)]


def _tokens(text: str) -> Iterator[str]:
    plain = _without_marks(unicodedata.normalize("NFC", text).lower())
    for found in TOKEN.finditer(plain):
        yield found.group()[:LONGEST_TOKEN]


def _without_marks(text: str) -> str:
    """Drop accents and marks from each letter but å, ä and ö."""
    if text.isascii():
        return text
    return "".join(letter if letter in KEPT else _base(letter) for letter in text)


@lru_cache(maxsize=4096)
def _base(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    return MARK.sub("", parts)


@lru_cache(maxsize=65_536)
def _stem(word: str) -> str:
    """Stem one word; a stemmer of its own, because a stemmer keeps state."""
    return str(SwedishStemmer().stemWord(word))
