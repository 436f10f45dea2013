"""What stops an act becomes a page or a message that says what to do."""

import os
import subprocess
import sys

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.conftest import SignedIn
from uppsikt.governance import rules
from uppsikt.governance.models import Adoption, Node, User
from uppsikt.governance.moves import NotReady, NotYours, TooLate
from uppsikt.policy.facts import RESOURCES
from uppsikt.policy.roles import Role
from uppsikt.policy.verdict import Finding, not_assessed, not_met
from uppsikt.policy.words import Message
from uppsikt.records import files, keys, ledger, vault

PRODUCTION = {
    "UPPSIKT_HOSTS": "uppsikt.exempelby.example",
    "UPPSIKT_BEHIND_PROXY": "1",
    "UPPSIKT_SMTP": "smtp+tls://uppsikt:hemligt@post.exempelby.example:587",
    "UPPSIKT_MAIL_FROM": "uppsikt@exempelby.example",
}


@pytest.fixture
def browser(bengt_user: User, signed_in: SignedIn) -> Client:
    return signed_in(bengt_user)


def stop(monkeypatch: pytest.MonkeyPatch, fault: Exception) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr("uppsikt.governance.people.assign", refuse)


def give_role(browser: Client, user: User, node: Node) -> object:
    url = reverse("assign", args=[user.pk])
    back = "http://testserver" + reverse("person", args=[user.pk])
    asked = {"role": Role.DEPUTY, "node": node.pk, "until": ""}
    return browser.post(url, asked, headers={"Referer": back})


def test_who_comes_second_is_told_and_led_back(
    browser: Client, anna_user: User, library: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop(monkeypatch, TooLate())

    answer = give_role(browser, anna_user, library)

    assert answer["Location"].endswith(reverse("person", args=[anna_user.pk]))  # type: ignore[index]
    assert "Någon annan hann före" in browser.get("/hjalp/").content.decode()


def test_nobody_is_led_to_another_site(
    browser: Client, anna_user: User, library: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop(monkeypatch, TooLate())
    url = reverse("assign", args=[anna_user.pk])
    asked = {"role": Role.DEPUTY, "node": library.pk, "until": ""}

    answer = browser.post(url, asked, headers={"Referer": "https://fel.example/x"})

    assert answer["Location"] == "/"


def test_a_refusal_says_whose_it_is(
    browser: Client, anna_user: User, library: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    roles = (Role.REGISTRAR,)
    stop(
        monkeypatch,
        NotYours(Message("Only %(roles)s may do this here.", {"roles": roles})),
    )

    answer = give_role(browser, anna_user, library)

    assert answer.status_code == 403  # type: ignore[attr-defined]
    assert "Bara registrator får göra det här." in answer.content.decode()  # type: ignore[attr-defined]


def test_what_is_missing_is_shown_with_its_section(
    browser: Client, anna_user: User, library: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    controls = rules.in_force(timezone.now()).control[:2]
    verdicts = (not_met("There is no substitute."), not_assessed(RESOURCES))
    found = [Finding(c, v, "tyreso") for c, v in zip(controls, verdicts, strict=True)]
    stop(monkeypatch, NotReady(found))

    answer = give_role(browser, anna_user, library)
    page = answer.content.decode()  # type: ignore[attr-defined]

    assert answer.status_code == 409  # type: ignore[attr-defined]
    assert "Det finns ingen ersättare." in page
    assert "Ingen har svarat än: Resurser på sikt" in page
    assert f'href="/riktlinjen/#{controls[0].section}"' in page


def test_without_a_guideline_the_page_says_so(
    browser: Client,
) -> None:
    Adoption.objects.all().delete()

    answer = browser.get(reverse("guideline"))

    assert answer.status_code == 409
    assert "Ingen riktlinje gäller än" in answer.content.decode()


def test_an_old_form_says_what_to_do(anna_user: User) -> None:
    client = Client(enforce_csrf_checks=True)

    answer = client.post(reverse("account_login"), {"login": "x"})

    assert answer.status_code == 403
    assert "Formuläret var för gammalt" in answer.content.decode()


def test_the_menu_shows_what_the_roles_reach(
    signed_in: SignedIn, sara_user: User, anna_user: User
) -> None:
    technical = signed_in(sara_user).get("/hjalp/").content.decode()
    publisher = signed_in(anna_user).get("/hjalp/").content.decode()

    assert "Personer och roller" in technical
    assert "Personer och roller" not in publisher
    assert 'aria-current="page"' in publisher


def test_single_key_shortcuts_can_be_turned_off(
    signed_in: SignedIn, anna_user: User
) -> None:
    client = signed_in(anna_user)
    before = client.get("/hjalp/").content.decode()

    client.post(reverse("preferences"), {})

    assert "data-shortcuts" in before
    assert "data-shortcuts" not in client.get("/hjalp/").content.decode()


@pytest.mark.parametrize("page", ["live", "redo"])
def test_signs_of_life_need_no_sign_in(client: Client, db: None, page: str) -> None:
    assert client.get(f"/halsa/{page}/").json() == {"status": "ok"}


def manage(command: list[str], **environment: str) -> subprocess.CompletedProcess[str]:
    given = {**os.environ, "DJANGO_SETTINGS_MODULE": "uppsikt.web.settings"}
    given.pop("UPPSIKT_DEMO", None)
    return subprocess.run(
        [sys.executable, "-m", "django", *command],
        env={**given, "PYTHONPATH": "src", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_documented_production_environment_has_no_warning() -> None:
    done = manage(["check", "--deploy", "--fail-level", "WARNING"], **PRODUCTION)

    assert done.returncode == 0, done.stderr


def test_a_demonstration_never_starts_where_others_reach_it() -> None:
    done = manage(["check"], **PRODUCTION, UPPSIKT_DEMO="1")

    assert done.returncode != 0
    assert "UPPSIKT_DEMO" in done.stderr


@pytest.mark.parametrize(
    ("fault", "status", "words"),
    [
        (files.NoRoom(), 507, "Disken är full"),
        (ledger.NotSealed("7"), 409, "Inte förseglat än"),
        (vault.Damaged("a"), 500, "En sparad fil är skadad"),
        (vault.Disposed("RA 2026:1"), 410, "enligt beslutet: RA 2026:1"),
        (ledger.Disposed("RA 2026:1"), 410, "enligt beslutet: RA 2026:1"),
        (keys.KeyMissing("vault"), 503, "En nyckel saknas"),
    ],
)
def test_what_disk_vault_and_ledger_refuse_is_said_in_words(
    fault: Exception,
    status: int,
    words: str,
    *,
    browser: Client,
    anna_user: User,
    library: Node,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stop(monkeypatch, fault)

    answer = give_role(browser, anna_user, library)

    assert answer.status_code == status  # type: ignore[attr-defined]
    assert words in answer.content.decode()  # type: ignore[attr-defined]
