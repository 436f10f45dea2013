"""Who is told of a channel: the officer at start-up, and whoever is appointed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from uppsikt.channels.life import ChannelLife
from uppsikt.channels.models import (
    CardChange,
    Channel,
    Handover,
    PresenceOrder,
    StartNotice,
)
from uppsikt.channels.start_life import StartNoticeLife
from uppsikt.governance import observations, rules
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import ROLE_LABELS, Assignment, User
from uppsikt.policy import facts as f
from uppsikt.policy.roles import Role
from uppsikt.records import mail

_RECEIVE: Final = (Role.COMMUNICATIONS_OFFICER, Role.COMMUNICATIONS_OFFICE)


def receivers(channel: Channel, at: datetime) -> tuple[Role, list[User]]:
    """Return which role is told of a new channel, and who holds it (R-4-8).

    A department without an officer: the communications office.
    """
    for role in _RECEIVE:
        if told := nearest([role], channel, at):
            return role, told
    return Role.COMMUNICATIONS_OFFICE, []


def at_start(
    notice: StartNotice, told: Sequence[User], *, actor: Actor, at: datetime
) -> None:
    """Send the four items to `told`, and tell the people; who was told is kept."""
    channel = notice.channel
    for user in told:
        mail.ask(user.email, _subject(channel), _notice(notice, user), at=at)
    names = tuple(str(user) for user in told)
    observations.measure(f.TOLD_AT_START, channel.node, names, actor=actor, at=at)
    if channel.proposed_owner:
        appointed(channel, channel.proposed_owner, Role.CHANNEL_OWNER, at=at)
    if channel.proposed_deputy:
        appointed(channel, channel.proposed_deputy, Role.DEPUTY, at=at)


def escalated(notice: StartNotice, *, why: str, at: datetime) -> None:
    """Tell the head of communications what an officer has raised (R-4-8)."""
    told = {
        "channel": notice.channel.name,
        "who": notice.received_by,
        "why": why,
    }
    subject = _("Raised with you: %(channel)s") % told
    body = _(
        "%(who)s raises this about the new channel %(channel)s:\n\n%(why)s\n\n"
        "Answer on the channel's card in Uppsikt, under Channels."
    )
    rule = rules.in_force(at).rule(str(StartNoticeLife.settle))
    for user in nearest(rule.roles, notice.channel, at):
        mail.ask(user.email, subject, body % told, at=at)


def handed_over(handover: Handover, *, at: datetime) -> None:
    """Ask whoever got administrator rights to confirm that they have them (R-4-9)."""
    told = {
        "name": handover.recipient.first_name,
        "channel": handover.channel.name,
        "who": handover.given_by,
    }
    subject = _("Confirm administrator rights: %(channel)s") % told
    body = _(
        "Hi %(name)s!\n\n%(who)s notes that you have been given administrator rights "
        "to %(channel)s. See that it is so, and confirm it on the channel's card in "
        "Uppsikt, under Channels. The channel is not launched before that."
    )
    mail.ask(handover.recipient.email, subject, body % told, at=at)


def ordered(order: PresenceOrder, *, at: datetime) -> None:
    """Tell the channel's people and their manager what is ordered (R-3.2-1)."""
    told = {
        "channel": order.channel.name,
        "what": order.what,
        "why": order.reason,
        "day": order.due_on.isoformat(),
        "who": order.given_by,
    }
    subject = _("An order to carry out: %(channel)s") % told
    body = _(
        "%(who)s orders of %(channel)s:\n\n%(what)s\n\nReason: %(why)s\n\n"
        "By %(day)s at the latest. Tell on the channel's card in Uppsikt when it is "
        "done."
    )
    for user in _running(order.channel, at):
        mail.ask(user.email, subject, body % told, at=at)


def carried_out(order: PresenceOrder, *, why: str, at: datetime) -> None:
    """Tell whoever gave an order that it is carried out."""
    told = {"channel": order.channel.name, "what": order.what, "how": why or "–"}
    subject = _("Carried out: %(channel)s") % told
    body = _("What you ordered of %(channel)s is done.\n\n%(what)s\n\nHow: %(how)s")
    mail.ask(order.given_by.email, subject, body % told, at=at)


