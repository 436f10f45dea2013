"""A platform counts a text its own way."""

import pytest

from uppsikt.platforms import writing
from uppsikt.platforms.catalogue import SITES
from uppsikt.platforms.writing import (
    bluesky_length,
    graphemes,
    mastodon_length,
    threads_length,
    x_length,
)

FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f467"
FLAG = "\U0001f1f8\U0001f1ea"
THUMB = "\U0001f44d\U0001f3fd"


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("", 0),
        ("Hej!", 4),
        ("åäö", 3),
        ("a\u030a", 1),
        ("rad\r\nrad", 7),
        (FAMILY, 1),
        (FLAG, 1),
        (FLAG * 3, 3),
        (THUMB, 1),
        ("❤\ufe0f", 1),
        ("\U0001f44d\U0001f44d", 2),
        (f"a{FAMILY}b", 3),
        (f"{FLAG}{THUMB}", 2),
    ],
)
def test_what_a_reader_sees_as_one_sign_is_one(text: str, seen: int) -> None:
    assert graphemes(text) == seen


def test_bluesky_takes_no_more_bytes_than_it_says() -> None:
    assert bluesky_length("å" * 300) == 300
    assert bluesky_length(FAMILY * 300) > 300


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("Hej!", 4),
        ("Räksmörgås", 10),
        ("日本", 4),
        (FAMILY, 2),
        (FLAG, 2),
        (THUMB, 2),
        ("Se https://www.tyreso.se/en/mycket/lang/adress/som/slutar/har", 3 + 23),
    ],
)
def test_x_weighs_its_signs(text: str, length: int) -> None:
    assert x_length(text) == length


def test_a_link_is_23_signs_at_mastodon_however_long() -> None:
    assert mastodon_length("Se https://a.se/" + "b" * 90) == 3 + 23
    assert mastodon_length("Se") == 2


def test_an_emoji_weighs_its_bytes_at_threads() -> None:
    assert threads_length("Hej \U0001f44d") == 8


def test_what_is_not_known_of_a_platform_is_not_said() -> None:
    assert writing.at("nowhere") == writing.Writing()
    known = [name for name in SITES if writing.at(name) != writing.Writing()]
    assert set(known) < set(SITES)
    assert all(writing.at(n).most is None or n in SITES for n in known)
