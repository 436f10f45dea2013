"""Who adds, renames and closes places, what may stand where, and what is told of it."""

import pytest

from tests.conftest import MONDAY
from uppsikt.channels import actions as channels
from uppsikt.channels.models import Channel
from uppsikt.governance import organisation
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Node
from uppsikt.governance.moves import NotYours, TooLate
from uppsikt.policy.roles import Role
from uppsikt.records import ledger
from uppsikt.records.models import Entry

Kind = Node.Kind


@pytest.fixture
def keeper(municipality: Node) -> Actor:
    """Who tends the organisation, in the whole municipality."""
    return Actor("user:9", None, ((Role.SYSTEM_ADMINISTRATOR, municipality.path),))


def told(act: str) -> dict[str, object]:
    return dict(ledger.opened(Entry.objects.filter(act=act).latest("pk")))


def add(kind: str, name: str, parent: Node, actor: Actor) -> Node:
    return organisation.add(kind, name, parent, actor=actor, at=MONDAY)


def test_a_place_is_added_below_its_parent_and_told(
    municipality: Node, keeper: Actor
) -> None:
    committee = add(Kind.COMMITTEE, "Kulturnämnden", municipality, keeper)
    department = add(Kind.DEPARTMENT, "Kultur", committee, keeper)
    unit = add(Kind.UNIT, "Badhuset", department, keeper)

    assert unit.path == f"{municipality.path}{committee.pk}/{department.pk}/{unit.pk}/"
    entry = told("place.add")
    assert (entry["subject"], entry["name"]) == (f"node:{unit.pk}", "Badhuset")


@pytest.mark.parametrize(
    ("kind", "parent"),
    [
        (Kind.UNIT, Kind.MUNICIPALITY),
        (Kind.COMMITTEE, Kind.DEPARTMENT),
        (Kind.DEPARTMENT, Kind.UNIT),
        (Kind.CHANNEL, Kind.UNIT),
        (Kind.MUNICIPALITY, Kind.MUNICIPALITY),
    ],
)
def test_a_place_stands_only_where_it_belongs(
    kind: str, parent: str, library: Node, keeper: Actor
) -> None:
    above = Node.objects.filter(kind=parent).earliest("pk")

    with pytest.raises(organisation.WrongPlace):
        add(kind, "Fel", above, keeper)


def test_units_do_not_stack_without_end(library: Node, keeper: Actor) -> None:
    place = library
    with pytest.raises(organisation.WrongPlace):
        for number in range(20):
            place = add(Kind.UNIT, f"Grupp {number}", place, keeper)
    assert place.path.count("/") == organisation.MOST_LEVELS


@pytest.mark.parametrize(
    "role",
    sorted(set(Role) - {Role.SYSTEM_ADMINISTRATOR, Role.COMMUNICATIONS_DIRECTOR}),
)
def test_only_those_who_tend_it_change_the_organisation(
    role: Role, municipality: Node, culture: Node
) -> None:
    actor = Actor("user:9", None, ((role, municipality.path),))
    if role is Role.COMMUNICATIONS_OFFICE:
        assert add(Kind.UNIT, "Badhuset", culture, actor).pk
        return

    entries = Entry.objects.count()
    with pytest.raises(NotYours):
        add(Kind.UNIT, "Badhuset", culture, actor)
    with pytest.raises(NotYours):
        organisation.rename(culture, "Annat", actor=actor, at=MONDAY)
    with pytest.raises(NotYours):
        organisation.close(culture, actor=actor, at=MONDAY)
    assert Entry.objects.count() == entries


def test_who_tends_one_department_tends_no_other(culture: Node, school: Node) -> None:
    office = Actor("user:9", None, ((Role.COMMUNICATIONS_OFFICE, culture.path),))

    with pytest.raises(NotYours):
        organisation.rename(school, "Annat", actor=office, at=MONDAY)


def test_two_places_beside_each_other_differ_in_name(
    culture: Node, library: Node, school: Node, keeper: Actor
) -> None:
    with pytest.raises(organisation.NameTaken):
        add(Kind.UNIT, "BIBLIOTEKET", culture, keeper)
    other = add(Kind.UNIT, "Arkivet", culture, keeper)
    with pytest.raises(organisation.NameTaken):
        organisation.rename(other, "biblioteket", actor=keeper, at=MONDAY)
    assert school.parent is not None
    assert add(Kind.UNIT, "Biblioteket", school.parent, keeper).pk


def test_a_new_name_keeps_the_place_and_is_told(library: Node, keeper: Actor) -> None:
    organisation.rename(library, "Stadsbiblioteket", actor=keeper, at=MONDAY)

    library.refresh_from_db()
    assert library.name == "Stadsbiblioteket"
    entry = told("place.rename")
    assert (entry["before"], entry["after"]) == ("Biblioteket", "Stadsbiblioteket")


def test_a_place_is_not_closed_over_a_channel_or_a_unit(
    culture: Node, library: Node, library_channel: Channel, keeper: Actor
) -> None:
    for place in (library, culture):
        with pytest.raises(organisation.StillUsed) as still:
            organisation.close(place, actor=keeper, at=MONDAY)
        assert library_channel.name in still.value.names


def test_a_place_is_closed_when_all_below_it_is(
    culture: Node,
    library: Node,
    library_channel: Channel,
    bengt: Actor,
    keeper: Actor,
) -> None:
    channels.close(library_channel, why="Slut", actor=bengt, at=MONDAY)

    organisation.close(library, actor=keeper, at=MONDAY)
    organisation.close(culture, actor=keeper, at=MONDAY)

    library.refresh_from_db()
    assert library.closed_at == MONDAY
    assert told("place.close")["subject"] == f"node:{culture.pk}"
    with pytest.raises(TooLate):
        organisation.close(library, actor=keeper, at=MONDAY)
    with pytest.raises(TooLate):
        organisation.rename(library, "Annat", actor=keeper, at=MONDAY)
    with pytest.raises(organisation.WrongPlace):
        add(Kind.UNIT, "Ny", library, keeper)


@pytest.mark.parametrize("end", ["withdraw", "decline"])
def test_an_application_that_came_to_nothing_holds_no_unit(
    end: str,
    applied_channel: Channel,
    library: Node,
    anna_user: object,
    bengt: Actor,
    keeper: Actor,
) -> None:
    if end == "decline":
        channels.decline(applied_channel, why="Nej", actor=bengt, at=MONDAY)
    else:
        hers = Actor("u", applied_channel.applied_by, ((Role.PUBLISHER, library.path),))
        channels.withdraw(applied_channel, actor=hers, at=MONDAY)

    organisation.close(library, actor=keeper, at=MONDAY)


def test_the_municipality_is_never_closed(municipality: Node, keeper: Actor) -> None:
    with pytest.raises(organisation.WrongPlace):
        organisation.close(municipality, actor=keeper, at=MONDAY)


def test_the_tree_is_by_name_and_counts_open_channels(
    municipality: Node, library_channel: Channel, school: Node
) -> None:
    (top,) = organisation.tree()

    assert [b.node.name for b in top.below] == ["Kultur och fritid", "Utbildning"]
    (unit,) = top.below[0].below
    assert (unit.node.name, unit.channels, unit.below) == ("Biblioteket", 1, [])
