"""What a place decides of its own: working hours, routines, disposal.

No one is watched by it: a decision on social media in working hours is stored and
shown, and nothing in the program looks at what anybody does (R-3.1-4, D-27).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from uppsikt.governance import moves, rules
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import LocalDecision, Node
from uppsikt.policy.recurrence import Every, UnknownInterval
from uppsikt.policy.roles import Right
from uppsikt.records import ledger, media, vault

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from pydantic import JsonValue

Kind = LocalDecision.Kind
AT_ONCE: Final = "at once"
DECIDES: Final[Mapping[str, Right]] = {
    Kind.WORK_TIME: Right.DECIDE_WORK_TIME,
    Kind.ROUTINE: Right.WRITE_ROUTINE,
    Kind.DISPOSAL: Right.DECIDE_DISPOSAL,
    Kind.OVERSIGHT: Right.DECIDE_OVERSIGHT,
}
_AUTHORITIES: Final = (Node.Kind.COMMITTEE, Node.Kind.MUNICIPALITY)
_PLACES: Final[Mapping[str, tuple[str, ...]]] = {
    Kind.WORK_TIME: (Node.Kind.DEPARTMENT,),
    Kind.ROUTINE: (Node.Kind.DEPARTMENT, Node.Kind.UNIT, Node.Kind.COMMITTEE),
    Kind.DISPOSAL: _AUTHORITIES,
    Kind.OVERSIGHT: (Node.Kind.MUNICIPALITY,),
}


class WrongPlace(Exception):
    """A decision of that kind is not made by a place of that kind."""


class BadNumber(Exception):
    """The diary number does not look as the guideline says (R-0-4)."""


class BadScope(Exception):
    """Of a disposal: no such category or time, or a channel of another authority."""


@dataclass(frozen=True, slots=True)
class Disposal:
    """What a disposal decision covers: a category, perhaps one channel, how long."""

    category: str
    retention: str
    channel: Node | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What a decision says, who made it, when, and since when it holds."""

    title: str
    text: str
    decided_by: str
    decided_on: date
    diary_number: str
    valid_from: date
    valid_until: date | None = None
    disposal: Disposal | None = None
    document: bytes | None = None
    document_name: str = ""


@transaction.atomic
def decide(
    kind: Kind, node: Node, told: Told, *, actor: Actor, at: datetime
) -> LocalDecision:
    """Keep a decision of `node` (R-1-1, R-3.1-4, D-14).

    Raises:
        NotYours: the guideline does not let the actor at that place.
        WrongPlace: a department decides on working hours, an authority on disposal.
        BadNumber: the diary number does not fit the guideline's pattern.
        BadScope: the disposal is of nothing, for no time, or not the authority's.
        media.NotWhatItSays: the document is no PDF and no text.
        vault.NoRoom: the disk is full; nothing is stored.
    """
    moves.must(DECIDES[kind], actor, node.path, at=at)
    if node.kind not in _PLACES[kind]:
        raise WrongPlace
    _fits(kind, node, told, at)
    disposal = told.disposal or Disposal("", "")
    blob = None
    if told.document is not None:
        named = media.checked(told.document, {media.PDF, media.TEXT})
        blob = vault.keep(told.document, named, at=at)
    entry = ledger.append(
        "local.decide",
        f"node:{node.pk}",
        {**_recorded(kind, told), "file": blob.name if blob else ""},
        actor=actor.name,
        at=at,
    )
    return LocalDecision.objects.create(
        node=node,
        kind=kind,
        title=told.title,
        text=told.text,
        decided_by=told.decided_by,
        decided_on=told.decided_on,
        diary_number=told.diary_number,
        valid_from=told.valid_from,
        valid_until=told.valid_until,
        category=disposal.category,
        scope=disposal.channel,
        retention=disposal.retention,
        document=blob,
        document_name=told.document_name[:200],
        at=at,
        by=actor.person,
        entry=entry,
    )


@transaction.atomic
def end(decision: LocalDecision, last_day: date, *, actor: Actor, at: datetime) -> None:
    """Let a decision hold until and including `last_day`, and no longer.

    Raises:
        NotYours: as `decide`.
        TooLate: it ends before that already, or had not begun by then.
    """
    moves.must(DECIDES[decision.kind], actor, decision.node.path, at=at)
    rows = LocalDecision.objects.filter(pk=decision.pk, valid_from__lte=last_day)
    open_ended = Q(valid_until=None) | Q(valid_until__gt=last_day)
    if not rows.filter(open_ended).update(valid_until=last_day):
        raise moves.TooLate
    told: dict[str, JsonValue] = {"decision": decision.pk, "until": str(last_day)}
    subject = f"node:{decision.node_id}"
    ledger.append("local.end", subject, told, actor=actor.name, at=at)


