"""Every page that anybody can come to: accessible, Swedish, quiet, and never too wide.

Each role walks from link to link through the demonstration, where there is something
in every list.
"""

from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser

from tests.browser.browsing import visiting
from tests.browser.looking import Findings
from tests.browser.town import Town
from tests.browser.walking import names_of_pages, walk

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("demo")]

EVERYBODY = (
    "Anna",  # answers for channels, and publishes
    "Cecilia",  # a department's communications officer, and substitute
    "Ulla",  # a line manager
    "Bengt",  # a department's director
    "Johan",  # head of communications
    "Sara",  # the communications office
    "Kerstin",  # the municipal director
    "Rut",  # the registrar
    "Arvid",  # the archivist
    "Disa",  # the data protection officer
    "Rebecka",  # the auditor
    "Sixten",  # keeps the system running
    "Eva",  # an employee
)
OPEN = ("/kanaler", "/konto/logga-in/", "/konto/glomt/", "/konto/nytt-konto/", "/nej/")
# Reached by other ways than links, and looked at in `test_coming_in`.
ELSEWHERE = frozenset({"accept", "mfa_authenticate"})


@dataclass
class Walked:
    """What was found and met by all who walked."""

    findings: Findings = field(default_factory=Findings)
    names: set[str] = field(default_factory=set)


@pytest.fixture(scope="module")
def walked(demo: Town, chromium: Browser) -> Walked:
    """Let everybody walk, and somebody who is not signed in before them."""
    walked = Walked()
    with visiting(chromium, demo) as stranger:
        walked.names |= walk(stranger, walked.findings, *OPEN)
    for name in EVERYBODY:
        with visiting(chromium, demo) as visitor:
            visitor.become(name)
            walked.names |= walk(visitor, walked.findings, "/")
    return walked


def test_axe_finds_nothing_in_light_and_dark_wide_and_narrow(walked: Walked) -> None:
    assert walked.findings.access == []


def test_no_page_scrolls_sideways_on_a_screen_of_320_px(walked: Walked) -> None:
    assert walked.findings.sideways == []


def test_no_english_and_no_unfilled_place_is_left_on_any_page(walked: Walked) -> None:
    assert walked.findings.language == []


def test_no_page_complains_or_asks_for_anything_outside(walked: Walked) -> None:
    assert walked.findings.noise == []


def test_every_page_is_walked_by_somebody(walked: Walked) -> None:
    assert names_of_pages() - walked.names - ELSEWHERE == set()
