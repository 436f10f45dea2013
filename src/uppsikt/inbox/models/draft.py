"""What somebody has begun to write to an item and not sent."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models

from uppsikt.governance.models import User
from uppsikt.inbox.models.item import Item


class Drafts(models.QuerySet["Draft"]):
    """Drafts, in the words people use of them."""

    def fresh(self, since: datetime) -> Self:
        """Keep what somebody has written on after `since`."""
        return self.filter(saved_at__gt=since)


class Draft(models.Model):
    """A text that waits for its writer, on every device (R-6.2-3).

    It is no official document before it is sent (TF 2 kap. 12 §), so it leaves no trace
    in the ledger: nobody but its writer reads it, and it goes when it has been sent or
    the item no longer asks for it.
    """

    item = models.ForeignKey(Item, models.CASCADE, related_name="drafts")
    user = models.ForeignKey(User, models.CASCADE, related_name="drafts")
    box = models.CharField(max_length=10)
    text = models.TextField()
    begun_at = models.DateTimeField()
    saved_at = models.DateTimeField()

    objects = Drafts.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["item", "user", "box"], name="one_draft_for_each_box"
            )
        ]

    def __str__(self) -> str:
        return f"draft {self.pk}"
