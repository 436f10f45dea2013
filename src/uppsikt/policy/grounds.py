"""The grounds on which something may be removed, and what each ground demands."""

import tomllib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import (
    ConfigDict,
    StringConstraints,
    TypeAdapter,
    ValidationError,
    model_validator,
)
from pydantic.dataclasses import dataclass

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]

Motive = Literal["none", "short", "required", "second_person"]
Preserve = Literal["screenshot", "restricted", "never", "link", "sample"]
Police = Literal["yes", "no", "victim", "always_first"]
Register = Literal["yes", "policy", "note"]


class BadGrounds(ValueError):
    """A file of grounds cannot be used; the text names each fault."""


# A dataclass, since a pydantic model already has something called `register`.
@dataclass(frozen=True, slots=True, kw_only=True, config=ConfigDict(extra="forbid"))
class Ground:
    """Say what follows when something is removed on this ground (D-4).

    `statutory` is the duty to remove in BBS-lagen 5 §; `published` and `internal` tell
    whether the rules shown to the public and those for staff cover it. `preserve`
    names what evidence is kept, `target` the parameter with the time allowed.
    Raises ValueError for a ground that would keep what may not be kept (D-7).
    """

    code: Name
    label: Text
    law: str
    statutory: bool
    published: bool
    internal: bool
    motive: Motive
    preserve: Preserve
    police: Police
    register: Register
    target: Name
    explains: Text

    @property
    def special_path(self) -> bool:
        """Tell whether nothing may be kept but a note, and the police come first."""
        return self.preserve == "never"

    @model_validator(mode="after")
    def _take_the_special_path_whole(self) -> Self:
        marks = (
            self.preserve == "never",
            self.police == "always_first",
            self.register == "note",
        )
        if any(marks) and not all(marks):
            raise ValueError(
                'preserve = "never", police = "always_first" and register = "note" '
                "belong together: have all three or none"
            )
        return self

    @model_validator(mode="after")
    def _name_the_law(self) -> Self:
        if self.statutory and not self.law:
            raise ValueError("a statutory ground must name its law")
        return self


_ROWS = TypeAdapter(list[Ground])


def load_grounds(path: Path) -> tuple[Ground, ...]:
    """Return the `[[ground]]` rows of the TOML file at `path`, in its order.

    Raises BadGrounds, naming each fault, and OSError if the file cannot be read.
    """
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8"))
        grounds = _ROWS.validate_python(rows.get("ground"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as broken:
        raise BadGrounds(f"{path.name}: {broken}") from broken
    except ValidationError as wrong:
        raise BadGrounds(_faults(wrong, rows)) from wrong
    _refuse_twins(grounds)
    return tuple(grounds)


def _faults(wrong: ValidationError, rows: dict[str, object]) -> str:
    return "\n".join(
        f"{_row(error['loc'], rows)}: {error['msg']}" for error in wrong.errors()
    )


def _row(where: Sequence[int | str], rows: dict[str, object]) -> str:
    """Name the row by its number, counted from one as people do, and its field."""
    if not where or not isinstance(where[0], int):
        return "ground"
    return ".".join([f"ground {where[0] + 1}", *map(str, where[1:])])


def _refuse_twins(grounds: Sequence[Ground]) -> None:
    twins = [
        code for code, times in Counter(g.code for g in grounds).items() if times > 1
    ]
    if twins:
        raise BadGrounds(f"more than one ground is called {', '.join(twins)}")
