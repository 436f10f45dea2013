"""How soon questions are answered, and how we speak: the figures of many at once.

What was received in a time is counted by where it stands now, so the report of a time
that has passed is the same whenever it is asked for, but for those who still wait.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Count, F, Q
from django.db.models.functions import TruncMonth, TruncWeek

from uppsikt.channels.models import Channel
from uppsikt.inbox import terms
from uppsikt.inbox.life import ItemLife
from uppsikt.inbox.models import Item, Pause
from uppsikt.platforms import ItemKind
from uppsikt.policy.terms import Terms
from uppsikt.policy.waiting import MINUTE, Waited, quantile
from uppsikt.policy.workdays import Interval

MEDIAN: Final = 0.5
MOST: Final = 0.9
ANSWERED: Final = tuple(
    state.name for state in (ItemLife.answered, ItemLife.referred, ItemLife.moved)
)
"""To refer a political question, and to lead a matter to a safe channel, answers it."""
_FIRST: Final = Q(first_contact_at__isnull=False)
_FULL: Final = Q(answered_at__isnull=False, status__in=ANSWERED)
Key = tuple[int, date | None]
"""A channel, and the month or week where the figures are told by it."""


@dataclass(slots=True)
class Clock:
    """One of the two clocks, for many questions: what came of it."""

    in_time: int = 0
    late: int = 0
    waiting: int = 0
    took: Counter[int] = field(default_factory=Counter)
    waited: Counter[int] = field(default_factory=Counter)

    def add(self, other: "Clock") -> None:
        """Count what another holds too."""
        self.in_time += other.in_time
        self.late += other.late
        self.waiting += other.waiting
        self.took += other.took
        self.waited += other.waited

    @property
    def share(self) -> float | None:
        """Return how many per cent were in time of those whose time is told."""
        told = self.in_time + self.late
        return 100 * self.in_time / told if told else None

    @property
    def median(self) -> int | None:
        """Return within how many minutes of working time half are answered."""
        return quantile(self.took, self.waited, MEDIAN)

    @property
    def most(self) -> int | None:
        """Return within how many minutes of working time nine of ten are answered."""
        return quantile(self.took, self.waited, MOST)


@dataclass(slots=True)
class Figures:
    """What came in to a place in a time, and what came of it."""

    asked: int = 0
    passed_by: int = 0
    questions: int = 0
    questions_answered: int = 0
    posts: int = 0
    posts_asking: int = 0
    first: Clock = field(default_factory=Clock)
    full: Clock = field(default_factory=Clock)

    def add(self, other: "Figures") -> None:
        """Count what another holds too."""
        for name in _COUNTS:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.first.add(other.first)
        self.full.add(other.full)

    @property
    def answered_share(self) -> float | None:
        """Return how many per cent of the questions were answered (R-6-5)."""
        return _share(self.questions_answered, self.questions)

    @property
    def asking_share(self) -> float | None:
        """Return how many per cent of our own posts ask something (R-6-4)."""
        return _share(self.posts_asking, self.posts)


_COUNTS: Final = (
    "asked",
    "passed_by",
    "questions",
    "questions_answered",
    "posts",
    "posts_asking",
)
STEPS: Final[Mapping[str, Any]] = {"manad": TruncMonth, "vecka": TruncWeek}
"""How the time is cut, by the word in the address."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Of which channels, and of what came from `begin` until before `end`."""

    channels: Sequence[Channel]
    begin: datetime
    end: datetime
    step: str = ""


def of(wanted: Wanted, *, at: datetime) -> dict[Key, Figures]:
    """Return the figures by channel, and by month or week where a step is wanted.

    Ten queries, however many channels and questions.
    """
    found: dict[Key, Figures] = {}
    by = terms.of(wanted.channels, at=at)
    for key, row in _counted(wanted):
        figures = found.setdefault(key, Figures())
        for name, count in row.items():
            setattr(figures, name, count)
    for key, asking, count in _posts(wanted):
        figures = found.setdefault(key, Figures())
        figures.posts, figures.posts_asking = count, asking
    for name, settled in (("first", _FIRST), ("full", _FULL)):
        for key, took, count, in_time in _settled(wanted, name, settled):
            clock = getattr(found.setdefault(key, Figures()), name)
            clock.in_time += in_time
            clock.late += count - in_time
            if took is not None:
                clock.took[took] += count
    _add_open(wanted, found, by, at)
    return found


def total(figures: Iterable[Figures]) -> Figures:
    """Return all of `figures` together."""
    whole = Figures()
    for one in figures:
        whole.add(one)
    return whole


def items(wanted: Wanted) -> Any:
    """Return the questions that the figures are of."""
    rows = Item.objects.filter(channel__in=wanted.channels, secluded=False)
    return rows.filter(
        received_at__gte=wanted.begin,
        received_at__lt=wanted.end,
        clock_from__isnull=False,
    )


