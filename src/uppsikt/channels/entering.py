"""Many accounts at once, entered or struck as one by one, and in as few statements."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TypeAlias

from django.db import IntegrityError, transaction

from uppsikt.channels import actions, changing, taken
from uppsikt.channels.actions import Application, TakenHandle
from uppsikt.channels.life import ChannelLife
from uppsikt.channels.models import Channel
from uppsikt.governance import moves
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Node

Placed: TypeAlias = tuple[Node, Application]


@transaction.atomic
def enter_each(
    placed: Sequence[Placed], *, actor: Actor, at: datetime
) -> list[Channel]:
    """Enter accounts that exist already, all or none, each as `actions.enter` does.

    Raises:
        TakenHandle: one stands in the register already, or twice in `placed`.
    """
    if taken.is_taken(application.keys for _unit, application in placed):
        raise TakenHandle
    drafts = list(_drafted(placed, actor, at))
    try:
        with transaction.atomic():
            entered = moves.begin_each(ChannelLife.enter, drafts, actor=actor, at=at)
    except IntegrityError as e:  # somebody entered one at the same moment
        raise TakenHandle from e
    changing.keep_each(entered, actor=actor, at=at)
    return entered


@transaction.atomic
def strike_each(
    channels: Sequence[Channel], *, why: str, actor: Actor, at: datetime
) -> None:
    """Strike accounts that were entered by mistake, all or none."""
    changes = {"closed_at": at, "changed_at": at}
    move = ChannelLife.strike
    moves.make_each(move, channels, actor=actor, at=at, why=why, changes=changes)
    places = [channel.node_id for channel in channels]
    Node.objects.filter(pk__in=places).update(closed_at=at)


def _drafted(placed: Sequence[Placed], actor: Actor, at: datetime) -> Iterator[Channel]:
    """Yield each channel at a node of its own, with a name that is free."""
    named = [(application.name, unit) for unit, application in placed]
    nodes = Node.plant_each(Node.Kind.CHANNEL, named)
    slugs = set(Channel.objects.values_list("slug", flat=True))
    for node, (_unit, application) in zip(nodes, placed, strict=True):
        slug = actions.free_slug(application, slugs)
        slugs.add(slug)
        yield actions.drafted(application, node, slug, actor=actor, at=at)
