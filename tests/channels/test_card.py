"""The card: each role sees its own buttons, and a refused one says why."""

from datetime import datetime

import pytest
from django.test import Client
from django.utils import timezone

from tests.channels.conftest import SignIn
from tests.conftest import LONG_AGO, Cast, fulfil
from uppsikt.channels import actions
from uppsikt.channels.life import ChannelLife
from uppsikt.channels.models import AccessHolder, Channel
from uppsikt.governance import actors, observations
from uppsikt.governance.models import Assignment, Node, Observation, Step, User
from uppsikt.policy import facts as f
from uppsikt.policy.roles import Role
from uppsikt.policy.words import Message
from uppsikt.records.models import Mail

Offers = dict[str, Message | None]


def offers(client: Client, channel: Channel) -> Offers:
    """Return the moves on the card by name, each with why it is refused."""
    answer = client.get(f"/kanal/{channel.pk}")
    assert answer.status_code == 200
    return {o.move.name: o.refused for o in answer.context["offers"]}


def state(channel: Channel) -> object:
    channel.refresh_from_db()
    return channel.state


@pytest.fixture
def approved(applied_channel: Channel, bengt_user: User, cecilia_user: User) -> Channel:
    bengt = actors.of(bengt_user, at=LONG_AGO)
    actions.approve(applied_channel, actor=bengt, at=LONG_AGO)
    return applied_channel


def test_the_manager_decides_from_one_page(
    signed_in: SignIn, applied_channel: Channel, bengt_user: User
) -> None:
    bengt = signed_in(bengt_user)
    assert offers(bengt, applied_channel) == {"approve": None, "decline": None}
    page = bengt.get(f"/kanal/{applied_channel.pk}").content.decode()
    for told in ("Läslust och frågor", "Unga och vuxna", "Fler läser", "Svar där de"):
        assert told in page

    bengt.post(f"/kanal/{applied_channel.pk}/godkann")

    assert state(applied_channel) is ChannelLife.approved
    assert Step.objects.get(move="channel.approve").by == bengt_user


def test_the_applicant_sees_that_somebody_else_must_approve(
    signed_in: SignIn, applied_channel: Channel, anna_user: User, library: Node
) -> None:
    Assignment.objects.create(
        user=anna_user, role=Role.LINE_MANAGER, node=library, starts_at=LONG_AGO
    )
    anna = signed_in(anna_user)

    refused = offers(anna, applied_channel)

    assert "yourself" in str(refused["approve"])
    assert refused["withdraw"] is None
    assert anna.post(f"/kanal/{applied_channel.pk}/godkann").status_code == 403
    assert state(applied_channel) is ChannelLife.applied


def test_an_officer_sees_who_decides(
    signed_in: SignIn, applied_channel: Channel, cecilia_user: User
) -> None:
    refused = offers(signed_in(cecilia_user), applied_channel)

    assert set(refused) == {"approve", "decline"}
    assert refused["approve"] is not None
    assert refused["approve"].details["roles"] == (
        "line_manager",
        "department_director",
    )


def test_a_blank_ground_stands_before_the_approval(
    signed_in: SignIn, applied_channel: Channel, bengt_user: User
) -> None:
    Channel.objects.update(audience="  ")
    bengt = signed_in(bengt_user)

    answer = bengt.get(f"/kanal/{applied_channel.pk}")
    assert [x.finding.control.id for x in answer.context["remaining"]] == ["4-audience"]
    assert offers(bengt, applied_channel)["approve"] is not None

    answer = bengt.post(f"/kanal/{applied_channel.pk}/godkann")
    assert answer.status_code == 409
    assert state(applied_channel) is ChannelLife.applied


@pytest.mark.parametrize("why", ["", "   ", "\x00", "x" * 5000])
def test_declining_without_a_readable_reason_changes_nothing(
    signed_in: SignIn, applied_channel: Channel, bengt_user: User, why: str
) -> None:
    bengt = signed_in(bengt_user)
    bengt.post(f"/kanal/{applied_channel.pk}/avsla", {"why": why})
    assert state(applied_channel) is ChannelLife.applied


