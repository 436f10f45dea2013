"""What is set aside from the guideline, for whom, why, and until when (R-6-3)."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar, Final, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from uppsikt.governance.exempting_life import ExemptionLife
from uppsikt.governance.models.acts import Moving
from uppsikt.governance.models.people import User
from uppsikt.governance.models.places import Node, below
from uppsikt.policy.facts import Facts

if TYPE_CHECKING:
    from uppsikt.governance.actors import Actor

SOON: Final = timedelta(days=30)
"""How long before its end an exemption is something to see to."""
_DECIDED: Final = (ExemptionLife.granted.name, ExemptionLife.ended.name)


class Exemptions(models.QuerySet["Exemption"]):
    """Exemptions, in the words people use of them."""

    def visible_to(self, actor: "Actor") -> Self:
        """Keep the exemptions at or below a node where the actor has a role."""
        return self.filter(below(actor, "node__path"))

    def waiting(self) -> Self:
        """Keep those that nobody has decided yet."""
        return self.filter(status=ExemptionLife.asked.name)

    def holding(self, at: datetime) -> Self:
        """Keep those that hold at `at`, also when that is long ago."""
        decided = self.filter(status__in=_DECIDED)
        return decided.filter(starts_at__lte=at, ends_at__gt=at)

    def begun(self, at: datetime) -> Self:
        """Keep those that held at some time before `at`, or hold then."""
        return self.filter(status__in=_DECIDED, starts_at__lte=at)

    def valid(self, at: datetime) -> Self:
        """Keep those that hold at `at` or will, and nobody has ended."""
        return self.filter(status=ExemptionLife.granted.name, ends_at__gt=at)

    def over(self, at: datetime) -> Self:
        """Keep those that were refused, ended early or ran out."""
        ran_out = Q(status=ExemptionLife.granted.name, ends_at__lte=at)
        closed = [ExemptionLife.refused.name, ExemptionLife.ended.name]
        return self.filter(ran_out | Q(status__in=closed))

    def running_out(self, at: datetime) -> Self:
        """Keep those that hold and end within 30 days."""
        return self.holding(at).valid(at).filter(ends_at__lte=at + SOON)


class Exemption(Moving):
    """A control set aside at a node and below it, decided with reason, until a day.

    `until` is the day asked for and then the day decided. `ends_at` is when it really
    ended, so that a channel is judged by what held on the day that is asked about.
    """

    LIFE = ExemptionLife

    node = models.ForeignKey(Node, models.PROTECT, related_name="exemptions")
    control = models.CharField(max_length=100)
    reason = models.TextField(_("Reason"))
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    until = models.DateField(_("Until and including"))
    conditions = models.TextField(_("Conditions"), blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)

    objects = Exemptions.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["node", "control"],
                condition=Q(status="asked"),
                name="one_question_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gte=models.F("starts_at")),
                name="exemption_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=~Q(status="granted") | Q(ends_at__isnull=False),
                name="a_granted_exemption_has_an_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.control} at {self.node_id}"

    @property
    def path(self) -> str:
        return self.node.path

    def facts(self, at: datetime) -> Facts:
        """Return nothing: no control stands before a decision on an exemption."""
        return Facts()

    def holds(self, at: datetime) -> bool:
        """Tell whether the control is set aside at `at`."""
        if self.starts_at is None or self.ends_at is None:
            return False
        return self.starts_at <= at < self.ends_at
