"""An item knows of its removal: no clock, no answer, and a way to its case."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.moderation.town import (
    Bluesky,
    Lens,
    arrives,
    comment,
    condemned,
    removed,
    work_through,
)
from uppsikt.channels.models import Channel
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Step, User
from uppsikt.governance.moves import TooLate
from uppsikt.inbox import actions as inbox
from uppsikt.inbox.models import Item
from uppsikt.moderation import actions
from uppsikt.moderation.models import Case
from uppsikt.platforms import SeenState
from uppsikt.sending.models import Outgoing

SignedIn = Callable[[User], Client]
SIGNED = "Hej! Vi öppnar kl. 10.\n\nAnna, bibliotekarie, Biblioteket"


@pytest.fixture
def annas(anna: Actor, anna_user: User, signed_in: SignedIn) -> Client:
    return signed_in(anna_user)


def shown(browser: Client, item: Item) -> str:
    return browser.get(reverse("item", args=[item.pk])).content.decode()


def test_a_removal_stops_the_items_clock_by_the_clock_itself(
    insult: Item, anna: Actor, monday: datetime
) -> None:
    removed(insult, anna, monday)

    insult.refresh_from_db()
    assert (insult.status, insult.due_at) == ("passed_by", None)
    assert insult.removed_at == monday
    last = Step.objects.filter(subject=insult.subject).latest("pk")
    assert (last.move, last.by) == ("item.pass_by", None)
    assert last.why


def test_a_promise_is_let_go_of_too(
    insult: Item, anna: Actor, monday: datetime
) -> None:
    Item.objects.filter(pk=insult.pk).update(status="promised")
    insult.refresh_from_db()
    removed(insult, anna, monday)
    insult.refresh_from_db()
    assert insult.status == "passed_by"


@pytest.mark.parametrize("status", ["history", "answered"])
def test_what_waits_for_nothing_stays_where_it_is(
    insult: Item, anna: Actor, status: str, monday: datetime
) -> None:
    Item.objects.filter(pk=insult.pk).update(status=status, due_at=None)
    insult.refresh_from_db()
    removed(insult, anna, monday)
    insult.refresh_from_db()
    assert insult.status == status
    assert insult.removed_at == monday


def test_the_items_page_leads_to_the_case_and_offers_no_answer_when_it_is_removed(
    insult: Item, anna: Actor, annas: Client, monday: datetime
) -> None:
    answer = reverse("item-answer", args=[insult.pk])
    assert answer in shown(annas, insult)
    case = condemned(insult, anna, monday)
    way = reverse("case", args=[case.pk])
    under_way = shown(annas, insult)
    assert way in under_way
    assert reverse("case-new") not in under_way
    listed = annas.get(reverse("inbox"), {"flik": "forvaltning"}).content.decode()
    assert f" {case.pk} " in listed[listed.index('class="items"') :]

    work_through(monday)

    after = shown(annas, insult)
    assert way in after
    assert answer not in after
    assert reverse("item-reopen", args=[insult.pk]) not in after
    with pytest.raises(TooLate):
        inbox.answer(insult, SIGNED, actor=anna, at=monday)


def test_an_answer_that_has_not_left_is_stopped_with_the_removal(
    insult: Item, anna: Actor, monday: datetime
) -> None:
    inbox.answer(insult, SIGNED, actor=anna, at=monday)
    removed(insult, anna, monday)
    assert Outgoing.objects.get().status == "stopped"
    insult.refresh_from_db()
    assert (insult.status, insult.outgoing) == ("passed_by", None)


def test_what_is_left_up_is_an_item_as_any_other(
    insult: Item, anna: Actor, annas: Client, monday: datetime
) -> None:
    case = actions.open_case(
        insult, through="round", knowledge_at=monday, actor=anna, at=monday
    )
    actions.leave_up(case, why="Hård kritik är tillåten", actor=anna, at=monday)
    insult.refresh_from_db()
    assert (insult.in_case, insult.status) == (None, "waiting")
    assert reverse("case", args=[case.pk]) not in shown(annas, insult)


def test_a_removal_that_is_reversed_lets_the_item_wait_again(
    insult: Item, anna: Actor, bengt: Actor, monday: datetime
) -> None:
    case = removed(insult, anna, monday)
    later = monday + timedelta(days=3)
    actions.restore(case, why="Ingen överträdelse", actor=bengt, at=later)
    insult.refresh_from_db()
    assert (insult.status, insult.removed_at, insult.in_case) == ("waiting", None, None)
    assert insult.due_at and insult.due_at > later


def test_a_reversal_does_not_open_what_a_person_had_let_pass(
    insult: Item, anna: Actor, bengt: Actor, monday: datetime
) -> None:
    inbox.pass_by(insult, why="Tack", actor=anna, at=monday)
    case = removed(insult, anna, monday)
    actions.restore(case, why="Ingen överträdelse", actor=bengt, at=monday)
    insult.refresh_from_db()
    assert insult.status == "passed_by"


def test_our_own_post_stays_our_own(
    connected: Channel, bluesky: Bluesky, lens: Lens, anna: Actor, monday: datetime
) -> None:
    told = comment("post-1", monday, own=True, parent_id=None, root_id=None)
    bluesky.items["post-1"] = told
    bluesky.states["post-1"] = SeenState.VISIBLE
    post = arrives(connected, told, monday)
    delete = Case.Measure.DELETE
    condemned(post, anna, monday, ground="own_error", measure=delete, motive="Fel")
    work_through(monday)
    post.refresh_from_db()
    assert (post.status, post.removed_at) == ("ours", monday)


def test_a_removed_comment_that_its_author_changes_does_not_wait_for_an_answer(
    insult: Item, anna: Actor, monday: datetime
) -> None:
    removed(insult, anna, monday)
    arrives(insult.channel, comment("reply-1", monday, text="Förlåt"), monday)
    insult.refresh_from_db()
    assert (insult.text, insult.status) == ("Förlåt", "passed_by")
