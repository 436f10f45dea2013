"""What can be known of a thing. Declared once, so a mistyped fact is an error."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from uppsikt.policy.words import N_

Value = bool | int | float | str | tuple[str, ...]


class UnknownFact(KeyError):
    """Nobody has declared a fact by this name."""


class WrongType(TypeError):
    """The value is not of the fact's type."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that can be known: its name, type and unit.

    Who may attest it is the guideline's to say (`attested_by` of a control).
    """

    name: str
    type: type
    label: str
    unit: str = ""

    def checked(self, value: object) -> Value:
        """Return `value` if it is of the fact's type, else raise `WrongType`."""
        if type(value) is list:
            value = tuple(value)
        if type(value) is not self.type:
            raise WrongType(f"{self.name} is {self.type.__name__}, not {value!r}")
        return value  # type: ignore[return-value]


@dataclass(frozen=True, slots=True)
class Seen:
    """One observation of a fact: what, when, by whom and how it was learnt."""

    fact: Fact
    value: Value
    at: datetime
    by: str = ""
    source: str = "register"
    entry: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is known of one thing, each fact's observations oldest first."""

    known: Mapping[str, tuple[Seen, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, seen: Iterable[Seen]) -> "Facts":
        """Return the facts that `seen` add up to."""
        known: dict[str, list[Seen]] = {}
        for one in sorted(seen, key=lambda s: s.at):
            known.setdefault(one.fact.name, []).append(one)
        return cls({name: tuple(rows) for name, rows in known.items()})

    def with_(self, more: Iterable[Seen]) -> "Facts":
        """Return these facts and `more`."""
        rows = [s for seen in self.known.values() for s in seen]
        return Facts.of([*rows, *more])

    def get(self, fact: Fact, at: datetime) -> Seen | None:
        """Return the latest observation of `fact` made no later than `at`."""
        rows = self.known.get(fact.name, ())
        return next((s for s in reversed(rows) if s.at <= at), None)


FACTS: Final[dict[str, Fact]] = {}


def _declare(name: str, kind: type, label: str, *, unit: str = "") -> Fact:
    if name in FACTS:
        raise ValueError(f"{name} is declared twice")
    FACTS[name] = Fact(name, kind, label, unit)
    return FACTS[name]


def named(name: str) -> Fact:
    """Return the fact called `name`; raise `UnknownFact` if nobody declared it."""
    try:
        return FACTS[name]
    except KeyError:
        raise UnknownFact(name) from None


# The register: read from the channel's own tables, never copied.
PLATFORM = _declare("platform", str, N_("Platform"))
STATUS = _declare("status", str, N_("Status"))
PURPOSE = _declare("purpose", str, N_("Purpose"))
PURPOSE_CODES = _declare("purpose_codes", tuple, N_("Purposes from the list"))
AUDIENCE = _declare("audience", str, N_("Target group"))
GOAL = _declare("goal_contribution", str, N_("Contribution to the goals"))
BENEFIT = _declare("benefit", str, N_("Benefit to the target group"))
HOURS = _declare("hours_per_week", int, N_("Working hours"), unit="h/week")
OWNER = _declare("owner", str, N_("Person responsible"))
DEPUTY = _declare("deputy", str, N_("Substitute"))
ACCESS_HOLDERS = _declare(
    "access_holders", int, N_("People who can reach the account"), unit="people"
)
HOLDERS_WITHOUT_TWO_FACTOR = _declare(
    "holders_without_two_factor", tuple, N_("Access holders without two-factor")
)
TWO_FACTOR_VERIFIED = _declare(
    "two_factor_verified", str, N_("Two-factor last verified"), unit="date"
)
DESCRIPTION = _declare("description", str, N_("Public description"))
CONTACT = _declare("contact", str, N_("Contact for visitors"))
LISTED = _declare("listed", bool, N_("In the public list"))
TOLD_AT_START = _declare("told_at_start", tuple, N_("Told at start-up"))

# What only a person can tell: attested, dated, and asked again.
RESOURCES = _declare("resources", bool, N_("Resources for the long term"))
ADMIN_RIGHTS_HANDED_OVER = _declare(
    "admin_rights_handed_over", bool, N_("Administrator rights handed over")
)
TWO_FACTOR = _declare("two_factor", bool, N_("Two-factor on the channel"))
SENDER_STATED = _declare("sender_stated", bool, N_("Sender stated on the profile"))
STANDARD_TEXT = _declare("standard_text", bool, N_("Moderation notice on the profile"))
PIXEL_OFF = _declare("pixel_off", bool, N_("Tracking pixel switched off"))
VISUAL_IDENTITY = _declare("visual_identity", bool, N_("Follows the visual identity"))
RESPONSIBILITY = _declare(
    "responsibility_accepted", bool, N_("Responsibility accepted")
)

# Aggregates of items, ticks and cases: counted from their tables.
WATCHED_DAYS_MISSED = _declare(
    "watched_days_missed", int, N_("Days without a watch"), unit="days"
)
LAST_WATCHED = _declare("last_watched", str, N_("Last watched"), unit="date")
FIRST_OVERDUE = _declare(
    "first_contact_overdue", int, N_("First contact overdue"), unit="items"
)
FULL_OVERDUE = _declare("answers_overdue", int, N_("Answers overdue"), unit="items")
REMOVALS_OVERDUE = _declare(
    "removals_overdue", int, N_("Removals overdue"), unit="cases"
)
UNREGISTERED = _declare(
    "removals_unregistered", int, N_("Removals not registered"), unit="cases"
)
EVIDENCE = _declare("evidence_sealed", bool, N_("Evidence sealed"))
GROUND = _declare("ground", str, N_("Ground for removal"))
MOTIVE = _declare("motive", str, N_("Motive"))
SECOND_PERSON = _declare("second_person", str, N_("Second person"))
AUTHOR_TOLD = _declare("author_told", str, N_("Author told"))
DIARY_NUMBER = _declare("diary_number", str, N_("Diary number"))
REPORTS_DECIDED = _declare("reports_decided", bool, N_("Reports decided"))
