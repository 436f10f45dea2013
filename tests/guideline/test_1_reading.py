"""Section 1: those who work by the guideline have read the version that holds."""

import re
from datetime import datetime, timedelta

import pytest

from tests.conftest import Cast, SignedIn
from uppsikt.channels.models import Channel
from uppsikt.duties import matrix
from uppsikt.governance import actors, adopting, receipts, rules
from uppsikt.governance.actors import CLOCK, Actor
from uppsikt.governance.adopting import Decision
from uppsikt.governance.models import Adoption, Node, Receipt, User
from uppsikt.policy import editing
from uppsikt.policy.roles import Role
from uppsikt.policy.verdict import Finding, Outcome
from uppsikt.records.models import Entry


def reading(channel: Channel, at: datetime) -> Finding:
    [row] = matrix.of([channel], at=at).rows
    return next(f for f in row.findings if f.control.id == "1-read")


def read(user: User, at: datetime) -> None:
    version = receipts.version(at)
    assert version is not None
    receipts.read(version, actor=actors.of(user, at=at), at=at)


def test_owner_and_substitute_have_read_the_version_in_force(
    library_channel: Channel, anna_user: User, bengt_user: User, monday: datetime
) -> None:
    assert reading(library_channel, monday).verdict.outcome is Outcome.NOT_MET

    read(anna_user, monday)
    half = reading(library_channel, monday).verdict
    assert half.outcome is Outcome.NOT_MET
    assert half.seen[0].value == ("Bengt",)

    read(bengt_user, monday)
    assert reading(library_channel, monday).verdict.outcome is Outcome.MET


def test_a_new_version_is_to_be_read_anew_within_the_time_allowed(
    library_channel: Channel, anna_user: User, bengt_user: User, monday: datetime
) -> None:
    for user in (anna_user, bengt_user):
        read(user, monday)
    tuesday = monday + timedelta(days=1)
    data = editing.with_value(rules.packaged_file("tyreso"), "send_delay", 5)
    decision = Decision("Kommundirektör", "2026/KS 0012", tuesday, "Snabbare")
    adopting.adopt_file(data, decision, actor=CLOCK, at=tuesday)

    assert reading(library_channel, monday).verdict.outcome is Outcome.MET
    assert reading(library_channel, tuesday).verdict.outcome is Outcome.DUE
    later = tuesday + timedelta(days=40)
    assert reading(library_channel, later).verdict.outcome is Outcome.NOT_MET


def test_a_receipt_is_given_once_and_stands_in_the_ledger(
    library_channel: Channel, anna: Actor, monday: datetime
) -> None:
    version = Adoption.objects.get()
    receipts.read(version, actor=anna, at=monday)

    with pytest.raises(receipts.AlreadyRead):
        receipts.read(version, actor=anna, at=monday)

    assert Receipt.objects.count() == 1
    assert Entry.objects.filter(act="guideline.read").count() == 1


def test_everybody_is_asked_on_the_first_page_until_they_have_read_it(
    library_channel: Channel, anna_user: User, signed_in: SignedIn
) -> None:
    client = signed_in(anna_user)
    asked = "Du har inte läst riktlinjen som gäller nu"
    assert asked in client.get("/").content.decode()

    page = client.get("/riktlinjen/").content.decode()
    [version] = re.findall(r'name="version" value="(\d+)"', page)
    assert client.post("/riktlinjen/last/", {"version": version}).status_code == 302
    assert asked not in client.get("/").content.decode()
    assert client.post("/riktlinjen/last/", {"version": version}).status_code == 302
    assert Receipt.objects.count() == 1


def test_a_version_that_came_while_one_read_is_not_taken_as_read(
    library_channel: Channel, anna_user: User, signed_in: SignedIn
) -> None:
    older = Adoption.objects.get().pk - 1
    client = signed_in(anna_user)

    client.post("/riktlinjen/last/", {"version": str(older)})

    assert not Receipt.objects.exists()


def test_a_manager_sees_who_of_their_people_has_read_it_and_nobody_elses(
    library_channel: Channel,
    school_channel: Channel,
    anna_user: User,
    bengt_user: User,
    signed_in: SignedIn,
    monday: datetime,
) -> None:
    read(anna_user, monday)

    page = signed_in(bengt_user).get("/riktlinjen/lasta/").content.decode()
    left = signed_in(bengt_user).get("/riktlinjen/lasta/?kvar=1").content.decode()

    assert "Anna" in page
    assert '<th scope="row">Anna' not in left
    assert '<th scope="row">Bengt' in left
    assert "David" not in page + left
    assert signed_in(anna_user).get("/riktlinjen/lasta/").status_code == 403


def test_the_list_costs_the_same_however_many_people(
    municipality: Node,
    person: Cast,
    signed_in: SignedIn,
    django_assert_max_num_queries: object,
) -> None:
    chief = person("Disa", "chef", Role.DEPARTMENT_DIRECTOR, municipality)
    for number in range(30):
        person(f"Nr{number}", "handläggare", Role.EMPLOYEE, municipality)
    client = signed_in(chief)
    with django_assert_max_num_queries(30):  # type: ignore[operator]
        assert client.get("/riktlinjen/lasta/").status_code == 200
