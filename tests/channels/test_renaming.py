"""An account that changes its name: ours under the new, and nobody's under the old."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.channels.conftest import SignIn
from uppsikt.channels import actions, changing
from uppsikt.channels.models import CardChange, CardVersion, Channel
from uppsikt.channels.renaming import AnotherAccount, TakenAccount
from uppsikt.channels.verifying import Answer, verify
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import User

OLD = "https://bsky.app/profile/biblioteket.test"
URL = "https://bsky.app/profile/bibblan.test"
NEW = {"handle": "bibblan.test", "url": URL}
DID = "did:plc:z72i7hdynmk6r22z27h6tvur"
OTHER = "did:plc:ewvi7nxzyoun6zhxrhs64oiz"
DAY = timedelta(days=1)


@pytest.fixture
def renamed(
    library_channel: Channel, anna: Actor, kim: Actor, monday: datetime
) -> Channel:
    """The library's account, renamed by Anna and published by the kim."""
    edited = changing.edit_card(library_channel, NEW, actor=anna, at=monday)
    assert edited.waiting
    changing.publish(edited.waiting, actor=kim, at=monday + DAY)
    return Channel.objects.get(pk=library_channel.pk)


def test_a_new_name_waits_like_all_that_the_public_reads(
    client: Client, library_channel: Channel, anna: Actor, monday: datetime
) -> None:
    edited = changing.edit_card(library_channel, NEW, actor=anna, at=monday)

    assert edited.waiting
    assert edited.waiting.wanted == NEW
    shown = client.get(f"/kanaler/{library_channel.slug}").content.decode()
    assert OLD in shown
    assert URL not in shown
    assert verify(OLD, at=monday).answer is Answer.OFFICIAL


def test_a_published_name_is_official_under_the_same_public_address_and_id(
    client: Client, library_channel: Channel, renamed: Channel, monday: datetime
) -> None:
    known = verify(URL, at=monday + 2 * DAY)

    assert (renamed.handle, renamed.slug) == ("bibblan.test", library_channel.slug)
    assert renamed.remote_id == library_channel.remote_id
    assert (known.answer, known.channel) == (Answer.OFFICIAL, renamed)
    assert URL in client.get(f"/kanaler/{renamed.slug}").content.decode()
    assert CardVersion.objects.filter(channel=renamed, url=OLD).exists()


def test_the_old_name_is_never_official_again_and_told_as_what_it_was(
    client: Client, renamed: Channel, monday: datetime
) -> None:
    known = verify(OLD, at=monday + 2 * DAY)

    assert known.answer is Answer.UNKNOWN
    assert known.former
    assert (known.former.channel, known.former.until) == (renamed, monday + DAY)
    page = client.get("/kontroll", {"url": OLD})
    assert page.status_code == 200
    assert reverse("channel-public", args=[renamed.slug]) in page.content.decode()
    assert page.context["known"].former.until == monday + DAY


def test_a_name_that_was_changed_before_the_launch_was_never_ours_in_public(
    approved: Channel, anna_user: User, bengt: Actor, monday: datetime
) -> None:
    changing.edit_card(approved, NEW, actor=bengt, at=monday)
    Channel.objects.filter(pk=approved.pk).update(
        status="active", launched_at=monday + DAY
    )

    assert verify(OLD, at=monday + 2 * DAY).former is None
    assert verify(URL, at=monday + 2 * DAY).answer is Answer.OFFICIAL


def test_another_id_is_another_account(
    library_channel: Channel, anna: Actor, monday: datetime
) -> None:
    Channel.objects.filter(pk=library_channel.pk).update(remote_id=DID)
    library_channel.refresh_from_db()

    told = {"handle": OTHER, "url": f"https://bsky.app/profile/{OTHER}"}
    with pytest.raises(AnotherAccount):
        changing.edit_card(library_channel, told, actor=anna, at=monday)
    same = {"handle": DID, "url": f"https://bsky.app/profile/{DID}"}
    assert changing.edit_card(library_channel, same, actor=anna, at=monday).waiting


def test_another_channels_account_is_not_a_new_name(
    library_channel: Channel, school_channel: Channel, anna: Actor, monday: datetime
) -> None:
    told = {"handle": "skolan", "url": f"{school_channel.url}?ref=x"}

    with pytest.raises(TakenAccount):
        changing.edit_card(library_channel, told, actor=anna, at=monday)


def test_a_name_that_was_taken_while_the_change_waited_is_not_published(
    library_channel: Channel,
    anna: Actor,
    kim: Actor,
    signed_in: SignIn,
    monday: datetime,
) -> None:
    library = library_channel.node.parent
    waiting = changing.edit_card(library_channel, NEW, actor=anna, at=monday).waiting
    assert waiting and library and kim.user
    taken = actions.Application("bluesky", "bibblan.test", URL, "En annan")
    actions.enter(library, taken, actor=kim, at=monday)

    with pytest.raises(TakenAccount):
        changing.publish(waiting, actor=kim, at=monday + DAY)
    answer = signed_in(kim.user).post(reverse("card-publish", args=[waiting.pk]))

    assert answer.headers["Location"] == reverse("card-changes")
    library_channel.refresh_from_db()
    assert library_channel.url == OLD


def test_the_page_reads_an_address_as_an_application_does(
    library_channel: Channel, anna: Actor, anna_user: User, signed_in: SignIn
) -> None:
    page = reverse("channel-rename", args=[library_channel.pk])
    annas = signed_in(anna_user)
    assert OLD in annas.get(page).content.decode()

    elsewhere = annas.post(page, {"url": "https://bsky.app.evil.example/profile/x"})
    assert elsewhere.status_code == 422
    assert not CardChange.objects.exists()
    told = {"url": "https://bsky.app/profile/Bibblan.test/post/1?ref=x"}
    assert annas.post(page, told).status_code == 302

    assert CardChange.objects.get().wanted == NEW


def test_only_who_changes_the_card_renames_the_account(
    library_channel: Channel, david: Actor, david_user: User, signed_in: SignIn
) -> None:
    page = reverse("channel-rename", args=[library_channel.pk])

    assert signed_in(david_user).post(page, NEW).status_code in (403, 404)
    assert not CardChange.objects.exists()


def test_the_office_sees_both_names_in_words(
    library_channel: Channel,
    anna: Actor,
    kim_user: User,
    signed_in: SignIn,
    monday: datetime,
) -> None:
    changing.edit_card(library_channel, NEW, actor=anna, at=monday)

    page = signed_in(kim_user).get(reverse("card-changes"))

    [waiting] = page.context["rows"]
    assert {(d.before, d.after) for d in waiting.differences} == {
        ("biblioteket.test", "bibblan.test"),
        (OLD, URL),
    }
    assert not {d.label for d in waiting.differences} & {"handle", "url"}
