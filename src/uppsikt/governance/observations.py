"""What was seen: written once in the act's own transaction, read by the checks."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from uppsikt.governance import moves, rules
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Node, Observation
from uppsikt.policy import facts as known
from uppsikt.policy.facts import Fact, Seen, Value
from uppsikt.policy.roles import Right
from uppsikt.records import ledger

ATTESTED = "attested"
MEASURED = "measured"


@transaction.atomic
def attest(
    fact: Fact,
    node: Node,
    value: Value,
    *,
    actor: Actor,
    at: datetime,
    note: str = "",
) -> Observation:
    """Store what the actor says of `fact` at `node`, if it is theirs to say."""
    moves.require(actor, node.path, rules.in_force(at).attesters(fact.name))
    seen = Seen(fact, fact.checked(value), at, source=ATTESTED, note=note)
    return _store(seen, node, actor=actor)


@transaction.atomic
def say(seen: Seen, node: Node, *, right: Right, actor: Actor) -> Observation:
    """Store what the actor says at `node` by `right`: no control asks them for it."""
    moves.must(right, actor, node.path, at=seen.at)
    seen.fact.checked(seen.value)
    return _store(replace(seen, source=ATTESTED), node, actor=actor)


@transaction.atomic
def measure(
    fact: Fact, node: Node, value: Value, *, actor: Actor, at: datetime
) -> Observation:
    """Store what the program measured of `fact` at `node`."""
    seen = Seen(fact, fact.checked(value), at, source=MEASURED)
    return _store(seen, node, actor=actor)


def _store(seen: Seen, node: Node, *, actor: Actor) -> Observation:
    told = {"value": seen.value, "source": seen.source, "note": seen.note}
    entry = ledger.append(
        "fact.observe",
        f"node:{node.pk}",
        {"fact": seen.fact.name, **told},
        actor=actor.name,
        at=seen.at,
    )
    return Observation.objects.create(
        node=node, fact=seen.fact.name, at=seen.at, by=actor.user, entry=entry, **told
    )


def of(nodes: Iterable[int], *, at: datetime) -> dict[int, list[Seen]]:
    """Return all that was observed of each node until `at`, by one query."""
    rows = Observation.objects.filter(node__in=nodes, at__lte=at)
    found: dict[int, list[Seen]] = {}
    for row in rows.select_related("by", "entry").order_by("at", "pk"):
        found.setdefault(row.node_id, []).append(_seen(row))
    return found


def _seen(row: Observation) -> Seen:
    fact = known.named(row.fact)
    return Seen(
        fact,
        fact.checked(row.value),
        row.at,
        by=str(row.by) if row.by else "",
        source=row.source,
        entry=row.entry.number,
        note=row.note,
    )
