"""The guideline in force: each one that was taken into force, and from when."""

from django.db import models

from uppsikt.governance.models.people import User
from uppsikt.records.models import Blob, Entry


class Adoption(models.Model):
    """A guideline taken into force: which file, from when, by whose decision."""

    guideline = models.CharField(max_length=100)
    source = models.ForeignKey(Blob, models.PROTECT)
    starts_at = models.DateTimeField(unique=True)
    decided_by = models.CharField(max_length=200)
    registry_number = models.CharField(max_length=60)
    # What it changes; the first changes nothing (R-0-5).
    changed = models.TextField(blank=True)
    # Until when it was decided to hold; nothing is open-ended (R-0-5).
    valid_until = models.DateField(null=True)
    person = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    entry = models.OneToOneField(Entry, models.PROTECT)

    def __str__(self) -> str:
        return self.guideline
