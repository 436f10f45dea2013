"""What happened, and the proof: the ledger, the vault, the diary, the post room."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from uppsikt.records.leasing import Leased


class Entry(models.Model):
    """One act in the ledger. Inserted by `ledger.append`, numbered by the sequencer.

    `leaf` is a salted commitment and never a text (design decision 9); what it opens
    to lies in `Opening`, which disposal can empty while every proof stays whole.
    """

    number = models.PositiveBigIntegerField(null=True, unique=True, editable=False)
    leaf = models.BinaryField()
    act = models.CharField(max_length=80)
    subject = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "entries"
        indexes: ClassVar = [
            models.Index(fields=["subject", "at"]),
            models.Index(
                fields=["id"], condition=models.Q(number=None), name="not_yet_numbered"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.subject}"


class Opening(models.Model):
    """What an entry's commitment opens to; `openings` knows how it is laid out.

    Written once; disposal empties `fields` and names its decision.
    """

    entry = models.OneToOneField(
        Entry, models.PROTECT, primary_key=True, related_name="opening"
    )
    fields = models.JSONField(null=True)
    disposed_under = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"opening of {self.entry_id}"


class TreeNode(models.Model):
    """A complete subtree's hash, so that a proof needs only a few rows.

    Level 0 is not stored: it follows from the entry's own leaf.
    """

    level = models.PositiveSmallIntegerField()
    index = models.PositiveBigIntegerField()
    hash = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["level", "index"], name="one_node_a_place")
        ]

    def __str__(self) -> str:
        return f"{self.level}/{self.index}"


class Log(models.Model):
    """The one row that says how far the log reaches; who moves `size` has numbered.

    `frontier` has the roots of the full subtrees in hexadecimal, greatest first.
    """

    size = models.PositiveBigIntegerField(default=0)
    frontier = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"log of {self.size}"


class Checkpoint(models.Model):
    """A signed note over the log's size and root (C2SP tlog-checkpoint)."""

    size = models.PositiveBigIntegerField(unique=True)
    root = models.BinaryField()
    note = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"checkpoint at {self.size}"


class Blob(models.Model):
    """Bytes that may have to be forgotten, under a salted name.

    Small ones lie in `data`, in the act's own transaction; large ones in a file whose
    name is the salted digest. Restricted ones are encrypted where they lie.
    """

    name = models.CharField(max_length=64, primary_key=True)
    salt = models.BinaryField()
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    restricted = models.BooleanField(default=False)
    data = models.BinaryField(null=True)
    kept_at = models.DateTimeField()
    disposed_at = models.DateTimeField(null=True)
    disposed_under = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.name[:8]

    @property
    def in_file(self) -> bool:
        """Tell whether the bytes lie in a file of the vault and not in the row."""
        return self.data is None and self.disposed_at is None


class PictureReading(models.Model):
    """What the models saw in a picture: kinds and counts, never the words themselves.

    It is begun once and forgotten with the bytes, or when they are locked. `eyes` names
    the models that were asked; what none looked for is None.
    """

    blob = models.OneToOneField(
        Blob, models.CASCADE, primary_key=True, related_name="reading"
    )
    eyes = models.CharField(max_length=40, blank=True)
    begun_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    position = models.BooleanField(default=False)
    words = models.BooleanField(null=True)
    signals = models.JSONField(default=list)
    faces = models.PositiveSmallIntegerField(null=True)
    naked = models.BooleanField(null=True)

    def __str__(self) -> str:
        return f"reading of {self.blob_id[:8]}"


class Registration(models.Model):
    """Something to be registered in the diary, and its number once it has one.

    Metadata by OSL 5:2: when it came in or was drawn up, diary number, from whom or to
    whom, and briefly what it concerns (D-8).
    """

    class Direction(models.TextChoices):
        RECEIVED = "received", _("Received")
        DRAWN_UP = "drawn_up", _("Drawn up")

    subject = models.CharField(max_length=80, db_index=True)
    path = models.CharField(max_length=255)
    series = models.CharField(max_length=20)
    title = models.CharField(max_length=300)
    direction = models.CharField(max_length=10, choices=Direction.choices)
    party = models.CharField(max_length=200, blank=True)
    happened_at = models.DateTimeField()
    secret = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    diary_number = models.CharField(max_length=60, null=True, unique=True)  # noqa: DJ001 (unique, and unknown until given)
    registered_at = models.DateTimeField(null=True)
    registered_by = models.CharField(max_length=80, blank=True)
    files: "models.ManyToManyField[Blob, Registration]" = models.ManyToManyField(Blob)

    def __str__(self) -> str:
        return self.diary_number or self.title


class Series(models.Model):
    """How far a diary series has counted in a year."""

    name = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "series"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["name", "year"], name="one_count_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.year}"


class SearchDocument(models.Model):
    """What can be searched: stems of a text, and who may see it. Never restricted."""

    subject = models.CharField(max_length=80, unique=True)
    path = models.CharField(max_length=255)
    at = models.DateTimeField()
    stems = models.TextField()
    version = models.CharField(max_length=80)

    class Meta:
        # Not on the field: to change a field would rebuild the table, and lose the
        # triggers by which the index follows it.
        indexes: ClassVar = [models.Index(fields=["version"], name="search_version")]

    def __str__(self) -> str:
        return self.subject


class Mail(Leased):
    """An e-mail to be sent by the worker."""

    to = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    asked_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.subject


class Package(models.Model):
    """A package handed out: which file, its digest, what it holds, for whom."""

    blob = models.OneToOneField(Blob, models.PROTECT)
    digest = models.CharField(max_length=64)
    title = models.CharField(max_length=200)
    subject = models.CharField(max_length=80, db_index=True)
    path = models.CharField(max_length=255)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=80)
    entry = models.ForeignKey(Entry, models.PROTECT)

    def __str__(self) -> str:
        return self.title
