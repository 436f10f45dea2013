"""The people of a channel: who answers for it, who reaches the account, who no more."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from uppsikt.channels import telling
from uppsikt.channels.models import AccessHolder, Channel
from uppsikt.governance import moves, observations, rules
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Assignment, Node, User
from uppsikt.policy import facts as f
from uppsikt.policy.roles import Right, Role
from uppsikt.policy.words import N_
from uppsikt.records import ledger

LEADS: Final = (Role.CHANNEL_OWNER, Role.DEPUTY)
Method = AccessHolder.Method
State = AccessHolder.State


class NoSuchDay(ValidationError):
    """Nobody can have seen it on a day that has not come."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """How a sign-in at the platform is guarded, and when somebody saw it so.

    `reason` says why there is no second factor where the platform offers none.
    """

    state: State = State.OFF
    method: str = ""
    confirmed_on: date | None = None
    reason: str = ""

    @classmethod
    def on(cls, method: str, confirmed_on: date) -> "SignIn":
        """Return a sign-in guarded by `method`, seen so on `confirmed_on`."""
        return cls(State.ON, method, confirmed_on)

    def must_be_whole(self, today: date) -> None:
        """Raise `ValidationError` for what cannot be, or says too little."""
        if self.confirmed_on and self.confirmed_on > today:
            raise NoSuchDay(N_("The day lies in the future."))
        if self.state == State.ON and not (self.method and self.confirmed_on):
            raise ValidationError(N_("Say which kind of two-factor, and seen when."))
        if self.state == State.UNAVAILABLE and not self.reason.strip():
            raise ValidationError(N_("Say why there is no two-factor."))

    @property
    def told(self) -> dict[str, ledger.JsonValue]:
        """Return it as the ledger writes it."""
        return {
            "state": self.state,
            "method": self.method,
            "confirmed_on": str(self.confirmed_on or ""),
            "reason": self.reason,
        }


def must_appoint(channel: Channel, actor: Actor, *, at: datetime) -> None:
    """Raise unless the actor names the channel's people."""
    must_run(channel, actor, rules.in_force(at).holders(Right.APPOINT))


def must_keep_access(channel: Channel, actor: Actor, *, at: datetime) -> None:
    """Raise unless the actor keeps the list of who reaches the account."""
    must_run(channel, actor, rules.in_force(at).holders(Right.EDIT_CARD))


def must_revoke(channel: Channel, actor: Actor, *, at: datetime) -> None:
    """Raise unless the actor may note that an access is taken back."""
    moves.must(Right.REVOKE_ACCESS, actor, channel.path, at=at)


def must_run(channel: Channel, actor: Actor, may: frozenset[Role]) -> None:
    """Raise unless the channel is approved and not closed, and the actor may."""
    if not channel.runs:
        raise moves.TooLate
    moves.require(actor, channel.path, may)


@transaction.atomic
def appoint(
    channel: Channel, user: User, role: Role, *, actor: Actor, at: datetime
) -> Assignment:
    """Make `user` owner or substitute; the one before leaves at the same moment.

    Nobody is both: a substitute who becomes owner is substitute no more (R-6.4-3).
    """
    must_appoint(channel, actor, at=at)
    if role not in LEADS:
        raise ValueError(role)
    held = Assignment.objects.holding(at).filter(node=channel.node, role__in=LEADS)
    held.filter(Q(role=role) ^ Q(user=user)).update(ends_at=at)
    telling.appointed(channel, user, role, at=at)
    told: dict[str, ledger.JsonValue] = {"role": role, "user": user.pk}
    ledger.append("channel.appoint", channel.subject, told, actor=actor.name, at=at)
    return hold(channel.node, user, role, at)


def hold(node: Node, user: User, role: Role, at: datetime) -> Assignment:
    """Let `user` hold `role` at `node` from now, if not before."""
    held = Assignment.objects.holding(at).filter(node=node, user=user, role=role)
    return held.first() or Assignment.objects.create(
        node=node, user=user, role=role, starts_at=at
    )


@transaction.atomic
def give_access(
    channel: Channel,
    user: User,
    sign_in: SignIn,
    platform_role: str = "",
    *,
    actor: Actor,
    at: datetime,
) -> AccessHolder:
    """Note that `user` reaches the account, as what, and how guarded (R-5.1-1, R-4-6).

    What held before stands in the list with the day it ended, so that any past day
    can be shown (R-6.7-1).
    """
    must_keep_access(channel, actor, at=at)
    today = timezone.localtime(at).date()
    sign_in.must_be_whole(today)
    holder = _from_today(channel, user, today)
    holder.platform_role = platform_role or holder.platform_role
    holder.state, holder.reason = sign_in.state, sign_in.reason.strip()
    holder.two_factor, holder.two_factor_on = sign_in.method, sign_in.confirmed_on
    holder.save()
    told = {"user": user.pk, "as": holder.platform_role, **sign_in.told}
    ledger.append("channel.give_access", channel.subject, told, actor=actor.name, at=at)
    return holder


def _from_today(channel: Channel, user: User, today: date) -> AccessHolder:
    """Return the row that holds from today on, having ended the one before it."""
    now = AccessHolder.objects.filter(channel=channel, user=user, until=None).first()
    if now and now.since == today:
        return now
    first_on, role = today, AccessHolder.As.ADMIN.value
    if now:
        first_on, role = now.first_on, now.platform_role
        now.until = today
        now.save(update_fields=["until"])
    return AccessHolder(
        channel=channel,
        user=user,
        since=today,
        first_on=first_on,
        platform_role=role,
    )


@transaction.atomic
def end_access(holder: AccessHolder, *, actor: Actor, at: datetime) -> None:
    """Note that the person can no longer reach the account, and who saw to it (R-4-7).

    Raises:
        moves.NotYours: the actor may not.
        moves.TooLate: it has ended before.
    """
    channel = holder.channel
    must_revoke(channel, actor, at=at)
    today = timezone.localtime(at).date()
    fields = {"until": today, "ended_by": actor.person, "ended_at": at}
    if not AccessHolder.objects.filter(pk=holder.pk, until=None).update(**fields):
        raise moves.TooLate
    holder.refresh_from_db()
    told = {"user": holder.user_id}
    ledger.append("channel.end_access", channel.subject, told, actor=actor.name, at=at)


@transaction.atomic
def confirm_two_factor(
    channel: Channel, sign_in: SignIn, *, actor: Actor, at: datetime
) -> None:
    """Say how the channel's own sign-in is guarded (R-5.1-1).

    Where the platform offers none, the answer is no with the reason, and the head of
    communications decides on an exemption.
    """
    must_run(channel, actor, rules.in_force(at).attesters(f.TWO_FACTOR.name))
    sign_in.must_be_whole(timezone.localtime(at).date())
    guarded = sign_in.state == State.ON
    note, node = sign_in.reason.strip(), channel.node
    observations.attest(f.TWO_FACTOR, node, guarded, actor=actor, at=at, note=note)
    how = sign_in.method if guarded else sign_in.state.value
    observations.measure(f.TWO_FACTOR_HOW, node, how, actor=actor, at=at)
