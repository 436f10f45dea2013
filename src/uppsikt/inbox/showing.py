"""Which rules are shown and which run silent, and the act that changes it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import F, Q, QuerySet

from uppsikt.checks.text import Signal
from uppsikt.checks.text.register import RULES, Rule, rule_of
from uppsikt.governance import moves
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Node
from uppsikt.inbox.models import Item, ItemSignal, SignalRule
from uppsikt.policy.roles import Right
from uppsikt.records import ledger

Key = tuple[str, int]
"""A rule's name and version."""

_COUNTS: Final = frozenset(r.name for r in RULES.values() if r.counts)


class NeverSilent(Exception):
    """Clocks start from what this rule says, so it is not silenced."""


class Shown:
    """Which rules people see; before anything is registered, all that came along."""

    def __init__(self, rows: Iterable[tuple[str, int, bool]]) -> None:
        self._told = {(name, version): shown for name, version, shown in rows}

    @classmethod
    def now(cls) -> "Shown":
        """Read it, by one query."""
        return cls(SignalRule.objects.values_list("name", "version", "shown"))

    def __call__(self, rule: str, version: int) -> bool:
        """Tell whether people see what the rule says."""
        name = rule_of(rule)
        if name in _COUNTS or not self._told:
            return True
        return self._told.get((name, version), False)

    def among(self, signals: Iterable[Signal]) -> tuple[Signal, ...]:
        """Return the signals that people see."""
        return tuple(s for s in signals if self(s.rule, s.version))


def declare(at: datetime) -> int:
    """Register the rules of the program that are not yet; return how many.

    Those that came with the program are shown; what comes later runs silent first.
    """
    known = set(SignalRule.objects.values_list("name", "version"))
    new = [rule for rule in RULES.values() if (rule.name, rule.version) not in known]
    rows = [_row(rule, shown=rule.counts or not known, at=at) for rule in new]
    SignalRule.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _row(rule: Rule, *, shown: bool, at: datetime) -> SignalRule:
    return SignalRule(name=rule.name, version=rule.version, shown=shown, since=at)


@transaction.atomic
def show(rule: SignalRule, *, actor: Actor, at: datetime) -> None:
    """Have people see what the rule says, in items that came before too."""
    _turn(rule, shown=True, act="signal.show", actor=actor, at=at)
    others = SignalRule.objects.filter(name=rule.name).exclude(pk=rule.pk)
    others.update(shown=False)
    _pointed_at(rule).update(flagged=True)


@transaction.atomic
def silence(rule: SignalRule, *, actor: Actor, at: datetime) -> None:
    """Let the rule run unseen; what it points at is kept, and counted apart.

    Raises:
        NeverSilent: clocks start from what it says.
    """
    if rule.name in _COUNTS:
        raise NeverSilent
    _turn(rule, shown=False, act="signal.silence", actor=actor, at=at)
    _pointed_at(rule).exclude(pk__in=_flagged()).update(flagged=False)


def _turn(
    rule: SignalRule, *, shown: bool, act: str, actor: Actor, at: datetime
) -> None:
    moves.must(Right.JUDGE_RULES, actor, top().path, at=at)
    rule.shown, rule.since, rule.by = shown, at, actor.person
    rule.save(update_fields=["shown", "since", "by"])
    told: dict[str, ledger.JsonValue] = {"rule": rule.name, "version": rule.version}
    ledger.append(act, f"rule:{rule.name}", told, actor=actor.name, at=at)


def top() -> Node:
    """Return the municipality, where the rules are judged for all of it."""
    return Node.objects.get(parent=None)


def said_by(rule: SignalRule) -> Q:
    """Return what picks the signals of a rule in its version."""
    named = Q(rule=rule.name) | Q(rule__startswith=f"{rule.name}.")
    return named & Q(rule_version=rule.version)


def _newest() -> "QuerySet[ItemSignal]":
    """Return the signals on newest versions that suggest a ground."""
    newest = ItemSignal.objects.filter(
        version__number=F("version__item__versions_seen")
    )
    return newest.exclude(suggests="")


def _pointed_at(rule: SignalRule) -> "QuerySet[Item]":
    return Item.objects.filter(
        pk__in=_newest().filter(said_by(rule)).values("version__item")
    )


def _flagged() -> "QuerySet[ItemSignal]":
    """Return the items that some shown rule points at."""
    shown = Q(pk__in=[])
    for rule in SignalRule.objects.filter(shown=True):
        shown |= said_by(rule)
    return _newest().filter(shown).values("version__item")  # type: ignore[return-value]
