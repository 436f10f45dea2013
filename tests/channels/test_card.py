"""The card: each role sees its own buttons, and a refused one says why."""

from datetime import datetime

import pytest
from django.test import Client

from tests.channels.conftest import SignIn
from tests.conftest import GROUNDS, LONG_AGO, fulfil
from uppsikt.channels.life import ChannelLife
from uppsikt.channels.models import Channel
from uppsikt.governance.models import Assignment, Node, Observation, Step, User
from uppsikt.policy import facts as f
from uppsikt.policy.roles import Role
from uppsikt.policy.words import Message
from uppsikt.records.models import Mail

Offers = dict[str, Message | None]
TICKED = dict.fromkeys(GROUNDS, "on")


def offers(client: Client, channel: Channel) -> Offers:
    """Return the moves on the card by name, each with why it is refused."""
    answer = client.get(f"/kanal/{channel.pk}/")
    assert answer.status_code == 200
    return {o.move.name: o.refused for o in answer.context["offers"]}


def state(channel: Channel) -> object:
    channel.refresh_from_db()
    return channel.state


def test_the_manager_decides_from_one_page(
    signed_in: SignIn, applied_channel: Channel, bengt_user: User
) -> None:
    bengt = signed_in(bengt_user)
    assert offers(bengt, applied_channel) == {"approve": None, "decline": None}
    page = bengt.get(f"/kanal/{applied_channel.pk}/").content.decode()
    for told in ("Läslust och frågor", "Unga och vuxna", "Fler läser", "Svar där de"):
        assert told in page

    bengt.post(f"/kanal/{applied_channel.pk}/godkann/", TICKED)

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
    assert anna.post(f"/kanal/{applied_channel.pk}/godkann/", TICKED).status_code == 403
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

    answer = bengt.get(f"/kanal/{applied_channel.pk}/")
    assert [x.finding.control.id for x in answer.context["remaining"]] == ["4-audience"]
    assert offers(bengt, applied_channel)["approve"] is not None

    answer = bengt.post(f"/kanal/{applied_channel.pk}/godkann/", TICKED)
    assert answer.status_code == 409
    assert state(applied_channel) is ChannelLife.applied


@pytest.mark.parametrize("why", ["", "   ", "\x00", "x" * 5000])
def test_declining_without_a_readable_reason_changes_nothing(
    signed_in: SignIn, applied_channel: Channel, bengt_user: User, why: str
) -> None:
    bengt = signed_in(bengt_user)
    bengt.post(f"/kanal/{applied_channel.pk}/avsla/", {"why": why})
    assert state(applied_channel) is ChannelLife.applied


def test_the_applicant_is_told_why_it_was_declined(
    signed_in: SignIn, applied_channel: Channel, bengt_user: User, anna_user: User
) -> None:
    bengt = signed_in(bengt_user)
    bengt.post(f"/kanal/{applied_channel.pk}/avsla/", {"why": "Ingen tid i höst"})

    assert state(applied_channel) is ChannelLife.declined
    [letter] = Mail.objects.filter(to=anna_user.email)
    assert "Ingen tid i höst" in letter.body
    assert not offers(bengt, applied_channel)


def test_two_who_decide_at_once_get_one_decision(
    signed_in: SignIn, applied_channel: Channel, bengt_user: User
) -> None:
    bengt = signed_in(bengt_user)
    bengt.post(f"/kanal/{applied_channel.pk}/godkann/", TICKED)
    answer = bengt.post(f"/kanal/{applied_channel.pk}/avsla/", {"why": "Nej"})

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
    place = f"/kanal/{approved.pk}/"
    assert offers(anna, approved)["launch"] is not None
    assert (
        anna.post(f"{place}starta/", {"cut_over_on": "2026-01-01"}).status_code == 409
    )

    fulfil(approved, anna_user, bengt_user, LONG_AGO)
    left = anna.get(place).context["remaining"]
    assert [x.finding.control.id for x in left] == ["4-admin-rights"]
    told = {
        "recipient": str(cecilia_user.pk),
        "kind": "role",
        "reference": "Administratör",
    }
    anna.post(f"{place}rattigheter/", told)
    [given] = approved.handovers.all()
    confirmed = f"/kanal/rattigheter/{given.pk}/bekrafta/"
    assert anna.post(confirmed).status_code == 403
    signed_in(cecilia_user).post(confirmed)
    assert anna.get(place).context["remaining"] == []

    answer = anna.post(f"{place}starta/", {"cut_over_on": "2026-01-01"})
    assert answer.status_code == 302
    approved.refresh_from_db()
    assert approved.state is ChannelLife.active
    assert approved.cut_over_at == datetime.fromisoformat("2026-01-01T00:00:00+01:00")


@pytest.mark.parametrize("day", ["", "i morgon", "2999-01-01"])
def test_comments_count_from_a_day_that_has_been(
    signed_in: SignIn, approved: Channel, anna_user: User, day: str
) -> None:
    answer = signed_in(anna_user).post(
        f"/kanal/{approved.pk}/starta/", {"cut_over_on": day}
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

    bengt.post(f"/kanal/{library_channel.pk}/avsluta/", {"why": "Slås ihop"})

    assert state(library_channel) is ChannelLife.closed
    closed = bengt.get(f"/kanal/{library_channel.pk}/")
    assert closed.context["asked"] == []
    told = {"answer": "yes"}
    anna.post(f"/kanal/{library_channel.pk}/intyga/two_factor/", told)
    late = Observation.objects.filter(fact="two_factor", at__gt=LONG_AGO)
    assert not late.exists()


def test_an_answer_is_dated_noted_and_asked_again(
    signed_in: SignIn, library_channel: Channel, anna_user: User
) -> None:
    anna = signed_in(anna_user)
    told = {"answer": "no", "note": "Går inte på plattformen"}
    anna.post(f"/kanal/{library_channel.pk}/intyga/pixel_off/", told)

    shown = anna.get(f"/kanal/{library_channel.pk}/").context
    [pixel] = [
        x.asked for x in shown["remaining"] if x.asked and x.asked.fact is f.PIXEL_OFF
    ]
    assert pixel.last.value is False
    assert pixel.last.by == "Anna"
    assert pixel.last.note == "Går inte på plattformen"
    assert pixel.refused is None
    assert "benefit_confirmed" in [a.fact.name for a in shown["asked"] if a.refused]


@pytest.mark.parametrize("fact", ["no_such_fact", "purpose", "access_holders"])
def test_what_nobody_may_attest_is_not_found(
    signed_in: SignIn, library_channel: Channel, anna_user: User, fact: str
) -> None:
    answer = signed_in(anna_user).post(
        f"/kanal/{library_channel.pk}/intyga/{fact}/", {"answer": "yes"}
    )
    assert answer.status_code == 404


@pytest.mark.parametrize(
    "told", [{}, {"answer": "maybe"}, {"answer": "yes", "note": "x" * 1001}]
)
def test_an_answer_that_is_none_is_not_kept(
    signed_in: SignIn, library_channel: Channel, anna_user: User, told: dict[str, str]
) -> None:
    before = Observation.objects.count()
    signed_in(anna_user).post(f"/kanal/{library_channel.pk}/intyga/pixel_off/", told)
    assert Observation.objects.count() == before


def test_the_history_says_who_did_what(
    signed_in: SignIn, library_channel: Channel, anna_user: User
) -> None:
    shown = signed_in(anna_user).get(f"/kanal/{library_channel.pk}/")

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
    place = f"/kanal/{library_channel.pk}/"
    answer = david.post(f"{place}{act}/") if act else david.get(place)
    assert answer.status_code == 404
