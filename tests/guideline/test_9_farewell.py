"""Section 9: the farewell of a channel, and the page that leads through its closing."""

from datetime import date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.conftest import LONG_AGO, SignedIn
from tests.guideline.test_9_closing import TOLD, URL, png
from uppsikt.channels import actions, closing
from uppsikt.channels.models import Channel, Closing, Connection
from uppsikt.duties import farewell
from uppsikt.governance import moves
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import User
from uppsikt.policy.roles import Role
from uppsikt.sending import actions as sending
from uppsikt.sending.models import Outgoing

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(library_channel: Channel, anna: Actor, monday: datetime) -> Closing:
    """The closing of the library's channel, begun by its owner."""
    actions.wind_down(library_channel, why="Få läser den", actor=anna, at=monday)
    return library_channel.closings.get()


@pytest.fixture
def connected(library_channel: Channel, anna_user: User) -> Connection:
    return Connection.objects.create(
        channel=library_channel,
        connector="bluesky",
        credentials=b"x",
        tested_at=LONG_AGO,
        tested_by=anna_user,
    )


def test_where_the_program_publishes_the_farewell_is_sent_and_noted_when_it_is_seen(
    connected: Connection, plan: Closing, anna: Actor, monday: datetime
) -> None:
    plan = Closing.objects.get(pk=plan.pk)
    with pytest.raises(farewell.NoReasonYet):
        farewell.order(plan, "Tack!", actor=anna, at=monday)
    closing.plan(plan, TOLD, actor=anna, at=monday)
    out = farewell.order(plan, "Tack för oss!", actor=anna, at=monday)
    assert (out.kind, out.reply_to) == (Outgoing.Kind.POST, "")
    assert farewell.note_sent(monday) == 0
    with pytest.raises(moves.TooLate):
        farewell.order(plan, "Igen", actor=anna, at=monday)
    sent = {"status": "confirmed", "sent_at": monday, "confirmed_at": monday}
    Outgoing.objects.filter(pk=out.pk).update(**sent, remote_url=URL)

    assert farewell.note_sent(monday) == 1
    assert farewell.note_sent(monday) == 0

    plan.refresh_from_db()
    assert (plan.farewell_text, plan.farewell_url) == ("Tack för oss!", URL)
    assert plan.farewell_on == date(2026, 3, 2)


def test_where_it_cannot_a_person_posts_it_and_tells_where(
    plan: Closing, anna: Actor, monday: datetime
) -> None:
    closing.plan(plan, TOLD, actor=anna, at=monday)
    with pytest.raises(farewell.ByHand):
        farewell.order(plan, "Tack!", actor=anna, at=monday)
    tomorrow = date(2026, 3, 3)
    with pytest.raises(closing.NotOut):
        closing.note_farewell(plan, "Tack!", URL, tomorrow, actor=anna, at=monday)


def test_a_farewell_longer_than_the_platform_takes_is_not_ordered(
    connected: Connection, plan: Closing, anna: Actor, monday: datetime
) -> None:
    plan = Closing.objects.get(pk=plan.pk)
    closing.plan(plan, TOLD, actor=anna, at=monday)

    with pytest.raises(sending.TooLong):
        farewell.order(plan, "Tack " * 200, actor=anna, at=monday)

    assert not farewell.is_on_its_way(plan)


def test_each_role_has_its_own_part_of_the_page(
    library_channel: Channel,
    plan: Closing,
    anna_user: User,
    bengt_user: User,
    cecilia_user: User,
    signed_in: SignedIn,
) -> None:
    address = f"/kanal/{library_channel.pk}/avsluta-plan/"
    consult, plan_it, close = (
        "mening/",
        "plan/",
        f"/kanal/{library_channel.pk}/avsluta/",
    )

    def forms(user: User) -> list[bool]:
        page = signed_in(user).get(address).content.decode()
        acts = [f'action="{address}{consult}"', f'action="{address}{plan_it}"']
        return [act in page for act in (*acts, f'action="{close}"')]

    assert forms(anna_user) == [False, True, False]
    assert forms(bengt_user) == [True, True, True]
    assert forms(cecilia_user) == [True, True, False]


def test_the_whole_way_through_the_page(
    library_channel: Channel,
    plan: Closing,
    anna_user: User,
    bengt_user: User,
    signed_in: SignedIn,
) -> None:
    address = f"/kanal/{library_channel.pk}/avsluta-plan/"
    anna, bengt = signed_in(anna_user), signed_in(bengt_user)
    future = {**TOLD, "closes_on": "2199-01-01"}

    assert anna.post(f"{address}plan/", future).status_code == 302
    assert (
        anna.post(f"{address}klart/", {"exported_on": "2199-01-01"}).status_code == 422
    )
    assert (
        anna.post(f"{address}klart/", {"exported_on": "2026-01-01"}).status_code == 302
    )
    told = {"text": "Tack!", "url": URL, "day": "2026-01-01"}
    assert anna.post(f"{address}publicerat/", told).status_code == 302
    upload = SimpleUploadedFile("kanal.png", png(), "image/png")
    assert anna.post(f"{address}bild/", {"picture": upload}).status_code == 302
    wrong = SimpleUploadedFile("kanal.png", b"<html>", "image/png")
    assert anna.post(f"{address}bild/", {"picture": wrong}).status_code == 422
    said = {"side": Role.LINE_MANAGER, "opinion": "Gör det"}
    assert bengt.post(f"{address}mening/", said).status_code == 302
    kept = anna.get(f"{address}bild/fil/")
    assert kept.content == png()
    assert "attachment" in kept["Content-Disposition"]
    closed = bengt.post(f"/kanal/{library_channel.pk}/avsluta/", {"why": "Klart"})
    assert closed.status_code == 302
    page = bengt.get(address)
    assert page.status_code == 200
    plan.refresh_from_db()
    assert plan.closed_at is not None


def test_the_public_reads_when_and_why_it_closes_once_the_farewell_is_out(
    library_channel: Channel,
    plan: Closing,
    anna: Actor,
    client: Client,
    monday: datetime,
) -> None:
    closing.plan(plan, TOLD, actor=anna, at=monday)
    address = f"/kanaler/{library_channel.slug}"
    assert "avslutas den" not in client.get(address).content.decode()

    closing.note_farewell(plan, "Tack!", URL, monday.date(), actor=anna, at=monday)

    page = client.get(address).content.decode()
    assert "Kanalen avslutas den 20 mars 2026." in page
    assert str(TOLD["reason"]) in page
