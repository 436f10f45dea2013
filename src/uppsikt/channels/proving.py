"""Whether our own page and a channel's account point at each other (rel="me")."""

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction

from uppsikt.channels.models import Channel
from uppsikt.channels.profile_acts import must_see_to
from uppsikt.governance import observations
from uppsikt.governance.actors import CLOCK, Actor
from uppsikt.governance.models import Observation
from uppsikt.platforms import proof
from uppsikt.platforms.http import client
from uppsikt.platforms.proof import PROVABLE, Account, Method
from uppsikt.policy import facts as f

SAID_AGAIN: Final = timedelta(days=30)
"""How long an answer that has not changed stands before it is written once more."""


class CannotProve(Exception):
    """The platform shows no links, or the municipality's own page is not set."""


def provable(channel: Channel) -> bool:
    """Tell whether there is anything to ask: a page of ours, and a platform's."""
    return bool(settings.WEBSITE) and channel.site in PROVABLE


def look(channel: Channel, *, actor: Actor, at: datetime) -> Method:
    """Look for the links both ways, because a person asks for it.

    Raises:
        CannotProve: there is nothing to ask.
        PlatformError: one of the pages could not be read.
    """
    must_see_to(channel, actor, at=at)
    return prove(channel, actor=actor, at=at)


def prove(channel: Channel, *, actor: Actor = CLOCK, at: datetime) -> Method:
    """Look for the links both ways and note what was found. Raises as `look`."""
    if not provable(channel):
        raise CannotProve
    account = Account(channel.site, channel.handle, channel.url)
    with client(allowed=settings.ALLOWED_PLATFORM_HOSTS) as http:
        found = proof.prove(http, settings.WEBSITE, account)
    _note(channel, found, actor=actor, at=at)
    return found


@transaction.atomic
def _note(channel: Channel, found: Method, *, actor: Actor, at: datetime) -> None:
    """Write what was found, if it is news or was last said long ago."""
    rows = Observation.objects.filter(node=channel.node_id, fact=f.PROVED_TWO_WAY.name)
    last = rows.order_by("at", "pk").last()
    if last and last.value == found.value and last.at > at - SAID_AGAIN:
        return
    observations.measure(
        f.PROVED_TWO_WAY, channel.node, found.value, actor=actor, at=at
    )
