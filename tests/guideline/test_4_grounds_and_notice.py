"""Section 4: what the manager confirms, what the officer gets, and who hands over."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from tests.conftest import GROUNDS, LONG_AGO, Cast, apply_for, hand_over
from uppsikt.channels import actions, handing, starting
from uppsikt.channels.handing import Handing
from uppsikt.channels.life import ChannelLife
from uppsikt.channels.models import AccessHolder, Channel, Handover, StartNotice
from uppsikt.channels.start_life import StartNoticeLife
from uppsikt.governance import actors, moves, observations, rules
from uppsikt.governance.actors import Actor
from uppsikt.governance.judging import Judge
from uppsikt.governance.models import Node, Observation, User
from uppsikt.policy.roles import Role
from uppsikt.policy.verdict import Outcome
from uppsikt.records.models import Mail


def outcome(channel: Channel, control: str, at: datetime) -> Outcome:
    """Return how one demand stands for the channel."""
    guideline = rules.in_force(at)
    asked = [c for c in guideline.control if c.id == control]
    facts = channel.facts(at)
    [found] = Judge(guideline, at).judge(asked, facts, path=channel.path)
    return found.verdict.outcome


@pytest.fixture
def approved(
    applied_channel: Channel, bengt: Actor, cecilia_user: User, monday: datetime
) -> Channel:
    actions.approve(applied_channel, confirmed=GROUNDS, actor=bengt, at=monday)
    return applied_channel


@pytest.fixture
def notice(approved: Channel) -> StartNotice:
    return approved.start_notices.get()


@pytest.mark.parametrize("left_out", GROUNDS)
def test_without_a_tick_for_each_ground_nothing_is_approved(
    applied_channel: Channel, bengt: Actor, monday: datetime, left_out: str
) -> None:
    ticked = [ground for ground in GROUNDS if ground != left_out]

    with pytest.raises(moves.NotReady) as stopped:
        actions.approve(applied_channel, confirmed=ticked, actor=bengt, at=monday)

    assert [x.control.fact for x in stopped.value.findings] == [left_out]
    assert not Observation.objects.filter(node=applied_channel.node).exists()
    assert not StartNotice.objects.exists()


def test_each_ground_is_kept_as_said_by_the_manager(
    approved: Channel, bengt_user: User, monday: datetime
) -> None:
    said = Observation.objects.filter(fact__in=GROUNDS, source=observations.ATTESTED)
    assert sorted(said.values_list("fact", flat=True)) == sorted(GROUNDS)
    assert {row.by for row in said.select_related("by")} == {bengt_user}
    assert {row.at for row in said} == {monday}


def test_no_channel_is_approved_for_a_target_group_outside_the_list(
    library: Node, anna_user: User, bengt_user: User, bengt: Actor, monday: datetime
) -> None:
    channel = apply_for(library, anna_user, bengt_user, LONG_AGO)
    channel.audience_groups = ["everybody"]
    channel.save(update_fields=["audience_groups"])
    channel.versions.model.objects.create(
        channel=channel,
        at=monday - timedelta(days=1),
        audience_groups=["everybody"],
        purpose="Läslust",
        purpose_codes=["dialogue"],
        audience="Unga",
        goal_contribution="Fler läser",
        benefit="Svar",
    )

    with pytest.raises(moves.NotReady) as stopped:
        actions.approve(channel, confirmed=GROUNDS, actor=bengt, at=monday)

    assert [x.control.id for x in stopped.value.findings] == ["4-target-groups"]


def test_those_proposed_reach_the_account_from_the_approval_on(
    applied_channel: Channel,
    anna_user: User,
    bengt_user: User,
    bengt: Actor,
    monday: datetime,
) -> None:
    applied_channel.proposed_holders.set([anna_user, bengt_user])
    actions.approve(applied_channel, confirmed=GROUNDS, actor=bengt, at=monday)

    held = AccessHolder.objects.filter(channel=applied_channel, until=None)
    assert {h.user for h in held} == {anna_user, bengt_user}
    assert outcome(applied_channel, "4-several-holders", monday) is Outcome.MET
    assert outcome(applied_channel, "4-owner-reaches", monday) is Outcome.MET
    assert outcome(applied_channel, "5.1-two-factor-each", monday) is Outcome.NOT_MET


def test_an_owner_who_reaches_nothing_stops_the_launch(
    approved: Channel, person: Cast, anna_user: User, monday: datetime
) -> None:
    gun = person("Gun", "bibliotekarie")
    owner = actors.of(anna_user, at=monday)
    AccessHolder.objects.create(
        channel=approved, user=gun, since=monday.date(), first_on=monday.date()
    )

    with pytest.raises(moves.NotReady) as stopped:
        actions.launch(approved, cut_over_at=monday, actor=owner, at=monday)

    assert "4-owner-reaches" in {x.control.id for x in stopped.value.findings}


def test_the_notice_says_what_the_application_said_and_keeps_saying_it(
    notice: StartNotice, approved: Channel
) -> None:
    Channel.objects.filter(pk=approved.pk).update(purpose="Något annat")
    notice.refresh_from_db()

    assert notice.purpose == "Läslust och frågor om biblioteket"
    assert notice.owner == "Anna"
    assert approved.url in notice.account
    assert notice.sent_to == Role.COMMUNICATIONS_OFFICER


@pytest.mark.parametrize(
    "item", ["purpose", "audience", "goal_contribution", "benefit", "proposed_owner"]
)
def test_a_notice_with_a_blank_item_is_not_sent(
    applied_channel: Channel, bengt: Actor, monday: datetime, item: str
) -> None:
    setattr(applied_channel, item, None if item == "proposed_owner" else "  ")

    with pytest.raises(starting.BlankItem):
        starting.send(applied_channel, actor=bengt, at=monday)

    assert not StartNotice.objects.exists()


def test_the_database_keeps_no_blank_notice(notice: StartNotice) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        StartNotice.objects.filter(pk=notice.pk).update(purpose="")


def test_an_unconfirmed_notice_is_due_and_then_not_met(
    notice: StartNotice, approved: Channel, monday: datetime
) -> None:
    assert outcome(approved, "4-start-notice", monday) is Outcome.MET
    assert outcome(approved, "4-start-received", monday) is Outcome.DUE
    later = monday + timedelta(days=8)
    assert outcome(approved, "4-start-received", later) is Outcome.NOT_MET


def test_the_officer_confirms_receipt_and_may_raise_a_doubt_but_approves_nothing(
    notice: StartNotice,
    approved: Channel,
    cecilia: Actor,
    municipality: Node,
    person: Cast,
    monday: datetime,
) -> None:
    head = person("Karin", "chef", Role.COMMUNICATIONS_DIRECTOR, municipality)
    starting.receive(notice, why="Tack", actor=cecilia, at=monday)
    assert outcome(approved, "4-start-received", monday) is Outcome.MET

    starting.escalate(notice, why="Vi har redan en", actor=cecilia, at=monday)
    assert notice.state is StartNoticeLife.escalated
    assert notice.received_by == cecilia.user
    assert "Vi har redan en" in Mail.objects.get(to=head.email).body
    approved.refresh_from_db()
    assert approved.state is ChannelLife.approved

    chief = actors.of(head, at=monday)
    starting.settle(notice, why="Den andra avslutas", actor=chief, at=monday)
    assert notice.state is StartNoticeLife.received


def test_the_owner_does_not_confirm_the_officers_receipt(
    notice: StartNotice, anna_user: User, monday: datetime
) -> None:
    with pytest.raises(moves.NotYours):
        starting.receive(notice, actor=actors.of(anna_user, at=monday), at=monday)


def test_rights_go_to_the_communications_side_and_count_once_confirmed(
    approved: Channel, anna_user: User, cecilia_user: User, monday: datetime
) -> None:
    anna, cecilia = (actors.of(u, at=monday) for u in (anna_user, cecilia_user))
    vault = Handing(cecilia_user, Handover.Kind.VAULT, "Sociala medier / Biblioteket")
    given = handing.give(approved, vault, actor=anna, at=monday)
    assert outcome(approved, "4-admin-rights", monday) is Outcome.NOT_MET

    handing.confirm(given, actor=cecilia, at=monday)
    assert outcome(approved, "4-admin-rights", monday) is Outcome.MET


def test_rights_are_not_handed_to_somebody_else(
    approved: Channel, anna_user: User, bengt_user: User, monday: datetime
) -> None:
    role = Handing(bengt_user, Handover.Kind.ROLE, "Administratör")
    with pytest.raises(handing.NotARecipient):
        handing.give(approved, role, actor=actors.of(anna_user, at=monday), at=monday)


def test_a_password_in_the_note_is_refused_and_kept_nowhere(
    approved: Channel, anna_user: User, cecilia_user: User, monday: datetime
) -> None:
    told = Handing(cecilia_user, Handover.Kind.VAULT, "lösenord: Sommar-2026!")
    with pytest.raises(ValidationError):
        handing.give(approved, told, actor=actors.of(anna_user, at=monday), at=monday)
    assert not Handover.objects.exists()


def test_rights_held_by_somebody_who_left_count_no_more(
    approved: Channel, anna_user: User, cecilia_user: User, monday: datetime
) -> None:
    hand_over(approved, anna_user, cecilia_user, monday)
    User.objects.filter(pk=cecilia_user.pk).update(is_active=False)
    assert outcome(approved, "4-admin-rights", monday) is Outcome.NOT_MET
