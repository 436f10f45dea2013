"""The one door for status: refusals, races, what is written and what is not."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from uppsikt.channels.life import ChannelLife
from uppsikt.channels.models import Channel
from uppsikt.governance import actors, moves, observations, rules
from uppsikt.governance.actors import CLOCK, Actor, NobodyThere
from uppsikt.governance.models import Exemption, Node, Observation, Step, User
from uppsikt.policy import facts as f
from uppsikt.policy.facts import WrongType
from uppsikt.records import ledger
from uppsikt.records.models import Entry


def test_a_refused_button_says_why(
    applied_channel: Channel, rut: Actor, monday: datetime
) -> None:
    reason = moves.why_not(ChannelLife.approve, applied_channel, rut, at=monday)
    assert reason is not None
    assert reason.details["section"] == "4"
    assert "line_manager" in str(reason.details["roles"])


def test_the_clock_is_nobody() -> None:
    with pytest.raises(NobodyThere):
        _ = CLOCK.person


def test_a_deactivated_person_has_no_role(bengt_user: User, monday: datetime) -> None:
    bengt_user.is_active = False
    bengt_user.save(update_fields=["is_active"])
    assert actors.of(bengt_user, at=monday).grants == ()


def test_the_entry_holds_what_was_done_on_which_section(
    applied_channel: Channel, bengt: Actor, monday: datetime
) -> None:
    entry = moves.make(
        ChannelLife.decline, applied_channel, actor=bengt, at=monday, why="Nej tack"
    )
    told = ledger.opened(entry)
    assert told["act"] == "channel.decline"
    assert told["subject"] == applied_channel.subject
    assert told["actor"] == bengt.name
    assert told["before"] == "applied"
    assert told["after"] == "declined"
    assert told["section"] == "4"
    assert told["guideline"] == "tyreso"
    assert told["why"] == "Nej tack"


def test_what_fails_leaves_nothing_behind(
    applied_channel: Channel, rut: Actor, monday: datetime
) -> None:
    entries, steps = Entry.objects.count(), Step.objects.count()
    with pytest.raises(moves.NotYours):
        moves.make(ChannelLife.approve, applied_channel, actor=rut, at=monday)
    assert (Entry.objects.count(), Step.objects.count()) == (entries, steps)


def test_a_move_from_another_state_is_too_late(
    library_channel: Channel, bengt: Actor, monday: datetime
) -> None:
    with pytest.raises(moves.TooLate):
        moves.make(ChannelLife.approve, library_channel, actor=bengt, at=monday)


def test_before_the_first_guideline_nothing_moves(
    applied_channel: Channel, bengt: Actor, monday: datetime
) -> None:
    long_before = monday - timedelta(days=5000)
    with pytest.raises(rules.NoneInForce):
        moves.make(ChannelLife.approve, applied_channel, actor=bengt, at=long_before)


def test_the_database_refuses_an_active_channel_that_was_never_launched(
    applied_channel: Channel,
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Channel.objects.filter(pk=applied_channel.pk).update(status="active")


def test_an_exemption_sets_aside_what_may_be_set_aside_and_nothing_else(
    applied_channel: Channel,
    anna_user: User,
    municipality: Node,
    monday: datetime,
) -> None:
    for control in ("4-several-holders", "6.6-pixel"):
        Exemption.objects.create(
            status="granted",
            node=municipality,
            control=control,
            reason="Prövning",
            asked_by=anna_user,
            asked_at=monday,
            until=monday.date() + timedelta(days=30),
            starts_at=monday,
            ends_at=monday + timedelta(days=30),
        )
    guideline = rules.in_force(monday)
    stops = moves.stopped_by(ChannelLife.launch, applied_channel, guideline, at=monday)
    ids = {s.control.id for s in stops}
    assert "4-several-holders" not in ids
    assert "6.6-pixel" in ids


def test_an_observation_is_typed(
    library_channel: Channel, anna: Actor, monday: datetime
) -> None:
    with pytest.raises(WrongType):
        observations.attest(
            f.PIXEL_OFF, library_channel.node, "ja", actor=anna, at=monday
        )


def test_the_latest_observation_until_the_moment_is_what_is_known(
    library_channel: Channel, anna: Actor, monday: datetime
) -> None:
    later = monday + timedelta(days=1)
    observations.attest(f.PIXEL_OFF, library_channel.node, False, actor=anna, at=later)

    before = library_channel.facts(monday).get(f.PIXEL_OFF, monday)
    after = library_channel.facts(later).get(f.PIXEL_OFF, later)

    assert before is not None
    assert before.value is True
    assert after is not None
    assert after.value is False


def test_what_was_observed_or_done_is_never_changed_or_erased(
    library_channel: Channel,
) -> None:
    for table in (Observation, Step):
        name = table._meta.db_table
        for sql in (f"UPDATE {name} SET at = at", f"DELETE FROM {name}"):
            with (
                pytest.raises(Exception, match="append-only"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(sql)
