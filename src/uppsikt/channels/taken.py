"""Which accounts the register holds: one account stands there once (R-3.2-3)."""

from collections.abc import Iterable

from uppsikt.channels import verifying
from uppsikt.channels.models import Channel
from uppsikt.governance.models import Node


def standing(*, but: Channel | None = None) -> set[str]:
    """Return what the accounts of all standing channels are known by, by one query."""
    rows = Channel.objects.standing().only("site", "handle", "url", "remote_id")
    others = rows.exclude(pk=but.pk) if but else rows
    return {key for channel in others for key in verifying.account_keys(channel)}


def is_taken(wanted: Iterable[frozenset[str]], *, but: Channel | None = None) -> bool:
    """Tell whether one of some accounts stands there already, or twice among them.

    Each account is what it is known by. Whoever asks in the same transaction as they
    write is alone in it until it ends: the next one reads what they wrote.
    """
    _wait_for_others()
    held = standing(but=but)
    for keys in wanted:
        if keys & held:
            return True
        held |= keys
    return False


def _wait_for_others() -> None:
    """Hold the top of the municipality; SQLite's transactions wait by themselves."""
    top = Node.objects.select_for_update(no_key=True).filter(parent=None)
    top.order_by("pk").values_list("pk", flat=True).first()
