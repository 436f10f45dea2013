"""Section 4: Uppstart av ny kanal."""

from datetime import datetime

import pytest

from tests.conftest import GROUNDS, fulfil, hand_over
from uppsikt.channels import actions as channels
from uppsikt.channels import handing, staffing
from uppsikt.channels.handing import Handing
from uppsikt.channels.handover_life import HandoverLife
from uppsikt.channels.life import ChannelLife
from uppsikt.channels.models import AccessHolder, Channel, Handover
from uppsikt.governance import actors, moves, rules
from uppsikt.governance.actors import Actor
from uppsikt.governance.judging import Judge
from uppsikt.governance.models import Assignment, Node, Step, User
from uppsikt.policy.roles import Role
from uppsikt.policy.verdict import Outcome
from uppsikt.records.models import Entry


def test_the_line_manager_approves_and_the_owner_and_substitute_are_appointed(
    applied_channel: Channel, bengt: Actor, monday: datetime
) -> None:
    channels.approve(applied_channel, confirmed=GROUNDS, actor=bengt, at=monday)

    assert applied_channel.state is ChannelLife.approved
    held = Assignment.objects.holding(monday).filter(node=applied_channel.node)
    assert {a.role for a in held} == {Role.CHANNEL_OWNER, Role.DEPUTY}
    step = Step.objects.get(move="channel.approve")
    assert step.by == bengt.user
    assert step.entry.act == "channel.approve"


def test_an_applicant_never_approves_their_own_application(
    applied_channel: Channel, anna_user: User, library: Node, monday: datetime
) -> None:
    Assignment.objects.create(
        user=anna_user, role=Role.LINE_MANAGER, node=library, starts_at=monday
    )
    anna = actors.of(anna_user, at=monday)

    with pytest.raises(moves.NotYours, match="yourself"):
        channels.approve(applied_channel, confirmed=GROUNDS, actor=anna, at=monday)

    applied_channel.refresh_from_db()
    assert applied_channel.state is ChannelLife.applied


def test_a_manager_at_another_node_cannot_approve(
    applied_channel: Channel, person: "object", school: Node, monday: datetime
) -> None:
    disa = person("Disa", "rektor", Role.LINE_MANAGER, school)  # type: ignore[operator]

    with pytest.raises(moves.NotYours, match="line_manager"):
        channels.approve(
            applied_channel,
            confirmed=GROUNDS,
            actor=actors.of(disa, at=monday),
            at=monday,
        )


def test_a_role_that_has_ended_gives_no_right(
    applied_channel: Channel, bengt_user: User, monday: datetime
) -> None:
    Assignment.objects.filter(user=bengt_user).update(ends_at=monday)

    with pytest.raises(moves.NotYours):
        bengt = actors.of(bengt_user, at=monday)
        channels.approve(applied_channel, confirmed=GROUNDS, actor=bengt, at=monday)


def test_two_people_cannot_both_decide(
    applied_channel: Channel, bengt: Actor, monday: datetime
) -> None:
    same = Channel.objects.get(pk=applied_channel.pk)
    channels.approve(applied_channel, confirmed=GROUNDS, actor=bengt, at=monday)

    with pytest.raises(moves.TooLate):
        channels.decline(same, why="Vi har redan en", actor=bengt, at=monday)

    assert Step.objects.filter(subject=applied_channel.subject).count() == 2


@pytest.mark.parametrize(
    ("field", "control"),
    [
        ("purpose", "2-purpose"),
        ("audience", "4-audience"),
        ("goal_contribution", "4-goal-and-benefit"),
        ("benefit", "4-goal-and-benefit"),
    ],
)
def test_no_channel_is_approved_while_a_ground_is_blank(
    applied_channel: Channel,
    bengt: Actor,
    monday: datetime,
    field: str,
    control: str,
) -> None:
    setattr(applied_channel, field, "  ")
    applied_channel.save(update_fields=[field])

    with pytest.raises(moves.NotReady) as stopped:
        channels.approve(applied_channel, confirmed=GROUNDS, actor=bengt, at=monday)

    assert [x.control.id for x in stopped.value.findings] == [control]


def test_declining_asks_for_a_reason(
    applied_channel: Channel, bengt: Actor, monday: datetime
) -> None:
    with pytest.raises(moves.NoReason):
        channels.decline(applied_channel, why=" ", actor=bengt, at=monday)

    channels.decline(applied_channel, why="Resurser saknas", actor=bengt, at=monday)
    assert Step.objects.get(move="channel.decline").why == "Resurser saknas"


