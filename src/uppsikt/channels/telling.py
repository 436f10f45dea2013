"""Who is told of a channel: the officer at start-up, and whoever is appointed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from uppsikt.channels.life import ChannelLife
from uppsikt.channels.models import Channel
from uppsikt.governance import observations, rules
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import ROLE_LABELS, Assignment, User
from uppsikt.policy import facts as f
from uppsikt.policy.roles import Role
from uppsikt.records import mail

_RECEIVE: Final = (Role.COMMUNICATIONS_OFFICER, Role.COMMUNICATIONS_OFFICE)


def at_start(channel: Channel, *, actor: Actor, at: datetime) -> None:
    """Send the four items to the department's officer (R-4-8), and tell the people.

    A department without an officer: the communications office. Who was told is kept.
    """
    told = _nearest(_RECEIVE, channel, at)
    for user in told:
        mail.ask(user.email, _subject(channel), _notice(channel, user), at=at)
    names = tuple(str(user) for user in told)
    observations.measure(f.TOLD_AT_START, channel.node, names, actor=actor, at=at)
    appointed(channel, channel.proposed_owner, Role.CHANNEL_OWNER, at=at)
    if channel.proposed_deputy:
        appointed(channel, channel.proposed_deputy, Role.DEPUTY, at=at)


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
    for user in _nearest(rule.roles, channel, at):
        if user != channel.applied_by:
            mail.ask(user.email, subject, body % told, at=at)


def decided(channel: Channel, *, why: str, at: datetime) -> None:
    """Tell the applicant what was decided, and why."""
    told = {"channel": channel.name, "state": channel.state.label, "why": why or "–"}
    subject = _("Your application: %(channel)s") % told
    body = _("Your application for %(channel)s: %(state)s.\n\nReason: %(why)s") % told
    mail.ask(channel.applied_by.email, subject, body, at=at)


def _nearest(roles: Sequence[Role], channel: Channel, at: datetime) -> list[User]:
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


def _notice(channel: Channel, user: User) -> str:
    told = {
        "name": user.first_name,
        "channel": f"{channel.name} ({channel.url})",
        "purpose": channel.purpose,
        "audience": channel.audience,
        "goal": channel.goal_contribution,
        "benefit": channel.benefit,
        "owner": channel.proposed_owner,
    }
    body = _(
        "Hi %(name)s!\n\nA line manager has approved a new channel.\n\n"
        "Channel: %(channel)s\n\nPurpose: %(purpose)s\n\nTarget group: %(audience)s\n\n"
        "Contribution to the goals: %(goal)s\n\nBenefit to the target group: "
        "%(benefit)s\n\nPerson responsible: %(owner)s\n\nThe channel is launched when "
        "you have received administrator rights. Confirm it on the channel's card in "
        "Uppsikt, under Channels."
    )
    return body % told
