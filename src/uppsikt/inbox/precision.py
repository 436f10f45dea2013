"""How each rule does by what people decided: numbers of rules, never of persons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Final

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from uppsikt.checks.text.register import RULES, rule_of
from uppsikt.governance.actors import Actor
from uppsikt.inbox.models import SignalRule, Verdict

EXAMPLES: Final = 20
Said = Verdict.Said


class Period(IntEnum):
    """How far back the numbers reach, in days."""

    MONTH = 30
    QUARTER = 90
    YEAR = 365

    @property
    def label(self) -> str:
        return str(LABELS[self])


LABELS: Final = {
    Period.MONTH: _("30 days"),
    Period.QUARTER: _("90 days"),
    Period.YEAR: _("a year"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A rule in its version, and how often people did what."""

    rule: SignalRule
    counts: Mapping[str, int]

    @property
    def about(self) -> str:
        """Return what it points at, to be translated."""
        known = RULES.get(self.rule.name)
        return known.about if known else self.rule.name

    @property
    def always(self) -> bool:
        """Tell whether it can never be silent."""
        known = RULES.get(self.rule.name)
        return known is not None and known.counts

    @property
    def newest(self) -> bool:
        """Tell whether this version is the one that reads now."""
        known = RULES.get(self.rule.name)
        return known is not None and known.version == self.rule.version

    @property
    def right(self) -> int:
        return self.counts.get(Said.RIGHT, 0)

    @property
    def wrong(self) -> int:
        return self.counts.get(Said.WRONG, 0)

    @property
    def passed(self) -> int:
        return self.counts.get(Said.PASSED, 0)

    @property
    def judged(self) -> int:
        return self.right + self.wrong + self.passed

    @property
    def precision(self) -> int | None:
        """Return the per cent that people removed as suggested; None before any."""
        return round(100 * self.right / self.judged) if self.judged else None


def table(period: Period, *, at: datetime) -> list[Row]:
    """Return every rule and version with its numbers, by two queries."""
    counts: dict[tuple[str, int], dict[str, int]] = {}
    for rule, version, said, count in _counted(period, at):
        of_rule = counts.setdefault((rule_of(rule), version), {})
        of_rule[said] = of_rule.get(said, 0) + count
    rules = SignalRule.objects.select_related("by").order_by("name", "-version")
    return [Row(rule, counts.get((rule.name, rule.version), {})) for rule in rules]


def _counted(period: Period, at: datetime) -> "Sequence[tuple[str, int, str, int]]":
    since = at - timedelta(days=period)
    rows = Verdict.objects.standing().filter(at__gte=since, at__lte=at)
    grouped = rows.order_by().values_list("rule", "rule_version", "said")
    return [*grouped.annotate(count=Count("pk"))]


def examples(rule: SignalRule, actor: Actor) -> list[Verdict]:
    """Return the newest verdicts on a rule whose items the actor may see."""
    named = Q(rule=rule.name) | Q(rule__startswith=f"{rule.name}.")
    rows = Verdict.objects.standing().visible_to(actor).filter(named)
    rows = rows.filter(rule_version=rule.version).select_related("item__channel__node")
    return list(rows.order_by("-at", "-pk")[:EXAMPLES])
