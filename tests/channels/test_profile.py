"""A profile is read, compared with what is demanded, and a change of it is seen."""

from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO

import httpx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image
from pytest_django import Settings

from tests.conftest import MONDAY, SignedIn
from uppsikt.channels import (
    connecting,
    profile,
    profile_acts,
    profile_work,
    proving,
    staffing,
)
from uppsikt.channels.models import Channel, ProfileReading, ProfileTurn
from uppsikt.channels.profile_acts import Told
from uppsikt.governance import actors, moves
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Observation, User
from uppsikt.platforms import PlatformError, proof
from uppsikt.platforms.profile_fields import Text
from uppsikt.platforms.proof import Method
from uppsikt.policy import facts as f
from uppsikt.policy.roles import Role
from uppsikt.records import media
from uppsikt.records.models import Entry

DAY = timedelta(days=1)
ALL = frozenset(Text)


@pytest.fixture
def proposed(library_channel: Channel, monday: datetime) -> dict[str, str]:
    """Return the profile as it should be, by the connector's names."""
    wanted = profile.wanted(library_channel, at=monday)
    return {one.field.read_as: one.text for one in wanted.fitted}


@pytest.fixture
def anna_client(
    library_channel: Channel, anna_user: User, signed_in: SignedIn
) -> Client:
    return signed_in(anna_user)


@pytest.fixture
def picture() -> bytes:
    file = BytesIO()
    Image.new("RGB", (40, 20), "white").save(file, "PNG")
    return file.getvalue()


def seen(channel: Channel, fact: f.Fact, at: datetime) -> object:
    found = channel.facts(at).get(fact, at)
    return found.value if found else None


def told(channel: Channel, picture: bytes, *texts: Text, **more: str) -> Told:
    version = profile_acts.version(profile.wanted(channel, at=MONDAY))
    return Told(frozenset(texts), version, picture, **more)


def test_a_profile_as_proposed_tells_everything(
    library_channel: Channel, proposed: dict[str, str], anna: Actor, monday: datetime
) -> None:
    reading = profile_acts.keep(library_channel, proposed, actor=anna, at=monday)

    assert seen(library_channel, f.SENDER_STATED, monday) is True
    assert reading.rules_seen
    assert reading.rules_seen == seen(library_channel, f.RULES_SHOWN, monday)
    assert Entry.objects.filter(act="profile.read").count() == 1


def test_before_anybody_has_looked_nothing_is_known(
    library_channel: Channel, proposed: dict[str, str], anna: Actor, monday: datetime
) -> None:
    profile_acts.keep(library_channel, proposed, actor=anna, at=monday)

    assert seen(library_channel, f.SENDER_STATED, monday - DAY) is None


def test_an_unchanged_profile_is_no_finding_and_a_changed_one_is(
    library_channel: Channel, proposed: dict[str, str], anna: Actor, monday: datetime
) -> None:
    profile_acts.keep(library_channel, proposed, actor=anna, at=monday)
    profile_acts.keep(library_channel, proposed, actor=anna, at=monday + DAY)
    assert seen(library_channel, f.PROFILE_CHANGED, monday + DAY) == ()

    other = {**proposed, "display_name": "Köp kryptovaluta"}
    profile_acts.keep(library_channel, other, actor=anna, at=monday + 2 * DAY)
    profile_acts.keep(library_channel, other, actor=anna, at=monday + 3 * DAY)

    later = monday + 3 * DAY
    assert seen(library_channel, f.PROFILE_CHANGED, later) == ("display_name",)
    assert seen(library_channel, f.PROFILE_CHANGED, monday + DAY) == ()


def test_who_owns_to_a_change_ends_the_finding_from_then_on(
    library_channel: Channel, proposed: dict[str, str], anna: Actor, monday: datetime
) -> None:
    profile_acts.keep(library_channel, proposed, actor=anna, at=monday)
    other = {**proposed, "display_name": "Bibblan, Exempelby kommun"}
    profile_acts.keep(library_channel, other, actor=anna, at=monday + DAY)

    profile_acts.own_to(library_channel, actor=anna, at=monday + 2 * DAY)
    profile_acts.keep(library_channel, other, actor=anna, at=monday + 3 * DAY)

    assert seen(library_channel, f.PROFILE_CHANGED, monday + DAY) == ("display_name",)
    assert seen(library_channel, f.PROFILE_CHANGED, monday + 2 * DAY) == ()
    assert seen(library_channel, f.PROFILE_CHANGED, monday + 3 * DAY) == ()
    assert Entry.objects.filter(act="profile.own_to").count() == 1


def test_a_change_to_what_should_stand_there_surprises_nobody(
    library_channel: Channel, proposed: dict[str, str], anna: Actor, monday: datetime
) -> None:
    empty = dict.fromkeys(proposed, "")
    profile_acts.keep(library_channel, empty, actor=anna, at=monday)
    profile_acts.keep(library_channel, proposed, actor=anna, at=monday + DAY)

    assert seen(library_channel, f.PROFILE_CHANGED, monday + DAY) == ()


