"""The page of figures: rows with words for each, plots over time, and files."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Final

from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from uppsikt.inbox import figures, plot
from uppsikt.inbox.figures import Clock, Figures
from uppsikt.inbox.plot import Plot, Point
from uppsikt.inbox.statistics_form import StatisticsForm

AN_HOUR: Final = 60
NOTHING: Final = "–"
Share = Callable[[Figures], float | None]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the tables: of what it is, and its figures."""

    label: str
    # What the address adds to see more of it; "" where there is no more.
    narrowed: str
    figures: Figures
    short: str = ""

    @property
    def answers(self) -> tuple[str, ...]:
        """Return how soon they were answered, as the table says it."""
        first, full = self.figures.first, self.figures.full
        return (
            str(self.figures.asked),
            per_cent(first.share),
            *_spread(first),
            per_cent(full.share),
            *_spread(full),
            str(full.waiting),
            str(self.figures.passed_by),
        )

    @property
    def dialogue(self) -> tuple[str, ...]:
        """Return how we speak with people, as the table says it."""
        told = self.figures
        return (
            str(told.questions),
            per_cent(told.answered_share),
            spent(told.first.median),
            str(told.posts),
            per_cent(told.asking_share),
        )


@dataclass(frozen=True)
class Page:
    """The figures that a form asks for, as they stand at a moment."""

    form: StatisticsForm
    at: datetime

    @cached_property
    def found(self) -> Mapping[figures.Key, Figures]:
        return figures.of(self.form.wanted, at=self.at)

    @cached_property
    def rows(self) -> list[Row]:
        """Return a row for each channel, department, month or week."""
        if self.form.told_by == "kanal":
            return list(self._by_channel())
        if (per := self.form.told_by) == "forvaltning":
            return list(self._by_department())
        return [
            Row(_named(cut, per), "", told, _short(cut, per))
            for cut, told in self._by_time()
        ]

    @cached_property
    def whole(self) -> Row:
        """Return all of it together."""
        return Row(_("All"), "", figures.total(self.found.values()))

    @cached_property
    def plots(self) -> list[Plot]:
        """Return pictures of the figures over time, where they are told by time."""
        if not self.form.wanted.step or not self.rows:
            return []
        return [
            self._shares(_("Answered in time, first word"), lambda f: f.first.share),
            self._hours(_("Half have a first word within, working hours")),
            self._shares(_("Questions that got an answer"), lambda f: f.answered_share),
            self._shares(_("Our posts that ask something"), lambda f: f.asking_share),
        ]

    def table(self) -> Iterator[Sequence[str]]:
        """Yield headings and rows, as a file holds them."""
        yield (_("What"), *answer_headings(), *dialogue_headings())
        for row in (*self.rows, self.whole):
            yield (row.label, *row.answers, *row.dialogue)

    def _by_channel(self) -> Iterator[Row]:
        for channel in self.form.wanted.channels:
            told = self.found.get((channel.pk, None))
            if told:
                yield Row(channel.name, f"kanal={channel.pk}&per=manad", told)

    def _by_department(self) -> Iterator[Row]:
        found: dict[str, Figures] = {}
        for channel in self.form.wanted.channels:
            name = self.form.places.department(channel)
            if told := self.found.get((channel.pk, None)):
                found.setdefault(name, Figures()).add(told)
        for name, told in sorted(found.items()):
            more = urlencode({"forvaltning": name, "per": "kanal"}) if name else ""
            yield Row(name or _("Municipality"), more, told)

    def _by_time(self) -> list[tuple[date, Figures]]:
        found: dict[date, Figures] = {}
        for (_pk, cut), told in self.found.items():
            if cut is not None:
                found.setdefault(cut, Figures()).add(told)
        return sorted(found.items())

    def _shares(self, title: str, share: Share) -> Plot:
        points = [
            Point(row.short, share(row.figures), per_cent(share(row.figures)))
            for row in self.rows
        ]
        return plot.draw(title, points, highest=100, unit=" %")

    def _hours(self, title: str) -> Plot:
        medians = [(row.short, row.figures.first.median) for row in self.rows]
        points = [
            Point(label, None if m is None else m / AN_HOUR, spent(m))
            for label, m in medians
        ]
        highest = max((p.value for p in points if p.value is not None), default=1)
        return plot.draw(title, points, highest=highest, unit=" h")


def answer_headings() -> tuple[str, ...]:
    """Return the headings of the table of answers."""
    return (
        _("Came in"),
        _("First word in time"),
        _("First word: half within"),
        _("First word: nine of ten within"),
        _("Full answer in time"),
        _("Full answer: half within"),
        _("Full answer: nine of ten within"),
        _("Still waiting"),
        _("Needed no answer"),
    )


def dialogue_headings() -> tuple[str, ...]:
    """Return the headings of the table of dialogue."""
    return (
        _("Questions"),
        _("Questions answered"),
        _("Time to first contact, half within"),
        _("Our own posts"),
        _("Of them ask something"),
    )


def spent(minutes: int | None) -> str:
    """Return working time in words: "45 min", "6 h 30 min"; "–" where none is told."""
    if minutes is None:
        return NOTHING
    hours, rest = divmod(minutes, AN_HOUR)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest} min" if rest else f"{hours} h"


def per_cent(share: float | None) -> str:
    """Return a share in words; "–" where there is nothing to share."""
    return NOTHING if share is None else f"{share:.0f} %"


def _spread(clock: Clock) -> tuple[str, str]:
    return spent(clock.median), spent(clock.most)


def _short(cut: date, per: str) -> str:
    """Return a name that fits below a bar: the year stands in the table."""
    if per == "manad":
        return date_format(cut, "M")
    return _("w. %(week)d") % {"week": cut.isocalendar().week}


def _named(cut: date, per: str) -> str:
    if per == "manad":
        return f"{cut:%Y-%m}"
    year, week, _day = cut.isocalendar()
    return _("%(year)d w. %(week)d") % {"year": year, "week": week}
