"""Is this account ours? Never official but for what is launched (R-3.2-3, D-34)."""

from datetime import datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.conftest import CARD, LONG_AGO
from uppsikt.channels import actions
from uppsikt.channels.models import Channel
from uppsikt.channels.verifying import Answer, verify
from uppsikt.governance import actors
from uppsikt.governance.models import Node, User
from uppsikt.platforms.accounts_reading import Why

OURS = "https://bsky.app/profile/biblioteket.test"


@pytest.mark.parametrize(
    "text",
    [
        OURS,
        "bsky.app/profile/Biblioteket.TEST/",
        "https://bsky.app/profile/biblioteket.test/post/3k?x=1",
        "at://biblioteket.test",
    ],
)
def test_a_launched_channel_is_official_however_its_address_is_written(
    library_channel: Channel, text: str, monday: datetime
) -> None:
    known = verify(text, at=monday)

    assert (known.answer, known.channel) == (Answer.OFFICIAL, library_channel)
    assert (known.url, known.since) == (OURS, LONG_AGO)
    assert known.post is ("/post/" in text)


def test_a_channel_is_not_official_before_it_is_launched(
    library_channel: Channel, applied_channel: Channel, monday: datetime
) -> None:
    assert verify(OURS, at=LONG_AGO - timedelta(days=1)).answer is Answer.UNKNOWN


@pytest.mark.parametrize("status", ["found", "applied", "approved", "declined"])
def test_what_is_not_launched_is_unknown(
    applied_channel: Channel, status: str, monday: datetime
) -> None:
    Channel.objects.filter(pk=applied_channel.pk).update(status=status)

    known = verify(OURS, at=monday)

    assert (known.answer, known.channel, known.since) == (Answer.UNKNOWN, None, None)


@pytest.mark.parametrize("status", ["paused", "closing"])
def test_a_channel_that_rests_is_still_ours(
    library_channel: Channel, status: str, monday: datetime
) -> None:
    Channel.objects.filter(pk=library_channel.pk).update(status=status)

    assert verify(OURS, at=monday).answer is Answer.OFFICIAL


def test_a_closed_channel_is_told_as_closed_and_since_when(
    library_channel: Channel, monday: datetime
) -> None:
    rows = Channel.objects.filter(pk=library_channel.pk)
    rows.update(status="closed", closed_at=monday)

    known = verify(OURS, at=monday)

    assert (known.answer, known.since) == (Answer.CLOSED, monday)
    assert known.channel == library_channel


def test_the_platforms_own_id_is_enough(
    library_channel: Channel, monday: datetime
) -> None:
    did = "did:plc:abcdefghijklmnopqrstuvwx"
    assert verify(did, at=monday).answer is Answer.UNKNOWN
    Channel.objects.filter(pk=library_channel.pk).update(remote_id=did)

    known = verify(f"https://bsky.app/profile/{did}", at=monday)

    assert (known.answer, known.channel) == (Answer.OFFICIAL, library_channel)


def test_a_name_in_the_register_counts_only_where_its_address_tells_none(
    library_channel: Channel, monday: datetime
) -> None:
    rows = Channel.objects.filter(pk=library_channel.pk)
    rows.update(handle="enannan.test")
    other = "https://bsky.app/profile/enannan.test"
    assert verify(other, at=monday).answer is Answer.UNKNOWN

    rows.update(url="https://exempelby.example/sida")
    assert verify(other, at=monday).answer is Answer.OFFICIAL


@pytest.mark.parametrize(
    "text",
    [
        "https://bsky.app/profile/biblioteket-support.test",
        "https://bsky.app/profile/bib1ioteket.test",
        "https://bsky.app/profile/bibli\u043eteket.test",
        "https://bsky.app/profile/biblioteke.test",
        "https://www.instagram.com/biblioteket.test/",
        "https://evil-bsky.app/profile/biblioteket.test",
    ],
)
def test_a_look_alike_is_unknown_and_named_as_such(
    library_channel: Channel, text: str, monday: datetime
) -> None:
    known = verify(text, at=monday)

    assert known.answer is Answer.UNKNOWN
    assert known.alike == (library_channel,)