def test_the_applicant_is_told_why_it_was_declined(
    signed_in: SignIn, applied_channel: Channel, bengt_user: User, anna_user: User
) -> None:
    bengt = signed_in(bengt_user)
    bengt.post(f"/kanal/{applied_channel.pk}/avsla", {"why": "Ingen tid i höst"})

    assert state(applied_channel) is ChannelLife.declined
    [letter] = Mail.objects.filter(to=anna_user.email)
    assert "Ingen tid i höst" in letter.body
    assert not offers(bengt, applied_channel)


def test_two_who_decide_at_once_get_one_decision(
    signed_in: SignIn, applied_channel: Channel, bengt_user: User
) -> None:
    bengt = signed_in(bengt_user)
    bengt.post(f"/kanal/{applied_channel.pk}/godkann")
    answer = bengt.post(f"/kanal/{applied_channel.pk}/avsla", {"why": "Nej"})

    assert answer.status_code == 302
    assert state(applied_channel) is ChannelLife.approved
    assert Step.objects.filter(move="channel.decline").count() == 0


def test_what_remains_before_the_launch_is_listed_until_nothing_does(
    signed_in: SignIn,
    approved: Channel,
    anna_user: User,
    bengt_user: User,
    cecilia_user: User,
) -> None:
    anna = signed_in(anna_user)
    place = f"/kanal/{approved.pk}"
    assert offers(anna, approved)["launch"] is not None
    assert (
        anna.post(f"{place}/starta", {"cut_over_on": "2026-01-01"}).status_code == 409
    )

    fulfil(approved, anna_user, bengt_user, LONG_AGO)
    left = anna.get(place).context["remaining"]
    assert [x.finding.control.id for x in left] == ["4-admin-rights"]
    receipt = f"{place}/intyga/admin_rights_handed_over"
    assert anna.post(receipt, {"answer": "yes"}).status_code == 403
    signed_in(cecilia_user).post(receipt, {"answer": "yes", "note": "Fått i dag"})
    assert anna.get(place).context["remaining"] == []

    answer = anna.post(f"{place}/starta", {"cut_over_on": "2026-01-01"})
    assert answer.status_code == 302
    approved.refresh_from_db()
    assert approved.state is ChannelLife.active
    assert approved.cut_over_at == datetime.fromisoformat("2026-01-01T00:00:00+01:00")


@pytest.mark.parametrize("day", ["", "i morgon", "2999-01-01"])
def test_comments_count_from_a_day_that_has_been(
    signed_in: SignIn, approved: Channel, anna_user: User, day: str
) -> None:
    answer = signed_in(anna_user).post(
        f"/kanal/{approved.pk}/starta", {"cut_over_on": day}
    )
    assert answer.status_code == 422
    assert "cut_over_on" in answer.context["launch"].errors
    assert state(approved) is ChannelLife.approved


def test_only_a_manager_closes_and_the_way_in_is_forgotten(
    signed_in: SignIn, library_channel: Channel, anna_user: User, bengt_user: User
) -> None:
    anna, bengt = signed_in(anna_user), signed_in(bengt_user)
    assert offers(anna, library_channel)["close"] is not None
    assert offers(bengt, library_channel)["close"] is None

    bengt.post(f"/kanal/{library_channel.pk}/avsluta", {"why": "Slås ihop"})

    assert state(library_channel) is ChannelLife.closed
    closed = bengt.get(f"/kanal/{library_channel.pk}")
    assert closed.context["asked"] == []
    told = {"answer": "yes"}
    anna.post(f"/kanal/{library_channel.pk}/intyga/two_factor", told)
    late = Observation.objects.filter(fact="two_factor", at__gt=LONG_AGO)
    assert not late.exists()


def test_an_answer_is_dated_noted_and_asked_again(
    signed_in: SignIn, library_channel: Channel, anna_user: User
) -> None:
    anna = signed_in(anna_user)
    told = {"answer": "no", "note": "Går inte på plattformen"}
    anna.post(f"/kanal/{library_channel.pk}/intyga/pixel_off", told)

    shown = anna.get(f"/kanal/{library_channel.pk}").context
    [pixel] = [
        x.asked for x in shown["remaining"] if x.asked and x.asked.fact is f.PIXEL_OFF
    ]
    assert pixel.last.value is False
    assert pixel.last.by == "Anna"
    assert pixel.last.note == "Går inte på plattformen"
    assert pixel.refused is None
    [rights] = [a for a in shown["asked"] if a.fact is f.ADMIN_RIGHTS_HANDED_OVER]
    assert rights.refused is not None


