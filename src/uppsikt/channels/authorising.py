"""Who may publish and who may represent us: decided by the department (R-3.1-2, -3)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from uppsikt.channels.models import AccessHolder, Authorisation, Channel
from uppsikt.governance import moves
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Node, User
from uppsikt.policy.roles import Right
from uppsikt.policy.words import N_
from uppsikt.records import ledger

Kind = Authorisation.Kind


class AuthorisedAlready(Exception):
    """The person has the same authorisation here on one of those days."""


class NoSuchDays(ValidationError):
    """The last day comes before the first."""


@dataclass(frozen=True, slots=True)
class Grant:
    """What is decided: which authorisation, from which day, and through which."""

    kind: Kind
    since: date
    until: date | None = None


def must_authorise(channel: Channel, actor: Actor, *, at: datetime) -> None:
    """Raise unless the actor decides who may publish in the channel."""
    moves.must(Right.AUTHORISE, actor, channel.path, at=at)


@transaction.atomic
def authorise(
    node: Node, user: User, grant: Grant, *, actor: Actor, at: datetime
) -> Authorisation:
    """Let `user` publish, or represent the municipality, at `node` and below it.

    Raises:
        moves.NotYours: the actor does not decide here.
        NoSuchDays, AuthorisedAlready: it cannot be, or is so already.
    """
    moves.must(Right.AUTHORISE, actor, node.path, at=at)
    if grant.until and grant.until < grant.since:
        raise NoSuchDays(N_("The last day comes before the first."))
    if _overlaps(node, user, grant):
        raise AuthorisedAlready
    row = Authorisation.objects.create(
        node=node,
        user=user,
        kind=grant.kind,
        since=grant.since,
        until=grant.until,
        granted_by=actor.person,
        granted_at=at,
    )
    _tell("person.authorise", row, actor, at)
    return row


@transaction.atomic
def end(row: Authorisation, *, actor: Actor, at: datetime) -> None:
    """End an authorisation: yesterday was its last day.

    Raises:
        moves.NotYours: the actor does not decide here.
        moves.TooLate: it has ended.
    """
    moves.must(Right.AUTHORISE, actor, row.node.path, at=at)
    day = timezone.localtime(at).date()
    standing = Authorisation.objects.filter(pk=row.pk, ended_at=None)
    standing = standing.exclude(until__lt=day)
    last = day - timedelta(days=1)
    fields = {"until": last, "ended_by": actor.person, "ended_at": at}
    if not standing.update(**fields):
        raise moves.TooLate
    row.refresh_from_db()
    _tell("person.end_authorisation", row, actor, at)


def _overlaps(node: Node, user: User, grant: Grant) -> bool:
    same = Authorisation.objects.filter(node=node, user=user, kind=grant.kind)
    if grant.until:
        same = same.filter(since__lte=grant.until)
    return same.exclude(until__lt=grant.since).exists()


def _tell(act: str, row: Authorisation, actor: Actor, at: datetime) -> None:
    told: dict[str, ledger.JsonValue] = {
        "node": row.node_id,
        "user": row.user_id,
        "kind": row.kind,
        "since": row.since.isoformat(),
        "until": row.until.isoformat() if row.until else "",
    }
    ledger.append(act, f"authorisation:{row.pk}", told, actor=actor.name, at=at)


@dataclass(frozen=True, slots=True)
class Reconciled:
    """The list of access held against the authorisations, for one channel."""

    unauthorised: tuple[AccessHolder, ...]
    """Who can publish and may not: a finding."""
    without_access: tuple[Authorisation, ...]
    """Who may publish and cannot: worth knowing, and no fault."""


def reconcile(
    channel: Channel, holders: list[AccessHolder], allowed: list[Authorisation]
) -> Reconciled:
    """Hold who reaches the account against who may publish there (R-3.1-2)."""
    may = [a for a in allowed if a.kind == Kind.PUBLISH and a.reaches(channel)]
    users = {a.user_id for a in may}
    can = {h.user_id for h in holders}
    return Reconciled(
        tuple(h for h in holders if h.publishes and h.user_id not in users),
        tuple(a for a in may if a.user_id not in can),
    )
