"""Files and functions stay small, and a file's name says what is in it."""

import ast
from statistics import median

import pytest

from tests.house.source import ROOT, Module, modules

LONGEST_FILE = 400
LONGEST_FUNCTION = 60
MEDIAN_FUNCTION = 8
SAYS_NOTHING = {
    "common",
    "constants",
    "exceptions",
    "handlers",
    "helper",
    "helpers",
    "manager",
    "managers",
    "misc",
    "service",
    "services",
    "signals",
    "util",
    "utils",
}


def everything() -> list[Module]:
    """Return all our Python, with the folder each file stands in before its name."""
    return [
        Module(f"{folder}/{module.name}", module.text)
        for folder in ("src", "tests", "bench", "scripts", "tools")
        for module in modules(ROOT / folder)
    ]


def too_long(module: Module) -> bool:
    return len(module.text.splitlines()) > LONGEST_FILE


def functions(module: Module) -> dict[str, int]:
    """Return the length in lines of each function, by its place."""
    return {
        f"{module.at(node)} {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for node in module.nodes()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def says_nothing(module: Module) -> bool:
    return bool(SAYS_NOTHING & set(module.parts))


def test_no_file_is_longer_than_a_person_reads() -> None:
    assert [m.name for m in everything() if too_long(m)] == []


def test_no_function_is_longer_than_a_screen() -> None:
    lengths = {k: v for m in modules() for k, v in functions(m).items()}
    assert {k: v for k, v in lengths.items() if v > LONGEST_FUNCTION} == {}


def test_half_of_all_functions_are_eight_lines_or_fewer() -> None:
    lengths = [n for m in modules() for n in functions(m).values()]
    assert median(lengths) <= MEDIAN_FUNCTION


def test_every_module_is_named_by_what_it_is_about() -> None:
    assert [m.name for m in everything() if says_nothing(m)] == []


def test_a_file_over_the_limit_is_seen() -> None:
    assert too_long(Module("a.py", "x = 1\n" * 401))
    assert not too_long(Module("a.py", "x = 1\n" * 400))


def test_a_function_is_measured_with_all_its_lines() -> None:
    code = "class A:\n    async def f(self):\n" + "        x = 1\n" * 61
    assert functions(Module("a.py", code)) == {"a.py:2 f": 62}


@pytest.mark.parametrize("name", ["inbox/utils.py", "records/services/vault.py"])
def test_a_name_that_says_nothing_is_seen(name: str) -> None:
    assert says_nothing(Module(name, ""))
    assert not says_nothing(Module("records/vault.py", ""))
