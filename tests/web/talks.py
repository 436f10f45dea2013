"""A conversation in private and a reported text, of the library's own."""

from datetime import datetime

from uppsikt.governance.models import User
from uppsikt.inbox.models import Conversation, Item, Lapse, PrivateMessage


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


def report(item: Item, by: User, at: datetime) -> Lapse:
    """Let somebody report a text, which nobody has judged."""
    return Lapse.objects.create(
        status="reported",
        channel=item.channel,
        item=item,
        kind=Lapse.Kind.OPINION,
        quoted=item.text,
        reported_by=by,
        reported_at=at,
        due_at=at,
    )
