"""A lot can be drawn again by anybody, and comes out the same."""

import hashlib

from uppsikt.policy import lottery

NAMES = [f"text:{number}" for number in range(50)]


def test_the_same_seed_draws_the_same_in_whatever_order_the_names_come() -> None:
    first = lottery.drawn(NAMES, "a1", 5)

    assert lottery.drawn(NAMES[::-1], "a1", 5) == first
    assert len(set(first)) == 5
    assert lottery.drawn(NAMES, "a2", 5) != first


def test_it_is_the_way_that_the_page_tells() -> None:
    def number(name: str) -> str:
        return hashlib.sha256(b"a1:" + name.encode()).hexdigest()

    lowest = min(NAMES, key=number)

    assert lottery.drawn(NAMES, "a1", 1) == [lowest]


def test_no_more_are_drawn_than_there_are() -> None:
    assert lottery.drawn(NAMES[:2], "a1", 5) == lottery.drawn(NAMES[:2], "a1", 2)
    assert lottery.drawn([], "a1", 5) == []


def test_the_fingerprint_is_of_the_names_and_not_of_their_order() -> None:
    assert lottery.fingerprint(NAMES) == lottery.fingerprint(NAMES[::-1])
    assert lottery.fingerprint(NAMES) != lottery.fingerprint(NAMES[1:])
