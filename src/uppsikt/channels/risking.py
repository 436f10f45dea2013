"""The risk register: what can go wrong, what is done of it, and decisions (R-0-6)."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files

from django.db import transaction

from uppsikt.channels.models import OPEN, Channel, Measure, Risk, SignOff
from uppsikt.governance import moves
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Node, User
from uppsikt.policy.roles import Right
from uppsikt.records import ledger


class NothingToDecide(Exception):
    """No risk of the platform stands in the register, so nothing was gone through."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A risk in words, and how likely and how grave it is, each from 1 to 4."""

    description: str
    likelihood: int
    consequence: int


@dataclass(frozen=True, slots=True)
class Seed:
    """A risk that the register begins with, and the usual measures."""

    number: int
    weighed: Weighed
    sites: tuple[str, ...]
    measures: tuple[str, ...]


@cache
def seeds() -> tuple[Seed, ...]:
    """Return the risks that our data file lists (requirements annex 2)."""
    text = (files("uppsikt.channels") / "risks.toml").read_text(encoding="utf-8")
    return tuple(_seed(row) for row in tomllib.loads(text)["risk"])


def _seed(row: dict[str, object]) -> Seed:
    weighed = Weighed(
        str(row["says"]), int(str(row["likelihood"])), int(str(row["consequence"]))
    )
    return Seed(
        int(str(row["number"])), weighed, _texts(row, "sites"), _texts(row, "measures")
    )


def _texts(row: dict[str, object], name: str) -> tuple[str, ...]:
    told = row.get(name, ())
    return tuple(map(str, told)) if isinstance(told, list) else ()


def in_use() -> list[str]:
    """Return the platforms on which a channel is open, by name."""
    rows = Channel.objects.filter(status__in=OPEN)
    return sorted(set(rows.values_list("site", flat=True)))


def path_of(channel: Channel | None) -> str:
    """Return where roles are asked: at the channel, or at the top for a platform."""
    if channel:
        return channel.path
    top = Node.objects.filter(parent=None).order_by("pk").first()
    return top.path if top else ""


@transaction.atomic
def begin(*, actor: Actor, at: datetime) -> int:
    """Enter the listed risks for each platform in use; return how many came in.

    What stands there already is left as it is, so it is safe to do again.
    """
    moves.must(Right.KEEP_RISKS, actor, path_of(None), at=at)
    known = set(Risk.objects.filter(channel=None).values_list("site", "seed"))
    wanted = [
        (site, seed)
        for site in in_use()
        for seed in seeds()
        if (site, seed.number) not in known and (not seed.sites or site in seed.sites)
    ]
    for site, seed in wanted:
        row = _store(site, None, seed.weighed, seed=seed.number, actor=actor, at=at)
        Measure.objects.bulk_create(Measure(risk=row, what=x) for x in seed.measures)
    return len(wanted)


@transaction.atomic
def enter(
    site: str,
    weighed: Weighed,
    channel: Channel | None = None,
    *,
    actor: Actor,
    at: datetime,
) -> Risk:
    """Enter a risk of a platform, or of one channel there."""
    moves.must(Right.KEEP_RISKS, actor, path_of(channel), at=at)
    return _store(site, channel, weighed, actor=actor, at=at)


def _store(
    site: str,
    channel: Channel | None,
    weighed: Weighed,
    *,
    seed: int | None = None,
    actor: Actor,
    at: datetime,
) -> Risk:
    row = Risk.objects.create(
        site=site,
        channel=channel,
        seed=seed,
        entered_at=at,
        entered_by=actor.person,
        **_fields(weighed),
    )
    _tell("risk.enter", row, {"site": site, **_fields(weighed)}, actor, at)
    return row


@transaction.atomic
def weigh(risk: Risk, weighed: Weighed, *, actor: Actor, at: datetime) -> None:
    """Change how a risk is described and weighed; what stood before is in the ledger.

    Raises:
        moves.TooLate: the risk is closed.
    """
    _must_keep(risk, actor, at)
    before = _fields(Weighed(risk.description, risk.likelihood, risk.consequence))
    after = _fields(weighed)
    Risk.objects.filter(pk=risk.pk).update(**after)
    risk.refresh_from_db()
    _tell("risk.weigh", risk, {"before": before, "after": after}, actor, at)


