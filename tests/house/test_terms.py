"""One thing is called one thing, on screen, in the guideline file and the handbook."""

import re
from pathlib import Path
from typing import Final

import pytest

from tests.house.source import PACKAGE

READ: Final = (
    PACKAGE / "locale" / "sv" / "LC_MESSAGES" / "django.po",
    *sorted((PACKAGE / "policy" / "guidelines").glob("*.toml")),
    *sorted((PACKAGE / "channels").glob("*.toml")),
    *sorted((PACKAGE / "web" / "handbok").glob("*.md")),
)
# The adopted guideline's own word (5.1) is tvåfaktorsautentisering.
FORGOTTEN: Final = re.compile(
    "tvåstegs(?:verifiering|inloggning)|tvåfaktorsinloggning|inloggning i två steg",
    re.IGNORECASE,
)


@pytest.mark.parametrize("page", READ, ids=lambda page: page.name)
def test_two_factor_is_called_what_the_guideline_calls_it(page: Path) -> None:
    assert FORGOTTEN.findall(page.read_text("utf-8")) == []
