"""A case, its evidence, and the three rows that gate its closing."""

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from uppsikt.channels.models import Channel
from uppsikt.governance.models import Moving, User, below
from uppsikt.inbox.models import Item
from uppsikt.moderation.life import CaseLife
from uppsikt.policy.facts import Facts
from uppsikt.policy.roles import Role
from uppsikt.records.leasing import Leased
from uppsikt.records.models import Blob, Entry, Registration
from uppsikt.sending.models import Outgoing

if TYPE_CHECKING:
    from uppsikt.governance.actors import Actor

SPECIAL = ("special", "special_closed")
ENDED = ("left_up", "closed", "restored", "special_closed")
# What a special case has locked stays so, whatever case asks for it.
LOCKED = Q(item__isnull=False, item__secluded=True)
SPECIAL_READERS = frozenset({Role.CHANNEL_OWNER, Role.DEPUTY, Role.REGISTRAR})


class Cases(models.QuerySet["Case"]):
    """Cases, in the words people use of them."""

    def visible_to(self, actor: "Actor") -> Self:
        """Keep cases of channels that the actor may see.

        A special case, and an earlier one about the same item, is seen by its channel's
        owner and substitute and the registrar alone (requirements 3.4, step 6).
        """
        reach = Q(pk__in=[])
        for role, path in actor.grants:
            if role in SPECIAL_READERS:
                reach |= Q(channel__node__path__startswith=path)
        here = self.filter(below(actor, "channel__node__path"))
        return here.filter(~Q(status__in=SPECIAL) & ~LOCKED | reach)

    def ordinary(self) -> Self:
        """Keep cases that are not special, nor about what a special case locks."""
        return self.exclude(status__in=SPECIAL).exclude(LOCKED)

    def in_hand(self) -> Self:
        """Keep the cases that somebody still has something to do with."""
        return self.exclude(status__in=ENDED)


class Case(Moving, Leased):
    """What is to be done with something that may have to be removed.

    `knowledge_at` is when the municipality learnt of it: the clock that the law counts
    (BBS-lagen 4 a §, D-2). The constraints hold the chain even where code would not.
    """

    LIFE = CaseLife

    class Measure(models.TextChoices):
        HIDE = "hide", _("Hide")
        DELETE = "delete", _("Delete")
        BY_HAND = "by_hand", _("Remove by hand at the platform")

    channel = models.ForeignKey(Channel, models.PROTECT, related_name="cases")
    item = models.ForeignKey(Item, models.PROTECT, null=True, related_name="cases")
    knowledge_at = models.DateTimeField()
    known_through = models.CharField(max_length=20)
    due_at = models.DateTimeField(null=True)
    ground = models.CharField(max_length=40, blank=True)
    guideline = models.CharField(max_length=100, blank=True)
    obvious = models.BooleanField(null=True)
    motive = models.TextField(blank=True)
    milder = models.TextField(blank=True)
    measure = models.CharField(max_length=10, choices=Measure.choices, blank=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="decided_cases"
    )
    decided_at = models.DateTimeField(null=True)
    # Which version of the text was decided on: no other is removed by that decision.
    decided_version = models.PositiveSmallIntegerField(null=True)
    second_person = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="seconded_cases"
    )
    evidence_entry = models.ForeignKey(
        Entry, models.PROTECT, null=True, related_name="+"
    )
    # When the worker turned to the platform, and when the platform had taken the
    # order: between the two nobody knows, so the worker looks before it acts again.
    begun_at = models.DateTimeField(null=True)
    acted_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="removed_cases"
    )
    # Why nobody pictured what was left after a removal by hand.
    no_second_picture = models.TextField(blank=True)
    # Why the author cannot be told, where that is so (R-6.4-26).
    notice_impossible = models.TextField(blank=True)
    notice = models.OneToOneField(
        Outgoing, models.PROTECT, null=True, related_name="notice_of"
    )
    registration = models.OneToOneField(
        Registration, models.PROTECT, null=True, related_name="case"
    )
    # The special path: a text note only, no address, no picture, no copy (3.4).
    note = models.TextField(blank=True)

    objects = Cases.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(
                    status__in=[
                        "condemned",
                        "secured",
                        "by_hand",
                        "removed",
                        "unconfirmed",
                        "restored",
                        "closed",
                    ]
                )
                | (
                    ~Q(ground="")
                    & Q(decided_by__isnull=False)
                    & Q(decided_at__isnull=False)
                    & ~Q(measure="")
                ),
                name="what_is_condemned_has_ground_and_person",
            ),
            models.CheckConstraint(
                condition=~Q(
                    status__in=[
                        "secured",
                        "by_hand",
                        "removed",
                        "unconfirmed",
                        "restored",
                        "closed",
                    ]
                )
                | Q(evidence_entry__isnull=False),
                name="nothing_is_removed_without_evidence",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["removed", "closed", "restored"])
                | Q(removed_at__isnull=False),
                name="what_is_removed_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["special", "special_closed"])
                | (
                    Q(evidence_entry=None) & Q(measure="") & ~Q(ground="") & ~Q(note="")
                ),
                name="a_special_case_holds_no_evidence",
            ),
            models.UniqueConstraint(
                fields=["item"],
                condition=~Q(
                    status__in=["left_up", "closed", "restored", "special_closed"]
                ),
                name="one_case_at_a_time_for_an_item",
            ),
        ]

    def __str__(self) -> str:
        return f"case {self.pk}"

    @property
    def path(self) -> str:
        return self.channel.path

    @property
    def special(self) -> bool:
        """Tell whether nothing of it may be shown, kept or handed out (3.4)."""
        return self.status in SPECIAL or (self.item is not None and self.item.secluded)

    def facts(self, at: datetime) -> Facts:
        """Return what is known of the case at `at`, as `known.of` puts it."""
        from uppsikt.moderation import known

        return known.of(self, at=at)


