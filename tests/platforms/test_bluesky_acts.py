"""Bluesky by captured answers: answers, the gate of a thread, the session."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr, ValidationError

from tests.platforms.bluesky_cast import ADS, ME, POST, REPLY, THEM, credentials
from tests.platforms.wire import Wire, answer, captured, patient
from uppsikt.platforms import (
    Bluesky,
    PlatformError,
)
from uppsikt.platforms.bluesky_posts import link_facets, record_key


class Above:
    remote_id = REPLY
    root_id = POST


# Writing


def written(request: httpx.Request) -> httpx.Response:
    body = json.loads(request.content)
    uri = f"at://{body['repo']}/{body['collection']}/{body['rkey']}"
    return answer(200, {"uri": uri, "cid": "bafynew"})


def test_an_answer_says_what_it_answers_and_is_dated_by_the_platform(
    wire: Wire, bluesky: Bluesky
) -> None:
    wire.answers["getRecord"] = "getRecord.none"
    wire.answers["putRecord"] = written

    sent = bluesky.reply(Above(), "På måndag, se https://a.example/å.", "key-1")

    (body,) = wire.sent("putRecord")
    record = body["record"]
    assert record["reply"]["root"]["uri"] == POST
    assert record["reply"]["parent"]["uri"] == REPLY
    assert record["createdAt"] == "2026-11-22T14:10:17.000Z"
    assert record["langs"] == ["sv"]
    assert body["swapRecord"] is None
    assert sent.remote_id.endswith(body["rkey"])


def test_an_answer_that_stands_already_is_not_written_again(
    wire: Wire, bluesky: Bluesky
) -> None:
    there = {"uri": f"at://{ME}/app.bsky.feed.post/3k", "cid": "bafy", "value": {}}
    wire.answers["getRecord"] = lambda _: answer(200, there)

    assert bluesky.reply(Above(), "Hej", "key-1").remote_id == there["uri"]
    assert wire.count("putRecord") == 0


def test_two_workers_that_answer_at_once_write_one_answer(
    wire: Wire, bluesky: Bluesky
) -> None:
    wire.answers["getRecord"] = ["getRecord.none", "getRecord"]
    wire.answers["putRecord"] = "putRecord.swapped"

    assert bluesky.publish("Hej", "key-1").remote_id


def test_an_answer_to_what_is_gone_is_refused_for_good(
    wire: Wire, bluesky: Bluesky
) -> None:
    wire.answers["getRecord"] = "getRecord.none"
    wire.answers["getPosts"] = lambda _: answer(200, {"posts": []})

    with pytest.raises(PlatformError, match="no longer") as refused:
        bluesky.reply(Above(), "Hej", "key-1")

    assert refused.value.permanent
    assert wire.count("putRecord") == 0


def test_a_change_of_the_gate_by_somebody_else_is_not_lost(
    wire: Wire, bluesky: Bluesky
) -> None:
    gate = captured("bluesky", "getRecord")["body"]
    other = f"at://{THEM}/app.bsky.feed.post/3other"
    changed = {**gate, "cid": "bafytwo"}
    changed["value"] = {**gate["value"], "hiddenReplies": [other], "allow": []}
    reads = iter(["getRecord.none", changed])

    def read(_: httpx.Request) -> httpx.Response:
        now = next(reads)
        if now == "getRecord.none":
            return answer(400, {"error": "RecordNotFound"})
        return answer(200, now)

    writes = iter([captured("bluesky", "putRecord.swapped"), None])

    def write(request: httpx.Request) -> httpx.Response:
        refused = next(writes)
        return (
            answer(refused["status"], refused["body"]) if refused else written(request)
        )

    wire.answers |= {"getRecord": read, "putRecord": write}
    bluesky.hide(ADS, POST)

    first, second = wire.sent("putRecord")
    assert first["swapRecord"] is None
    assert "allow" not in first["record"]
    assert second["swapRecord"] == "bafytwo"
    assert second["record"]["hiddenReplies"] == [other, ADS]
    assert second["record"]["allow"] == []


def test_a_gate_that_never_stands_still_is_tried_again_later(
    wire: Wire, bluesky: Bluesky
) -> None:
    wire.answers["getRecord"] = "getRecord.none"
    wire.answers["putRecord"] = "putRecord.swapped"

    with pytest.raises(PlatformError, match="same moment") as refused:
        bluesky.hide(ADS, POST)

    assert not refused.value.permanent


def test_hiding_what_is_hidden_and_showing_what_is_shown_write_nothing(
    wire: Wire, bluesky: Bluesky
) -> None:
    bluesky.hide(ADS, POST)
    bluesky.unhide(REPLY, POST)
    wire.answers["getRecord"] = "getRecord.none"
    bluesky.unhide(REPLY, POST)

    assert wire.count("putRecord") == 0


def test_the_three_hundred_and_first_hidden_answer_is_refused_in_words(
    wire: Wire, bluesky: Bluesky
) -> None:
    gate = captured("bluesky", "getRecord")["body"]
    full = [f"at://{THEM}/app.bsky.feed.post/3{n}" for n in range(300)]
    gate["value"]["hiddenReplies"] = full
    wire.answers["getRecord"] = lambda _: answer(200, gate)

    with pytest.raises(PlatformError, match="at most 300") as refused:
        bluesky.hide(ADS, POST)

    assert refused.value.permanent


# The session


def test_an_old_session_is_renewed_once_and_the_call_made_again(
    wire: Wire, bluesky: Bluesky
) -> None:
    wire.answers["getProfile"] = ["getProfile.old_token", "getProfile"]

    assert bluesky.profile().display_name == "Exempelby kommun"
    assert wire.count("refreshSession") == 1
    assert wire.count("createSession") == 1


def test_a_session_that_cannot_be_renewed_is_begun_anew(
    wire: Wire, bluesky: Bluesky
) -> None:
    wire.answers["getProfile"] = ["getProfile.old_token", "getProfile"]
    wire.answers["refreshSession"] = lambda _: answer(400, {"error": "ExpiredToken"})

    assert bluesky.profile().handle == "kommunen.test"
    assert wire.count("createSession") == 2


def test_a_session_that_stays_old_ends_in_an_error(
    wire: Wire, bluesky: Bluesky
) -> None:
    wire.answers["getProfile"] = "getProfile.old_token"

    with pytest.raises(PlatformError):
        bluesky.profile()
    assert wire.count("getProfile") == 2


def test_calls_go_to_where_the_accounts_data_lie(wire: Wire) -> None:
    elsewhere = Bluesky(wire.client, credentials(server="https://entry.example/"))

    elsewhere.profile()

    assert [r.url.host for r in wire.asked] == ["entry.example", "bsky.example"]


@pytest.mark.parametrize("home", ["https://a.example:x", "https://a.example\x00"])
def test_a_home_that_is_no_web_address_passes(
    wire: Wire, bluesky: Bluesky, home: str
) -> None:
    session = captured("bluesky", "createSession")["body"]
    session["didDoc"]["service"][0]["serviceEndpoint"] = home
    wire.answers["createSession"] = lambda _: answer(200, session)

    with pytest.raises(PlatformError) as raised:
        bluesky.profile()
    assert not raised.value.permanent


# Credentials


@pytest.mark.parametrize("password", ["Sommar2026!", "abcd-efgh-ijkl", ""])
def test_the_password_of_the_account_itself_is_refused(password: str) -> None:
    with pytest.raises(ValidationError, match="looks like") as refused:
        credentials(app_password=SecretStr(password))

    assert not password or password not in str(refused.value)


def test_the_account_name_is_taken_as_people_write_it() -> None:
    assert credentials(identifier=" @Kommunen.Test ").identifier == "kommunen.test"


@pytest.mark.parametrize("server", ["ftp://a.example", "https://a.example/x?y", "a"])
def test_a_server_that_is_no_web_address_is_refused(server: str) -> None:
    with pytest.raises(ValidationError):
        credentials(server=server)


# Keys and links


@patient
@given(st.text(), st.text())
def test_a_key_gives_one_record_key_in_the_past_and_its_own(one: str, two: str) -> None:
    made = record_key(one)

    assert record_key(one) == made
    assert (record_key(two) == made) is (one == two)
    assert len(made) == 13
    number = 0
    for letter in made:
        number = number * 32 + "234567abcdefghijklmnopqrstuvwxyz".index(letter)
    moment = datetime.fromtimestamp((number >> 10) / 1_000_000, UTC)
    begins = datetime(2024, 1, 1, tzinfo=UTC)
    assert begins <= moment < begins + timedelta(days=366)


@patient
@given(st.text(), st.text())
def test_a_links_place_is_counted_in_bytes(before: str, after: str) -> None:
    text = f"{before} https://exempelby.example/bad, {after}"
    encoded = text.encode("utf-8", "surrogatepass")

    facets: list[Any] = link_facets(text)

    for facet in facets:
        start, end = facet["index"]["byteStart"], facet["index"]["byteEnd"]
        assert encoded[start:end].decode() == facet["features"][0]["uri"]
    uris = [f["features"][0]["uri"] for f in facets]
    assert "https://exempelby.example/bad" in uris
