"""What a colleague did in the platform's own app: an answer there stops the clock."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from uppsikt.channels.models import Channel
from uppsikt.governance import moves
from uppsikt.governance.actors import CLOCK
from uppsikt.inbox import measured
from uppsikt.inbox.life import ItemLife
from uppsikt.inbox.models import Item
from uppsikt.inbox.texts import not_out_yet
from uppsikt.sending.life import OutgoingLife
from uppsikt.sending.models import Outgoing

# We are sending ourselves: what we see may be our own, not yet written down.
UNDER_WAY = tuple(
    s.name for s in (OutgoingLife.ordered, OutgoingLife.sent, OutgoingLife.unconfirmed)
)


def note(channel: Channel, taken: Sequence[Item], *, at: datetime) -> int:
    """Move what has been answered at the platform; return how many items that was.

    The answer may come in the same fetch as the question, before it or after it.
    """
    answers = {i.parent_id: i for i in _own_answers(channel, taken) if i.parent_id}
    if not answers:
        return 0
    asked = Item.objects.open().filter(channel=channel, remote_id__in=answers)
    free = asked.exclude(outgoing__status__in=UNDER_WAY)
    waiting = free.select_related("channel", "outgoing")
    for item in waiting:
        _answered(item, answers[item.remote_id], at)
    return len(waiting)


def _own_answers(channel: Channel, taken: Sequence[Item]) -> Iterable[Item]:
    """Return answers of the channel that we did not send, latest first kept last."""
    roots = {i.root_id for i in taken if i.status == ItemLife.waiting.name}
    own = [i for i in taken if i.own]
    if roots:
        # By a list, because SQLite's index on `own` serves no bare condition.
        earlier = Item.objects.filter(
            channel=channel, root_id__in=roots, own__in=[True]
        ).only("remote_id", "parent_id", "published_at", "url", "text")
        own.extend(earlier.exclude(pk__in=[i.pk for i in own]))
    replies = [i for i in own if i.parent_id]
    if not replies:
        return []
    ours = _sent_by_us(channel, replies)
    return [i for i in replies if not ours(i)]


def _sent_by_us(channel: Channel, replies: Sequence[Item]) -> Callable[[Item], bool]:
    """Return what tells whether a reply is ours, written down by us or not yet.

    A worker that dies when the platform has taken a text leaves no id of it, so what
    says the same below the same post is ours too. A notice of removal is no answer,
    whoever posted it.
    """
    ids = [i.remote_id for i in replies]
    parents = {i.parent_id for i in replies}
    rows = Outgoing.objects.filter(channel=channel)
    known = set(rows.filter(remote_id__in=ids).values_list("remote_id", flat=True))
    maybe = Q(status__in=UNDER_WAY) | Q(kind=Outgoing.Kind.NOTICE)
    said = rows.filter(maybe, reply_to__in=parents).values_list("reply_to", "text")
    texts = {(parent, text.strip()) for parent, text in said}
    return lambda i: i.remote_id in known or (i.parent_id, i.text.strip()) in texts


def _answered(item: Item, answer: Item, at: datetime) -> None:
    answered_at = min(answer.published_at, at)
    changes = {
        "answered_at": answered_at,
        "first_contact_at": item.first_contact_at or answered_at,
        "due_at": None,
        **measured.answered(item, answered_at, at=at),
        "failed_at": None,
        # What did not go out is no longer wanted; what waits for a person stays.
        "outgoing": not_out_yet(item),
        "claimed_by": None,
        "claimed_at": None,
    }
    why = _("A colleague answered at the platform: %(url)s") % {"url": answer.url}
    moves.make(
        ItemLife.answer, item, actor=CLOCK, at=at, why=why.strip(), changes=changes
    )
