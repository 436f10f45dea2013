"""People claim, answer, promise and let pass; the item moves when the text is out."""

from datetime import date, datetime, timedelta

import pytest

from tests.conftest import Cast
from tests.inbox.tales import SIGNED, FakePlatform, one
from uppsikt.channels.models import Channel
from uppsikt.checks.text.signature import NoTitle
from uppsikt.governance import actors, moves
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Node, Step, User
from uppsikt.inbox import actions, drafts, work
from uppsikt.inbox.life import ItemLife
from uppsikt.inbox.models import Item
from uppsikt.platforms import PlatformError
from uppsikt.policy.roles import Role
from uppsikt.sending import actions as sending
from uppsikt.sending import work as post_room
from uppsikt.sending.life import OutgoingLife

pytestmark = pytest.mark.django_db
DELAY = timedelta(seconds=11)


@pytest.fixture
def eva(person: Cast, library: Node, monday: datetime) -> Actor:
    """Eva, a colleague of Anna's."""
    eva = person("Eva", "bibliotekarie", Role.PUBLISHER, library)
    return actors.of(eva, at=monday)


def carried_out(at: datetime) -> None:
    """Do what the worker does: send, read back, note."""
    post_room.send(at)
    post_room.read_back(at)
    work.note_answers(at)


def test_an_answer_is_sent_once_and_then_the_item_is_answered(
    item: Item, anna: Actor, monday: datetime, platform: FakePlatform
) -> None:
    outgoing = actions.answer(item, SIGNED, actor=anna, at=monday)
    item.refresh_from_db()
    assert item.state is ItemLife.waiting

    carried_out(monday + DELAY)
    carried_out(monday + DELAY)

    item.refresh_from_db()
    outgoing.refresh_from_db()
    assert list(platform.posts.values()) == [SIGNED]
    assert outgoing.state is OutgoingLife.confirmed
    assert item.state is ItemLife.answered
    assert item.answered_at == item.first_contact_at == monday + DELAY
    assert item.due_at is None
    assert item.claimed_by is None
    acts = Step.objects.filter(subject=item.subject).values_list("entry__act")
    assert list(acts) == [("item.answer",)]


def test_a_promise_stops_the_first_clock_and_the_full_one_goes_on(
    item: Item, anna: Actor, monday: datetime, platform: FakePlatform
) -> None:
    full = item.full_due_at
    assert full
    actions.promise(item, SIGNED, full.date(), actor=anna, at=monday)

    carried_out(monday + DELAY)

    item.refresh_from_db()
    assert item.state is ItemLife.promised
    assert item.first_contact_at == monday + DELAY
    assert item.answered_at is None
    assert item.due_at == full


def test_a_day_promised_sooner_than_the_full_clock_is_what_counts(
    item: Item, anna: Actor, monday: datetime, platform: FakePlatform
) -> None:
    actions.promise(item, SIGNED, date(2026, 3, 4), actor=anna, at=monday)

    carried_out(monday + DELAY)

    item.refresh_from_db()
    assert item.due_at and item.full_due_at
    assert item.due_at < item.full_due_at
    assert item.due_at.date() == date(2026, 3, 4)


def test_what_was_promised_can_be_answered(
    item: Item, anna: Actor, monday: datetime, platform: FakePlatform
) -> None:
    actions.promise(item, SIGNED, date(2026, 3, 4), actor=anna, at=monday)
    carried_out(monday + DELAY)
    item.refresh_from_db()

    actions.answer(item, SIGNED, actor=anna, at=monday + 2 * DELAY)
    carried_out(monday + 4 * DELAY)

    item.refresh_from_db()
    assert item.state is ItemLife.answered
    assert item.first_contact_at == monday + DELAY


@pytest.mark.parametrize(
    ("day", "stop"),
    [
        (date(2026, 3, 1), actions.PastDay),
        (date(2026, 3, 17), actions.TooFarAway),
    ],
)
def test_no_day_is_promised_that_has_passed_or_breaks_the_guideline(
    item: Item, anna: Actor, monday: datetime, day: date, stop: type[Exception]
) -> None:
    with pytest.raises(stop):
        actions.promise(item, SIGNED, day, actor=anna, at=monday)

    assert item.outgoing is None


