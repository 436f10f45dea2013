"""Have the pictures that people entered looked at; never one beside the special path.

It stands here and not in the inbox, for only here it is known what is on that path.
"""

import logging
from datetime import datetime
from typing import Final

from uppsikt.inbox.models import ItemVersion, PrivateMessage
from uppsikt.moderation import nearness
from uppsikt.records import looking, vault
from uppsikt.records.models import Blob

AT_ONCE: Final = 5
"""Pictures in one sweep: some seconds each, well within the lane's patience."""

log = logging.getLogger(__name__)


def read(now: datetime) -> int:
    """Look at the newest pictures that nobody has looked at; return how many.

    What stands beside something on the special path is passed over for good.
    """
    return sum(_look(blob, now) for blob in (*_of_items(now), *_of_messages(now)))


def _look(blob: Blob, now: datetime) -> bool:
    try:
        return looking.look(blob, at=now)
    except vault.Damaged:
        log.warning("The picture %s is damaged and was not read.", blob)
        return False


def _of_items(now: datetime) -> list[Blob]:
    rows = ItemVersion.objects.filter(picture__in=looking.unread())
    rows = rows.filter(item__secluded=False).select_related("picture", "item")
    found = []
    for version in rows.order_by("-pk")[:AT_ONCE]:
        if version.picture is None:
            continue
        if nearness.near(version.item):
            looking.pass_over(version.picture, at=now)
        else:
            found.append(version.picture)
    return found


def _of_messages(now: datetime) -> list[Blob]:
    rows = PrivateMessage.objects.filter(picture__in=looking.unread())
    rows = rows.filter(conversation__sealed=False)
    rows = rows.exclude(conversation__messages__item__secluded=True)
    rows = rows.select_related("picture", "conversation").order_by("-pk")
    found = []
    for message in rows[:AT_ONCE]:
        channel = message.conversation.channel_id
        if message.picture is None:
            continue
        if channel and nearness.somewhere_in(channel):
            looking.pass_over(message.picture, at=now)
        else:
            found.append(message.picture)
    return found
