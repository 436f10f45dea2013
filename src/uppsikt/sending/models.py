"""What goes out in the channel's name: a reply, a notice, a post."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar, Final, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from uppsikt.channels.models import Channel
from uppsikt.governance.models import Moving, User, below
from uppsikt.policy.facts import Facts
from uppsikt.records.leasing import Leased
from uppsikt.sending.life import OutgoingLife

if TYPE_CHECKING:
    from uppsikt.governance.actors import Actor


SHOWS_WITHIN: Final = timedelta(minutes=10)
"""How long a platform may take to show what it has accepted, before a person may
conclude that it is lost."""


class Outgoings(models.QuerySet["Outgoing"]):
    """Outgoing texts, in the words people use of them."""

    def visible_to(self, actor: "Actor") -> Self:
        """Keep what belongs to channels that the actor may see."""
        return self.filter(below(actor, "channel__node__path"))

    def about(self, subject: str) -> Self:
        """Keep what was written about one thing, e.g. "item:12"."""
        return self.filter(about=subject)


class Outgoing(Moving, Leased):
    """One text, sent once. `key` makes a second try the same post."""

    LIFE = OutgoingLife

    class Kind(models.TextChoices):
        ANSWER = "answer", _("Answer")
        PROMISE = "promise", _("We will get back")
        REFERRAL = "referral", _("Referral to the parties")
        MOVED = "moved", _("To a safe channel")
        NOTICE = "notice", _("Notice of removal")
        POST = "post", _("Post")

    channel = models.ForeignKey(Channel, models.PROTECT, related_name="outgoing")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    # What it is about, e.g. "item:12": upper floors look here, we never call them.
    about = models.CharField(max_length=80, db_index=True)
    text = models.TextField()
    reply_to = models.CharField(max_length=500, blank=True)
    reply_root = models.CharField(max_length=500, blank=True)
    key = models.CharField(max_length=40, unique=True)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    # What was approved, and what the writer had written where the approver changed it.
    approved_digest = models.CharField(max_length=64, blank=True)
    written_first = models.TextField(blank=True)
    amended_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", db_index=False
    )
    remote_id = models.CharField(max_length=500, blank=True)
    remote_url = models.URLField(max_length=500, blank=True)
    sent_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    # Somebody wants it stopped: it is not sent, and the worker looks if it has left.
    stop_asked_at = models.DateTimeField(null=True)
    # The latest look at which the platform said that it does not have it.
    missed_at = models.DateTimeField(null=True)

    objects = Outgoings.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(status="confirmed") | Q(confirmed_at__isnull=False),
                name="what_is_confirmed_was_seen",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} about {self.about}"

    @property
    def path(self) -> str:
        return self.channel.path

    @property
    def may_be_lost(self) -> bool:
        """Tell whether the platform still lacked it when it had had its time."""
        if self.sent_at is None or self.missed_at is None:
            return False
        return self.missed_at - self.sent_at >= SHOWS_WITHIN

    def facts(self, at: datetime) -> Facts:
        return Facts()
