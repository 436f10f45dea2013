"""How the guideline comes to change: laws looked up, reviews and proposals."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from uppsikt.governance.models.acts import Moving
from uppsikt.governance.models.people import User
from uppsikt.governance.models.places import Node
from uppsikt.governance.models.rules import Adoption
from uppsikt.governance.proposal_life import ProposalLife
from uppsikt.policy.facts import Facts
from uppsikt.records.models import Blob, Entry

if TYPE_CHECKING:
    from datetime import datetime


class LawCheck(models.Model):
    """Somebody looked a law of the register up, and notes what they found (D-35)."""

    law = models.CharField(max_length=40, db_index=True)
    changed = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT)
    entry = models.OneToOneField(Entry, models.PROTECT)

    def __str__(self) -> str:
        return self.law


class GuidelineReview(models.Model):
    """The yearly review of the guideline, and what came of it (R-3.2-4)."""

    class Outcome(models.TextChoices):
        NO_CHANGE = "no_change", _("No change")
        CHANGE = "change", _("Propose a change")

    adoption = models.ForeignKey(Adoption, models.PROTECT, related_name="reviews")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    notes = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT)
    entry = models.OneToOneField(Entry, models.PROTECT)

    def __str__(self) -> str:
        return f"{self.outcome} {self.at:%Y-%m-%d}"


class Proposal(Moving):
    """A version of the guideline on its way to a decision (R-3.2-5).

    `base` is the version that it was written from; `source` the file as it is now.
    """

    LIFE = ProposalLife

    node = models.ForeignKey(Node, models.PROTECT, related_name="proposals")
    base = models.ForeignKey(Adoption, models.PROTECT, related_name="+")
    source = models.ForeignKey(Blob, models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    reasons = models.TextField()
    law_checks: "models.ManyToManyField[LawCheck, Proposal]" = models.ManyToManyField(
        LawCheck, blank=True
    )
    review = models.ForeignKey(GuidelineReview, models.PROTECT, null=True)
    by = models.ForeignKey(User, models.PROTECT)
    at = models.DateTimeField()
    adoption = models.OneToOneField(Adoption, models.PROTECT, null=True)

    def __str__(self) -> str:
        return self.title

    @property
    def path(self) -> str:
        return self.node.path

    def facts(self, at: "datetime") -> Facts:
        """Return nothing: no control is asked of a proposal before it moves."""
        return Facts()