def _keyed(rows: Any, wanted: Wanted, moment: str) -> Any:
    """Return `rows` grouped by channel, and by step where one is wanted."""
    if not wanted.step:
        return rows.values("channel")
    cut = STEPS[wanted.step](moment)
    return rows.annotate(cut=cut).values("channel", "cut")


def _key(row: Mapping[str, Any]) -> Key:
    cut = row.get("cut")
    return row["channel"], cut.date() if isinstance(cut, datetime) else cut


def _counted(wanted: Wanted) -> Iterator[tuple[Key, dict[str, int]]]:
    rows = _keyed(items(wanted), wanted, "received_at").annotate(
        asked=Count("pk"),
        passed_by=Count("pk", filter=Q(status="passed_by")),
        questions=Count("pk", filter=Q(question=True) & ~Q(status="passed_by")),
        questions_answered=Count("pk", filter=Q(question=True) & _FULL),
    )
    for row in rows.order_by():
        yield _key(row), {name: row[name] for name in _COUNTS[:4]}


def _posts(wanted: Wanted) -> Iterator[tuple[Key, int, int]]:
    own = Item.objects.filter(
        channel__in=wanted.channels,
        own=True,
        kind=ItemKind.POST.value,
        published_at__gte=wanted.begin,
        published_at__lt=wanted.end,
    )
    rows = _keyed(own, wanted, "published_at").annotate(
        asking=Count("pk", filter=Q(question=True)), count=Count("pk")
    )
    for row in rows.order_by():
        yield _key(row), row["asking"], row["count"]


def _settled(
    wanted: Wanted, clock: str, settled: Q
) -> Iterator[tuple[Key, int | None, int, int]]:
    """Yield how many took how long, and how many of them were in time."""
    moment = "first_contact_at" if clock == "first" else "answered_at"
    took = f"{clock}_took"
    in_time = Q(**{f"{moment}__lte": F(f"{clock}_due_at")})
    rows = _keyed(items(wanted).filter(settled), wanted, "received_at")
    counted = rows.values(*rows.query.values_select, *_cut(wanted), took).annotate(
        count=Count("pk"), in_time=Count("pk", filter=in_time)
    )
    for row in counted.order_by():
        yield _key(row), row[took], row["count"], row["in_time"]


def _cut(wanted: Wanted) -> tuple[str, ...]:
    return ("channel", "cut") if wanted.step else ("channel",)


def _add_open(
    wanted: Wanted, found: dict[Key, Figures], by: Mapping[int, Terms], at: datetime
) -> None:
    """Count those who still wait, for as long as they have waited."""
    rows = items(wanted).open()
    if wanted.step:
        rows = rows.annotate(cut=STEPS[wanted.step]("received_at"))
    clocks = {id(one.calendar): Waited(one.calendar, at) for one in by.values()}
    stood = _stood(wanted)
    for row in rows.values(*_cut(wanted), "pk", *_WAITING):
        waited = clocks[id(by[row["channel"]].calendar)]
        figures = found.setdefault(_key(row), Figures())
        _wait(figures, row, waited, stood.get(row["pk"], ()))


_WAITING: Final = ("clock_from", "first_contact_at", "first_due_at", "full_due_at")


def _stood(wanted: Wanted) -> Mapping[int, list[Interval]]:
    """Return when the clocks of those who still wait stood still; one query."""
    rows = Pause.objects.filter(
        item__in=items(wanted).open(), starts_at__gte=F("item__clock_from")
    )
    found: dict[int, list[Interval]] = {}
    for row in rows.order_by("starts_at", "pk"):
        found.setdefault(row.item_id, []).append(row.interval)
    return found


def _wait(
    figures: Figures,
    row: Mapping[str, Any],
    waited: Waited,
    pauses: Sequence[Interval],
) -> None:
    minutes = waited.minutes(row["clock_from"])
    if row["first_contact_at"] is None:
        _still(figures.first, row["first_due_at"], minutes, waited.until)
    stood = sum(_length(pause, waited) for pause in pauses)
    _still(figures.full, row["full_due_at"], max(minutes - stood, 0), waited.until)


def _still(clock: Clock, due: datetime | None, minutes: int, at: datetime) -> None:
    clock.waiting += 1
    clock.waited[minutes] += 1
    if due is not None and due < at:
        clock.late += 1


def _length(pause: Interval, waited: Waited) -> int:
    stop, resume = pause[0], min(pause[1], waited.until)
    return waited.calendar.working_time_between(stop, resume) // MINUTE


def _share(part: int, whole: int) -> float | None:
    return 100 * part / whole if whole else None
