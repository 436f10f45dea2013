"""The way in: a colleague invites, the invited chooses a password."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext as _

from uppsikt.governance import people
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Invitation, User
from uppsikt.governance.people import Post

LASTS: Final = timedelta(days=7)


class AlreadyHere(Exception):
    """Somebody with that address has an account already."""


class NoSuchInvitation(Exception):
    """Nobody was invited with that token."""


class InvitationUsed(Exception):
    """The invitation was accepted before."""


class InvitationExpired(Exception):
    """The invitation was not accepted in time."""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A person as a colleague writes them down."""

    email: str
    first_name: str
    last_name: str
    title: str
    unit: str


@dataclass(frozen=True, slots=True)
class Welcome:
    """An invited person, and the token that lets them in: seen this once."""

    user: User
    token: str


@transaction.atomic
def invite(
    newcomer: Newcomer, post: Post, *, door: str, actor: Actor, at: datetime
) -> Welcome:
    """Invite a person to a role, by a letter that holds for seven days.

    `door` is the address of the page that accepts, to which the token is added. The
    token itself is returned and never stored; its digest is.
    """
    people.must_appoint(post.role, post.node, actor)
    user = _account(newcomer)
    people.appointed(user, post, at)
    welcome = _welcome(user, at)
    people.write(
        "person.invite",
        user,
        {"role": post.role, "node": post.node.pk, "until": people.iso(post.until)},
        actor=actor,
        at=at,
    )
    people.letter(user, _("Welcome to Uppsikt"), _invited(welcome, door), at)
    return welcome


@transaction.atomic
def accept(token: str, password: str, *, at: datetime) -> User:
    """Let the invited person in with the password they chose (already validated)."""
    invitation = invited(token, at=at)
    used = Invitation.objects.filter(pk=invitation.pk, used_at=None)
    if not used.update(used_at=at):
        raise InvitationUsed
    user = invitation.user
    user.set_password(password)
    user.save(update_fields=["password"])
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
    people.write(
        "person.accept", user, {}, actor=Actor(f"user:{user.pk}", user, ()), at=at
    )
    return user


def invited(token: str, *, at: datetime) -> Invitation:
    """Return the invitation that `token` opens; raise what is wrong with it."""
    rows = Invitation.objects.select_related("user").filter(digest=_digest(token))
    if (invitation := rows.first()) is None:
        raise NoSuchInvitation
    if invitation.used_at is not None:
        raise InvitationUsed
    if invitation.expires_at <= at or not invitation.user.is_active:
        raise InvitationExpired
    return invitation


def _account(newcomer: Newcomer) -> User:
    """Return the newcomer's account, made now unless an invitation waits already."""
    email = newcomer.email.strip().lower()
    known = User.objects.filter(email__iexact=email).first()
    if known is None:
        return User.objects.create_user(
            email,
            first_name=newcomer.first_name,
            last_name=newcomer.last_name,
            title=newcomer.title,
            unit=newcomer.unit,
        )
    if known.has_usable_password() or not known.is_active:
        raise AlreadyHere
    known.invitations.filter(used_at=None).delete()
    return known


def _welcome(user: User, at: datetime) -> Welcome:
    token = secrets.token_urlsafe(32)
    Invitation.objects.create(user=user, digest=_digest(token), expires_at=at + LASTS)
    return Welcome(user, token)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _invited(welcome: Welcome, door: str) -> str:
    return _(
        "Hi %(name)s!\n\nYou have been invited to Uppsikt. Choose a password here:\n\n"
        "%(door)s%(token)s\n\nThe invitation holds for seven days."
    ) % {"name": welcome.user.first_name, "door": door, "token": welcome.token}
