"""Section 6.4: which days are watched, and that daily oversight is not switched off."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.conftest import Cast
from tests.guideline.judged import whole
from tests.inbox.conftest import browser, now  # noqa: F401 (fixtures)
from tests.inbox.tales import one
from uppsikt.channels.models import Channel
from uppsikt.duties import municipality as of_municipality
from uppsikt.governance import actors, adopting, local_decisions, moves, rules
from uppsikt.governance.actors import CLOCK, Actor
from uppsikt.governance.adopting import Decision, OversightOff
from uppsikt.governance.local_decisions import Kind, Told
from uppsikt.governance.models import Node
from uppsikt.inbox import quiet, watch
from uppsikt.policy import editing
from uppsikt.policy.roles import Role
from uppsikt.policy.verdict import Outcome

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)


def adopt_with(days: str, *, at: datetime) -> None:
    """Take a version into force that asks for other days."""
    data = editing.with_value(rules.packaged_file("tyreso"), "oversight_days", days)
    decision = Decision("Kommundirektör", "2026/KS 0012 003", at, changed="Andra dagar")
    adopting.adopt_file(data, decision, actor=CLOCK, at=at)


def test_only_working_days_are_asked_for_when_the_guideline_says_so(
    library_channel: Channel, monday: datetime
) -> None:
    begun = monday - 7 * A_DAY
    adopt_with("working days", at=begun)

    missed = watch.missed_days([library_channel], at=monday)[library_channel.pk]

    since = [day for day in missed if day >= watch.today(begun)]
    assert [day.isoweekday() for day in since] == [1, 2, 3, 4, 5]


def test_a_rule_that_is_eased_later_makes_no_missed_day_good(
    library_channel: Channel, monday: datetime
) -> None:
    before = watch.missed_days([library_channel], at=monday)[library_channel.pk]
    adopt_with("working days", at=monday)

    assert watch.missed_days([library_channel], at=monday) == {
        library_channel.pk: before
    }


def test_daily_oversight_is_not_ended_without_the_data_protection_officer(
    library_channel: Channel, municipality: Node, person: Cast, monday: datetime
) -> None:
    with pytest.raises(OversightOff):
        adopt_with("on report", at=monday)

    officer = person(
        "Disa", "dataskyddsombud", Role.DATA_PROTECTION_OFFICER, municipality
    )
    told = Told(
        "Uppsikt vid anmälan",
        "Omfattningen är liten.",
        "Dataskyddsombudet",
        monday.date(),
        "2026/KS 0011 003",
        monday.date(),
    )
    who = actors.of(officer, at=monday)
    local_decisions.decide(Kind.OVERSIGHT, municipality, told, actor=who, at=monday)
    later = monday + timedelta(hours=1)
    adopt_with("on report", at=later)

    assert _kept(later) is Outcome.MET
    assert watch.tick_all([library_channel], actor=who, at=later) == []


def test_nobody_else_decides_to_watch_on_report_only(
    library_channel: Channel, municipality: Node, cecilia: Actor, monday: datetime
) -> None:
    told = Told("x", "y", "z", monday.date(), "2026/KS 0011 003", monday.date())

    with pytest.raises(moves.NotYours):
        local_decisions.decide(
            Kind.OVERSIGHT, municipality, told, actor=cecilia, at=monday
        )


def test_the_matrix_says_that_daily_oversight_stands(
    library_channel: Channel, monday: datetime
) -> None:
    assert _kept(monday) is Outcome.MET


def _kept(at: datetime) -> Outcome:
    found = of_municipality.findings(at=at)
    return next(f.verdict.outcome for f in found if f.control.id == "6.4-kept")


def test_a_channel_to_which_nothing_can_be_written_is_not_applicable(
    library_channel: Channel, anna: Actor, monday: datetime
) -> None:
    assert whole(library_channel, "6.4-watch", monday).outcome is Outcome.NOT_MET
    quiet.say(library_channel, nothing=True, why="Avstängt", actor=anna, at=monday)

    later = monday + A_DAY
    verdict = whole(library_channel, "6.4-watch", later)
    assert verdict.outcome is Outcome.NOT_APPLICABLE
    assert watch.tick_all([library_channel], actor=anna, at=later) == []


def test_what_comes_in_all_the_same_ends_the_quiet(
    library_channel: Channel, anna: Actor, monday: datetime
) -> None:
    quiet.say(library_channel, nothing=True, why="Avstängt", actor=anna, at=monday)
    one(library_channel, at=monday + 2 * A_DAY)

    missed = watch.missed_days([library_channel], at=monday + 4 * A_DAY)

    wednesday = watch.today(monday) + 2 * A_DAY
    assert missed[library_channel.pk][-2:] == [wednesday, wednesday + A_DAY]
    assert wednesday - A_DAY not in missed[library_channel.pk]


@pytest.mark.usefixtures("now")
def test_it_is_said_on_the_channels_page_with_a_reason(
    library_channel: Channel,
    browser: Client,  # noqa: F811 (the fixture)
) -> None:
    url = reverse("watch-quiet", args=[library_channel.pk])
    page = reverse("watch-channel", args=[library_channel.pk])

    browser.post(url, {"nothing": "yes", "why": "Kommentarer är av"})
    assert browser.get(page).context["quiet"]
    browser.post(url, {"nothing": "no", "why": "På igen"})
    assert not browser.get(page).context["quiet"]


def test_saying_so_takes_a_reason_and_the_right_to_the_card(
    library_channel: Channel, anna: Actor, rut: Actor, monday: datetime
) -> None:
    with pytest.raises(moves.NoReason):
        quiet.say(library_channel, nothing=True, why=" ", actor=anna, at=monday)
    with pytest.raises(moves.NotYours):
        quiet.say(library_channel, nothing=True, why="x", actor=rut, at=monday)
