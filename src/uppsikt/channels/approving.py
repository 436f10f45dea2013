"""What an approval brings about: people appointed, and let in (R-4-2, R-4-6)."""

from datetime import datetime

from django.utils import timezone

from uppsikt.channels import staffing
from uppsikt.channels.models import AccessHolder, Channel
from uppsikt.governance.actors import Actor
from uppsikt.policy.roles import Role
from uppsikt.records import ledger


def appoint_proposed(channel: Channel, *, at: datetime) -> None:
    """Let the proposed owner and substitute hold their roles from now."""
    if channel.proposed_owner:
        staffing.hold(channel.node, channel.proposed_owner, Role.CHANNEL_OWNER, at)
    if channel.proposed_deputy:
        staffing.hold(channel.node, channel.proposed_deputy, Role.DEPUTY, at)


def let_in_proposed(channel: Channel, *, actor: Actor, at: datetime) -> None:
    """Note each person proposed as one who reaches the account, unguarded as yet.

    That their sign-in has two factors is noted when somebody has seen it (R-5.1-1).
    """
    today = timezone.localtime(at).date()
    let_in: list[ledger.JsonValue] = []
    for user in channel.proposed_holders.order_by("pk"):
        AccessHolder.objects.get_or_create(
            channel=channel,
            user=user,
            until=None,
            defaults={"since": today, "first_on": today},
        )
        let_in.append(user.pk)
    if let_in:
        told: dict[str, ledger.JsonValue] = {"users": let_in}
        ledger.append("channel.let_in", channel.subject, told, actor=actor.name, at=at)
