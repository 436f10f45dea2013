"""Section 3.1 and the archives act: what a place decides for itself."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from tests.conftest import Cast, SignedIn
from uppsikt.channels.models import Channel
from uppsikt.governance import actors, local_decisions, moves, organisation
from uppsikt.governance.actors import Actor
from uppsikt.governance.local_decisions import AT_ONCE, Disposal, Kind, Told
from uppsikt.governance.models import LocalDecision, Node, Observation, User
from uppsikt.policy.roles import Role
from uppsikt.records import media

TODAY = date(2026, 3, 2)
TOLD = Told(
    title="Sociala medier på arbetstid",
    text="Den som har det i sitt uppdrag får använda sociala medier på arbetstid.",
    decided_by="Förvaltningschefen",
    decided_on=date(2026, 2, 1),
    diary_number="2026/KFN 0007",
    valid_from=date(2026, 2, 1),
)
ROUTINE = replace(TOLD, title="Så svarar biblioteket", text="Vi svarar före lunch.")
MINOR = replace(TOLD, title="Gallring", disposal=Disposal("minor", "2 months"))


@pytest.fixture
def head(person: Cast, culture: Node, monday: datetime) -> Actor:
    user = person("Frida", "förvaltningschef", Role.DEPARTMENT_DIRECTOR, culture)
    return actors.of(user, at=monday)


@pytest.fixture
def archivist(person: Cast, municipality: Node, monday: datetime) -> Actor:
    user = person("Arkadij", "arkivarie", Role.ARCHIVIST, municipality)
    return actors.of(user, at=monday)


def test_the_head_decides_on_working_hours_and_the_department_reads_it(
    head: Actor,
    culture: Node,
    anna_user: User,
    david_user: User,
    signed_in: SignedIn,
    monday: datetime,
) -> None:
    made = local_decisions.decide(Kind.WORK_TIME, culture, TOLD, actor=head, at=monday)

    page = signed_in(anna_user).get("/lokala-beslut/").content.decode()
    one = signed_in(anna_user).get(f"/lokala-beslut/{made.pk}/")
    assert TOLD.text in one.content.decode()
    theirs = signed_in(david_user).get("/lokala-beslut/").content.decode()
    assert f"/lokala-beslut/{made.pk}/" in page
    assert f"/lokala-beslut/{made.pk}/" not in theirs
    assert signed_in(david_user).get(f"/lokala-beslut/{made.pk}/").status_code == 404
    # Nothing is measured of anybody by it.
    assert not Observation.objects.exists()


def test_nobody_else_decides_and_no_place_decides_what_is_not_its_own(
    head: Actor, culture: Node, library: Node, cecilia: Actor, monday: datetime
) -> None:
    with pytest.raises(moves.NotYours):
        local_decisions.decide(Kind.WORK_TIME, culture, TOLD, actor=cecilia, at=monday)
    with pytest.raises(local_decisions.WrongPlace):
        local_decisions.decide(Kind.WORK_TIME, library, TOLD, actor=head, at=monday)
    assert not LocalDecision.objects.exists()


@pytest.mark.parametrize("number", ["", "7", "KFN 7/2026", "2026/KFN 7"])
def test_a_decision_has_a_diary_number(
    number: str, head: Actor, culture: Node, monday: datetime
) -> None:
    told = replace(TOLD, diary_number=number)
    with pytest.raises(local_decisions.BadNumber):
        local_decisions.decide(Kind.WORK_TIME, culture, told, actor=head, at=monday)


def test_a_document_that_is_none_is_refused_and_nothing_is_kept(
    head: Actor, culture: Node, monday: datetime
) -> None:
    told = replace(TOLD, document=b"MZ\x00", document_name="beslut.pdf")
    with pytest.raises(media.NotWhatItSays):
        local_decisions.decide(Kind.WORK_TIME, culture, told, actor=head, at=monday)
    assert not LocalDecision.objects.exists()


def test_a_routine_is_read_by_those_it_is_for_and_nobody_else(
    head: Actor, library: Node, school: Node, david_user: User, monday: datetime
) -> None:
    made = local_decisions.decide(Kind.ROUTINE, library, ROUTINE, actor=head, at=monday)
    mine = LocalDecision.objects.visible_to(head)
    theirs = LocalDecision.objects.visible_to(actors.of(david_user, at=monday))
    assert (list(mine), list(theirs)) == ([made], [])
    assert local_decisions.holding(Kind.ROUTINE, library, on=TODAY) == made
    assert local_decisions.holding(Kind.ROUTINE, school, on=TODAY) is None


def test_the_closest_place_goes_before_the_one_above_and_ended_ones_before_none(
    head: Actor, culture: Node, library: Node, monday: datetime
) -> None:
    above = local_decisions.decide(Kind.ROUTINE, culture, TOLD, actor=head, at=monday)
    own = local_decisions.decide(Kind.ROUTINE, library, ROUTINE, actor=head, at=monday)
    assert local_decisions.holding(Kind.ROUTINE, library, on=TODAY) == own

    local_decisions.end(own, TODAY, actor=head, at=monday)

    tomorrow = TODAY + timedelta(days=1)
    assert local_decisions.holding(Kind.ROUTINE, library, on=TODAY) == own
    assert local_decisions.holding(Kind.ROUTINE, library, on=tomorrow) == above
    with pytest.raises(moves.TooLate):
        local_decisions.end(own, tomorrow, actor=head, at=monday)


@pytest.fixture
def board(municipality: Node, person: Cast, monday: datetime) -> Node:
    """The culture committee, with a department and a channel's place below it."""
    keeper = person("Sixten", "förvaltare", Role.SYSTEM_ADMINISTRATOR, municipality)
    actor = actors.of(keeper, at=monday)
    committee = organisation.add(
        Node.Kind.COMMITTEE, "Kulturnämnden", municipality, actor=actor, at=monday
    )
    department = organisation.add(
        Node.Kind.DEPARTMENT, "Museer", committee, actor=actor, at=monday
    )
    Node.plant(Node.Kind.CHANNEL, "Museet på nätet", department)
    return committee


