"""The municipality as a tree of places, and who holds which role where."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from uppsikt.governance.models.people import ROLE_LABELS, User
from uppsikt.policy.roles import Role
from uppsikt.records import bulk

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from uppsikt.governance.actors import Actor


class Node(models.Model):
    """A place in the municipality that roles, channels and facts belong to.

    `path` is the ids from the top, "1/4/9/", so that a place and all below it is one
    prefix: what a role at a node reaches, and what its holder sees.
    """

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", _("Municipality")
        COMMITTEE = "committee", _("Committee")
        DEPARTMENT = "department", _("Department")
        UNIT = "unit", _("Unit")
        CHANNEL = "channel", _("Channel")

    kind = models.CharField(max_length=15, choices=Kind.choices)
    name = models.CharField(max_length=200)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="children"
    )
    path = models.CharField(max_length=255, unique=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)

    def __str__(self) -> str:
        return self.name

    @classmethod
    def plant(cls, kind: str, name: str, parent: "Node | None" = None) -> Self:
        """Create a node below `parent` and return it."""
        node = cls.objects.create(kind=kind, name=name, parent=parent, path=f"?{name}")
        node.path = f"{parent.path if parent else ''}{node.pk}/"
        node.save(update_fields=["path"])
        return node

    @classmethod
    def plant_each(cls, kind: str, named: "Sequence[tuple[str, Node]]") -> list[Self]:
        """Create a node for each name below its parent, by two statements for all."""
        nodes = [
            cls(kind=kind, name=name, parent=parent, path=f"?{n}")
            for n, (name, parent) in enumerate(named)
        ]
        planted = bulk.create(nodes)
        above = cls.objects.filter(pk=OuterRef("parent")).values("path")
        key = Cast("pk", models.CharField())
        rows = cls.objects.filter(pk__in=[node.pk for node in planted])
        rows.update(path=Concat(Subquery(above), key, Value("/")))
        for node, (_name, parent) in zip(planted, named, strict=True):
            node.path = f"{parent.path}{node.pk}/"
        return planted


class Assignments(models.QuerySet["Assignment"]):
    """Assignments, in the words people use of them."""

    def holding(self, at: "datetime") -> Self:
        """Keep the assignments that hold at `at`."""
        open_ended = Q(ends_at=None) | Q(ends_at__gt=at)
        return self.filter(open_ended, starts_at__lte=at)


class Assignment(models.Model):
    """A role that a person holds at a node, for a time."""

    user = models.ForeignKey(User, models.CASCADE, related_name="assignments")
    role = models.CharField(max_length=40, choices=[(r, r) for r in Role])
    node = models.ForeignKey(Node, models.CASCADE, related_name="assignments")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    objects = Assignments.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gte=models.F("starts_at")),
                name="assignment_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.role} {self.node}"

    @property
    def label(self) -> object:
        return ROLE_LABELS[Role(self.role)]


def below(actor: "Actor", field: str = "path") -> Q:
    """Return the condition that keeps what lies at or below a node of the actor's."""
    wanted = Q(pk__in=[])
    for path in actor.sees:
        wanted |= Q(**{f"{field}__startswith": path})
    return wanted


def reaching(actor: "Actor", field: str = "path") -> Q:
    """Return the condition that keeps what lies below a node of the actor's, or above.

    For what holds for all below it, such as a crisis or working times.
    """
    wanted = below(actor, field)
    for path in actor.sees:
        steps = path.split("/")[:-1]
        up = ["/".join(steps[:n]) + "/" for n in range(1, len(steps) + 1)]
        wanted |= Q(**{f"{field}__in": up})
    return wanted
