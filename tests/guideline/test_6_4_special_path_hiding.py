"""The special path: hidden at once, with no picture and nothing kept (3.4, step 4)."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.moderation.town import (
    PASSING,
    REFUSED,
    Bluesky,
    Lens,
    acts,
    condemned,
)
from uppsikt.governance import moves
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import User
from uppsikt.inbox.models import Item
from uppsikt.moderation import actions, hiding
from uppsikt.moderation.models import Case
from uppsikt.platforms import SeenState
from uppsikt.records import ledger
from uppsikt.records.models import Blob, Entry

NOTE = "Sett kl. 09.10 av Anna. Polisen kontaktad."
SECRET = "Det som ingen får spara"
SignedIn = Callable[[User], Client]


def test_it_is_hidden_at_once_by_its_number_and_nothing_is_kept_of_it(
    insult: Item,
    anna: Actor,
    lens: Lens,
    bluesky: Bluesky,
    monday: datetime,
) -> None:
    case = condemned(insult, anna, monday)
    actions.seclude(case, NOTE, actor=anna, at=monday)
    stored = Blob.objects.count()
    assert hiding.hide(monday) == 0

    hiding.order(case, actor=anna, at=monday)
    with pytest.raises(moves.TooLate):
        hiding.order(case, actor=anna, at=monday)
    assert hiding.hide(monday) == 1

    case.refresh_from_db()
    assert (case.status, case.removed_at) == ("special", monday)
    assert bluesky.states["reply-1"] is SeenState.HIDDEN
    assert acts(case)[-2:] == ["case.order_hiding", "case.hidden_unseen"]
    written = [ledger.opened(e) for e in Entry.objects.filter(subject=case.subject)]
    assert insult.url not in str(written)
    assert Blob.objects.count() == stored
    assert (lens.asked, lens.html) == ([], "")
    assert hiding.hide(monday + timedelta(hours=1)) == 0


def test_a_platform_that_does_not_hide_it_leaves_it_to_a_person(
    insult: Item, anna: Actor, bluesky: Bluesky, monday: datetime
) -> None:
    case = actions.open_special(insult.channel, NOTE, insult, actor=anna, at=monday)
    hiding.order(case, actor=anna, at=monday)
    bluesky.faults["hide"] = PASSING
    hiding.hide(monday)
    case.refresh_from_db()
    assert case.next_try_at

    del bluesky.faults["hide"]
    bluesky.deaf = True
    for hours in range(1, 12):
        hiding.hide(monday + timedelta(hours=hours))
    assert Case.objects.filter(removed_at=None, next_try_at=None).exists()
    assert Case.objects.exclude(problem="").exists()

    bluesky.faults["hide"] = REFUSED
    hiding.order(case, actor=anna, at=monday + timedelta(days=1))
    hiding.hide(monday + timedelta(days=1))
    assert Case.objects.filter(removed_at=None, next_try_at=None).exists()
    hiding.hidden_by_hand(case, actor=anna, at=monday + timedelta(days=1))
    assert case.removed_at
    with pytest.raises(moves.TooLate):
        hiding.hidden_by_hand(case, actor=anna, at=monday + timedelta(days=1))


def test_only_who_may_choose_the_path_orders_it_hidden(
    insult: Item, anna: Actor, david: Actor, monday: datetime
) -> None:
    case = actions.open_special(insult.channel, NOTE, insult, actor=anna, at=monday)
    with pytest.raises(moves.NotYours):
        hiding.order(case, actor=david, at=monday)
    with pytest.raises(moves.NotYours):
        hiding.hidden_by_hand(case, actor=david, at=monday)
    unplaced = actions.open_special(insult.channel, NOTE, None, actor=anna, at=monday)
    with pytest.raises(hiding.NotByUs):
        hiding.order(unplaced, actor=anna, at=monday)


def test_the_page_offers_to_hide_it_and_orders_that_with_the_note(
    insult: Item,
    anna_user: User,
    signed_in: SignedIn,
    bluesky: Bluesky,
    monday: datetime,
) -> None:
    browser = signed_in(anna_user)
    url = f"{reverse('case-new-special')}?item={insult.pk}"
    page = browser.get(url).content.decode()
    assert 'name="hide"' in page
    assert "ecpat.se/hotline" in page
    assert "polisen.se" in page
    assert (
        'name="hide"' not in browser.get(reverse("case-new-special")).content.decode()
    )

    browser.post(url, {"note": NOTE, "hide": "on"})
    case = Case.objects.get(item=insult)
    assert case.next_try_at
    assert hiding.hide(case.next_try_at) == 1
    assert bluesky.states["reply-1"] is SeenState.HIDDEN
