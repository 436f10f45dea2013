"""Standard answers: words that a colleague has approved, for many to use."""

from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from uppsikt.governance.models import Moving, Node, User, below
from uppsikt.inbox.models.item import Item
from uppsikt.inbox.module_life import ModuleLife
from uppsikt.policy.facts import Facts

if TYPE_CHECKING:
    from uppsikt.governance.actors import Actor


def above(path: str) -> Q:
    """Return the condition that keeps what belongs at `path` or above it."""
    steps = path.strip("/").split("/")
    paths = ["/".join(steps[: n + 1]) + "/" for n in range(len(steps))]
    return Q(node__path__in=paths)


class Modules(models.QuerySet["Module"]):
    """Standard answers, in the words people use of them."""

    def visible_to(self, actor: "Actor") -> Self:
        """Keep what holds where the actor has a role: there, below and above."""
        seen = below(actor, "node__path")
        for path in actor.sees:
            seen |= above(path)
        return self.filter(seen)

    def usable(self, path: str, on: date) -> Self:
        """Keep the approved ones that hold at `path` on the day `on`."""
        holds = Q(valid_until=None) | Q(valid_until__gte=on)
        return self.filter(above(path), holds, status=ModuleLife.approved.name)

    def found(self, words: str) -> Self:
        """Keep those whose name or text has all of `words`."""
        wanted = Q()
        for word in words.split():
            wanted &= Q(name__icontains=word) | Q(text__icontains=word)
        return self.filter(wanted)


class Module(Moving):
    """One version of a standard answer (R-6.2-2, D-36).

    It holds at its node and below. A new version is a row of its own that points to the
    one it follows; the old one is retired when the new one is approved, and both stay.
    """

    LIFE = ModuleLife

    class Kind(models.TextChoices):
        ORDINARY = "ordinary", _("Ordinary")
        GETTING_BACK = "getting_back", _("We get back")
        SAFE_CHANNEL = "safe_channel", _("To a safe channel")
        POLITICAL = "political", _("Political question")
        LANGUAGE = "language", _("Other language")
        FAQ = "faq", _("Frequent question")

    class Language(models.TextChoices):
        SV = "sv", _("Swedish")
        EN = "en", _("English")
        FI = "fi", _("Finnish")
        SE = "se", _("Northern Sami")
        YI = "yi", _("Yiddish")
        RMY = "rmy", _("Romani")
        FIT = "fit", _("Meänkieli")
        AR = "ar", _("Arabic")
        SO = "so", _("Somali")
        UK = "uk", _("Ukrainian")
        PL = "pl", _("Polish")
        FA = "fa", _("Persian")
        ES = "es", _("Spanish")

    node = models.ForeignKey(Node, models.PROTECT, related_name="modules")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    language = models.CharField(max_length=5, choices=Language.choices)
    name = models.CharField(max_length=120)
    text = models.TextField()
    number = models.PositiveSmallIntegerField(default=1)
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="followers"
    )
    # The question that it was made from, where it was made from one.
    asked = models.ForeignKey(
        Item, models.SET_NULL, null=True, related_name="frequent", db_index=False
    )
    valid_until = models.DateField(null=True)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True)
    used = models.PositiveIntegerField(default=0)

    objects = Modules.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(status="approved") | Q(approved_at__isnull=False),
                name="an_approved_module_was_approved",
            ),
            models.UniqueConstraint(
                fields=["follows"],
                condition=~Q(status="retired"),
                name="one_next_version_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        return self.node.path

    def facts(self, at: datetime) -> Facts:
        return Facts()