@pytest.mark.parametrize("fact", ["no_such_fact", "purpose", "access_holders"])
def test_what_nobody_may_attest_is_not_found(
    signed_in: SignIn, library_channel: Channel, anna_user: User, fact: str
) -> None:
    answer = signed_in(anna_user).post(
        f"/kanal/{library_channel.pk}/intyga/{fact}", {"answer": "yes"}
    )
    assert answer.status_code == 404


@pytest.mark.parametrize(
    "told", [{}, {"answer": "maybe"}, {"answer": "yes", "note": "x" * 1001}]
)
def test_an_answer_that_is_none_is_not_kept(
    signed_in: SignIn, library_channel: Channel, anna_user: User, told: dict[str, str]
) -> None:
    before = Observation.objects.count()
    signed_in(anna_user).post(f"/kanal/{library_channel.pk}/intyga/pixel_off", told)
    assert Observation.objects.count() == before


def test_the_manager_appoints_and_the_one_before_leaves(
    signed_in: SignIn, library_channel: Channel, bengt_user: User, person: Cast
) -> None:
    gun = person("Gun", "bibliotekarie")
    told = {"role": Role.CHANNEL_OWNER, "person": gun.email}
    signed_in(bengt_user).post(f"/kanal/{library_channel.pk}/utse", told)

    now = timezone.now()
    held = Assignment.objects.holding(now).filter(node=library_channel.node)
    assert {(a.role, a.user.first_name) for a in held} == {
        (Role.CHANNEL_OWNER, "Gun"),
        (Role.DEPUTY, "Bengt"),
    }
    assert Mail.objects.filter(to=gun.email).count() == 1
    # What Anna took upon herself does not bind Gun (R-3.3-2).
    assert library_channel.facts(now).get(f.RESPONSIBILITY, now) is None


def test_a_substitute_who_becomes_responsible_is_substitute_no_more(
    library_channel: Channel, bengt_user: User, monday: datetime
) -> None:
    bengt = actors.of(bengt_user, at=monday)
    actions.appoint(
        library_channel, bengt_user, Role.CHANNEL_OWNER, actor=bengt, at=monday
    )

    facts = library_channel.facts(monday)
    owner, deputy = facts.get(f.OWNER, monday), facts.get(f.DEPUTY, monday)
    assert owner is not None
    assert owner.value == "Bengt"
    assert deputy is not None
    assert deputy.value == ""


def test_the_owner_does_not_appoint(
    signed_in: SignIn, library_channel: Channel, anna_user: User
) -> None:
    anna = signed_in(anna_user)
    shown = anna.get(f"/kanal/{library_channel.pk}")
    assert shown.context["appoint_refused"] is not None
    told = {"role": Role.DEPUTY, "person": anna_user.email}
    answer = anna.post(f"/kanal/{library_channel.pk}/utse", told)
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"person": ""}, "person"),
        ({"person": "nobody@exempelby.example"}, "person"),
        ({"method": "app"}, "confirmed_on"),
        ({"method": "", "confirmed_on": "2026-01-01"}, "method"),
        ({"method": "app", "confirmed_on": "2999-01-01"}, "confirmed_on"),
        ({"method": "carrier pigeon", "confirmed_on": "2026-01-01"}, "method"),
    ],
)
def test_an_access_that_cannot_be_true_is_sent_back(
    signed_in: SignIn,
    library_channel: Channel,
    anna_user: User,
    told: dict[str, str],
    field: str,
) -> None:
    before = list(AccessHolder.objects.values())
    answer = signed_in(anna_user).post(
        f"/kanal/{library_channel.pk}/atkomst", {"person": "Anna", **told}
    )
    assert answer.status_code == 422
    assert field in answer.context["access"].errors
    assert list(AccessHolder.objects.values()) == before


def test_an_access_is_noted_confirmed_and_ended(
    signed_in: SignIn, library_channel: Channel, anna_user: User, person: Cast
) -> None:
    anna, gun = signed_in(anna_user), person("Gun", "bibliotekarie")
    place = f"/kanal/{library_channel.pk}/atkomst"
    anna.post(place, {"person": "Gun"})
    anna.post(place, {"person": "Gun", "method": "key", "confirmed_on": "2026-01-01"})
    held = AccessHolder.objects.get(user=gun)
    assert (held.two_factor, str(held.two_factor_on)) == ("key", "2026-01-01")

    anna.post(f"{place}/{held.pk}/avsluta")

    held.refresh_from_db()
    assert held.until == timezone.localdate()
    assert anna.post(f"{place}/{held.pk}/avsluta").status_code == 404


