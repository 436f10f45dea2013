"""Section 3.1: who may publish, and who may represent the municipality."""

from datetime import date, datetime, timedelta

import pytest

from tests.conftest import Cast, SignedIn
from tests.guideline.judged import outcome, verdict
from uppsikt.channels import authorising, staffing
from uppsikt.channels.authorising import Grant, Kind
from uppsikt.channels.models import Authorisation, Channel
from uppsikt.channels.staffing import SignIn
from uppsikt.governance import moves, observations
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Node, User
from uppsikt.policy import facts as f
from uppsikt.policy.verdict import Outcome
from uppsikt.records.models import Entry

DAY = date(2026, 3, 2)


def let(
    node: Node, user: User, kind: Kind, *, actor: Actor, at: datetime
) -> Authorisation:
    return authorising.authorise(node, user, Grant(kind, DAY), actor=actor, at=at)


def test_access_without_an_authorisation_to_publish_is_a_finding(
    library_channel: Channel,
    anna_user: User,
    bengt_user: User,
    bengt: Actor,
    monday: datetime,
) -> None:
    assert verdict(library_channel, "3.1-publishers", monday).message is not None
    for user in (anna_user, bengt_user):
        let(library_channel.node, user, Kind.PUBLISH, actor=bengt, at=monday)

    assert outcome(library_channel, "3.1-publishers", monday) is Outcome.MET
    assert Entry.objects.filter(act="person.authorise").count() == 2


def test_who_only_sees_statistics_needs_no_authorisation(
    library_channel: Channel,
    bengt: Actor,
    anna: Actor,
    person: Cast,
    monday: datetime,
) -> None:
    for held in library_channel.access_holders.all():
        let(library_channel.node, held.user, Kind.PUBLISH, actor=bengt, at=monday)
    gun, off = person("Gun", "analytiker"), SignIn()
    staffing.give_access(library_channel, gun, off, "analyst", actor=anna, at=monday)
    assert outcome(library_channel, "3.1-publishers", monday) is Outcome.MET

    staffing.give_access(library_channel, gun, off, "editor", actor=anna, at=monday)
    assert outcome(library_channel, "3.1-publishers", monday) is Outcome.NOT_MET


def test_an_authorisation_without_access_is_a_note_and_no_finding(
    library_channel: Channel, bengt: Actor, person: Cast, monday: datetime
) -> None:
    gun = person("Gun", "bibliotekarie")
    let(library_channel.node, gun, Kind.PUBLISH, actor=bengt, at=monday)

    found = authorising.reconcile(
        library_channel,
        list(library_channel.access_holders.all()),
        list(Authorisation.objects.all()),
    )

    assert [row.user for row in found.without_access] == [gun]
    assert "Gun" not in str(verdict(library_channel, "3.1-publishers", monday).message)


def test_the_right_to_publish_gives_no_right_to_represent(
    library_channel: Channel, library: Node, bengt: Actor, monday: datetime
) -> None:
    users = [held.user for held in library_channel.access_holders.all()]
    for user in users:
        let(library, user, Kind.PUBLISH, actor=bengt, at=monday)
    assert outcome(library_channel, "3.1-representatives", monday) is Outcome.NOT_MET

    for user in users:
        let(library, user, Kind.REPRESENT, actor=bengt, at=monday)
    assert outcome(library_channel, "3.1-representatives", monday) is Outcome.MET


def test_only_the_department_decides_who_may(
    library_channel: Channel, anna: Actor, anna_user: User, monday: datetime
) -> None:
    with pytest.raises(moves.NotYours):
        let(library_channel.node, anna_user, Kind.PUBLISH, actor=anna, at=monday)
    assert not Authorisation.objects.exists()


def test_an_authorisation_ends_and_stays_in_the_history(
    library_channel: Channel, anna_user: User, bengt: Actor, monday: datetime
) -> None:
    row = let(library_channel.node, anna_user, Kind.PUBLISH, actor=bengt, at=monday)
    with pytest.raises(authorising.AuthorisedAlready):
        let(library_channel.node, anna_user, Kind.PUBLISH, actor=bengt, at=monday)
    later = monday + timedelta(days=10)

    authorising.end(row, actor=bengt, at=later)

    held = Authorisation.objects.holding
    assert not held(later.date()).exists()
    assert held(DAY).get() == row
    with pytest.raises(moves.TooLate):
        authorising.end(row, actor=bengt, at=later)


def test_an_authorisation_ends_by_itself_on_its_last_day(
    library_channel: Channel, anna_user: User, bengt: Actor, monday: datetime
) -> None:
    grant = Grant(Kind.PUBLISH, DAY, DAY + timedelta(days=4))
    authorising.authorise(
        library_channel.node, anna_user, grant, actor=bengt, at=monday
    )

    said = str(verdict(library_channel, "3.1-publishers", monday).message)
    after = monday + timedelta(days=5)
    assert said == "Bengt can publish without being authorised."
    assert "Anna" in str(verdict(library_channel, "3.1-publishers", after).message)


def test_the_page_lists_them_apart_and_the_manager_authorises_there(
    library_channel: Channel,
    bengt_user: User,
    anna_user: User,
    signed_in: SignedIn,
) -> None:
    bengt, place = signed_in(bengt_user), f"/kanal/{library_channel.pk}/"
    told = {
        "person": anna_user.email,
        "kind": "represent",
        "node": str(library_channel.node_id),
        "since": "2026-01-01",
    }
    assert (
        bengt.post(f"{place}tillstand/", {**told, "until": "2025-01-01"}).status_code
        == 422
    )
    bengt.post(f"{place}tillstand/", told)

    shown = bengt.get(f"{place}personer/")
    assert [row.user for row in shown.context["represent"]] == [anna_user]
    assert shown.context["publish"] == []
    assert len(shown.context["found"].unauthorised) == 2
    again = bengt.post(f"{place}tillstand/", told)
    assert again.status_code == 422

    [row] = shown.context["represent"]
    bengt.post(f"{place}tillstand/{row.pk}/avsluta/")
    assert bengt.get(f"{place}personer/").context["represent"] == []


def test_the_list_of_access_is_confirmed_and_asked_again(
    library_channel: Channel, anna: Actor, monday: datetime
) -> None:
    assert outcome(library_channel, "3.1-list-is-true", monday) is Outcome.NOT_ASSESSED
    node = library_channel.node
    observations.attest(f.ACCESS_LIST_TRUE, node, True, actor=anna, at=monday)

    later = monday + timedelta(days=200)
    assert outcome(library_channel, "3.1-list-is-true", monday) is Outcome.MET
    assert outcome(library_channel, "3.1-list-is-true", later) is Outcome.DUE
