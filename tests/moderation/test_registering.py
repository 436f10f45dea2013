"""The registrar gives numbers: the next one, or one from another system."""

from datetime import datetime, timedelta

import pytest

from tests.moderation.town import Bluesky, arrives, comment, removed
from uppsikt.channels.models import Channel
from uppsikt.governance import moves
from uppsikt.governance.actors import Actor
from uppsikt.inbox.models import Item
from uppsikt.moderation import registering
from uppsikt.platforms import SeenState
from uppsikt.records import diary
from uppsikt.records.models import Entry, Registration


@pytest.fixture
def asked(insult: Item, anna: Actor, monday: datetime) -> Registration:
    registration = removed(insult, anna, monday).registration
    assert registration
    return registration


def test_the_next_number_is_given_and_recorded(
    asked: Registration, rut: Actor, monday: datetime
) -> None:
    registering.register(asked, actor=rut, at=monday)
    assert asked.diary_number == "2026/KS 0001"
    assert Entry.objects.get(act="diary.number").subject == asked.subject
    with pytest.raises(diary.AlreadyRegistered):
        registering.register(asked, actor=rut, at=monday)


def test_a_number_from_another_system_must_look_like_one(
    asked: Registration, rut: Actor, monday: datetime
) -> None:
    with pytest.raises(diary.BadNumber):
        registering.register(asked, "sjutton", actor=rut, at=monday)
    registering.register(asked, "2026/KUN 0017 003", actor=rut, at=monday)
    assert asked.diary_number == "2026/KUN 0017 003"


@pytest.mark.parametrize("who", ["anna", "cecilia", "david"])
def test_only_a_registrar_gives_numbers(
    asked: Registration, who: str, monday: datetime, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(moves.NotYours):
        registering.register(asked, actor=request.getfixturevalue(who), at=monday)
    asked.refresh_from_db()
    assert asked.diary_number is None


def test_several_at_once_are_numbered_in_the_order_they_came(
    asked: Registration,
    connected: Channel,
    bluesky: Bluesky,
    anna: Actor,
    rut: Actor,
    monday: datetime,
) -> None:
    later = monday + timedelta(hours=1)
    told = comment("reply-2", later)
    bluesky.items["reply-2"] = told
    bluesky.states["reply-2"] = SeenState.VISIBLE
    second = removed(arrives(connected, told, later), anna, later).registration
    assert second
    removals = registering.seen_by(rut).exclude(case=None)
    rows = removals.order_by("asked_at")

    assert registering.register_all(rows, actor=rut, at=later) == 2

    numbers = rows.values_list("pk", "diary_number")
    assert list(numbers) == [
        (asked.pk, "2026/KS 0001"),
        (second.pk, "2026/KS 0002"),
    ]


def test_the_list_is_searched_by_number_and_channel_and_never_by_person(
    asked: Registration, rut: Actor, david: Actor, monday: datetime
) -> None:
    registering.register(asked, actor=rut, at=monday)
    rows = registering.seen_by(rut)
    assert asked in registering.found(rows, "KS 0001")
    assert asked in registering.found(rows, "biblioteket")
    assert asked.party == "Kim"
    assert not registering.found(rows, "kim").exists()
    assert not registering.seen_by(david).exclude(case=None).exists()