def appointed(channel: Channel, user: User, role: Role, *, at: datetime) -> None:
    """Tell a person that they are responsible for a channel, or substitute (R-4-2)."""
    told = {"name": user.first_name, "channel": channel.name, "role": ROLE_LABELS[role]}
    body = _(
        "Hi %(name)s!\n\nYou are now: %(role)s, for the channel %(channel)s. Sign in "
        "to Uppsikt and open the channel's card under Channels. There you see what "
        "remains before the channel can be launched, and what is yours to confirm."
    )
    mail.ask(user.email, _("You are appointed: %(channel)s") % told, body % told, at=at)


def applied(channel: Channel, *, at: datetime) -> None:
    """Tell the manager closest to the unit that an application waits (R-4-1)."""
    rule = rules.in_force(at).rule(str(ChannelLife.approve))
    told = {"channel": channel.name, "who": channel.applied_by}
    body = _(
        "%(who)s has applied for the channel %(channel)s. You decide: sign in to "
        "Uppsikt and open the application under Channels. All you need stands on one "
        "page."
    )
    subject = _("An application waits for you: %(channel)s") % told
    for user in nearest(rule.roles, channel, at):
        if user != channel.applied_by:
            mail.ask(user.email, subject, body % told, at=at)


def decided(channel: Channel, *, why: str, at: datetime) -> None:
    """Tell the applicant what was decided, and why."""
    told = {"channel": channel.name, "state": channel.state.label, "why": why or "–"}
    subject = _("Your application: %(channel)s") % told
    body = _("Your application for %(channel)s: %(state)s.\n\nReason: %(why)s") % told
    mail.ask(channel.applied_by.email, subject, body, at=at)


def card_decided(change: CardChange, *, why: str, at: datetime) -> None:
    """Tell whoever proposed a change of the public card what became of it (R-3.2-3)."""
    if change.proposed_by is None:
        return
    told = {
        "channel": change.channel.name,
        "state": change.state.label,
        "why": why or "–",
    }
    subject = _("Your change of the public card: %(channel)s") % told
    body = _(
        "Your change of the public card of %(channel)s: %(state)s.\n\nReason: %(why)s"
    )
    mail.ask(change.proposed_by.email, subject, body % told, at=at)


def nearest(roles: Sequence[Role], channel: Channel, at: datetime) -> list[User]:
    """Return who holds the first of `roles` that anybody holds above the channel."""
    near = Assignment.objects.holding(at).filter(user__is_active=True, role__in=roles)
    above = [
        a
        for a in near.select_related("user", "node")
        if channel.path.startswith(a.node.path)
    ]
    for role in roles:
        if found := {a.user_id: a.user for a in above if a.role == role}:
            return list(found.values())
    return []


def _subject(channel: Channel) -> str:
    return _("New channel approved: %(channel)s") % {"channel": channel.name}


def _running(channel: Channel, at: datetime) -> list[User]:
    """Return who runs the channel, and the manager closest to it, each once."""
    roles = (Role.CHANNEL_OWNER, Role.DEPUTY, Role.LINE_MANAGER)
    people = [user for role in roles for user in nearest([role], channel, at)]
    return list(dict.fromkeys(people))


def _notice(notice: StartNotice, user: User) -> str:
    told = {
        "name": user.first_name,
        "channel": notice.account,
        "purpose": notice.purpose,
        "audience": notice.audience,
        "goal": notice.goal_contribution,
        "benefit": notice.benefit,
        "owner": notice.owner,
    }
    body = _(
        "Hi %(name)s!\n\nA line manager has approved a new channel.\n\n"
        "Channel: %(channel)s\n\nPurpose: %(purpose)s\n\nTarget group: %(audience)s\n\n"
        "Contribution to the goals: %(goal)s\n\nBenefit to the target group: "
        "%(benefit)s\n\nPerson responsible: %(owner)s\n\nConfirm on the channel's card "
        "in Uppsikt, under Channels, that you have got this. The channel is launched "
        "when administrator rights are handed over to you and you have confirmed that "
        "too."
    )
    return body % told
