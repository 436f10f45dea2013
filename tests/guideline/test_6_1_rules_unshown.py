"""Section 6.1: a removal warns where the rules were not to be read (R-6.1-6)."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.conftest import SignedIn
from tests.guideline.test_6_1_profile import filled, read, saw
from uppsikt.channels.models import Channel
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import User
from uppsikt.inbox.models import Item
from uppsikt.moderation import actions, unshown
from uppsikt.moderation.models import Case
from uppsikt.platforms.profile_fields import Text
from uppsikt.policy.verdict import Outcome

DAY = timedelta(days=1)
EMPTY = {"description": "Böcker", "display_name": "Biblioteket"}


@pytest.fixture
def annas(anna: Actor, anna_user: User, signed_in: SignedIn) -> Client:
    return signed_in(anna_user)


def opened(item: Item, actor: Actor, at: datetime) -> Case:
    return actions.open_case(item, through="round", knowledge_at=at, actor=actor, at=at)


def on_case(case: Case, client: Client, ground: str) -> object:
    page = client.get(reverse("case", args=[case.pk]), {"grund": ground})
    assert page.status_code == 200
    return page.context["unshown"]


def test_rules_that_nobody_has_looked_for_are_warned_of_where_a_removal_begins(
    insult: Item, annas: Client
) -> None:
    page = annas.get(reverse("case-new"), {"item": insult.pk})

    told = page.content.decode()
    warning = told[told.index('id="rules-unshown"') :].partition("</section>")[0]
    profile = reverse("channel-profile", args=[insult.channel_id])
    assert page.context["unshown"].finding.control.section == "6.1"
    assert f'href="{profile}"' in warning
    assert f'href="{reverse("guideline")}#6.1"' in warning


def test_it_warns_and_does_not_stop(
    insult: Item, anna: Actor, annas: Client, monday: datetime
) -> None:
    case = opened(insult, anna, monday)
    assert on_case(case, annas, "tone")

    told = {"ground": "tone", "measure": "hide", "motive": "Hånfull", "milder": "Nej"}
    annas.post(reverse("case-decide", args=[case.pk]), told)

    case.refresh_from_db()
    assert case.status == "condemned"


def test_the_special_path_stands_before_the_warning(
    insult: Item, anna: Actor, annas: Client, monday: datetime
) -> None:
    case = opened(insult, anna, monday)
    pages: dict[str, dict[str, str]] = {
        "case-new": {"item": str(insult.pk)},
        "case": {"grund": "tone"},
    }

    for name, asked in pages.items():
        place = reverse(name, args=[case.pk] if name == "case" else [])
        page = annas.get(place, asked).content.decode()
        assert page.count('id="rules-unshown"') == 1
        assert page.index("särskilda vägen") < page.index('id="rules-unshown"')


def test_what_the_law_demands_rests_on_no_rules_of_ours(
    insult: Item, anna: Actor, annas: Client, monday: datetime
) -> None:
    assert on_case(opened(insult, anna, monday), annas, "threat") is None


def test_rules_that_stand_on_the_profile_are_not_warned_of(
    connected: Channel, anna: Actor, monday: datetime
) -> None:
    saw(connected, Text.RULES, actor=anna, at=monday)

    assert unshown.of(connected, at=monday) is None


def test_rules_that_cannot_stand_there_are_not_warned_of(
    connected: Channel, anna: Actor, monday: datetime
) -> None:
    saw(connected, actor=anna, at=monday, why="Plattformen har bara en rad")

    assert unshown.of(connected, at=monday) is None


def test_the_warning_tells_since_when_the_rules_are_gone(
    connected: Channel, monday: datetime
) -> None:
    read(connected, filled(connected, monday), monday)
    for days in (1, 2):
        read(connected, EMPTY, monday + days * DAY)

    now = unshown.of(connected, at=monday + 3 * DAY)

    assert now
    assert now.finding.verdict.outcome is Outcome.NOT_MET
    assert (now.last_seen, now.since) == (monday, monday + DAY)
    assert unshown.of(connected, at=monday + DAY / 2) is None


def test_rules_that_were_never_there_have_no_day(
    connected: Channel, monday: datetime
) -> None:
    read(connected, EMPTY, monday)

    now = unshown.of(connected, at=monday)

    assert now
    assert (now.last_seen, now.since) == (None, None)