class Evidence(models.Model):
    """A capture: files in the vault, with what was seen, when, by whom (R-6.4-24)."""

    class Method(models.TextChoices):
        PAGE = "page", _("The platform's page")
        RENDERING = "rendering", _("Our rendering of the platform's answer")
        ANSWER = "answer", _("The platform's answer when we looked")
        UPLOAD = "upload", _("A person's own screenshot")

    class Moment(models.TextChoices):
        BEFORE = "before", _("Before the removal")
        AFTER = "after", _("After the removal")

    case = models.ForeignKey(Case, models.PROTECT, related_name="evidence")
    moment = models.CharField(max_length=10, choices=Moment.choices)
    method = models.CharField(max_length=10, choices=Method.choices)
    url = models.URLField(max_length=1000, blank=True)
    author_shown = models.CharField(max_length=300)
    content_at = models.DateTimeField()
    captured_at = models.DateTimeField()
    captured_by = models.CharField(max_length=80)
    entry = models.OneToOneField(Entry, models.PROTECT)

    def __str__(self) -> str:
        return f"{self.moment} of {self.case_id}"


class EvidenceFile(models.Model):
    """One file of a capture: picture, PDF, DOM, text or raw answer."""

    class Part(models.TextChoices):
        PICTURE = "picture", _("Picture")
        PDF = "pdf", _("PDF")
        DOM = "dom", _("Page source")
        TEXT = "text", _("Text")
        RAW = "raw", _("The platform's answer")

    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="files")
    part = models.CharField(max_length=10, choices=Part.choices)
    blob = models.ForeignKey(Blob, models.PROTECT)

    def __str__(self) -> str:
        return f"{self.part} of {self.evidence_id}"


class PlatformReports(models.QuerySet["PlatformReport"]):
    """Reports to the platform, in the words people use of them."""

    def under_way(self) -> Self:
        """Keep what the worker still has in hand."""
        return self.filter(next_try_at__isnull=False)


class PlatformReport(Leased):
    """A report to the platform that a person has ordered and the worker hands in.

    `begun_at` stands from when the platform is asked until its word is written down:
    no platform tells whether it has a report, so what broke off there is not repeated.
    """

    case = models.OneToOneField(Case, models.PROTECT, related_name="platform_report")
    category = models.CharField(max_length=20)
    reason = models.TextField()
    ordered_at = models.DateTimeField()
    ordered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(null=True)

    objects = PlatformReports.as_manager()

    def __str__(self) -> str:
        return f"report of {self.case_id} to the platform"

    @property
    def under_way(self) -> bool:
        return self.next_try_at is not None


class Report(models.Model):
    """Whether the content is reported, to whom, with which reference (R-6.4-27)."""

    class To(models.TextChoices):
        POLICE = "police", _("The police")
        PLATFORM = "platform", _("The platform")

    case = models.ForeignKey(Case, models.PROTECT, related_name="reports")
    to = models.CharField(max_length=10, choices=To.choices)
    made = models.BooleanField()
    reference = models.CharField(max_length=200, blank=True)
    why = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT)
    entry = models.OneToOneField(Entry, models.PROTECT)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "to"], name="one_answer_a_report")
        ]

    def __str__(self) -> str:
        return f"{self.to} of {self.case_id}"
