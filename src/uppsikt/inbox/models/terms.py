"""Working calendars with their versions, and the terms that a channel has of its own.

Nothing here is changed or erased: what was decided holds from its day on, until
something later does.
"""

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from uppsikt.channels.models import Channel
from uppsikt.governance.models import Node, User, reaching
from uppsikt.records.models import Entry

if TYPE_CHECKING:
    from uppsikt.governance.actors import Actor


class Calendars(models.QuerySet["Calendar"]):
    """Calendars, in the words people use of them."""

    def visible_to(self, actor: "Actor") -> Self:
        """Keep the municipality's own, and those of nodes where the actor looks."""
        return self.filter(Q(main=True) | reaching(actor, "node__path"))


class Calendar(models.Model):
    """Working times by a name, such as a library's: for channels below its node.

    The one that is `main` says what holds where nothing else is chosen, from its first
    version on; before that the guideline's own calendar does.
    """

    node = models.ForeignKey(Node, models.PROTECT, related_name="calendars")
    name = models.CharField(_("Name"), max_length=100)
    main = models.BooleanField(default=False)

    objects = Calendars.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["name"], name="one_calendar_by_a_name"),
            models.UniqueConstraint(
                fields=["main"], condition=Q(main=True), name="one_main_calendar"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CalendarVersion(models.Model):
    """How a calendar is from a day on, written as a guideline file writes it."""

    calendar = models.ForeignKey(Calendar, models.PROTECT, related_name="versions")
    starts_on = models.DateField(_("From and including"))
    # What `OfficeHours` reads and writes.
    hours = models.TextField()
    why = models.TextField(_("Reason"))
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    entry = models.OneToOneField(Entry, models.PROTECT)

    def __str__(self) -> str:
        return f"{self.calendar_id} {self.starts_on}"


class ChannelTerms(models.Model):
    """What was decided of a channel's clocks: the latest row that holds is the one.

    A span left blank is the guideline's. One longer than that rests on an exemption
    and ends with it.
    """

    channel = models.ForeignKey(Channel, models.PROTECT, related_name="terms")
    calendar = models.ForeignKey(
        Calendar, models.PROTECT, null=True, related_name="chosen"
    )
    first = models.CharField(max_length=40, blank=True)
    full = models.CharField(max_length=40, blank=True)
    why = models.TextField(_("Reason"))
    at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    entry = models.OneToOneField(Entry, models.PROTECT)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["channel", "at"])]

    def __str__(self) -> str:
        return f"{self.channel_id} {self.first or '–'} {self.full or '–'}"

    def holds(self, at: datetime) -> bool:
        """Tell whether it has not run out at `at`."""
        return self.ends_at is None or at < self.ends_at
