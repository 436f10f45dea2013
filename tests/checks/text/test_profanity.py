"""Words that a moderator should look at, and words that only look like them."""

from pathlib import Path

import pytest

import uppsikt.policy
from tests.checks.text.tables import rows
from uppsikt.checks.text import analyse
from uppsikt.checks.text.lexicon import Lexicon, read_lines
from uppsikt.checks.text.profanity import (
    CERTAINTY,
    GROUNDS,
    LISTED,
    find_profanity,
    read_entries,
)
from uppsikt.policy.grounds import load_grounds

CATALOGUE = Path(uppsikt.policy.__file__).parent / "guidelines" / "grounds.toml"
STRONG_WORDS = sorted(
    word
    for word, entry in LISTED.whole.items()
    if entry.strength > 1 and len(word) >= 4 and not any(find_profanity(word[:-1]))
)
LISTED_PATTERNS = [pattern for pattern, _ in read_entries()]


def rules(text: str) -> set[str]:
    return {found.rule.removeprefix("profanity.") for found in find_profanity(text)}


@pytest.mark.parametrize(("expected", "text"), rows("profanity.tsv"))
def test_swearing_is_told_from_ordinary_words(expected: str, text: str) -> None:
    assert rules(text) == (set() if expected == "-" else {expected})


def test_every_listed_word_is_found_in_a_sentence() -> None:
    missed = [
        p
        for p in LISTED_PATTERNS
        if not any(find_profanity(f"Din {p.strip('*~')} där borta."))
        and any(find_profanity(p.strip("*~")))
    ]
    assert missed == []


@pytest.mark.parametrize(
    "disguise",
    [
        str.upper,
        " ".join,
        ".".join,
        lambda word: word[0] + word[1] * 4 + word[2:],
        "\u200b".join,
        lambda word: word.replace("a", "4").replace("o", "0"),
        lambda word: word[:2] + "*" + word[3:],
        lambda word: "".join(chr(ord(c) + 0xFEE0) if c.isascii() else c for c in word),
        lambda word: word.replace("a", "а").replace("o", "о") + " x",
        lambda word: f"{word}!!!",
    ],
    ids=range(10),
)
def test_strong_words_are_found_through_a_disguise(disguise: object) -> None:
    assert callable(disguise)
    found = [word for word in STRONG_WORDS if rules(disguise(word))]
    assert len(found) >= 0.97 * len(STRONG_WORDS)


def test_no_exception_is_found() -> None:
    innocent = [row.strip("*~") for row in read_lines("profanity_exceptions.txt")]
    assert [word for word in innocent if rules(f"det var {word} i går")] == []


def test_mild_words_suggest_no_removal() -> None:
    [signal] = find_profanity("Skitbra!")
    assert signal.suggests == ""
    assert signal.certainty == CERTAINTY[1]


def test_each_listed_category_has_its_ground_and_a_strength() -> None:
    for pattern, entry in read_entries():
        assert entry.category in GROUNDS, pattern
        assert entry.strength in CERTAINTY, pattern


def test_each_suggested_ground_is_in_the_catalogue() -> None:
    codes = {ground.code for ground in load_grounds(CATALOGUE)}
    assert {"personal_data", *GROUNDS.values()} - {""} <= codes


def test_no_pattern_is_listed_twice() -> None:
    assert sorted(LISTED_PATTERNS) == sorted(set(LISTED_PATTERNS))


def test_a_disguised_word_is_less_certain_and_its_span_is_the_whole_disguise() -> None:
    [plain], [spelled] = analyse("jävla halt"), analyse("så j ä v l a halt")
    assert spelled.certainty < plain.certainty
    assert spelled.span == (3, 12)


def test_a_span_counts_the_letters_that_were_given() -> None:
    text = "So\u0308t \u200bhund. F\u200bAN!"
    [signal] = find_profanity(text)
    assert text[slice(*signal.span)] == "F\u200bAN"


def test_a_pattern_reaches_no_further_than_it_says() -> None:
    lexicon: Lexicon[int] = Lexicon.of([("ek~", 1), ("gran*", 2), ("*tall", 3)])
    found = [lexicon.find(w) for w in ("eken", "ekolod", "grankott", "strandtall")]
    assert found == [1, None, 2, 3]
    assert lexicon.find("tallkotte") is None
