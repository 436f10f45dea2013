"""The list and the item as a librarian meets them, without JavaScript."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.conftest import SignedIn
from tests.inbox.tales import connected, fetched, listed, one, queries, shown, told
from uppsikt.channels.models import Channel, Connection
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import User
from uppsikt.inbox import actions
from uppsikt.inbox.listing import PAGE
from uppsikt.inbox.models import Item

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def test_the_earliest_deadline_comes_first(
    browser: Client, library_channel: Channel, monday: datetime
) -> None:
    late = one(library_channel, at=monday, published_at=monday - timedelta(days=6))
    calm = one(library_channel, at=monday, published_at=monday)
    soon = one(library_channel, at=monday, published_at=monday - timedelta(days=3))

    assert listed(browser.get(reverse("inbox"))) == [late.pk, soon.pk, calm.pk]


def test_each_tab_holds_its_own_and_says_how_many(
    browser: Client, item: Item, library_channel: Channel, monday: datetime
) -> None:
    history = told(published_at=monday - timedelta(days=900))
    fetched(library_channel, history, told(own=True), at=monday)

    page = browser.get(reverse("inbox"))

    counts = {t["value"]: t["count"] for t in page.context["tabs"]}
    waits = {"mina": 1, "forvaltning": 1, "utan-ansvarig": 0}
    assert counts == waits | {
        "granska": 0,
        "undanlagda": 0,
        "klara": None,
        "alla": None,
    }
    assert listed(browser.get(reverse("inbox"), {"flik": "klara"})) == []


def test_what_is_done_moves_to_its_tab(
    browser: Client, item: Item, anna: Actor, monday: datetime
) -> None:
    actions.pass_by(item, why="Tack", actor=anna, at=monday)

    assert listed(browser.get(reverse("inbox"))) == []
    assert listed(browser.get(reverse("inbox"), {"flik": "klara"})) == [item.pk]


def test_a_channel_that_nobody_answers_for_has_a_tab_of_its_own(
    item: Item, cecilia: Actor, anna_user: User, bengt_user: User, signed_in: SignedIn
) -> None:
    User.objects.filter(pk__in=[anna_user.pk, bengt_user.pk]).update(is_active=False)

    page = signed_in(cecilia.person).get(reverse("inbox"), {"flik": "utan-ansvarig"})

    assert listed(page) == [item.pk]


@pytest.mark.parametrize(
    ("chosen", "kept"),
    [
        ({"plattform": "bluesky"}, {"phone", "late"}),
        ({"plattform": "facebook"}, {"phone", "late"}),
        ({"markta": "on"}, {"phone"}),
        ({"sena": "on"}, {"late"}),
        ({"status": "promised"}, set[str]()),
        ({"q": "ringde"}, {"phone"}),
        ({"q": "cykel"}, set[str]()),
        ({"page": "x"}, {"phone", "late"}),
        ({"page": "2"}, set[str]()),
        ({"flik": "finns-inte"}, {"phone", "late"}),
    ],
)
def test_filters_keep_what_they_say(
    browser: Client,
    library_channel: Channel,
    monday: datetime,
    chosen: dict[str, str],
    kept: set[str],
) -> None:
    made = {
        "phone": one(
            library_channel, at=monday, text="Ring på 070-123 45 67", remote_id="p"
        ),
        "late": one(
            library_channel, at=monday, published_at=monday - timedelta(days=9)
        ),
    }

    page = browser.get(reverse("inbox"), chosen)

    assert set(listed(page)) == {made[name].pk for name in kept}


def test_a_long_list_is_cut_into_pages_and_never_costs_more_questions(
    browser: Client,
    library_channel: Channel,
    monday: datetime,
    django_assert_num_queries: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fetched(library_channel, told("Ett?"), at=monday)
    few = queries(browser, reverse("inbox"))
    fetched(library_channel, *[told(f"Fråga {n}?") for n in range(99)], at=monday)

    assert queries(browser, reverse("inbox")) == few
    first = browser.get(reverse("inbox"))
    last = browser.get(reverse("inbox"), {"page": "4"})
    assert len(listed(first)) == len(listed(last)) == PAGE
    assert not set(listed(first)) & set(listed(last))
    assert first.context["shown"].page.more
    assert not last.context["shown"].page.more


def test_an_item_costs_the_same_however_long_its_thread(
    browser: Client, item: Item, library_channel: Channel, monday: datetime
) -> None:
    few = queries(browser, reverse("item", args=[item.pk]))
    fetched(library_channel, *[told(f"Svar {n}?") for n in range(60)], at=monday)

    assert queries(browser, reverse("item", args=[item.pk])) == few


def test_a_quiet_list_says_when_we_last_heard_and_from_how_many(
    browser: Client, library_channel: Channel, anna: Actor, monday: datetime
) -> None:
    connection = connected(library_channel, anna.person, monday)
    Connection.objects.filter(pk=connection.pk).update(heard_at=monday)

    page = browser.get(reverse("inbox"))

    assert (page.context["heard"].latest, page.context["heard"].count) == (monday, 1)
    assert not page.context["silent"]


def test_a_channel_we_do_not_hear_from_is_named_and_not_a_peaceful_list(
    browser: Client, library_channel: Channel, anna: Actor, monday: datetime
) -> None:
    long_ago = monday - timedelta(hours=20)
    connected(library_channel, anna.person, long_ago)

    for name in ("inbox", "watch"):
        page = browser.get(reverse(name))
        assert [s.channel for s in page.context["silent"]] == [library_channel]
        assert library_channel.url in shown(page)


def test_markup_in_a_comment_is_shown_as_it_was_written(
    browser: Client, library_channel: Channel, monday: datetime
) -> None:
    item = one(library_channel, at=monday, text="<script>alert(1)</script> 070-1234567")

    html = shown(browser.get(reverse("item", args=[item.pk])))

    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html


def test_what_the_analysis_points_at_is_marked_with_its_rule(
    browser: Client, library_channel: Channel, monday: datetime
) -> None:
    item = one(library_channel, at=monday, text="Ring mig på 070-123 45 67")

    html = shown(browser.get(reverse("item", args=[item.pk])))

    assert "<mark" in html
    assert item.versions.get().signals.get().rule in html


def test_what_it_said_before_can_be_read(
    browser: Client, item: Item, library_channel: Channel, monday: datetime
) -> None:
    before = item.text
    fetched(library_channel, told("Något annat", remote_id=item.remote_id), at=monday)

    html = shown(browser.get(reverse("item", args=[item.pk])))

    assert before in html
    assert "Något annat" in html


def test_what_one_searched_for_is_marked_in_the_list_and_in_the_text(
    browser: Client, library_channel: Channel, monday: datetime
) -> None:
    text = f"{'Jag undrar en sak till. ' * 20}Vintersnöröjningen <är> dålig."
    item = one(library_channel, at=monday, published_at=monday, text=text)

    page = shown(browser.get(reverse("inbox"), {"flik": "alla", "q": "snöröjning"}))

    assert page.count(">Vintersnöröjningen</mark> &lt;är&gt;") == 2
    assert f"/inkorg/{item.pk}/?flik=alla&amp;q=" in page
    other = shown(browser.get(reverse("inbox"), {"flik": "klara", "q": "snöröjning"}))
    assert "Sök bland alla" in other
