"""Who may open an address, and what fills it in: a function for each kind."""

from collections.abc import Callable, Mapping
from enum import StrEnum, auto

from tests.web.belongings import World


class Whose(StrEnum):
    """Who may open an address."""

    ANYBODY = auto()  # without signing in
    OWN = auto()  # everybody signed in, each with their own content
    SOME = auto()  # those whose roles reach it


Sample = tuple[Whose, Callable[[World], Mapping[str, object]]]


def nothing(world: World) -> Mapping[str, object]:
    return {}


def anna(world: World) -> Mapping[str, object]:
    return {"pk": world.anna.pk}


def unit(world: World) -> Mapping[str, object]:
    return {"pk": world.channel.node.parent_id}


def channel(world: World) -> Mapping[str, object]:
    return {"pk": world.channel.pk}


def risk(world: World) -> Mapping[str, object]:
    return {"pk": world.risk.pk}


def site(world: World) -> Mapping[str, object]:
    return {"site": world.channel.site}


def found(world: World) -> Mapping[str, object]:
    return {"pk": world.found.pk}


def feedback(world: World) -> Mapping[str, object]:
    return {"pk": world.feedback.pk}


def notice(world: World) -> Mapping[str, object]:
    return {"pk": world.channel.start_notices.earliest("pk").pk}


def handover(world: World) -> Mapping[str, object]:
    return {"pk": world.channel.handovers.earliest("pk").pk}


def order(world: World) -> Mapping[str, object]:
    return {"pk": world.channel.orders.earliest("pk").pk}


def item(world: World) -> Mapping[str, object]:
    return {"pk": world.version.item_id}


def box(world: World) -> Mapping[str, object]:
    return {"pk": world.version.item_id, "box": "answer"}


def lapse(world: World) -> dict[str, object]:
    return {"pk": world.channel.lapses.earliest("pk").pk}


def talk(world: World) -> dict[str, object]:
    return {"pk": world.message.conversation_id}


def module(world: World) -> Mapping[str, object]:
    return {"pk": world.module.pk}


def outgoing(world: World) -> Mapping[str, object]:
    return {"pk": world.outgoing.pk}


def own_picture(world: World) -> Mapping[str, object]:
    return {"pk": world.channel.own_pictures.earliest("pk").pk}


def case(world: World) -> Mapping[str, object]:
    return {"pk": world.case.pk}


def card_change(world: World) -> Mapping[str, object]:
    return {"pk": world.card_change.pk}


def exemption(world: World) -> Mapping[str, object]:
    return {"pk": world.exemption.pk}


def adoption(world: World) -> Mapping[str, object]:
    return {"pk": world.proposal.base_id}


def proposal(world: World) -> Mapping[str, object]:
    return {"pk": world.proposal.pk}


def local(world: World) -> Mapping[str, object]:
    return {"pk": world.local.pk}
