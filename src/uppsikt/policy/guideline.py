"""A guideline as data: what it says, what that demands, and of whom.

One file per municipality (`guidelines/*.toml`); nothing in it is Python, so another
municipality changes roles, sections, numbers and demands without any.
"""

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from functools import cached_property, lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError

from uppsikt.policy.grounds import Ground, load_grounds
from uppsikt.policy.office_hours import OfficeHours
from uppsikt.policy.roles import Right, Role
from uppsikt.policy.workdays import WorkingCalendar


class Force(StrEnum):
    """How strongly the guideline puts it, in its own words."""

    MUST = "ska"
    MUST_NOT = "ska inte"
    MAY_NOT = "får inte"
    SHOULD = "bör"
    SHOULD_NOT = "bör inte"

    @property
    def binding(self) -> bool:
        return self in (Force.MUST, Force.MUST_NOT, Force.MAY_NOT)


class About(StrEnum):
    """What a control is asked of."""

    CHANNEL = "channel"
    DRAFT = "draft"
    ITEM = "item"
    CASE = "case"
    MUNICIPALITY = "municipality"


class Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Parameter(Strict):
    """An interval, count, clock, list or standard text: named once, used by name.

    One that only the municipality can know is empty until it is filled in; `without`
    then says what does not work.
    """

    value: JsonValue
    says: str
    section: str
    own_choice: bool = False
    source: str = ""
    without: str = ""

    @property
    def is_left_open(self) -> bool:
        """Tell whether the municipality is still to fill it in."""
        return bool(self.without) and self.value == ""


class Revision(Strict):
    at: date
    says: str


class Control(Strict):
    """One demand of the guideline, and how we see that it is met.

    A control with a `check` is measured. One with `attested_by` and a `fact` is what a
    person says, asked again `every` so often (a parameter's name). With both, a person
    is asked and the check weighs the answer, such as whether it is asked at all.
    """

    id: str
    section: str
    demands: tuple[str, ...] = Field(min_length=1)
    says: str
    anchor: str
    force: Force
    about: About
    applies: str = ""
    check: str = ""
    args: dict[str, str] = {}
    attested_by: tuple[Role, ...] = ()
    fact: str = ""
    every: str = ""
    remind: str = ""
    gates: tuple[str, ...] = ()
    exemptible: bool = True


class MoveRule(Strict):
    """Who may make a move, on which section, and who may not for what they did."""

    id: str
    section: str
    roles: tuple[Role, ...] = Field(min_length=1)
    not_by: tuple[str, ...] = ()
    demands: tuple[str, ...] = ()
    anchor: str = ""
    why: bool = False


class RightRule(Strict):
    """Who may do an act that is no move of a lifecycle, by which section."""

    id: Right
    section: str
    says: str
    roles: tuple[Role, ...] = Field(min_length=1)


class Feature(Strict):
    """A right, a role or a fact that the program holds, shown by a named test."""

    demands: tuple[str, ...] = Field(min_length=1)
    section: str
    says: str
    anchor: str
    test: str


class Beyond(Strict):
    """A demand that no program can see to, and why."""

    demands: tuple[str, ...] = ()
    section: str
    says: str
    anchor: str
    why: str


