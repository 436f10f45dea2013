"""A change of the public card waits, and the last decided card stays (R-3.2-3)."""

from datetime import datetime, timedelta

import pytest
from django.db import Error, connection, transaction
from django.test import Client

from uppsikt.channels import actions, changing
from uppsikt.channels.card_life import CardLife
from uppsikt.channels.models import CardChange, CardVersion, Channel
from uppsikt.governance import actors, moves
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Step, User
from uppsikt.records.models import Entry, Mail

NEW = {"description": "Nu med kvällsöppet.", "hours_per_week": 6}


@pytest.fixture
def waiting(library_channel: Channel, anna: Actor, monday: datetime) -> CardChange:
    edited = changing.edit_card(library_channel, NEW, actor=anna, at=monday)
    assert edited.waiting
    return edited.waiting


def public(client: Client, channel: Channel) -> str:
    return client.get(f"/kanaler/{channel.slug}").content.decode()


def test_what_the_public_reads_waits_and_what_only_we_read_does_not(
    client: Client, library_channel: Channel, waiting: CardChange
) -> None:
    library_channel.refresh_from_db()
    assert library_channel.hours_per_week == 6
    assert waiting.wanted == {"description": "Nu med kvällsöppet."}
    shown = public(client, library_channel)
    assert "kvällsöppet" not in shown
    assert "Fråga oss om böcker" in shown


def test_the_office_publishes_and_whoever_proposed_is_told(
    client: Client,
    library_channel: Channel,
    waiting: CardChange,
    kim: Actor,
    monday: datetime,
) -> None:
    changing.publish(waiting, actor=kim, at=monday)

    assert "kvällsöppet" in public(client, library_channel)
    assert Mail.objects.filter(to="anna@exempelby.example").latest("pk").body
    step = Step.objects.get(subject=waiting.subject, move="card.publish")
    assert step.by == kim.user
    with pytest.raises(moves.TooLate):
        changing.publish(waiting, actor=kim, at=monday)


def test_a_refusal_needs_a_reason_and_changes_nothing(
    client: Client,
    library_channel: Channel,
    waiting: CardChange,
    kim: Actor,
    monday: datetime,
) -> None:
    with pytest.raises(moves.NoReason):
        changing.refuse(waiting, why=" ", actor=kim, at=monday)
    changing.refuse(waiting, why="Lova inte öppettider.", actor=kim, at=monday)

    assert "kvällsöppet" not in public(client, library_channel)
    letter = Mail.objects.filter(to="anna@exempelby.example").latest("pk")
    assert "Lova inte öppettider." in letter.body


def test_whoever_proposes_does_not_publish(
    waiting: CardChange, anna: Actor, bengt: Actor, david: Actor, monday: datetime
) -> None:
    for actor in (anna, bengt, david):
        with pytest.raises(moves.NotYours):
            changing.publish(waiting, actor=actor, at=monday)
        with pytest.raises(moves.NotYours):
            changing.refuse(waiting, why="Nej", actor=actor, at=monday)


def test_the_office_changes_the_public_card_at_once(
    client: Client,
    library_channel: Channel,
    waiting: CardChange,
    kim: Actor,
    monday: datetime,
) -> None:
    told = {"contact": "bibblan@exempelby.example"}
    edited = changing.edit_card(library_channel, told, actor=kim, at=monday)

    assert edited.changed == ("contact",)
    assert "bibblan@exempelby.example" in public(client, library_channel)
    assert changing.waiting_for(library_channel) == waiting
    changing.publish(CardChange.objects.get(pk=waiting.pk), actor=kim, at=monday)
    shown = public(client, library_channel)
    assert "kvällsöppet" in shown
    assert "bibblan@exempelby.example" in shown


def test_a_new_proposal_takes_the_place_of_the_one_that_waits(
    library_channel: Channel, waiting: CardChange, anna: Actor, monday: datetime
) -> None:
    told = {"audience": "Alla"}
    changing.edit_card(library_channel, told, actor=anna, at=monday)

    [now] = library_channel.changes.waiting()
    assert now.wanted == {"description": "Nu med kvällsöppet.", "audience": "Alla"}
    waiting.refresh_from_db()
    assert waiting.state is CardLife.recalled


def test_the_same_proposal_twice_is_one(
    library_channel: Channel, waiting: CardChange, anna: Actor, monday: datetime
) -> None:
    again = changing.edit_card(library_channel, NEW, actor=anna, at=monday)
    assert (again.changed, again.waiting) == ((), waiting)


def test_what_is_put_back_as_it_was_waits_no_more(
    library_channel: Channel, waiting: CardChange, anna: Actor, monday: datetime
) -> None:
    told = {"description": library_channel.description}
    assert changing.edit_card(library_channel, told, actor=anna, at=monday) == (
        changing.Edited(())
    )
    assert changing.waiting_for(library_channel) is None


def test_before_the_launch_nothing_waits(
    applied_channel: Channel, anna_user: User, monday: datetime
) -> None:
    anna = actors.of(anna_user, at=monday)
    edited = changing.edit_card(applied_channel, NEW, actor=anna, at=monday)
    assert edited == changing.Edited(("description", "hours_per_week"))


def test_nothing_is_published_of_a_channel_that_has_closed(
    library_channel: Channel,
    waiting: CardChange,
    bengt_user: User,
    kim: Actor,
    monday: datetime,
) -> None:
    bengt = actors.of(bengt_user, at=monday)
    actions.close(library_channel, why="Ingen läser", actor=bengt, at=monday)

    assert not CardChange.objects.waiting().exists()
    with pytest.raises(moves.TooLate):
        changing.publish(CardChange.objects.get(), actor=kim, at=monday)


def test_each_version_that_came_into_force_is_kept(
    library_channel: Channel, waiting: CardChange, kim: Actor, monday: datetime
) -> None:
    later = monday + timedelta(hours=1)
    changing.publish(waiting, actor=kim, at=later)

    def on(moment: datetime) -> CardVersion:
        return library_channel.versions.on(moment)[0]

    first, second, third = library_channel.versions.order_by("at", "pk")
    assert (first.hours_per_week, second.hours_per_week) == (4, 6)
    assert on(monday - timedelta(days=1)) == first
    assert on(monday) == second
    assert on(later) == third
    assert second.description == first.description
    assert third.description == "Nu med kvällsöppet."
    assert third.by == kim.user
    assert first.url == library_channel.url


def test_the_ledger_holds_what_stood_before_and_after(
    library_channel: Channel, waiting: CardChange, kim: Actor, monday: datetime
) -> None:
    changing.publish(waiting, actor=kim, at=monday)
    entry = Entry.objects.filter(act="channel.edit").latest("pk")
    told = entry.opening.fields
    assert told is not None
    assert "kvällsöppet" in str(told)


def test_the_database_itself_keeps_versions_as_they_were(
    library_channel: Channel,
) -> None:
    table = CardVersion._meta.db_table
    for statement in (f"UPDATE {table} SET name = 'x'", f"DELETE FROM {table}"):
        with (
            pytest.raises(Error, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
