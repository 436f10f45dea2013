"""Coming in: by invitation, with a password and a second factor."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from tests.conftest import MONDAY, Cast
from uppsikt.governance import actors, invitations
from uppsikt.governance.invitations import Newcomer, Welcome
from uppsikt.governance.models import Invitation, Node, User
from uppsikt.governance.people import Post
from uppsikt.policy.roles import Role

PASSWORD = "ett-langt-losenord-1"
NINA = Newcomer("nina@exempelby.example", "Nina", "Ny", "vikarie", "Biblioteket")
DOOR = "https://uppsikt.exempelby.example/konto/inbjudan/"


@pytest.fixture
def invited(bengt_user: User, library: Node) -> Welcome:
    now = timezone.now()
    manager = actors.of(bengt_user, at=now)
    post = Post(Role.EMPLOYEE, library)
    return invitations.invite(NINA, post, door=DOOR, actor=manager, at=now)


def accept(token: str) -> str:
    return reverse("accept", args=[token])


def sign_in(client: Client, email: str, password: str) -> str:
    fields = {"login": email, "password": password}
    answer = client.post(reverse("account_login"), fields, follow=True)
    return answer.content.decode()


def test_a_wrong_password_is_told_in_swedish_without_saying_who_exists(
    client: Client, anna_user: User
) -> None:
    known = sign_in(client, anna_user.email, "fel")
    unknown = sign_in(client, "ingen@exempelby.example", "fel")

    message = "Epost-adressen och/eller lösenordet är felaktigt."
    assert message in known
    assert message in unknown


def test_many_wrong_passwords_close_the_door_for_a_while(
    client: Client, anna_user: User
) -> None:
    for _ in range(12):
        sign_in(client, anna_user.email, "fel")

    page = sign_in(client, anna_user.email, PASSWORD)

    assert "_auth_user_id" not in client.session
    assert "För många" in page


def test_a_password_alone_leads_to_the_second_factor_and_no_further(
    client: Client, anna_user: User
) -> None:
    page = sign_in(client, anna_user.email, PASSWORD)
    tried = client.get(reverse("guideline"))

    assert "Lägg till ett andra steg" in page
    assert tried["Location"] == reverse("mfa_activate_totp")


def test_who_has_a_second_factor_is_asked_for_it(
    client: Client, anna_user: User
) -> None:
    totp.TOTP.activate(anna_user, totp.generate_totp_secret())

    sign_in(client, anna_user.email, PASSWORD)

    assert "_auth_user_id" not in client.session


def test_an_invited_person_chooses_a_password_adds_a_factor_and_is_in(
    client: Client, invited: Welcome
) -> None:
    chosen = {"new_password1": "hav-sten-lampa-9", "new_password2": "hav-sten-lampa-9"}
    page = client.post(accept(invited.token), chosen, follow=True).content.decode()
    secret = client.session["mfa.totp.secret"]
    code = totp.format_hotp_value(
        totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time()))
    )

    client.post(reverse("mfa_activate_totp"), {"code": code})

    assert re.search(r'src="data:image/svg\+xml;base64,', page)
    assert Authenticator.objects.filter(user=invited.user).count() == 2
    assert client.get(reverse("home")).status_code == 200


def test_an_invitation_opens_once(client: Client, invited: Welcome) -> None:
    invitations.accept(invited.token, PASSWORD, at=timezone.now())

    answer = client.get(accept(invited.token))

    assert answer.status_code == 410
    assert "har redan använts" in answer.content.decode()


def test_an_expired_invitation_says_whom_to_ask(
    client: Client, invited: Welcome
) -> None:
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    answer = client.post(accept(invited.token), {})

    assert answer.status_code == 410
    assert "Be den som bjöd in dig" in answer.content.decode()


def test_an_unknown_invitation_is_no_fault_of_ours(client: Client, db: None) -> None:
    assert client.get(accept("gissning")).status_code == 404


def test_a_weak_password_is_refused_with_the_reason(
    client: Client, invited: Welcome
) -> None:
    weak = {"new_password1": "abc123", "new_password2": "abc123"}

    answer = client.post(accept(invited.token), weak)

    assert answer.status_code == 422
    assert "minst 12 tecken" in answer.content.decode()
    assert not User.objects.get(pk=invited.user.pk).has_usable_password()


def test_nobody_makes_an_account_for_themselves(client: Client, db: None) -> None:
    fields = {"email": "jag@annan.example", "password1": PASSWORD}

    page = client.post(reverse("account_signup"), fields).content.decode()

    assert "inbjudan" in page
    assert not User.objects.exists()


@pytest.mark.parametrize("demo", [True, False])
def test_the_door_of_the_demonstration_is_there_only_in_it(
    client: Client, anna_user: User, settings: Settings, *, demo: bool
) -> None:
    settings.DEMO = demo

    page = client.get(reverse("account_login")).content.decode()
    answer = client.post(reverse("demo_signin", args=[anna_user.pk]))

    assert ("Logga in som Anna, bibliotekarie" in page) is demo
    assert ("Exempeldata" in page) is demo
    assert answer.status_code == (302 if demo else 404)
    assert ("_auth_user_id" in client.session) is demo


def test_no_real_person_can_be_signed_in_as_in_the_demonstration(
    client: Client, settings: Settings, db: None
) -> None:
    settings.DEMO = True
    real = User.objects.create_user("eva@kommunen.se")

    answer = client.post(reverse("demo_signin", args=[real.pk]))

    assert answer.status_code == 404


def test_a_demonstration_session_is_worth_nothing_outside_it(
    client: Client, anna_user: User, settings: Settings
) -> None:
    settings.DEMO = True
    client.post(reverse("demo_signin", args=[anna_user.pk]))
    inside = client.get(reverse("home")).status_code

    settings.DEMO = False
    outside = client.get(reverse("home"))

    assert inside == 200
    assert outside["Location"] == reverse("mfa_activate_totp")


def test_a_closed_account_is_out_at_once(client: Client, person: Cast) -> None:
    user = person("Ola", "vikarie")
    client.force_login(user)
    User.objects.filter(pk=user.pk).update(is_active=False)

    answer = client.get(reverse("home"))

    assert answer["Location"].startswith(reverse("account_login"))
    assert actors.of(User.objects.get(pk=user.pk), at=MONDAY).grants == ()
