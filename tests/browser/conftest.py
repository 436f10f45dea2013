"""A town with its web server and worker, and a browser to visit it with."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.browsing import Visitor, launched, visiting
from tests.browser.town import Town

Visit = Callable[..., Visitor]


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Exempelby with people in every role and two channels, up and running."""
    town = Town(tmp_path_factory.mktemp("town"))
    town.found()
    with town.open():
        yield town


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """The demonstration as `make demo` starts it."""
    town = Town(tmp_path_factory.mktemp("demo"))
    with town.open("--demo"):
        yield town


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The machine's browser; gone before the next module, whose tests use threads."""
    with sync_playwright() as playwright, launched(playwright) as browser:
        yield browser


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Visit]:
    """Return a function that lets somebody in, signed in where a name is given."""
    with ExitStack() as stack:

        def enter(town: Town, name: str = "", **how: Any) -> Visitor:
            visitor = stack.enter_context(visiting(chromium, town, **how))
            return visitor.become(name) if name else visitor

        yield enter


@pytest.fixture
def shots(tmp_path: Path) -> Path:
    """A folder for what a page lets one download."""
    return tmp_path
