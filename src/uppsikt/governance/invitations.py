"""The way in: a colleague invites, the invited chooses a password."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext as _

from uppsikt.governance import people
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Invitation, User
from uppsikt.governance.people import Post

if TYPE_CHECKING:
    from pydantic import JsonValue

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

    `door` is the address of the page that accepts, to which the token is added. Of the
    token itself the invitation keeps a digest; it stands in the letter until that is
    sent, and whoever reads it can become the invited.
    """
    people.must_appoint(post.role, post.node, actor)
    user = _account(newcomer)
    people.appointed(user, post, at)
    welcome = _welcome(user, actor, at)
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
    told: dict[str, JsonValue] = {"invited_by": invitation.by_id or 0}
    people.write(
        "person.accept", user, told, actor=Actor(f"user:{user.pk}", user, ()), at=at
    )
    _tell_both(invitation, at)
    return user


@transaction.atomic
def arrive(user: User, *, at: datetime) -> None:
    """Let an invited person in whom the municipality's identity provider knows.

    The letter's link then opens nothing more. Who is in already is let be.
    """
    waiting = user.invitations.filter(used_at=None)
    invitation = waiting.order_by("-expires_at").first()
    if invitation is None or not waiting.update(used_at=at):
        return
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
    told: dict[str, JsonValue] = {
        "invited_by": invitation.by_id or 0,
        "identity_provider": True,
    }
    people.write(
        "person.accept", user, told, actor=Actor(f"user:{user.pk}", user, ()), at=at
    )


def _tell_both(invitation: Invitation, at: datetime) -> None:
    """Tell the invited and the inviter, so that a stranger who got in is noticed."""
    user, inviter = invitation.user, invitation.by
    people.letter(user, _("Your account is open"), _opened(user), at)
    if inviter is not None and inviter != user:
        subject = _("%(person)s has accepted your invitation") % {"person": user}
        people.letter(inviter, subject, _accepted(user, inviter), at)


def invited(token: str, *, at: datetime) -> Invitation:
    """Return the invitation that `token` opens; raise what is wrong with it."""
    rows = Invitation.objects.select_related("user", "by").filter(digest=_digest(token))
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


def _welcome(user: User, actor: Actor, at: datetime) -> Welcome:
    token = secrets.token_urlsafe(32)
    Invitation.objects.create(
        user=user, digest=_digest(token), expires_at=at + LASTS, by=actor.user
    )
    return Welcome(user, token)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _invited(welcome: Welcome, door: str) -> str:
    return _(
        "Hi %(name)s!\n\nYou have been invited to Uppsikt. Choose a password here:\n\n"
        "%(door)s%(token)s\n\nThe invitation holds for seven days."
    ) % {"name": welcome.user.first_name, "door": door, "token": welcome.token}


def _opened(user: User) -> str:
    return _(
        "Hi %(name)s!\n\nThe invitation to Uppsikt that was sent to you has been "
        "accepted, and a password is chosen.\n\nWas it not you? Tell your system "
        "administrator at once."
    ) % {"name": user.first_name}


def _accepted(user: User, inviter: User) -> str:
    return _(
        "Hi %(name)s!\n\nYour invitation to %(person)s has been accepted. Ask them in "
        "person or by telephone whether it was they. If not, tell your system "
        "administrator at once."
    ) % {"name": inviter.first_name, "person": user}