def test_each_authority_decides_on_disposal_for_itself_alone(
    board: Node,
    municipality: Node,
    library_channel: Channel,
    archivist: Actor,
    monday: datetime,
) -> None:
    museum = Node.objects.get(name="Museet på nätet")
    assert local_decisions.authority_of(museum) == board
    assert local_decisions.authority_of(library_channel.node) == municipality
    ours = local_decisions.decide(
        Kind.DISPOSAL, municipality, MINOR, actor=archivist, at=monday
    )
    assert local_decisions.disposal(library_channel.node, "minor", on=TODAY) == ours
    # The municipality's own board decides nothing for the committee's channels.
    assert local_decisions.disposal(museum, "minor", on=TODAY) is None

    theirs = local_decisions.decide(
        Kind.DISPOSAL, board, MINOR, actor=archivist, at=monday
    )
    assert local_decisions.disposal(museum, "minor", on=TODAY) == theirs
    assert local_decisions.disposal(museum, "spam", on=TODAY) is None
    before = MINOR.valid_from - timedelta(days=1)
    assert local_decisions.disposal(museum, "minor", on=before) is None


def test_a_decision_for_one_channel_goes_before_the_one_for_all(
    board: Node, archivist: Actor, monday: datetime
) -> None:
    museum = Node.objects.get(name="Museet på nätet")
    alone = replace(MINOR, disposal=Disposal("minor", AT_ONCE, museum))
    one = local_decisions.decide(
        Kind.DISPOSAL, board, alone, actor=archivist, at=monday
    )
    local_decisions.decide(Kind.DISPOSAL, board, MINOR, actor=archivist, at=monday)
    assert local_decisions.disposal(museum, "minor", on=TODAY) == one


@pytest.mark.parametrize(
    "disposal",
    [None, Disposal("allt", "2 months"), Disposal("minor", "snart"), "another's"],
)
def test_a_disposal_of_nothing_or_of_anothers_is_refused(
    disposal: Disposal | str | None,
    board: Node,
    library_channel: Channel,
    archivist: Actor,
    monday: datetime,
) -> None:
    if isinstance(disposal, str):
        disposal = Disposal("minor", "2 months", library_channel.node)
    told = replace(MINOR, disposal=disposal)
    with pytest.raises(local_decisions.BadScope):
        local_decisions.decide(Kind.DISPOSAL, board, told, actor=archivist, at=monday)


def test_a_department_makes_no_decision_on_disposal(
    culture: Node, archivist: Actor, monday: datetime
) -> None:
    with pytest.raises(local_decisions.WrongPlace):
        local_decisions.decide(
            Kind.DISPOSAL, culture, MINOR, actor=archivist, at=monday
        )
