"""Private messages as they come in and go out: each gets its row in the register.

In the transaction of the act that brings it, so that none is ever forgotten (R-6.4-11).
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from uppsikt.channels.models import Channel
from uppsikt.governance import moves, rules
from uppsikt.governance.actors import CLOCK
from uppsikt.inbox.message_life import MessageLife
from uppsikt.inbox.models import Conversation, Item, PrivateMessage
from uppsikt.inbox.talk_life import TalkLife
from uppsikt.platforms import ItemKind
from uppsikt.policy import clocks
from uppsikt.policy.guideline import Guideline
from uppsikt.records.models import Registration
from uppsikt.sending.models import Outgoing

IN = Registration.Direction.RECEIVED
OUT = Registration.Direction.DRAWN_UP


def note(
    channel: Channel, taken: Iterable[Item], guideline: Guideline, *, at: datetime
) -> None:
    """Enter the private messages among what a fetch brought, which has its entry.

    What we sent ourselves and the platform shows us again is one message, not two.
    """
    letters = [it for it in taken if it.kind == ItemKind.MESSAGE]
    if not letters:
        return
    unknown = _not_ours(channel, letters)
    talks = _conversations(channel, unknown, guideline)
    due_at = due(guideline, at=at)
    for own, move in ((False, MessageLife.receive), (True, MessageLife.dispatch)):
        rows = [
            PrivateMessage(
                conversation=talks[it.root_id],
                item=it,
                direction=OUT if own else IN,
                happened_at=it.published_at,
                due_at=due_at,
            )
            for it in unknown
            if it.own is own
        ]
        moves.begin_all(move, rows, guideline, actor=CLOCK)


def note_sent(item: Item, outgoing: Outgoing, *, at: datetime) -> None:
    """Enter our text once it is out: dispatched, and thereby drawn up (TF 2:10)."""
    if item.kind != ItemKind.MESSAGE or hasattr(outgoing, "message"):
        return
    talk = Conversation.objects.get(channel=item.channel, root_id=item.root_id)
    row = PrivateMessage(
        conversation=talk,
        outgoing=outgoing,
        direction=OUT,
        happened_at=outgoing.sent_at or at,
        due_at=due(rules.in_force(at), at=at),
    )
    moves.begin(MessageLife.dispatch, row, actor=CLOCK, at=at)
    Conversation.objects.filter(pk=talk.pk, last_at__lt=row.happened_at).update(
        last_at=row.happened_at
    )


def note_lost(outgoing: Outgoing, *, why: str, at: datetime) -> None:
    """Note that our text never left us after all: then it is no document (TF 2:10)."""
    rows = PrivateMessage.objects.filter(outgoing=outgoing)
    for row in rows.select_related("conversation__node"):
        if MessageLife.lose.leaves(row.status):
            moves.make(MessageLife.lose, row, actor=CLOCK, at=at, why=why)


def name_party(item: Item, party: str) -> None:
    """Say whom a conversation is with that we ourselves began."""
    rows = Conversation.objects.filter(channel=item.channel, root_id=item.root_id)
    rows.filter(party="").update(party=party[:200])


def due(guideline: Guideline, *, at: datetime) -> datetime:
    """Return when what comes in or goes out at `at` must be weighed (OSL 5:1)."""
    span = rules.span(guideline, "message_decision")
    minute = at.replace(second=0, microsecond=0)
    return clocks.end(minute, span, guideline.working_calendar)


def _not_ours(channel: Channel, letters: Sequence[Item]) -> list[Item]:
    """Return what is news; a text of ours is told which item it became."""
    names = [it.remote_id for it in letters if it.own]
    sent = PrivateMessage.objects.filter(
        outgoing__channel=channel, outgoing__remote_id__in=names, item=None
    ).select_related("outgoing")
    ours = {row.outgoing.remote_id: row for row in sent if row.outgoing}
    unknown = []
    for it in letters:
        if it.own and (row := ours.get(it.remote_id)):
            row.item = it
            row.save(update_fields=["item"])
        else:
            unknown.append(it)
    return unknown


def _conversations(
    channel: Channel, letters: Sequence[Item], guideline: Guideline
) -> dict[str, Conversation]:
    """Return the conversation of each message, by its root, begun where it is new."""
    roots = {it.root_id for it in letters}
    rows = Conversation.objects.filter(channel=channel, root_id__in=roots)
    known = {talk.root_id: talk for talk in rows}
    begun: dict[str, Conversation] = {}
    for it in sorted(letters, key=lambda it: it.published_at):
        talk = known.get(it.root_id) or begun.setdefault(
            it.root_id, _begun(channel, it)
        )
        talk.last_at = max(talk.last_at, it.published_at)
        talk.party = talk.party or ("" if it.own else it.author[:200])
    moves.begin_all(TalkLife.begin, [*begun.values()], guideline, actor=CLOCK)
    for talk in known.values():
        talk.save(update_fields=["last_at", "party"])
    return known | begun


def _begun(channel: Channel, it: Item) -> Conversation:
    return Conversation(
        node=channel.node,
        channel=channel,
        root_id=it.root_id,
        begun_at=it.published_at,
        last_at=it.published_at,
    )
