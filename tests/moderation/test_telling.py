"""The author is told once, by the program or by a person's hand, and never twice."""

from collections.abc import Callable
from datetime import datetime, timedelta
from unittest.mock import Mock

import pytest
from django.test import Client
from django.urls import reverse

from tests.moderation.town import answered, condemned, removed
from uppsikt.channels.models import Connection
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import User
from uppsikt.governance.moves import NotReady
from uppsikt.inbox.models import Item
from uppsikt.moderation import actions, registering, removing, telling, work
from uppsikt.moderation.models import Case
from uppsikt.policy.lifecycle import Move
from uppsikt.sending.life import OutgoingLife
from uppsikt.sending.models import Outgoing

SignedIn = Callable[[User], Client]
URL = "https://bsky.example/besked-1"


@pytest.fixture
def annas(anna: Actor, anna_user: User, signed_in: SignedIn) -> Client:
    return signed_in(anna_user)


@pytest.fixture
def by_hand(insult: Item, anna: Actor, monday: datetime) -> Case:
    """A removal whose notice waits to be posted by hand."""
    case = removed(insult, anna, monday)
    Connection.objects.all().delete()
    case = Case.objects.select_related("channel__node", "item").get(pk=case.pk)
    notice = actions.notify(case, "Hej! Vi har tagit bort.", actor=anna, at=monday)
    assert notice.status == "by_hand"
    return case


def page(browser: Client, case: Case) -> str:
    return browser.get(reverse("case", args=[case.pk])).content.decode()


def put(notice: Outgoing | None, move: Move, **fields: object) -> None:
    assert notice is not None
    Outgoing.objects.filter(pk=notice.pk).update(status=move.after.name, **fields)


def test_the_page_of_the_case_has_the_text_to_post_and_takes_the_link(
    by_hand: Case, annas: Client, anna: Actor, rut: Actor, monday: datetime
) -> None:
    shown = page(annas, by_hand)
    assert "Hej! Vi har tagit bort." in shown
    assert reverse("case-posted", args=[by_hand.pk]) in shown
    assert reverse("case-notify", args=[by_hand.pk]) not in shown

    where = reverse("case-posted", args=[by_hand.pk])
    assert annas.post(where, {"url": "ingen länk"}).status_code == 422
    assert annas.post(where, {"url": URL}).status_code == 302
    notice = Outgoing.objects.get(kind="notice")
    assert (notice.status, notice.remote_url) == ("confirmed", URL)

    answered(by_hand, anna, monday)
    assert by_hand.registration
    registering.register(by_hand.registration, actor=rut, at=monday)
    assert work.close_done(monday) == 1


def test_an_author_who_cannot_be_told_stops_the_notice_that_waits_for_a_hand(
    by_hand: Case, annas: Client, monday: datetime
) -> None:
    where = reverse("case-cannot-notify", args=[by_hand.pk])
    assert where in page(annas, by_hand)
    annas.post(where, {"why": "Kontot är borta"})

    by_hand.refresh_from_db()
    assert by_hand.notice_impossible == "Kontot är borta"
    assert Outgoing.objects.get(kind="notice").status == "stopped"


def test_a_new_notice_takes_the_place_of_one_that_never_went_out(
    insult: Item, anna: Actor, monday: datetime
) -> None:
    case = removed(insult, anna, monday)
    first = actions.notify(case, "Hej!", actor=anna, at=monday)
    put(first, OutgoingLife.fail)

    second = actions.notify(case, "Hej igen!", actor=anna, at=monday)

    first.refresh_from_db()
    assert (first.status, second.status) == ("stopped", "ordered")


def test_a_notice_that_was_sent_but_not_seen_never_offers_a_new_text(
    insult: Item, anna: Actor, annas: Client, rut: Actor, monday: datetime
) -> None:
    case = removed(insult, anna, monday)
    notice = actions.notify(case, "Hej!", actor=anna, at=monday)
    put(notice, OutgoingLife.doubt, sent_at=monday)
    answered(case, anna, monday)
    assert case.registration
    registering.register(case.registration, actor=rut, at=monday)

    with pytest.raises(telling.ToldAlready):
        actions.notify(case, "Hej igen!", actor=anna, at=monday)
    shown = page(annas, case)
    assert reverse("case-notify", args=[case.pk]) not in shown
    assert work.close_done(monday) == 0
    with pytest.raises(NotReady):
        actions.close(case, actor=anna, at=monday)

    annas.post(reverse("case-posted", args=[case.pk]), {"url": URL})
    notice.refresh_from_db()
    assert notice.status == "confirmed"
    assert work.close_done(monday) == 1


def test_a_notice_that_the_platform_lacks_for_good_may_be_written_anew(
    insult: Item, anna: Actor, annas: Client, monday: datetime
) -> None:
    case = removed(insult, anna, monday)
    notice = actions.notify(case, "Hej!", actor=anna, at=monday)
    put(notice, OutgoingLife.doubt, sent_at=monday, missed_at=monday)
    lost = reverse("case-move", args=[case.pk, "besked-saknas"])
    assert lost not in page(annas, case)
    annas.post(lost, {"why": "Syns inte"})
    notice.refresh_from_db()
    assert notice.status == "unconfirmed"

    put(notice, OutgoingLife.doubt, missed_at=monday + timedelta(hours=1))
    assert lost in page(annas, case)
    annas.post(lost, {"why": "Syns inte"})
    assert reverse("case-notify", args=[case.pk]) in page(annas, case)


def test_two_people_who_tell_the_author_at_once_send_one_notice(
    insult: Item, anna: Actor, cecilia: Actor, monday: datetime
) -> None:
    case = removed(insult, anna, monday)
    first = actions.notify(case, "Hej!", actor=anna, at=monday)
    put(first, OutgoingLife.fail)
    stale = Case.objects.select_related("notice").get(pk=case.pk)
    actions.notify(case, "Hej igen!", actor=anna, at=monday)

    with pytest.raises(telling.ToldAlready):
        actions.notify(stale, "Hej på dig!", actor=cecilia, at=monday)
    assert Outgoing.objects.filter(kind="notice").count() == 2


def test_what_a_person_entered_is_answered_by_hand_also_on_a_connected_channel(
    insult: Item, anna: Actor, monday: datetime
) -> None:
    Item.objects.filter(pk=insult.pk).update(how=Item.How.MANUAL)
    insult.refresh_from_db()
    case = removed(insult, anna, monday)

    notice = actions.notify(case, "Hej!", actor=anna, at=monday)

    assert notice.status == "by_hand"


def test_a_notice_that_waits_is_stopped_when_the_removal_is_reversed(
    by_hand: Case, bengt: Actor, monday: datetime
) -> None:
    actions.restore(by_hand, why="Ingen överträdelse", actor=bengt, at=monday)
    assert Outgoing.objects.get(kind="notice").status == "stopped"


def test_the_worker_asks_only_the_cases_that_can_close(
    insult: Item, anna: Actor, monday: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    removed(insult, anna, monday)
    asked = Mock(return_value=False)
    monkeypatch.setattr(work, "_made", asked)
    work.close_done(monday)
    assert not asked.called


def test_looks_are_counted_anew_after_the_platform_took_the_order(
    insult: Item, anna: Actor, monday: datetime
) -> None:
    case = condemned(insult, anna, monday)
    case.attempts = 7
    removing._acted(case, monday)
    assert case.attempts == 0
