"""A sample of what a channel has answered, and what a colleague made of each answer."""

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q

from uppsikt.channels.models import Channel
from uppsikt.governance.models import Moving, User, below
from uppsikt.inbox.models.item import Item
from uppsikt.inbox.sample_life import SampleLife
from uppsikt.policy.facts import Facts
from uppsikt.sending.models import Outgoing

if TYPE_CHECKING:
    from uppsikt.governance.actors import Actor

OPEN = (SampleLife.drawn.name, SampleLife.short.name)


class Samples(models.QuerySet["Sample"]):
    """Samples, in the words people use of them."""

    def visible_to(self, actor: "Actor") -> Self:
        """Keep those of channels where the actor has a role."""
        return self.filter(below(actor, "channel__node__path"))

    def waiting(self) -> Self:
        """Keep what is to be reviewed or followed up."""
        return self.filter(status__in=OPEN)


class Sample(Moving):
    """Answers of one channel, drawn by lot so that the lot can be drawn again.

    It is about texts and never about who wrote them.
    """

    LIFE = SampleLife

    channel = models.ForeignKey(Channel, models.PROTECT, related_name="samples")
    # The answers of the time after `since`, up to when the lot was drawn, took part:
    # so many, with this fingerprint of all their names.
    since = models.DateTimeField()
    drawn_at = models.DateTimeField()
    seed = models.CharField(max_length=32)
    population = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=64)
    review_by = models.DateTimeField()
    # When the last answer was reviewed, and the per cent of all points that were met.
    reviewed_at = models.DateTimeField(null=True)
    share = models.PositiveSmallIntegerField(null=True)
    # What is done about what fell short.
    todo = models.TextField(blank=True)

    objects = Samples.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["channel"],
                condition=Q(status="drawn"),
                name="one_sample_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(status="drawn") | Q(reviewed_at__isnull=False),
                name="a_sample_is_reviewed_at_a_time",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["channel", "drawn_at"]),
            models.Index(fields=["status", "review_by"]),
        ]

    def __str__(self) -> str:
        return f"sample {self.pk}"

    @property
    def path(self) -> str:
        return self.channel.path

    def facts(self, at: datetime) -> Facts:
        """Return nothing: no control gates a move of a sample."""
        return Facts()


class SampledAnswers(models.QuerySet["SampledAnswer"]):
    """Drawn answers, in the words people use of them."""

    def visible_to(self, actor: "Actor") -> Self:
        """Keep those of channels where the actor has a role; nothing sealed off."""
        seen = self.filter(below(actor, "sample__channel__node__path"))
        open_ = Q(asked=None) | Q(asked__secluded=False)
        return seen.filter(open_, Q(own=None) | Q(own__secluded=False))

    def waiting(self) -> Self:
        """Keep what nobody has reviewed."""
        return self.filter(reviewed_at=None)


class SampledAnswer(models.Model):
    """One answer that was drawn: sent from here, or written at the platform."""

    sample = models.ForeignKey(Sample, models.CASCADE, related_name="answers")
    place = models.PositiveSmallIntegerField()
    outgoing = models.ForeignKey(
        Outgoing, models.PROTECT, null=True, related_name="sampled"
    )
    own = models.ForeignKey(Item, models.PROTECT, null=True, related_name="sampled")
    asked = models.ForeignKey(Item, models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", db_index=False
    )
    reviewed_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True)

    objects = SampledAnswers.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["sample", "place"], name="sampled_answers_are_numbered"
            ),
            models.CheckConstraint(
                condition=Q(outgoing__isnull=True, own__isnull=False)
                | Q(outgoing__isnull=False, own__isnull=True),
                name="a_sampled_answer_is_one_text",
            ),
        ]

    def __str__(self) -> str:
        return f"answer {self.place} of sample {self.sample_id}"

    @property
    def text(self) -> str:
        """Return what we answered."""
        written = self.outgoing or self.own
        return written.text if written else ""

    @property
    def url(self) -> str:
        """Return where it can be read, or ""."""
        if self.outgoing:
            return self.outgoing.remote_url
        return self.own.url if self.own else ""

    @property
    def restricted(self) -> bool:
        """Tell whether only those who read restricted evidence may read it."""
        return any(it is not None and it.restricted for it in (self.asked, self.own))


class Mark(models.Model):
    """What a reviewer found on one point of one answer; None: it does not apply."""

    answer = models.ForeignKey(SampledAnswer, models.CASCADE, related_name="marks")
    point = models.CharField(max_length=30)
    met = models.BooleanField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["answer", "point"], name="a_point_is_marked_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.point}: {self.met}"
