"""Who comes in, with which role and for how long, and who goes out again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeAlias

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from pydantic import JsonValue

from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Assignment, Node, User
from uppsikt.governance.moves import NoReason, NotYours, TooLate
from uppsikt.policy.roles import Role
from uppsikt.policy.words import N_, Message
from uppsikt.records import ledger, mail

_LEADS: Final = frozenset({Role.LINE_MANAGER, Role.DEPARTMENT_DIRECTOR})
# The head of communications may act as the communications office.
_OFFICE: Final = frozenset({Role.COMMUNICATIONS_OFFICE, Role.COMMUNICATIONS_DIRECTOR})
KEEPERS: Final = _OFFICE | {Role.SYSTEM_ADMINISTRATOR}

# Who appoints whom (requirements 5.2). A channel's people are named by its managers
# only, so that nobody who keeps the house running can open the evidence in it.
APPOINTED_BY: Final[dict[Role, frozenset[Role]]] = {
    **dict.fromkeys((Role.CHANNEL_OWNER, Role.DEPUTY, Role.PUBLISHER), _LEADS),
    Role.EMPLOYEE: _LEADS | KEEPERS | {Role.COMMUNICATIONS_OFFICER},
    **dict.fromkeys(
        (Role.LINE_MANAGER, Role.DEPARTMENT_DIRECTOR, Role.COMMUNICATIONS_OFFICER),
        KEEPERS,
    ),
    **dict.fromkeys(
        (
            Role.REGISTRAR,
            Role.ARCHIVIST,
            Role.DATA_PROTECTION_OFFICER,
            Role.AUDITOR,
        ),
        KEEPERS,
    ),
    **dict.fromkeys(
        (
            Role.COMMUNICATIONS_OFFICE,
            Role.COMMUNICATIONS_DIRECTOR,
            Role.MUNICIPAL_DIRECTOR,
            Role.SYSTEM_ADMINISTRATOR,
        ),
        frozenset({Role.SYSTEM_ADMINISTRATOR}),
    ),
}
APPOINTERS: Final = _LEADS | KEEPERS | {Role.COMMUNICATIONS_OFFICER}
SEES_PEOPLE: Final = APPOINTERS | {Role.AUDITOR}

Users: TypeAlias = QuerySet[User]


@dataclass(frozen=True, slots=True)
class Post:
    """A role at a place, until a moment or until further notice."""

    role: Role
    node: Node
    until: datetime | None = None


def seen_by(actor: Actor) -> Users:
    """Return the people whose roles, held now or once, `actor` may see."""
    return _at_places(actor, SEES_PEOPLE, Assignment.objects.all())


def reached_by(actor: Actor, roles: frozenset[Role], *, at: datetime) -> Users:
    """Return who holds a role at a place where `actor` holds one of `roles`."""
    return _at_places(actor, roles, Assignment.objects.holding(at))


def _at_places(
    actor: Actor, roles: frozenset[Role], held: QuerySet[Assignment]
) -> Users:
    here = Q(pk__in=[])
    for path in sorted({path for role, path in actor.grants if role in roles}):
        here |= Q(node__path__startswith=path)
    wanted = Q(pk__in=held.filter(here).values("user"))
    if actor.has(*KEEPERS):
        wanted |= ~Q(pk__in=Assignment.objects.values("user"))
    return User.objects.filter(wanted)


def appoints(actor: Actor, node: Node) -> list[Role]:
    """Return the roles that `actor` may give at `node`, in the order of the list."""
    held = actor.roles_at(node.path)
    return [role for role in Role if held & APPOINTED_BY.get(role, frozenset())]


@transaction.atomic
def assign(user: User, post: Post, *, actor: Actor, at: datetime) -> Assignment:
    """Give `user` a role at a place."""
    must_appoint(post.role, post.node, actor)
    _not_oneself(user, actor)
    assignment = appointed(user, post, at)
    facts: dict[str, JsonValue] = {
        "role": post.role,
        "node": post.node.pk,
        "until": iso(post.until),
    }
    write("person.assign", user, facts, actor=actor, at=at)
    return assignment


@transaction.atomic
def end_assignment(assignment: Assignment, *, actor: Actor, at: datetime) -> None:
    """End a role now. What was done by it stays as it was.

    Raises:
        NotYours: the actor does not appoint to it.
        TooLate: it has ended already, and when it did stays as it was.
    """
    must_appoint(Role(assignment.role), assignment.node, actor)
    held = Assignment.objects.holding(at).filter(pk=assignment.pk)
    if not held.update(ends_at=at):
        raise TooLate
    assignment.ends_at = at
    facts: dict[str, JsonValue] = {"role": assignment.role, "node": assignment.node.pk}
    write("person.end_assignment", assignment.user, facts, actor=actor, at=at)


@transaction.atomic
def reset_factor(user: User, *, why: str, actor: Actor, at: datetime) -> None:
    """Take away a lost second factor, so that a new one is set up at next sign-in.

    Whom the identity provider knew by the address is forgotten too: it may have moved
    on to another service, or the person may be known there anew.
    """
    _must_keep(user, why, actor)
    Authenticator.objects.filter(user=user).delete()
    SocialAccount.objects.filter(user=user).delete()
    _sign_out(user, at)
    write("person.reset_factor", user, {"why": why}, actor=actor, at=at)
    letter(user, _("Your second factor was reset"), _reset(user, actor), at)


@transaction.atomic
def deactivate(user: User, *, why: str, actor: Actor, at: datetime) -> None:
    """Close a person's account the same day: no sign-in, no roles, no open session."""
    _must_keep(user, why, actor)
    user.is_active, user.left_at = False, at
    user.save(update_fields=["is_active", "left_at"])
    Assignment.objects.holding(at).filter(user=user).update(ends_at=at)
    _sign_out(user, at)
    write("person.deactivate", user, {"why": why}, actor=actor, at=at)


