"""Section 6.2: a quick answer to one is an answer to many (R-6.2-4)."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from tests.inbox.conftest import browser as browser  # noqa: PLC0414 (a fixture)
from tests.inbox.conftest import home as home  # noqa: PLC0414 (a fixture)
from tests.inbox.conftest import now as now  # noqa: PLC0414 (a fixture)
from tests.inbox.conftest import platform as platform  # noqa: PLC0414 (a fixture)
from tests.inbox.tales import SIGNED, FakePlatform, connected, one, queries
from uppsikt.channels.models import Channel
from uppsikt.governance.actors import Actor
from uppsikt.inbox import actions, faq, modules, work
from uppsikt.inbox.models import Draft, Item, Module
from uppsikt.inbox.modules import Wording
from uppsikt.sending import work as post_room

pytestmark = pytest.mark.django_db
ASKED = "Kan man låna grejer till trädgården av biblioteket?"
ANSWER = "Hej [förnamn]! Du lånar trädgårdsverktyg i disken med ditt lånekort."


@pytest.fixture
def answered(
    library_channel: Channel, anna: Actor, now: datetime, platform: FakePlatform
) -> Item:
    """A question that Anna has answered."""
    connected(library_channel, anna.person, now)
    item = one(library_channel, at=now, published_at=now, text=ASKED)
    actions.answer(item, SIGNED, actor=anna, at=now)
    soon = now + timedelta(minutes=1)
    post_room.send(soon)
    work.note_answers(soon)
    item.refresh_from_db()
    return item


def ready(
    channel: Channel, writer: Actor, other: Actor, at: datetime, name: str = ASKED
) -> Module:
    """Write a frequent question and have it approved."""
    wording = Wording(name=name, text=ANSWER, kind=Module.Kind.FAQ)
    module = modules.write(channel.node, wording, actor=writer, at=at)
    modules.propose(module, actor=writer, at=at)
    modules.approve(module, actor=other, at=at)
    return module


def test_an_answered_question_is_made_a_frequent_one_without_name_and_signature(
    answered: Item, browser: Client
) -> None:
    card = browser.get(f"/inkorg/{answered.pk}/").text
    address = f"/standardsvar/nytt/?inlagg={answered.pk}"
    form = browser.get(address).context["form"]
    first = {name: form.initial[name] for name in ("name", "kind", "language", "text")}
    made = browser.post(address, {**first, "node": answered.channel.node_id})

    module = Module.objects.get()
    assert address in card
    assert module.name == ASKED
    assert module.text == "Hej [förnamn]! Vi öppnar kl. 10. Välkommen!"
    assert (module.kind, module.status, module.asked) == ("faq", "draft", answered)
    page = browser.get(made.headers["Location"]).text
    assert f"/inkorg/{answered.pk}/" in page


def test_who_gets_the_same_question_is_shown_the_answer_and_puts_it_in(
    library_channel: Channel,
    browser: Client,
    anna: Actor,
    cecilia: Actor,
    now: datetime,
) -> None:
    module = ready(library_channel, anna, cecilia, now)
    ready(library_channel, anna, cecilia, now, name="Var kan man parkera cykeln?")
    text = "Hej! Går det att låna saker till trädgården på biblioteket?"
    item = one(library_channel, at=now, published_at=now, text=text)

    page = browser.get(f"/inkorg/{item.pk}/")
    browser.post(
        f"/inkorg/{item.pk}/standardsvar/answer/", {"text": "", "faq": module.pk}
    )

    assert next(iter(page.context["faq"])) == module
    module.refresh_from_db()
    assert module.used == 1
    assert "lånar trädgårdsverktyg i disken" in Draft.objects.get().text


def test_frequent_questions_are_searched_where_one_answers(
    library_channel: Channel,
    browser: Client,
    anna: Actor,
    cecilia: Actor,
    now: datetime,
) -> None:
    module = ready(library_channel, anna, cecilia, now)
    item = one(library_channel, at=now, published_at=now, text="Vad är klockan?")
    address = f"/inkorg/{item.pk}/"

    assert browser.get(address).context["faq"] == []
    assert browser.get(f"{address}?fraga=VERKTYG").context["faq"] == [module]
    assert "Ingen vanlig fråga" in browser.get(f"{address}?fraga=simhall").text


def test_however_many_there_are_the_page_costs_as_much(
    library_channel: Channel,
    browser: Client,
    anna: Actor,
    cecilia: Actor,
    now: datetime,
) -> None:
    ready(library_channel, anna, cecilia, now)
    item = one(library_channel, at=now, published_at=now, text=ASKED)
    address = f"/inkorg/{item.pk}/"
    browser.get(address)
    few = queries(browser, address)
    for number in range(5):
        ready(library_channel, anna, cecilia, now, name=f"{ASKED} {number}")

    assert queries(browser, address) == few
    assert len(browser.get(address).context["faq"]) == faq.SHOWN


def test_what_is_not_approved_or_only_alike_in_small_words_is_not_shown(
    library_channel: Channel, anna: Actor, cecilia: Actor, now: datetime
) -> None:
    module = ready(library_channel, anna, cecilia, now)
    standard = Module(pk=99, kind=Module.Kind.ORDINARY, name=ASKED, text=ANSWER)

    assert faq.alike("Kan man få det av er till den?", [module]) == []
    assert faq.alike(ASKED, [standard]) == []
    assert faq.alike(ASKED, [module]) == [module]


def test_what_is_restricted_or_private_is_made_no_frequent_question(
    answered: Item, browser: Client
) -> None:
    Item.objects.filter(pk=answered.pk).update(restricted=True)
    address = f"/standardsvar/nytt/?inlagg={answered.pk}"

    assert ASKED not in browser.get(address).text
    assert address not in browser.get(f"/inkorg/{answered.pk}/").text


def test_the_list_goes_out_to_excel_by_its_filter(
    library_channel: Channel,
    browser: Client,
    anna: Actor,
    cecilia: Actor,
    now: datetime,
) -> None:
    ready(library_channel, anna, cecilia, now)

    with_it = browser.get("/standardsvar/utdrag.csv?slag=faq")
    without = browser.get("/standardsvar/utdrag.csv?slag=political")

    assert ASKED in with_it.content.decode("utf-8-sig")
    assert ASKED not in without.content.decode("utf-8-sig")
    assert browser.get("/standardsvar/utdrag.xlsx").status_code == 200