class Guideline(Strict):
    """A decided guideline: the law of the house."""

    id: str
    title: str
    municipality: str
    registry_number: str
    decided: date
    decided_by: str
    owned_by: Role
    revision: tuple[Revision, ...] = ()
    parameters: dict[str, Parameter]
    ground: tuple[Ground, ...] = Field(min_length=1)
    control: tuple[Control, ...]
    move: tuple[MoveRule, ...]
    right: tuple[RightRule, ...]
    feature: tuple[Feature, ...] = ()
    beyond: tuple[Beyond, ...] = ()

    def __hash__(self) -> int:
        return hash(self._said)

    @cached_property
    def _said(self) -> str:
        return self.model_dump_json()

    @cached_property
    def _rights(self) -> dict[Right, frozenset[Role]]:
        return {r.id: frozenset(r.roles) for r in self.right}

    @cached_property
    def _moves(self) -> dict[str, MoveRule]:
        return {m.id: m for m in self.move}

    @cached_property
    def grounds(self) -> dict[str, Ground]:
        """Return the grounds for removal by code, in the order they are offered."""
        return {g.code: g for g in self.ground}

    @cached_property
    def working_calendar(self) -> WorkingCalendar:
        """Return the working calendar; raise `BadCalendar` for what cannot be."""
        return OfficeHours.model_validate(self.value("working_calendar")).calendar()

    @property
    def revised(self) -> date:
        return max((r.at for r in self.revision), default=self.decided)

    def about(self, subject: About) -> list[Control]:
        """Return the controls asked of `subject`."""
        return [c for c in self.control if c.about == subject]

    def gating(self, move: str) -> list[Control]:
        """Return the controls that must be met before `move`, e.g. "channel.launch"."""
        return [c for c in self.control if move in c.gates]

    def rule(self, move: str) -> MoveRule:
        """Return who may make `move`: nobody, if the file is silent."""
        return self._moves.get(move) or MoveRule.model_construct(
            id=move, section="", roles=()
        )

    def holders(self, right: Right) -> frozenset[Role]:
        """Return who has `right`: nobody, if the file is silent."""
        return self._rights.get(right, frozenset())

    def section_of(self, demand: str) -> str:
        """Return the section that answers the requirement `demand`, "" if none does."""
        rows: tuple[Control | Feature | MoveRule, ...] = (
            *self.control,
            *self.feature,
            *self.move,
        )
        return next((row.section for row in rows if demand in row.demands), "")

    def attesters(self, fact: str) -> frozenset[Role]:
        """Return who may attest `fact`; nobody, if no control asks a person for it."""
        asked = (c.attested_by for c in self.control if c.fact == fact)
        return frozenset(role for roles in asked for role in roles)

    @property
    def left_open(self) -> list[Parameter]:
        """Return the parameters that the municipality is still to fill in."""
        return [one for one in self.parameters.values() if one.is_left_open]

    def value(self, name: str) -> JsonValue:
        """Return the value of parameter `name`."""
        return self.parameters[name].value

    def text(self, name: str) -> str:
        """Return parameter `name` as text; raise `TypeError` if it is none."""
        value = self.value(name)
        if not isinstance(value, str):
            raise TypeError(f"{name} is not a text")
        return value

    def texts(self, name: str) -> list[str]:
        """Return parameter `name` as texts; raise `TypeError` if it is no list."""
        value = self.value(name)
        if not isinstance(value, list):
            raise TypeError(f"{name} is not a list")
        return [str(one) for one in value]

    def number(self, name: str) -> int:
        """Return parameter `name` as a number; raise `TypeError` if it is not one."""
        value = self.value(name)
        if not isinstance(value, int):
            raise TypeError(f"{name} is not a number")
        return value

    def anchors(self) -> Iterator[str]:
        """Yield the words that locate each answered sentence in the adopted text."""
        yield from (c.anchor for c in self.control)
        yield from (m.anchor for m in self.move if m.anchor)
        yield from (f.anchor for f in self.feature)
        yield from (b.anchor for b in self.beyond)


_SHARED_GROUNDS = re.compile(r"^grounds[ \t]*=.*$", re.MULTILINE)


class Broken(Exception):
    """The file is no guideline we can keep. `faults` names each reason."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


def load(path: Path) -> Guideline:
    """Return the guideline in `path`; raise `Broken` with every fault by name."""
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as e:
        raise Broken([str(e)]) from e
    if "grounds" in rows:
        rows["ground"] = _shared(path, str(rows.pop("grounds")))
    return _valid(rows)


@lru_cache(maxsize=8)
def parse(data: bytes) -> Guideline:
    """Return the guideline in `data`, which needs no other file; raise `Broken`.

    Read once for each process: a whole file takes longer to read than an act to do.
    """
    try:
        rows = tomllib.loads(data.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as e:
        raise Broken([str(e)]) from e
    return _valid(rows)


def whole(path: Path) -> bytes:
    """Return the guideline in `path` as one file, the grounds it shares written in.

    What is decided is kept so: nothing else can change what it says later (R-0-5).
    Raises `Broken` with every fault, as `load`.
    """
    guideline = load(path)
    text = path.read_text(encoding="utf-8")
    name = tomllib.loads(text).get("grounds")
    if name is not None:
        shared = path.with_name(str(name)).read_text(encoding="utf-8")
        text = f"{_SHARED_GROUNDS.sub('', text, count=1)}\n{shared}"
    data = text.encode()
    if parse(data) != guideline:
        raise Broken([f"{path.name}: the grounds of {name} do not fit into it"])
    return data


def _valid(rows: dict[str, object]) -> Guideline:
    try:
        return Guideline.model_validate(rows)
    except ValidationError as e:
        raise Broken([_in_words(x["loc"], x["msg"]) for x in e.errors()]) from e


def _shared(path: Path, name: str) -> tuple[Ground, ...]:
    try:
        return load_grounds(path.with_name(name))
    except (OSError, ValueError) as e:
        raise Broken(str(e).splitlines()) from e


def _in_words(place: tuple[int | str, ...], message: str) -> str:
    return f"{'.'.join(str(p) for p in place)}: {message}"
