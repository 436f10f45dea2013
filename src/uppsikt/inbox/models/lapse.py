"""A text of our own that somebody holds to be a private opinion, or not objective."""

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from uppsikt.channels.models import Channel, Feedback
from uppsikt.governance.models import Moving, User, below
from uppsikt.inbox.lapse_life import LapseLife
from uppsikt.inbox.models.item import Item
from uppsikt.inbox.models.sample import SampledAnswer
from uppsikt.policy import facts as f
from uppsikt.policy.facts import Facts, Seen
from uppsikt.records.models import Registration
from uppsikt.sending.models import Outgoing

if TYPE_CHECKING:
    from uppsikt.governance.actors import Actor

WAITING = (LapseLife.reported.name, LapseLife.upheld.name)


class Lapses(models.QuerySet["Lapse"]):
    """Lapses, in the words people use of them."""

    def visible_to(self, actor: "Actor") -> Self:
        """Keep those of channels the actor may see; never of what is sealed off."""
        here = self.filter(below(actor, "channel__node__path"))
        return here.filter(Q(item=None) | Q(item__secluded=False))

    def waiting(self) -> Self:
        """Keep what nobody has corrected or dismissed."""
        return self.filter(status__in=WAITING)

    def overdue(self, at: datetime) -> Self:
        """Keep what should have been corrected or dismissed before `at`."""
        return self.waiting().filter(due_at__lt=at)


class Lapse(Moving):
    """A report that a text of ours is a private opinion, or not objective (RF 1:9)."""

    LIFE = LapseLife

    class Kind(models.TextChoices):
        OPINION = "opinion", _("A private opinion")
        SLANTED = "slanted", _("Not objective")

    channel = models.ForeignKey(Channel, models.PROTECT, related_name="lapses")
    item = models.ForeignKey(Item, models.PROTECT, null=True, related_name="lapses")
    # Where it was found: in a sample of our answers, or by somebody outside.
    sampled = models.ForeignKey(
        SampledAnswer, models.PROTECT, null=True, related_name="lapses"
    )
    feedback = models.ForeignKey(
        Feedback, models.PROTECT, null=True, related_name="lapses"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    # What it said and where, as it was when it was reported.
    quoted = models.TextField()
    url = models.URLField(max_length=1000, blank=True)
    said = models.TextField(blank=True)
    reported_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    reported_at = models.DateTimeField()
    due_at = models.DateTimeField()
    # How it was corrected: by this text, or by a removal with its evidence.
    correction = models.OneToOneField(
        Outgoing, models.PROTECT, null=True, related_name="corrects"
    )
    registration = models.OneToOneField(
        Registration, models.PROTECT, null=True, related_name="lapse"
    )

    objects = Lapses.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(status__in=["corrected", "closed"])
                | Q(registration__isnull=False),
                name="a_correction_is_in_the_diary",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["status", "due_at"])]

    def __str__(self) -> str:
        return f"lapse {self.pk}"

    @property
    def path(self) -> str:
        return self.channel.path

    @property
    def removed(self) -> bool:
        """Tell whether what it is about is removed, by a case with its evidence."""
        return self.item is not None and self.item.removed_at is not None

    def facts(self, at: datetime) -> Facts:
        """Return its diary number, which its closing asks for."""
        number = self.registration and self.registration.diary_number
        return Facts.of([Seen(f.DIARY_NUMBER, number or "", self.reported_at)])
