"""A conversation in private, of the library's own."""

from datetime import datetime

from uppsikt.inbox.models import Conversation, Item, PrivateMessage


def begin(item: Item, at: datetime) -> PrivateMessage:
    """Give the library a message in private, which nobody has decided on."""
    talk = Conversation.objects.create(
        status="going",
        node=item.channel.node,
        channel=item.channel,
        root_id=item.remote_id,
        party="Kim",
        begun_at=at,
        last_at=at,
    )
    return PrivateMessage.objects.create(
        status="undecided",
        conversation=talk,
        item=item,
        direction="received",
        happened_at=at,
        due_at=at,
    )
