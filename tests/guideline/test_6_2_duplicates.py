"""Section 6.2: the same question in several places is answered once (R-6.2-4)."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from tests.inbox.conftest import browser as browser  # noqa: PLC0414 (a fixture)
from tests.inbox.conftest import home as home  # noqa: PLC0414 (a fixture)
from tests.inbox.conftest import now as now  # noqa: PLC0414 (a fixture)
from tests.inbox.tales import fetched, one, queries, told
from uppsikt.channels.models import Channel
from uppsikt.governance import moves
from uppsikt.governance.actors import Actor
from uppsikt.inbox import merging, twins
from uppsikt.inbox.life import ItemLife
from uppsikt.inbox.models import Item
from uppsikt.platforms import Author
from uppsikt.records.models import Entry

pytestmark = pytest.mark.django_db
ASKED = "När öppnar biblioteket efter ombyggnaden?"
ROOTS = ("at://did:plc:library/app.bsky.feed.post/a", "at://b.example/post/b")
OTHER = Author(handle="bo.test", display_name="Bo", remote_id="did:bo")


@pytest.fixture
def twice(library_channel: Channel, now: datetime) -> list[Item]:
    """Kim asks the same below two posts, with other spaces and capitals."""
    texts = (ASKED, f"  {ASKED.upper()} ")
    return [
        one(library_channel, at=now, text=text, root_id=root, published_at=now)
        for text, root in zip(texts, ROOTS, strict=True)
    ]


def test_the_same_question_in_two_places_is_answered_once(
    twice: list[Item], browser: Client, anna: Actor, now: datetime
) -> None:
    first, second = twice
    page = browser.get(f"/inkorg/{first.pk}/").text
    browser.post(f"/inkorg/{first.pk}/samma/", {"same": [second.pk]})

    second.refresh_from_db()
    assert "Svara en gång" in page
    assert (second.duplicate_of, second.status) == (first, "passed_by")
    assert second.due_at is None
    assert merging.duplicates(first, anna) == [second]
    assert f"/inkorg/{first.pk}/" in browser.get(f"/inkorg/{second.pk}/").text
    assert f"/inkorg/{second.pk}/" in browser.get(f"/inkorg/{first.pk}/").text
    assert Entry.objects.filter(act="item.merge", subject=second.subject).exists()


def test_it_is_taken_apart_and_its_clocks_go_on_from_where_they_began(
    twice: list[Item], browser: Client, anna: Actor, now: datetime
) -> None:
    first, second = twice
    due = second.due_at
    merging.merge(first, [second], actor=anna, at=now)

    browser.post(f"/inkorg/{second.pk}/isar/")

    second.refresh_from_db()
    assert (second.duplicate_of, second.state) == (None, ItemLife.waiting)
    assert second.due_at == due
    assert merging.twins(first, anna) == [second]
    with pytest.raises(merging.NoTwin):
        merging.part(second, actor=anna, at=now)


def test_another_text_or_another_author_is_no_twin(
    twice: list[Item], library_channel: Channel, anna: Actor, now: datetime
) -> None:
    first, second = twice
    other = one(library_channel, at=now, text=ASKED, author=OTHER)
    another = one(library_channel, at=now, text=f"{ASKED} Och kaféet?")

    assert merging.twins(first, anna) == [second]
    for it in (other, another):
        with pytest.raises(merging.NoTwin):
            merging.merge(first, [it], actor=anna, at=now)


def test_a_changed_text_is_a_twin_no_more(
    library_channel: Channel, anna: Actor, now: datetime
) -> None:
    first = one(library_channel, at=now, text=ASKED)
    source = told(ASKED)
    fetched(library_channel, source, at=now)
    assert len(merging.twins(first, anna)) == 1

    changed = told("Nu vet jag.", remote_id=source.remote_id)
    fetched(library_channel, changed, at=now + timedelta(hours=1))

    assert merging.twins(first, anna) == []


def test_who_has_no_role_there_neither_sees_nor_ties_it(
    twice: list[Item], david: Actor, rut: Actor, now: datetime
) -> None:
    first, second = twice

    assert merging.twins(first, david) == []
    with pytest.raises(moves.NotYours):
        merging.merge(first, [second], actor=rut, at=now)
    second.refresh_from_db()
    assert second.duplicate_of is None


def test_what_is_sealed_off_is_nobodys_twin(twice: list[Item], anna: Actor) -> None:
    first, second = twice
    Item.objects.filter(pk=second.pk).update(secluded=True)

    assert merging.twins(first, anna) == []


def test_the_page_costs_as_many_questions_however_many_there_are(
    twice: list[Item], library_channel: Channel, browser: Client, now: datetime
) -> None:
    address = f"/inkorg/{twice[0].pk}/"
    browser.get(address)
    few = queries(browser, address)
    for _ in range(4):
        one(library_channel, at=now, text=ASKED, root_id=ROOTS[1])

    assert queries(browser, address) == few


def test_the_digest_is_of_both_and_of_nothing_without_either() -> None:
    assert twins.of("x", "kim", "Hej  du") == twins.of("x", "kim", "hej du\n")
    assert twins.of("x", "kim", "Hej") != twins.of("x", "bo", "Hej")
    assert twins.of("x", "kim", "Hej") != twins.of("y", "kim", "Hej")
    assert twins.of("x", "", "Hej") == twins.of("x", "kim", " ") == ""
