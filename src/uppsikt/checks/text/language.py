"""Tell in which language a comment is written, when it is not Swedish (D-36).

Other scripts are told by their letters. Latin script: how probable the text's groups of
letters are in each language (`tools/make_languages.py`), after a quick look for small
words that only Swedish has. What has no language (a link, a number) has none here.
"""

import re
import unicodedata
from collections.abc import Collection
from functools import cache
from typing import Final

from uppsikt.checks.text.lexicon import read_lines
from uppsikt.checks.text.signal import Signal
from uppsikt.policy.words import N_, Message

VERSION = 1
SURE, UNSURE = 0.9, 0.6
LONGEST_TEXT: Final = 240
LONGEST_GROUP, SHORTEST_GROUP = 4, 2
FEWEST_LETTERS: Final = 9
FEWEST_WORDS: Final = 3
SWEDISH_SHARE: Final = 7
"""One word in so many that only Swedish has makes a text Swedish."""
LEAD, SURE_LEAD, NEIGHBOURS_LEAD = 1.5, 3.0, 4.0
"""How far a language must lie before Swedish, per word, in the table's steps."""
LANE: Final = 16
FIRST_SIGN: Final = ord("!")

ELSEWHERE = re.compile(
    r"(?:https?://|www\.)\S+|[@#][\w.@-]+|\b[\w-]+(?:\.[\w-]+)+|[\"”“»][^\"”“»«]{1,200}[\"”«]",
    re.I,
)
WORD = re.compile(r"[^\W\d_]+")
_ARABIC, _CYRILLIC = "\u0600-\u06ff", "\u0400-\u052f"
OTHER_SCRIPT = re.compile(r"[\u0370-\u1fff\u3040-\u9fff\uac00-\ud7af]")
SCRIPTS: Final = (
    ("ckb", re.compile("[ێۆڵڕ]")),
    ("ps", re.compile("[ښځډړټۍې]")),
    ("fa", re.compile("[پچژگیک]")),
    ("ar", re.compile(f"[{_ARABIC}]")),
    (
        "uk",
        re.compile(
            "[іїєґІЇЄҐ]|\\b(?:дуже|дякую|та|ще|або|коли|що|як|вже|немає|треба)\\b", re.I
        ),
    ),
    ("sr", re.compile("[ђјљњћџЂЈЉЊЋЏ]")),
    ("ru", re.compile(f"[{_CYRILLIC}]")),
    ("ti", re.compile("[\u1200-\u139f]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("hy", re.compile("[\u0530-\u058f]")),
    ("ka", re.compile("[\u10a0-\u10ff]")),
    ("hi", re.compile("[\u0900-\u097f]")),
    ("bn", re.compile("[\u0980-\u09ff]")),
    ("ta", re.compile("[\u0b80-\u0bff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
)
"""The first whose letters a text has names its language; Persian's before Arabic's."""

SWEDISH = frozenset(read_lines("swedish_words.txt"))
NEIGHBOURS = ("no", "nn", "da")
NEIGHBOURLY = re.compile(
    r"[a-zåøæ]*[øæ][a-zåøæ]*\Z|(?:jeg|ikke|ikkje|og|hvor|hva|hvad|hvem|hvorfor|hvordan|hvornår|hvis|noen"
    r"|noe|noget|nogen|fra|etter|takk|dere|deres|vores|våre|også|bare|veldig|meget"
    r"|kjempe\w*|dette|hjelp\w*|hjælp\w*|åpner|åbner|mye|hun|gjør|gør|af"
    r"|være|vært|været|ble|skjer|kanskje|måske|jer|eg|til|mange|enn"
    r"|uten|uden|selv|nå|mens|vei\w*|vej\w*|barnehage\w*|sier|siger|flere)\Z"
).match
SAME = {"nn": "no", "hr": "bs"}
"""Tables of what a moderator sees as one language."""


def find_language(text: str) -> Signal | None:
    """Return a signal when `text` is in another language than Swedish, else None."""
    plain = ELSEWHERE.sub(" ", text[:LONGEST_TEXT])
    code, certainty = _by_script(plain) or _by_letters(plain)
    if not code:
        return None
    return Signal(
        f"language.{code}", VERSION, (0, len(text)), certainty, Message(NAMES[code])
    )


def _by_script(text: str) -> tuple[str, float] | None:
    """Return the language of most letters' script; None when that is Latin."""
    others = len(OTHER_SCRIPT.findall(text))
    if others * 2 < sum(map(str.isalpha, text)) or not others:
        return None
    return next(
        ((code, SURE) for code, letters in SCRIPTS if letters.search(text)), None
    )


def _by_letters(text: str) -> tuple[str, float]:
    words = WORD.findall(unicodedata.normalize("NFC", text).lower())
    if len(words) < FEWEST_WORDS or sum(map(len, words)) < FEWEST_LETTERS:
        return "", 0.0
    swedish = sum(word in SWEDISH for word in words)
    neighbourly = sum(bool(NEIGHBOURLY(word)) for word in words)
    if swedish >= neighbourly and swedish * SWEDISH_SHARE >= len(words):
        return "", 0.0
    code, lead = _best(words)
    if code not in ("sv", *NEIGHBOURS):
        return (code, SURE if lead > SURE_LEAD else UNSURE) if lead > LEAD else ("", 0)
    if "ä" in text.lower() or "ö" in text.lower():
        return "", 0.0
    if neighbourly > swedish or (lead > NEIGHBOURS_LEAD and not swedish):
        return _best(words, among=NEIGHBOURS)[0], SURE if neighbourly else UNSURE
    return "", 0.0


def _best(words: list[str], among: Collection[str] = ()) -> tuple[str, float]:
    """Return the language that fits best, and its lead before Swedish per word."""
    codes, _ = _table()
    scores = _scores(f" {' '.join(words)} ")
    places = [n for n, code in enumerate(codes) if not among or code in among]
    best = max(places, key=scores.__getitem__)
    lead = (scores[best] - scores[0]) / len(words)
    return SAME.get(codes[best], codes[best]), lead


def _scores(text: str) -> list[int]:
    """Add up the steps of each language over the groups of letters in `text`."""
    codes, table = _table()
    found: set[str] = set()
    for end in range(SHORTEST_GROUP, len(text) + 1):
        for size in range(min(LONGEST_GROUP, end), SHORTEST_GROUP - 1, -1):
            if text[end - size : end] in table:
                found.add(text[end - size : end])
                break
    total = sum(table[group] for group in found)
    lane = (1 << LANE) - 1
    return [total >> (LANE * place) & lane for place in range(len(codes))]


@cache
def _table() -> tuple[list[str], dict[str, int]]:
    """Return the languages, and each group's steps side by side in one number."""
    rows = read_lines("languages.txt")
    codes = next(rows).split()
    pairs = (row.split(" ") for row in rows)
    return codes, {group.replace("_", " "): _lanes(signs) for group, signs in pairs}


def _lanes(signs: str) -> int:
    return sum(
        (ord(sign) - FIRST_SIGN) << (LANE * place) for place, sign in enumerate(signs)
    )


NAMES: Final = {
    "ar": N_("The comment is in Arabic."),
    "bn": N_("The comment is in Bengali."),
    "bs": N_("The comment is in Bosnian, Croatian or Serbian."),
    "ckb": N_("The comment is in Kurdish (Sorani)."),
    "cs": N_("The comment is in Czech."),
    "da": N_("The comment is in Danish."),
    "de": N_("The comment is in German."),
    "el": N_("The comment is in Greek."),
    "en": N_("The comment is in English."),
    "es": N_("The comment is in Spanish."),
    "et": N_("The comment is in Estonian."),
    "fa": N_("The comment is in Persian or Dari."),
    "fi": N_("The comment is in Finnish."),
    "fr": N_("The comment is in French."),
    "he": N_("The comment is in Hebrew."),
    "hi": N_("The comment is in Hindi."),
    "hu": N_("The comment is in Hungarian."),
    "hy": N_("The comment is in Armenian."),
    "it": N_("The comment is in Italian."),
    "ja": N_("The comment is in Japanese."),
    "ka": N_("The comment is in Georgian."),
    "ko": N_("The comment is in Korean."),
    "ku": N_("The comment is in Kurdish (Kurmanji)."),
    "lt": N_("The comment is in Lithuanian."),
    "lv": N_("The comment is in Latvian."),
    "nl": N_("The comment is in Dutch."),
    "no": N_("The comment is in Norwegian."),
    "pl": N_("The comment is in Polish."),
    "ps": N_("The comment is in Pashto."),
    "pt": N_("The comment is in Portuguese."),
    "ro": N_("The comment is in Romanian."),
    "ru": N_("The comment is in Russian."),
    "so": N_("The comment is in Somali."),
    "sq": N_("The comment is in Albanian."),
    "sr": N_("The comment is in Serbian."),
    "ta": N_("The comment is in Tamil."),
    "th": N_("The comment is in Thai."),
    "ti": N_("The comment is in Tigrinya or Amharic."),
    "tr": N_("The comment is in Turkish."),
    "uk": N_("The comment is in Ukrainian."),
    "zh": N_("The comment is in Chinese."),
}
