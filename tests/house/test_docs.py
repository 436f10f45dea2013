"""The documents say what the program has: settings, controls, checks, dependencies."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts import catalogue
from tests.house.source import ROOT, Module, dotted, modules

DOCS = ROOT / "docs"
READS_ENVIRONMENT = re.compile(r"(^|\.)(environ(\.get|\.pop)?|getenv|env[a-z_]*)$")
# What every process has; no operator of ours sets these.
SYSTEMS_OWN = {"HOME", "LANG", "PATH", "TMPDIR"}
SETTING = re.compile(r"^[A-Z][A-Z0-9_]{2,}$")


def settings_read(module: Module) -> Iterator[str]:
    """Yield the name of each setting that a module reads from the environment."""
    for node in module.nodes():
        match node:
            case ast.Call(function, [ast.Constant(str(name)), *_]):
                reader = dotted(function)
            case ast.Subscript(function, ast.Constant(str(name))):
                reader = dotted(function)
            case ast.Constant(str(name)) if name.startswith("UPPSIKT_"):
                reader = "environ"
            case _:
                continue
        ours = SETTING.match(name) and name not in SYSTEMS_OWN
        if ours and READS_ENVIRONMENT.search(reader):
            yield name


def documented() -> str:
    """Return all that operators and developers can read, as one text."""
    pages = [*DOCS.glob("handbok/*.md"), *DOCS.glob("dev/*.md")]
    return "\n".join(page.read_text() for page in sorted(pages))


def reasons(text: str) -> set[str]:
    """Return the dependencies that a decision gives a reason for: `name`: why."""
    return set(re.findall(r"^- `([a-z0-9-]+)`: \S", text, re.MULTILINE))


def dependencies() -> set[str]:
    """Return the name of every package that the program needs to run."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"].values()
    wanted = [*project["dependencies"], *(one for extra in extras for one in extra)]
    return {re.split(r"[^a-z0-9-]", one.lower())[0] for one in wanted}


def test_every_setting_is_documented() -> None:
    names = {name for module in modules() for name in settings_read(module)}
    text = documented()
    assert [name for name in sorted(names) if f"`{name}`" not in text] == []


def test_the_catalogue_says_what_the_program_has_today() -> None:
    assert catalogue.PAGE.read_text() == catalogue.page(), "make fix writes it anew"


def test_every_dependency_has_its_reason() -> None:
    text = "\n".join(p.read_text() for p in DOCS.glob("decisions/*.md"))
    assert dependencies() - reasons(text) == set()


@pytest.mark.parametrize("page", sorted(DOCS.rglob("*.md")), ids=lambda page: page.name)
def test_no_link_between_documents_is_broken(page: Path) -> None:
    links = re.findall(r"\]\((?!\w+:)([^)#\s]+)", page.read_text())
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize(
    "line",
    [
        "key = os.environ['UPPSIKT_KEY']",
        "key = os.environ.get('UPPSIKT_KEY', '')",
        "key = os.getenv('UPPSIKT_KEY')",
        "key = envbool('UPPSIKT_KEY', default=False)",
        "NAME = 'UPPSIKT_KEY'",
    ],
)
def test_a_setting_is_seen_however_it_is_read(line: str) -> None:
    assert "UPPSIKT_KEY" in set(settings_read(Module("web/settings.py", line)))


def test_a_settings_other_words_are_let_be() -> None:
    line = "x = rows['DATABASE']; y = get('ENGINE'); z = environment['title']"
    assert not set(settings_read(Module("web/settings.py", line)))


def test_a_dependency_without_a_reason_is_seen() -> None:
    assert reasons("- `httpx`: one client.\n- `pillow`: \n- pydantic: no") == {"httpx"}
