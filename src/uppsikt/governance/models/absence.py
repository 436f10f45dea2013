"""When somebody is away, so that a substitute keeps watch (R-4-7, R-6.4-3)."""

from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from uppsikt.governance.models.people import User
from uppsikt.governance.models.places import Assignment, below

if TYPE_CHECKING:
    from datetime import datetime

    from uppsikt.governance.actors import Actor


class Absences(models.QuerySet["Absence"]):
    """Absences, in the words people use of them."""

    def visible_to(self, actor: "Actor", *, at: "datetime") -> Self:
        """Keep the actor's own, and those of people with a role that the actor sees."""
        here = Assignment.objects.holding(at).filter(below(actor, "node__path"))
        own = Q(user=actor.user) if actor.user else Q(pk__in=[])
        return self.filter(own | Q(user__in=here.values("user")))

    def between(self, first: date, last: date) -> Self:
        """Keep those that touch a day from `first` to `last` and still stand."""
        standing = self.filter(withdrawn_at=None)
        return standing.filter(first_day__lte=last, last_day__gte=first)


class Absence(models.Model):
    """Days on which a person is away. Why is nobody's business and is not asked.

    A reason could be illness: a sensitive personal data that nothing here needs
    (dataskyddsförordningen artikel 5.1 c och 9.1).
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="absences")
    first_day = models.DateField(_("First day away"))
    last_day = models.DateField(_("Last day away"))
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    objects = Absences.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(last_day__gte=models.F("first_day")),
                name="an_absence_ends_after_it_begins",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["user", "last_day"])]

    def __str__(self) -> str:
        return f"{self.user} {self.first_day}–{self.last_day}"

    def covers(self, day: date) -> bool:
        """Tell whether the person is away on `day`."""
        return self.first_day <= day <= self.last_day