def keeps(user: User, actor: Actor) -> bool:
    """Tell whether `actor` may reset or close the account of `user`."""
    return actor.has(*KEEPERS) and actor.user != user


def must_appoint(role: Role, node: Node, actor: Actor) -> None:
    """Raise `NotYours` unless the actor appoints `role` at `node`."""
    wanted = APPOINTED_BY.get(role, frozenset())
    if not actor.roles_at(node.path) & wanted:
        raise _only(wanted)


def _must_keep(user: User, why: str, actor: Actor) -> None:
    if not actor.has(*KEEPERS):
        raise _only(KEEPERS)
    _not_oneself(user, actor)
    if not why.strip():
        raise NoReason


def _only(roles: Iterable[Role]) -> NotYours:
    return NotYours(
        Message(N_("Only %(roles)s may do this here."), {"roles": tuple(sorted(roles))})
    )


def _not_oneself(user: User, actor: Actor) -> None:
    if actor.user == user:
        raise NotYours(
            Message(N_("You cannot do this for yourself. Ask a colleague to do it."))
        )


def appointed(user: User, post: Post, at: datetime) -> Assignment:
    """Store a role that `must_appoint` let through."""
    return Assignment.objects.create(
        user=user, role=post.role, node=post.node, starts_at=at, ends_at=post.until
    )


def iso(moment: datetime | None) -> str:
    """Return a moment as the ledger writes it, "" for none."""
    return moment.isoformat() if moment else ""


def _sign_out(user: User, at: datetime) -> None:
    """End every session of `user`; the store has no index by person."""
    for session in Session.objects.filter(expire_date__gt=at).iterator():
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            session.delete()


def write(
    act: str, user: User, facts: dict[str, JsonValue], *, actor: Actor, at: datetime
) -> None:
    """Write one entry about `user` in the ledger."""
    ledger.append(act, f"user:{user.pk}", facts, actor=actor.name, at=at)


def letter(user: User, subject: str, body: str, at: datetime) -> None:
    """Ask the post room to write to `user`."""
    mail.ask(user.email, subject, body, at=at)


def _reset(user: User, actor: Actor) -> str:
    return _(
        "Hi %(name)s!\n\n%(colleague)s has reset your second factor. You add a new one "
        "the next time you sign in.\n\nDid you not ask for this? Tell your system "
        "administrator at once."
    ) % {"name": user.first_name, "colleague": actor.user}
