"""The daily round on the screen, without JavaScript."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.inbox.tales import (
    one,
    queries,
    shown,
)
from uppsikt.channels.models import Channel
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import User
from uppsikt.inbox import watch
from uppsikt.inbox.models import Tick

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture
def watched(library_channel: Channel) -> Iterator[Channel]:
    yield library_channel


def test_todays_round_is_one_click_for_one_and_for_all(
    browser: Client, watched: Channel, monday: datetime
) -> None:
    page = browser.get(reverse("watch"))
    assert (page.context["round"].done, page.context["round"].left) == (0, 1)

    browser.post(reverse("watch-tick-all"))
    page = browser.get(reverse("watch"))
    assert page.context["round"].whole

    browser.post(reverse("watch-tick", args=[watched.pk]))
    assert Tick.objects.count() == 1


def test_a_tick_is_undone_on_the_channels_page_with_a_reason(
    browser: Client, watched: Channel
) -> None:
    browser.post(reverse("watch-tick", args=[watched.pk]))
    url = reverse("watch-undo", args=[Tick.objects.get().pk])

    browser.post(url, {"why": ""})
    assert Tick.objects.standing().exists()
    browser.post(url, {"why": "Fel kanal"})

    html = shown(browser.get(reverse("watch-channel", args=[watched.pk])))
    assert "Fel kanal" in html
    assert not Tick.objects.standing().exists()


@pytest.mark.parametrize(
    ("day", "kept"),
    [("2026-03-01", 1), ("2026-03-03", 0), ("2025-12-01", 0), ("igår", 0)],
)
def test_a_day_is_entered_late_if_it_can_be(
    browser: Client, watched: Channel, day: str, kept: int
) -> None:
    url = reverse("watch-tick", args=[watched.pk])

    assert browser.post(url, {"day": day, "note": "Glömde"}).status_code == 302

    assert Tick.objects.filter(late=True, note="Glömde").count() == kept


def test_what_is_new_is_counted_since_the_last_tick(
    browser: Client, watched: Channel, anna: Actor, monday: datetime
) -> None:
    one(watched, at=monday - timedelta(days=2))
    watch.tick(watched, watch.today(monday), actor=anna, at=monday - timedelta(hours=1))
    one(watched, at=monday)
    one(watched, at=monday, own=True, parent_id=None)

    row = browser.get(reverse("watch")).context["round"].rows[0]

    assert row.news.total == 1
    assert row.today.by == anna.user
    assert len(row.days) == 14


def test_the_round_asks_as_often_for_many_channels_as_for_one(
    browser: Client, watched: Channel, monday: datetime
) -> None:
    few = queries(browser, reverse("watch"))
    one(watched, at=monday)
    for days in range(1, 13):
        day = watch.today(monday) - timedelta(days=days)
        actor = Actor("x", User.objects.get(first_name="Anna"), ())
        Tick.objects.create(
            channel=watched,
            day=day,
            at=monday,
            by=actor.person,
            late=True,
            entry=_entry(watched, monday),
        )

    assert queries(browser, reverse("watch")) == few


def _entry(channel: Channel, at: datetime) -> Any:
    from uppsikt.records import ledger

    return ledger.append("channel.watch", channel.subject, {}, actor="clock", at=at)
