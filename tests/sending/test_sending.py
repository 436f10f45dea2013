"""A person orders, the worker sends once and reads back; a person can stop it."""

from datetime import datetime, timedelta

import pytest

from tests.inbox.conftest import home as home  # noqa: PLC0414 (a fixture)
from tests.inbox.conftest import platform as platform  # noqa: PLC0414 (a fixture)
from tests.inbox.tales import FakePlatform, connected
from uppsikt.channels.models import Channel
from uppsikt.governance import moves, rules
from uppsikt.governance.actors import CLOCK, Actor
from uppsikt.platforms import PlatformError
from uppsikt.records import leasing
from uppsikt.sending import actions, work
from uppsikt.sending.actions import Letter
from uppsikt.sending.life import OutgoingLife
from uppsikt.sending.models import Outgoing

pytestmark = pytest.mark.django_db
LETTER = Letter("Hej!", Outgoing.Kind.ANSWER, "item:1", reply_to="at://x/1")
DELAY = timedelta(seconds=10)


@pytest.fixture
def ordered(library_channel: Channel, anna: Actor, monday: datetime) -> Outgoing:
    """An answer on its way from a connected channel."""
    connected(library_channel, anna.person, monday)
    return actions.order(library_channel, LETTER, actor=anna, at=monday)


def test_nothing_leaves_before_the_time_to_undo_has_passed(
    ordered: Outgoing, monday: datetime, platform: FakePlatform
) -> None:
    assert work.send(monday + DELAY - timedelta(seconds=1)) == 0
    assert not platform.posts

    assert work.send(monday + DELAY) == 1
    assert list(platform.posts) == [ordered.key]


def test_what_was_stopped_never_leaves(
    ordered: Outgoing, anna: Actor, monday: datetime, platform: FakePlatform
) -> None:
    actions.stop(ordered, actor=anna, at=monday)

    work.send(monday + timedelta(days=1))

    assert not platform.posts
    assert ordered.state is OutgoingLife.stopped


def test_the_one_who_stops_comes_too_late_when_the_worker_has_it(
    ordered: Outgoing, anna: Actor, monday: datetime
) -> None:
    assert leasing.claim(ordered, monday + DELAY)

    with pytest.raises(moves.TooLate):
        actions.stop(Outgoing.objects.get(), actor=anna, at=monday + DELAY)

    assert Outgoing.objects.get().state is OutgoingLife.ordered


def test_two_workers_send_one_post(
    ordered: Outgoing, monday: datetime, platform: FakePlatform
) -> None:
    assert leasing.claim(ordered, monday + DELAY)

    assert work.send(monday + DELAY) == 0
    assert not platform.posts


def test_a_worker_that_died_after_sending_sends_the_same_post_again(
    ordered: Outgoing, monday: datetime, platform: FakePlatform
) -> None:
    leasing.claim(ordered, monday + DELAY)
    platform.reply(None, ordered.text, ordered.key)

    work.send(monday + DELAY + leasing.LEASE + timedelta(seconds=1))

    assert list(platform.posts) == [ordered.key]
    assert Outgoing.objects.get().state is OutgoingLife.sent


def test_what_is_sent_is_read_back(
    ordered: Outgoing, monday: datetime, platform: FakePlatform
) -> None:
    work.send(monday + DELAY)

    work.read_back(monday + DELAY)

    outgoing = Outgoing.objects.get()
    assert outgoing.state is OutgoingLife.confirmed
    assert outgoing.confirmed_at == monday + DELAY
    assert outgoing.remote_url


def test_a_fault_of_our_own_with_one_text_keeps_no_other_waiting(
    ordered: Outgoing,
    library_channel: Channel,
    anna: Actor,
    monday: datetime,
    platform: FakePlatform,
) -> None:
    second = actions.order(library_channel, LETTER, actor=anna, at=monday)
    platform.broken_by = ordered.key

    assert work.send(monday + DELAY) == 2

    assert list(platform.posts) == [second.key]
    ordered.refresh_from_db()
    assert ordered.state is OutgoingLife.ordered
    assert "unforeseen" in ordered.problem


def test_a_passing_fault_is_tried_again_when_the_platform_says(
    ordered: Outgoing, monday: datetime, platform: FakePlatform
) -> None:
    wait = timedelta(minutes=7)
    platform.refusal = PlatformError("slow down", permanent=False, retry_after=wait)
    work.send(monday + DELAY)
    platform.refusal = None

    assert work.send(monday + DELAY + wait - timedelta(seconds=1)) == 0
    assert work.send(monday + DELAY + wait) == 1
    assert Outgoing.objects.get().state is OutgoingLife.sent


