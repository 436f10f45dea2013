"""A report to the platform is ordered by a person and handed in once."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.moderation.town import (
    PASSING,
    REFUSED,
    Bluesky,
    Killed,
    acts,
    condemned,
    removed,
)
from uppsikt.channels import connecting
from uppsikt.channels.models import Connection
from uppsikt.governance import actors, moves
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import User
from uppsikt.inbox.models import Item
from uppsikt.moderation import actions, reporting
from uppsikt.moderation.models import Case, PlatformReport, Report
from uppsikt.moderation.reporting import ReportOrder
from uppsikt.platforms import PlatformError, ReportCategory

SignedIn = Callable[[User], Client]
ORDER = ReportOrder(ReportCategory.HARASSMENT, "Olaga hot")


@pytest.fixture
def case(insult: Item, anna: Actor, monday: datetime) -> Case:
    return removed(insult, anna, monday)


def order(case: Case, actor: Actor, at: datetime) -> PlatformReport:
    return actions.order_report(case, ORDER, actor=actor, at=at)


def test_it_is_handed_in_once_and_the_platforms_reference_is_kept(
    case: Case, anna: Actor, bluesky: Bluesky, monday: datetime
) -> None:
    order(case, anna, monday)
    for minutes in range(3):
        reporting.hand_in(monday + timedelta(minutes=minutes))

    assert bluesky.reports == [("reply-1", "Olaga hot", ReportCategory.HARASSMENT)]
    told = Report.objects.get(case=case)
    assert (told.to, told.made, told.reference) == ("platform", True, "no. 1")
    assert told.by == anna.user
    assert acts(case)[-2:] == ["case.order_report", "case.report"]
    with pytest.raises(moves.TooLate):
        order(case, anna, monday)


def test_a_worker_killed_while_it_reports_asks_a_person_and_reports_no_more(
    case: Case, anna: Actor, bluesky: Bluesky, monday: datetime
) -> None:
    order(case, anna, monday)
    bluesky.dies_after = "report"
    with pytest.raises(Killed):
        reporting.hand_in(monday)
    reporting.hand_in(monday + timedelta(minutes=10))

    assert bluesky.asked.count("report") == 1
    row = PlatformReport.objects.get()
    assert row.problem
    assert not row.under_way
    yes = actions.Answer(Report.To.PLATFORM, made=True, reference="17")
    actions.report(case, yes, actor=anna, at=monday)
    assert Report.objects.get().reference == "17"


def test_a_platform_that_does_not_answer_at_all_is_asked_again(
    case: Case, anna: Actor, bluesky: Bluesky, monday: datetime
) -> None:
    order(case, anna, monday)
    bluesky.faults["look"] = PASSING
    reporting.hand_in(monday)
    assert PlatformReport.objects.get().under_way
    bluesky.faults.clear()
    reporting.hand_in(monday + timedelta(minutes=5))
    assert len(bluesky.reports) == 1


def test_one_that_asks_us_to_wait_is_asked_again(
    case: Case, anna: Actor, bluesky: Bluesky, monday: datetime
) -> None:
    order(case, anna, monday)
    wait = timedelta(minutes=1)
    bluesky.faults["report"] = PlatformError("Wait", permanent=False, retry_after=wait)
    reporting.hand_in(monday)
    bluesky.faults.clear()
    reporting.hand_in(monday + timedelta(minutes=2))
    assert len(bluesky.reports) == 1


@pytest.mark.parametrize("fault", [PASSING, REFUSED])
def test_what_may_have_arrived_or_is_refused_is_left_to_a_person(
    case: Case, anna: Actor, bluesky: Bluesky, fault: Exception, monday: datetime
) -> None:
    order(case, anna, monday)
    bluesky.faults["report"] = fault
    for minutes in range(3):
        reporting.hand_in(monday + timedelta(minutes=minutes))
    row = PlatformReport.objects.get()
    assert row.problem
    assert not row.under_way
    assert not Report.objects.exists()
    bluesky.faults.clear()
    order(case, anna, monday)
    reporting.hand_in(monday)
    assert len(bluesky.reports) == 1


def test_a_connection_that_is_gone_leaves_it_to_a_person(
    case: Case, anna: Actor, monkeypatch: pytest.MonkeyPatch, monday: datetime
) -> None:
    order(case, anna, monday)

    def gone(_channel: object) -> None:
        raise connecting.NotConnected

    monkeypatch.setattr(connecting, "reached", gone)
    reporting.hand_in(monday)
    assert PlatformReport.objects.get().problem


def test_it_is_ordered_only_of_what_is_removed_by_those_who_may_and_in_words(
    insult: Item, anna: Actor, david: Actor, rut: Actor, monday: datetime
) -> None:
    case = condemned(insult, anna, monday)
    with pytest.raises(moves.TooLate):
        order(case, anna, monday)
    for stranger in (david, rut):
        with pytest.raises(moves.NotYours):
            order(case, stranger, monday)
    with pytest.raises(actions.NoWords):
        empty = ReportOrder(ReportCategory.OTHER, " ")
        actions.order_report(case, empty, actor=anna, at=monday)


def test_no_answer_by_hand_comes_between_while_it_is_under_way(
    case: Case, anna: Actor, monday: datetime
) -> None:
    order(case, anna, monday)
    no = actions.Answer(Report.To.PLATFORM, made=False, why="Behövs inte")
    with pytest.raises(moves.TooLate):
        actions.report(case, no, actor=anna, at=monday)
    with pytest.raises(moves.TooLate):
        order(case, anna, monday)


def test_the_page_orders_it_where_the_program_can_and_asks_for_an_answer_elsewhere(
    case: Case, anna_user: User, signed_in: SignedIn, bluesky: Bluesky, monday: datetime
) -> None:
    browser = signed_in(anna_user)
    page, where = (reverse(n, args=[case.pk]) for n in ("case", "case-order-report"))
    assert where in browser.get(page).content.decode()
    assert browser.post(where, {"category": "spam", "reason": ""}).status_code == 422
    browser.post(where, {"category": "illegal", "reason": "Olaga hot"})
    row = PlatformReport.objects.get(case=case)
    assert (row.category, row.ordered_by) == ("illegal", anna_user)
    assert where not in browser.get(page).content.decode()

    PlatformReport.objects.all().delete()
    Connection.objects.all().delete()
    assert where not in browser.get(page).content.decode()
    with pytest.raises(reporting.NotFromHere):
        fresh = Case.objects.select_related("channel__node", "item").get(pk=case.pk)
        order(fresh, _actor(anna_user, monday), monday)


def _actor(user: User, at: datetime) -> Actor:
    return actors.of(user, at=at)
