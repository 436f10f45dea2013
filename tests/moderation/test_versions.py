"""A decision stands on the words that a person read, and on no others."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.moderation.town import (
    Bluesky,
    Lens,
    arrives,
    comment,
    condemned,
    png,
    work_through,
)
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import User
from uppsikt.inbox.models import Item
from uppsikt.moderation import actions, work
from uppsikt.moderation.models import Case, Evidence
from uppsikt.records import ledger

SignedIn = Callable[[User], Client]


@pytest.fixture
def annas(anna: Actor, anna_user: User, signed_in: SignedIn) -> Client:
    return signed_in(anna_user)


def apologises(item: Item, bluesky: Bluesky, at: datetime) -> None:
    """Let the author write something else, and let it be taken in."""
    told = comment("reply-1", item.published_at, text="Förlåt, det var dumt")
    bluesky.items["reply-1"] = told
    arrives(item.channel, told, at)


@pytest.mark.parametrize("page", [True, False])
def test_a_text_taken_in_after_the_decision_stops_it_for_a_person(
    insult: Item,
    anna: Actor,
    bluesky: Bluesky,
    lens: Lens,
    page: bool,  # noqa: FBT001 (a case of the test)
    monday: datetime,
) -> None:
    if page:
        lens.page = None
    case = condemned(insult, anna, monday)
    apologises(insult, bluesky, monday + timedelta(minutes=1))
    work_through(monday + timedelta(minutes=2))

    case.refresh_from_db()
    assert (case.status, case.evidence_entry) == ("condemned", None)
    assert case.problem
    assert bluesky.acts() == []
    assert not Evidence.objects.exists()

    actions.call_off(case, why="Ändrad", actor=anna, at=monday)
    case = Case.objects.get(pk=case.pk)
    assert case.status == "opened"


def test_a_persons_own_screenshot_is_refused_as_well(
    insult: Item, anna: Actor, annas: Client, bluesky: Bluesky, monday: datetime
) -> None:
    case = condemned(insult, anna, monday)
    apologises(insult, bluesky, monday)
    before = Evidence.Moment.BEFORE
    with pytest.raises(actions.Changed):
        actions.upload_evidence(case, png(), before, actor=anna, at=monday)
    file = SimpleUploadedFile("bild.png", png(), "image/png")
    where = reverse("case-upload", args=[case.pk])
    assert annas.post(where, {"picture": file}).status_code == 302
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("taken_in", [True, False])
def test_a_text_changed_after_the_evidence_stops_the_removal(
    insult: Item,
    anna: Actor,
    bluesky: Bluesky,
    taken_in: bool,  # noqa: FBT001 (a case of the test)
    monday: datetime,
) -> None:
    case = condemned(insult, anna, monday)
    work.preserve(monday)
    ledger.sequence(monday)
    work.secure(monday)
    if taken_in:
        apologises(insult, bluesky, monday)
        bluesky.items.clear()
    else:
        bluesky.items["reply-1"] = comment("reply-1", monday, text="Förlåt")
    work.remove(monday)

    case.refresh_from_db()
    assert (case.status, case.next_try_at) == ("secured", None)
    assert case.problem
    assert bluesky.acts() == []
    actions.call_off(case, why="Ändrad", actor=anna, at=monday)


def test_what_was_read_before_the_change_cannot_be_decided_on_after_it(
    insult: Item, anna: Actor, annas: Client, bluesky: Bluesky, monday: datetime
) -> None:
    case = actions.open_case(
        insult, through="round", knowledge_at=monday, actor=anna, at=monday
    )
    page = annas.get(reverse("case", args=[case.pk]), {"grund": "threat"})
    assert 'name="version" value="1"' in page.content.decode()
    apologises(insult, bluesky, monday)
    told = {"ground": "threat", "measure": "hide", "version": "1"}
    annas.post(reverse("case-decide", args=[case.pk]), told)
    case.refresh_from_db()
    assert case.status == "opened"

    annas.post(reverse("case-decide", args=[case.pk]), {**told, "version": "2"})
    case.refresh_from_db()
    assert (case.status, case.decided_version) == ("condemned", 2)
