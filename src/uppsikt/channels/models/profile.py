"""What was seen on a channel's profile: by the program there, or by a person (6.1)."""

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from uppsikt.channels.models.channel import Channel
from uppsikt.governance.models import User
from uppsikt.records.leasing import Leased
from uppsikt.records.models import Blob, Entry

if TYPE_CHECKING:
    from collections.abc import Iterable


class ProfileReadings(models.QuerySet["ProfileReading"]):
    """Readings of profiles, in the words people use of them."""

    def newest(self, channels: "Iterable[int]", *, at: datetime) -> Self:
        """Keep each channel's last reading until `at` of each source: one query."""
        rows = self.filter(channel__in=channels, at__lte=at).order_by()
        last = rows.values("channel", "source").annotate(last=Max("pk"))
        return self.filter(pk__in=last.values("last")).select_related("by")


class ProfileReading(models.Model):
    """One look at a channel's profile.

    `fields` holds what the platform answered, by the connector's names; a person who
    looked has a picture instead. Each `..._seen` is the fingerprint of the demanded
    text that was found there, "" when it was not. What was read is never changed; that
    a person owns to a change (`accepted_at`) is added once.
    """

    class Source(models.TextChoices):
        API = "api", _("Read at the platform")
        PERSON = "person", _("Seen by a person")

    channel = models.ForeignKey(
        Channel, models.CASCADE, related_name="profile_readings"
    )
    at = models.DateTimeField()
    source = models.CharField(max_length=10, choices=Source.choices)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    fields = models.JSONField(default=dict)
    fingerprint = models.CharField(max_length=64, blank=True)
    sender_seen = models.CharField(max_length=64, blank=True)
    description_seen = models.CharField(max_length=64, blank=True)
    contact_seen = models.CharField(max_length=64, blank=True)
    rules_seen = models.CharField(max_length=64, blank=True)
    visibility_seen = models.CharField(max_length=64, blank=True)
    rules_impossible = models.TextField(blank=True)
    place = models.CharField(max_length=500, blank=True)
    picture = models.ForeignKey(Blob, models.PROTECT, null=True, related_name="+")
    changed = models.JSONField(default=list)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    entry = models.OneToOneField(Entry, models.PROTECT)

    objects = ProfileReadings.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["channel", "source", "at"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(source="api") | models.Q(picture__isnull=False),
                name="what_a_person_saw_has_a_picture",
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} of {self.channel_id}"

    def pending(self, at: datetime) -> tuple[str, ...]:
        """Return the fields that had changed and nobody had owned to at `at`."""
        accepted = self.accepted_at is not None and self.accepted_at <= at
        return () if accepted else tuple(self.changed)


class ProfileTurn(Leased):
    """When a channel's profile is read next by itself."""

    channel = models.OneToOneField(Channel, models.CASCADE, related_name="profile_turn")

    def __str__(self) -> str:
        return f"profile of {self.channel_id}"
