"""Who writes what is said of a person, and from whom a protected name is kept."""

from datetime import timedelta

import pytest

from tests.conftest import MONDAY, Cast
from uppsikt.governance import actors, profiles
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Assignment, Node, User
from uppsikt.governance.moves import NotYours
from uppsikt.policy.roles import Role
from uppsikt.records import ledger
from uppsikt.records.models import Entry


def change(user: User, actor: Actor, **told: object) -> list[str]:
    return profiles.change(user, told, actor=actor, at=MONDAY)


def protect(user: User) -> None:
    user.signs_as_function = True
    user.save()


def test_a_manager_changes_a_title_and_the_ledger_says_which(
    anna_user: User, bengt: Actor
) -> None:
    changed = change(anna_user, bengt, title="bibliotekschef", last_name="Ek", unit="")

    anna_user.refresh_from_db()
    assert (anna_user.title, anna_user.last_name) == ("bibliotekschef", "Ek")
    assert changed == ["last_name", "title", "unit"]
    told = ledger.opened(Entry.objects.get(act="person.describe"))
    assert told["title"] == "bibliotekschef"
    assert "Ek" not in told.values()


def test_what_does_not_change_is_not_written(anna_user: User, bengt: Actor) -> None:
    assert change(anna_user, bengt, title=anna_user.title) == []
    assert not Entry.objects.filter(act="person.describe").exists()


def test_nobody_writes_what_is_said_of_themselves_or_of_strangers(
    anna_user: User, bengt_user: User, david_user: User, rut: Actor, bengt: Actor
) -> None:
    anna = actors.of(anna_user, at=MONDAY)
    refusals = [(bengt_user, bengt), (david_user, bengt), (anna_user, rut)]
    for user, actor in [*refusals, (anna_user, anna)]:
        with pytest.raises(NotYours):
            change(user, actor, title="kommundirektör")


def test_a_manager_of_before_writes_no_more(anna_user: User, bengt: Actor) -> None:
    Assignment.objects.filter(user=anna_user).update(ends_at=MONDAY)

    assert not profiles.changes(anna_user, bengt, at=MONDAY + timedelta(seconds=1))


def test_a_protected_name_is_read_by_those_who_appoint_and_oneself(
    anna_user: User, david_user: User, bengt: Actor, person: Cast, municipality: Node
) -> None:
    protect(anna_user)
    auditor = person("Pia", "revisor", Role.AUDITOR, municipality)
    names = {
        "bengt": bengt,
        "anna": actors.of(anna_user, at=MONDAY),
        "david": actors.of(david_user, at=MONDAY),
        "pia": actors.of(auditor, at=MONDAY),
    }

    read = {
        name: profiles.called(anna_user, profiles.known_to(actor, at=MONDAY))
        for name, actor in names.items()
    }

    function = "bibliotekarie, Biblioteket"
    assert read == {"bengt": "Anna", "anna": "Anna", "david": function, "pia": function}


def test_colleagues_are_suggested_only_to_those_who_appoint(
    anna_user: User, david_user: User, bengt: Actor, person: Cast, school: Node
) -> None:
    protect(anna_user)
    head = actors.of(person("Disa", "rektor", Role.LINE_MANAGER, school), at=MONDAY)

    def suggested(actor: Actor) -> list[str]:
        return [u.first_name for u in profiles.suggested(actor, at=MONDAY)]

    assert suggested(bengt) == ["Anna", "Bengt", "David", "Disa"]
    assert suggested(head) == ["Bengt", "David", "Disa"]
    assert suggested(actors.of(david_user, at=MONDAY)) == []
