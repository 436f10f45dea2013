"""Which items a person's list holds: whose, in which tab, after which filters."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Any, Final, Self, cast

from django.db.models import Count, IntegerField, Q, Value
from django.db.models.functions import Left

from uppsikt.channels.models import Channel
from uppsikt.governance import rules
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Assignment
from uppsikt.inbox.models import OPEN, Item, Items
from uppsikt.policy.roles import Role
from uppsikt.records import search
from uppsikt.sending.life import OutgoingLife

PAGE: Final = 25
FOUND_AT_MOST: Final = 1000
EXCERPT: Final = 240
ANSWERS_FOR: Final = (Role.CHANNEL_OWNER, Role.DEPUTY)
OWN_WORK: Final = frozenset({*ANSWERS_FOR, Role.PUBLISHER})
PREFIX: Final = "item:"
OTHER: Final = "andra"
"""The filter for all languages but Swedish."""


class Tab(StrEnum):
    """A part of the inbox; the value is what stands in the address."""

    MINE = "mina"
    ALL = "forvaltning"
    NOBODYS = "utan-ansvarig"
    REVIEW = "granska"
    SNOOZED = "undanlagda"
    DONE = "klara"
    EVERYTHING = "alla"


COUNTED: Final = (Tab.MINE, Tab.ALL, Tab.NOBODYS, Tab.SNOOZED)


@dataclass(frozen=True)
class Reach:
    """The channels that a person sees, and who answers for each."""

    actor: Actor
    at: datetime
    channels: Mapping[int, Channel]
    people: Mapping[int, list[Assignment]]

    @classmethod
    def of(cls, actor: Actor, *, at: datetime) -> Self:
        """Read the reach of `actor` by two queries, however many channels."""
        rows = Channel.objects.visible_to(actor).select_related("node", "connection")
        channels = {c.pk: c for c in rows.order_by("name", "pk")}
        nodes = {c.node_id: pk for pk, c in channels.items()}
        held = Assignment.objects.holding(at).filter(
            node__in=nodes, role__in=ANSWERS_FOR, user__is_active=True
        )
        people: dict[int, list[Assignment]] = {}
        for row in held.select_related("user").order_by("role", "starts_at"):
            people.setdefault(nodes[row.node_id], []).append(row)
        return cls(actor, at, channels, people)

    @cached_property
    def mine(self) -> list[int]:
        """Return the channels that are the person's own work."""
        roles_at = self.actor.roles_at
        return [pk for pk, c in self.channels.items() if roles_at(c.path) & OWN_WORK]

    @cached_property
    def nobodys(self) -> list[int]:
        """Return the channels that nobody answers for."""
        return [pk for pk in self.channels if not self.people.get(pk)]

    @cached_property
    def approves(self) -> list[int]:
        """Return the channels whose answers the person may approve."""
        roles = set(rules.in_force(self.at).rule(str(OutgoingLife.approve)).roles)
        roles_at = self.actor.roles_at
        return [pk for pk, c in self.channels.items() if roles_at(c.path) & roles]

    def items(self) -> Items:
        """Return what the person may see; never what a special case seals off."""
        return Item.objects.filter(channel__in=list(self.channels), secluded=False)

    def in_tab(self, tab: Tab, status: str = "") -> Items:
        """Return the items of a tab, in no order; what waits, or has `status`."""
        rows = self.items()
        if status:
            rows = rows.filter(status=status)
        if tab is Tab.DONE:
            return rows.done()
        if tab is Tab.REVIEW:
            return rows.filter(self._to_review)
        if tab is Tab.EVERYTHING:
            return rows
        return (rows if status else rows.open()).filter(self._of(tab))

    def counts(self) -> dict[Tab, int]:
        """Count what waits in each tab, by one query."""
        wanted = {t.name: Count("pk", filter=self._of(t)) for t in COUNTED}
        opened = self.items().open().order_by().values(part=_number(1))
        review = self.items().filter(self._to_review).order_by()
        reviewed = review.values(part=_number(2)).annotate(
            **{t.name: Count("pk") if t is Tab.MINE else _number(0) for t in COUNTED}
        )
        rows = cast(
            "Iterable[dict[str, Any]]", opened.annotate(**wanted).union(reviewed)
        )
        found: dict[int, dict[str, Any]] = {row["part"]: row for row in rows}
        counts: dict[Tab, int] = {t: found.get(1, {}).get(t.name, 0) for t in COUNTED}
        counts[Tab.REVIEW] = found.get(2, {}).get(Tab.MINE.name, 0)
        return counts

    @property
    def _to_review(self) -> Q:
        """Say what waits for the person's approval, and is not their own text."""
        waits = Q(outgoing__status=OutgoingLife.awaiting.name)
        theirs = Q(outgoing__written_by=self.actor.user)
        return waits & Q(channel__in=self.approves) & ~theirs

    def _of(self, tab: Tab) -> Q:
        """Say which of the open items a tab holds."""
        asleep = Q(snoozed_until__gt=self.at)
        if tab is Tab.SNOOZED:
            return asleep
        here = ~asleep & ~Q(duplicate_of__status__in=OPEN)
        if tab is Tab.MINE:
            theirs = Q(assigned_to=None, channel__in=self.mine)
            user = self.actor.user
            return here & (theirs | Q(claimed_by=user) | Q(assigned_to=user))
        if tab is Tab.NOBODYS:
            return here & Q(channel__in=self.nobodys, assigned_to=None)
        return here


