"""What a channel's card shows one person: how it stands, and what is theirs to do."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Final

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _

from uppsikt.channels import card_steps, changing, changing_page, connecting, staffing
from uppsikt.channels.credentials import form_for
from uppsikt.channels.forms import (
    AccessForm,
    AppointForm,
    LaunchForm,
    card_of,
    purpose_choices,
)
from uppsikt.channels.life import ChannelLife
from uppsikt.channels.listing import NEXT, Places, open_findings
from uppsikt.channels.mending import place_of
from uppsikt.channels.models import Channel
from uppsikt.governance import moves, profiles, rules
from uppsikt.governance.actors import Actor
from uppsikt.governance.judging import Judge
from uppsikt.governance.models import Assignment, Observation, Step
from uppsikt.policy import facts as known
from uppsikt.policy.facts import Fact, Facts, Seen
from uppsikt.policy.guideline import About, Guideline
from uppsikt.policy.lifecycle import Move
from uppsikt.policy.verdict import Finding
from uppsikt.policy.words import N_, Message

REMAINS: Final = N_("The guideline asks for more first. What remains stands below.")
# What a channel in each state waits for. All else lies folded up beside it.
LEADS_ON: Final = (
    ChannelLife.approve,
    ChannelLife.launch,
    ChannelLife.regularise,
    ChannelLife.resume,
)
Forms = dict[str, forms.Form]


@dataclass(frozen=True, slots=True)
class Offer:
    """A move as one person meets it: where it is ordered, or why it cannot be."""

    move: Move
    url: str
    reason: bool
    refused: Message | None

    @property
    def danger(self) -> bool:
        return self.move in (ChannelLife.decline, ChannelLife.close)

    @property
    def approves(self) -> bool:
        return self.move is ChannelLife.approve

    @property
    def launches(self) -> bool:
        return self.move is ChannelLife.launch

    @property
    def regularises(self) -> bool:
        return self.move is ChannelLife.regularise

    @property
    def leads_on(self) -> bool:
        """Tell whether it is what the channel waits for: the one primary button."""
        return self.move in LEADS_ON

    @property
    def beside(self) -> bool:
        """Tell whether it is a step beside that, which the person may take."""
        return not (self.leads_on or self.refused)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that only a person can answer: what was said last, and by whom."""

    finding: Finding
    fact: Fact
    last: Seen | None
    refused: Message | None


@dataclass(frozen=True, slots=True)
class Open:
    """What is to be done: the question it comes to, or the place to put it right."""

    finding: Finding
    asked: Asked | None
    place: str


@dataclass(frozen=True, slots=True)
class Happening:
    """A line of the history."""

    at: datetime
    by: str
    what: str
    note: str


@dataclass(frozen=True, slots=True)
class Viewing:
    """One person looks at one channel at one moment."""

    channel: Channel
    actor: Actor
    at: datetime

    def barred(self, check: Callable[..., None]) -> Message | None:
        """Return why the person may not do what `check` guards, or None."""
        try:
            check(self.channel, self.actor, at=self.at)
        except moves.NotYours as stop:
            return stop.reason
        return None


def context(view: Viewing, given: Forms) -> dict[str, object]:
    """Return all that the card's page shows; `given` are forms that came back."""
    channel, guideline = view.channel, rules.in_force(view.at)
    facts = channel.facts(view.at)
    judge = Judge(guideline, view.at)
    found = open_findings(channel, facts, judge)
    asked = _asked(view, judge, facts) if channel.runs else {}
    remaining = [
        Open(x, asked.pop(x.control.id, None), place_of(x, channel)) for x in found
    ]
    offers = _offers(view, remaining)
    return {
        "channel": channel,
        "sees": any(channel.path.startswith(p) for p in view.actor.sees),
        "offers": offers,
        "more_steps": [o for o in offers if o.beside],
        "launch": given.get("launch") or LaunchForm(now=view.at),
        "remaining": remaining,
        "asked": list(asked.values()),
        "proof": facts.get(known.PROVED_TWO_WAY, view.at),
        "history": _history(channel),
        **_about(channel, guideline),
        **_people(view, given),
        **_way(view, given),
        **_card(view, given),
        **card_steps.context(channel, view.actor, guideline, given, at=view.at),
    }


def _offers(view: Viewing, remaining: list[Open]) -> list[Offer]:
    onward = view.channel.LIFE.onward(view.channel.status)
    return [_offer(m, view, remaining) for m in onward if _concerns(m, view)]


