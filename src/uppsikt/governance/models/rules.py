"""The guideline in force, and what is set aside from it for a time."""

from django.db import models

from uppsikt.governance.models.people import User
from uppsikt.governance.models.places import Node
from uppsikt.records.models import Blob, Entry


class Adoption(models.Model):
    """A guideline taken into force: which file, from when, by whose decision."""

    guideline = models.CharField(max_length=100)
    source = models.ForeignKey(Blob, models.PROTECT)
    starts_at = models.DateTimeField(unique=True)
    decided_by = models.CharField(max_length=200)
    registry_number = models.CharField(max_length=60)
    entry = models.OneToOneField(Entry, models.PROTECT)

    def __str__(self) -> str:
        return self.guideline


class Exemption(models.Model):
    """A control set aside for a node, decided with reason, until a day (R-6-3)."""

    node = models.ForeignKey(Node, models.PROTECT, related_name="exemptions")
    control = models.CharField(max_length=100)
    reason = models.TextField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT)
    entry = models.OneToOneField(Entry, models.PROTECT)

    def __str__(self) -> str:
        return f"{self.control} at {self.node_id}"
