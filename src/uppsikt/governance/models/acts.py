"""What moves by the rules, and what was seen of each place."""

from typing import TYPE_CHECKING, ClassVar

from django.db import models

from uppsikt.governance.models.people import User
from uppsikt.governance.models.places import Node
from uppsikt.records.models import Entry

if TYPE_CHECKING:
    from datetime import datetime

    from uppsikt.policy.facts import Facts
    from uppsikt.policy.lifecycle import Lifecycle, State


class Moving(models.Model):
    """A thing with a lifecycle. Its status is written by `moves` alone."""

    LIFE: ClassVar[type["Lifecycle"]]

    status = models.CharField(max_length=20, editable=False)

    class Meta:
        abstract = True

    @property
    def state(self) -> "State":
        return self.LIFE.states[self.status]

    @property
    def subject(self) -> str:
        return f"{self.LIFE.kind}:{self.pk}"

    @property
    def path(self) -> str:
        """Return the path of the node the thing belongs to: where roles are asked."""
        raise NotImplementedError

    def facts(self, at: "datetime") -> "Facts":
        """Return what is known of the thing at `at`, for the controls that gate it."""
        raise NotImplementedError


class Step(models.Model):
    """A move that was made: the history people read. The proof is its entry."""

    subject = models.CharField(max_length=80, db_index=True)
    move = models.CharField(max_length=60)
    before = models.CharField(max_length=20, blank=True)
    after = models.CharField(max_length=20)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True)
    why = models.TextField(blank=True)
    entry = models.OneToOneField(Entry, models.PROTECT)

    def __str__(self) -> str:
        return f"{self.subject} {self.move}"


class Observation(models.Model):
    """What somebody saw or a floor did, of one fact, at one moment. Never changed."""

    node = models.ForeignKey(Node, models.PROTECT, related_name="observations")
    fact = models.CharField(max_length=60)
    value = models.JSONField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True)
    source = models.CharField(max_length=20)
    note = models.TextField(blank=True)
    entry = models.OneToOneField(Entry, models.PROTECT)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["node", "fact", "at"])]

    def __str__(self) -> str:
        return f"{self.fact} at {self.node_id}"
