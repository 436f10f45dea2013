"""Bluesky by captured answers: items, sweeps, answers and the gate of a thread."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr, ValidationError

from tests.platforms.wire import Wire, answer, captured, patient
from uppsikt.platforms import (
    Batch,
    Bluesky,
    ItemKind,
    PlatformError,
    PlatformItem,
    SeenState,
)
from uppsikt.platforms.bluesky_posts import item, link_facets, record_key

ME = "did:plc:kommunkommunkommunkommun"
THEM = "did:plc:medborgarmedborgarmedbor"
POST = f"at://{ME}/app.bsky.feed.post/3aaaaaaaaapost"
REPLY = f"at://{THEM}/app.bsky.feed.post/3aaaaaaaareply"
ADS = f"at://{THEM}/app.bsky.feed.post/3aaaaaaaaaads"
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


class Above:
    remote_id = REPLY
    root_id = POST


@pytest.fixture
def wire() -> Wire:
    return Wire("bluesky")


@pytest.fixture
def bluesky(wire: Wire) -> Bluesky:
    return Bluesky(wire.client, credentials())


def credentials(**more: Any) -> Bluesky.Credentials:
    given = {
        "identifier": "kommunen.test",
        "app_password": SecretStr("abcd-efgh-ijkl-mnop"),
        "server": "https://bsky.example",
    }
    return Bluesky.Credentials(**{**given, **more})


def items(batches: list[Batch]) -> dict[str, PlatformItem]:
    return {i.remote_id: i for b in batches for i in b.items}


def view(**more: Any) -> dict[str, Any]:
    """Return the captured reply, with its record changed by `more`."""
    posts = captured("bluesky", "getPosts")["body"]["posts"]
    (post,) = [p for p in posts if p["uri"] == REPLY]
    return {**post, "record": {**post["record"], **more}}


# Reading


def test_everything_that_concerns_the_channel_is_read(bluesky: Bluesky) -> None:
    found = items(list(bluesky.read(None, LONG_AGO)))

    kinds = [i.kind for i in found.values() if not i.own]
    assert {ItemKind.REPLY, ItemKind.MENTION, ItemKind.QUOTE} == set(kinds)
    assert found[POST].own
    assert found[POST].kind is ItemKind.POST
    assert found[REPLY].parent_id == POST
    assert found[REPLY].author.display_name == "Åsa Öberg"
    assert found[REPLY].url == f"https://bsky.app/profile/{THEM}/post/3aaaaaaaareply"


def test_a_colleagues_answer_in_the_app_is_known_as_our_own(bluesky: Bluesky) -> None:
    found = items(list(bluesky.read(None, LONG_AGO)))

    (answered,) = [i for i in found.values() if i.own and i.parent_id == REPLY]
    assert answered.text == "På måndag. /Anna"


def test_what_its_author_took_away_after_our_answer_is_withdrawn(
    bluesky: Bluesky,
) -> None:
    withdrawn = [u for b in bluesky.read(None, LONG_AGO) for u in b.withdrawn]

    assert len(withdrawn) == 1
    assert withdrawn[0].startswith(f"at://{THEM}/")


def test_nothing_older_than_asked_for_is_read(bluesky: Bluesky) -> None:
    tomorrow = datetime(2026, 11, 23, tzinfo=UTC)

    assert items(list(bluesky.read(None, tomorrow))) == {}


def test_the_next_sweep_reads_the_last_two_hours_again_and_no_more(
    bluesky: Bluesky,
) -> None:
    *_, last = bluesky.read(None, LONG_AGO)

    assert json.loads(last.cursor)["since"] == "2026-11-22T12:10:17Z"


def test_a_sweep_that_was_cut_off_goes_on_where_it_was(
    wire: Wire, bluesky: Bluesky
) -> None:
    whole = list(bluesky.read(None, LONG_AGO))
    wire.asked.clear()

    rest = list(bluesky.read(whole[0].cursor, LONG_AGO))

    assert wire.count("listNotifications") == 0
    assert rest == whole[1:]


@pytest.mark.parametrize("broken", ["", "{}", "{", '{"since": 4, "x": 1}', "\x00"])
def test_a_cursor_that_cannot_be_read_starts_over(
    bluesky: Bluesky, broken: str
) -> None:
    assert items(list(bluesky.read(broken, LONG_AGO))).keys() >= {POST, REPLY}


def test_pages_are_followed_until_the_moment_asked_for(
    wire: Wire, bluesky: Bluesky
) -> None:
    notices = captured("bluesky", "listNotifications")["body"]["notifications"]
    old = {**notices[0], "indexedAt": "2019-01-01T00:00:00.000Z"}
    pages = {None: ([notices[0]], "two"), "two": ([notices[1], old], "three")}

    def page(request: httpx.Request) -> httpx.Response:
        found, after = pages[request.url.params.get("cursor")]
        return answer(200, {"notifications": found, "cursor": after})

    wire.answers["listNotifications"] = page
    list(bluesky.read(None, LONG_AGO))

    assert wire.count("listNotifications") == 2


def test_a_platform_that_gives_the_same_page_for_ever_is_left(
    wire: Wire, bluesky: Bluesky
) -> None:
    body = {**captured("bluesky", "listNotifications")["body"], "cursor": "again"}
    wire.answers["listNotifications"] = lambda _: answer(200, body)

    list(bluesky.read(None, LONG_AGO))

    assert wire.count("listNotifications") == 2


def test_a_notice_of_a_like_is_not_an_item(wire: Wire, bluesky: Bluesky) -> None:
    body = captured("bluesky", "listNotifications")["body"]
    likes = [{**n, "reason": "like"} for n in body["notifications"]]
    wire.answers["listNotifications"] = lambda _: answer(200, {"notifications": likes})

    first = next(bluesky.read(None, LONG_AGO))

    assert first.items == ()


# Items


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("å" * 100_000, "å" * 100_000),
        ("a\x00b", "a\ufffdb"),
        ("\u202eevil\u2066", "\u202eevil\u2066"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("🏊‍♀️🇸🇪", "🏊‍♀️🇸🇪"),
        ("", ""),
    ],
    ids=["long", "null", "direction", "markup", "emoji", "empty"],
)
def test_a_text_comes_out_as_written_but_for_null_bytes(
    wire: Wire, bluesky: Bluesky, written: str, read: str
) -> None:
    wire.answers["getPosts"] = lambda _: answer(200, {"posts": [view(text=written)]})

    first = next(bluesky.read(None, LONG_AGO))

    assert first.items[0].text == read


def test_half_a_character_is_replaced_and_can_be_stored(
    wire: Wire, bluesky: Bluesky
) -> None:
    body = json.dumps({"posts": [view(text="a\ud800b")]}).encode()
    wire.answers["getPosts"] = lambda _: httpx.Response(
        200, content=body, headers={"Date": "Sun, 22 Nov 2026 14:10:17 GMT"}
    )

    (found,) = next(bluesky.read(None, LONG_AGO)).items

    assert found.text == "a\ufffdb"
    json.dumps(found.raw, ensure_ascii=False).encode()


SEEN_AT = "2026-11-22T14:10:00.000Z"


@pytest.mark.parametrize(
    ("created", "by", "dated"),
    [
        ("2026-11-22T14:09:00.000Z", THEM, "2026-11-22T14:09:00+00:00"),
        ("2026-11-22T15:09:00+01:00", THEM, "2026-11-22T14:09:00+00:00"),
        ("2030-01-01T00:00:00.000Z", THEM, "2026-11-22T14:10:00+00:00"),
        ("2021-05-01T00:00:00.000Z", THEM, "2026-11-22T14:10:00+00:00"),
        ("2021-05-01T00:00:00.000Z", ME, "2021-05-01T00:00:00+00:00"),
        ("0000-00-00", THEM, "2026-11-22T14:10:00+00:00"),
        ("0001-01-01T00:00:00+14:00", THEM, "2026-11-22T14:10:00+00:00"),
        ("2026-11-22", THEM, "2026-11-22T14:10:00+00:00"),
    ],
)
def test_no_stranger_chooses_the_moment_that_a_clock_starts(
    created: str, by: str, dated: str
) -> None:
    post = {**view(createdAt=created), "indexedAt": SEEN_AT}
    post["author"] = {**post["author"], "did": by}

    assert item(post, ME).published_at.isoformat() == dated


def test_what_hangs_on_a_post_is_listed_with_its_description() -> None:
    image = {"fullsize": "https://cdn.example/1", "alt": "En bassäng", "thumb": "x"}
    film = {"playlist": "https://cdn.example/2", "alt": ""}
    shown: list[dict[str, Any]] = [
        {"images": [image]},
        film,
        {"external": {"uri": "https://a.example/", "title": "Öppettider"}},
        {"media": {"images": [image]}, "record": {}},
    ]

    found = [item({**view(), "embed": e}, ME).media for e in shown]

    assert [(m.kind, m.url, m.alt) for (m,) in found] == [
        ("image", "https://cdn.example/1", "En bassäng"),
        ("video", "https://cdn.example/2", ""),
        ("link", "https://a.example/", "Öppettider"),
        ("image", "https://cdn.example/1", "En bassäng"),
    ]


@pytest.mark.parametrize(
    "wrong", ["https://bsky.app/x", "at://me/x/y", "", f"{POST}/x"]
)
def test_what_is_no_address_of_a_post_is_refused(bluesky: Bluesky, wrong: str) -> None:
    with pytest.raises(PlatformError, match="not the address") as refused:
        bluesky.hide(wrong, POST)

    assert refused.value.permanent


# Looking


def test_a_look_tells_visible_hidden_and_gone(wire: Wire, bluesky: Bluesky) -> None:
    hidden, gate = "getPostThread.hidden", "getPostThread.gate"
    wire.answers["getPostThread"] = [hidden, gate]
    assert bluesky.look(ADS).state is SeenState.HIDDEN

    wire.answers["getPostThread"] = [hidden, "getPostThread"]
    assert bluesky.look(ADS).state is SeenState.VISIBLE

    wire.answers["getPostThread"] = "getPostThread.gone"
    assert bluesky.look(ADS).state is SeenState.GONE


def test_a_post_whose_author_blocks_us_is_not_called_gone(
    wire: Wire, bluesky: Bluesky
) -> None:
    blocked = {"$type": "app.bsky.feed.defs#blockedPost", "uri": ADS, "blocked": True}
    wire.answers["getPostThread"] = lambda _: answer(200, {"thread": blocked})

    assert bluesky.look(ADS).state is SeenState.VISIBLE


def test_a_fault_while_looking_is_never_taken_for_gone(
    wire: Wire, bluesky: Bluesky
) -> None:
    wire.answers["getPostThread"] = lambda _: answer(502, {"error": "UpstreamFailure"})

    with pytest.raises(PlatformError):
        bluesky.look(ADS)


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


@pytest.mark.parametrize("home", ["http://[", "https://a b.example:x"])
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
