"""A ground that restricts its evidence covers text, picture and search (D-17).

Who reads restricted evidence reads the text too; everybody else is told that it is
protected, and why.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.moderation.town import TEXT, arrives, comment, condemned, png, removed
from uppsikt.channels.models import Channel
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import User
from uppsikt.inbox import actions as inbox
from uppsikt.inbox import by_hand
from uppsikt.inbox.models import Item
from uppsikt.moderation import actions
from uppsikt.records import search, vault
from uppsikt.records.models import Entry
from uppsikt.sending.models import Outgoing

SignedIn = Callable[[User], Client]
GROUND = "privacy_violation"


def test_the_decision_takes_it_out_of_the_search_and_calling_it_off_puts_it_back(
    insult: Item, anna: Actor, monday: datetime
) -> None:
    assert search.find("grovt", anna.sees).exists()
    case = condemned(insult, anna, monday, ground=GROUND)
    assert not search.find("grovt", anna.sees).exists()
    assert Item.objects.filter(restricted=True).exists()

    actions.call_off(case, why="Fel grund", actor=anna, at=monday)
    assert not Item.objects.filter(restricted=True).exists()
    assert search.find("grovt", anna.sees).exists()

    actions.leave_up(case, why="Tillåtet", actor=anna, at=monday)
    condemned(insult, anna, monday, ground="threat")
    assert not Item.objects.filter(restricted=True).exists()


def test_a_later_version_of_it_is_not_searched_either(
    insult: Item, anna: Actor, connected: Channel, monday: datetime
) -> None:
    condemned(insult, anna, monday, ground=GROUND)
    later = monday + timedelta(hours=1)
    arrives(connected, comment("reply-1", monday, text="Helt nya ord"), later)
    assert insult.versions.count() == 2
    assert not search.find("nya", anna.sees).exists()


def test_only_who_reads_restricted_evidence_reads_the_text_on_any_page(
    insult: Item,
    anna: Actor,
    *,
    anna_user: User,
    cecilia_user: User,
    rut_user: User,
    signed_in: SignedIn,
    monday: datetime,
) -> None:
    case = removed(insult, anna, monday, ground=GROUND)
    pages = [
        f"{reverse('inbox')}?flik=klara",
        reverse("item", args=[insult.pk]),
        reverse("case", args=[case.pk]),
        reverse("registrations"),
    ]
    for user in (anna_user, rut_user):
        for url in pages:
            page = signed_in(user).get(url).content.decode()
            assert TEXT in page or url == pages[0], url
    for url in pages:
        page = signed_in(cecilia_user).get(url).content.decode()
        assert TEXT not in page, url
    item = signed_in(cecilia_user).get(pages[1]).content.decode()
    assert "Texten är skyddad" in item
    assert "<dd>Kim</dd>" not in signed_in(cecilia_user).get(pages[3]).content.decode()
    assert "<dd>Kim</dd>" in signed_in(rut_user).get(pages[3]).content.decode()


def test_approvals_cover_it_too(
    insult: Item,
    anna: Actor,
    cecilia_user: User,
    signed_in: SignedIn,
    monday: datetime,
) -> None:
    text = "Hej!\n\nAnna, bibliotekarie, Biblioteket"
    waiting = inbox.answer(insult, text, actor=anna, at=monday)
    Outgoing.objects.filter(pk=waiting.pk).update(status="awaiting")
    browser = signed_in(cecilia_user)
    assert TEXT in browser.get(reverse("approvals")).content.decode()
    Item.objects.filter(pk=insult.pk).update(restricted=True)
    assert TEXT not in browser.get(reverse("approvals")).content.decode()


@pytest.mark.parametrize("again", [False, True])
def test_a_picture_that_was_entered_is_locked_and_its_openings_recorded(
    library_channel: Channel,
    anna: Actor,
    anna_user: User,
    cecilia_user: User,
    signed_in: SignedIn,
    monday: datetime,
    *,
    again: bool,
) -> None:
    url = "https://forum.example/1"
    told = by_hand.Told("Texten", "Kim", monday, url=url, picture=png())
    item = inbox.enter(library_channel, told, actor=anna, at=monday)
    case = actions.open_case(
        item, through="round", knowledge_at=monday, actor=anna, at=monday
    )
    decision = actions.Decision(GROUND, case.Measure.BY_HAND)
    actions.decide(case, decision, actor=anna, at=monday)
    if again:
        more = by_hand.Told("Ny text", "Kim", monday, url=url, picture=png(9, 9))
        inbox.enter(library_channel, more, actor=anna, at=monday)

    version = item.versions.select_related("picture").latest("number")
    assert version.picture
    assert version.picture.restricted
    address = reverse("item-picture", args=[version.pk])
    assert signed_in(cecilia_user).get(address).status_code == 403
    shown = signed_in(anna_user).get(address)
    assert shown.content == vault.open_(version.picture)
    opened = Entry.objects.filter(act="item.open_picture", subject=item.subject)
    assert opened.count() == 1
