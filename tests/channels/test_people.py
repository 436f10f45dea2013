"""A channel's people: who answers for it, who reaches the account, who is told."""

from datetime import datetime

import pytest
from django.utils import timezone

from tests.channels.conftest import SignIn
from tests.conftest import GROUNDS, LONG_AGO, Cast
from uppsikt.channels import actions, staffing
from uppsikt.channels.models import AccessHolder, Channel
from uppsikt.governance import actors, observations
from uppsikt.governance.models import Assignment, Node, User
from uppsikt.policy import facts as f
from uppsikt.policy.roles import Role
from uppsikt.records.models import Mail


def test_the_manager_appoints_and_the_one_before_leaves(
    signed_in: SignIn, library_channel: Channel, bengt_user: User, person: Cast
) -> None:
    gun = person("Gun", "bibliotekarie")
    told = {"role": Role.CHANNEL_OWNER, "person": gun.email}
    signed_in(bengt_user).post(f"/kanal/{library_channel.pk}/utse/", told)

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
    staffing.appoint(
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
    shown = anna.get(f"/kanal/{library_channel.pk}/")
    assert shown.context["appoint_refused"] is not None
    told = {"role": Role.DEPUTY, "person": anna_user.email}
    answer = anna.post(f"/kanal/{library_channel.pk}/utse/", told)
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"person": ""}, "person"),
        ({"person": "nobody@exempelby.example"}, "person"),
        ({"method": "app"}, "confirmed_on"),
        ({"method": "", "confirmed_on": "2026-01-01"}, "method"),
        ({"state": "unavailable"}, "reason"),
        ({"platform_role": "emperor"}, "platform_role"),
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
        f"/kanal/{library_channel.pk}/atkomst/",
        {"person": "Anna", "platform_role": "admin", "state": "on", **told},
    )
    assert answer.status_code == 422
    assert field in answer.context["access"].errors
    assert list(AccessHolder.objects.values()) == before


def test_an_access_is_noted_confirmed_and_ended(
    signed_in: SignIn, library_channel: Channel, anna_user: User, person: Cast
) -> None:
    anna, gun = signed_in(anna_user), person("Gun", "bibliotekarie")
    place = f"/kanal/{library_channel.pk}/atkomst/"
    anna.post(place, {"person": "Gun", "platform_role": "editor", "state": "off"})
    guarded = {"state": "on", "method": "key", "confirmed_on": "2026-01-01"}
    anna.post(place, {"person": "Gun", "platform_role": "editor", **guarded})
    held = AccessHolder.objects.get(user=gun)
    assert (held.two_factor, str(held.two_factor_on)) == ("key", "2026-01-01")

    anna.post(f"{place}{held.pk}/avsluta/")

    held.refresh_from_db()
    assert held.until == timezone.localdate()
    assert anna.post(f"{place}{held.pk}/avsluta/").status_code == 404


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
    place = f"/kanal/{library_channel.pk}/kort/"
    assert signed_in(rut_user).post(place, told).status_code == 403
    anna = signed_in(anna_user)
    assert anna.post(place, {**told, "purpose": ""}).status_code == 422

    anna.post(place, told)

    library_channel.refresh_from_db()
    assert library_channel.benefit == "Tips"
    assert library_channel.name == library_channel.node.name == "Biblioteket"
    [waiting] = library_channel.changes.waiting()
    assert waiting.wanted["name"] == "Biblioteket i byn"


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

    actions.approve(applied_channel, confirmed=GROUNDS, actor=bengt, at=LONG_AGO)

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
    staffing.appoint(
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