def test_what_cannot_be_sent_brings_the_item_back_on_top(
    item: Item,
    library_channel: Channel,
    anna: Actor,
    monday: datetime,
    platform: FakePlatform,
) -> None:
    older = one(library_channel, at=monday, published_at=monday - timedelta(days=3))
    outgoing = actions.answer(item, SIGNED, actor=anna, at=monday)
    platform.refusal = PlatformError("no", permanent=True)

    carried_out(monday + DELAY)
    carried_out(monday + DELAY)

    item.refresh_from_db()
    outgoing.refresh_from_db()
    assert outgoing.state is OutgoingLife.failed
    assert outgoing.problem == "no"
    assert item.state is ItemLife.waiting
    assert list(Item.objects.open().most_urgent_first()) == [item, older]


def test_what_failed_can_be_tried_again(
    item: Item, anna: Actor, monday: datetime, platform: FakePlatform
) -> None:
    outgoing = actions.answer(item, SIGNED, actor=anna, at=monday)
    platform.refusal = PlatformError("no", permanent=True)
    carried_out(monday + DELAY)
    outgoing.refresh_from_db()
    platform.refusal = None

    actions.retry(outgoing, actor=anna, at=monday + 2 * DELAY)
    carried_out(monday + 2 * DELAY)

    item.refresh_from_db()
    assert item.state is ItemLife.answered
    assert item.failed_at is None
    assert len(platform.posts) == 1


def test_what_failed_can_be_posted_by_hand(
    item: Item, anna: Actor, monday: datetime, platform: FakePlatform
) -> None:
    outgoing = actions.answer(item, SIGNED, actor=anna, at=monday)
    platform.refusal = PlatformError("no", permanent=True)
    carried_out(monday + DELAY)
    outgoing.refresh_from_db()

    actions.post(outgoing, url="https://bsky.app/1", actor=anna, at=monday + DELAY)

    item.refresh_from_db()
    assert item.state is ItemLife.answered
    assert not platform.posts


def test_an_answer_that_was_sent_and_cannot_be_seen_counts_from_when_it_was_sent(
    item: Item, anna: Actor, monday: datetime, platform: FakePlatform
) -> None:
    actions.answer(item, SIGNED, actor=anna, at=monday)
    platform.hides = True

    carried_out(monday + DELAY)
    item.refresh_from_db()
    assert item.state is ItemLife.answered
    for second in range(60):
        carried_out(monday + DELAY + timedelta(seconds=4 * second))

    item.refresh_from_db()
    assert item.state is ItemLife.answered
    assert item.first_contact_at == item.answered_at == monday + DELAY
    assert item.failed_at is None
    assert len(platform.posts) == 1


def test_on_a_channel_without_connection_a_person_posts_it(
    library_channel: Channel, anna: Actor, monday: datetime
) -> None:
    item = one(library_channel, at=monday)

    outgoing = actions.answer(item, SIGNED, actor=anna, at=monday)
    assert outgoing.state is OutgoingLife.by_hand
    actions.post(outgoing, url="https://bsky.app/1", actor=anna, at=monday)

    item.refresh_from_db()
    assert item.state is ItemLife.answered
    assert item.answered_at == monday


@pytest.mark.parametrize("text", ["Vi öppnar kl. 10.", "Hälsningar Eva, rektor"])
def test_no_answer_leaves_without_the_writers_signature(
    item: Item, anna: Actor, monday: datetime, text: str
) -> None:
    with pytest.raises(drafts.Unsigned, match="Anna, bibliotekarie"):
        actions.answer(item, text, actor=anna, at=monday)

    item.refresh_from_db()
    assert item.outgoing is None


def test_a_protected_identity_signs_with_the_function_alone(
    item: Item, anna_user: User, monday: datetime
) -> None:
    anna_user.signs_as_function = True
    anna_user.save()
    anna = actors.of(anna_user, at=monday)

    actions.answer(item, "Kl. 10.\n\nBibliotekarie", actor=anna, at=monday)

    assert item.outgoing
    assert "Anna" not in drafts.beginning(anna_user)


