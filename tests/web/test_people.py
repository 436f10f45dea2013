"""Who invites, appoints, resets and closes; who may not; and what the ledger says."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.conftest import MONDAY, Cast, SignedIn
from uppsikt.governance import actors, invitations, people
from uppsikt.governance.actors import Actor
from uppsikt.governance.invitations import Newcomer
from uppsikt.governance.models import Assignment, Invitation, Node, User
from uppsikt.governance.moves import NoReason, NotYours, TooLate
from uppsikt.governance.people import Post
from uppsikt.policy.roles import Role
from uppsikt.records import ledger
from uppsikt.records.models import Entry, Mail

NINA = Newcomer("Nina@Exempelby.example", "Nina", "Ny", "vikarie", "Biblioteket")
DOOR = "https://uppsikt.exempelby.example/konto/inbjudan/"


@pytest.fixture
def karin(karin_user: User) -> Actor:
    return actors.of(karin_user, at=MONDAY)


def test_an_invitation_is_a_letter_a_digest_and_one_entry(
    bengt: Actor, library: Node
) -> None:
    post = Post(Role.PUBLISHER, library, MONDAY + timedelta(days=90))
    before = Entry.objects.count()

    welcome = invitations.invite(NINA, post, door=DOOR, actor=bengt, at=MONDAY)

    letter, kept = Mail.objects.get(), Invitation.objects.get()
    assert letter.to == "nina@exempelby.example"
    assert DOOR + welcome.token in letter.body
    assert welcome.token not in kept.digest
    assert kept.expires_at == MONDAY + timedelta(days=7)
    assert Entry.objects.count() == before + 1
    assert Entry.objects.latest("pk").act == "person.invite"
    held = actors.of(welcome.user, at=MONDAY)
    assert held.grants == ((Role.PUBLISHER, library.path),)


def test_a_second_invitation_ends_the_first(bengt: Actor, library: Node) -> None:
    post = Post(Role.EMPLOYEE, library)
    first = invitations.invite(NINA, post, door=DOOR, actor=bengt, at=MONDAY)

    invitations.invite(NINA, post, door=DOOR, actor=bengt, at=MONDAY)

    with pytest.raises(invitations.NoSuchInvitation):
        invitations.accept(first.token, "hav-sten-lampa-9", at=MONDAY)


def test_who_is_here_already_is_not_invited_again(
    bengt: Actor, library: Node, anna_user: User
) -> None:
    again = Newcomer(anna_user.email.upper(), "Anna", "Ek", "bibliotekarie", "")

    with pytest.raises(invitations.AlreadyHere):
        invitations.invite(
            again, Post(Role.EMPLOYEE, library), door=DOOR, actor=bengt, at=MONDAY
        )


@pytest.mark.parametrize(
    ("given", "by"),
    [
        (Role.CHANNEL_OWNER, Role.SYSTEM_ADMINISTRATOR),
        (Role.DEPUTY, Role.COMMUNICATIONS_OFFICE),
        (Role.SYSTEM_ADMINISTRATOR, Role.COMMUNICATIONS_DIRECTOR),
        (Role.LINE_MANAGER, Role.LINE_MANAGER),
        (Role.EMPLOYEE, Role.EMPLOYEE),
        (Role.REGISTRAR, Role.REGISTRAR),
        (Role.CLOCK, Role.SYSTEM_ADMINISTRATOR),
    ],
)
def test_a_role_is_given_only_by_those_who_appoint_to_it(
    anna_user: User, library: Node, given: Role, by: Role
) -> None:
    actor = Actor("user:1", None, ((by, library.path),))

    with pytest.raises(NotYours):
        people.assign(anna_user, Post(given, library), actor=actor, at=MONDAY)


def test_a_manager_appoints_in_their_own_unit_and_not_in_anothers(
    bengt: Actor, david_user: User, library: Node, school: Node
) -> None:
    given = people.assign(
        david_user, Post(Role.DEPUTY, library), actor=bengt, at=MONDAY
    )

    assert given.role == Role.DEPUTY
    with pytest.raises(NotYours):
        people.assign(david_user, Post(Role.DEPUTY, school), actor=bengt, at=MONDAY)


def test_nobody_gives_a_role_to_themselves(
    bengt: Actor, bengt_user: User, library: Node
) -> None:
    with pytest.raises(NotYours):
        people.assign(
            bengt_user, Post(Role.CHANNEL_OWNER, library), actor=bengt, at=MONDAY
        )


def test_a_role_that_ends_is_kept_with_the_day_it_ended(
    bengt: Actor, david_user: User, library: Node
) -> None:
    held = people.assign(david_user, Post(Role.DEPUTY, library), actor=bengt, at=MONDAY)
    later = MONDAY + timedelta(days=3)

    people.end_assignment(held, actor=bengt, at=later)

    assert Assignment.objects.get(pk=held.pk).ends_at == later
    assert Entry.objects.latest("pk").act == "person.end_assignment"


def test_a_role_that_has_ended_keeps_the_day_it_ended(
    bengt: Actor, david_user: User, library: Node
) -> None:
    held = people.assign(david_user, Post(Role.DEPUTY, library), actor=bengt, at=MONDAY)
    ended = MONDAY + timedelta(days=3)
    people.end_assignment(held, actor=bengt, at=ended)

    with pytest.raises(TooLate):
        people.end_assignment(held, actor=bengt, at=ended + timedelta(days=9))

    assert Assignment.objects.get(pk=held.pk).ends_at == ended


def test_who_accepts_and_who_invited_are_told_and_the_ledger_notes_both(
    bengt: Actor, bengt_user: User, library: Node
) -> None:
    post = Post(Role.EMPLOYEE, library)
    welcome = invitations.invite(NINA, post, door=DOOR, actor=bengt, at=MONDAY)
    Mail.objects.all().delete()

    invitations.accept(welcome.token, "hav-sten-lampa-9", at=MONDAY)

    told = {m.to: m.subject for m in Mail.objects.all()}
    assert set(told) == {"nina@exempelby.example", bengt_user.email}
    assert "Nina Ny" in told[bengt_user.email]
    entry = ledger.opened(Entry.objects.latest("pk"))
    assert (entry["act"], entry["invited_by"]) == ("person.accept", bengt_user.pk)


def test_a_lost_factor_is_reset_by_a_colleague_with_reason_entry_and_letter(
    anna_user: User, karin: Actor, signed_in: SignedIn
) -> None:
    signed_in(anna_user)

    people.reset_factor(anna_user, why="Tappad telefon", actor=karin, at=timezone.now())

    assert not Authenticator.objects.filter(user=anna_user).exists()
    assert not Session.objects.exists()
    assert Entry.objects.latest("pk").act == "person.reset_factor"
    assert Mail.objects.get().to == anna_user.email


def test_a_factor_is_never_reset_without_a_reason_by_oneself_or_by_others(
    anna_user: User, karin_user: User, karin: Actor, bengt: Actor
) -> None:
    totp.TOTP.activate(anna_user, totp.generate_totp_secret())
    refusals = [
        (anna_user, " ", karin, NoReason),
        (karin_user, "Tappad", karin, NotYours),
        (anna_user, "Tappad", bengt, NotYours),
    ]

    for user, why, actor, refusal in refusals:
        with pytest.raises(refusal):
            people.reset_factor(user, why=why, actor=actor, at=MONDAY)

    assert Authenticator.objects.filter(user=anna_user).count() == 1


def test_who_leaves_is_out_of_every_session_and_role_at_once(
    anna_user: User, david_user: User, karin: Actor, signed_in: SignedIn
) -> None:
    now = timezone.now()
    signed_in(anna_user)
    signed_in(david_user)

    people.deactivate(anna_user, why="Slutat", actor=karin, at=now)

    assert not User.objects.get(pk=anna_user.pk).is_active
    assert not Assignment.objects.holding(now).filter(user=anna_user).exists()
    assert Session.objects.count() == 1


@pytest.fixture
def manager(bengt_user: User, signed_in: SignedIn) -> Client:
    return signed_in(bengt_user)


def test_the_list_holds_the_people_of_ones_own_places(
    manager: Client, anna_user: User, david_user: User, rut_user: User
) -> None:
    page = manager.get(reverse("people")).content.decode()

    assert anna_user.first_name in page
    assert david_user.first_name not in page
    assert rut_user.first_name not in page


def test_a_search_finds_by_part_of_name_or_unit(
    manager: Client, anna_user: User
) -> None:
    found = manager.get(reverse("people"), {"q": "ann bibl"}).content.decode()
    empty = manager.get(reverse("people"), {"q": "<zebra>"}).content.decode()

    assert "anna" in found.lower()
    assert "Ingen träff på ”&lt;zebra&gt;”" in empty


def test_a_manager_invites_in_the_browser_and_sees_the_link_once(
    manager: Client, library: Node
) -> None:
    asked = {
        "email": "nina@exempelby.example",
        "first_name": "Nina",
        "last_name": "Ny",
        "title": "vikarie",
        "unit": "Biblioteket",
        "role": Role.PUBLISHER,
        "node": library.pk,
        "until": "2030-06-30",
    }

    page = manager.post(reverse("invite"), asked).content.decode()

    nina = User.objects.get(email="nina@exempelby.example")
    ends = Assignment.objects.get(user=nina).ends_at
    assert "http://testserver/konto/inbjudan/" in page
    assert ends is not None
    assert timezone.localtime(ends).isoformat() == "2030-07-01T00:00:00+02:00"


def test_a_form_with_faults_names_each_and_keeps_what_was_written(
    manager: Client,
) -> None:
    answer = manager.post(reverse("invite"), {"email": "nina", "title": "vikarie"})
    page = answer.content.decode()

    assert answer.status_code == 422
    assert "<title>Fel: " in page
    assert 'href="#id_email"' in page
    assert 'aria-invalid="true"' in page
    assert 'value="vikarie"' in page


def test_the_reset_in_the_browser_asks_why(
    karin_user: User, anna_user: User, signed_in: SignedIn
) -> None:
    client = signed_in(karin_user)
    url = reverse("reset_factor", args=[anna_user.pk])

    page = client.post(url, {"why": ""}, follow=True).content.decode()

    assert "Skriv varför" in page
    assert not Entry.objects.filter(act="person.reset_factor").exists()


def test_a_role_is_given_and_ended_in_the_browser(
    manager: Client, anna_user: User, library: Node
) -> None:
    post = {"role": Role.DEPUTY, "node": library.pk, "until": ""}
    given = manager.post(reverse("assign", args=[anna_user.pk]), post, follow=True)
    held = Assignment.objects.get(user=anna_user, role=Role.DEPUTY)

    manager.post(reverse("end_assignment", args=[held.pk]))

    held.refresh_from_db()
    assert "Ersättare" in given.content.decode()
    assert held.ends_at is not None


def test_a_manager_changes_what_is_said_of_a_person_in_the_browser(
    manager: Client, anna_user: User
) -> None:
    told = {"first_name": "Anna", "last_name": "Ek", "title": "chef", "unit": ""}
    url = reverse("describe", args=[anna_user.pk])

    manager.post(url, {**told, "signs_as_function": "on"})

    anna_user.refresh_from_db()
    assert (str(anna_user), anna_user.title) == ("Anna Ek", "chef")
    assert anna_user.signs_as_function
    faulty = manager.post(url, {**told, "title": ""})
    assert faulty.status_code == 422


def test_a_protected_name_is_in_no_list_and_no_search_of_those_outside(
    anna_user: User, person: Cast, municipality: Node, signed_in: SignedIn
) -> None:
    anna_user.signs_as_function = True
    anna_user.save()
    auditor = signed_in(person("Pia", "revisor", Role.AUDITOR, municipality))

    pages = [
        auditor.get(reverse("people")),
        auditor.get(reverse("person", args=[anna_user.pk])),
    ]
    found = auditor.get(reverse("people"), {"q": "anna"}).content.decode()

    for page in pages:
        assert "bibliotekarie, Biblioteket" in page.content.decode()
        assert "anna" not in page.content.decode().lower()
    assert "bibliotekarie" not in found


@pytest.mark.parametrize("name", ["people", "registrations"])
def test_a_null_in_a_search_finds_everything_and_breaks_nothing(
    name: str, person: Cast, municipality: Node, signed_in: SignedIn
) -> None:
    pia = signed_in(person("Pia", "revisor", Role.AUDITOR, municipality))

    assert pia.get(reverse(name), {"q": "a\x00b", "flik": "klara"}).status_code == 200


@pytest.mark.parametrize("name", ["reset_factor", "deactivate"])
def test_a_reason_with_a_null_in_it_is_no_reason(
    name: str, karin_user: User, anna_user: User, signed_in: SignedIn
) -> None:
    url = reverse(name, args=[anna_user.pk])

    page = signed_in(karin_user).post(url, {"why": "a\x00b"}, follow=True)

    assert "Skriv varför" in page.content.decode()
    assert User.objects.get(pk=anna_user.pk).is_active
