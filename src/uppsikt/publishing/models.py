"""Pictures of our own, and what a person has answered before they are published."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from uppsikt.channels.models import Channel
from uppsikt.governance.models import User, below
from uppsikt.records.models import Blob

if TYPE_CHECKING:
    from uppsikt.governance.actors import Actor


class OwnPictures(models.QuerySet["OwnPicture"]):
    """Pictures of ours, in the words people use of them."""

    def visible_to(self, actor: "Actor") -> Self:
        """Keep those of channels the actor may see, and not those that are weeded."""
        return self.filter(below(actor, "channel__node__path"), weeded_at=None)


class OwnPicture(models.Model):
    """A picture that we mean to publish: a draft until it is out (TF 2:12).

    It is kept without the data that its camera wrote. Who is seen in it, and on what
    ground, is for a person to answer (R-8.2-4).
    """

    class Basis(models.TextChoices):
        NOBODY = "nobody", _("Nobody can be recognised")
        PUBLIC_INTEREST = "public_interest", _("Yes: a task of public interest")
        CONTRACT = "contract", _("Yes: an agreement with those who are seen")
        CONSENT = "consent", _("Yes: consent from those who are seen")

    class Words(models.TextChoices):
        NONE = "none", _("There is no text in it that matters")
        IN_POST = "in_post", _("What the picture says stands in the post as well")

    channel = models.ForeignKey(Channel, models.PROTECT, related_name="own_pictures")
    blob = models.OneToOneField(Blob, models.PROTECT, related_name="+")
    shows = models.CharField(max_length=1000)
    had_position = models.BooleanField(default=False)
    brought_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    brought_at = models.DateTimeField()
    basis = models.CharField(max_length=20, choices=Basis.choices, blank=True)
    reference = models.CharField(max_length=300, blank=True)
    words = models.CharField(max_length=10, choices=Words.choices, blank=True)
    cleared_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    cleared_at = models.DateTimeField(null=True)
    weeded_at = models.DateTimeField(null=True)

    objects = OwnPictures.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(cleared_at=None) | (~Q(basis="") & ~Q(words="")),
                name="a_cleared_picture_has_its_answers",
            ),
            models.CheckConstraint(
                condition=Q(basis__in=["", "nobody"]) | ~Q(reference=""),
                name="a_legal_basis_has_its_reference",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["channel", "brought_at"])]

    def __str__(self) -> str:
        return f"picture {self.pk}"

    @property
    def subject(self) -> str:
        return f"picture:{self.pk}"

    @property
    def path(self) -> str:
        return self.channel.path
