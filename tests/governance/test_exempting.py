"""An exemption: asked for by those who run the channel, decided by one role."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.conftest import LONG_AGO, Cast, SignedIn
from uppsikt.channels.models import Channel
from uppsikt.governance import actors, exempting, moves, rules
from uppsikt.governance.actors import Actor
from uppsikt.governance.exempting import Terms
from uppsikt.governance.judging import Judge
from uppsikt.governance.models import Exemption, Node, User
from uppsikt.policy.roles import Role
from uppsikt.policy.verdict import Outcome
from uppsikt.records.models import Entry

CONTROL = "6-visual-identity"
DAY = timedelta(days=1)


@pytest.fixture
def karin_user(person: Cast, municipality: Node) -> User:
    return person(
        "Karin", "kommunikationschef", Role.COMMUNICATIONS_DIRECTOR, municipality
    )


@pytest.fixture
def karin(karin_user: User, monday: datetime) -> Actor:
    return actors.of(karin_user, at=monday)


@pytest.fixture
def asked(library_channel: Channel, anna: Actor, monday: datetime) -> Exemption:
    return exempting.ask(
        library_channel.node,
        CONTROL,
        reason="Plattformen tar ingen logotyp",
        until=monday.date() + 60 * DAY,
        actor=anna,
        at=monday,
    )


def outcome(channel: Channel, at: datetime) -> Outcome:
    """Return how the control stands for the channel as of `at`."""
    guideline = rules.in_force(at)
    control = next(c for c in guideline.control if c.id == CONTROL)
    [found] = Judge(guideline, at).judge(
        [control], channel.facts(at), path=channel.path
    )
    return found.verdict.outcome


def terms(at: datetime, *, begins: int = 0, days: int = 60) -> Terms:
    today = at.date()
    return Terms(today + begins * DAY, today + days * DAY, "Bild på omslaget")


def test_what_is_asked_for_sets_nothing_aside(
    asked: Exemption, library_channel: Channel, monday: datetime
) -> None:
    assert outcome(library_channel, monday) is Outcome.NOT_ASSESSED
    assert Entry.objects.filter(act="exemption.ask", subject=asked.subject).exists()


def test_it_holds_from_its_first_day_through_its_last_and_never_before(
    asked: Exemption, library_channel: Channel, karin: Actor, monday: datetime
) -> None:
    exempting.grant(asked, terms(monday, begins=2, days=10), actor=karin, at=monday)

    assert outcome(library_channel, monday) is not Outcome.EXEMPT
    assert outcome(library_channel, monday + 2 * DAY) is Outcome.EXEMPT
    assert outcome(library_channel, monday + 10 * DAY) is Outcome.EXEMPT
    assert outcome(library_channel, monday + 11 * DAY) is not Outcome.EXEMPT


def test_no_decision_reaches_back_in_time(
    asked: Exemption, library_channel: Channel, karin: Actor, monday: datetime
) -> None:
    early = Terms((monday - 30 * DAY).date(), (monday + DAY).date())
    exempting.grant(asked, early, actor=karin, at=monday)

    assert outcome(library_channel, monday - DAY) is not Outcome.EXEMPT
    assert outcome(library_channel, monday) is Outcome.EXEMPT


def test_one_ended_early_still_holds_for_the_days_that_it_held(
    asked: Exemption, library_channel: Channel, karin: Actor, monday: datetime
) -> None:
    exempting.grant(asked, terms(monday), actor=karin, at=monday)
    later = monday + 5 * DAY
    exempting.end(asked, why="Plattformen tar logotyp nu", actor=karin, at=later)

    assert outcome(library_channel, monday + 3 * DAY) is Outcome.EXEMPT
    assert outcome(library_channel, later) is not Outcome.EXEMPT


def test_one_that_has_run_out_cannot_be_ended(
    asked: Exemption, karin: Actor, monday: datetime
) -> None:
    exempting.grant(asked, terms(monday, days=1), actor=karin, at=monday)
    with pytest.raises(moves.TooLate):
        exempting.end(asked, why="Sent", actor=karin, at=monday + 9 * DAY)


def test_a_refused_one_sets_nothing_aside(
    asked: Exemption, library_channel: Channel, karin: Actor, monday: datetime
) -> None:
    exempting.refuse(asked, why="Det går att lösa", actor=karin, at=monday)

    assert outcome(library_channel, monday) is not Outcome.EXEMPT
    assert asked.decided_by == karin.user


def test_nobody_is_exempt_from_the_pixel(
    library_channel: Channel, anna: Actor, monday: datetime
) -> None:
    with pytest.raises(exempting.NeverExempt):
        exempting.ask(
            library_channel.node,
            "6.6-pixel",
            reason="Kampanj",
            until=monday.date(),
            actor=anna,
            at=monday,
        )


def test_a_control_that_the_guideline_lacks_cannot_be_set_aside(
    library_channel: Channel, anna: Actor, monday: datetime
) -> None:
    with pytest.raises(exempting.UnknownControl):
        exempting.ask(
            library_channel.node,
            "9-hittepå",
            reason="Jo",
            until=monday.date(),
            actor=anna,
            at=monday,
        )


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"reason": " \n"}, moves.NoReason),
        ({"until": LONG_AGO.date()}, exempting.PastDay),
    ],
)
def test_a_blank_reason_or_a_day_that_has_passed_is_refused(
    library_channel: Channel,
    anna: Actor,
    monday: datetime,
    told: dict[str, Any],
    refusal: type[Exception],
) -> None:
    given = {"reason": "Skäl", "until": monday.date(), **told}
    with pytest.raises(refusal):
        exempting.ask(library_channel.node, CONTROL, actor=anna, at=monday, **given)
    assert not Exemption.objects.exists()


def test_the_same_is_not_asked_for_twice(
    asked: Exemption, library_channel: Channel, anna: Actor, monday: datetime
) -> None:
    with pytest.raises(exempting.AlreadyAsked):
        exempting.ask(
            library_channel.node,
            CONTROL,
            reason="Igen",
            until=monday.date(),
            actor=anna,
            at=monday,
        )


def test_who_asked_does_not_decide_even_as_head_of_communications(
    library_channel: Channel,
    anna_user: User,
    municipality: Node,
    asked: Exemption,
    monday: datetime,
) -> None:
    both = Actor(
        "user:anna",
        anna_user,
        ((Role.COMMUNICATIONS_DIRECTOR, municipality.path),),
    )
    with pytest.raises(moves.NotYours):
        exempting.grant(asked, terms(monday), actor=both, at=monday)


def test_an_exemption_that_runs_out_soon_is_found(
    asked: Exemption, karin: Actor, monday: datetime
) -> None:
    exempting.grant(asked, terms(monday), actor=karin, at=monday)
    rows = Exemption.objects.all()

    assert not rows.running_out(monday + 20 * DAY).exists()
    assert rows.running_out(monday + 45 * DAY).exists()
    assert not rows.running_out(monday + 70 * DAY).exists()


def test_the_owner_asks_and_the_head_of_communications_decides_on_the_pages(
    library_channel: Channel, anna_user: User, karin_user: User, signed_in: SignedIn
) -> None:
    anna, karin = signed_in(anna_user), signed_in(karin_user)
    card = anna.get(f"/kanal/{library_channel.pk}/").content.decode()
    address = f"/undantag/ny/{library_channel.node_id}/{CONTROL}/"
    assert address in card
    wrong = anna.post(address, {"reason": "Ingen plats", "until": "2020-01-01"})
    assert wrong.status_code == 422
    assert "Ingen plats" in wrong.content.decode()

    anna.post(address, {"reason": "Ingen plats", "until": "2030-01-01"})
    exemption = Exemption.objects.get()
    page = f"/undantag/{exemption.pk}/"
    assert anna.post(f"{page}bevilja/", {}).status_code == 403
    assert "Ingen plats" in karin.get("/undantag/").content.decode()
    told = {"starts_on": "2029-12-01", "until": "2029-11-01"}
    assert karin.post(f"{page}bevilja/", told).status_code == 422
    karin.post(f"{page}bevilja/", {**told, "until": "2030-01-01"})

    exemption.refresh_from_db()
    assert exemption.status == "granted"
    assert exemption.decided_by == karin_user
    assert "Ingen plats" in anna.get("/undantag/?visa=galler").content.decode()


def test_the_page_of_what_is_never_exempt_is_not_there(
    library_channel: Channel, anna_user: User, signed_in: SignedIn
) -> None:
    address = f"/undantag/ny/{library_channel.node_id}/6.6-pixel/"
    assert signed_in(anna_user).get(address).status_code == 404
