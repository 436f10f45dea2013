"""The pages as a librarian meets them, without JavaScript."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.inbox.tales import SIGNED, connected, fetched, one, told
from tests.inbox.test_by_hand import picture
from tests.web.conftest import SignedIn
from uppsikt.channels.models import Channel, Connection
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import User
from uppsikt.inbox import actions, watch
from uppsikt.inbox.life import ItemLife
from uppsikt.inbox.listing import PAGE
from uppsikt.inbox.models import Item, Tick
from uppsikt.sending.life import OutgoingLife
from uppsikt.sending.models import Outgoing

pytestmark = pytest.mark.django_db
UNSIGNED = "Vi öppnar kl. 10."


@pytest.fixture(autouse=True)
def now(monday: datetime, monkeypatch: pytest.MonkeyPatch) -> datetime:
    """Let every request come on that Monday morning."""
    monkeypatch.setattr(timezone, "now", lambda: monday)
    return monday


@pytest.fixture
def browser(anna: Actor, signed_in: SignedIn) -> Client:
    return signed_in(anna.person)


@pytest.fixture
def item(library_channel: Channel, anna: Actor, monday: datetime) -> Item:
    connected(library_channel, anna.person, monday)
    return one(library_channel, at=monday)


def shown(response: Any) -> str:
    assert response.status_code == 200, response.status_code
    return str(response.content.decode())


def listed(response: Any) -> list[int]:
    return [row.item.pk for row in response.context["rows"]]


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
    assert counts == {"mina": 1, "forvaltning": 1, "utan-ansvarig": 0, "klara": None}
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
    few = _queries(browser, reverse("inbox"))
    fetched(library_channel, *[told(f"Fråga {n}?") for n in range(99)], at=monday)

    assert _queries(browser, reverse("inbox")) == few
    first = browser.get(reverse("inbox"))
    last = browser.get(reverse("inbox"), {"page": "4"})
    assert len(listed(first)) == len(listed(last)) == PAGE
    assert not set(listed(first)) & set(listed(last))
    assert first.context["shown"].page.more
    assert not last.context["shown"].page.more


def _queries(browser: Client, url: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        assert browser.get(url).status_code == 200
    return len(asked)


def test_an_item_costs_the_same_however_long_its_thread(
    browser: Client, item: Item, library_channel: Channel, monday: datetime
) -> None:
    few = _queries(browser, reverse("item", args=[item.pk]))
    fetched(library_channel, *[told(f"Svar {n}?") for n in range(60)], at=monday)

    assert _queries(browser, reverse("item", args=[item.pk])) == few


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


def test_the_box_begins_with_the_writers_signature_and_an_answer_is_ordered(
    browser: Client, item: Item
) -> None:
    html = shown(browser.get(reverse("item", args=[item.pk])))
    assert "Anna, bibliotekarie, Biblioteket" in html

    response = browser.post(reverse("item-answer", args=[item.pk]), {"text": SIGNED})

    assert response.status_code == 302
    outgoing = Outgoing.objects.get()
    assert outgoing.state is OutgoingLife.ordered
    html = shown(browser.get(response["Location"]))
    assert reverse("outgoing-stop", args=[outgoing.pk]) in html
    assert reverse("item-answer", args=[item.pk]) not in html


@pytest.mark.parametrize("anyway", [{}, {"anyway": "1"}])
def test_a_missing_signature_stops_the_answer_whatever_one_presses(
    browser: Client, item: Item, anyway: dict[str, str]
) -> None:
    told_ = {"text": UNSIGNED, **anyway}

    response = browser.post(reverse("item-answer", args=[item.pk]), told_)

    assert response.status_code == 422
    assert UNSIGNED in response.content.decode()
    assert "Anna, bibliotekarie" in str(response.context["form"].errors)
    assert not Outgoing.objects.exists()


def test_advice_is_shown_once_and_then_one_may_send_it_anyway(
    browser: Client, item: Item
) -> None:
    text = "Har Ni sett boken?\n\nAnna, bibliotekarie, Biblioteket"
    url = reverse("item-answer", args=[item.pk])

    first = browser.post(url, {"text": text})
    assert first.status_code == 422
    assert first.context["advice"]
    assert 'name="anyway"' in first.content.decode()
    assert not Outgoing.objects.exists()

    assert browser.post(url, {"text": text, "anyway": "1"}).status_code == 302
    assert Outgoing.objects.get().text == text


def test_an_undone_answer_keeps_its_text_in_the_box(
    browser: Client, item: Item
) -> None:
    browser.post(reverse("item-answer", args=[item.pk]), {"text": SIGNED})

    response = browser.post(
        reverse("outgoing-stop", args=[Outgoing.objects.get().pk]), follow=True
    )

    assert Outgoing.objects.get().state is OutgoingLife.stopped
    assert response.context["answer_form"].initial["text"] == SIGNED


def test_word_that_we_get_back_takes_a_day(browser: Client, item: Item) -> None:
    url = reverse("item-promise", args=[item.pk])

    assert browser.post(url, {"text": SIGNED}).status_code == 422
    far = browser.post(url, {"text": SIGNED, "promised_for": "2026-12-24"})
    assert far.status_code == 422
    told_ = {"text": SIGNED, "promised_for": "2026-03-10"}
    assert browser.post(url, told_).status_code == 302

    assert Outgoing.objects.get().kind == Outgoing.Kind.PROMISE


def test_no_answer_needed_takes_a_reason(browser: Client, item: Item) -> None:
    url = reverse("item-pass-by", args=[item.pk])

    assert browser.post(url, {}).status_code == 422
    assert browser.post(url, {"why": "Bara ett hjärta"}).status_code == 302

    item.refresh_from_db()
    assert item.state is ItemLife.passed_by
    again = {"why": "Det var en fråga"}
    assert (
        browser.post(reverse("item-reopen", args=[item.pk]), again).status_code == 302
    )
    item.refresh_from_db()
    assert item.state is ItemLife.waiting


def test_a_colleague_who_has_it_is_named(
    browser: Client, item: Item, bengt: Actor, cecilia: Actor, monday: datetime
) -> None:
    actions.claim(item, actor=cecilia, at=monday)

    html = shown(browser.get(reverse("item", args=[item.pk])))
    assert "Cecilia" in html
    response = browser.post(reverse("item-answer", args=[item.pk]), {"text": SIGNED})
    assert response.status_code == 422
    assert "Cecilia" in str(response.context["form"].errors)


def test_what_is_claimed_is_let_go_of(browser: Client, item: Item, anna: Actor) -> None:
    browser.post(reverse("item-claim", args=[item.pk]))
    item.refresh_from_db()
    assert item.claimed_by == anna.user

    browser.post(reverse("item-release", args=[item.pk]))
    item.refresh_from_db()
    assert item.claimed_by is None


def test_who_reads_only_sees_no_box(
    item: Item, rut: Actor, signed_in: SignedIn
) -> None:
    html = shown(signed_in(rut.person).get(reverse("item", args=[item.pk])))

    assert item.text in html
    assert reverse("item-answer", args=[item.pk]) not in html


ADDRESSES = [
    "item",
    "item-answer",
    "item-promise",
    "item-pass-by",
    "item-reopen",
    "item-claim",
    "item-release",
    "outgoing-stop",
    "outgoing-retry",
    "outgoing-post",
    "outgoing-approve",
    "outgoing-send-back",
    "item-picture",
    "watch-channel",
    "watch-tick",
    "watch-undo",
]


@pytest.fixture
def numbers(item: Item, library_channel: Channel, anna: Actor, monday: datetime) -> Any:
    outgoing = actions.answer(item, SIGNED, actor=anna, at=monday)
    day = watch.today(monday)
    tick = watch.tick(library_channel, day, actor=anna, at=monday)
    return {
        "item": item.pk,
        "item-picture": item.versions.get().pk,
        "outgoing": outgoing.pk,
        "watch": library_channel.pk,
        "watch-undo": tick.pk,
    }


@pytest.mark.parametrize("name", ADDRESSES)
def test_an_outsider_finds_nothing_at_any_address(
    numbers: dict[str, int], david: Actor, signed_in: SignedIn, name: str
) -> None:
    number = numbers.get(name) or numbers[name.partition("-")[0]]
    url = reverse(name, args=[number])
    browser = signed_in(david.person)

    assert browser.get(url).status_code in (404, 405)
    assert browser.post(url, {"text": SIGNED, "why": "x"}).status_code in (404, 405)
    assert Outgoing.objects.get().state is OutgoingLife.ordered
    assert Tick.objects.get().undone_at is None


def test_an_outsiders_lists_are_empty(
    numbers: dict[str, int], david: Actor, signed_in: SignedIn
) -> None:
    browser = signed_in(david.person)

    assert listed(browser.get(reverse("inbox"), {"flik": "forvaltning"})) == []
    assert browser.get(reverse("watch")).context["round"].rows == []
    assert browser.get(reverse("approvals")).context["rows"] == []


def test_something_seen_is_entered_with_its_picture(
    browser: Client, library_channel: Channel
) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    told_ = {
        "channel": library_channel.pk,
        "kind": "reply",
        "text": "Hur lånar jag?",
        "author": "Lars",
        "published_at": "2026-03-02T08:00",
        "url": "https://facebook.com/1",
        "picture": SimpleUploadedFile("x.png", picture()),
    }

    response = browser.post(reverse("item-new"), told_)

    item = Item.objects.get()
    assert response["Location"] == reverse("item", args=[item.pk])
    image = browser.get(reverse("item-picture", args=[item.versions.get().pk]))
    assert image["Content-Type"] == "image/png"
    assert image["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("fault", "field"),
    [
        ({"published_at": "2027-01-01T08:00"}, "published_at"),
        ({"text": ""}, "text"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"channel": "999999"}, "channel"),
    ],
)
def test_a_fault_in_what_is_entered_is_told_at_its_field(
    browser: Client, library_channel: Channel, fault: dict[str, str], field: str
) -> None:
    told_ = {
        "channel": str(library_channel.pk),
        "kind": "reply",
        "text": "Hur?",
        "author": "Lars",
        "published_at": "2026-03-02T08:00",
    }

    response = browser.post(reverse("item-new"), told_ | fault)

    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not Item.objects.exists()


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

    assert row.new == 1
    assert row.today.by == anna.user
    assert len(row.days) == 14


def test_the_round_asks_as_often_for_many_channels_as_for_one(
    browser: Client, watched: Channel, monday: datetime
) -> None:
    few = _queries(browser, reverse("watch"))
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

    assert _queries(browser, reverse("watch")) == few


def _entry(channel: Channel, at: datetime) -> Any:
    from uppsikt.records import ledger

    return ledger.append("channel.watch", channel.subject, {}, actor="clock", at=at)