@pytest.mark.parametrize(
    "text",
    [
        "https://bsky.app/profile/kajakklubben.test",
        "https://www.instagram.com/test/",
    ],
)
def test_what_is_not_alike_is_not_called_so(
    library_channel: Channel, text: str, monday: datetime
) -> None:
    known = verify(text, at=monday)

    assert (known.answer, known.alike) == (Answer.UNKNOWN, ())


@pytest.mark.parametrize(
    ("text", "platform"),
    [
        ("https://evil-facebook.com/x", "Facebook"),
        ("https://faceb00k.com/x", "Facebook"),
        ("https://facebook.com.example.se/x", "Facebook"),
        ("https://inst\u0430gram.com/x", "Instagram"),
        ("https://social.example/@x", ""),
    ],
)
def test_a_host_in_a_platforms_dress_is_told(
    library_channel: Channel, text: str, platform: str, monday: datetime
) -> None:
    assert verify(text, at=monday).dressed_as == platform


def test_the_nearest_of_our_own_is_named_first(
    library_channel: Channel, monday: datetime
) -> None:
    for number, name in enumerate(("", "g", "rg", "omsorg")):
        handle = f"{name}exempelby.test"
        twin = Channel.objects.get(pk=library_channel.pk)
        node = twin.node
        twin.node = Node.plant(Node.Kind.CHANNEL, handle, node.parent)
        twin.pk, twin.handle, twin.slug = None, handle, f"bluesky-{number}"
        twin.url = f"https://bsky.app/profile/{handle}"
        twin.save(force_insert=True)

    known = verify("https://bsky.app/profile/omsorgexempelby1.test", at=monday)

    assert known.alike[0].handle == "omsorgexempelby.test"
    assert len(known.alike) == 3


def test_a_name_alone_is_no_answer_but_our_own_by_that_name_are_named(
    library_channel: Channel, monday: datetime
) -> None:
    known = verify("@biblioteket.test", at=monday)
    assert (known.answer, known.why) == (Answer.NOT_UNDERSTOOD, Why.NAME_ALONE)
    assert known.alike == (library_channel,)

    there = verify("@biblioteket.test", at=monday, site="bluesky")
    assert there.answer is Answer.OFFICIAL
    elsewhere = verify("@biblioteket.test", at=monday, site="instagram")
    assert elsewhere.answer is Answer.UNKNOWN


@pytest.mark.parametrize("text", ["", "hej hopp", "https://t.co/x", "x" * 5000])
def test_what_is_not_understood_says_so_and_never_more(
    library_channel: Channel, text: str, monday: datetime
) -> None:
    known = verify(text, at=monday)

    assert known.answer is Answer.NOT_UNDERSTOOD
    assert (known.url, known.channel, known.since) == ("", None, None)


@pytest.mark.parametrize(
    ("text", "queries"), [(OURS, 1), ("https://x.com/enannan", 3), ("hej", 1)]
)
def test_a_question_costs_at_most_three_queries(
    library_channel: Channel,
    text: str,
    queries: int,
    monday: datetime,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(queries):
        verify(text, at=monday)


def test_the_platforms_own_id_is_kept_from_the_address_that_is_applied_for(
    library: Node, anna_user: User, monday: datetime
) -> None:
    url = "https://www.facebook.com/profile.php?id=100064000000001"
    application = actions.Application(
        site="facebook",
        handle="100064000000001",
        url=url,
        name="Läsrummet",
        owner=anna_user,
        card=CARD,
    )
    anna = actors.of(anna_user, at=monday)

    channel = actions.apply(library, application, actor=anna, at=monday)

    assert channel.remote_id == "100064000000001"
