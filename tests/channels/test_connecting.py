"""To connect a channel: tested at once, kept sealed, refused in words."""

from collections.abc import Callable

import httpx
import pytest
from django.test import Client

from tests.channels.conftest import SignIn
from tests.platforms.wire import Handler, Wire, answer, failing
from uppsikt.channels import actions, connecting
from uppsikt.channels.models import Channel, Connection
from uppsikt.governance import actors
from uppsikt.governance.models import User
from uppsikt.records.models import Entry

SECRET = "abcd-efgh-ijkl-mnop"
TOLD = {"identifier": "biblioteket.test", "app_password": SECRET, "server": ""}
Plug = Callable[[httpx.Client], None]


@pytest.fixture
def plug(monkeypatch: pytest.MonkeyPatch) -> Plug:
    """Return a function that puts a made-up platform at the other end of the line."""

    def put(client: httpx.Client) -> None:
        monkeypatch.setattr(connecting, "client", lambda allowed: client)

    return put


@pytest.fixture
def anna_client(signed_in: SignIn, anna_user: User) -> Client:
    return signed_in(anna_user)


def bluesky(handle: str) -> httpx.Client:
    """Return a client to a Bluesky where the account is called `handle`."""
    wire = Wire("bluesky")
    profile = {"did": "did:plc:bib", "handle": handle, "displayName": "Bib"}
    wire.answers["getProfile"] = lambda request: answer(200, profile)
    return wire.client


def connect(client: Client, channel: Channel, told: dict[str, str]) -> str:
    """Return what is said of a connection that is refused."""
    shown = client.post(f"/kanal/{channel.pk}/anslut/", told)
    assert shown.status_code == 422
    assert not Connection.objects.exists()
    assert SECRET not in shown.content.decode()
    errors = shown.context["connect"].errors
    return " ".join(str(e) for said in errors.values() for e in said)


def test_the_form_asks_for_what_the_connector_needs_and_hides_the_secret(
    anna_client: Client, library_channel: Channel
) -> None:
    form = anna_client.get(f"/kanal/{library_channel.pk}/").context["connect"]

    assert list(form.fields) == ["identifier", "app_password", "server"]
    assert 'type="password"' in str(form["app_password"])
    assert form.fields["app_password"].help_text
    assert form.fields["server"].initial == "https://bsky.social"
    assert not form.fields["server"].required


def test_credentials_that_hold_are_kept_sealed(
    anna_client: Client, library_channel: Channel, plug: Plug, anna_user: User
) -> None:
    plug(bluesky("biblioteket.test"))

    done = anna_client.post(f"/kanal/{library_channel.pk}/anslut/", TOLD)

    assert done.status_code == 302
    kept = Connection.objects.get()
    assert kept.tested_by == anna_user
    assert SECRET.encode() not in bytes(kept.credentials)
    library_channel.refresh_from_db()
    assert library_channel.remote_id == "did:plc:bib"
    assert Entry.objects.filter(act="channel.connect").count() == 1
    shown = anna_client.get(f"/kanal/{library_channel.pk}/").content.decode()
    assert SECRET not in shown


def test_another_account_is_refused_by_name(
    anna_client: Client, library_channel: Channel, plug: Plug
) -> None:
    plug(bluesky("biblioteket-i-byn.test"))
    said = connect(anna_client, library_channel, TOLD)
    assert "biblioteket-i-byn.test" in said


def _slow(request: httpx.Request) -> httpx.Response:
    raise httpx.ReadTimeout("slow", request=request)


def _status(code: int, **headers: str) -> Handler:
    body = {"error": "Nope", "message": f"not with {SECRET}"}
    return lambda request: answer(code, body, **headers)


@pytest.mark.parametrize(
    ("fault", "msgid"),
    [
        (_status(401), "The platform does not accept the credentials. Connect"),
        (
            _status(429, **{"Retry-After": "30"}),
            "The platform asks us to wait before we go on.",
        ),
        (_status(500), "The platform has a fault of its own just now."),
        (_slow, "The platform did not answer in time."),
        (lambda request: httpx.Response(200, text='{"did": '), "The platform answered"),
    ],
)
def test_a_platform_that_says_no_or_nothing_is_told_in_words(
    anna_client: Client,
    library_channel: Channel,
    plug: Plug,
    monkeypatch: pytest.MonkeyPatch,
    fault: Handler,
    msgid: str,
) -> None:
    plug(failing(fault))
    # The sentence before it is put into Swedish.
    monkeypatch.setattr("uppsikt.channels.views._", lambda text: text)
    assert connect(anna_client, library_channel, TOLD).startswith(msgid)


@pytest.mark.parametrize(
    "told",
    [
        {"app_password": "the-account's-own-password"},
        {"app_password": ""},
        {"identifier": ""},
        {"identifier": "x" * 3000},
        {"server": "javascript:alert(1)"},
    ],
)
def test_what_is_no_credential_never_reaches_the_platform(
    anna_client: Client, library_channel: Channel, plug: Plug, told: dict[str, str]
) -> None:
    wire = Wire("bluesky")
    plug(wire.client)
    assert connect(anna_client, library_channel, {**TOLD, **told})
    assert not wire.asked


def test_a_manager_without_the_card_cannot_connect(
    signed_in: SignIn, library_channel: Channel, rut_user: User
) -> None:
    rut = signed_in(rut_user)
    shown = rut.get(f"/kanal/{library_channel.pk}/")
    assert shown.context["connect_refused"] is not None
    assert rut.post(f"/kanal/{library_channel.pk}/anslut/", TOLD).status_code == 403
    gone = rut.post(f"/kanal/{library_channel.pk}/koppla-ifran/")
    assert gone.status_code == 403


@pytest.fixture
def connected(anna_client: Client, library_channel: Channel, plug: Plug) -> Channel:
    plug(bluesky("biblioteket.test"))
    anna_client.post(f"/kanal/{library_channel.pk}/anslut/", TOLD)
    return library_channel


def test_a_connection_is_removed(anna_client: Client, connected: Channel) -> None:
    anna_client.post(f"/kanal/{connected.pk}/koppla-ifran/")

    assert not Connection.objects.exists()
    assert Entry.objects.filter(act="channel.disconnect").count() == 1
    assert anna_client.get(f"/kanal/{connected.pk}/").context["connection"] is None


def test_a_closed_channel_keeps_no_credentials(
    connected: Channel, bengt_user: User
) -> None:
    now = Connection.objects.get().tested_at
    bengt = actors.of(bengt_user, at=now)
    actions.close(connected, why="Slås ihop", actor=bengt, at=now)
    assert not Connection.objects.exists()


def test_a_problem_stands_on_the_card_in_words(
    anna_client: Client, connected: Channel
) -> None:
    Connection.objects.update(problem="Plattformen svarade inte i tid.")
    shown = anna_client.get(f"/kanal/{connected.pk}/").content.decode()
    assert "Plattformen svarade inte i tid." in shown


def test_a_platform_without_a_connector_says_so(
    anna_client: Client, library_channel: Channel
) -> None:
    Channel.objects.update(site="linkedin")
    shown = anna_client.get(f"/kanal/{library_channel.pk}/")
    assert shown.context["connects"] is False
    refused = anna_client.post(f"/kanal/{library_channel.pk}/anslut/", {})
    assert refused.status_code == 422
