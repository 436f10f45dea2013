"""Answer once what somebody has asked in several places, or take it apart (R-6.2-4)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from uppsikt.governance import moves
from uppsikt.governance.actors import Actor
from uppsikt.inbox import actions, deadlines
from uppsikt.inbox.life import ItemLife
from uppsikt.inbox.models import Item
from uppsikt.policy.words import N_
from uppsikt.records import ledger

AT_ONCE = 20
SAME = N_("The same text by the same author: see %(subject)s.")
APART = N_("Taken apart from %(subject)s.")


class NoTwin(Exception):
    """It is not the same text by the same author, or not open any more."""


def twins(item: Item, actor: Actor) -> list[Item]:
    """Return the open items with the same text by the same author, oldest first."""
    if not item.twin or item.own or item.duplicate_of_id:
        return []
    rows = Item.objects.visible_to(actor).open().filter(twin=item.twin)
    rows = rows.exclude(pk=item.pk).select_related("channel__node", "outgoing")
    return list(rows.order_by("published_at", "pk")[:AT_ONCE])


def duplicates(item: Item, actor: Actor) -> list[Item]:
    """Return what is answered together with the item, oldest first."""
    rows = Item.objects.visible_to(actor).filter(duplicate_of=item)
    return list(rows.select_related("channel").order_by("published_at", "pk")[:AT_ONCE])


@transaction.atomic
def merge(item: Item, others: Sequence[Item], *, actor: Actor, at: datetime) -> None:
    """Let one answer to `item` do for the `others` too; they need none of their own.

    Raises:
        NoTwin: one of them is another text, or another author's.
        Claimed: a colleague works on one of them.
        OnItsWay: a text about one of them is under way.
        moves.NotYours: the guideline does not let the actor see to one of them.
    """
    alike = {it.pk for it in twins(item, actor)}
    if not others or any(it.pk not in alike for it in others):
        raise NoTwin
    why = _(SAME) % {"subject": item.subject}
    for it in others:
        actions.pass_by(it, why=why, actor=actor, at=at)
        _tie(it, item, "item.merge", actor, at)


@transaction.atomic
def part(item: Item, *, actor: Actor, at: datetime) -> None:
    """Take an item apart from the one it was answered with; its clocks go on.

    Raises:
        NoTwin: it is tied to no other.
        moves.NotYours: the guideline does not let the actor open it.
    """
    first = item.duplicate_of
    if first is None:
        raise NoTwin
    if item.status == ItemLife.passed_by.name:
        changes = deadlines.resumed(item, at=at)
        why = _(APART) % {"subject": first.subject}
        moves.make(ItemLife.reopen, item, actor=actor, at=at, why=why, changes=changes)
    else:
        moves.must_make(ItemLife.reopen, item, actor, at=at)
    _tie(item, None, "item.part", actor, at)


def _tie(item: Item, to: Item | None, act: str, actor: Actor, at: datetime) -> None:
    facts: dict[str, ledger.JsonValue] = {"first": to.subject if to else ""}
    item.duplicate_of = to
    item.save(update_fields=["duplicate_of"])
    ledger.append(act, item.subject, facts, actor=actor.name, at=at)
