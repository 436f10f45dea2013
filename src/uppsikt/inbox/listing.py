"""Which items a person's list holds: whose, in which tab, after which filters."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Any, Final, Self

from django.db.models import Count, Q
from django.db.models.functions import Left

from uppsikt.channels.models import Channel
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Assignment
from uppsikt.inbox.models import Item, Items
from uppsikt.policy.roles import Role
from uppsikt.records import search

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
    DONE = "klara"


@dataclass(frozen=True)
class Reach:
    """The channels that a person sees, and who answers for each."""

    actor: Actor
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
        return cls(actor, channels, people)

    @cached_property
    def mine(self) -> list[int]:
        """Return the channels that are the person's own work."""
        roles_at = self.actor.roles_at
        return [pk for pk, c in self.channels.items() if roles_at(c.path) & OWN_WORK]

    @cached_property
    def nobodys(self) -> list[int]:
        """Return the channels that nobody answers for."""
        return [pk for pk in self.channels if not self.people.get(pk)]

    def items(self) -> Items:
        """Return what the person may see; never what a special case seals off."""
        return Item.objects.filter(channel__in=list(self.channels), secluded=False)

    def in_tab(self, tab: Tab) -> Q:
        """Return the condition that keeps a tab's items among `items`."""
        if tab is Tab.MINE:
            return Q(channel__in=self.mine) | Q(claimed_by=self.actor.user)
        return Q(channel__in=self.nobodys) if tab is Tab.NOBODYS else Q()

    def counts(self) -> dict[Tab, int]:
        """Count what is open in each tab, by one query."""
        tabs = (Tab.MINE, Tab.ALL, Tab.NOBODYS)
        wanted = {t.name: Count("pk", filter=self.in_tab(t)) for t in tabs}
        counted: dict[str, int] = self.items().open().aggregate(**wanted)
        return {t: counted[t.name] for t in tabs}


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list: what is on it, and whether there is more."""

    items: list[Item]
    number: int
    more: bool


def page(
    reach: Reach, tab: Tab, chosen: Mapping[str, Any], number: int, *, at: datetime
) -> Page:
    """Return page `number` (from 1) of a tab after the filters `chosen`, by one query.

    Earliest deadline first; what is done, latest first. Searching takes one more.
    """
    rows = _filtered(reach.items().filter(reach.in_tab(tab)), chosen, reach, at)
    if status := chosen.get("status"):
        rows = rows.filter(status=status)
    else:
        rows = rows.done() if tab is Tab.DONE else rows.open()
    ordered = rows.order_by("-pk") if tab is Tab.DONE else rows.most_urgent_first()
    start = (number - 1) * PAGE
    shown = ordered.annotate(excerpt=Left("text", EXCERPT)).defer("text")
    found = list(shown.select_related("claimed_by")[start : start + PAGE + 1])
    for item in found:
        item.channel = reach.channels[item.channel_id]
    return Page(found[:PAGE], number, len(found) > PAGE)


def _filtered(
    rows: Items, chosen: Mapping[str, Any], reach: Reach, at: datetime
) -> Items:
    if channel := chosen.get("kanal"):
        rows = rows.filter(channel=channel)
    if site := chosen.get("plattform"):
        there = [pk for pk, c in reach.channels.items() if c.site == site]
        rows = rows.filter(channel__in=there)
    if language := chosen.get("sprak"):
        rows = _in_language(rows, language)
    if chosen.get("markta"):
        rows = rows.filter(flagged=True)
    if chosen.get("sena"):
        rows = rows.overdue(at)
    if query := chosen.get("q"):
        rows = rows.filter(pk__in=_found(query, reach.actor.sees))
    return rows


def _in_language(rows: Items, language: str) -> Items:
    if language == OTHER:
        return rows.in_other_languages()
    return rows.in_other_languages().filter(language=language)


def _found(query: str, paths: Iterable[str]) -> list[int]:
    """Return the newest items in which all words of `query` stand."""
    hits = search.find(query, list(paths)).filter(subject__startswith=PREFIX)
    subjects = hits.values_list("subject", flat=True)[:FOUND_AT_MOST]
    return [int(s.removeprefix(PREFIX)) for s in subjects]
