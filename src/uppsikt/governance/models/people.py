"""People, and the way in for each."""

from typing import ClassVar

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from uppsikt.policy.roles import Role

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
    # When the person stopped working here; what they did stays theirs (R-4-7).
    left_at = models.DateTimeField(null=True, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return self.get_full_name() or self.email


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