def test_the_card_is_changed_and_only_by_those_who_keep_it(
    signed_in: SignIn, library_channel: Channel, anna_user: User, rut_user: User
) -> None:
    told = {
        "name": "Biblioteket i byn",
        "purpose_codes": ["dialogue"],
        "purpose": "Läslust",
        "audience": "Alla",
        "goal_contribution": "Fler läser",
        "benefit": "Tips",
        "hours_per_week": "2",
        "horizon_months": "12",
        "description": "Böcker",
        "contact": "bib@exempelby.example",
    }
    place = f"/kanal/{library_channel.pk}/kort"
    assert signed_in(rut_user).post(place, told).status_code == 403
    anna = signed_in(anna_user)
    assert anna.post(place, {**told, "purpose": ""}).status_code == 422

    anna.post(place, told)

    library_channel.refresh_from_db()
    assert library_channel.name == library_channel.node.name == "Biblioteket i byn"
    assert library_channel.purpose == "Läslust"


def test_the_history_says_who_did_what(
    signed_in: SignIn, library_channel: Channel, anna_user: User
) -> None:
    shown = signed_in(anna_user).get(f"/kanal/{library_channel.pk}")

    told = [(h.what, h.by) for h in shown.context["history"]]
    assert (str(ChannelLife.approve.label), "Bengt") in told
    assert any(by == "Cecilia" for _what, by in told)


ACTS = (
    *("", "aterta", "godkann", "avsla", "starta", "avsluta", "kort", "utse"),
    *("atkomst", "atkomst/1/avsluta", "intyga/two_factor", "anslut", "koppla-ifran"),
)


@pytest.mark.parametrize("act", ACTS)
def test_an_outsider_finds_nothing(
    signed_in: SignIn, library_channel: Channel, david_user: User, act: str
) -> None:
    david = signed_in(david_user)
    place = f"/kanal/{library_channel.pk}"
    answer = david.post(f"{place}/{act}") if act else david.get(place)
    assert answer.status_code == 404


def test_the_four_items_reach_the_officer_on_approval(
    approved: Channel, cecilia_user: User, anna_user: User
) -> None:
    [letter] = Mail.objects.filter(to=cecilia_user.email)
    for item in (approved.url, approved.purpose, approved.audience, "Anna"):
        assert item in letter.body
    assert approved.goal_contribution in letter.body
    assert approved.benefit in letter.body
    told = approved.facts(LONG_AGO).get(f.TOLD_AT_START, LONG_AGO)
    assert told is not None
    assert told.value == ("Cecilia",)
    assert Mail.objects.filter(to=anna_user.email).count() == 2


def test_a_department_without_an_officer_tells_the_office(
    applied_channel: Channel, bengt_user: User, municipality: Node, person: Cast
) -> None:
    olle = person("Olle", "strateg", Role.COMMUNICATIONS_OFFICE, municipality)
    bengt = actors.of(bengt_user, at=LONG_AGO)

    actions.approve(applied_channel, actor=bengt, at=LONG_AGO)

    assert Mail.objects.filter(to=olle.email).count() == 1


def test_a_channel_whose_owner_has_left_has_nobody_responsible(
    library_channel: Channel, monday: datetime
) -> None:
    Assignment.objects.filter(role=Role.CHANNEL_OWNER).update(ends_at=LONG_AGO)

    owner = library_channel.facts(monday).get(f.OWNER, monday)

    assert owner is not None
    assert owner.value == ""


def test_what_was_attested_before_an_owner_came_stays_for_all_other_questions(
    library_channel: Channel, bengt_user: User, monday: datetime
) -> None:
    bengt = actors.of(bengt_user, at=monday)
    actions.appoint(
        library_channel, bengt_user, Role.CHANNEL_OWNER, actor=bengt, at=monday
    )
    observations.attest(
        f.RESPONSIBILITY,
        library_channel.node,
        True,
        actor=actors.of(bengt_user, at=monday),
        at=monday,
    )

    facts = library_channel.facts(monday)

    assert facts.get(f.PIXEL_OFF, monday) is not None
    mine = facts.get(f.RESPONSIBILITY, monday)
    assert mine is not None
    assert mine.by == "Bengt"