@transaction.atomic
def close(risk: Risk, *, why: str, actor: Actor, at: datetime) -> None:
    """Close a risk that is there no more, with the reason; it stays in the history."""
    _must_keep(risk, actor, at)
    if not why.strip():
        raise moves.NoReason
    if not Risk.objects.open().filter(pk=risk.pk).update(closed_at=at):
        raise moves.TooLate
    risk.closed_at = at
    _tell("risk.close", risk, {"why": why.strip()}, actor, at)


@transaction.atomic
def measure(
    risk: Risk, what: str, owner: User, due_on: date, *, actor: Actor, at: datetime
) -> Measure:
    """Decide on a measure: who sees to it, and by which day."""
    _must_keep(risk, actor, at)
    row = Measure.objects.create(risk=risk, what=what, owner=owner, due_on=due_on)
    _tell("risk.measure", risk, _promised(row), actor, at)
    return row


@transaction.atomic
def take_on(
    row: Measure, owner: User, due_on: date, *, actor: Actor, at: datetime
) -> None:
    """Give a measure an owner and a day.

    Raises:
        moves.TooLate: it is done already, or the risk is closed.
    """
    _must_keep(row.risk, actor, at)
    waiting = Measure.objects.filter(pk=row.pk, done_at=None)
    if not waiting.update(owner=owner, due_on=due_on):
        raise moves.TooLate
    row.refresh_from_db()
    _tell("risk.measure", row.risk, _promised(row), actor, at)


@transaction.atomic
def done(row: Measure, *, actor: Actor, at: datetime) -> None:
    """Note that a measure is done, by its owner or by whoever keeps the register.

    Raises:
        moves.TooLate: it was done before.
    """
    if actor.user is None or actor.user != row.owner:
        moves.must(Right.KEEP_RISKS, actor, path_of(row.risk.channel), at=at)
    fields = {"done_at": at, "done_by": actor.person}
    if not Measure.objects.filter(pk=row.pk, done_at=None).update(**fields):
        raise moves.TooLate
    row.refresh_from_db()
    _tell("risk.measure_done", row.risk, {"measure": row.pk}, actor, at)


@transaction.atomic
def sign(
    site: str, outcome: SignOff.Outcome, note: str, *, actor: Actor, at: datetime
) -> SignOff:
    """Decide on a platform whose risks were gone through (R-0-6).

    Raises:
        NothingToDecide: the register holds no risk of it.
        moves.NoReason: it is not to be used, and nothing says why.
    """
    moves.must(Right.SIGN_RISKS, actor, path_of(None), at=at)
    if not Risk.objects.open().filter(site=site, channel=None).exists():
        raise NothingToDecide
    if outcome == SignOff.Outcome.STOP and not note.strip():
        raise moves.NoReason
    row = SignOff.objects.create(
        site=site, outcome=outcome, note=note.strip(), at=at, by=actor.person
    )
    told = {"outcome": outcome.value, "note": note.strip()}
    ledger.append("risk.sign", f"platform:{site}", told, actor=actor.name, at=at)
    return row


def latest(sites: Iterable[str], *, at: datetime) -> dict[str, SignOff]:
    """Return the latest decision on each platform."""
    rows = SignOff.objects.filter(site__in=sites, at__lte=at).select_related("by")
    return {row.site: row for row in rows.order_by("at", "pk")}


def _must_keep(risk: Risk, actor: Actor, at: datetime) -> None:
    moves.must(Right.KEEP_RISKS, actor, path_of(risk.channel), at=at)
    if risk.closed_at:
        raise moves.TooLate


def _fields(weighed: Weighed) -> dict[str, ledger.JsonValue]:
    return {
        "description": weighed.description,
        "likelihood": weighed.likelihood,
        "consequence": weighed.consequence,
    }


def _promised(row: Measure) -> dict[str, ledger.JsonValue]:
    return {
        "what": row.what,
        "owner": row.owner_id,
        "due_on": row.due_on.isoformat() if row.due_on else "",
    }


def _tell(
    act: str,
    risk: Risk,
    told: dict[str, ledger.JsonValue],
    actor: Actor,
    at: datetime,
) -> None:
    ledger.append(act, f"risk:{risk.pk}", told, actor=actor.name, at=at)