def test_no_channel_is_launched_while_only_one_person_can_reach_it(
    applied_channel: Channel,
    anna_user: User,
    bengt: Actor,
    bengt_user: User,
    cecilia_user: User,
    monday: datetime,
) -> None:
    channels.approve(applied_channel, confirmed=GROUNDS, actor=bengt, at=monday)
    fulfil(applied_channel, anna_user, bengt_user, monday)
    hand_over(applied_channel, anna_user, cecilia_user, monday)
    anna = actors.of(anna_user, at=monday)
    holder = AccessHolder.objects.get(channel=applied_channel, user=bengt_user)
    staffing.end_access(holder, actor=anna, at=monday)

    with pytest.raises(moves.NotReady) as stopped:
        channels.launch(applied_channel, cut_over_at=monday, actor=anna, at=monday)

    [finding] = stopped.value.findings
    assert finding.control.id == "4-several-holders"
    assert str(finding.verdict.message) == "1 of at least 2 can reach it."


def test_a_launch_waits_for_each_receipt(
    applied_channel: Channel,
    anna_user: User,
    bengt: Actor,
    bengt_user: User,
    cecilia_user: User,
    monday: datetime,
) -> None:
    channels.approve(applied_channel, confirmed=GROUNDS, actor=bengt, at=monday)
    anna = actors.of(anna_user, at=monday)

    with pytest.raises(moves.NotReady) as early:
        channels.launch(applied_channel, cut_over_at=monday, actor=anna, at=monday)
    missing = {x.control.id for x in early.value.findings}
    assert missing == {
        "3.3-accepted",
        "4-several-holders",
        "4-owner-reaches",
        "4-admin-rights",
        "5.1-two-factor",
        "5.1-two-factor-each",
        "6.6-pixel",
    }

    fulfil(applied_channel, anna_user, bengt_user, monday)
    with pytest.raises(moves.NotReady) as still:
        channels.launch(applied_channel, cut_over_at=monday, actor=anna, at=monday)
    assert [x.control.id for x in still.value.findings] == ["4-admin-rights"]

    hand_over(applied_channel, anna_user, cecilia_user, monday)
    channels.launch(applied_channel, cut_over_at=monday, actor=anna, at=monday)
    assert applied_channel.state is ChannelLife.active


def test_only_whoever_got_the_rights_confirms_them(
    library_channel: Channel, anna: Actor, cecilia_user: User, monday: datetime
) -> None:
    role = Handing(cecilia_user, Handover.Kind.ROLE, "Administratör")
    given = handing.give(library_channel, role, actor=anna, at=monday)

    with pytest.raises(moves.NotYours):
        handing.confirm(given, actor=anna, at=monday)

    assert given.state is HandoverLife.given


def test_an_old_confirmation_of_two_factor_falls_due_and_does_not_silently_hold(
    library_channel: Channel, monday: datetime
) -> None:
    guideline = rules.in_force(monday)
    control = next(c for c in guideline.control if c.id == "5.1-two-factor")
    facts = library_channel.facts(monday)

    [finding] = Judge(guideline, monday).judge(
        [control], facts, path=library_channel.path
    )

    assert finding.verdict.outcome is Outcome.DUE
    assert finding.verdict.seen[0].by == "Anna"


def test_every_act_leaves_an_entry(library_channel: Channel) -> None:
    acts = set(Entry.objects.values_list("act", flat=True))
    assert {"channel.apply", "channel.approve", "channel.launch"} <= acts
    assert {"fact.observe", "channel.give_access", "guideline.adopt"} <= acts


def test_an_account_stands_in_the_register_once(
    library_channel: Channel, library: Node, anna: Actor, monday: datetime
) -> None:
    again = channels.Application(
        site="bluesky",
        handle=library_channel.handle,
        url=library_channel.url,
        name="Biblioteket igen",
        owner=anna.user,
    )
    with pytest.raises(channels.TakenHandle):
        channels.apply(library, again, actor=anna, at=monday)
    assert not Node.objects.filter(name="Biblioteket igen").exists()


def test_an_outsider_sees_nothing_of_it(library_channel: Channel, david: Actor) -> None:
    assert library_channel not in Channel.objects.visible_to(david)
    assert Channel.objects.visible_to(david).count() == 1
