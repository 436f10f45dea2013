"""Section 6.4: the round shows what is new, and the tick says what was looked at."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.guideline.judged import whole
from tests.inbox.conftest import browser, now  # noqa: F401 (fixtures)
from tests.inbox.tales import ROOT, connected, fetched, one, queries, shown, told
from uppsikt.channels.models import Channel, Connection
from uppsikt.governance.actors import Actor
from uppsikt.inbox import actions, news, watch, watch_scope
from uppsikt.inbox.models import Result, Tick
from uppsikt.inbox.news import Kind
from uppsikt.platforms import ItemKind, Media
from uppsikt.policy.verdict import Outcome
from uppsikt.policy.watch_scope import Part
from uppsikt.records import ledger

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)
OLD = "at://did:plc:library/app.bsky.feed.post/old"


@pytest.fixture
def read_today(library_channel: Channel, anna: Actor, monday: datetime) -> Channel:
    """The library's channel, connected, looked at yesterday, with news of each kind."""
    row = connected(library_channel, anna.person, monday)
    Connection.objects.filter(pk=row.pk).update(heard_at=monday)
    yesterday, before = monday - A_DAY, monday - 60 * A_DAY
    posts = [
        told(remote_id=ROOT, own=True, kind=ItemKind.POST, published_at=yesterday),
        told(remote_id=OLD, own=True, kind=ItemKind.POST, published_at=before),
    ]
    edited, gone = told("Fel"), told("Bort")
    fetched(library_channel, *posts, edited, gone, at=yesterday)
    day = watch.today(yesterday)
    watch.tick(library_channel, day, actor=anna, at=yesterday + timedelta(hours=1))
    picture = Media(url="https://img.example/1.png", alt="", kind="image")
    fetched(
        library_channel,
        told("Hej", media=(picture,)),
        told("Håller med", parent_id="at://did:plc:kim/app.bsky.feed.post/x"),
        told("Nu igen", root_id=OLD, parent_id=OLD),
        told("Se @biblioteket", kind=ItemKind.MENTION, parent_id=None, root_id=None),
        told("Bra service", kind=ItemKind.REVIEW, parent_id=None, root_id=None),
        told("Privat fråga", kind=ItemKind.MESSAGE, public=False),
        told("Rättat", remote_id=edited.remote_id),
        at=monday,
        withdrawn=(gone.remote_id,),
    )
    return Channel.objects.select_related("node", "connection").get()


def test_what_is_new_is_told_by_kind_and_each_kind_is_a_list(
    read_today: Channel, monday: datetime
) -> None:
    since = news.looked_at([read_today])

    found = news.of([read_today], since, at=monday)[read_today.pk]

    one_each = {Kind.COMMENTS, Kind.REPLIES, Kind.OLD_THREADS, Kind.MENTIONS}
    one_each |= {Kind.REVIEWS, Kind.MESSAGES, Kind.MEDIA, Kind.CHANGED, Kind.GONE}
    assert found.total == 6
    assert {kind: found.kinds[kind] for kind in one_each} == dict.fromkeys(one_each, 1)
    for kind, number in found.kinds.items():
        rows = news.items(read_today, since[read_today.pk], kind, at=monday)
        assert rows.count() == number


def test_what_is_new_is_asked_as_often_for_many_channels_as_for_one(
    read_today: Channel,
    school_channel: Channel,
    monday: datetime,
    django_assert_num_queries: object,
) -> None:
    both = [read_today, school_channel]

    with django_assert_num_queries(5):  # type: ignore[operator]
        news.of(both, news.looked_at(both), at=monday)


def test_a_special_case_is_nowhere_in_the_news(
    read_today: Channel, monday: datetime
) -> None:
    read_today.items.update(secluded=True)

    found = news.of([read_today], news.looked_at([read_today]), at=monday)

    assert found[read_today.pk].shown == []


