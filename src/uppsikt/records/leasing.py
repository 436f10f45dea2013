"""Work that is due: rows are the truth, claimed one at a time, tried again later."""

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Event
from time import monotonic
from typing import Final, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

LEASE: Final[timedelta] = settings.LEASE
FIRST_WAIT: Final = timedelta(seconds=5)
LONGEST_WAIT: Final = timedelta(hours=1)
_ENDING: Final = Event()


class Leased(models.Model):
    """A row that a worker carries out: when next, who holds it, how often tried."""

    next_try_at = models.DateTimeField(null=True, db_index=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True


L = TypeVar("L", bound=Leased)


def due(rows: "models.QuerySet[L]", now: datetime) -> "models.QuerySet[L]":
    """Keep the rows to try now that nobody holds, those who waited longest first."""
    return rows.filter(_free(now), next_try_at__lte=now).order_by("next_try_at", "pk")


def each(
    rows: "models.QuerySet[L]",
    carry_out: Callable[[L, datetime], object],
    now: datetime,
    *,
    at_most: int,
) -> int:
    """Claim and carry out the rows that are due, in turn; return how many.

    Each has a moment of its own, `now` and the seconds that have passed since: a slow
    row must not make the lease and the times of those after it old.
    """
    began, done = monotonic(), 0
    for it in due(rows, now)[:at_most]:
        moment = now + timedelta(seconds=int(monotonic() - began))
        if claim(it, moment):
            carry_out(it, moment)
            done += 1
    return done


def claim(it: Leased, now: datetime) -> bool:
    """Take the lease of `it` for a while; tell whether it was ours to take."""
    if _ENDING.is_set():
        return False
    # What another worker has carried out since we read the row is due at another time.
    same = {"pk": it.pk, "next_try_at": it.next_try_at}
    rows = type(it)._default_manager.filter(_free(now), next_try_at__lte=now, **same)
    if not rows.update(lease_until=now + LEASE, attempts=F("attempts") + 1):
        return False
    it.lease_until = now + LEASE
    return True


def take_no_more() -> None:
    """Let this process end after the row in hand: nothing more is claimed in it."""
    _ENDING.set()


def put_off(
    it: Leased, now: datetime, problem: str, *, wait: timedelta | None = None
) -> None:
    """Let go of `it` and try again after `wait`, or after ever longer pauses."""
    it.refresh_from_db(fields=["attempts"])
    pause = wait or min(FIRST_WAIT * 2 ** min(it.attempts, 12), LONGEST_WAIT)
    _release(it, next_try_at=now + pause, problem=problem[:300])


def settle(it: Leased, *, next_try_at: datetime | None = None) -> None:
    """Let go of `it`: done, or due again at `next_try_at`."""
    _release(it, next_try_at=next_try_at, problem="", attempts=0)


def _release(it: Leased, **fields: object) -> None:
    """Write `fields` if the lease is still ours; who took it over decides else."""
    held = type(it)._default_manager.filter(pk=it.pk, lease_until=it.lease_until)
    fields["lease_until"] = None
    held.update(**fields)
    for name, value in fields.items():
        setattr(it, name, value)


def _free(now: datetime) -> Q:
    return Q(lease_until=None) | Q(lease_until__lt=now)