def test_nobody_signs_without_a_title(
    item: Item, anna_user: User, monday: datetime
) -> None:
    User.objects.filter(pk=anna_user.pk).update(title="")
    anna = actors.of(User.objects.get(pk=anna_user.pk), at=monday)

    with pytest.raises(NoTitle):
        actions.answer(item, SIGNED, actor=anna, at=monday)


@pytest.mark.parametrize(
    ("text", "stop"),
    [("  ", sending.Empty), ("x" * 400 + f"\n\n{SIGNED}", sending.TooLong)],
)
def test_nothing_empty_and_nothing_too_long_is_ordered(
    item: Item, anna: Actor, monday: datetime, text: str, stop: type[Exception]
) -> None:
    with pytest.raises(stop):
        actions.answer(item, text, actor=anna, at=monday)

    item.refresh_from_db()
    assert item.outgoing is None


def test_two_people_do_not_answer_the_same_thing(
    item: Item, anna: Actor, eva: Actor, monday: datetime
) -> None:
    same = Item.objects.get(pk=item.pk)
    actions.answer(item, SIGNED, actor=anna, at=monday)

    with pytest.raises(actions.Claimed) as stop:
        actions.answer(same, SIGNED, actor=eva, at=monday)

    assert stop.value.by == anna.user
    assert stop.value.since == monday


def test_a_second_answer_waits_until_the_first_is_out(
    item: Item, anna: Actor, monday: datetime
) -> None:
    actions.answer(item, SIGNED, actor=anna, at=monday)

    with pytest.raises(actions.OnItsWay):
        actions.answer(item, SIGNED, actor=anna, at=monday)


def test_of_two_claims_the_first_holds(
    item: Item, anna: Actor, eva: Actor, monday: datetime
) -> None:
    same = Item.objects.get(pk=item.pk)
    actions.claim(item, actor=anna, at=monday)

    with pytest.raises(actions.Claimed):
        actions.claim(same, actor=eva, at=monday + timedelta(minutes=29))

    same.refresh_from_db()
    assert actions.held_by(same, at=monday) == anna.user


@pytest.mark.parametrize(
    "passed", [timedelta(minutes=30), timedelta(days=-1)], ids=["time", "clock back"]
)
def test_a_claim_runs_out_and_does_not_come_from_the_future(
    item: Item, anna: Actor, eva: Actor, monday: datetime, passed: timedelta
) -> None:
    actions.claim(item, actor=anna, at=monday)

    actions.claim(item, actor=eva, at=monday + passed)

    item.refresh_from_db()
    assert item.claimed_by == eva.user


def test_only_the_one_who_has_it_lets_go(
    item: Item, anna: Actor, eva: Actor, monday: datetime
) -> None:
    actions.claim(item, actor=anna, at=monday)

    actions.release(item, actor=eva, at=monday)
    item.refresh_from_db()
    assert item.claimed_by == anna.user

    actions.release(item, actor=anna, at=monday)
    item.refresh_from_db()
    assert item.claimed_by is None


def test_no_answer_needed_takes_a_reason(
    item: Item, anna: Actor, monday: datetime
) -> None:
    with pytest.raises(moves.NoReason):
        actions.pass_by(item, why=" ", actor=anna, at=monday)

    actions.pass_by(item, why="Bara ett tack", actor=anna, at=monday)

    assert item.state is ItemLife.passed_by
    assert item.due_at is None
    assert Step.objects.get(subject=item.subject).why == "Bara ett tack"


def test_what_is_opened_again_has_new_clocks_and_its_old_answer_does_not_close_it(
    item: Item, anna: Actor, monday: datetime, platform: FakePlatform
) -> None:
    actions.answer(item, SIGNED, actor=anna, at=monday)
    carried_out(monday + DELAY)
    item.refresh_from_db()
    later = monday + timedelta(days=7)

    actions.reopen(item, why="Svaret var fel", actor=anna, at=later)
    work.note_answers(later)

    item.refresh_from_db()
    assert item.state is ItemLife.waiting
    assert item.first_due_at == later + timedelta(days=1)
