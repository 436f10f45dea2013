"""Letters about the watch. None names who is away, or says anything of anybody."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from uppsikt.channels import telling
from uppsikt.channels.models import Channel
from uppsikt.governance.models import User
from uppsikt.inbox.models import MissedDay, Takeover
from uppsikt.policy.roles import Role
from uppsikt.records import mail

MANAGERS = (Role.LINE_MANAGER, Role.DEPARTMENT_DIRECTOR)
OFFICERS = (Role.COMMUNICATIONS_OFFICER, Role.COMMUNICATIONS_OFFICE)


def taken_over(rows: Iterable[Takeover], *, at: datetime) -> None:
    """Tell each substitute, once, that today's watch is theirs."""
    theirs: dict[User, list[Channel]] = {}
    for row in rows:
        theirs.setdefault(row.user, []).append(row.channel)
    for user, channels in theirs.items():
        subject = ngettext(
            "Today's watch of %(count)d channel is yours",
            "Today's watch of %(count)d channels is yours",
            len(channels),
        ) % {"count": len(channels)}
        body = _("Sign in to Uppsikt: it stands under My day.\n\n%(names)s")
        mail.ask(user.email, subject, body % {"names": _named(channels)}, at=at)


def nobody(channels: Sequence[Channel], *, at: datetime) -> None:
    """Tell managers and officers that nobody can watch these channels today."""
    subject = _("Channels that nobody watches today")
    body = _(
        "Neither the person responsible nor a substitute is here. Sign in to Uppsikt "
        "and name somebody.\n\n%(names)s"
    )
    for user, theirs in _raised_with(channels, at).items():
        mail.ask(user.email, subject, body % {"names": _named(theirs)}, at=at)


def missed(rows: Sequence[MissedDay], *, at: datetime) -> None:
    """Tell managers and officers of days that nobody watched (R-6.4-3)."""
    subject = _("Channels without a watch")
    body = _(
        "Nobody has watched these channels on a day when it was to be done. Sign in "
        "to Uppsikt and answer why; the gap stays in the log.\n\n%(names)s"
    )
    for user, theirs in _raised_with([r.channel for r in rows], at).items():
        mail.ask(user.email, subject, body % {"names": _named(theirs)}, at=at)


def _raised_with(
    channels: Iterable[Channel], at: datetime
) -> Mapping[User, list[Channel]]:
    theirs: dict[User, list[Channel]] = {}
    for channel in channels:
        near = [
            *telling.nearest(MANAGERS, channel, at),
            *telling.nearest(OFFICERS, channel, at),
        ]
        for user in dict.fromkeys(near):
            theirs.setdefault(user, []).append(channel)
    return theirs


def _named(channels: Iterable[Channel]) -> str:
    return "\n".join(f"- {c.name}" for c in dict.fromkeys(channels))
