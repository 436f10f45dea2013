"""What must hold for every connector, with captured answers and with faults."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from pydantic import SecretStr, ValidationError

from tests.platforms.wire import NOW, Wire, answer, failing
from uppsikt.platforms import (
    PLATFORMS,
    Can,
    CannotDo,
    Platform,
    PlatformError,
    ReportCategory,
)

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
SECRET = "abcd-efgh-ijkl-mnop"
CREDENTIALS: dict[str, dict[str, Any]] = {
    "bluesky": {
        "identifier": "kommunen.test",
        "app_password": SecretStr(SECRET),
        "server": "https://bsky.example",
    },
    "manual": {},
}
THEIRS = "at://did:plc:medborgarmedborgarmedbor/app.bsky.feed.post/3aaaaaaaareply"
OURS = "at://did:plc:kommunkommunkommunkommun/app.bsky.feed.post/3aaaaaaaaapost"


class Above:
    remote_id = THEIRS
    root_id = OURS


CALLS: dict[Can, Callable[[Platform], Any]] = {
    Can.READ: lambda p: list(p.read(None, LONG_AGO)),
    Can.PROFILE: lambda p: p.profile(),
    Can.LOOK: lambda p: p.look(THEIRS),
    Can.FIND: lambda p: p.find("key"),
    Can.REPLY: lambda p: p.reply(Above(), "Hej", "key"),
    Can.PUBLISH: lambda p: p.publish("Hej", "key"),
    Can.HIDE: lambda p: p.hide(THEIRS, OURS),
    Can.UNHIDE: lambda p: p.unhide(THEIRS, OURS),
    Can.DELETE: lambda p: p.delete(OURS),
    Can.REPORT: lambda p: p.report(THEIRS, "Reklam", ReportCategory.SPAM),
}
ABLE = [(name, can) for name, p in PLATFORMS.items() for can in sorted(p.can)]
UNABLE = [(n, can) for n, p in PLATFORMS.items() for can in Can if can not in p.can]


def connector(name: str, http: httpx.Client) -> Platform:
    kind = PLATFORMS[name]
    return kind(http, kind.Credentials(**CREDENTIALS[name]))


def failure(
    name: str, can: Can, handler: Callable[..., httpx.Response]
) -> PlatformError:
    """Return the error that a platform which does `handler` gives."""
    with pytest.raises(PlatformError) as raised:
        CALLS[can](connector(name, failing(handler)))
    return raised.value


def test_every_ability_is_called_by_this_suite() -> None:
    assert set(CALLS) == set(Can)
    assert set(CREDENTIALS) == set(PLATFORMS)


@pytest.mark.parametrize(("name", "can"), ABLE)
def test_what_it_says_it_can_do_it_does(name: str, can: Can) -> None:
    CALLS[can](connector(name, Wire(name).client))


@pytest.mark.parametrize("name", PLATFORMS)
def test_who_can_write_can_find_what_was_written(name: str) -> None:
    able = PLATFORMS[name].can
    assert Can.FIND in able or not able & {Can.REPLY, Can.PUBLISH}


@pytest.mark.parametrize(("name", "can"), UNABLE)
def test_what_it_cannot_do_it_says_in_words(name: str, can: Can) -> None:
    with pytest.raises(CannotDo, match="Do it at the platform") as refused:
        CALLS[can](connector(name, Wire(name).client))

    assert refused.value.permanent


@pytest.mark.parametrize(("name", "can"), ABLE)
def test_refused_credentials_are_permanent_and_never_shown(name: str, can: Can) -> None:
    words = f"{SECRET} is not your password"
    error = failure(name, can, lambda _: answer(401, {"message": words}))

    assert error.permanent
    assert SECRET not in str(error)
    assert SECRET not in repr(error)


@pytest.mark.parametrize(("name", "can"), ABLE)
@pytest.mark.parametrize("status", [403, 404, 410, 422])
def test_a_refusal_is_permanent_and_its_reason_shows_no_secret(
    name: str, can: Can, status: int
) -> None:
    body = {"error": "No", "message": f"not with {SECRET}"}
    error = failure(name, can, lambda _: answer(status, body))

    assert error.permanent
    assert SECRET not in str(error)


@pytest.mark.parametrize(("name", "can"), ABLE)
@pytest.mark.parametrize(
    "headers",
    [
        {"Retry-After": "90"},
        {"Retry-After": "Sun, 22 Nov 2026 14:11:47 GMT"},
        {"RateLimit-Remaining": "0", "RateLimit-Reset": "1795356707"},
    ],
)
def test_too_many_calls_pass_and_tell_how_long_to_wait(
    name: str, can: Can, headers: dict[str, str]
) -> None:
    error = failure(name, can, lambda _: answer(429, {}, **headers))

    assert not error.permanent
    assert error.retry_after == timedelta(seconds=90)


@pytest.mark.parametrize(("name", "can"), ABLE)
@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_fault_at_the_platform_passes(name: str, can: Can, status: int) -> None:
    assert not failure(name, can, lambda _: httpx.Response(status)).permanent


@pytest.mark.parametrize(("name", "can"), ABLE)
@pytest.mark.parametrize(
    "fault",
    [httpx.ReadTimeout, httpx.ConnectTimeout, httpx.ConnectError, httpx.ReadError],
)
def test_silence_passes(name: str, can: Can, fault: type[httpx.TransportError]) -> None:
    def silent(request: httpx.Request) -> httpx.Response:
        raise fault("no answer", request=request)

    assert not failure(name, can, silent).permanent


@pytest.mark.parametrize(("name", "can"), ABLE)
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b'{"did": "did:plc:abc", "accessJ',
        b"<html>Sorry</html>",
        b"[]",
        b"null",
        b'{"did": 5}',
        b'{"a": "\xff"}',
        b"[" * 100_000,
    ],
    ids=["nothing", "half", "html", "list", "null", "types", "bytes", "deep"],
)
def test_an_answer_that_makes_no_sense_passes(name: str, can: Can, body: bytes) -> None:
    def garbled(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=body, headers={"Date": NOW})

    assert not failure(name, can, garbled).permanent


@pytest.mark.parametrize("name", PLATFORMS)
def test_secrets_show_neither_in_print_nor_in_an_error(name: str) -> None:
    kind = PLATFORMS[name]

    assert SECRET not in repr(kind.Credentials(**CREDENTIALS[name]))
    with pytest.raises(ValidationError) as refused:
        kind.Credentials(**{**CREDENTIALS[name], "hemligt": SECRET})
    assert SECRET not in str(refused.value)


@pytest.mark.parametrize("name", PLATFORMS)
def test_each_field_of_the_credentials_has_words_for_the_form(name: str) -> None:
    for field in PLATFORMS[name].Credentials.model_fields.values():
        assert field.title
        assert field.description


@pytest.mark.parametrize("name", PLATFORMS)
def test_it_says_who_it_is_and_what_hiding_means(name: str) -> None:
    kind = PLATFORMS[name]

    assert kind.name == name
    assert kind.label
    assert kind.max_length > 0
    assert kind.hides_truthfully.endswith(".")


def test_a_connector_that_boasts_is_refused() -> None:
    with pytest.raises(TypeError, match="Boaster"):
        type("Boaster", (Platform,), {"can": frozenset({Can.HIDE})})


def test_a_connector_that_hides_a_method_is_refused() -> None:
    body = {"can": frozenset(), "delete": lambda self, remote_id: None}

    with pytest.raises(TypeError, match="Hider"):
        type("Hider", (Platform,), body)
