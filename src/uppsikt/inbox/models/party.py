"""Whom a political question is referred to, and who judged that it is one."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from uppsikt.governance.models import User
from uppsikt.inbox.models.item import Item
from uppsikt.records.models import Entry


class Parties(models.QuerySet["Party"]):
    """Parties, in the words people use of them."""

    def represented(self, on: date) -> Self:
        """Keep those that have a seat in the municipal council on the day `on`."""
        return self.filter(Q(until=None) | Q(until__gte=on), since__lte=on)


class Party(models.Model):
    """A party with a seat in the municipal council (R-6.2-8), from a day to a day.

    A row is ended and never taken away, so that an old referral can be understood.
    """

    name = models.CharField(_("Name"), max_length=100)
    url = models.URLField(_("Link to contact"), max_length=300)
    since = models.DateField(_("Represented from"))
    until = models.DateField(_("Represented until"), null=True, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    objects = Parties.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("since")),
                name="a_party_leaves_after_it_comes",
            ),
            models.UniqueConstraint(
                fields=["name"], condition=Q(until=None), name="a_party_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Judgement(models.Model):
    """Whether an item is a political question, as a person judged (R-6.2-8).

    It lies beside the item and not in it, and has no index but the item's: no list and
    no search can ask who writes about politics (D-16).
    """

    item = models.OneToOneField(Item, models.CASCADE, related_name="judgement")
    political = models.BooleanField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"judgement of {self.item_id}"
