"""What falls to a person now: rows whose lifecycle has a move open to them.

Nothing here is stored. A duty is a row, or a verdict that is due or not met; it goes
away when the thing is done (design decision 5).
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Final, TypeVar

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils import timezone

from uppsikt.channels.life import ChannelLife
from uppsikt.channels.models import Channel
from uppsikt.duties import (
    assigned,
    beginning,
    card_changes,
    cases,
    citizens,
    course,
    lapses,
    late,
    messages,
    people,
    reach,
    samples,
    steering,
    watching,
)
from uppsikt.duties.duty import SHOWN, Duty, Group, tomorrow
from uppsikt.governance.actors import Actor
from uppsikt.governance.exempting_life import ExemptionLife
from uppsikt.governance.models import Exemption
from uppsikt.inbox import silence, standing_in
from uppsikt.inbox.life import ItemLife
from uppsikt.inbox.models import Item, Takeover, Tick
from uppsikt.inbox.schedule import by_rota
from uppsikt.inbox.silence import Silent
from uppsikt.inbox.standing_in import OnDuty
from uppsikt.moderation.models import Case
from uppsikt.policy.roles import Role
from uppsikt.policy.words import N_, Message
from uppsikt.records.models import Registration
from uppsikt.sending.life import OutgoingLife
from uppsikt.sending.models import Outgoing

M = TypeVar("M", bound=Model)
_MOST_WATCHED: Final = 500
# Others may tick the round; it falls to the owner and the substitute (R-6.4-1).
RESPONSIBLE: Final = frozenset({Role.CHANNEL_OWNER, Role.DEPUTY})
KEEPS_IN_TOUCH: Final = RESPONSIBLE | {Role.COMMUNICATIONS_OFFICER}


def of(actor: Actor, *, at: datetime) -> list[Group]:
    """Return what falls to `actor` at `at`, the most urgent kind first."""
    groups = (source(actor, at) for source in SOURCES)
    return [group for group in groups if group.total]


def _answers(actor: Actor, at: datetime) -> Group:
    rows = Item.objects.visible_to(actor).open().filter(due_at__lt=tomorrow(at))
    rows = rows.filter(reach.of_move(actor, ItemLife.answer, at=at))
    rows = rows.select_related("channel").order_by("due_at")
    return _group(N_("Answers due today"), "6.2", "inbox", rows, _answer)


def _answer(item: Item) -> Duty:
    who = Message(N_("%(author)s waits for an answer"), {"author": item.author_name})
    return Duty(who, str(item.channel), reverse("item", args=[item.pk]), item.due_at)


def _cases(actor: Actor, at: datetime) -> Group:
    rows = cases.of(actor, at=at)
    return _group(N_("Moderation"), "6.4", "cases", rows, _case)


def _case(case: Case) -> Duty:
    words = Message(cases.WORDS[case.status])
    url = reverse("case", args=[case.pk])
    return Duty(words, str(case.channel), url, case.due_at)


def _watch(actor: Actor, at: datetime) -> Group:
    """Return the channels to watch: one's own, and those one stands in for today."""
    day = timezone.localdate(at)
    ticked = Tick.objects.filter(day=day, undone_at=None).values("channel")
    mine = reach.of(actor, RESPONSIBLE, "node__path") | by_rota(actor.user, day)
    rows = Channel.objects.open().filter(mine).exclude(pk__in=ticked)
    channels = list(rows.order_by("name")[:_MOST_WATCHED])
    duty = standing_in.on_duty(channels, at=at)
    due = [c for c in channels if _falls_to(duty[c.pk], actor)]
    first = tuple(_unseen(c, duty[c.pk], actor) for c in due[:SHOWN])
    return Group(N_("Today's watch"), "6.4", reverse("watch"), len(due), first)


def _falls_to(duty: OnDuty, actor: Actor) -> bool:
    """Tell whether the watch is the actor's, or was until it was taken over today."""
    taken = duty.takeover
    late = taken is not None and taken.why == Takeover.Why.HOUR
    return duty.user in (actor.user, None) or (late and duty.instead_of == actor.user)


def _unseen(channel: Channel, duty: OnDuty, actor: Actor) -> Duty:
    words = Message(N_("Not looked at today"))
    if duty.takeover and duty.instead_of == actor.user:
        told = {"who": str(duty.user)}
        words = Message(N_("%(who)s took it over: it was not done in time"), told)
    elif duty.takeover and duty.takeover.why == Takeover.Why.HOUR:
        words = Message(N_("Yours now: it was not done in time"))
    elif duty.user is None and duty.instead_of:
        words = Message(N_("Not looked at today, and nobody responsible is here"))
    elif duty.instead_of:
        told = {"who": str(duty.instead_of)}
        words = Message(N_("Yours today: %(who)s is away"), told)
    return Duty(words, str(channel), reverse("watch-look", args=[channel.pk]))


def _approvals(actor: Actor, at: datetime) -> Group:
    rows = Outgoing.objects.filter(status=OutgoingLife.awaiting.name)
    rows = rows.filter(reach.of_move(actor, OutgoingLife.approve, at=at))
    rows = rows.exclude(written_by=actor.user).select_related("channel", "written_by")
    rows = rows.order_by("written_at")
    return _group(N_("Answers to approve"), "6.2", "approvals", rows, _approval)


def _approval(outgoing: Outgoing) -> Duty:
    words = Message(N_("%(who)s has written"), {"who": str(outgoing.written_by)})
    return Duty(words, str(outgoing.channel), reverse("approvals"))


_UNSENT: Final = {
    OutgoingLife.failed: N_("Could not be sent"),
    OutgoingLife.unconfirmed: N_("Sent, not seen on the platform. Look there"),
    OutgoingLife.by_hand: N_("Post it at the platform"),
}


