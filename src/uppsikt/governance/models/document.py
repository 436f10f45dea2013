"""The guideline as a document: its adopted text, and who has read it."""

from typing import ClassVar

from django.db import models

from uppsikt.governance.models.people import User
from uppsikt.governance.models.rules import Adoption
from uppsikt.records.models import Blob, Entry


class AdoptedText(models.Model):
    """The document that was decided, as uploaded, with its text if it has any.

    A second upload does not replace the first: the newest is shown, all are kept.
    """

    adoption = models.ForeignKey(Adoption, models.PROTECT, related_name="texts")
    name = models.CharField(max_length=200)
    file = models.ForeignKey(Blob, models.PROTECT, related_name="+")
    text = models.ForeignKey(Blob, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True)
    entry = models.OneToOneField(Entry, models.PROTECT)

    def __str__(self) -> str:
        return self.name


class SentenceMark(models.Model):
    """What is known of a sentence of an adopted text without its words (R-0-1).

    Marks outlive the text, so that a later text can still be compared with it.
    """

    text = models.ForeignKey(AdoptedText, models.PROTECT, related_name="marks")
    number = models.PositiveIntegerField()
    section = models.CharField(max_length=20)
    fingerprint = models.CharField(max_length=64)
    demanding = models.BooleanField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["text", "number"], name="one_mark_a_sentence"
            )
        ]

    def __str__(self) -> str:
        return f"{self.section} {self.fingerprint[:8]}"


class Receipt(models.Model):
    """A person has read a version of the guideline (R-1-2)."""

    user = models.ForeignKey(User, models.PROTECT, related_name="receipts")
    adoption = models.ForeignKey(Adoption, models.PROTECT, related_name="receipts")
    at = models.DateTimeField()
    entry = models.OneToOneField(Entry, models.PROTECT)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "adoption"], name="one_receipt_a_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} has read {self.adoption_id}"