def test_what_a_person_saw_in_a_pinned_post_counts_beside_the_platforms_answer(
    library_channel: Channel,
    proposed: dict[str, str],
    picture: bytes,
    anna: Actor,
    monday: datetime,
) -> None:
    empty = dict.fromkeys(proposed, "")
    saw = told(library_channel, picture, Text.RULES, place="Fäst inlägg")
    profile_acts.attest(library_channel, saw, actor=anna, at=monday)
    profile_acts.keep(library_channel, empty, actor=anna, at=monday + DAY)

    assert seen(library_channel, f.RULES_SHOWN, monday + DAY)
    assert seen(library_channel, f.CONTACT_SHOWN, monday + DAY) == ""
    assert seen(library_channel, f.SENDER_STATED, monday + DAY) is False


def test_a_person_shows_a_picture_and_not_something_else(
    library_channel: Channel, picture: bytes, anna: Actor, monday: datetime
) -> None:
    for data, refusal in (
        (b"", profile_acts.NoPicture),
        (b"%PDF-1.7 %%EOF", media.NotWhatItSays),
        (picture[:40], media.NotWhatItSays),
    ):
        with pytest.raises(refusal):
            profile_acts.attest(
                library_channel,
                told(library_channel, data, *ALL),
                actor=anna,
                at=monday,
            )
    assert not ProfileReading.objects.exists()


def test_what_was_seen_before_the_text_changed_is_not_said_of_the_new_text(
    library_channel: Channel, picture: bytes, anna: Actor, monday: datetime
) -> None:
    saw = told(library_channel, picture, *ALL)
    library_channel.contact = "nytt@exempelby.example"

    with pytest.raises(profile_acts.AnotherText):
        profile_acts.attest(library_channel, saw, actor=anna, at=monday)


def test_an_outsider_says_nothing_of_the_profile(
    library_channel: Channel, picture: bytes, david: Actor, monday: datetime
) -> None:
    saw = told(library_channel, picture, *ALL)
    with pytest.raises(moves.NotYours):
        profile_acts.attest(library_channel, saw, actor=david, at=monday)
    with pytest.raises(moves.NotYours):
        profile_acts.look(library_channel, actor=david, at=monday)
    with pytest.raises(moves.NotYours):
        profile_acts.own_to(library_channel, actor=david, at=monday)


def test_a_channel_without_a_connection_cannot_be_read(
    library_channel: Channel, anna: Actor, monday: datetime
) -> None:
    with pytest.raises(profile_acts.CannotRead):
        profile_acts.look(library_channel, actor=anna, at=monday)


def test_a_new_owner_checks_the_contact_details_anew(
    library_channel: Channel,
    cecilia_user: User,
    bengt: Actor,
    anna: Actor,
    monday: datetime,
) -> None:
    from uppsikt.governance import observations

    observations.attest(
        f.CONTACT_CHECKED, library_channel.node, True, actor=anna, at=monday
    )
    assert seen(library_channel, f.CONTACT_CHECKED, monday) is True

    later = monday + DAY
    staffing.appoint(
        library_channel, cecilia_user, Role.CHANNEL_OWNER, actor=bengt, at=later
    )
    assert seen(library_channel, f.CONTACT_CHECKED, later) is None
    assert seen(library_channel, f.CONTACT_CHECKED, monday) is True


Plug = Callable[[dict[str, str]], list[str]]


@pytest.fixture
def plug(
    library_channel: Channel, anna_user: User, monkeypatch: pytest.MonkeyPatch
) -> Plug:
    """Return a function that connects the channel to a platform that answers so."""

    def connect(answer: dict[str, str]) -> list[str]:
        asked: list[str] = []

        def handle(request: httpx.Request) -> httpx.Response:
            asked.append(request.url.path.rsplit(".", 1)[1])
            body = {"did": "did:plc:bib", "handle": "biblioteket.test"}
            session = {"accessJwt": "a", "refreshJwt": "r"}
            shown = {
                "displayName": answer["display_name"],
                "description": answer["description"],
            }
            return httpx.Response(200, json={**body, **session, **shown})

        def client(**_: object) -> httpx.Client:
            return httpx.Client(transport=httpx.MockTransport(handle))

        monkeypatch.setattr(connecting, "client", client)
        known = {
            "identifier": "biblioteket.test",
            "app_password": "abcd-efgh-ijkl-mnop",
        }
        anna = actors.of(anna_user, at=MONDAY)
        connecting.connect(library_channel, known, actor=anna, at=MONDAY)
        asked.clear()
        return asked

    return connect