def test_a_platform_that_never_answers_is_given_up_and_a_person_told(
    ordered: Outgoing, monday: datetime, platform: FakePlatform
) -> None:
    platform.refusal = PlatformError("nothing", permanent=False)

    for hour in range(30):
        work.send(monday + DELAY + timedelta(hours=hour))

    outgoing = Outgoing.objects.get()
    assert outgoing.state is OutgoingLife.failed
    assert outgoing.problem == "nothing"


def test_a_refusal_is_told_in_the_platforms_words(
    ordered: Outgoing, monday: datetime, platform: FakePlatform
) -> None:
    platform.refusal = PlatformError("no", permanent=True)

    work.send(monday + DELAY)

    assert Outgoing.objects.get().problem == "no"


def test_credentials_that_cannot_be_opened_are_no_reason_to_try_again(
    ordered: Outgoing, monday: datetime
) -> None:
    work.send(monday + DELAY)  # b"sealed" is no ciphertext

    assert Outgoing.objects.get().state is OutgoingLife.failed


def test_the_clock_set_back_sends_nothing_early(
    ordered: Outgoing, monday: datetime, platform: FakePlatform
) -> None:
    assert work.send(monday - timedelta(days=1)) == 0
    assert not platform.posts


@pytest.fixture
def asked(
    library_channel: Channel,
    anna: Actor,
    monday: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> Outgoing:
    """An answer that waits for approval, where the guideline asks for it."""
    connected(library_channel, anna.person, monday)
    strict = rules.in_force(monday)
    wanted = strict.parameters["answer_approval"].model_copy(update={"value": True})
    changed = strict.model_copy(
        update={"parameters": {**strict.parameters, "answer_approval": wanted}}
    )
    monkeypatch.setattr(rules, "in_force", lambda at: changed)
    return actions.order(library_channel, LETTER, actor=anna, at=monday)


def test_where_approval_is_asked_for_nothing_leaves_without_it(
    asked: Outgoing, cecilia: Actor, monday: datetime, platform: FakePlatform
) -> None:
    work.send(monday + timedelta(days=1))
    assert not platform.posts

    actions.approve(asked, actor=cecilia, at=monday)
    work.send(monday)

    assert list(platform.posts) == [asked.key]


def test_a_writer_does_not_approve_and_another_node_does_not(
    asked: Outgoing, anna: Actor, david: Actor, monday: datetime
) -> None:
    for actor in (anna, david):
        with pytest.raises(moves.NotYours):
            actions.approve(asked, actor=actor, at=monday)


def test_an_answer_is_sent_back_with_a_reason(
    asked: Outgoing, cecilia: Actor, monday: datetime
) -> None:
    with pytest.raises(moves.NoReason):
        actions.send_back(asked, why="", actor=cecilia, at=monday)

    actions.send_back(asked, why="Skriv du", actor=cecilia, at=monday)

    assert asked.state is OutgoingLife.stopped


@pytest.mark.parametrize("move", ["send", "fail", "call_back"])
def test_what_the_clock_does_no_person_does(
    ordered: Outgoing, anna: Actor, monday: datetime, move: str
) -> None:
    with pytest.raises(moves.NotYours):
        moves.make(OutgoingLife.moves[move], ordered, actor=anna, at=monday)


@pytest.mark.parametrize("move", ["approve", "post", "retry", "vouch", "declare_lost"])
def test_what_a_person_does_the_clock_does_not(
    ordered: Outgoing, monday: datetime, move: str
) -> None:
    with pytest.raises(moves.NotYours):
        moves.make(OutgoingLife.moves[move], ordered, actor=CLOCK, at=monday)


@pytest.mark.parametrize(
    ("status", "onward"),
    [
        ("awaiting", {"approve", "send_back", "stop", "seal"}),
        ("ordered", {"stop", "seal", "call_back", "send", "fail"}),
        ("by_hand", {"post", "stop", "seal"}),
        ("sent", {"doubt", "confirm"}),
        ("unconfirmed", {"confirm", "vouch", "declare_lost"}),
        ("confirmed", set[str]()),
        ("failed", {"post", "retry", "stop", "seal"}),
        ("stopped", set[str]()),
    ],
)
def test_each_state_leads_where_it_should(status: str, onward: set[str]) -> None:
    assert {m.name for m in OutgoingLife.onward(status)} == onward