def _number(value: int) -> Value:
    return Value(value, output_field=IntegerField())


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list: what is on it, and whether there is more."""

    items: list[Item]
    number: int
    more: bool
    # More was found than is looked through: only the newest is shown.
    cut: bool = False


def page(
    reach: Reach, tab: Tab, chosen: Mapping[str, Any], number: int, *, at: datetime
) -> Page:
    """Return page `number` (from 1) of a tab after the filters `chosen`, by one query.

    Earliest deadline first; what is done, latest first. Searching takes one more.
    """
    rows = reach.in_tab(tab, chosen.get("status", ""))
    rows = _filtered(rows, chosen, reach, at)
    query, hits = chosen.get("q", ""), list[int]()
    if query:
        hits = _found(query, _paths(chosen, reach))
        rows = rows.filter(pk__in=hits)
    start = (number - 1) * PAGE
    found = list(_shown(_ordered(rows, tab), query)[start : start + PAGE + 1])
    for item in found:
        item.channel = reach.channels[item.channel_id]
    return Page(found[:PAGE], number, len(found) > PAGE, len(hits) == FOUND_AT_MOST)


def _shown(rows: Items, query: str) -> Items:
    """Read no more of a text than is shown; all of it where a hit is looked for."""
    rows = rows.select_related("claimed_by", "assigned_to")
    if query:
        return rows
    return rows.annotate(excerpt=Left("text", EXCERPT)).defer("text")


def _ordered(rows: Items, tab: Tab) -> Items:
    if tab is Tab.SNOOZED:
        return rows.order_by("snoozed_until", "pk")
    if tab in (Tab.DONE, Tab.EVERYTHING):
        return rows.order_by("-pk")
    return rows.most_urgent_first()


def _filtered(
    rows: Items, chosen: Mapping[str, Any], reach: Reach, at: datetime
) -> Items:
    if chosen.get("kanal") or chosen.get("plattform"):
        rows = rows.filter(channel__in=[c.pk for c in _channels(chosen, reach)])
    if language := chosen.get("sprak"):
        rows = _in_language(rows, language)
    if chosen.get("markta"):
        rows = rows.filter(flagged=True)
    if chosen.get("sena"):
        rows = rows.overdue(at)
    return rows


def _in_language(rows: Items, language: str) -> Items:
    if language == OTHER:
        return rows.in_other_languages()
    return rows.in_other_languages().filter(language=language)


def _channels(chosen: Mapping[str, Any], reach: Reach) -> list[Channel]:
    """Return the channels that are looked in."""
    channel, site = chosen.get("kanal"), chosen.get("plattform")
    return [
        c
        for pk, c in reach.channels.items()
        if channel in (None, str(pk)) and site in (None, c.site)
    ]


def _paths(chosen: Mapping[str, Any], reach: Reach) -> list[str]:
    """Return below which places one searches."""
    if chosen.get("kanal") or chosen.get("plattform"):
        return [c.path for c in _channels(chosen, reach)]
    return list(reach.actor.sees)


def _found(query: str, paths: Sequence[str]) -> list[int]:
    """Return the newest items in which all words of `query` stand."""
    hits = search.find(query, paths).filter(subject__startswith=PREFIX)
    subjects = hits.values_list("subject", flat=True)[:FOUND_AT_MOST]
    return [int(s.removeprefix(PREFIX)) for s in subjects]
