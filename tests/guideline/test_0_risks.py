"""Section 0 and 8.2: risks with measures, joint control, impact assessment."""

from datetime import date, datetime, timedelta

import pytest

from tests.conftest import Cast, SignedIn
from tests.guideline.judged import outcome
from uppsikt.channels import assessing, risking
from uppsikt.channels.assessing import Answers, Arrangement
from uppsikt.channels.models import Channel, Level, Measure, Risk, SignOff
from uppsikt.channels.risking import Weighed
from uppsikt.governance import actors, moves
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Node, User
from uppsikt.policy.roles import Role
from uppsikt.policy.verdict import Outcome

DAY = date(2026, 3, 2)
USE = SignOff.Outcome.MEASURES
WEIGHED = Weighed("Kontot kapas", 2, 4)
NEEDED = Answers(True, True, False, False, "Bedömning görs")


@pytest.fixture
def director_user(person: Cast, municipality: Node) -> User:
    role = Role.COMMUNICATIONS_DIRECTOR
    return person("Karin", "kommunikationschef", role, municipality)


@pytest.fixture
def director(director_user: User, monday: datetime) -> Actor:
    return actors.of(director_user, at=monday)


@pytest.fixture
def officer(person: Cast, municipality: Node, monday: datetime) -> Actor:
    user = person("Disa", "jurist", Role.DATA_PROTECTION_OFFICER, municipality)
    return actors.of(user, at=monday)


def test_the_register_begins_with_the_risks_of_the_platforms_in_use(
    library_channel: Channel, director: Actor, monday: datetime
) -> None:
    assert outcome(library_channel, "0-risks", monday) is Outcome.NOT_MET

    count = risking.begin(actor=director, at=monday)

    assert count == Risk.objects.filter(site="bluesky").count() > 20
    assert set(Risk.objects.values_list("site", flat=True)) == {"bluesky"}
    assert not Risk.objects.filter(description__contains="pixel").exists()
    assert risking.begin(actor=director, at=monday) == 0
    assert outcome(library_channel, "0-risks", monday) is Outcome.NOT_ASSESSED


def test_the_risks_are_current_for_a_year_after_the_decision(
    library_channel: Channel, director: Actor, monday: datetime
) -> None:
    with pytest.raises(risking.NothingToDecide):
        risking.sign("bluesky", USE, "", actor=director, at=monday)
    risking.begin(actor=director, at=monday)
    risking.sign("bluesky", USE, "", actor=director, at=monday)

    later = monday + timedelta(days=400)
    assert outcome(library_channel, "0-risks", monday) is Outcome.MET
    assert outcome(library_channel, "0-risks", later) is Outcome.DUE
    stop = SignOff.Outcome.STOP
    with pytest.raises(moves.NoReason):
        risking.sign("bluesky", stop, " ", actor=director, at=later)
    risking.sign("bluesky", stop, "Barn kartläggs", actor=director, at=later)
    assert outcome(library_channel, "0-risks", later) is Outcome.NOT_MET


def test_a_late_measure_is_a_finding_until_it_is_done(
    library_channel: Channel,
    director: Actor,
    anna: Actor,
    anna_user: User,
    monday: datetime,
) -> None:
    risk = risking.enter("bluesky", WEIGHED, actor=director, at=monday)
    row = risking.measure(risk, "Två admin", anna_user, DAY, actor=director, at=monday)
    assert outcome(library_channel, "0-measures", monday) is Outcome.MET

    later = monday + timedelta(days=1)
    assert outcome(library_channel, "0-measures", later) is Outcome.NOT_MET
    risking.done(row, actor=anna, at=later)

    assert outcome(library_channel, "0-measures", later) is Outcome.MET
    with pytest.raises(moves.TooLate):
        risking.done(row, actor=anna, at=later)


