"""The organisation in the browser, from nothing to a channel's approval."""

import re

import pytest
from django.core import mail as post
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from tests.conftest import CARD, GROUNDS, SignedIn
from uppsikt.channels.models import Channel
from uppsikt.governance.models import Node, User
from uppsikt.policy.roles import Role
from uppsikt.records import mail
from uppsikt.records.models import Mail
from uppsikt.web.commands import preparing

PASSWORD = "hav-sten-lampa-9"
DOOR = "http://testserver/konto/inbjudan/"


@pytest.fixture
def sara(sara_user: User, signed_in: SignedIn) -> Client:
    return signed_in(sara_user)


def place(client: Client, parent: Node, kind: str, name: str) -> Node:
    told = {"kind": kind, "name": name}
    client.post(reverse("place-add", args=[parent.pk]), told)
    return Node.objects.get(name=name)


def test_an_empty_installation_comes_all_the_way_to_an_approved_channel(
    db: None, signed_in: SignedIn
) -> None:
    now = timezone.now()
    top = preparing.found("Exempelby kommun", now)
    link = preparing.invite_first("eva@exempelby.example", top, DOOR, now)
    eva = _comes_in(link, signed_in)

    assert "Bara kommunen finns" in eva.get(reverse("organisation")).content.decode()
    department = place(eva, top, "department", "Kultur och fritid")
    unit = place(eva, department, "unit", "Biblioteket")
    manager = _invited(eva, "bengt", Role.LINE_MANAGER, unit, signed_in)
    owner = _invited(manager, "anna", Role.EMPLOYEE, unit, signed_in)
    _invited(manager, "nina", Role.EMPLOYEE, unit, signed_in)

    page = owner.get(reverse("channel-apply")).content.decode()
    assert f'<option value="{unit.pk}" selected>Biblioteket</option>' in page
    asked = {
        **CARD,
        "unit": unit.pk,
        "url": "https://bsky.app/profile/bibblan.example",
        "name": "Biblioteket",
        "owner": "anna@exempelby.example",
        "deputy": "Nina Ny",
        "holders": "anna@exempelby.example\nNina Ny",
        "staffing": "Anna och Nina",
    }
    owner.post(reverse("channel-apply"), asked)
    channel = Channel.objects.get()
    ticked = {"why": "", **dict.fromkeys(GROUNDS, "on")}
    manager.post(reverse("channel-approve", args=[channel.pk]), ticked)

    channel.refresh_from_db()
    assert channel.status == "approved"


def _invited(
    client: Client, name: str, role: Role, unit: Node, signed_in: SignedIn
) -> Client:
    told = {
        "email": f"{name}@exempelby.example",
        "first_name": name.title(),
        "last_name": "Ny",
        "title": "bibliotekarie",
        "unit": "Biblioteket",
        "role": role,
        "node": unit.pk,
        "until": "",
    }
    page = client.post(reverse("invite"), told).content.decode()
    found = re.search(r'value="(http://testserver/konto/inbjudan/[^"]+)"', page)
    assert found, page
    return _comes_in(found[1], signed_in)


def _comes_in(link: str, signed_in: SignedIn) -> Client:
    """Choose a password, be led to the second factor, and have one."""
    chosen = {"new_password1": PASSWORD, "new_password2": PASSWORD}
    address = link.removeprefix("http://testserver").rstrip("/") + "/"
    answer = Client().post(address, chosen)
    assert answer["Location"] == reverse("mfa_activate_totp")
    return signed_in(User.objects.latest("pk"))


def test_without_units_the_application_says_what_to_do(
    municipality: Node, sara: Client, rut_user: User, signed_in: SignedIn
) -> None:
    mine = sara.get(reverse("channel-apply")).content.decode()
    theirs = signed_in(rut_user).get(reverse("channel-apply")).content.decode()

    assert f'href="{reverse("organisation")}"' in mine
    assert "Lägg till förvaltningen och enheten först" in mine
    assert "Be kommunikationsstaben eller systemadministratören" in theirs


def test_the_menu_leads_there_for_those_who_tend_it(
    sara: Client, bengt_user: User, signed_in: SignedIn
) -> None:
    link = f'href="{reverse("organisation")}"'
    assert link in sara.get(reverse("help")).content.decode()
    assert link not in signed_in(bengt_user).get(reverse("help")).content.decode()


def test_a_name_that_is_taken_is_said_in_the_form(
    sara: Client, culture: Node, library: Node
) -> None:
    told = {"kind": "unit", "name": "biblioteket"}

    answer = sara.post(reverse("place-add", args=[culture.pk]), told)

    assert answer.status_code == 422
    assert "heter redan så" in answer.content.decode()


def test_a_place_in_use_is_not_closed_and_says_by_what(
    sara: Client, library: Node, library_channel: Channel
) -> None:
    url = reverse("place-close", args=[library.pk])

    page = sara.post(url, follow=True).content.decode()

    library.refresh_from_db()
    assert library.closed_at is None
    assert f"Det här är öppet under den: {library_channel.name}" in page


def test_a_place_is_renamed_and_closed_and_offers_itself_no_more(
    sara: Client, library: Node, sara_user: User
) -> None:
    sara.post(reverse("place-rename", args=[library.pk]), {"name": "Stadsbiblioteket"})
    sara.post(reverse("place-close", args=[library.pk]))

    library.refresh_from_db()
    assert (library.name, library.closed_at is None) == ("Stadsbiblioteket", False)
    page = sara.get(reverse("invite")).content.decode()
    assert ">Exempelby kommun</option>" in page
    assert ">Stadsbiblioteket</option>" not in page


# ---- The invitation's link ----------------------------------------------------------


def test_with_a_mail_server_the_inviter_never_sees_the_link(
    sara: Client, library: Node, settings: Settings
) -> None:
    settings.EMAIL_HOST = "post.exempelby.example"
    told = {
        "email": "nina@exempelby.example",
        "first_name": "Nina",
        "last_name": "Ny",
        "title": "vikarie",
        "unit": "Biblioteket",
        "role": Role.EMPLOYEE,
        "node": library.pk,
    }

    page = sara.post(reverse("invite"), told).content.decode()

    assert "Nina Ny är inbjuden" in page
    assert "/konto/inbjudan/" not in page
    assert "/konto/inbjudan/" in Mail.objects.get().body
    mail.send_due(timezone.now())
    assert "/konto/inbjudan/" in post.outbox[0].body
    assert Mail.objects.get().body == ""
