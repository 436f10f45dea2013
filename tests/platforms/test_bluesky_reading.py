"""Bluesky by captured answers: what is read, and what a look tells."""

import json
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from tests.platforms.bluesky_cast import ADS, ME, POST, REPLY, THEM, view
from tests.platforms.wire import Wire, answer, captured
from uppsikt.platforms import (
    Batch,
    Bluesky,
    ItemKind,
    PlatformError,
    PlatformItem,
    SeenState,
)
from uppsikt.platforms.bluesky_posts import item

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def items(batches: list[Batch]) -> dict[str, PlatformItem]:
    return {i.remote_id: i for b in batches for i in b.items}


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


# Missing


def listed(*stand: str, status: int = 200) -> Any:
    """Answer getPosts with those of the posts that are asked for and `stand`."""

    def handler(request: httpx.Request) -> httpx.Response:
        asked = request.url.params.get_list("uris")
        posts = [{**view(), "uri": uri} for uri in asked if uri in stand]
        return answer(status, {"posts": posts})

    return handler


def test_what_is_asked_for_and_not_there_is_missing(
    wire: Wire, bluesky: Bluesky
) -> None:
    wire.answers["getPosts"] = listed(REPLY)
    wire.answers["getPostThread"] = "getPostThread.gone"

    assert bluesky.missing([REPLY, ADS]) == (ADS,)
    assert wire.count("getPosts") == 1
    assert wire.count("getPostThread") == 1


def test_a_post_whose_author_blocks_us_is_not_missing(
    wire: Wire, bluesky: Bluesky
) -> None:
    blocked = {"$type": "app.bsky.feed.defs#blockedPost", "uri": ADS, "blocked": True}
    wire.answers["getPosts"] = listed()
    wire.answers["getPostThread"] = lambda _: answer(200, {"thread": blocked})

    assert bluesky.missing([ADS]) == ()


def test_the_many_that_stand_are_asked_for_in_lots_of_25(
    wire: Wire, bluesky: Bluesky
) -> None:
    names = [f"{REPLY}{n}" for n in range(50)]
    wire.answers["getPosts"] = listed(*names)

    assert bluesky.missing([*names, "by-hand:1"]) == ()
    assert wire.count("getPosts") == 2
    assert wire.count("getPostThread") == 0


def test_a_fault_while_looking_up_calls_nothing_missing(
    wire: Wire, bluesky: Bluesky
) -> None:
    wire.answers["getPosts"] = listed(status=502)

    with pytest.raises(PlatformError):
        bluesky.missing([ADS])


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
