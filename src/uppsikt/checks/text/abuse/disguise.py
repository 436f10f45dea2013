"""Show a folded text as a reader sees it through what hides its words.

Letters stand apart ("f a n"), signs stand for letters ("f4n") or hide them ("f*n"),
letters are repeated ("faaan") or have pictures between them. A word is put back only
when that makes a word of the lists; all else is left as it is.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby, islice, product

from uppsikt.checks.text.abuse.vocabulary import HIDDEN, VOCABULARY
from uppsikt.checks.text.fold import Folded
from uppsikt.checks.text.lexicon import read_rows

MASKS = "*#¤%•"
LONGEST = 24
MOST_READINGS = 16
FEWEST_LETTERS = 2
MOST_SIGNS = 2.5
"""Letters and signs together for each letter."""
LONG = 4
"""Letters of a word that is read even when it is harmless by itself."""

APART = re.compile(
    r"(?<![^\W_])[^\W\d_](?:(?P<by>[ ._*-])[^\W\d_])(?:(?P=by)[^\W\d_]){1,40}(?![^\W_])"
)
WITH_SIGNS = re.compile(
    rf"(?<![\w@$€-])[\w@$€!|][\w@$€!|{MASKS}]*(?:[^\W_]|[@$€{MASKS}])(?![\w]|-[\w]*\d)"
)
DASHED = re.compile(r"(?<![\w-])[^\W\d_]-[^\W\d_]{4,}(?![\w-])")
PICTURED = re.compile(r"[^\W\d_]+(?:[\u2190-\u2bff\U0001f000-\U0001faff]+[^\W\d_]+)+")
REPEATED = re.compile(r"[^\W\d_]*([^\W\d_])\1\1[^\W\d_]*")

Letters = list[tuple[str, int]]
"""Letters to be read, each with its place in the text before."""


@dataclass(frozen=True, slots=True)
class Revealed:
    """A text after its words were put back; `starts` are where those words begin."""

    folded: Folded
    starts: frozenset[int] = frozenset()


def reveal(folded: Folded) -> Revealed:
    """Return `folded` with its hidden words written out. Linear."""
    shown = Revealed(folded)
    for hint, pattern, write_out in PASSES:
        if hint.search(shown.folded.text):
            shown = _rewrite(shown, pattern, write_out)
    return shown


def _rewrite(
    shown: Revealed, pattern: re.Pattern[str], write_out: "WriteOut"
) -> Revealed:
    """Replace each match for which `write_out` has letters."""
    folded, text = shown.folded, shown.folded.text
    letters: Letters = []
    starts: set[int] = set()
    last, moved = 0, {}
    for found in pattern.finditer(text):
        new = write_out(found)
        if new:
            letters += zip(
                text[last : found.start()], range(last, found.start()), strict=True
            )
            starts.add(len(letters))
            letters += new
            last = found.end()
    if not starts:
        return shown
    letters += zip(text[last:], range(last, len(text)), strict=True)
    moved = {old: new for new, (_, old) in enumerate(letters)}
    starts |= {moved[start] for start in shown.starts if start in moved}
    at = tuple(old if folded.at is None else folded.at[old] for _, old in letters)
    return Revealed(Folded("".join(one for one, _ in letters), at), frozenset(starts))


def _from_apart(found: re.Match[str]) -> Letters | None:
    """Read "f a n" and "f.a.n"; "F.A.N." before more text is an abbreviation."""
    first, by = found.start(), found["by"]
    letters = [(one, first + 2 * n) for n, one in enumerate(found.group()[::2])]
    if by == "." and _abbreviation(found):
        return None
    for start, end in ((0, None), (1, None), (0, -1)):
        part = letters[start:end]
        word = "".join(one for one, _ in part)
        if _known(word) or (len(word) >= LONG and _listed(word)):
            rest = [*letters[:start], (" ", first + 1)] if start else []
            tail = [(" ", letters[-1][1] - 1), letters[-1]] if end else []
            return [*rest, *part, *tail]
    return None


def _abbreviation(found: re.Match[str]) -> bool:
    after = found.string[found.end() :][:2]
    return after[:1] == "." and after != "."


def _from_signs(found: re.Match[str]) -> Letters | None:
    word = found.group().rstrip("!|" + MASKS)
    letters = sum(map(str.isalpha, word))
    if not FEWEST_LETTERS <= letters < len(word) <= LONGEST:
        return _from_mask(found, word)
    if letters * MOST_SIGNS < len(word):
        return None
    for reading in _readings(word):
        if _known(reading) or (len(word) >= LONG and _listed(reading)):
            return _in_place(reading, found.start())
    return _from_mask(found, word)


def _readings(word: str) -> Iterator[str]:
    choices = product(*(STANDS_FOR.get(one, one) for one in word))
    return ("".join(choice) for choice in islice(choices, MOST_READINGS))


def _from_dash(found: re.Match[str]) -> Letters | None:
    return _from_mask(found, found.group(), "-")


def _from_mask(found: re.Match[str], word: str, masks: str = MASKS) -> Letters | None:
    """Read a word with masks inside it; at its ends they are emphasis or notes."""
    inner = word.strip(MASKS)
    if len(inner) > LONGEST or not any(mask in inner for mask in masks):
        return None
    start = found.start() + found.group().index(inner)
    for form in MASKED.get((len(inner), inner[0]), ()):
        if all(a == b or a in masks for a, b in zip(inner, form, strict=True)):
            return _in_place(form, start)
    return None


def _from_pictures(found: re.Match[str]) -> Letters | None:
    letters = [
        (one, found.start() + n) for n, one in enumerate(found.group()) if one.isalpha()
    ]
    return letters if _known("".join(one for one, _ in letters)) else None


def _from_repeats(found: re.Match[str]) -> Letters | None:
    """Read "faaan" as "fan" and "fitttta" as "fitta"; else write the letter once."""
    runs = [list(run) for _, run in groupby(enumerate(found.group()), lambda x: x[1])]
    once, twice = (
        [
            (one, found.start() + place)
            for run in runs
            for place, one in (run[: most if len(run) > FEWEST_LETTERS else 2])
        ]
        for most in (1, 2)
    )
    for letters in (once, twice):
        if _listed("".join(one for one, _ in letters)):
            return letters
    return once


def _in_place(word: str, start: int) -> Letters:
    return [(one, start + n) for n, one in enumerate(word)]


def _listed(word: str) -> bool:
    return VOCABULARY.listed(word).classes > 0


def _known(word: str) -> bool:
    return VOCABULARY.listed(word).severity > 0


def _masked() -> dict[tuple[int, str], list[str]]:
    shelves: dict[tuple[int, str], list[str]] = {}
    for form, entry in VOCABULARY.whole.items():
        if entry.severity >= HIDDEN:
            shelves.setdefault((len(form), form[0]), []).append(form)
    return shelves


WriteOut = Callable[[re.Match[str]], Letters | None]
STANDS_FOR = dict(read_rows("disguises.txt"))
MASKED = _masked()
SINGLE = re.compile(r"[ ._*-][^\W\d_][ ._*-][^\W\d_]")
PICTURE = re.compile("[\u2190-\u2bff\U0001f000-\U0001faff]")
SIGN = re.compile(rf"[0-9@$€!|{MASKS}](?:[^\W\d_]|(?<=[^\W\d_].))")
DASH = re.compile(r"-(?<=[^\W\d_].)")
THRICE = re.compile(r"([^\W\d_])\1\1")
PASSES: tuple[tuple[re.Pattern[str], re.Pattern[str], WriteOut], ...] = (
    (SINGLE, APART, _from_apart),
    (PICTURE, PICTURED, _from_pictures),
    (SIGN, WITH_SIGNS, _from_signs),
    (DASH, DASHED, _from_dash),
    (THRICE, REPEATED, _from_repeats),
)
"""What hints at a disguise and is quickly looked for, what is then read, and how."""
