"""Write docs/dev/catalogue.md: what the guideline, checks and connectors hold today.

It is read out of the guideline file and the source, so it says what is true; a house
test compares, and `make fix` writes it anew.
"""

import ast
import sys
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "dev" / "catalogue.md"
PACKAGE = ROOT / "src" / "uppsikt"

HEAD = """# Catalogue

Written by `make fix` from `src/uppsikt`; do not edit. Words in Swedish are the
guideline file's own. How to add: [a check](add-a-check.md),
[a connector](add-a-connector.md), [a guideline](add-a-guideline.md).
"""

Row = Sequence[str]


def page(package: Path = PACKAGE) -> str:
    """Return the whole page as Markdown."""
    parts = [HEAD]
    for path in sorted(package.glob("policy/guidelines/*.toml")):
        parts.extend(guideline(path))
    parts.append(table("Checks", ("check", "tells", "file"), checks(package)))
    parts.append(table("Connectors", ("connector", "is", "file"), connectors(package)))
    return "\n".join(parts)


def guideline(path: Path) -> Iterator[str]:
    """Yield the tables of one guideline file; none of a file that is part of one."""
    data = tomllib.loads(path.read_text())
    if "control" not in data:
        return
    name = path.stem
    head: Row = ("control", "section", "says", "seen by", "every", "gates")
    yield table(f"Controls of `{name}`", head, map(_control, data["control"]))
    head = ("move", "section", "roles", "never by who made")
    yield table(f"Moves of `{name}`", head, map(_move, data.get("move", [])))
    head = ("parameter", "section", "says", "own choice")
    parameters = data.get("parameters", {}).items()
    yield table(f"Parameters of `{name}`", head, (_parameter(*p) for p in parameters))


def checks(package: Path = PACKAGE) -> list[Row]:
    """List every check that a control can name: its function, first words and file."""
    rows: list[Row] = []
    for path in sorted(package.glob("checks/*.py")):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and _is_check(node):
                rows.append((f"`{node.name}`", _first_line(node), path.name))
    return rows


def connectors(package: Path = PACKAGE) -> list[Row]:
    """List every connector: a class in `platforms` that gives its `name`."""
    rows: list[Row] = []
    for path in sorted(package.glob("platforms/*.py")):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.ClassDef) and (name := _constant(node, "name")):
                rows.append((f"`{name}`", _first_line(node), path.name))
    return rows


def table(title: str, head: Row, rows: Iterable[Row]) -> str:
    """Return a Markdown table under its title."""
    lines = [head, ["---"] * len(head), *rows]
    body = "\n".join("| " + " | ".join(map(_cell, line)) + " |" for line in lines)
    return f"## {title}\n\n{body}\n"


def _control(row: dict[str, Any]) -> Row:
    seen = row.get("check") or " or ".join(row.get("attested_by", []))
    gates = ", ".join(row.get("gates", []))
    return (
        f"`{row['id']}`",
        row["section"],
        row["says"],
        seen,
        row.get("every", ""),
        gates,
    )


def _move(row: dict[str, Any]) -> Row:
    roles, never = (", ".join(row.get(key, [])) for key in ("roles", "not_by"))
    return f"`{row['id']}`", row["section"], roles, never


def _parameter(name: str, row: dict[str, Any]) -> Row:
    own = "yes" if row.get("own_choice") else ""
    return f"`{name}`", row["section"], row["says"], own


def _is_check(node: ast.FunctionDef) -> bool:
    """Tell whether a function has the shape `(facts, *, …, at) -> Verdict`."""
    public = not node.name.startswith("_")
    given = [a.arg for a in node.args.args]
    verdict = isinstance(node.returns, ast.Name) and node.returns.id == "Verdict"
    return public and verdict and given == ["facts"]


def _first_line(node: ast.FunctionDef | ast.ClassDef) -> str:
    return (ast.get_docstring(node) or "").split("\n")[0]


def _constant(node: ast.ClassDef, wanted: str) -> str:
    for line in node.body:
        match line:
            case ast.Assign([ast.Name(name)], ast.Constant(str(value))):
                pass
            case ast.AnnAssign(ast.Name(name), value=ast.Constant(str(value))):
                pass
            case _:
                continue
        if name == wanted:
            return value
    return ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def main() -> int:
    """Write the page."""
    PAGE.write_text(page())
    return 0


if __name__ == "__main__":
    sys.exit(main())
