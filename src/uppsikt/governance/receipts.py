"""Who has read the guideline in force, and who has not (R-1-2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet

from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Adoption, Assignment, Receipt, User
from uppsikt.policy import facts as f
from uppsikt.policy.facts import Seen
from uppsikt.policy.roles import Role
from uppsikt.records import ledger

ANSWERS_FOR_IT = (Role.CHANNEL_OWNER, Role.DEPUTY)


class AlreadyRead(Exception):
    """The person has said so of this version before."""


@dataclass(frozen=True, slots=True)
class Reader:
    """A person, and when they said that they have read the version in force."""

    user: User
    read_at: datetime | None


def version(at: datetime) -> Adoption | None:
    """Return the version of the guideline in force at `at`, if any."""
    rows = Adoption.objects.filter(starts_at__lte=at)
    return rows.select_related("person").order_by("-starts_at").first()


@transaction.atomic
def read(adoption: Adoption, *, actor: Actor, at: datetime) -> Receipt:
    """Keep that the actor has read a version of the guideline (R-1-2).

    Raises:
        NobodyThere: the clock reads nothing.
        AlreadyRead: the actor has said so before.
    """
    told: dict[str, ledger.JsonValue] = {
        "guideline": adoption.guideline,
        "version": adoption.pk,
    }
    entry = ledger.append("guideline.read", actor.name, told, actor=actor.name, at=at)
    try:
        with transaction.atomic():
            return Receipt.objects.create(
                user=actor.person, adoption=adoption, at=at, entry=entry
            )
    except IntegrityError as fault:
        raise AlreadyRead from fault


def receipt(user: User, adoption: Adoption) -> Receipt | None:
    """Return the receipt of `user` for a version, if there is one."""
    return Receipt.objects.filter(user=user, adoption=adoption).first()


def unread(user: User, *, at: datetime) -> Adoption | None:
    """Return the version in force if `user` has not read it, by one question."""
    mine = Receipt.objects.filter(user=user, adoption=OuterRef("pk"))
    rows = Adoption.objects.filter(starts_at__lte=at).annotate(read=Exists(mine))
    newest = rows.order_by("-starts_at").first()
    return None if newest is None or newest.read else newest


def people_of(paths: Sequence[str], *, at: datetime) -> QuerySet[User]:
    """Return the active people with a role at or below one of `paths`, by name."""
    held = Assignment.objects.holding(at)
    wanted = held.none()
    for path in paths:
        wanted |= held.filter(node__path__startswith=path)
    rows = User.objects.filter(is_active=True, pk__in=wanted.values("user"))
    return rows.order_by("first_name", "last_name", "pk")


def readers(people: Sequence[User], adoption: Adoption) -> list[Reader]:
    """Return `people` in order, each with when they read the version, by one query."""
    rows = Receipt.objects.filter(adoption=adoption, user__in=people)
    read_at = dict(rows.values_list("user", "at"))
    return [Reader(user, read_at.get(user.pk)) for user in people]


def of_channels(nodes: Sequence[int], *, at: datetime) -> dict[int, list[Seen]]:
    """Return, for each channel's node, who answers for it and has not read (R-1-2).

    One query. What is seen dates from when it could first be read: when the version
    began, or when the person was appointed after that.
    """
    held = Assignment.objects.holding(at).filter(node__in=nodes)
    held = held.filter(role__in=ANSWERS_FOR_IT, user__is_active=True)
    newest = Adoption.objects.filter(starts_at__lte=at).order_by("-starts_at")
    begun = newest.values("starts_at")[:1]
    theirs = Receipt.objects.filter(
        user=OuterRef("user"), adoption__starts_at=begun, at__lte=at
    )
    rows = held.annotate(read=Exists(theirs), begun=begun).select_related("user")
    found: dict[int, list[Assignment]] = {}
    for row in rows.order_by("user__first_name", "pk"):
        found.setdefault(row.node_id, []).append(row)
    return {node: [_seen(answering)] for node, answering in found.items()}


def _seen(rows: Sequence[Assignment]) -> Seen:
    late = [row for row in rows if not row.read]  # type: ignore[attr-defined]
    since = min(max(r.starts_at, r.begun) for r in late or rows)  # type: ignore[attr-defined]
    who = tuple(dict.fromkeys(str(row.user) for row in late))
    return Seen(f.NOT_READ_BY, who, since)
