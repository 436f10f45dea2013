"""Every move of every life: from its own states only, by its own roles, here only."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import pytest

from tests.governance import citizens, dialogue, starts
from uppsikt.channels.models import CardChange, Channel
from uppsikt.governance import moves, rules
from uppsikt.governance.actors import CLOCK, Actor
from uppsikt.governance.models import (
    Adoption,
    Exemption,
    Moving,
    Proposal,
    Step,
    User,
)
from uppsikt.inbox.models import Item
from uppsikt.moderation.models import SPECIAL, Case
from uppsikt.policy.lifecycle import Lifecycle, Move
from uppsikt.policy.roles import Role
from uppsikt.records import ledger
from uppsikt.sending.models import Outgoing
from uppsikt.web.lives import LIVES

EDGES = [m for life in LIVES for m in life.moves.values() if not m.creates]
BEGINNINGS = [m for life in LIVES for m in life.moves.values() if m.creates]
Make = Callable[[str], Moving]


@pytest.fixture
def things(
    library_channel: Channel, anna_user: User, monday: datetime
) -> dict[str, Make]:
    """Return, by kind, a function that puts a thing in a state, bypassing the moves."""
    entry = ledger.append("test.evidence", "case:0", {}, actor="test", at=monday)

    def channel(status: str) -> Channel:
        rows = Channel.objects.filter(pk=library_channel.pk)
        rows.update(status=status)
        return rows.get()

    def card(status: str) -> CardChange:
        return CardChange.objects.create(
            channel=library_channel,
            status=status,
            changed=["name"],
            name="Bibblan",
            proposed_by=anna_user,
            proposed_at=monday,
        )

    def exemption(status: str) -> Exemption:
        return Exemption.objects.create(
            status=status,
            node=library_channel.node,
            control="6-visual-identity",
            reason="Ingen plats för logotyp",
            asked_by=anna_user,
            asked_at=monday,
            until=monday.date(),
            starts_at=monday,
            ends_at=monday + timedelta(days=30),
        )

    def outgoing(status: str) -> Outgoing:
        return Outgoing.objects.create(
            channel=library_channel,
            status=status,
            kind="answer",
            about="item:0",
            text="Hej",
            key=status,
            written_by=anna_user,
            written_at=monday,
            confirmed_at=monday,
        )

    def item(status: str) -> Item:
        return Item.objects.create(
            channel=library_channel,
            status=status,
            remote_id=status,
            kind="reply",
            text="När öppnar ni?",
            how="manual",
            published_at=monday,
            received_at=monday,
            due_at=monday,
        )

    def case(status: str) -> Case:
        special = status in SPECIAL
        return Case.objects.create(
            channel=library_channel,
            status=status,
            knowledge_at=monday,
            known_through="staff",
            ground="csam" if special else "threat",
            measure="" if special else "hide",
            decided_by=anna_user,
            decided_at=monday,
            removed_at=None if special else monday,
            evidence_entry=None if special else entry,
            note="Sett i tråden kl. 10" if special else "",
        )

    def proposal(status: str) -> Proposal:
        base = Adoption.objects.get()
        return Proposal.objects.create(
            node=library_channel.node,
            status=status,
            base=base,
            source=base.source,
            title="Kortare svarstid",
            reasons="Fler väntar",
            by=anna_user,
            at=monday,
        )

    return {
        "proposal": proposal,
        "channel": channel,
        **citizens.makers(library_channel, monday),
        **starts.makers(library_channel, anna_user, monday),
        **dialogue.makers(library_channel, anna_user, monday),
        "card": card,
        "outgoing": outgoing,
        "item": item,
        "case": case,
        "exemption": exemption,
    }


def holder(user: User, role: Role, path: str) -> Actor:
    return CLOCK if role is Role.CLOCK else Actor("test", user, ((role, path),))


def life_of(move: Move) -> type[Lifecycle]:
    return next(life for life in LIVES if life.kind == move.kind)


@pytest.mark.parametrize("move", EDGES, ids=str)
def test_a_move_is_made_from_its_own_states_and_no_other(
    move: Move,
    things: dict[str, Make],
    library_channel: Channel,
    bengt_user: User,
    monday: datetime,
) -> None:
    rule = rules.in_force(monday).rule(str(move))
    actor = holder(bengt_user, rule.roles[0], library_channel.path)
    for state in life_of(move).states.values():
        thing = things[move.kind](state.name)
        if not move.leaves(state.name):
            with pytest.raises(moves.TooLate):
                moves.make(move, thing, actor=actor, at=monday, why="skäl")
            continue
        changes: dict[str, object] = {
            "ground": "csam",
            "evidence_entry": None,
            "measure": "",
            "note": "Sett",
        }
        told: dict[str, Mapping[str, object]] = {
            "case.seclude": changes,
            "found.release": citizens.LET_GO,
        }
        extra = told.get(str(move))
        try:
            moves.make(move, thing, actor=actor, at=monday, why="skäl", changes=extra)
        except moves.NotReady as stopped:
            assert rules.in_force(monday).gating(str(move))
            assert stopped.findings
        else:
            thing.refresh_from_db()
            assert thing.state is move.after
            step = Step.objects.filter(subject=thing.subject, move=str(move)).latest(
                "pk"
            )
            assert (step.before, step.after) == (state.name, move.after.name)


@pytest.mark.parametrize("move", EDGES, ids=str)
def test_a_move_is_refused_to_every_other_role(
    move: Move,
    things: dict[str, Make],
    library_channel: Channel,
    bengt_user: User,
    monday: datetime,
) -> None:
    thing = things[move.kind](move.before[0].name)
    rule = rules.in_force(monday).rule(str(move))
    for role in set(Role) - set(rule.roles) - {Role.CLOCK}:
        with pytest.raises(moves.NotYours):
            moves.make(
                move,
                thing,
                actor=holder(bengt_user, role, library_channel.path),
                at=monday,
                why="skäl",
            )


@pytest.mark.parametrize("move", EDGES, ids=str)
def test_the_right_role_at_another_node_is_the_wrong_role(
    move: Move,
    things: dict[str, Make],
    school_channel: Channel,
    bengt_user: User,
    monday: datetime,
) -> None:
    thing = things[move.kind](move.before[0].name)
    rule = rules.in_force(monday).rule(str(move))
    for role in set(rule.roles) - {Role.CLOCK}:
        with pytest.raises(moves.NotYours):
            moves.make(
                move,
                thing,
                actor=holder(bengt_user, role, school_channel.path),
                at=monday,
                why="skäl",
            )


@pytest.mark.parametrize("move", BEGINNINGS, ids=str)
def test_nothing_begins_by_a_role_at_another_node(
    move: Move,
    things: dict[str, Make],
    school_channel: Channel,
    bengt_user: User,
    monday: datetime,
) -> None:
    thing = things[move.kind](move.after.name)
    rule = rules.in_force(monday).rule(str(move))
    for role in set(rule.roles) - {Role.CLOCK}:
        actor = holder(bengt_user, role, school_channel.path)
        with pytest.raises(moves.NotYours):
            moves.begin(move, thing, actor=actor, at=monday)


WITH_REASON = [
    *starts.WITH_REASON,
    *dialogue.WITH_REASON,
    "channel.decline",
    "channel.close",
    "found.claim",
    "found.condemn",
    "found.dismiss",
    "found.retract",
    "feedback.hand_over",
    "card.refuse",
    "channel.keep",
    "channel.pause",
    "channel.strike",
    "channel.wind_down",
    "item.pass_by",
    "item.reopen",
    "outgoing.send_back",
    "outgoing.declare_lost",
    "proposal.send_back",
    "proposal.reject",
    "exemption.refuse",
    "exemption.end",
    "case.leave_up",
    "case.call_off",
    "case.close_special",
    "case.restore",
]


def test_the_moves_that_ask_for_a_reason_are_known(
    guideline_in_force: None, monday: datetime
) -> None:
    asking = [m.id for m in rules.in_force(monday).move if m.why]
    assert sorted(asking) == sorted(WITH_REASON)


@pytest.mark.parametrize("name", WITH_REASON)
def test_without_a_reason_nothing_moves(
    name: str,
    things: dict[str, Make],
    library_channel: Channel,
    bengt_user: User,
    monday: datetime,
) -> None:
    move = next(m for m in EDGES if str(m) == name)
    thing = things[move.kind](move.before[0].name)
    role = rules.in_force(monday).rule(name).roles[0]
    with pytest.raises(moves.NoReason):
        moves.make(
            move,
            thing,
            actor=holder(bengt_user, role, library_channel.path),
            at=monday,
            why=" \n",
        )
    assert thing.status == move.before[0].name
