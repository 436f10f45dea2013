"""What was done in a channel on a day: counted for the tick that tells of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count
from django.utils import timezone

from uppsikt.channels.models import Channel
from uppsikt.governance.models import Step
from uppsikt.inbox.models import Item

# Moderation lies above; what it did is read by the numbers it left on the items.
_OPENED = "case.open"


@dataclass(frozen=True, slots=True)
class Acts:
    """How much was answered, reported for removal, and removed."""

    answered: int = 0
    reported: int = 0
    removed: int = 0

    @property
    def total(self) -> int:
        return self.answered + self.reported + self.removed


def of(channels: Sequence[Channel], day: date) -> dict[int, Acts]:
    """Return, by channel, what was done on `day`, here; four queries.

    A special case is counted nowhere: not even its number may be guessed at.
    """
    first, last = _bounds(day)
    answered = _counted(channels, answered_at__gte=first, answered_at__lt=last)
    removed = _counted(channels, removed_at__gte=first, removed_at__lt=last)
    steps = Step.objects.filter(move=_OPENED, at__gte=first, at__lt=last)
    subjects = steps.values_list("subject", flat=True)
    cases = [int(s.partition(":")[2]) for s in subjects]
    reported = _counted(channels, in_case__in=cases)
    return {
        c.pk: Acts(answered.get(c.pk, 0), reported.get(c.pk, 0), removed.get(c.pk, 0))
        for c in channels
    }


def _counted(channels: Sequence[Channel], **when: object) -> dict[int, int]:
    rows = Item.objects.filter(channel__in=channels, secluded=False, **when)
    return dict(rows.values_list("channel").annotate(n=Count("pk")).order_by())


def _bounds(day: date) -> tuple[datetime, datetime]:
    midnight = timezone.make_aware(datetime.combine(day, time()))
    after = datetime.combine(day + timedelta(days=1), time())
    return midnight, timezone.make_aware(after)
