"""The start-up notice: sent by the approval, received by the officer (R-4-8)."""

from datetime import datetime

from django.db import transaction

from uppsikt.channels import telling
from uppsikt.channels.models import Channel, StartNotice
from uppsikt.channels.models.start import ITEMS
from uppsikt.channels.start_life import StartNoticeLife
from uppsikt.governance import moves
from uppsikt.governance.actors import Actor


class BlankItem(Exception):
    """One of the four items is not written, so there is nothing to send yet.

    `item` is the field of the notice that is blank.
    """

    def __init__(self, item: str) -> None:
        super().__init__(item)
        self.item = item


@transaction.atomic
def send(channel: Channel, *, actor: Actor, at: datetime) -> StartNotice:
    """Send the four items to the department's officer, and tell the people.

    Raises:
        BlankItem: one of them is blank.
        moves.NotYours: only who approves sends it.
    """
    role, told = telling.receivers(channel, at)
    notice = StartNotice(
        channel=channel,
        account=f"{channel.name} ({channel.url})",
        purpose=channel.purpose.strip(),
        audience=channel.audience.strip(),
        goal_contribution=channel.goal_contribution.strip(),
        benefit=channel.benefit.strip(),
        owner=str(channel.proposed_owner or ""),
        sent_to=str(role),
        sent_by=actor.person,
        sent_at=at,
    )
    for item in ITEMS:
        if not getattr(notice, item):
            raise BlankItem(item)
    moves.begin(StartNoticeLife.send, notice, actor=actor, at=at)
    telling.at_start(notice, told, actor=actor, at=at)
    return notice


def receive(notice: StartNotice, *, why: str = "", actor: Actor, at: datetime) -> None:
    """Confirm that the notice has come, with a comment if there is one."""
    changes = _seen(notice, actor, at)
    moves.make(
        StartNoticeLife.receive, notice, actor=actor, at=at, why=why, changes=changes
    )


@transaction.atomic
def escalate(notice: StartNotice, *, why: str, actor: Actor, at: datetime) -> None:
    """Raise a doubt with the head of communications; it stops nothing by itself."""
    changes = _seen(notice, actor, at)
    moves.make(
        StartNoticeLife.escalate, notice, actor=actor, at=at, why=why, changes=changes
    )
    telling.escalated(notice, why=why, at=at)


def settle(notice: StartNotice, *, why: str, actor: Actor, at: datetime) -> None:
    """Answer what was raised."""
    moves.make(StartNoticeLife.settle, notice, actor=actor, at=at, why=why)


def _seen(notice: StartNotice, actor: Actor, at: datetime) -> dict[str, object]:
    if notice.received_at is not None:
        return {}
    return {"received_by": actor.person, "received_at": at}
