"""Every page that anybody can come to: accessible, Swedish, quiet, and never too wide.

Each role walks from link to link through the demonstration, where there is something
in every list.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser

from tests.browser.browsing import Visitor, visiting
from tests.browser.looking import Findings
from tests.browser.town import Town
from tests.browser.walking import names_of_pages, walk

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("demo")]

OPEN = (
    "/kanaler",
    "/kanaler/utdrag",
    "/konto/logga-in/",
    "/konto/stangt/",
    "/konto/nytt-konto/",
    "/konto/glomt/",
    "/konto/glomt/skickat/",
    "/konto/nytt-losenord/1-x/",
    "/konto/nytt-losenord/klart/",
    "/nej/",
)
# Links lead to all of it but the last two.
INSIDE = ("/", "/konto/logga-ut/", "/nej/")
# Looked at in `test_coming_in` and `test_passkeys`, by somebody with a password and a
# second step; the provider's in `test_identity_provider`.
ELSEWHERE = frozenset(
    {
        "accept",
        "account_reauthenticate",
        "mfa_authenticate",
        "mfa_deactivate_totp",
        "mfa_edit_webauthn",
        "mfa_generate_recovery_codes",
        "mfa_list_webauthn",
        "mfa_login_webauthn",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "mfa_remove_webauthn",
        "mfa_view_recovery_codes",
        "openid_connect_callback",
        "openid_connect_login",
    }
)


@dataclass
class Walked:
    """What was found and met by all who walked."""

    findings: Findings = field(default_factory=Findings)
    names: set[str] = field(default_factory=set)


def parts(stranger: Visitor) -> list[str]:
    """Return whom the demonstration offers to sign in as: one for each role."""
    buttons = stranger.go("/konto/logga-in/").locator(
        'form[action*="/exempel/"] button'
    )
    shown = [button for button in buttons.all() if button.is_visible()]
    said = [button.inner_text().removeprefix("Logga in som ") for button in shown]
    names = {text.partition(",")[0] for text in said}
    assert len(names) > 10
    return sorted(names)


@pytest.fixture(scope="module")
def walked(demo: Town, chromium: Browser) -> Walked:
    """Let everybody walk, and somebody who is not signed in before them."""
    walked = Walked()
    with visiting(chromium, demo) as stranger:
        walked.names |= walk(stranger, walked.findings, *OPEN)
        everybody = parts(stranger)
    for name in everybody:
        with visiting(chromium, demo) as visitor:
            visitor.become(name)
            walked.names |= walk(visitor, walked.findings, *INSIDE)
    return walked


def test_axe_finds_nothing_in_light_and_dark_wide_and_narrow(walked: Walked) -> None:
    nothing(walked.findings.access)


def test_no_page_scrolls_sideways_on_a_screen_of_320_px(walked: Walked) -> None:
    nothing(walked.findings.sideways)


def test_no_english_and_no_unfilled_place_is_left_on_any_page(walked: Walked) -> None:
    nothing(walked.findings.language)


def test_no_page_complains_or_asks_for_anything_outside(walked: Walked) -> None:
    nothing(walked.findings.noise)


def test_every_page_is_walked_by_somebody(walked: Walked) -> None:
    nothing(names_of_pages() - walked.names - ELSEWHERE)


def nothing(found: Iterable[str]) -> None:
    """Fail with each thing that was found, on a line of its own."""
    if told := sorted(set(found)):
        pytest.fail("\n".join(told), pytrace=False)
