"""All that a page shows of one item: thread, versions, signals, clocks, answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Final

from uppsikt.governance import rules
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Assignment, Step, User
from uppsikt.inbox import actions, deadlines
from uppsikt.inbox.life import ItemLife
from uppsikt.inbox.listing import Reach
from uppsikt.inbox.models import Item, ItemSignal, ItemVersion
from uppsikt.inbox.noting import OUT
from uppsikt.policy.clocks import Due, Phase
from uppsikt.policy.roles import Role
from uppsikt.sending.life import OutgoingLife
from uppsikt.sending.models import Outgoing

THREAD_AT_MOST: Final = 100
KINDS: Final = (Outgoing.Kind.ANSWER, Outgoing.Kind.PROMISE)


@dataclass(frozen=True)
class Case:
    """One item as a person meets it at a moment."""

    item: Item
    reach: Reach
    at: datetime

    @property
    def actor(self) -> Actor:
        return self.reach.actor

    @cached_property
    def may_answer(self) -> bool:
        roles = self.actor.roles_at(self.item.path)
        return bool(roles & actions.answerers(self.at))

    @cached_property
    def answerable(self) -> bool:
        """Tell whether the boxes for an answer stand open to this person now."""
        leaves = ItemLife.answer.leaves(self.item.status)
        return self.may_answer and leaves and not self.under_way

    @cached_property
    def under_way(self) -> bool:
        """Tell whether a text is on its way, or out and not yet noted on the item."""
        sent = self.item.outgoing
        if sent is None:
            return False
        noted = sent.kind == Outgoing.Kind.PROMISE and self.item.status in (
            ItemLife.promised.name,
            *(s.name for s in (ItemLife.answered, ItemLife.passed_by)),
        )
        out = sent.status in OUT and self.item.open and not noted
        return sent.status in actions.UNDER_WAY or out

    @cached_property
    def held_by(self) -> User | None:
        """Return the colleague who has it in hand, if any."""
        holder = actions.held_by(self.item, at=self.at)
        return holder if holder != self.actor.user else None

    @cached_property
    def mine(self) -> bool:
        holder = actions.held_by(self.item, at=self.at)
        return holder is not None and holder == self.actor.user

    @cached_property
    def thread(self) -> list[Item]:
        """Return the conversation, oldest first, without what is sealed off."""
        rows = Item.objects.filter(channel=self.item.channel_id, secluded=False)
        rows = rows.filter(root_id=self.item.root_id)
        return list(rows.order_by("published_at", "pk")[:THREAD_AT_MOST])

    @cached_property
    def versions(self) -> Sequence[ItemVersion]:
        """Return what it has said, newest first."""
        rows = ItemVersion.objects.filter(item=self.item).prefetch_related("signals")
        return list(rows.order_by("-number"))

    @cached_property
    def signals(self) -> list[ItemSignal]:
        """Return what the analysis points at in the newest version."""
        newest = self.versions[0].signals.all() if self.versions else []
        return sorted(newest, key=lambda s: s.span)

    @cached_property
    def marks(self) -> list[ItemSignal]:
        """Return what to mark in the text: all but that it asks something."""
        return [s for s in self.signals if s.rule != "question"]

    @cached_property
    def sent(self) -> list[Outgoing]:
        """Return what we have written about it, newest first."""
        rows = Outgoing.objects.about(self.item.subject).filter(kind__in=KINDS)
        return list(rows.select_related("written_by").order_by("-written_at", "-pk"))

    @cached_property
    def steps(self) -> list[Step]:
        """Return what was done with it and with what we sent, newest first."""
        subjects = [self.item.subject, *(o.subject for o in self.sent)]
        rows = Step.objects.filter(subject__in=subjects).select_related("by")
        return list(rows.order_by("-at", "-pk"))

    @property
    def history(self) -> list[Step]:
        """Return what was done with the item itself."""
        return [s for s in self.steps if s.subject == self.item.subject]

    @cached_property
    def sent_back(self) -> Mapping[str, str]:
        """Return why a text was sent back to its writer, by the text's subject."""
        back = str(OutgoingLife.send_back)
        return {s.subject: s.why for s in self.steps if s.move == back}

    @cached_property
    def clocks(self) -> tuple[Due, Due] | None:
        """Return both clocks with their reasons, by the guideline in force."""
        if self.item.clock_from is None:
            return None
        return deadlines.both(self.item.clock_from, rules.in_force(self.at))

    @cached_property
    def phase(self) -> Phase | None:
        return deadlines.phase(self.item, rules.in_force(self.at), at=self.at)

    @property
    def owners(self) -> list[Assignment]:
        return self._held(Role.CHANNEL_OWNER)

    @property
    def deputies(self) -> list[Assignment]:
        return self._held(Role.DEPUTY)

    def _held(self, role: Role) -> list[Assignment]:
        rows = self.reach.people.get(self.item.channel_id, [])
        return [row for row in rows if row.role == role]
