"""What can go wrong on a platform or in a channel, and what is done of it (R-0-6)."""

from datetime import date
from typing import TYPE_CHECKING, ClassVar, Final, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from uppsikt.channels.models.channel import Channel
from uppsikt.governance.models import User, below
from uppsikt.platforms.catalogue import SITES

if TYPE_CHECKING:
    from uppsikt.governance.actors import Actor

SCALE: Final = range(1, 5)
_HIGH: Final = 9
_RAISED: Final = 4
_ON_SCALE: Final = [MinValueValidator(SCALE[0]), MaxValueValidator(SCALE[-1])]


class Level(models.TextChoices):
    """How much a risk weighs: likelihood times consequence, 1 to 16."""

    LOW = "low", _("Low")
    RAISED = "raised", _("Raised")
    HIGH = "high", _("High")

    @classmethod
    def of(cls, likelihood: int, consequence: int) -> "Level":
        """Return the level of a cell in the matrix."""
        weight = likelihood * consequence
        if weight >= _HIGH:
            return cls.HIGH
        return cls.RAISED if weight >= _RAISED else cls.LOW


class Risks(models.QuerySet["Risk"]):
    """Risks, in the words people use of them."""

    def visible_to(self, actor: "Actor") -> Self:
        """Keep the platforms' risks, which all see, and those of own channels.

        Who has promised a measure sees its risk, wherever it is.
        """
        promised = Q(pk__in=Measure.objects.filter(owner=actor.user).values("risk"))
        mine = promised if actor.user else Q(pk__in=[])
        if not actor.sees:
            return self.filter(mine)
        return self.filter(mine | Q(channel=None) | below(actor, "channel__node__path"))

    def open(self) -> Self:
        return self.filter(closed_at=None)


class Risk(models.Model):
    """A risk with a platform, or with one channel there."""

    site = models.CharField(_("Platform"), max_length=20)
    channel = models.ForeignKey(
        Channel, models.PROTECT, null=True, blank=True, related_name="risks"
    )
    # Its number in the list that the register began with; none for one's own.
    seed = models.PositiveSmallIntegerField(null=True, editable=False)
    description = models.TextField(_("Risk"))
    likelihood = models.PositiveSmallIntegerField(_("Likelihood"), validators=_ON_SCALE)
    consequence = models.PositiveSmallIntegerField(
        _("Consequence"), validators=_ON_SCALE
    )
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)

    objects = Risks.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(likelihood__range=(1, 4), consequence__range=(1, 4)),
                name="a_risk_is_weighed_from_1_to_4",
            ),
            models.UniqueConstraint(
                fields=["site", "seed"],
                condition=Q(seed__isnull=False),
                name="a_risk_is_seeded_once_per_platform",
            ),
        ]

    def __str__(self) -> str:
        return self.description

    @property
    def level(self) -> Level:
        return Level.of(self.likelihood, self.consequence)

    @property
    def platform_label(self) -> str:
        return SITES[self.site].label


class Measures(models.QuerySet["Measure"]):
    """Measures, in the words people use of them."""

    def late(self, day: date) -> Self:
        """Keep what should have been done before `day` and is not."""
        waiting = self.filter(done_at=None, risk__closed_at=None)
        return waiting.filter(due_on__lt=day)


class Measure(models.Model):
    """What is done about a risk: who sees to it, and by which day."""

    risk = models.ForeignKey(Risk, models.CASCADE, related_name="measures")
    what = models.CharField(_("Measure"), max_length=500)
    owner = models.ForeignKey(User, models.PROTECT, null=True, related_name="measures")
    due_on = models.DateField(_("Done no later than"), null=True, blank=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = Measures.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(done_by__isnull=False),
                name="a_measure_is_done_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return self.what


class SignOff(models.Model):
    """A decision on a platform after its risks were gone through. Never changed."""

    class Outcome(models.TextChoices):
        USE = "use", _("Use")
        MEASURES = "measures", _("Use, with measures")
        STOP = "stop", _("Do not use")

    site = models.CharField(max_length=20)
    outcome = models.CharField(_("Decision"), max_length=10, choices=Outcome.choices)
    note = models.TextField(_("Reason"), blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.site} {self.at:%Y-%m-%d}"
