"""Who may act where, what is known of each place, and what moves by the rules."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from uppsikt.policy.roles import Role
from uppsikt.records.models import Blob, Entry

if TYPE_CHECKING:
    from datetime import datetime

    from uppsikt.governance.actors import Actor
    from uppsikt.policy.facts import Facts
    from uppsikt.policy.lifecycle import Lifecycle, State

ROLE_LABELS: dict[Role, object] = {
    Role.MUNICIPAL_DIRECTOR: _("Municipal director"),
    Role.COMMUNICATIONS_DIRECTOR: _("Head of communications"),
    Role.COMMUNICATIONS_OFFICE: _("Communications office"),
    Role.DEPARTMENT_DIRECTOR: _("Head of administration"),
    Role.LINE_MANAGER: _("Line manager"),
    Role.COMMUNICATIONS_OFFICER: _("Department communications officer"),
    Role.CHANNEL_OWNER: _("Person responsible for a channel"),
    Role.DEPUTY: _("Substitute"),
    Role.PUBLISHER: _("Publisher"),
    Role.EMPLOYEE: _("Employee"),
    Role.REGISTRAR: _("Registrar"),
    Role.ARCHIVIST: _("Archivist"),
    Role.DATA_PROTECTION_OFFICER: _("Data protection officer"),
    Role.SYSTEM_ADMINISTRATOR: _("System administrator"),
    Role.AUDITOR: _("Auditor"),
    Role.CLOCK: _("Uppsikt"),
}


class UserManager(BaseUserManager["User"]):
    """Makes users, who are known by their e-mail address."""

    def create_user(
        self, email: str, password: str | None = None, **fields: object
    ) -> "User":
        """Create a user; without a password nobody can sign in as them yet."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractUser):
    """A person in the municipality. Signs answers with first name, title and unit."""

    username = None  # type: ignore[assignment]
    email = models.EmailField(_("E-mail"), unique=True)
    title = models.CharField(_("Title"), max_length=100, blank=True)
    unit = models.CharField(_("Unit"), max_length=100, blank=True)
    # A protected identity signs with its function only (R-6.2-7).
    signs_as_function = models.BooleanField(default=False)
    shortcuts = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return self.get_full_name() or self.email


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


class Invitation(models.Model):
    """A way in, for one person, for a few days. Only the token's digest is kept."""

    user = models.ForeignKey(User, models.CASCADE, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    # Nobody: whoever runs the program invited the first administrator.
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return f"invitation of {self.user_id}"


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


def below(actor: "Actor", field: str = "path") -> Q:
    """Return the condition that keeps what lies at or below a node of the actor's."""
    wanted = Q(pk__in=[])
    for path in actor.sees:
        wanted |= Q(**{f"{field}__startswith": path})
    return wanted
