"""What data protection demands of a platform before we use it (D-20, D-22).

Never changed: what is assessed again is a new row, and the latest holds.
"""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from uppsikt.governance.models import User

CRITERIA: Final = ("children", "sensitive_data", "large_scale", "new_technology")
_ENOUGH: Final = 2


class JointControl(models.Model):
    """The arrangement with a platform that decides with us what data are used for.

    Dataskyddsförordningen artikel 26; EU-domstolen C-210/16 Wirtschaftsakademie.
    """

    site = models.CharField(max_length=20)
    reference = models.CharField(
        _("Name or address of the arrangement"), max_length=500
    )
    read_on = models.DateField(_("Read on"))
    notice = models.TextField(_("What visitors are told"))
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.site}: {self.reference}"


class Screening(models.Model):
    """Whether a platform needs an impact assessment, and what came of it.

    Dataskyddsförordningen artikel 35. An impact assessment is as a rule needed where
    two of the criteria are met (Integritetsskyddsmyndighetens förteckning).
    """

    site = models.CharField(max_length=20)
    children = models.BooleanField(_("Children or others in need of protection"))
    sensitive_data = models.BooleanField(_("Sensitive data, or of a personal nature"))
    large_scale = models.BooleanField(_("Large scale"))
    new_technology = models.BooleanField(_("New technology, or used in a new way"))
    result = models.TextField(_("Result"))
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.site} {self.at:%Y-%m-%d}"

    @classmethod
    def label(cls, criterion: str) -> str:
        """Return a criterion as people say it."""
        field = cls._meta.get_field(criterion)
        return str(getattr(field, "verbose_name", criterion))

    @property
    def met(self) -> list[str]:
        """Return the criteria that are met, by name."""
        return [name for name in CRITERIA if getattr(self, name)]

    @property
    def needs_assessment(self) -> bool:
        return len(self.met) >= _ENOUGH


class Opinion(models.Model):
    """What the data protection officer says of a screening (artikel 35.2, 39.1 c)."""

    screening = models.ForeignKey(Screening, models.PROTECT, related_name="opinions")
    text = models.TextField(_("Opinion"))
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"opinion on {self.screening_id}"
