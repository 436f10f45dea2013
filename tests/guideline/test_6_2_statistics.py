"""Sections 6 and 6.2: how soon we answer, and whether we speak with people."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.inbox.conftest import browser as browser  # noqa: PLC0414 (a fixture)
from tests.inbox.conftest import home as home  # noqa: PLC0414 (a fixture)
from tests.inbox.conftest import now as now  # noqa: PLC0414 (a fixture)
from tests.inbox.conftest import platform as platform  # noqa: PLC0414 (a fixture)
from tests.inbox.tales import SIGNED, FakePlatform, connected, one
from uppsikt.channels.models import Channel
from uppsikt.governance import rules
from uppsikt.governance.actors import Actor
from uppsikt.inbox import actions, figures, known, open_figures, work
from uppsikt.inbox.figures import Figures, Wanted
from uppsikt.inbox.models import Item
from uppsikt.platforms import ItemKind
from uppsikt.policy import facts as f
from uppsikt.policy.workdays import A_DAY
from uppsikt.sending import work as post_room

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
SENT_AFTER = timedelta(minutes=1)


def answered(item: Item, anna: Actor, at: datetime) -> None:
    actions.answer(item, SIGNED, actor=anna, at=at)
    post_room.send(at + SENT_AFTER)
    work.note_answers(at + SENT_AFTER)


def told(channel: Channel, first: datetime, last: datetime, at: datetime) -> Figures:
    found = figures.of(Wanted([channel], first, last), at=at)
    return found[(channel.pk, None)]


@pytest.fixture
def asked(
    library_channel: Channel, anna: Actor, monday: datetime, platform: FakePlatform
) -> list[Item]:
    """Three questions from Monday at ten; one is answered at once, one on Thursday."""
    connected(library_channel, anna.person, monday)
    items = [one(library_channel, at=monday, published_at=monday) for _ in range(3)]
    answered(items[0], anna, monday + HOUR)
    answered(items[1], anna, monday + 3 * A_DAY)
    return items


def test_the_report_of_a_past_time_tells_what_was_in_time_and_what_still_waits(
    library_channel: Channel, asked: list[Item], monday: datetime
) -> None:
    later = monday + 4 * A_DAY

    report = told(library_channel, monday - A_DAY, monday + A_DAY, later)

    assert (report.asked, report.first.in_time, report.first.late) == (3, 1, 2)
    assert report.first.waiting == 1
    assert sum(report.first.took.values()) == 2
    assert told_nothing_else(library_channel, monday, later)


def told_nothing_else(channel: Channel, monday: datetime, at: datetime) -> bool:
    wanted = Wanted([channel], monday - 9 * A_DAY, monday - A_DAY)
    return figures.of(wanted, at=at) == {}


def test_an_answer_out_of_hours_counts_no_waiting_at_all(
    library_channel: Channel, anna: Actor, monday: datetime, platform: FakePlatform
) -> None:
    connected(library_channel, anna.person, monday)
    saturday = monday - 2 * A_DAY
    item = one(library_channel, at=saturday, published_at=saturday)

    answered(item, anna, saturday + 5 * HOUR)

    item.refresh_from_db()
    assert (item.first_took, item.full_took) == (0, 0)
    report = told(library_channel, saturday, monday, monday)
    assert report.full.share == 100


def test_the_figures_take_as_many_queries_for_few_as_for_many(
    library_channel: Channel,
    asked: list[Item],
    monday: datetime,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    wanted = Wanted([library_channel], monday - A_DAY, monday + A_DAY, "manad")

    with django_assert_num_queries(10):
        figures.of(wanted, at=monday + 4 * A_DAY)


def test_the_share_of_our_posts_that_ask_something_is_known(
    library_channel: Channel, monday: datetime
) -> None:
    for text in ("Vad tycker ni om nya bokbussen?", "Stängt i dag.", "Öppet i morgon."):
        one(library_channel, at=monday, published_at=monday, own=True, text=text,
            kind=ItemKind.POST)  # fmt: skip

    seen = {
        s.fact: s.value
        for s in known.of([library_channel], at=monday)[library_channel.pk]
    }

    assert seen[f.ASKING_SHARE] == 33.3


def test_the_page_shows_the_figures_as_table_plot_and_file(
    library_channel: Channel, asked: list[Item], browser: Client
) -> None:
    page = browser.get("/statistik/?per=manad").content.decode()
    table = browser.get("/statistik/svar.csv").content.decode("utf-8-sig")
    counted = browser.get("/statistik/fragor/").content.decode()

    assert "<svg" in page
    assert "<desc>" in page
    assert "Biblioteket" in table
    assert "1 arbetsdag" in counted


def test_what_is_asked_wrongly_is_said_and_the_usual_time_is_shown(
    library_channel: Channel, browser: Client
) -> None:
    page = browser.get("/statistik/?fran=2026-03-02&till=2026-01-01").content.decode()

    assert "högst fem år" in page
    assert "Inget kom in då" in page


def test_open_data_is_given_only_where_it_is_switched_on(
    library_channel: Channel, client: Client, now: datetime
) -> None:
    assert client.get("/kanaler/svarstider.json").status_code == 404


def test_open_data_tells_counts_and_times_and_never_of_fewer_than_five(
    library_channel: Channel,
    monday: datetime,
    client: Client,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    publish(monday, monkeypatch)
    for number in range(5):
        few = client.get("/kanaler/svarstider.json").json()["svarstider"]
        asked_at = monday - (10 + number) * A_DAY
        one(library_channel, at=asked_at, published_at=asked_at, text="Hur gör jag?")
    enough = client.get("/kanaler/svarstider.json").json()["svarstider"]

    assert few[0]["fragor"] == "< 5"
    assert few[0]["forsta_kontakt_i_tid_procent"] is None
    assert enough[0]["fragor"] == 5
    assert enough[0]["forsta_kontakt_i_tid_procent"] == 0
    assert "Hur gör jag" not in str(enough)


def publish(at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the guideline say that answer times are published."""
    strict = rules.in_force(at)
    name = open_figures.PUBLISHED
    said = strict.parameters[name].model_copy(update={"value": True})
    parameters = {**strict.parameters, name: said}
    changed = strict.model_copy(update={"parameters": parameters})
    monkeypatch.setattr(rules, "in_force", lambda at: changed)
