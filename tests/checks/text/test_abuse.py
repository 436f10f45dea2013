"""What a moderator should look at, and what only looks like it (R-6.4-16, D-33)."""

from collections.abc import Callable
from pathlib import Path

import pytest

import uppsikt.policy
from tests.checks.text.tables import rows
from uppsikt.checks.text import analyse
from uppsikt.checks.text.abuse import KINDS, find_abuse
from uppsikt.checks.text.abuse.pattern import parse
from uppsikt.checks.text.abuse.reading import read
from uppsikt.checks.text.abuse.rules import FILES, RULES, read_rules
from uppsikt.checks.text.abuse.vocabulary import (
    LONGEST_STEM,
    VOCABULARY,
    Vocabulary,
    forms,
)
from uppsikt.checks.text.lexicon import read_rows
from uppsikt.policy.grounds import load_grounds

CATALOGUE = Path(uppsikt.policy.__file__).parent / "guidelines" / "grounds.toml"
ALONE = sum(VOCABULARY.bit(name) for name in ("OBSCENE", "SLUR", "INSULT"))
GROSS_WORDS = sorted(
    word
    for word, entry in VOCABULARY.whole.items()
    if entry.severity > 1 and entry.classes & ALONE and len(word) >= 5
)


def signals(text: str) -> set[str]:
    return {found.rule.partition(".")[0] for found in find_abuse(text)}


@pytest.mark.parametrize(("expected", "text"), rows("abuse.tsv"))
def test_abuse_is_told_from_ordinary_words(expected: str, text: str) -> None:
    found = signals(text)
    assert expected in found if expected != "-" else not found


def test_every_gross_word_is_found_in_a_sentence() -> None:
    assert [word for word in GROSS_WORDS if not signals(f"Se {word} där.")] == []


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
        lambda word: word[:2] + "🌧️" + word[2:],
        lambda word: "".join(chr(ord(c) + 0xFEE0) if c.isascii() else c for c in word),
        lambda word: word.replace("a", "а").replace("o", "о") + " x",
        lambda word: word[:3] + " " + word[3:],
        lambda word: f"{word}!!!",
    ],
    ids=range(12),
)
def test_gross_words_are_found_through_a_disguise(
    disguise: Callable[[str], str],
) -> None:
    found = [word for word in GROSS_WORDS if signals(disguise(word))]
    assert len(found) >= 0.97 * len(GROSS_WORDS)


def test_a_disguised_word_is_less_certain_and_its_span_is_the_whole_disguise() -> None:
    [plain], [spelled] = analyse("jävla halt"), analyse("så j ä v l a halt")
    assert spelled.certainty < plain.certainty
    assert spelled.span == (3, 12)


@pytest.mark.parametrize(
    ("text", "pointed_at"),
    [
        ("So\u0308t \u200bhund. F\u200bAN!", "F\u200bAN"),
        ("vad faaaan nu", "faaaan"),
        ("en j*vla väg", "j*vla"),
        ("jäv❄️la väg", "jäv❄️la"),
        ("se jäv la väg", "jäv la"),
    ],
)
def test_a_span_counts_the_letters_that_were_given(text: str, pointed_at: str) -> None:
    [signal] = find_abuse(text)
    assert text[slice(*signal.span)] == pointed_at


def test_one_place_gives_one_signal_of_a_kind() -> None:
    found = [s.rule.partition(".")[0] for s in find_abuse("Din jävla idiot")]
    assert sorted(found) == ["attack", "profanity"]


def test_each_rule_has_its_message_and_a_ground_of_the_catalogue() -> None:
    codes = {ground.code for ground in load_grounds(CATALOGUE)}
    named = {rule.name for name in FILES for rule in read_rules(f"rule_{name}")}
    assert named == set(KINDS)
    assert {ground for _, ground in KINDS.values()} <= codes


def test_rules_of_a_file_are_named_after_it_and_none_is_written_twice() -> None:
    for name in FILES:
        written = [tuple(row) for row in read_rows(f"abuse/rule_{name}.txt")]
        assert {row[0].partition(".")[0] for row in written} == {name}
        assert len(written) == len({row[2:] for row in written})


def test_a_class_that_no_word_has_is_a_mistake() -> None:
    with pytest.raises(KeyError, match="NOSUCHCLASS"):
        parse("DU BE NOSUCHCLASS")


def test_a_pattern_of_letters_reaches_no_further_than_it_says() -> None:
    listed = [["ek~ar", "A"], ["gran*", "B"], ["*tall", "C"], ["*björk*", "D"]]
    small = Vocabulary.of(listed)
    words = ("ekar", "ekolod", "grankott", "strandtall", "tallkotte", "ibjörkad")
    found = [small.find(word).classes for word in words]
    a, b, c, d = (small.bit(name) for name in "ABCD")
    assert found == [a, 0, b, c, 0, d]


def test_no_beginning_or_end_of_a_word_is_longer_than_what_is_looked_up() -> None:
    stems = {*VOCABULARY.starts, *VOCABULARY.ends}
    assert max(map(len, stems)) <= LONGEST_STEM


def test_a_text_that_no_rule_can_match_is_not_read_word_by_word() -> None:
    quiet = read("När öppnar biblioteket på lördag?")
    loud = read("Din jäv la idiot")
    assert not RULES.may_match(quiet.parts)
    assert RULES.may_match(loud.parts)


def test_a_stem_takes_the_endings_of_its_inflection() -> None:
    assert forms("flick~or")[:4] == ["flicka", "flickas", "flickan", "flickans"]
    assert forms("hus") == ["hus"]


def test_an_alarming_text_is_looked_at_for_a_bounded_time() -> None:
    words = RULES.hits([])
    assert list(words) == []
    assert len(list(find_abuse("idiot. " * 5_000))) <= 2_000
