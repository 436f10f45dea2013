"""All that a page shows of one item: thread, versions, signals, clocks, answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Final

from uppsikt.governance import moves, rules
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Assignment, Step, User
from uppsikt.inbox import (
    actions,
    deadlines,
    merging,
    pausing,
    referring,
    terms,
    texts,
)
from uppsikt.inbox.life import ItemLife
from uppsikt.inbox.listing import Reach
from uppsikt.inbox.models import (
    Deed,
    Escalation,
    Item,
    ItemSignal,
    ItemVersion,
    Pause,
    PrivateMessage,
    Verdict,
)
from uppsikt.inbox.models.pause import stood_still
from uppsikt.inbox.pause_form import PauseForm
from uppsikt.inbox.pointing import QUESTION
from uppsikt.inbox.showing import Shown
from uppsikt.policy.clocks import Due, Phase
from uppsikt.policy.roles import Right, Role
from uppsikt.sending.life import OutgoingLife
from uppsikt.sending.models import Outgoing

THREAD_AT_MOST: Final = 100
DEEDS_AT_MOST: Final = 200
TOLD_AT_MOST: Final = 20
KINDS: Final = (*texts.SETTLES, Outgoing.Kind.PROMISE)


@dataclass(frozen=True)
class ItemPage:
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
        stands = not (self.under_way or self.item.removed_at)
        return self.may_answer and leaves and stands

    @cached_property
    def under_way(self) -> bool:
        """Tell whether a text is under way, so that no second one may be written."""
        return texts.under_way(self.item)

    @cached_property
    def moving(self) -> bool:
        """Tell whether the worker is about to change what the page shows."""
        text = self.item.outgoing
        worked_on = (OutgoingLife.ordered.name, OutgoingLife.sent.name)
        underway = text is not None and text.status in worked_on
        return underway or texts.not_noted(self.item)

    @property
    def unseen(self) -> bool:
        """Tell whether the text that settled the item has not been seen out there."""
        text = self.item.outgoing
        return text is not None and text.status == OutgoingLife.unconfirmed.name

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
    def message(self) -> PrivateMessage | None:
        """Return what is decided of it as a private message, if it is one."""
        return PrivateMessage.objects.filter(item=self.item).first()

    @cached_property
    def thread(self) -> list[Item]:
        """Return the conversation, oldest first, without what is sealed off."""
        rows = Item.objects.filter(channel=self.item.channel_id, secluded=False)
        rows = rows.filter(root_id=self.item.root_id)
        return list(rows.order_by("published_at", "pk")[:THREAD_AT_MOST])

    @cached_property
    def twins(self) -> list[Item]:
        """Return the same text by the same author, still open in other places."""
        return merging.twins(self.item, self.actor)

    @cached_property
    def duplicates(self) -> list[Item]:
        """Return what is answered together with it."""
        return merging.duplicates(self.item, self.actor)

    @cached_property
    def versions(self) -> Sequence[ItemVersion]:
        """Return what it has said, newest first."""
        rows = ItemVersion.objects.filter(item=self.item).prefetch_related("signals")
        rows = rows.select_related("picture__reading")
        return list(rows.order_by("-number"))

    @cached_property
    def signals(self) -> list[ItemSignal]:
        """Return what shown rules of the analysis point at in the newest version."""
        newest = self.versions[0].signals.all() if self.versions else []
        shown = Shown.now() if newest else None
        seen = (s for s in newest if shown and shown(s.rule, s.rule_version))
        return sorted(seen, key=lambda s: s.span)

    @property
    def personal(self) -> bool:
        """Tell whether the analysis points at somebody's personal data (D-32)."""
        return any(s.rule.startswith("personal_data") for s in self.signals)

    @property
    def seems_political(self) -> bool:
        """Tell whether the analysis suggests a political question; a person judges."""
        return any(s.rule.startswith("political") for s in self.signals)

    @cached_property
    def political(self) -> bool | None:
        """Return whether a person has judged it political; None if nobody has."""
        return referring.political(self.item)

    @cached_property
    def marks(self) -> list[ItemSignal]:
        """Return what to judge: all but that it asks something, and what is judged."""
        said = {(v.rule, v.rule_version) for v in self.dismissed}
        left = [s for s in self.signals if (s.rule, s.rule_version) not in said]
        return [s for s in left if s.rule != QUESTION]

    @property
    def covers(self) -> bool:
        """Tell whether the text is covered until it is chosen; not once judged."""
        return self.item.covered and bool(self.marks)

    @cached_property
    def places(self) -> list[ItemSignal]:
        """Return what to mark in the text: signals on a part of it."""
        return [s for s in self.marks if s.end - s.start < len(self.item.text)]

    @cached_property
    def pointed_at(self) -> list[ItemSignal]:
        """Return one signal of each rule: a person judges a rule once in an item."""
        return list({s.rule: s for s in reversed(self.marks)}.values())[::-1]

    @cached_property
    def dismissed(self) -> list[Verdict]:
        """Return what somebody said was no problem, the latest first."""
        if not self.signals:
            return []
        rows = Verdict.objects.standing().filter(item=self.item)
        rows = rows.filter(said=Verdict.Said.WRONG).select_related("by")
        return list(rows.order_by("-at", "-pk"))

    @cached_property
    def sent(self) -> list[Outgoing]:
        """Return what we have written about it, newest first."""
        rows = Outgoing.objects.about(self.item.subject).filter(kind__in=KINDS)
        return list(
            rows.select_related("written_by", "amended_by").order_by(
                "-written_at", "-pk"
            )
        )

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
    def deeds(self) -> list[Deed]:
        """Return what colleagues did and noted beside the moves, newest first."""
        rows = Deed.objects.filter(item=self.item).told()
        return list(rows.order_by("-pk")[:DEEDS_AT_MOST])

    @cached_property
    def notes(self) -> list[Deed]:
        """Return the notes to colleagues, oldest first."""
        return [d for d in reversed(self.deeds) if d.kind == Deed.Kind.NOTE]

    @property
    def asleep(self) -> bool:
        """Tell whether it is put aside."""
        until = self.item.snoozed_until
        return self.item.open and until is not None and until > self.at

    @cached_property
    def vouched(self) -> frozenset[str]:
        """Return the subjects of the texts that a person has seen at the platform."""
        move = str(OutgoingLife.vouch)
        return frozenset(s.subject for s in self.steps if s.move == move)

    @cached_property
    def clocks(self) -> tuple[Due, Due] | None:
        """Return both clocks with their reasons, by what holds now."""
        if self.item.clock_from is None:
            return None
        by = terms.of_one(self.item.channel, at=self.at)
        pauses = stood_still([self.item]).get(self.item.pk, [])
        return deadlines.both(self.item.clock_from, by, pauses)

    @cached_property
    def paused(self) -> Pause | None:
        """Return the pause in which the full answer's clock stands still now."""
        if not self.item.still(self.at):
            return None
        rows = Pause.objects.standing(self.at).filter(item=self.item)
        return rows.select_related("by").first()

    @property
    def may_pause(self) -> bool:
        """Tell whether the person may let the clock stand still, and it can."""
        waits = self.item.open and self.item.first_contact_at is not None
        return waits and moves.may(Right.PAUSE, self.actor, self.item.path, at=self.at)

    @property
    def pause_form(self) -> PauseForm:
        return PauseForm(at=self.at)

    @property
    def pause_reason(self) -> str:
        """Return why the clock stands still, in the guideline's words."""
        code = self.paused.reason if self.paused else ""
        return pausing.reasons(at=self.at).get(code, code)

    @cached_property
    def escalations(self) -> list[Escalation]:
        """Return who was told that it waits, the latest first."""
        rows = Escalation.objects.filter(item=self.item).select_related("user")
        return list(rows.order_by("-at", "-pk")[:TOLD_AT_MOST])

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
