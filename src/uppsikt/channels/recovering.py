"""How a lost account is won back: where the codes are kept, and who knows (R-4-6)."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from uppsikt.channels import staffing
from uppsikt.channels.models import Channel, RecoveryPath
from uppsikt.checks.text.secret import looks_secret
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import User
from uppsikt.policy.words import N_
from uppsikt.records import ledger

_SECRET = N_(
    "This looks like a code or a password. Write only where it is kept, such as the "
    "name of the vault and of the entry."
)


class LooksSecret(ValidationError):
    """What was written could be a code or a password, and is not kept."""

    def __init__(self) -> None:
        super().__init__(_SECRET, code="secret")


def must_hold_no_secret(text: str) -> None:
    """Raise `LooksSecret` for what could be a code or a password."""
    if looks_secret(text):
        raise LooksSecret


@transaction.atomic
def note(
    channel: Channel,
    kept_at: str,
    known_by: Sequence[User],
    *,
    actor: Actor,
    at: datetime,
) -> RecoveryPath:
    """Note where the recovery codes are kept and who knows. Never a code itself.

    Raises:
        moves.NotYours, moves.TooLate: the actor may not, or the channel does not run.
        LooksSecret: a code seems to be in the text; nothing is kept of it.
    """
    staffing.must_keep_access(channel, actor, at=at)
    must_hold_no_secret(kept_at)
    path = RecoveryPath.objects.create(
        channel=channel, kept_at=kept_at.strip(), at=at, by=actor.person
    )
    path.known_by.set(known_by)
    told: dict[str, ledger.JsonValue] = {
        "kept_at": path.kept_at,
        "known_by": [user.pk for user in known_by],
    }
    ledger.append("channel.recovery", channel.subject, told, actor=actor.name, at=at)
    return path


def latest(channel: Channel, *, at: datetime) -> RecoveryPath | None:
    """Return what was last noted by `at`."""
    rows = channel.recovery_paths.filter(at__lte=at).select_related("by")
    return rows.prefetch_related("known_by").order_by("-at", "-pk").first()
