"""What people make of a signal: kept, so that each rule's precision can be seen."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet

from uppsikt.governance import moves
from uppsikt.governance.actors import Actor
from uppsikt.inbox import actions
from uppsikt.inbox.models import DONE, Item, ItemSignal, Verdict
from uppsikt.records import ledger

AT_ONCE: Final = 500
LOOKED_BACK: Final = timedelta(days=90)
"""How old what came in may be to be learnt from; it bounds the sweep."""


class SaidAlready(Exception):
    """Somebody has judged it already."""


@transaction.atomic
def dismiss(signal: ItemSignal, *, actor: Actor, at: datetime) -> Verdict:
    """Note that what the rule points at in this item is no problem.

    Raises `SaidAlready` when a verdict stands.
    """
    item = signal.version.item
    moves.require(actor, item.path, actions.answerers(at))
    made, new = Verdict.objects.get_or_create(
        item=item,
        rule=signal.rule,
        rule_version=signal.rule_version,
        undone_at=None,
        defaults={"said": Verdict.Said.WRONG, "at": at, "by": actor.person},
    )
    if not new:
        raise SaidAlready
    _record("signal.dismiss", item, signal.rule, actor, at)
    return made


@transaction.atomic
def take_back(verdict: Verdict, *, actor: Actor, at: datetime) -> None:
    """Undo a verdict that a person gave; twice is once."""
    moves.require(actor, verdict.item.path, actions.answerers(at))
    rows = Verdict.objects.standing().filter(pk=verdict.pk, said=Verdict.Said.WRONG)
    if rows.update(undone_at=at):
        _record("signal.take_back", verdict.item, verdict.rule, actor, at)


def _record(act: str, item: Item, rule: str, actor: Actor, at: datetime) -> None:
    ledger.append(act, item.subject, {"rule": rule}, actor=actor.name, at=at)


def removed(item: Item, ground: str, *, at: datetime) -> None:
    """Note that the item was removed: on the ground that a rule suggested, or not."""
    rows = _signals().filter(version__item=item).exclude(suggests="")
    _keep(
        {
            (item.pk, s.rule, s.rule_version): Verdict.Said.RIGHT
            if s.suggests == ground
            else Verdict.Said.PASSED
            for s in rows
        },
        at=at,
    )


def learn(now: datetime) -> int:
    """Note which signals people passed by, in what is dealt with; return how many.

    Safe to run twice: one verdict stands for an item and a rule.
    """
    standing = Verdict.objects.standing().filter(
        item=OuterRef("version__item"), rule_version=OuterRef("rule_version")
    )
    rows = _signals().filter(
        version__item__received_at__gt=now - LOOKED_BACK,
        version__item__status__in=DONE,
        version__item__removed_at=None,
        version__item__in_case=None,
    )
    rows = rows.exclude(suggests="").filter(
        ~Exists(standing.filter(rule=OuterRef("rule")))
    )
    left = {
        (s.version.item_id, s.rule, s.rule_version): Verdict.Said.PASSED
        for s in rows.select_related("version").order_by("-pk")[:AT_ONCE]
    }
    return _keep(left, at=now)


def _signals() -> "QuerySet[ItemSignal]":
    return ItemSignal.objects.filter(version__number=F("version__item__versions_seen"))


def _keep(said: "dict[tuple[int, str, int], Verdict.Said]", *, at: datetime) -> int:
    rows = [
        Verdict(item_id=item, rule=rule, rule_version=version, said=what, at=at)
        for (item, rule, version), what in said.items()
    ]
    Verdict.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)