def test_a_channels_own_risk_is_its_owners_and_a_platforms_is_not(
    library_channel: Channel, anna: Actor, david: Actor, monday: datetime
) -> None:
    with pytest.raises(moves.NotYours):
        risking.enter("bluesky", WEIGHED, actor=anna, at=monday)

    risk = risking.enter("bluesky", WEIGHED, library_channel, actor=anna, at=monday)

    assert risk in Risk.objects.visible_to(anna)
    assert risk not in Risk.objects.visible_to(david)


def test_a_risk_is_weighed_anew_and_closed_with_a_reason(
    library_channel: Channel, director: Actor, monday: datetime
) -> None:
    risk = risking.enter("bluesky", WEIGHED, actor=director, at=monday)
    levels = [risk.level]
    risking.weigh(risk, Weighed("Kontot kapas", 3, 4), actor=director, at=monday)
    assert [*levels, risk.level] == [Level.RAISED, Level.HIGH]

    with pytest.raises(moves.NoReason):
        risking.close(risk, why="", actor=director, at=monday)
    risking.close(risk, why="Kanalen är stängd", actor=director, at=monday)
    with pytest.raises(moves.TooLate):
        risking.weigh(risk, WEIGHED, actor=director, at=monday)
    assert not Risk.objects.open().exists()


def test_joint_control_is_read_and_asked_again_after_a_year(
    library_channel: Channel, director: Actor, anna: Actor, monday: datetime
) -> None:
    told = Arrangement("Platform terms, annex 2", DAY, "Vi och plattformen …")
    before = outcome(library_channel, "8.2-joint-control", monday)
    assert before is Outcome.NOT_ASSESSED
    with pytest.raises(moves.NotYours):
        assessing.arrange("bluesky", told, actor=anna, at=monday)
    assessing.arrange("bluesky", told, actor=director, at=monday)

    later = monday + timedelta(days=400)
    assert outcome(library_channel, "8.2-joint-control", monday) is Outcome.MET
    assert outcome(library_channel, "8.2-joint-control", later) is Outcome.DUE


def test_where_an_impact_assessment_is_needed_the_officer_is_heard(
    library_channel: Channel, director: Actor, officer: Actor, monday: datetime
) -> None:
    row = assessing.screen("bluesky", NEEDED, actor=director, at=monday)
    assert outcome(library_channel, "8.2-screening", monday) is Outcome.NOT_MET
    with pytest.raises(moves.NotYours):
        assessing.advise(row, "Gott så", actor=director, at=monday)

    assessing.advise(row, "Ja, med åtgärder", actor=officer, at=monday)

    assert outcome(library_channel, "8.2-screening", monday) is Outcome.MET


def test_one_criterion_alone_needs_no_assessment(
    library_channel: Channel, director: Actor, monday: datetime
) -> None:
    one = Answers(True, False, False, False, "Ingen behövs")
    row = assessing.screen("bluesky", one, actor=director, at=monday)

    assert not row.needs_assessment
    assert outcome(library_channel, "8.2-screening", monday) is Outcome.MET


def test_a_channel_has_no_certificate_of_publication_until_somebody_says_so(
    library_channel: Channel, anna: Actor, david: Actor, monday: datetime
) -> None:
    assert not library_channel.has_certificate
    with pytest.raises(moves.NotYours):
        assessing.certify(library_channel, has=True, actor=david, at=monday)
    assessing.certify(library_channel, has=True, actor=anna, at=monday)

    library_channel.refresh_from_db()
    assert library_channel.has_certificate


