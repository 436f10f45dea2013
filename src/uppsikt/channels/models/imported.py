"""Lists of channels that were uploaded: what came of each, and what a row entered."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from uppsikt.channels.models.channel import Channel
from uppsikt.governance.models import User
from uppsikt.records.models import Blob, Entry


class Imports(models.QuerySet["Import"]):
    """Imports, in the words people use of them."""

    def waiting(self) -> Self:
        """Keep those that were uploaded, and neither carried out nor forgotten."""
        return self.filter(carried_out_at=None)

    def uploaded_before(self, moment: datetime) -> Self:
        return self.filter(uploaded_at__lt=moment)

    def carried_out(self) -> Self:
        return self.filter(carried_out_at__isnull=False)


class Import(models.Model):
    """A file that was uploaded; nothing of it is in the register until carried out.

    The file itself lies in the vault until then, and is forgotten after: what was
    entered stands in the register and in the ledger.
    """

    file_name = models.CharField(max_length=200)
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="+")
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    carried_out_at = models.DateTimeField(null=True)
    entered = models.PositiveIntegerField(default=0)
    passed_over = models.PositiveIntegerField(default=0)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = Imports.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(undone_at=None) | Q(carried_out_at__isnull=False),
                name="what_is_undone_was_carried_out",
            )
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def stands(self) -> bool:
        """Tell whether what it entered is meant to be in the register."""
        return self.carried_out_at is not None and self.undone_at is None

    def since_touched(self) -> list[Channel]:
        """Return the channels to which something has happened since they were entered.

        Each act on a channel leaves an entry with the channel as its subject.
        """
        rows = self.rows.select_related("channel").order_by("number")
        channels = {row.channel.subject: row.channel for row in rows}
        entries = Entry.objects.filter(subject__in=channels).values_list("subject")
        acts = entries.annotate(acts=models.Count("pk")).filter(acts__gt=1)
        return [channels[subject] for subject, _acts in acts]


class ImportedRow(models.Model):
    """A row of the file, and the channel that it entered."""

    source = models.ForeignKey(Import, models.PROTECT, related_name="rows")
    channel = models.OneToOneField(Channel, models.PROTECT, related_name="imported")
    number = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.source_id}:{self.number}"
