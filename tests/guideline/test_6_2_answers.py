"""Section 6.2: questions are answered, or we say that we get back; in time, signed."""

from datetime import date, datetime, timedelta

import pytest

from tests.inbox.conftest import home as home  # noqa: PLC0414 (a fixture)
from tests.inbox.conftest import platform as platform  # noqa: PLC0414 (a fixture)
from tests.inbox.tales import SIGNED, FakePlatform, connected, one
from uppsikt.channels.models import Channel
from uppsikt.governance.actors import Actor
from uppsikt.inbox import actions, deadlines, drafts, hints, known, terms, work
from uppsikt.inbox.life import ItemLife
from uppsikt.policy import facts as f
from uppsikt.policy.facts import Value
from uppsikt.sending import work as post_room

pytestmark = pytest.mark.django_db


def overdue(channel: Channel, at: datetime) -> tuple[Value, Value]:
    """Return how many first words and how many full answers are overdue."""
    values = {s.fact: s.value for s in known.of([channel], at=at)[channel.pk]}
    return values[f.FIRST_OVERDUE], values[f.FULL_OVERDUE]


def test_a_question_is_answered_led_on_promised_an_answer_or_needs_none() -> None:
    closing = {m.name for m in ItemLife.onward("waiting")}

    assert closing == {"answer", "refer", "move_on", "promise", "pass_by"}


def test_the_first_word_is_due_before_the_full_answer_and_each_says_why(
    library_channel: Channel, monday: datetime
) -> None:
    item = one(library_channel, at=monday, published_at=monday)
    first, full = deadlines.both(monday, terms.of_one(library_channel, at=monday))

    assert (item.first_due_at, item.full_due_at) == (first.at, full.at)
    assert first.at < full.at
    assert "1 working day" in str(first.because[-1])
    assert "10 working days" in str(full.because[-1])


def test_what_nobody_has_said_a_word_to_is_overdue_by_the_first_clock_then_by_both(
    library_channel: Channel, monday: datetime
) -> None:
    one(library_channel, at=monday, published_at=monday)

    assert overdue(library_channel, monday + timedelta(hours=23)) == (0, 0)
    assert overdue(library_channel, monday + timedelta(hours=25)) == (1, 0)
    assert overdue(library_channel, monday + timedelta(days=15)) == (1, 1)


def test_a_promise_meets_the_first_demand_and_not_the_second(
    library_channel: Channel,
    anna: Actor,
    monday: datetime,
    platform: FakePlatform,
) -> None:
    connected(library_channel, anna.person, monday)
    item = one(library_channel, at=monday, published_at=monday)
    actions.promise(item, SIGNED, date(2026, 3, 16), actor=anna, at=monday)
    soon = monday + timedelta(minutes=1)
    post_room.send(soon)
    work.note_answers(soon)

    assert overdue(library_channel, monday + timedelta(days=13)) == (0, 0)
    assert overdue(library_channel, monday + timedelta(days=15)) == (0, 1)


def test_an_answer_is_begun_with_the_writers_signature(anna: Actor) -> None:
    assert drafts.beginning(anna.person) == "\n\nAnna, bibliotekarie, Biblioteket"


def test_an_answer_goes_out_from_the_channels_account(
    library_channel: Channel, anna: Actor, monday: datetime, platform: FakePlatform
) -> None:
    connected(library_channel, anna.person, monday)
    item = one(library_channel, at=monday)

    outgoing = actions.answer(item, SIGNED, actor=anna, at=monday)

    assert outgoing.channel == library_channel
    assert outgoing.written_by == anna.user


@pytest.mark.parametrize(
    "text", ["Hej! Har Ni sett boken?", "Hej! Skicka ditt personnummer hit."]
)
def test_the_tone_is_advice_and_stops_nothing(
    library_channel: Channel, anna: Actor, monday: datetime, text: str
) -> None:
    signed = f"{text}\n\nAnna, bibliotekarie, Biblioteket"

    item = one(library_channel, at=monday, published_at=monday)
    advice = hints.read(signed, item, anna.person, at=monday).advice

    assert advice
    assert not any(h.binds for h in advice)
    drafts.require_signature(signed, anna.person)
