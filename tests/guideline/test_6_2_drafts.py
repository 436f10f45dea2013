"""Section 6.2: what one has begun to write is kept, and colleagues see it happen."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from tests.conftest import SignedIn
from tests.inbox.conftest import browser as browser  # noqa: PLC0414 (a fixture)
from tests.inbox.conftest import home as home  # noqa: PLC0414 (a fixture)
from tests.inbox.conftest import item as item  # noqa: PLC0414 (a fixture)
from tests.inbox.conftest import now as now  # noqa: PLC0414 (a fixture)
from tests.inbox.tales import SIGNED, fetched, queries, shown, told
from uppsikt.channels.models import Channel
from uppsikt.governance.actors import Actor
from uppsikt.inbox import actions, drafting
from uppsikt.inbox.models import Draft, Item
from uppsikt.records.models import Entry
from uppsikt.sending.models import Outgoing

pytestmark = pytest.mark.django_db
HALF = "Hej Kim! Vi öppnar"
A_MOMENT = timedelta(minutes=1)


def read(html: str) -> str:
    """Return the words of a page as one reads them."""
    return " ".join(strip_tags(html).split())


def test_a_draft_is_there_on_the_next_device_and_says_when_it_was_saved(
    browser: Client, item: Item, anna: Actor, signed_in: SignedIn
) -> None:
    url = reverse("item-draft", args=[item.pk, "answer"])
    browser.post(url, {"text": HALF}, headers={"HX-Request": "true"})

    elsewhere = signed_in(anna.person)
    page = elsewhere.get(reverse("item", args=[item.pk]))

    assert page.context["answer_form"].initial["text"] == HALF
    assert "Ditt utkast, sparat i dag kl. 10.00" in read(shown(page))


def test_a_draft_leaves_no_trace_and_nobody_else_reads_it(
    browser: Client, item: Item, cecilia: Actor, signed_in: SignedIn
) -> None:
    before = Entry.objects.count()
    url = reverse("item-draft", args=[item.pk, "answer"])
    browser.post(url, {"text": HALF})

    html = shown(signed_in(cecilia.person).get(reverse("item", args=[item.pk])))

    assert HALF not in html
    assert "Anna skriver ett svar sedan i dag kl. 10.00" in read(html)
    assert Entry.objects.count() == before


def test_without_javascript_one_saves_with_a_button_and_sees_the_hints(
    browser: Client, item: Item
) -> None:
    url = reverse("item-draft", args=[item.pk, "promise"])

    html = shown(browser.post(url, {"text": HALF, "promised_for": "2026-03-09"}))

    assert "Sparat i dag kl. 10.00" in read(html)
    assert "2026-03-09" in html
    assert "Behövs" in html


def test_a_refused_answer_is_kept_as_a_draft(browser: Client, item: Item) -> None:
    browser.post(reverse("item-answer", args=[item.pk]), {"text": HALF})

    assert Draft.objects.get().text == HALF
    assert not Outgoing.objects.exists()


def test_a_draft_goes_when_it_is_sent_and_not_when_a_colleagues_is(
    item: Item, anna: Actor, cecilia: Actor, monday: datetime
) -> None:
    drafting.save(item, "answer", HALF, actor=anna, at=monday)
    drafting.save(item, "answer", "Mitt", actor=cecilia, at=monday + A_MOMENT)

    actions.answer(item, SIGNED, actor=anna, at=monday + A_MOMENT)

    assert Draft.objects.get().user == cecilia.user
    late = drafting.save(item, "answer", SIGNED, actor=anna, at=monday + A_MOMENT)
    assert late is None
    assert Draft.objects.count() == 1


def test_a_draft_is_thrown_away_openly_and_only_ones_own(
    browser: Client, item: Item, cecilia: Actor, monday: datetime
) -> None:
    browser.post(reverse("item-draft", args=[item.pk, "answer"]), {"text": HALF})
    drafting.save(item, "answer", "Mitt", actor=cecilia, at=monday)

    url = reverse("item-draft-discard", args=[item.pk, "answer"])
    html = shown(browser.post(url, follow=True))

    assert "Utkastet är kastat" in html
    assert HALF not in html
    assert Draft.objects.get().user == cecilia.user


def test_who_began_first_is_let_finish_and_then_the_next(
    item: Item, anna: Actor, cecilia: Actor, monday: datetime
) -> None:
    drafting.save(item, "answer", HALF, actor=anna, at=monday)
    drafting.save(item, "answer", "Mitt", actor=cecilia, at=monday + A_MOMENT)

    with pytest.raises(actions.Claimed) as taken:
        actions.claim(item, actor=cecilia, at=monday + A_MOMENT)
    assert (taken.value.by, taken.value.since) == (anna.user, monday)
    later = monday + drafting.WRITES_FOR + A_MOMENT / 2
    actions.claim(item, actor=cecilia, at=later)
    drafting.save(item, "answer", f"{HALF} tio", actor=anna, at=later)

    actions.claim(item, actor=cecilia, at=later)
    with pytest.raises(actions.Claimed):
        actions.claim(item, actor=anna, at=later)


def test_the_page_asks_who_writes_and_hears_only_of_a_change(
    browser: Client, item: Item, cecilia: Actor, monday: datetime
) -> None:
    url = reverse("item-writers")
    assert browser.get(url, {"kort": item.pk}).status_code == 204
    drafting.save(item, "answer", "Mitt", actor=cecilia, at=monday)

    html = shown(browser.get(url, {"kort": item.pk}))
    assert "Cecilia skriver ett svar" in html
    known = {"kort": item.pk, "sett": cecilia.person.pk}
    assert browser.get(url, known).status_code == 204
    row = shown(browser.get(url, {"nr": [str(item.pk), "99999", "x", "9" * 40]}))
    assert f'id="writes-{item.pk}"' in row
    assert "Cecilia skriver" in row
    assert "Mitt" not in html + row


def test_who_may_not_answer_keeps_no_draft_and_who_sees_nothing_hears_nothing(
    item: Item,
    anna: Actor,
    rut: Actor,
    david: Actor,
    signed_in: SignedIn,
    now: datetime,
) -> None:
    drafting.save(item, "answer", HALF, actor=anna, at=now)
    url = reverse("item-draft", args=[item.pk, "answer"])

    assert signed_in(rut.person).post(url, {"text": HALF}).status_code == 403
    outsider = signed_in(david.person)
    assert outsider.post(url, {"text": HALF}).status_code == 404
    heard = outsider.get(reverse("item-writers"), {"nr": item.pk, "kort": item.pk})
    assert heard.status_code == 204
    listed = outsider.get(reverse("item-writers"), {"nr": item.pk})
    assert "Anna" not in shown(listed)


def test_drafts_are_forgotten_when_nobody_can_send_them(
    item: Item, library_channel: Channel, anna: Actor, monday: datetime
) -> None:
    fetched(library_channel, told("Ett?"), told("Två?"), at=monday)
    sealed, passed, open_ = Item.objects.order_by("pk")
    for one in (sealed, passed, open_):
        drafting.save(one, "answer", HALF, actor=anna, at=monday)
    Item.objects.filter(pk=sealed.pk).update(secluded=True)
    Item.objects.filter(pk=passed.pk).update(removed_at=monday)

    assert drafting.forget(monday) == 1
    assert drafting.forget(monday + timedelta(days=8)) == 1
    assert drafting.forget(monday + timedelta(days=29)) == 0
    assert drafting.forget(monday + timedelta(days=31)) == 1


def test_the_pages_cost_the_same_however_many_write(
    browser: Client, item: Item, cecilia: Actor, monday: datetime
) -> None:
    page = reverse("item", args=[item.pk])
    few = queries(browser, page)
    drafting.save(item, "answer", "Mitt", actor=cecilia, at=monday)
    drafting.save(item, "promise", "Mitt", actor=cecilia, at=monday)

    assert queries(browser, page) == few