def test_the_worker_reads_each_profile_once_a_day(
    library_channel: Channel, proposed: dict[str, str], plug: Plug, monday: datetime
) -> None:
    asked = plug(proposed)

    assert profile_work.read_profiles(monday) == 1
    assert profile_work.read_profiles(monday) == 0
    assert profile_work.read_profiles(monday + DAY) == 1

    assert asked.count("getProfile") == 2
    assert [r.by for r in ProfileReading.objects.all()] == [None, None]
    assert seen(library_channel, f.SENDER_STATED, monday + DAY) is True


def test_a_platform_that_says_no_is_asked_again_later_and_the_reason_shown(
    library_channel: Channel,
    proposed: dict[str, str],
    plug: Plug,
    monday: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plug(proposed)

    def refuse(*_: object, **__: object) -> None:
        raise PlatformError("Nej", permanent=True)

    monkeypatch.setattr(profile_acts, "read", refuse)
    profile_work.read_profiles(monday)

    turn = ProfileTurn.objects.get()
    assert turn.problem == "Nej"
    assert turn.next_try_at == monday + profile_work.AFTER_REFUSAL
    assert not ProfileReading.objects.exists()


def test_without_a_page_of_our_own_nothing_is_proved(
    library_channel: Channel, anna: Actor, monday: datetime
) -> None:
    with pytest.raises(proving.CannotProve):
        proving.look(library_channel, actor=anna, at=monday)


def test_a_proof_is_noted_when_it_is_news_and_shown(
    library_channel: Channel,
    anna_client: Client,
    anna: Actor,
    monday: datetime,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.WEBSITE = "https://exempelby.example"
    found = iter([Method.DOMAIN, Method.DOMAIN, Method.NONE, Method.NONE])
    monkeypatch.setattr(proof, "prove", lambda *_: next(found))

    for day in range(3):
        proving.look(library_channel, actor=anna, at=monday + day * DAY)
    rows = Observation.objects.filter(fact="proved_two_way").order_by("pk")
    assert [row.value for row in rows] == ["domain", ""]
    proving.look(library_channel, actor=anna, at=monday + 40 * DAY)
    assert rows.all().count() == 3

    assert seen(library_channel, f.PROVED_TWO_WAY, monday) == "domain"
    page = anna_client.get(f"/kanal/{library_channel.pk}/profil/").content.decode()
    assert "https://exempelby.example" in page


def test_the_page_shows_what_should_stand_there_and_how_long_it_is(
    library_channel: Channel, proposed: dict[str, str], anna_client: Client
) -> None:
    page = anna_client.get(f"/kanal/{library_channel.pk}/profil/").content.decode()

    assert proposed["description"].splitlines()[0] in page
    assert f"{len(proposed['description'])} " in page
    assert " 256 " in page
    address = f"/kanal/{library_channel.pk}/profil/"
    assert address in anna_client.get(f"/kanal/{library_channel.pk}/").content.decode()


def test_a_person_says_what_stands_there_on_the_page(
    library_channel: Channel, anna_client: Client, picture: bytes
) -> None:
    address = f"/kanal/{library_channel.pk}/profil/"
    form = anna_client.get(address).context["form"]
    given = {"texts": ["sender", "contact"], "version": form["version"].value()}

    wrong = anna_client.post(f"{address}intyga/", {**given, "place": "Under Om"})
    assert wrong.status_code == 422
    assert "Under Om" in wrong.content.decode()
    file = SimpleUploadedFile("p.png", picture, "image/png")
    assert (
        anna_client.post(f"{address}intyga/", {**given, "picture": file})["Location"]
        == address
    )

    reading = ProfileReading.objects.get()
    assert reading.sender_seen
    assert not reading.rules_seen
    shown = anna_client.get(f"{address}bild/{reading.pk}/")
    assert shown.content == picture
    assert "sandbox" in shown["Content-Security-Policy"]


def test_the_rules_cannot_both_stand_there_and_be_impossible(
    library_channel: Channel, anna_client: Client, picture: bytes
) -> None:
    address = f"/kanal/{library_channel.pk}/profil/"
    version = anna_client.get(address).context["form"]["version"].value()
    file = SimpleUploadedFile("p.png", picture, "image/png")
    given = {"texts": ["rules"], "impossible": "Går inte", "version": version}

    answer = anna_client.post(f"{address}intyga/", {**given, "picture": file})

    assert answer.status_code == 422
    assert not ProfileReading.objects.exists()


def test_the_page_asks_as_much_however_often_the_profile_was_read(
    library_channel: Channel,
    proposed: dict[str, str],
    anna: Actor,
    anna_client: Client,
    monday: datetime,
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            anna_client.get(f"/kanal/{library_channel.pk}/profil/")
        return len(queries)

    profile_acts.keep(library_channel, proposed, actor=anna, at=monday)
    asked()
    once = asked()
    for day in range(1, 6):
        profile_acts.keep(library_channel, proposed, actor=anna, at=monday + day * DAY)

    assert asked() == once
