"""How a municipality judges the rules: which are shown, and what people did."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from uppsikt.governance.models import User, below
from uppsikt.inbox.models.item import Item

if TYPE_CHECKING:
    from uppsikt.governance.actors import Actor


class SignalRule(models.Model):
    """A rule in one version: silent until a person has it shown."""

    name = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()
    shown = models.BooleanField(default=False)
    since = models.DateTimeField()
    # Nobody: it came with the program.
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["name", "version"], name="a_rule_is_registered_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


class Verdicts(models.QuerySet["Verdict"]):
    """Verdicts, in the words people use of them."""

    def standing(self) -> Self:
        """Keep what nobody has taken back."""
        return self.filter(undone_at=None)

    def visible_to(self, actor: "Actor") -> Self:
        """Keep those on items that the actor may see and whose text is for all."""
        open_ = self.filter(item__secluded=False, item__restricted=False)
        return open_.filter(below(actor, "item__channel__node__path"))


class Verdict(models.Model):
    """What people did with an item that a rule pointed at; nothing of its author."""

    class Said(models.TextChoices):
        RIGHT = "right", _("Removed on the ground suggested")
        WRONG = "wrong", _("Not a problem")
        PASSED = "passed", _("Left as it was")

    item = models.ForeignKey(Item, models.CASCADE, related_name="verdicts")
    rule = models.CharField(max_length=60)
    rule_version = models.PositiveSmallIntegerField()
    said = models.CharField(max_length=6, choices=Said.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    objects = Verdicts.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["item", "rule", "rule_version"],
                condition=Q(undone_at=None),
                name="one_verdict_stands",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["rule", "rule_version", "at"])]

    def __str__(self) -> str:
        return f"{self.rule}: {self.said}"
