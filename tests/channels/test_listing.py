"""The staff's list: what one sees of each channel, by a fixed number of queries."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.channels.conftest import SignIn
from tests.conftest import LONG_AGO
from uppsikt.channels import actions
from uppsikt.channels.listing import Row
from uppsikt.channels.models import Channel, Connection
from uppsikt.governance import actors
from uppsikt.governance.models import Node, User


def rows(client: Client, query: str = "") -> list[Row]:
    answer = client.get(f"/mina-kanaler/{query}")
    assert answer.status_code == 200
    found: list[Row] = answer.context["rows"]
    return found


def names(client: Client, query: str = "") -> list[str]:
    return [row.channel.name for row in rows(client, query)]


def many(unit: Node, owner: User, deputy: User, count: int) -> None:
    """Apply for `count` channels at `unit`."""
    actor = actors.of(owner, at=LONG_AGO)
    for number in range(count):
        told = actions.Application(
            site="facebook",
            handle=f"bib{number:02}",
            url=f"https://www.facebook.com/bib{number:02}",
            name=f"Bib {number:02}",
            owner=owner,
            deputy=deputy,
        )
        actions.apply(unit, told, actor=actor, at=LONG_AGO)


def test_a_row_tells_who_answers_and_how_it_stands(
    signed_in: SignIn, library_channel: Channel, cecilia_user: User, anna_user: User
) -> None:
    Connection.objects.create(
        channel=library_channel,
        connector="bluesky",
        credentials=b"",
        tested_at=LONG_AGO,
        tested_by=anna_user,
        heard_at=LONG_AGO,
    )
    [row] = rows(signed_in(cecilia_user))

    assert (row.owner, row.deputy) == ("Anna", "Bengt")
    assert (row.holders, row.unguarded) == (2, 0)
    assert row.department == "Kultur och fritid"
    assert row.connection is not None
    assert row.connection.heard_at == LONG_AGO
    # What was confirmed long ago is asked again; the profile was never looked at.
    assert row.findings == 22


def test_a_row_counts_what_remains_before_the_next_step(
    signed_in: SignIn, applied_channel: Channel, bengt_user: User
) -> None:
    Channel.objects.update(audience="", purpose="")
    [row] = rows(signed_in(bengt_user))
    assert row.findings == 2


def test_one_sees_the_channels_of_ones_own_places(
    signed_in: SignIn,
    library_channel: Channel,
    school_channel: Channel,
    david_user: User,
    rut_user: User,
) -> None:
    assert names(signed_in(david_user)) == ["Skogsskolan"]
    assert names(signed_in(rut_user)) == ["Skogsskolan", "Biblioteket"]


@pytest.mark.parametrize("count", [1, 20])
def test_the_list_asks_the_database_the_same_however_long_it_is(
    signed_in: SignIn,
    django_assert_num_queries: DjangoAssertNumQueries,
    library: Node,
    anna_user: User,
    bengt_user: User,
    count: int,
) -> None:
    many(library, anna_user, bengt_user, count)
    anna = signed_in(anna_user)
    with django_assert_num_queries(36):
        assert len(rows(anna)) == count


def test_a_long_list_has_pages(
    signed_in: SignIn, library: Node, anna_user: User, bengt_user: User
) -> None:
    many(library, anna_user, bengt_user, 26)
    anna = signed_in(anna_user)

    assert len(rows(anna)) == 25
    assert names(anna, "?page=2") == ["Bib 25"]
    assert names(anna, "?page=nonsense") == names(anna)
    page = anna.get("/mina-kanaler/?q=bib").content.decode()
    assert "?q=bib&amp;page=2" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=skog", ["Skogsskolan"]),
        ("?q=finnsinte", []),
        ("?status=active", ["Biblioteket"]),
        ("?status=approved", ["Skogsskolan"]),
        ("?status=okänt", ["Skogsskolan", "Biblioteket"]),
        ("?forvaltning=utbildning", ["Skogsskolan"]),
        ("?forvaltning=ingen", []),
        ("?plattform=facebook", []),
        ("?ordning=namn", ["Biblioteket", "Skogsskolan"]),
        ("?ordning=;drop", ["Skogsskolan", "Biblioteket"]),
    ],
)
def test_the_list_is_searched_filtered_and_sorted(
    signed_in: SignIn,
    library_channel: Channel,
    school_channel: Channel,
    rut_user: User,
    query: str,
    found: list[str],
) -> None:
    assert names(signed_in(rut_user), query) == found


def test_the_longest_unheard_comes_first(
    signed_in: SignIn,
    library_channel: Channel,
    school_channel: Channel,
    rut_user: User,
) -> None:
    for channel, days in ((library_channel, 0), (school_channel, 3)):
        Connection.objects.create(
            channel=channel,
            connector="bluesky",
            credentials=b"",
            tested_at=LONG_AGO,
            tested_by=rut_user,
            heard_at=LONG_AGO + timedelta(days=days),
        )
    found = names(signed_in(rut_user), "?ordning=hort")
    assert found == ["Biblioteket", "Skogsskolan"]


def test_htmx_gets_the_rows_and_a_browser_the_page(
    signed_in: SignIn, library_channel: Channel, anna_user: User
) -> None:
    anna = signed_in(anna_user)

    whole = anna.get("/mina-kanaler/").content.decode()
    part = anna.get("/mina-kanaler/", headers={"hx-request": "true"})

    assert "<html" in whole
    assert part.content.decode().strip().startswith('<div class="stack" id="rows">')
    assert "<html" not in part.content.decode()
    assert "HX-Request" in part["Vary"]


def test_a_person_without_channels_is_told_what_would_be_here(
    signed_in: SignIn, library_channel: Channel, person: object
) -> None:
    nobody = person("Nils", "vikarie")  # type: ignore[operator]
    answer = signed_in(nobody).get("/mina-kanaler/")
    assert answer.context["rows"] == []
    assert 'class="empty"' in answer.content.decode()
    assert "/kanal/ny/" not in answer.content.decode()
