"""Who gets a letter when a channel is closed: who is heard, then the head (R-9-2)."""

from datetime import datetime

from django.utils.translation import gettext as _

from uppsikt.channels import telling
from uppsikt.channels.models import CONSULTED, Channel, Closing
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import User
from uppsikt.policy.roles import Role
from uppsikt.records import mail

_INSTEAD = {
    Role.LINE_MANAGER: (Role.LINE_MANAGER, Role.DEPARTMENT_DIRECTOR),
    Role.COMMUNICATIONS_OFFICER: (
        Role.COMMUNICATIONS_OFFICER,
        Role.COMMUNICATIONS_OFFICE,
    ),
}


def ask_opinion(closing: Closing, *, why: str, actor: Actor, at: datetime) -> None:
    """Ask the nearest manager and officer for their opinion, unless they began it."""
    told = {"channel": closing.channel.name, "who": actor.user, "why": why}
    subject = _("Say what you think: %(channel)s is to be closed") % told
    body = _(
        "%(who)s wants to close the channel %(channel)s.\n\nReason: %(why)s\n\nThe "
        "guideline asks that you are heard first. Sign in to Uppsikt: it stands under "
        "My day."
    )
    for user in _asked(closing, at):
        if user != actor.user:
            mail.ask(user.email, subject, body % told, at=at)


def closed(channel: Channel, *, why: str, at: datetime) -> None:
    """Tell the head of communications that a channel is closed."""
    told = {"channel": channel.name, "url": channel.url, "why": why}
    subject = _("A channel is closed: %(channel)s") % told
    body = _(
        "The channel %(channel)s (%(url)s) is closed.\n\nReason: %(why)s\n\nIt stays "
        "in the public list as closed. Who still reaches the account stands on its "
        "card in Uppsikt."
    )
    for user in telling.nearest((Role.COMMUNICATIONS_DIRECTOR,), channel, at):
        mail.ask(user.email, subject, body % told, at=at)


def _asked(closing: Closing, at: datetime) -> list[User]:
    """Return those to be heard who have not been yet, each once."""
    heard = closing.heard()
    sides = [_INSTEAD[side] for side in CONSULTED if side not in heard]
    near = [u for roles in sides for u in telling.nearest(roles, closing.channel, at)]
    return list(dict.fromkeys(near))