def _concerns(move: Move, view: Viewing) -> bool:
    """Tell whether the move is any of the person's business: not another's wish."""
    own = view.actor.user == view.channel.applied_by
    return own or move is not ChannelLife.withdraw


def _offer(move: Move, view: Viewing, remaining: list[Open]) -> Offer:
    refused = moves.why_not(move, view.channel, view.actor, at=view.at)
    if not refused and remaining and move is NEXT.get(view.channel.status):
        refused = Message(REMAINS)
    url = reverse(f"channel-{move.name}", args=[view.channel.pk])
    return Offer(move, url, moves.needs_reason(move, at=view.at), refused)


def _asked(view: Viewing, judge: Judge, facts: Facts) -> dict[str, Asked]:
    """Return every question to a person about the channel, by its control."""
    asked = [c for c in judge.guideline.about(About.CHANNEL) if c.fact]
    found = judge.judge(asked, facts, path=view.channel.path)
    return {x.control.id: _one_asked(x, view, facts) for x in found}


def _one_asked(finding: Finding, view: Viewing, facts: Facts) -> Asked:
    fact = known.named(finding.control.fact)

    def check(channel: Channel, actor: Actor, *, at: datetime) -> None:
        staffing.must_run(channel, actor, frozenset(finding.control.attested_by))

    return Asked(finding, fact, facts.get(fact, view.at), view.barred(check))


def _about(channel: Channel, guideline: Guideline) -> dict[str, object]:
    places, purposes = Places.fetch(), dict(purpose_choices(guideline))
    return {
        "unit": places.unit(channel),
        "department": places.department(channel),
        "purposes": [purposes.get(code, code) for code in channel.purpose_codes],
        "standard_text": guideline.text("standard_text"),
    }


def _people(view: Viewing, given: Forms) -> dict[str, object]:
    held = Assignment.objects.holding(view.at).filter(
        node=view.channel.node, role__in=staffing.LEADS
    )
    holders = view.channel.access_holders.filter(until=None)
    runs = view.channel.runs
    return {
        "leads": held.select_related("user").order_by("role", "starts_at"),
        "holders": holders.select_related("user").order_by("since", "pk"),
        "appoint": given.get("appoint") or AppointForm(auto_id="appoint_%s"),
        "appoint_refused": view.barred(staffing.must_appoint) if runs else None,
        "access": given.get("access") or AccessForm(now=view.at),
        "access_refused": view.barred(staffing.must_keep_access) if runs else None,
        "suggested": profiles.suggested(view.actor, at=view.at) if runs else [],
    }


def _way(view: Viewing, given: Forms) -> dict[str, object]:
    kind = connecting.connector(view.channel)
    blank = form_for(kind)(auto_id="connect_%s")
    return {
        "connects": bool(kind.can),
        "connection": getattr(view.channel, "connection", None),
        "connect": given.get("connect") or blank,
        "connect_refused": (
            view.barred(connecting.must_connect) if view.channel.runs else None
        ),
    }


def _card(view: Viewing, given: Forms) -> dict[str, object]:
    waiting = changing_page.of(view.channel, view.actor, at=view.at)
    form = card_of(view.channel, at=view.at)
    if waiting and waiting.publish_refused:
        form.initial.update(waiting.change.wanted)
    return {
        "waiting": waiting,
        "edit": given.get("edit") or form,
        "edit_refused": (
            view.barred(changing.must_edit) if view.channel.stands else None
        ),
    }


def _history(channel: Channel) -> list[Happening]:
    """Return what was done and said, the latest first."""
    subjects = [channel.subject, *card_steps.subjects(channel)]
    steps = Step.objects.filter(subject__in=subjects).select_related("by")
    seen = Observation.objects.filter(node=channel.node).select_related("by")
    told = chain(map(_step, steps), map(_observation, seen))
    return sorted(told, key=lambda h: h.at, reverse=True)


def _step(step: Step) -> Happening:
    label = card_steps.label(step)
    return Happening(step.at, str(step.by or ""), label, step.why)


def _observation(row: Observation) -> Happening:
    label = _(known.named(row.fact).label)
    said = _("%(fact)s: %(value)s") % {"fact": label, "value": _value(row.value)}
    return Happening(row.at, str(row.by or ""), said, row.note)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(map(str, value)) or _("nobody")
    return str(value)
