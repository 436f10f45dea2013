"""The source of the program as the house rules read it."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "uppsikt"
PURE = ("policy", "checks", "platforms", "archive")


@dataclass(frozen=True, slots=True)
class Module:
    """A file of the package: its path from `src/uppsikt` and what it says."""

    name: str
    text: str

    @property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def parts(self) -> tuple[str, ...]:
        """Return the folders and the file's own name without `.py`."""
        return tuple(self.name.removesuffix(".py").split("/"))

    def nodes(self) -> Iterator[ast.AST]:
        return ast.walk(self.tree)

    def at(self, node: ast.expr | ast.stmt | ast.excepthandler | ast.alias) -> str:
        return f"{self.name}:{node.lineno}"


def modules(folder: Path = PACKAGE) -> list[Module]:
    """Return every Python file under `folder`, migrations left out."""
    return [
        Module(path.relative_to(folder).as_posix(), path.read_text())
        for path in sorted(folder.rglob("*.py"))
        if "migrations" not in path.parts
    ]


def dotted(node: ast.AST) -> str:
    """Return `a.b.c` for a name or a chain of attributes, and "" for anything else."""
    match node:
        case ast.Name(name):
            return name
        case ast.Attribute(value, name):
            before = dotted(value)
            return f"{before}.{name}" if before else name
    return ""
