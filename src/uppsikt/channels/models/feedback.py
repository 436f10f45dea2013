"""What visitors want to say of a channel, and what became of it (R-6.1-4)."""

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from uppsikt.channels.feedback_life import FeedbackLife
from uppsikt.channels.models.channel import Channel
from uppsikt.governance.models import Moving, below
from uppsikt.policy.facts import Facts
from uppsikt.records.models import Blob

if TYPE_CHECKING:
    from uppsikt.governance.actors import Actor


class Feedbacks(models.QuerySet["Feedback"]):
    """Suggestions, in the words people use of them."""

    def visible_to(self, actor: "Actor") -> Self:
        """Keep the suggestions about channels where the actor has a role."""
        return self.filter(below(actor, "channel__node__path"))

    def waiting(self) -> Self:
        """Keep what nobody has handled or handed over."""
        return self.filter(status=FeedbackLife.received.name)

    def overdue(self, at: datetime) -> Self:
        """Keep what should have been handled before `at`."""
        return self.waiting().filter(due_at__lt=at)


class Feedback(Moving):
    """A suggestion about a channel, by anybody, with or without a way to answer.

    It is an official document as it stands; who reads it follows from the channel.
    """

    LIFE = FeedbackLife

    class Kind(models.TextChoices):
        CHANNEL = "channel", _("The channel, or what we do in it")
        OPINION = (
            "opinion",
            _("A text of ours that is a private opinion, or not objective"),
        )

    channel = models.ForeignKey(Channel, models.PROTECT, related_name="feedback")
    reference = models.CharField(max_length=20, unique=True, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.CHANNEL)
    text = models.TextField(_("Suggestion"))
    contact = models.EmailField(_("E-mail"), blank=True)
    content = models.ForeignKey(Blob, models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answer = models.TextField(_("What was done"), blank=True)
    ended_at = models.DateTimeField(null=True)

    objects = Feedbacks.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(text=""), name="a_suggestion_says_something"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["status", "due_at"])]

    def __str__(self) -> str:
        return self.reference

    @property
    def path(self) -> str:
        return self.channel.path

    def facts(self, at: datetime) -> Facts:
        """Return no facts: no control gates these moves."""
        return Facts()
