"""Accounts that somebody told us of, and what they were found to be (D-34)."""

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Final, Self

from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from uppsikt.channels.found_life import FoundLife
from uppsikt.governance.models import Moving, Node, User, below
from uppsikt.platforms.accounts import Account
from uppsikt.platforms.catalogue import SITES, Site
from uppsikt.policy.facts import Facts
from uppsikt.records.models import Blob, Entry

if TYPE_CHECKING:
    from uppsikt.governance.actors import Actor

FALSE: Final = (
    FoundLife.false.name,
    FoundLife.at_platform.name,
    FoundLife.gone.name,
)
_SEALED: Final = "sealed:"


class FoundAccounts(models.QuerySet["FoundAccount"]):
    """Reported accounts, in the words people use of them."""

    def visible_to(self, actor: "Actor") -> Self:
        """Keep what was reported at or below a node where the actor has a role."""
        return self.filter(below(actor, "node__path"))

    def about(self, account: Account) -> Self:
        """Keep the reports of one account, however its address was written."""
        keys = account.keys
        return self.filter(Q(key__in=keys) | Q(id_key__in=keys))

    def let_go(self, account: Account) -> Self:
        """Keep the reports of an account that were found to be of a private person."""
        digests = [sealed(key) for key in account.keys]
        private = self.filter(status=FoundLife.private.name)
        return private.filter(Q(key__in=digests) | Q(id_key__in=digests))

    def known_false(self) -> Self:
        """Keep the accounts that were found to be false, also those that are gone."""
        return self.filter(status__in=FALSE)

    def to_judge(self) -> Self:
        """Keep what nobody has judged yet."""
        return self.filter(status=FoundLife.reported.name)


class FoundAccount(Moving):
    """One report of an account that does not stand in the register.

    `key` and `id_key` are what the account is known by (`platforms.accounts`). When it
    is found to be private, they are replaced by a digest that only this installation
    can make, and all else that was said of it is emptied: so a second report is
    recognised, and nobody is watched.
    """

    LIFE = FoundLife

    class Police(models.TextChoices):
        REPORTED = "reported", _("Reported to the police")
        NOT_REPORTED = "not_reported", _("Not reported to the police")

    node = models.ForeignKey(Node, models.PROTECT, related_name="+")
    receipt = models.CharField(max_length=20, unique=True, editable=False)
    site = models.CharField(_("Platform"), max_length=20, blank=True)
    key = models.CharField(max_length=300, db_index=True)
    id_key = models.CharField(max_length=300, blank=True, db_index=True)
    url = models.URLField(_("Address"), max_length=2000, blank=True)
    said = models.TextField(_("What was said of it"), blank=True)
    content = models.ForeignKey(Blob, models.PROTECT, null=True, related_name="+")
    content_entry = models.ForeignKey(
        Entry, models.PROTECT, null=True, related_name="+"
    )
    reported_at = models.DateTimeField()
    reported_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    judged_at = models.DateTimeField(null=True)
    platform_reference = models.CharField(
        _("The platform's reference"), max_length=200, blank=True
    )
    police = models.CharField(
        _("Police"), max_length=15, choices=Police.choices, blank=True
    )
    police_note = models.CharField(
        _("Report number, or why not"), max_length=300, blank=True
    )
    gone_at = models.DateTimeField(null=True)

    objects = FoundAccounts.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(status=FoundLife.private.name)
                | Q(url="", said="", site="", content=None, key__startswith=_SEALED),
                name="nothing_is_kept_of_a_private_account",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=FALSE) | Q(judged_at__isnull=False),
                name="what_is_false_was_judged",
            ),
        ]

    def __str__(self) -> str:
        return self.url or self.receipt

    @property
    def path(self) -> str:
        return self.node.path

    @property
    def platform(self) -> Site | None:
        return SITES.get(self.site)

    @property
    def is_false(self) -> bool:
        return self.status in FALSE

    def facts(self, at: datetime) -> Facts:
        """Return no facts: no control gates these moves."""
        return Facts()


def sealed(key: str) -> str:
    """Return a digest of a key, which tells nothing of it and knows it again."""
    digest = salted_hmac("uppsikt.channels.found", key, algorithm="sha256")
    return _SEALED + digest.hexdigest()
