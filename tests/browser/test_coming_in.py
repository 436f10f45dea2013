"""Coming in with a real browser: by password and code, by invitation, or not at all."""

import re

import pytest

from tests.browser.browsing import Visitor, code
from tests.browser.cast import PASSWORD
from tests.browser.conftest import Visit
from tests.browser.looking import Findings, look
from tests.browser.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("town")]

LATER = """
import django
django.setup()
from django.utils import timezone
from uppsikt.governance.models import Invitation
Invitation.objects.filter(used_at=None).update(expires_at=timezone.now())
"""
CHOSEN = "bok-moln-cykel-7"


def invite(inviter: Visitor, name: str) -> str:
    """Invite somebody as an employee of the library and return the link."""
    page = inviter.go("/personer/bjud-in/")
    page.locator("[name=email]").fill(f"{name}@exempelby.example")
    page.locator("[name=first_name]").fill(name.title())
    page.locator("[name=last_name]").fill("Ny")
    page.locator("[name=title]").fill("vikarie")
    page.locator("[name=unit]").fill("Biblioteket")
    page.locator("[name=role]").select_option("employee")
    page.locator("[name=node]").select_option(label="Biblioteket")
    inviter.submit()
    found = re.search(
        r"http\S+/konto/inbjudan/[\w-]+/?", page.locator("main").inner_html()
    )
    assert found
    return found[0]


def no_faults(findings: Findings) -> None:
    assert findings.access == []
    assert findings.sideways == []
    assert findings.language == []


def test_a_colleague_comes_in_by_password_and_the_code_of_the_authenticator(
    town: Town, visit: Visit
) -> None:
    visitor = visit(town).sign_in("cecilia")

    assert visitor.page.get_by_text("Cecilia").first.is_visible()


def test_a_wrong_password_is_told_and_what_was_written_as_address_stays(
    town: Town, visit: Visit
) -> None:
    visitor = visit(town)
    page = visitor.go("/konto/logga-in/")
    page.get_by_label("E-post").fill("cecilia@exempelby.example")
    page.get_by_label("Lösenord").fill("gissning-nummer-1")
    visitor.press("Logga in")

    assert page.get_by_role("alert").get_by_text("felaktigt").is_visible()
    assert page.get_by_label("E-post").input_value() == "cecilia@exempelby.example"
    findings = Findings()
    look(page, findings)
    no_faults(findings)


def test_a_wrong_code_is_told_and_lets_nobody_in(town: Town, visit: Visit) -> None:
    visitor = visit(town)
    page = visitor.go("/konto/logga-in/")
    page.get_by_label("E-post").fill("cecilia@exempelby.example")
    page.get_by_label("Lösenord").fill(PASSWORD)
    visitor.press("Logga in")
    page.locator("[name=code]").fill("000000")
    visitor.press("Logga in")

    assert "Felaktig kod" in page.locator("main").inner_text()
    page.goto(town.url + "/riktlinjen/")
    assert page.url != town.url + "/riktlinjen/"
    assert not page.get_by_role("navigation").count()


def test_an_invited_colleague_chooses_a_password_and_a_second_step(
    town: Town, visit: Visit
) -> None:
    findings = Findings()
    link = invite(visit(town, "Bengt"), "nina")
    visitor = visit(town)
    page = visitor.page
    page.goto(link)
    look(page, findings)
    for field in page.locator("input[type=password]").all():
        field.fill(CHOSEN)
    visitor.submit()
    look(page, findings)
    secret = re.search(r"\b[A-Z2-7]{32}\b", page.content())
    assert secret
    page.locator("[name=code]").fill(code(secret[0]))
    visitor.submit()
    look(page, findings)
    page.goto(town.url + "/konto/tva-steg/")
    look(page, findings)
    page.goto(town.url + "/")

    assert page.url == town.url + "/"
    assert page.get_by_text("Nina").first.is_visible()
    no_faults(findings)


def test_an_expired_and_a_made_up_invitation_say_whom_to_ask(
    town: Town, visit: Visit
) -> None:
    link = invite(visit(town, "Bengt"), "olle")
    town.run("-c", LATER)
    page = visit(town).page
    findings = Findings()
    for address in (link, town.url + "/konto/inbjudan/gissning/"):
        page.goto(address)
        assert "Inbjudan fungerar inte" in page.locator("main").inner_text()
        look(page, findings)
    no_faults(findings)


def test_the_pages_about_the_second_step_are_as_good_as_the_others(
    town: Town, visit: Visit
) -> None:
    visitor = visit(town)
    findings = Findings()
    page = visitor.go("/konto/logga-in/")
    page.get_by_label("E-post").fill("rut@exempelby.example")
    page.get_by_label("Lösenord").fill(PASSWORD)
    visitor.press("Logga in")
    secret = re.search(r"\b[A-Z2-7]{32}\b", page.content())
    assert secret
    page.locator("[name=code]").fill(code(secret[0]))
    visitor.submit()
    page.wait_for_url("**/konto/tva-steg/recovery-codes/")
    look(page, findings)
    for path in ("totp/deactivate/", "recovery-codes/generate/", "reauthenticate/"):
        visitor.go(f"/konto/tva-steg/{path}")
        look(page, findings)
    visitor.go("/konto/bekrafta/")
    look(page, findings)
    other = visit(town)
    page = other.go("/konto/logga-in/")
    page.get_by_label("E-post").fill("rut@exempelby.example")
    page.get_by_label("Lösenord").fill(PASSWORD)
    other.press("Logga in")
    assert "/authenticate/" in page.url
    look(page, findings)

    no_faults(findings)


def test_the_code_in_the_tests_is_that_of_the_standard() -> None:
    # RFC 6238, appendix B: the last six of eight digits, SHA-1, at 59 and 1111111109 s.
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"

    assert code(secret, 59) == "287082"
    assert code(secret, 1111111109) == "081804"
