"""Many accounts are entered and struck at once, each as if it were the only one."""

from dataclasses import replace

import pytest

from tests.channels.lists import AFTER, BIBBLAN, HEADS, SKOLAN, taken_in, with_
from tests.conftest import MONDAY
from tests.records.sheets import excel
from uppsikt.channels import actions, entering
from uppsikt.channels.actions import Application
from uppsikt.channels.life import ChannelLife
from uppsikt.channels.models import Channel
from uppsikt.governance import moves
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Node, Step
from uppsikt.records import ledger

pytestmark = pytest.mark.usefixtures("places")


def test_accounts_that_are_called_alike_get_addresses_and_places_of_their_own(
    kim: Actor, library: Node
) -> None:
    alike = (
        with_(Namn="A", Länk="https://www.facebook.com/bib.ban"),
        with_(Namn="B", Länk="https://www.facebook.com/bib_ban"),
    )

    taken_in(excel([HEADS, *alike]), kim)

    entered = list(Channel.objects.order_by("pk"))
    assert [c.slug for c in entered] == ["facebook-bib-ban", "facebook-bib-ban-2"]
    assert [c.path for c in entered] == [f"{library.path}{c.node_id}/" for c in entered]
    for channel in entered:
        step = Step.objects.get(subject=channel.subject)
        told = ledger.opened(step.entry)
        assert (step.move, step.after, step.by) == (
            "channel.enter",
            "found",
            kim.user,
        )
        assert (told["subject"], told["after"]) == (channel.subject, "found")


def test_an_account_that_somebody_else_entered_is_refused_with_the_whole_list(
    kim: Actor, library: Node
) -> None:
    taken = Application("facebook", "Bibblan", BIBBLAN[2], "Bibblan")
    free = Application("facebook", "skolan", "https://x.example", "Skolan")
    actions.enter(library, taken, actor=kim, at=MONDAY)

    with pytest.raises(actions.TakenHandle):
        entering.enter_each(
            [(library, free), (library, replace(taken, handle="bibblan"))],
            actor=kim,
            at=AFTER,
        )

    assert [c.name for c in Channel.objects.all()] == ["Bibblan"]


def test_only_who_may_enter_one_may_enter_many(bengt: Actor, library: Node) -> None:
    free = Application("facebook", "skolan", "https://x.example", "Skolan")

    with pytest.raises(moves.NotYours):
        entering.enter_each([(library, free)], actor=bengt, at=MONDAY)

    assert not Node.objects.filter(kind=Node.Kind.CHANNEL).exists()


def test_none_is_struck_without_a_reason_or_by_somebody_else(
    kim: Actor, cecilia: Actor
) -> None:
    taken_in(excel([HEADS, BIBBLAN, SKOLAN]), kim)
    both = list(Channel.objects.all())

    with pytest.raises(moves.NoReason):
        entering.strike_each(both, why=" ", actor=kim, at=AFTER)
    with pytest.raises(moves.NotYours):
        entering.strike_each(both, why="Fel fil", actor=cecilia, at=AFTER)

    assert {c.state for c in Channel.objects.all()} == {ChannelLife.found}


@pytest.mark.parametrize("seen", ["fresh", "stale"])
def test_none_is_struck_when_one_has_gone_on(kim: Actor, seen: str) -> None:
    taken_in(excel([HEADS, BIBBLAN, SKOLAN]), kim)
    before = list(Channel.objects.order_by("pk"))
    actions.strike(Channel.objects.latest("pk"), why="x", actor=kim, at=AFTER)
    both = before if seen == "stale" else list(Channel.objects.order_by("pk"))

    with pytest.raises(moves.TooLate):
        entering.strike_each(both, why="Fel fil", actor=kim, at=AFTER)

    assert Channel.objects.get(pk=both[0].pk).state is ChannelLife.found
