"""One function per act round the closing of a channel: guideline section 9.

What begins and ends the plan is called by the channel's own moves, in their
transaction; the rest is done by those whom the guideline lets plan and be heard.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from uppsikt.channels import closing_letters
from uppsikt.channels.models import AccessHolder, Channel, Closing, Consultation
from uppsikt.governance import moves
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Assignment
from uppsikt.policy.roles import Right, Role
from uppsikt.policy.words import N_
from uppsikt.records import ledger, media, vault

TOLD: Final = ("reason", "closes_on", "successor", "elsewhere", "elsewhere_url")
"""What the public reads of the plan."""
OURS: Final = (
    "impact",
    "account",
    "exported_on",
    "ads_stopped_on",
    "links_updated_on",
)
"""What only we read of it."""
PICTURES: Final = (media.PNG, media.JPEG, media.WEBP, media.PDF)
MANAGERS: Final = frozenset({Role.LINE_MANAGER, Role.DEPARTMENT_DIRECTOR})
OFFICERS: Final = frozenset({Role.COMMUNICATIONS_OFFICER, Role.COMMUNICATIONS_OFFICE})
SIDES: Final = {
    Role.LINE_MANAGER: MANAGERS,
    Role.COMMUNICATIONS_OFFICER: OFFICERS,
}
"""Who must be heard, and who can speak for them."""


class NoOpinion(Exception):
    """An opinion without words is none."""


class NotOut(Exception):
    """The farewell is not at the platform, so it can be at no address there."""


def begin(channel: Channel, *, why: str, actor: Actor, at: datetime) -> Closing:
    """Begin the plan, and tell whoever is to be heard (R-9-2).

    A manager or an officer who begins it has been heard: their reason is the opinion.
    """
    plan = Closing.objects.create(channel=channel, begun_at=at, begun_by=actor.user)
    for side in _sides(channel, actor):
        _hear(plan, side, why, actor=actor, at=at)
    closing_letters.ask_opinion(plan, why=why, actor=actor, at=at)
    return plan


def drop(channel: Channel, *, at: datetime) -> None:
    """Drop the plan, since the channel is kept; what the public was told is undone."""
    plans = Closing.objects.under_way().filter(channel=channel)
    plans.update(dropped_at=at)


def end(channel: Channel, *, why: str, actor: Actor, at: datetime) -> None:
    """End the plan, or make one after the fact, and everybody's part in the channel.

    Roles at the channel end; who reaches the account is left to be taken back at the
    platform. The head of communications is told (R-9-2).
    """
    if channel.launched_at:
        plan, _ = Closing.objects.get_or_create(
            channel=channel,
            dropped_at=None,
            defaults={"begun_at": at, "begun_by": actor.user},
        )
        plan.closed_at = at
        plan.save(update_fields=["closed_at"])
    Assignment.objects.holding(at).filter(node=channel.node).update(ends_at=at)
    closing_letters.closed(channel, why=why, at=at)


def must_plan(plan: Closing, actor: Actor, *, at: datetime) -> None:
    """Raise unless the actor may say how the channel is closed."""
    if plan.dropped_at is not None:
        raise moves.TooLate
    moves.must(Right.PLAN_CLOSING, actor, plan.path, at=at)


@transaction.atomic
def plan(
    closing: Closing, told: Mapping[str, object], *, actor: Actor, at: datetime
) -> tuple[str, ...]:
    """Write what is planned; return the names of what changed.

    Also after the closing: a reason or a successor can be put right, and what is left
    of the checklist seen to. The day cannot be changed then.

    Raises:
        moves.NotYours, moves.TooLate: the actor may not, or the plan is dropped.
        ValidationError: a channel is no successor of its own.
    """
    must_plan(closing, actor, at=at)
    changes = {n: told[n] for n in _differing(closing, told)}
    if changes.get("successor") == closing.channel:
        raise ValidationError({"successor": N_("A channel cannot replace itself.")})
    for name, value in changes.items():
        setattr(closing, name, value)
    if changes:
        closing.save(update_fields=list(changes))
        _note(closing, "plan", changes, actor=actor, at=at)
    if changes.keys() & set(TOLD):
        _shown(closing, at)
    return tuple(changes)


def sides_of(closing: Closing, actor: Actor) -> tuple[Role, ...]:
    """Return on whose behalf the actor is heard, of those not heard yet."""
    heard = closing.heard()
    return tuple(s for s in _sides(closing.channel, actor) if s not in heard)


@transaction.atomic
def consult(
    closing: Closing, side: Role, opinion: str, *, actor: Actor, at: datetime
) -> Consultation:
    """Keep what a manager or an officer says of the closing (R-9-2).

    Raises:
        NoOpinion: nothing was written.
        moves.NotYours, moves.TooLate: not theirs to say, or it is over.
    """
    if not closing.under_way:
        raise moves.TooLate
    moves.must(Right.CONSULT, actor, closing.path, at=at)
    moves.require(actor, closing.path, SIDES[side])
    if not opinion.strip():
        raise NoOpinion
    return _hear(closing, side, opinion.strip(), actor=actor, at=at)


@transaction.atomic
def note_farewell(
    closing: Closing, text: str, url: str, day: date, *, actor: Actor, at: datetime
) -> None:
    """Note that the farewell is out: its text, where, and since when (R-9-5).

    Raises:
        NotOut: the day lies in the future, or there is no address.
        moves.NotYours, moves.TooLate: the actor may not, or the plan is dropped.
    """
    must_plan(closing, actor, at=at)
    if not url or day > timezone.localtime(at).date():
        raise NotOut
    put_farewell(closing, text, url, day, actor=actor, at=at)


@transaction.atomic
def put_farewell(
    closing: Closing, text: str, url: str, day: date, *, actor: Actor, at: datetime
) -> None:
    """Put down the farewell as it was read back at the platform, by the clock too."""
    closing.farewell_text, closing.farewell_url = text, url
    closing.farewell_on = day
    closing.save(update_fields=["farewell_text", "farewell_url", "farewell_on"])
    told: dict[str, object] = {"text": text, "url": url, "day": day}
    _note(closing, "farewell", told, actor=actor, at=at)
    _shown(closing, at)


@transaction.atomic
def keep_picture(closing: Closing, data: bytes, *, actor: Actor, at: datetime) -> None:
    """Keep a person's last picture of the channel, its contents checked.

    Raises:
        media.NotWhatItSays, vault.NoRoom: nothing is kept.
        moves.NotYours, moves.TooLate: the actor may not, or the plan is dropped.
    """
    must_plan(closing, actor, at=at)
    blob = vault.keep(data, media.checked(data, PICTURES), at=at)
    closing.picture = blob
    closing.save(update_fields=["picture"])
    _note(closing, "picture", {"blob": blob.name}, actor=actor, at=at)


def holders(closing: Closing) -> list[AccessHolder]:
    """Return who still reaches the account, also people who have left."""
    rows = AccessHolder.objects.filter(channel=closing.channel_id, until=None)
    return list(rows.select_related("user").order_by("since", "pk"))


def _sides(channel: Channel, actor: Actor) -> Iterable[Role]:
    roles = actor.roles_at(channel.path)
    return [side for side, speaks in SIDES.items() if roles & speaks]


def _hear(
    closing: Closing, side: Role, opinion: str, *, actor: Actor, at: datetime
) -> Consultation:
    said = Consultation.objects.create(
        closing=closing, user=actor.person, role=side, opinion=opinion, at=at
    )
    _note(closing, "consult", {"as": side, "opinion": opinion}, actor=actor, at=at)
    return said


def _differing(closing: Closing, told: Mapping[str, object]) -> Iterable[str]:
    fixed = {"closes_on"} if closing.closed_at else set()
    names = [n for n in (*TOLD, *OURS) if n in told and n not in fixed]
    return [n for n in names if told[n] != getattr(closing, n)]


def _shown(closing: Closing, at: datetime) -> None:
    """Let caches know that what the public sees of the channel has changed."""
    if closing.is_public:
        Channel.objects.filter(pk=closing.channel_id).update(changed_at=at)


def _note(
    closing: Closing,
    act: str,
    told: Mapping[str, object],
    *,
    actor: Actor,
    at: datetime,
) -> None:
    facts: dict[str, ledger.JsonValue] = {
        "channel": closing.channel_id,
        **{name: _plain(value) for name, value in told.items()},
    }
    ledger.append(f"closing.{act}", closing.subject, facts, actor=actor.name, at=at)


def _plain(value: object) -> str:
    """Return a value as the ledger writes it: a channel by its name in addresses."""
    if isinstance(value, Channel):
        return value.slug
    return "" if value is None else str(value)
