"""The public register: each channel as anybody may see it (R-3.2-3).

Nothing here names a person: a channel has a function's address, or none. What is shown
is the channel's own row, which holds the last decided card.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, Self

from django.utils import timezone
from django.utils.translation import gettext as _

from uppsikt.channels import confirming
from uppsikt.channels.forms import purpose_choices
from uppsikt.channels.life import ChannelLife
from uppsikt.channels.listing import Places
from uppsikt.channels.models import Channel
from uppsikt.channels.models.closing import Closing
from uppsikt.governance import rules
from uppsikt.governance.models import User
from uppsikt.policy.guideline import Guideline
from uppsikt.policy.lifecycle import State

ACTIVE: Final = "aktiv"
PAUSED: Final = "pausad"
CLOSED: Final = "avslutad"
STATUSES: Final = (ACTIVE, PAUSED, CLOSED)


@dataclass(frozen=True, slots=True)
class Onward:
    """What the public is told of a closing: why, and where to go instead."""

    reason: str = ""
    slug: str = ""
    name: str = ""
    url: str = ""
    # The announced day, while the channel has not been closed yet.
    closes_on: date | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A channel as the public sees it."""

    slug: str
    platform: str
    platform_name: str
    handle: str
    remote_id: str
    name: str
    url: str
    description: str
    purpose: str
    purposes: Mapping[str, str]
    audience: str
    unit: str
    department: str
    contact: str
    status: str
    launched_on: date
    closed_on: date | None
    checked_on: date
    changed_at: datetime
    onward: Onward = field(default_factory=Onward)

    @property
    def active(self) -> bool:
        return self.status == ACTIVE

    @property
    def closed(self) -> bool:
        return self.status == CLOSED

    @property
    def paused(self) -> bool:
        return self.status == PAUSED


@dataclass(frozen=True, slots=True)
class Register:
    """The whole register at one moment."""

    municipality: str
    departments: tuple[tuple[str, str], ...]
    purposes: tuple[tuple[str, str], ...]
    rules: str
    shown: tuple[Shown, ...]

    @classmethod
    def at(cls, moment: datetime) -> Self:
        """Read every channel that is or was launched, by a fixed number of queries."""
        places, guideline = Places.fetch(), rules.in_force(moment)
        rows = Channel.objects.public().select_related("node").order_by("name", "slug")
        return cls(
            municipality=places.municipality,
            departments=tuple(places.departments),
            purposes=tuple(purpose_choices(guideline)),
            rules=guideline.text("standard_text"),
            shown=tuple(_Showing(places, guideline).all(rows, at=moment)),
        )

    def called(self, slug: str) -> Shown | None:
        """Return the channel with that name in addresses."""
        return next((s for s in self.shown if s.slug == slug), None)


class _Showing:
    """Turns channels into what the public sees."""

    def __init__(self, places: Places, guideline: Guideline) -> None:
        self.places = places
        self.purposes = dict(purpose_choices(guideline))

    def all(self, channels: Iterable[Channel], *, at: datetime) -> list[Shown]:
        """Return each channel, without the address of anybody who works here."""
        found = list(channels)
        private, checked = _private(found), confirming.last(found, at=at)
        onward = _onward(found)
        return [
            self._one(c, private, checked.get(c.pk), onward.get(c.pk, Onward()))
            for c in found
        ]

    def _one(
        self, c: Channel, private: set[str], checked: datetime | None, onward: Onward
    ) -> Shown:
        assert c.launched_at  # noqa: S101 (the register holds what was launched)
        told = [p for p in c.purpose_codes if p in self.purposes]
        return Shown(
            slug=c.slug,
            platform=c.site,
            platform_name=_(c.platform.label),
            handle=c.handle,
            remote_id=c.remote_id,
            name=c.name,
            url=c.url,
            description=c.description,
            purpose=c.purpose,
            purposes={p: self.purposes[p] for p in told},
            audience=c.audience,
            unit=self.places.unit(c),
            department=self.places.department(c),
            contact="" if c.contact.lower() in private else c.contact,
            status=_status(c.state),
            launched_on=_day(c.launched_at),
            closed_on=_day(c.closed_at) if c.closed_at else None,
            checked_on=_day(checked or c.launched_at),
            changed_at=c.changed_at,
            onward=onward,
        )


def _status(state: State) -> str:
    """Return the public's word: what is about to be closed is active until it is."""
    if state is ChannelLife.closed:
        return CLOSED
    return PAUSED if state is ChannelLife.paused else ACTIVE


def _private(channels: Iterable[Channel]) -> set[str]:
    contacts = {c.contact.lower() for c in channels if c.contact}
    people = User.objects.filter(email__in=contacts)
    return set(people.values_list("email", flat=True))


def _onward(channels: Iterable[Channel]) -> dict[int, Onward]:
    ends = (ChannelLife.closing, ChannelLife.closed)
    ended = [c.pk for c in channels if c.state in ends]
    rows = Closing.objects.standing().filter(channel__in=ended)
    rows = rows.select_related("successor")
    return {row.channel_id: _told(row) for row in rows if row.is_public}


def _told(row: Closing) -> Onward:
    after, day = row.successor, None if row.closed_at else row.closes_on
    if after and after.launched_at:
        return Onward(row.reason, after.slug, after.name, after.url, day)
    return Onward(row.reason, "", row.elsewhere, row.elsewhere_url, day)


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()
