"""To apply for a channel: nothing lost, nothing deceived, nobody deciding alone."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from tests.channels.conftest import SignIn
from tests.conftest import GROUNDS, Cast
from uppsikt.channels import actions
from uppsikt.channels.life import ChannelLife
from uppsikt.channels.models import Channel
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Node, User
from uppsikt.policy.roles import Role
from uppsikt.records.models import Mail

Answers = dict[str, Any]


@pytest.fixture
def answers(library: Node, anna_user: User, bengt_user: User) -> Answers:
    return {
        "unit": str(library.pk),
        "site": "",
        "url": "https://www.facebook.com/exempelbibblan",
        "handle": "",
        "name": "Bibblan på Facebook",
        "purpose_codes": ["dialogue", "service"],
        "purpose": "Prata om böcker",
        "audience_groups": ["children"],
        "audience": "Unga",
        "goal_contribution": "Fler läser",
        "benefit": "Tips där de är",
        "hours_per_week": "3",
        "horizon_months": "24",
        "staffing": "Anna två timmar, Bengt en",
        "budget": "",
        "description": "Bibblan i Exempelby",
        "contact": "bibblan@exempelby.example",
        "owner": anna_user.email,
        "deputy": "Bengt",
        "holders": f"{anna_user.email}\nBengt",
    }


@pytest.fixture
def anna_client(signed_in: SignIn, anna_user: User) -> Client:
    return signed_in(anna_user)


def errors(client: Client, answers: Answers) -> dict[str, list[str]]:
    """Return the errors of an application that is sent back, nothing of it lost."""
    answer = client.post("/kanal/ny/", answers)
    assert answer.status_code == 422
    assert not Channel.objects.exists()
    form = answer.context["form"]
    assert {name: form[name].value() for name in answers} == answers
    return {name: list(map(str, said)) for name, said in form.errors.items()}


def test_an_application_becomes_a_card_and_the_manager_is_told(
    anna_client: Client, answers: Answers, anna_user: User, bengt_user: User
) -> None:
    answer = anna_client.post("/kanal/ny/", answers)

    channel = Channel.objects.get()
    assert answer["Location"] == f"/kanal/{channel.pk}/"
    assert channel.state is ChannelLife.applied
    assert (channel.site, channel.handle) == ("facebook", "exempelbibblan")
    assert (channel.proposed_owner, channel.proposed_deputy) == (anna_user, bengt_user)
    assert channel.goal_contribution == "Fler läser"
    assert channel.benefit == "Tips där de är"
    assert channel.horizon_months == 24
    assert channel.audience_groups == ["children"]
    assert channel.staffing == "Anna två timmar, Bengt en"
    assert set(channel.proposed_holders.all()) == {anna_user, bengt_user}
    assert channel.slug == "facebook-exempelbibblan"
    assert [m.to for m in Mail.objects.all()] == [bengt_user.email]


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        (
            {"url": "", "site": "bluesky", "handle": "@Bibblan.example"},
            ("bluesky", "bibblan.example", "https://bsky.app/profile/bibblan.example"),
        ),
        (
            {"url": "", "handle": "instagram.com/bibblan/"},
            ("instagram", "bibblan", "https://www.instagram.com/bibblan/"),
        ),
        (
            {"url": "https://social.example/@bibblan", "site": "mastodon"},
            ("mastodon", "bibblan@social.example", "https://social.example/@bibblan"),
        ),
    ],
)
def test_address_and_account_follow_from_each_other(
    anna_client: Client, answers: Answers, told: Answers, kept: tuple[str, ...]
) -> None:
    anna_client.post("/kanal/ny/", {**answers, **told})

    channel = Channel.objects.get()
    assert (channel.site, channel.handle, channel.url) == kept


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"site": "facebook", "url": "https://facebook.com.evil.example/x"}, "url"),
        ({"site": "facebook", "url": "https://faceb00k.com/exempelbibblan"}, "url"),
        ({"site": "facebook", "url": "https://facebook.com@evil.example/x"}, "url"),
        ({"url": "https://www.facebook.com/" + "ö" * 190}, "url"),
        ({"url": "https://forum.example/" + "b" * 200, "site": "other"}, "handle"),
        ({"site": "instagram"}, "url"),
        ({"url": "https://forum.example/bibblan"}, "site"),
        ({"url": "", "handle": "bibblan"}, "site"),
        ({"url": "", "site": "mastodon", "handle": "bibblan"}, "url"),
        ({"url": "", "site": "facebook"}, "handle"),
        ({"handle": "enannan"}, "handle"),
        ({"owner": "Nils Ingenstans"}, "owner"),
        ({"owner": "n"}, "owner"),
        ({"owner": "Bengt"}, "deputy"),
        ({"contact": "anna@exempelby.example"}, "contact"),
        ({"purpose_codes": ["nonsense"]}, "purpose_codes"),
        ({"hours_per_week": "0"}, "hours_per_week"),
        ({"purpose": "  "}, "purpose"),
        ({"benefit": ""}, "benefit"),
        ({"audience_groups": []}, "audience_groups"),
        ({"audience_groups": ["everybody"]}, "audience_groups"),
        ({"staffing": " "}, "staffing"),
        ({"holders": "Anna"}, "holders"),
        ({"holders": "Anna\nanna@exempelby.example"}, "holders"),
        ({"holders": "Anna\nNils Ingenstans"}, "holders"),
        ({"audience": "x" * 4001}, "audience"),
        ({"name": "null\x00"}, "name"),
        ({"unit": "99999"}, "unit"),
    ],
)
def test_a_bad_answer_is_pointed_at_and_nothing_is_lost(
    anna_client: Client,
    answers: Answers,
    told: Answers,
    field: str,
    cecilia_user: User,
    rut_user: User,
) -> None:
    assert field in errors(anna_client, {**answers, **told})


def test_an_account_in_the_register_is_refused_in_words(
    anna_client: Client, answers: Answers, library_channel: Channel
) -> None:
    told = {"site": "bluesky", "url": "", "handle": library_channel.handle.upper()}
    answer = anna_client.post("/kanal/ny/", {**answers, **told})

    assert answer.status_code == 422
    assert "handle" in answer.context["form"].errors
    assert Channel.objects.count() == 1


def test_an_account_that_was_declined_can_be_applied_for_again(
    anna_client: Client, answers: Answers, bengt: Actor, monday: datetime
) -> None:
    anna_client.post("/kanal/ny/", answers)
    first = Channel.objects.get()
    actions.decline(first, why="Inte nu", actor=bengt, at=monday)

    anna_client.post("/kanal/ny/", answers)

    slugs = set(Channel.objects.values_list("slug", flat=True))
    assert slugs == {"facebook-exempelbibblan", "facebook-exempelbibblan-2"}


def test_one_applies_only_where_one_has_a_role(
    anna_client: Client, answers: Answers, school: Node, library: Node
) -> None:
    form = anna_client.get("/kanal/ny/").context["form"]
    assert [n.name for n in form.fields["unit"].queryset] == [library.name]
    assert "unit" in errors(anna_client, {**answers, "unit": str(school.pk)})


def test_a_registrar_cannot_apply_and_is_told_who_can(
    signed_in: SignIn, rut_user: User, answers: Answers
) -> None:
    rut = signed_in(rut_user)
    assert rut.get("/kanal/ny/").status_code == 403
    refused = rut.post("/kanal/ny/", answers)
    assert refused.status_code == 403
    assert not Channel.objects.exists()


def test_an_employee_follows_and_mends_their_own_application_until_it_is_launched(
    signed_in: SignIn,
    person: Cast,
    library: Node,
    answers: Answers,
    bengt_user: User,
) -> None:
    erik_user = person("Erik", "assistent", Role.EMPLOYEE, library)
    erik, other = (
        signed_in(erik_user),
        signed_in(person("Eva", "assistent", Role.EMPLOYEE, library)),
    )
    erik.post("/kanal/ny/", answers)
    channel = Channel.objects.get()
    card = f"/kanal/{channel.pk}/"

    assert erik.get(card).status_code == 200
    assert other.get(card).status_code == 404
    mended = {
        k: v
        for k, v in answers.items()
        if k not in ("unit", "owner", "deputy", "holders")
    }
    erik.post(f"{card}kort/", {**mended, "purpose": "Prata om böcker och film"})
    channel.refresh_from_db()
    assert channel.purpose == "Prata om böcker och film"

    signed_in(bengt_user).post(f"{card}godkann/", dict.fromkeys(GROUNDS, "on"))
    assert erik.post(f"{card}kort/", mended).status_code == 403


def test_only_the_applicant_withdraws(
    signed_in: SignIn, applied_channel: Channel, anna_user: User, cecilia_user: User
) -> None:
    place = f"/kanal/{applied_channel.pk}/aterta/"

    assert signed_in(cecilia_user).post(place).status_code == 403
    applied_channel.refresh_from_db()
    assert applied_channel.state is ChannelLife.applied

    signed_in(anna_user).post(place)
    applied_channel.refresh_from_db()
    assert applied_channel.state is ChannelLife.withdrawn
