"""What a channel's start asks of people: receipts, rights, orders, accounts found."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Final, TypeVar

from django.db.models import Model, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from uppsikt.channels.handover_life import HandoverLife
from uppsikt.channels.life import ChannelLife
from uppsikt.channels.models import Channel, Handover, PresenceOrder, StartNotice
from uppsikt.channels.order_life import OrderLife
from uppsikt.channels.start_life import StartNoticeLife
from uppsikt.duties import reach
from uppsikt.duties.duty import SHOWN, Duty, Group
from uppsikt.governance import rules
from uppsikt.governance.actors import Actor
from uppsikt.policy.recurrence import Every
from uppsikt.policy.roles import Role
from uppsikt.policy.words import N_, Message

M = TypeVar("M", bound=Model)
# Those who see to it that an account nobody approved is applied for, or closed.
_SEE_TO_IT: Final = frozenset(
    {Role.LINE_MANAGER, Role.COMMUNICATIONS_OFFICER, Role.COMMUNICATIONS_OFFICE}
)


def notices(actor: Actor, at: datetime) -> Group:
    """Return the start-up notices that wait for the actor's receipt (R-4-8).

    A notice goes to the role it was sent to; one that has waited too long, also to
    the communications office.
    """
    rows = StartNotice.objects.filter(status=StartNoticeLife.sent.name)
    rows = rows.filter(_told(actor) | _late(actor, at)).select_related("channel")
    rows = rows.filter(reach.of_move(actor, StartNoticeLife.receive, at=at))
    title = N_("Start-up notices to confirm")
    return _group(title, "4", rows.order_by("sent_at"), _notice)


def _told(actor: Actor) -> Q:
    mine = Q(pk__in=[])
    for role in (Role.COMMUNICATIONS_OFFICER, Role.COMMUNICATIONS_OFFICE):
        mine |= Q(sent_to=role) & reach.of(actor, frozenset({role}))
    return mine


def _late(actor: Actor, at: datetime) -> Q:
    office = reach.of(actor, frozenset({Role.COMMUNICATIONS_OFFICE}))
    within = Every.parse(rules.in_force(at).text("notice_receipt_within"))
    oldest = within.before(timezone.localtime(at).date())
    return office & Q(sent_at__lt=_midnight(oldest))


def _notice(row: StartNotice) -> Duty:
    words = N_("Confirm that the notice has come")
    return _duty(words, row.channel, f"notice-{row.pk}")


def raised(actor: Actor, at: datetime) -> Group:
    """Return what officers have raised with the head of communications."""
    rows = StartNotice.objects.filter(status=StartNoticeLife.escalated.name)
    rows = rows.filter(reach.of_move(actor, StartNoticeLife.settle, at=at))
    rows = rows.select_related("channel").order_by("received_at")
    return _group(N_("Raised by communications officers"), "4", rows, _raised)


def _raised(row: StartNotice) -> Duty:
    words = N_("An officer asks you to look at this")
    return _duty(words, row.channel, f"notice-{row.pk}")


def rights(actor: Actor, at: datetime) -> Group:
    """Return the administrator rights that the actor is asked to confirm (R-4-9)."""
    rows = Handover.objects.filter(
        status=HandoverLife.given.name, recipient=actor.user
    ).filter(reach.of_move(actor, HandoverLife.confirm, at=at))
    rows = rows.select_related("channel").order_by("given_at")
    return _group(N_("Administrator rights to confirm"), "4", rows, _right)


def _right(row: Handover) -> Duty:
    words = N_("See that you have the rights, and confirm it")
    return _duty(words, row.channel, "rights")


def orders(actor: Actor, at: datetime) -> Group:
    """Return what the head of communications has ordered of the actor's channels."""
    runs = frozenset({Role.CHANNEL_OWNER, Role.DEPUTY, Role.LINE_MANAGER})
    rows = PresenceOrder.objects.standing().filter(reach.of(actor, runs))
    rows = rows.filter(reach.of_move(actor, OrderLife.carry_out, at=at))
    rows = rows.select_related("channel").order_by("due_on", "pk")
    return _group(N_("Orders to carry out"), "3.2", rows, _order)


def _order(row: PresenceOrder) -> Duty:
    words = Message("%(what)s", {"what": row.what.partition("\n")[0]})
    due_at = _midnight(row.due_on + timedelta(days=1))
    url = reverse("channel", args=[row.channel_id])
    return Duty(words, str(row.channel), url, due_at)


def unapproved(actor: Actor, at: datetime) -> Group:
    """Return the accounts that exist although nobody has approved them (R-4-1)."""
    mine = reach.of(actor, _SEE_TO_IT, "node__path")
    may = reach.of_move(actor, ChannelLife.regularise, at=at, field="node__path")
    rows = Channel.objects.filter(mine & may, status=ChannelLife.found.name)
    rows = rows.order_by("applied_at", "pk")
    return _group(N_("Accounts that nobody has approved"), "4", rows, _unapproved)


def _unapproved(channel: Channel) -> Duty:
    return _duty(N_("Apply for it, or close it"), channel, "acts")


def _duty(words: str, channel: Channel, part: str) -> Duty:
    """Return a duty that is done at one part of the channel's card."""
    url = f"{reverse('channel', args=[channel.pk])}#{part}"
    return Duty(Message(words), str(channel), url)


def _group(
    title: str, section: str, rows: "QuerySet[M]", shown: Callable[[M], Duty]
) -> Group:
    duties = tuple(shown(row) for row in rows[:SHOWN])
    total = len(duties) if len(duties) < SHOWN else rows.count()
    return Group(title, section, reverse("channels"), total, duties)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
