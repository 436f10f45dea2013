"""Section 6.2 and the language act: in which language people ask, and are answered."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from tests.inbox.conftest import browser as browser  # noqa: PLC0414 (a fixture)
from tests.inbox.conftest import home as home  # noqa: PLC0414 (a fixture)
from tests.inbox.conftest import now as now  # noqa: PLC0414 (a fixture)
from tests.inbox.tales import fetched, one, queries, told
from uppsikt.channels.models import Channel
from uppsikt.checks.text.language import NAMES
from uppsikt.checks.text.languages import LANGUAGES
from uppsikt.governance.actors import Actor
from uppsikt.inbox import modules, rereading
from uppsikt.inbox.models import Item, ItemVersion
from uppsikt.inbox.modules import Wording

pytestmark = pytest.mark.django_db
FINNISH = "Hei, milloin kirjasto on auki lauantaina ja mistä saan apua?"
ARABIC = "مرحبا، متى تفتح المكتبة يوم السبت؟"
SWEDISH = "Hej, när öppnar biblioteket på lördag och vem kan hjälpa mig?"
PAGE = "/inkorg/sprak/"


def test_the_language_is_kept_and_shown_and_can_be_asked_for(
    library_channel: Channel, browser: Client, now: datetime
) -> None:
    finnish = one(library_channel, at=now, text=FINNISH)
    arabic = one(library_channel, at=now, text=ARABIC)
    swedish = one(library_channel, at=now, text=SWEDISH)

    assert (finnish.language, arabic.language, swedish.language) == ("fi", "ar", "")
    assert "Finska" in browser.get(f"/inkorg/{finnish.pk}/").text
    shown = browser.get("/inkorg/?flik=forvaltning&sprak=fi").context["rows"]
    others = browser.get("/inkorg/?flik=forvaltning&sprak=andra").context["rows"]
    assert [row.item for row in shown] == [finnish]
    assert {row.item for row in others} == {finnish, arabic}


def test_a_changed_text_changes_its_language(
    library_channel: Channel, now: datetime
) -> None:
    source = told(FINNISH)
    fetched(library_channel, source, at=now)
    later = now + timedelta(hours=1)
    again = told(SWEDISH, remote_id=source.remote_id)
    fetched(library_channel, again, at=later)

    assert Item.objects.get(remote_id=source.remote_id).language == ""


def test_what_was_read_before_gets_its_language_when_it_is_read_again(
    library_channel: Channel, now: datetime
) -> None:
    item = one(library_channel, at=now, text=FINNISH)
    Item.objects.update(language="")
    ItemVersion.objects.update(analysis=1)

    rereading.reread(now)

    item.refresh_from_db()
    assert item.language == "fi"


def test_beside_the_answer_stands_what_is_said_of_languages_and_what_is_ready(
    library_channel: Channel,
    browser: Client,
    anna: Actor,
    cecilia: Actor,
    now: datetime,
) -> None:
    wording = Wording(
        name="Suomeksi", text="Hei [förnamn]!", kind="language", language="fi"
    )
    ready = modules.write(library_channel.node, wording, actor=anna, at=now)
    modules.propose(ready, actor=anna, at=now)
    modules.approve(ready, actor=cecilia, at=now)
    finnish = one(library_channel, at=now, text=FINNISH)
    arabic = one(library_channel, at=now, text=ARABIC)
    swedish = one(library_channel, at=now, text=SWEDISH)

    page = browser.get(f"/inkorg/{finnish.pk}/")
    without = browser.get(f"/inkorg/{arabic.pk}/").text
    plain = browser.get(f"/inkorg/{swedish.pk}/").text

    assert page.context["in_language"] == [ready]
    assert f'<option value="{ready.pk}" selected>Suomeksi' in page.text
    assert "Vi svarar på svenska, och gärna på ditt språk" in page.text
    assert "Inget standardsvar på det språket" in without
    assert "gärna på ditt språk" not in plain


def test_they_are_counted_and_what_lacks_a_standard_answer_is_seen(
    library_channel: Channel, browser: Client, now: datetime
) -> None:
    one(library_channel, at=now, text=FINNISH)
    few = queries(browser, PAGE)
    for _ in range(3):
        one(library_channel, at=now, text=ARABIC)
    one(library_channel, at=now, text=SWEDISH)
    Item.objects.filter(language="fi").update(secluded=True)

    page = browser.get(PAGE)

    assert [(r.code, r.came, r.open, r.modules) for r in page.context["rows"]] == [
        ("ar", 3, 3, 0)
    ]
    assert queries(browser, PAGE) == few
    sheet = browser.get(f"{PAGE}utdrag.csv").content.decode("utf-8-sig")
    assert "Arabiska;3;0;3;0" in sheet
    assert browser.get(f"{PAGE}utdrag.xlsx").status_code == 200
    assert "Inget kom in" in browser.get(f"{PAGE}?period=2025-h1").text


def test_every_language_that_is_told_apart_has_a_name() -> None:
    assert LANGUAGES.keys() == NAMES.keys()