def kinds_for(actor: Actor, node: Node, *, at: datetime) -> list[Kind]:
    """Return what the actor can decide at `node`."""
    may = [kind for kind in Kind if moves.may(DECIDES[kind], actor, node.path, at=at)]
    return [kind for kind in may if node.kind in _PLACES[kind]]


def authority_of(node: Node) -> Node:
    """Return the authority that `node` belongs to: the closest committee above (D-14).

    Where no committee stands above, the municipality's own board answers for it, and
    its place in the tree is the top.
    """
    above = _above(node).filter(kind__in=_AUTHORITIES)
    return above.order_by("-path")[0]


def authorities() -> "QuerySet[Node]":
    """Return the authorities: each committee, and the municipality's own board."""
    rows = Node.objects.filter(kind__in=_AUTHORITIES, closed_at=None)
    return rows.order_by("path")


def channels_of(authority: Node) -> "QuerySet[Node]":
    """Return the channels' nodes of an authority, without those of another below it."""
    below = Node.objects.filter(path__startswith=authority.path)
    rows = below.filter(kind=Node.Kind.CHANNEL)
    for other in below.filter(kind__in=_AUTHORITIES).exclude(pk=authority.pk):
        rows = rows.exclude(path__startswith=other.path)
    return rows.order_by("name")


def holding(kind: Kind, node: Node, *, on: date) -> LocalDecision | None:
    """Return the decision of the closest place at or above `node` that holds on a day.

    For disposal ask `disposal`: another authority's decision never counts there.
    """
    rows = LocalDecision.objects.holding(on).filter(kind=kind, node__in=_above(node))
    newest = rows.select_related("node").order_by("-valid_from", "-pk")
    return max(newest, key=lambda d: len(d.node.path), default=None)


def disposal(node: Node, category: str, *, on: date) -> LocalDecision | None:
    """Return the decision by which `category` may be disposed of at `node` (D-14).

    Only the authority that `node` belongs to decides: one for the very channel goes
    before one for all channels. None means that nothing may be disposed of.
    """
    rows = LocalDecision.objects.holding(on).filter(
        kind=Kind.DISPOSAL, category=category, node=authority_of(node)
    )
    rows = rows.filter(Q(scope=None) | Q(scope=node)).order_by("-valid_from", "-pk")
    found = list(rows.select_related("node", "scope"))
    return next((d for d in found if d.scope_id), None) or next(iter(found), None)


def categories(at: datetime) -> dict[str, str]:
    """Return what may be disposed of by decision, each code with its words."""
    told = rules.in_force(at).value("disposal_categories")
    rows = told if isinstance(told, list) else []
    pairs = (str(row).partition(":") for row in rows)
    return {code: words for code, _, words in pairs}


def _fits(kind: Kind, node: Node, told: Told, at: datetime) -> None:
    pattern = rules.in_force(at).text("diary_pattern")
    if re.fullmatch(pattern, told.diary_number) is None:
        raise BadNumber(told.diary_number)
    if (kind == Kind.DISPOSAL) != (told.disposal is not None):
        raise BadScope
    if told.disposal is not None:
        _covers(told.disposal, node, at)


def _covers(disposal: Disposal, node: Node, at: datetime) -> None:
    if disposal.category not in categories(at):
        raise BadScope(disposal.category)
    channel = disposal.channel
    if channel is not None and authority_of(channel) != node:
        raise BadScope(channel.name)
    if disposal.retention != AT_ONCE:
        try:
            Every.parse(disposal.retention)
        except UnknownInterval as fault:
            raise BadScope(disposal.retention) from fault


def _recorded(kind: Kind, told: Told) -> dict[str, "JsonValue"]:
    disposal = told.disposal
    channel = disposal.channel if disposal else None
    return {
        "kind": str(kind),
        "title": told.title,
        "text": told.text,
        "decided_by": told.decided_by,
        "decided_on": str(told.decided_on),
        "number": told.diary_number,
        "from": str(told.valid_from),
        "until": str(told.valid_until or ""),
        "category": disposal.category if disposal else "",
        "retention": disposal.retention if disposal else "",
        "channel": channel.pk if channel else 0,
    }


def _above(node: Node) -> "QuerySet[Node]":
    """Return `node` and each place above it."""
    numbers = [int(part) for part in node.path.split("/") if part]
    return Node.objects.filter(pk__in=numbers)


def oversight_by_report(at: datetime) -> list[LocalDecision]:
    """Return what lets the municipality watch on report only at `at` (D-21)."""
    rows = LocalDecision.objects.filter(kind=Kind.OVERSIGHT, at__lte=at)
    return list(rows.holding(timezone.localtime(at).date()).order_by("at", "pk"))