def test_a_tick_tells_what_was_looked_at_by_whom_and_what_was_done(
    read_today: Channel, anna: Actor, monday: datetime
) -> None:
    item = read_today.items.get(text="Hej")
    actions.pass_by(item, why="Hälsning", actor=anna, at=monday)
    item.answered_at = monday
    item.save(update_fields=["answered_at"])
    remark = watch.Remark("", (Part.MESSAGES,))

    tick = watch.tick(read_today, watch.today(monday), remark, actor=anna, at=monday)

    assert tick.by_program == [Part.COMMENTS, Part.OLD_THREADS, Part.MENTIONS]
    assert (tick.by_person, tick.left_out) == ([Part.MEDIA], [Part.MESSAGES])
    assert (tick.answered, tick.removed, tick.result) == (1, 0, Result.ACTS)
    told_of = ledger.opened(tick.entry)
    assert told_of["left_out"] == ["messages"]
    assert told_of["answered"] == 1


def test_what_nobody_looked_at_shows_until_somebody_has(
    read_today: Channel, anna: Actor, monday: datetime
) -> None:
    def stands(at: datetime) -> Outcome:
        return whole(read_today, "6.4-scope", at).outcome

    remark = watch.Remark(left_out=(Part.MESSAGES,))
    today = watch.today(monday)
    assert stands(monday) is Outcome.MET
    watch.tick(read_today, today, remark, actor=anna, at=monday)
    assert stands(monday) is Outcome.NOT_MET
    tomorrow = monday + A_DAY
    watch.tick(read_today, watch.today(tomorrow), actor=anna, at=tomorrow)
    assert stands(tomorrow) is Outcome.MET


def test_a_broken_connector_leaves_everything_to_the_person_and_to_no_common_click(
    read_today: Channel, anna: Actor, monday: datetime
) -> None:
    later = monday + timedelta(hours=2)
    scope = watch_scope.of(read_today, at=later)

    assert scope.program == ()
    assert Part.COMMENTS in scope.person
    assert watch.tick_all([read_today], actor=anna, at=later) == []
    assert watch.tick(read_today, watch.today(later), actor=anna, at=later).pk


def test_a_day_entered_afterwards_is_no_look_at_what_is_new(
    read_today: Channel, anna: Actor, monday: datetime
) -> None:
    before = news.looked_at([read_today])
    watch.tick(read_today, watch.today(monday) - 2 * A_DAY, actor=anna, at=monday)

    assert news.looked_at([read_today]) == before


@pytest.mark.usefixtures("now")
def test_the_pass_goes_from_channel_to_channel_and_ends_with_what_is_left(
    read_today: Channel,
    browser: Client,  # noqa: F811 (the fixture)
) -> None:
    look = reverse("watch-look", args=[read_today.pk])
    assert browser.get(reverse("watch-begin")).headers["Location"] == look
    html = shown(browser.get(look, {"del": Kind.OLD_THREADS}))
    assert "Nu igen" in html
    assert "Håller med" not in html

    answer = browser.post(
        reverse("watch-go-on", args=[read_today.pk]),
        {"note": "Hård ton", "left_out": ["messages"]},
    )

    assert answer.headers["Location"] == reverse("watch-end")
    assert "Klart för i dag" in shown(browser.get(reverse("watch-end")))
    tick = Tick.objects.latest("pk")
    assert (tick.note, tick.left_out, tick.result) == (
        "Hård ton",
        ["messages"],
        Result.REMARK,
    )


@pytest.mark.usefixtures("now")
def test_a_look_asks_as_often_for_much_news_as_for_little(
    read_today: Channel,
    browser: Client,  # noqa: F811 (the fixture)
    monday: datetime,
) -> None:
    url = reverse("watch-look", args=[read_today.pk])
    few = queries(browser, url)
    for number in range(5):
        one(read_today, at=monday, text=f"Fråga {number}")

    assert queries(browser, url) == few


@pytest.mark.usefixtures("now")
def test_what_a_person_left_out_must_be_a_part_of_the_channel(
    read_today: Channel,
    browser: Client,  # noqa: F811 (the fixture)
) -> None:
    url = reverse("watch-go-on", args=[read_today.pk])
    before = Tick.objects.count()

    assert browser.post(url, {"left_out": ["reviews"]}).status_code == 422
    assert Tick.objects.count() == before
