"""Passkeys in a real browser, whose authenticator is a virtual one (WebAuthn, CDP)."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import CDPSession, Locator, Page

from tests.browser.browsing import Visitor
from tests.browser.cast import PASSWORD
from tests.browser.conftest import Visit
from tests.browser.looking import Findings, look
from tests.browser.test_coming_in import no_faults
from tests.browser.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("town")]

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


class Device:
    """A computer with a reader for fingers, as Chromium pretends it."""

    def __init__(self, session: CDPSession) -> None:
        self.session = session
        self.session.send("WebAuthn.enable")
        made = self.session.send(
            "WebAuthn.addVirtualAuthenticator", {"options": DEVICE}
        )
        self.name = made["authenticatorId"]

    def recognises(self, finger: bool) -> None:  # noqa: FBT001 (as the device has it)
        """Say whether the finger that is laid on it is its owner's."""
        told = {"authenticatorId": self.name, "isUserVerified": finger}
        self.session.send("WebAuthn.setUserVerified", told)

    def keys(self) -> int:
        """Count the passkeys that lie in it."""
        asked = {"authenticatorId": self.name}
        return len(self.session.send("WebAuthn.getCredentials", asked)["credentials"])


@pytest.fixture
def cecilia(town: Town, visit: Visit) -> Visitor:
    """Cecilia, at the address that a browser lets have passkeys."""
    here = Town(town.folder, port=town.port, known=town.known, host="localhost")
    return visit(here, "Cecilia")


@pytest.fixture
def device(cecilia: Visitor) -> Iterator[Device]:
    session = cecilia.context.new_cdp_session(cecilia.page)
    yield Device(session)
    session.detach()


def opened(visitor: Visitor, path: str) -> Page:
    """Open a page for which the password is asked once more, and give it."""
    page = visitor.go(path)
    if "/konto/bekrafta/" in page.url:
        page.locator("input[type=password]").fill(PASSWORD)
        with page.expect_navigation():
            page.locator("main form button").first.click()
    return page


def add(visitor: Visitor, name: str) -> None:
    """Add a passkey with this name, as one does on the page."""
    page = opened(visitor, "/konto/tva-steg/webauthn/add/")
    page.get_by_label("Vad du kallar den").fill(name)
    visitor.press("Skapa passnyckeln")


def remove_all(visitor: Visitor) -> None:
    """Leave no passkey behind for the next test."""
    while True:
        page = opened(visitor, "/konto/tva-steg/webauthn/")
        links = page.locator("main").get_by_role("link", name="Ta bort")
        if not links.count():
            return
        opened(visitor, links.first.get_attribute("href") or "")
        visitor.press("Ta bort")


def test_a_passkey_is_added_named_and_signs_in_alone_until_it_is_removed(
    cecilia: Visitor, device: Device
) -> None:
    add(cecilia, "Min dator")
    page = cecilia.go("/konto/tva-steg/webauthn/")
    assert page.get_by_text("Min dator").is_visible()
    assert page.get_by_text("Inloggning utan lösenord").is_visible()

    cecilia.context.clear_cookies()
    page = cecilia.go("/konto/logga-in/")
    page.get_by_role("button", name="Logga in med passnyckel").click()
    page.wait_for_url(cecilia.town.url + "/")
    assert page.get_by_text("Cecilia").first.is_visible()

    remove_all(cecilia)
    cecilia.context.clear_cookies()
    page = cecilia.go("/konto/logga-in/")
    with page.expect_navigation():
        page.get_by_role("button", name="Logga in med passnyckel").click()
    assert page.url.endswith("/konto/logga-in/")
    assert device.keys() == 1


def test_a_passkey_is_the_second_step_after_the_password(
    cecilia: Visitor, device: Device
) -> None:
    add(cecilia, "Nyckelknippan")
    cecilia.context.clear_cookies()
    cecilia.password("cecilia")

    cecilia.page.get_by_role("button", name="Använd en säkerhetsnyckel").click()
    cecilia.page.wait_for_url(cecilia.town.url + "/")

    remove_all(cecilia)


def test_another_finger_is_told_in_words_and_lets_nobody_in(
    cecilia: Visitor, device: Device
) -> None:
    add(cecilia, "Min dator")
    cecilia.context.clear_cookies()
    page = cecilia.go("/konto/logga-in/")
    device.recognises(finger=False)

    page.get_by_role("button", name="Logga in med passnyckel").click()

    page.get_by_text("Det avbröts eller tog för lång tid").wait_for()
    device.recognises(finger=True)
    page.get_by_role("button", name="Logga in med passnyckel").click()
    page.wait_for_url(cecilia.town.url + "/")
    remove_all(cecilia)


def test_the_pages_about_passkeys_are_whole(cecilia: Visitor, device: Device) -> None:
    findings = Findings()
    add(cecilia, "Min dator")
    page = opened(cecilia, "/konto/tva-steg/webauthn/")
    links = [link.get_attribute("href") or "" for link in _about_keys(page)]
    for path in ("/konto/tva-steg/webauthn/", "/konto/tva-steg/webauthn/add/", *links):
        look(opened(cecilia, path), findings)
        cecilia.shoot(path.partition("/konto/")[2].replace("/", "-"))
    remove_all(cecilia)

    assert len(links) == len(("rename", "remove"))
    no_faults(findings)


def _about_keys(page: Page) -> list[Locator]:
    """Return the links by which one key is renamed or removed."""
    return page.locator("main td a").all()
