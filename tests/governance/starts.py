"""What a channel's start is made of, put in any state for the tests of every edge."""

from collections.abc import Callable
from datetime import datetime, timedelta

from uppsikt.channels.models import Channel, Handover, PresenceOrder, StartNotice
from uppsikt.governance.models import Moving, User

WITH_REASON = (
    "start_notice.escalate",
    "start_notice.settle",
    "handover.recall",
    "order.carry_out",
    "order.withdraw",
)


def makers(
    channel: Channel, somebody: User, at: datetime
) -> dict[str, Callable[[str], Moving]]:
    """Return, by kind, a function that puts a thing in a state, bypassing the moves."""

    def notice(status: str) -> StartNotice:
        return StartNotice.objects.create(
            channel=channel,
            status=status,
            account="Biblioteket",
            purpose="Läslust",
            audience="Unga",
            goal_contribution="Fler läser",
            benefit="Svar",
            owner="Anna",
            sent_to="communications_office",
            sent_by=somebody,
            sent_at=at,
            received_at=at,
        )

    def handover(status: str) -> Handover:
        return Handover.objects.create(
            channel=channel,
            status=status,
            kind=Handover.Kind.ROLE,
            reference="Administratör",
            recipient=somebody,
            given_by=somebody,
            given_at=at,
            confirmed_at=at,
        )

    def order(status: str) -> PresenceOrder:
        return PresenceOrder.objects.create(
            channel=channel,
            status=status,
            kind=PresenceOrder.Kind.CHANGE,
            what="Byt namn",
            reason="Ingen förstår det",
            due_on=(at + timedelta(days=7)).date(),
            given_by=somebody,
            given_at=at,
            ended_at=at,
        )

    return {"start_notice": notice, "handover": handover, "order": order}
