"""Who may publish and who may speak for us, and how a lost account is won back."""

from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from uppsikt.channels.models.channel import Channel
from uppsikt.governance.models import Node, User, below

if TYPE_CHECKING:
    from uppsikt.governance.actors import Actor


class Authorisations(models.QuerySet["Authorisation"]):
    """Authorisations, in the words people use of them."""

    def visible_to(self, actor: "Actor") -> Self:
        """Keep those given at or below a node where the actor has a role."""
        return self.filter(below(actor, "node__path"))

    def holding(self, day: date) -> Self:
        """Keep those that hold on `day`."""
        open_ended = Q(until=None) | Q(until__gte=day)
        return self.filter(open_ended, since__lte=day)


class Authorisation(models.Model):
    """A decision by a department that a person may publish, or speak for us there.

    The two are separate: who may publish may not by that represent the municipality
    in others' channels or in an interview (R-3.1-2, R-3.1-3). Given at a channel, or
    at a unit or department and then for every channel below it. `until` is the last
    day; what has ended stays.
    """

    class Kind(models.TextChoices):
        PUBLISH = "publish", _("May publish")
        REPRESENT = "represent", _("May represent the municipality")

    node = models.ForeignKey(Node, models.PROTECT, related_name="authorisations")
    user = models.ForeignKey(User, models.PROTECT, related_name="authorisations")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    granted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects = Authorisations.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until=None)
                | Q(until__gte=F("since"))
                | Q(ended_at__isnull=False),
                name="an_authorisation_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.kind} {self.node_id}"

    def reaches(self, channel: Channel) -> bool:
        """Tell whether it was given at the channel, or above it."""
        return channel.path.startswith(self.node.path)


class RecoveryPath(models.Model):
    """Where the codes that win an account back are kept, and who knows. Never a code.

    Never changed: the latest row holds.
    """

    channel = models.ForeignKey(Channel, models.CASCADE, related_name="recovery_paths")
    kept_at = models.CharField(_("Where the codes are kept"), max_length=300)
    known_by = models.ManyToManyField(User, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.kept_at} for {self.channel_id}"