def _unsent(actor: Actor, at: datetime) -> Group:
    waiting = [s.name for s in _UNSENT]
    rows = Outgoing.objects.filter(status__in=waiting)
    rows = rows.filter(reach.of_move(actor, OutgoingLife.post, at=at))
    rows = rows.select_related("channel").order_by("written_at")
    return _group(N_("Texts to see to"), "6.2", "inbox", rows, _not_sent)


def _not_sent(outgoing: Outgoing) -> Duty:
    words = next(w for s, w in _UNSENT.items() if s.name == outgoing.status)
    kind, _, pk = outgoing.about.partition(":")
    url = (
        reverse(kind, args=[pk])
        if kind in ("item", "case", "lapse")
        else reverse("inbox")
    )
    if kind == "closing":
        url = reverse("closing", args=[outgoing.channel_id])
    return Duty(Message(words), str(outgoing.channel), url)


def _applications(actor: Actor, at: datetime) -> Group:
    mine = reach.of_move(actor, ChannelLife.approve, at=at, field="node__path")
    rows = Channel.objects.filter(mine, status=ChannelLife.applied.name)
    rows = rows.order_by("applied_at")
    return _group(N_("Applications to decide"), "4", "channels", rows, _application)


def _application(channel: Channel) -> Duty:
    words = Message(N_("A channel is applied for"))
    return Duty(words, str(channel), reverse("channel", args=[channel.pk]))


def _launches(actor: Actor, at: datetime) -> Group:
    mine = reach.of_move(actor, ChannelLife.launch, at=at, field="node__path")
    rows = Channel.objects.filter(mine, status=ChannelLife.approved.name)
    return _group(N_("Channels to launch"), "4", "channels", rows.order_by("name"), _go)


def _go(channel: Channel) -> Duty:
    words = Message(N_("Approved, not launched"))
    return Duty(words, str(channel), reverse("channel", args=[channel.pk]))


def _exemptions(actor: Actor, at: datetime) -> Group:
    mine = reach.of_move(actor, ExemptionLife.grant, at=at, field="node__path")
    rows = Exemption.objects.waiting().filter(mine).select_related("node")
    rows = rows.order_by("asked_at")
    return _group(N_("Exemptions to decide"), "6", "exemptions", rows, _wanted)


def _wanted(exemption: Exemption) -> Duty:
    url = reverse("exemption", args=[exemption.pk])
    return Duty(Message(N_("An exemption is asked for")), exemption.node.name, url)


def _running_out(actor: Actor, at: datetime) -> Group:
    mine = reach.of_move(actor, ExemptionLife.ask, at=at, field="node__path")
    rows = Exemption.objects.running_out(at).filter(mine).select_related("node")
    rows = rows.order_by("ends_at")
    return _group(N_("Exemptions that run out"), "6", "exemptions", rows, _ending)


def _ending(exemption: Exemption) -> Duty:
    words = Message(N_("Meet the demand, or ask for a new exemption"))
    url = reverse("exemption", args=[exemption.pk])
    return Duty(words, exemption.node.name, url, exemption.ends_at)


def _registrations(actor: Actor, at: datetime) -> Group:
    registrar = reach.of(actor, frozenset({Role.REGISTRAR}), "path")
    rows = Registration.objects.filter(registrar, diary_number=None)
    rows = rows.order_by("due_at")
    return _group(N_("To register"), "6.4", "registrations", rows, _registration)


def _registration(row: Registration) -> Duty:
    return Duty(
        Message("%(title)s", {"title": row.title}),
        row.series,
        reverse("registrations"),
        row.due_at,
    )


def _silent(actor: Actor, at: datetime) -> Group:
    mine = reach.of(actor, KEEPS_IN_TOUCH, "node__path")
    rows = Channel.objects.open().filter(mine).select_related("connection")
    found = [_not_heard(s) for s in silence.silent(rows.order_by("name"), at=at)]
    title = N_("Channels we do not hear from")
    url = reverse("channels")
    return Group(title, "6.4", url, len(found), tuple(found[:SHOWN]))


def _not_heard(silent: Silent) -> Duty:
    why = Message(silent.problem or N_("nothing fetched for a while"))
    words = Message(N_("Check the channel by hand: %(why)s"), {"why": why})
    url = reverse("channel", args=[silent.channel.pk])
    return Duty(words, str(silent.channel), url)


Source = Callable[[Actor, datetime], Group]
SOURCES: Final[tuple[Source, ...]] = (
    _cases,
    assigned.of,
    _answers,
    late.escalated,
    _unsent,
    messages.undecided,
    lapses.waiting,
    samples.waiting,
    _watch,
    watching.missed,
    watching.swaps,
    people.leavers,
    people.measures,
    _approvals,
    citizens.suggestions,
    citizens.found,
    _applications,
    card_changes.waiting,
    beginning.raised,
    beginning.orders,
    beginning.notices,
    beginning.rights,
    beginning.unapproved,
    _exemptions,
    _registrations,
    _silent,
    course.closings,
    course.reviews,
    _launches,
    _running_out,
    steering.proposals,
    steering.own,
)


def _group(
    title: str,
    section: str,
    page: str,
    rows: QuerySet[M],
    shown: Callable[[M], Duty],
) -> Group:
    duties = tuple(_few(rows, shown))
    total = len(duties) if len(duties) < SHOWN else rows.count()
    return Group(title, section, reverse(page), total, duties)


def _few(rows: QuerySet[M], shown: Callable[[M], Duty]) -> Iterator[Duty]:
    for row in rows[:SHOWN]:
        yield shown(row)
