"""What falls to a person in a channel's later life: reviews, decisions, its closing."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from django.urls import reverse

from uppsikt.channels import closing as plans
from uppsikt.channels.life import ChannelLife
from uppsikt.channels.models import Channel, Closing
from uppsikt.channels.models.closing import Closings
from uppsikt.duties import in_use, reach
from uppsikt.duties.duty import Duty, Group
from uppsikt.duties.in_use import Asking
from uppsikt.governance import rules
from uppsikt.governance.actors import Actor
from uppsikt.policy.roles import Right, Role
from uppsikt.policy.words import N_, Message

MOST: Final = 100
_RESPONSIBLE: Final = frozenset({Role.CHANNEL_OWNER, Role.DEPUTY})
_WORDS: Final = {
    in_use.REVIEW: N_("Is the channel still worth having? Review it"),
    in_use.UPDATED: N_("Nothing is posted. Keep it, pause it or close it"),
    in_use.FOLLOW: N_("The review asks for a change of the card"),
}


def reviews(actor: Actor, at: datetime) -> Group:
    """Return the channels that the actor is to review, decide on or change (R-4-4)."""
    managing = rules.in_force(at).holders(Right.REVIEW_CHANNEL)
    mine = reach.of(actor, managing | _RESPONSIBLE, "node__path")
    rows = Channel.objects.open().filter(mine).select_related("node").order_by("name")
    asked = in_use.asking(list(rows[:MOST]), at=at)
    found = [_review(a) for a in asked if _falls_to(a, actor, managing)]
    title = N_("Channels to review")
    return Group.of(title, "4", reverse("channel-reviews"), found)


def _falls_to(asked: Asking, actor: Actor, managing: frozenset[Role]) -> bool:
    roles = actor.roles_at(asked.channel.path)
    follow = asked.check == in_use.FOLLOW
    return bool(roles & (_RESPONSIBLE if follow else managing))


def _review(asked: Asking) -> Duty:
    page = "channel" if asked.check == in_use.FOLLOW else "channel-review"
    url = reverse(page, args=[asked.channel.pk])
    words = Message(_WORDS[asked.check])
    return Duty(words, str(asked.channel), url, asked.finding.verdict.due_at)


def closings(actor: Actor, at: datetime) -> Group:
    """Return what the actor has to do for channels that close, or have (R-9-2)."""
    guideline = rules.in_force(at)
    planning = guideline.holders(Right.PLAN_CLOSING)
    mine = reach.of(actor, planning | guideline.holders(Right.CONSULT))
    rows = Closing.objects.under_way().filter(mine)
    left = Closing.objects.with_access_left().filter(mine)
    found = [d for plan in _few(rows) for d in _of(plan, actor, at)]
    found += [_left(plan) for plan in _few(left) if _revokes(plan, actor, at)]
    url = reverse("channels") + f"?status={ChannelLife.closing.name}"
    return Group.of(N_("Channels that close"), "9", url, found)


def _few(rows: Closings) -> list[Closing]:
    ordered = rows.select_related("channel__node").prefetch_related("consultations")
    return list(ordered.order_by("begun_at")[:MOST])


def _of(plan: Closing, actor: Actor, at: datetime) -> Iterator[Duty]:
    """Yield the one thing that the closing waits for from the actor, if any."""
    roles = actor.roles_at(plan.path)
    closes = set(rules.in_force(at).rule(str(ChannelLife.close)).roles)
    if plans.sides_of(plan, actor):
        yield _duty(plan, N_("Say what you think of closing it"))
    elif roles & _RESPONSIBLE and not plan.farewell_on:
        yield _duty(plan, N_("Plan the closing and tell the followers"))
    elif roles & closes and plan.is_over(at):
        yield _duty(plan, N_("The day has come: close it"))


def _left(plan: Closing) -> Duty:
    return _duty(plan, N_("Closed, and somebody still reaches the account"))


def _revokes(plan: Closing, actor: Actor, at: datetime) -> bool:
    holders = rules.in_force(at).holders(Right.REVOKE_ACCESS)
    return bool(actor.roles_at(plan.path) & holders)


def _duty(plan: Closing, words: str) -> Duty:
    url = reverse("closing", args=[plan.channel_id])
    return Duty(Message(words), str(plan.channel), url)