def test_the_register_is_seeded_weighed_and_decided_on_its_pages(
    library_channel: Channel,
    director_user: User,
    anna_user: User,
    signed_in: SignedIn,
) -> None:
    karin = signed_in(director_user)
    assert not karin.get("/risker/").context["page"].object_list
    karin.post("/risker/borja/")
    shown = karin.get("/risker/?plattform=bluesky&niva=high")
    assert {r.level for r in shown.context["page"]} == {Level.HIGH}
    risk = Risk.objects.earliest("pk")
    row = risk.measures.earliest("pk")
    told = {"owner": anna_user.email, "due_on": "2026-12-01"}
    assert karin.post(f"/atgarder/{row.pk}/", {**told, "owner": ""}).status_code == 422
    karin.post(f"/atgarder/{row.pk}/", told)
    signed_in(anna_user).post(f"/atgarder/{row.pk}/klar/")
    assert Measure.objects.get(pk=row.pk).done_by == anna_user

    place = "/plattform/bluesky/"
    assert karin.post(f"{place}beslut/", {"outcome": "stop"}).status_code == 422
    karin.post(f"{place}beslut/", {"outcome": "use"})
    arranged = {"reference": "Avtal", "read_on": "2999-01-01", "notice": "Vi"}
    assert karin.post(f"{place}avtal/", arranged).status_code == 422
    karin.post(f"{place}avtal/", {**arranged, "read_on": "2026-01-01"})
    karin.post(f"{place}provning/", {"children": "on", "result": "Nej"})

    page = karin.get(place)
    assert [d.outcome for d in page.context["decisions"]] == ["use"]
    assert page.context["joint"].reference == "Avtal"
    assert page.context["screening"].met == ["children"]
    assert karin.get("/plattform/myspace/").status_code == 404


def test_a_risk_of_ones_own_is_entered_and_closed_on_its_page(
    library_channel: Channel, anna_user: User, signed_in: SignedIn
) -> None:
    anna = signed_in(anna_user)
    told = {
        "place": f"kanal-{library_channel.pk}",
        "description": "Bokbussens chaufför hängs ut",
        "likelihood": "2",
        "consequence": "4",
    }
    assert anna.post("/risker/ny/", {**told, "likelihood": "9"}).status_code == 422
    assert anna.post("/risker/ny/", {**told, "place": "bluesky"}).status_code == 422
    anna.post("/risker/ny/", told)
    risk = Risk.objects.get(channel=library_channel)

    anna.post(f"/risker/{risk.pk}/vag/", {**told, "consequence": "1"})
    risk.refresh_from_db()
    assert risk.level is Level.LOW
    anna.post(f"/risker/{risk.pk}/stang/", {"why": "Bussen är såld"})
    risk.refresh_from_db()
    assert risk.closed_at is not None


def test_what_is_done_or_closed_stays_so_although_the_page_was_old(
    library_channel: Channel, director: Actor, anna_user: User, monday: datetime
) -> None:
    weighed = Weighed("Kontot kapas", 2, 4)
    row = risking.enter("bluesky", weighed, actor=director, at=monday)
    due = monday.date()
    step = risking.measure(row, "Byt", anna_user, due, actor=director, at=monday)
    old = Risk.objects.get(pk=row.pk)
    risking.done(step, actor=director, at=monday)
    risking.close(row, why="Borta", actor=director, at=monday)

    with pytest.raises(moves.TooLate):
        risking.close(old, why="Borta igen", actor=director, at=monday)
    old.refresh_from_db()
    old.closed_at = step.risk.closed_at = None
    with pytest.raises(moves.TooLate):
        risking.take_on(step, anna_user, due, actor=director, at=monday)


def test_who_promised_a_measure_elsewhere_sees_its_risk_and_notes_it_done(
    library_channel: Channel,
    anna: Actor,
    david_user: User,
    monday: datetime,
    signed_in: SignedIn,
) -> None:
    row = risking.enter("bluesky", WEIGHED, library_channel, actor=anna, at=monday)
    david, place = signed_in(david_user), f"/risker/{row.pk}/"
    assert david.get(place).status_code == 404

    step = risking.measure(row, "Byt", david_user, DAY, actor=anna, at=monday)

    assert david.get(place).status_code == 200
    david.post(f"/atgarder/{step.pk}/klar/")
    step.refresh_from_db()
    assert step.done_by == david_user
