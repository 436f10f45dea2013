"""The Bluesky connector against the real server software, on loopback."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from pydantic import SecretStr

from tests.servers.bluesky import Account, BlueskyServer, Post, until
from uppsikt.platforms import (
    ItemKind,
    PlatformError,
    PlatformItem,
    ReportCategory,
    SeenState,
)
from uppsikt.platforms.bluesky import Bluesky
from uppsikt.platforms.http import client

pytestmark = [pytest.mark.servers, pytest.mark.xdist_group("bluesky")]

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass
class Cast:
    """A municipality with a channel, a citizen, and the connector between them."""

    server: BlueskyServer
    kommun: Account
    citizen: Account
    platform: Bluesky

    def read(self) -> dict[str, PlatformItem]:
        """Read everything and return it by remote id."""
        batches = self.platform.read(None, LONG_AGO)
        return {i.remote_id: i for batch in batches for i in batch.items}

    def received(self, post: Post) -> PlatformItem:
        """Return the item of `post` as soon as reading finds it."""
        return until(lambda: self.read().get(post.uri))

    def state(self, uri: str) -> SeenState:
        return self.platform.look(uri).state

    def becomes(self, uri: str, state: SeenState) -> None:
        until(lambda: self.state(uri) is state)


@pytest.fixture(scope="session")
def http() -> Iterator[httpx.Client]:
    with client(allowed=frozenset({"localhost", "127.0.0.1"})) as http:
        yield http


@pytest.fixture(scope="session")
def connect(bluesky: BlueskyServer, http: httpx.Client) -> Callable[[Account], Bluesky]:
    def connect(account: Account) -> Bluesky:
        credentials = Bluesky.Credentials(
            identifier=account.handle,
            app_password=SecretStr(account.app_password),
            server=bluesky.url,
        )
        return Bluesky(http, credentials)

    return connect


@pytest.fixture(scope="session")
def cast(bluesky: BlueskyServer, connect: Callable[[Account], Bluesky]) -> Cast:
    kommun = bluesky.create_account("kommunen", display_name="Exempelby kommun")
    citizen = bluesky.create_account("medborgare", display_name="Åsa Öberg")
    return Cast(bluesky, kommun, citizen, connect(kommun))


@pytest.fixture(scope="session")
def post(cast: Cast) -> Post:
    return cast.server.post(cast.kommun, "Badhuset är stängt i veckan.")


def test_the_credentials_open_the_account_they_belong_to(cast: Cast) -> None:
    profile = cast.platform.check()

    assert profile.handle == cast.kommun.handle
    assert profile.display_name == "Exempelby kommun"
    assert profile.remote_id == cast.kommun.did


def test_a_wrong_password_is_refused_for_good_and_never_repeated(
    bluesky: BlueskyServer, http: httpx.Client, cast: Cast
) -> None:
    wrong = Bluesky.Credentials(
        identifier=cast.kommun.handle,
        app_password=SecretStr("aaaa-bbbb-cccc-dddd"),
        server=bluesky.url,
    )

    with pytest.raises(PlatformError) as refused:
        Bluesky(http, wrong).check()

    assert refused.value.permanent
    assert "aaaa-bbbb" not in str(refused.value)


def test_a_citizens_reply_arrives_with_its_place_in_the_thread(
    cast: Cast, post: Post
) -> None:
    reply = cast.server.reply(cast.citizen, post.uri, "När öppnar det? 🏊 \u202eabc")

    item = cast.received(reply)

    assert item.text == "När öppnar det? 🏊 \u202eabc"
    assert item.kind is ItemKind.REPLY
    assert (item.parent_id, item.root_id) == (post.uri, post.uri)
    assert item.author.handle == cast.citizen.handle
    assert item.author.display_name == "Åsa Öberg"
    assert not item.own
    assert item.published_at > datetime.now(UTC) - timedelta(hours=1)


def test_our_own_post_and_a_colleagues_answer_in_the_app_are_own(
    cast: Cast, post: Post
) -> None:
    question = cast.server.reply(cast.citizen, post.uri, "Är det öppet i jul?")
    answer = cast.server.reply(cast.kommun, question.uri, "Ja, till klockan 12.")

    assert cast.received(post).own
    found = cast.received(answer)
    assert found.own
    assert found.kind is ItemKind.REPLY
    assert found.parent_id == question.uri


def test_a_mention_and_a_quote_arrive_as_what_they_are(cast: Cast, post: Post) -> None:
    mention = cast.server.mention(cast.citizen, cast.kommun, "hör ni mig?")
    quote = cast.server.quote(cast.citizen, post, "Titta här")

    assert cast.received(mention).kind is ItemKind.MENTION
    assert cast.received(quote).kind is ItemKind.QUOTE


def test_reading_on_from_the_cursor_finds_what_is_new(cast: Cast, post: Post) -> None:
    *_, last = cast.platform.read(None, LONG_AGO)
    reply = cast.server.reply(cast.citizen, post.uri, "Ett tillägg")

    def found() -> bool:
        batches = cast.platform.read(last.cursor, LONG_AGO)
        return any(i.remote_id == reply.uri for b in batches for i in b.items)

    assert until(found)


def test_a_reply_with_an_old_date_is_dated_when_bluesky_saw_it(
    cast: Cast, post: Post
) -> None:
    old = "2021-05-01T12:00:00.000Z"
    ref = {"uri": post.uri, "cid": post.cid}
    where = {"root": ref, "parent": ref}
    reply = cast.server.post(cast.citizen, "Sent", reply=where, createdAt=old)

    assert cast.received(reply).published_at.year > 2021


def test_an_answer_deep_in_our_thread_arrives_without_a_notice(
    cast: Cast, post: Post
) -> None:
    uri = post.uri
    for depth in range(7):
        last = cast.server.reply(cast.citizen, uri, f"Nivå {depth}")
        uri = last.uri

    assert cast.received(last).root_id == post.uri


def test_answering_twice_with_the_same_key_is_one_answer(
    cast: Cast, post: Post, connect: Callable[[Account], Bluesky]
) -> None:
    question = cast.received(cast.server.reply(cast.citizen, post.uri, "Kostar det?"))

    text = "Nej. Läs mer på https://exempelby.example/bad. /Anna"
    first = cast.platform.reply(question, text, "answer-1")
    second = connect(cast.kommun).reply(question, text, "answer-1")

    assert first.remote_id == second.remote_id
    records = cast.server.records(cast.kommun, "app.bsky.feed.post")
    assert [r["value"]["text"] for r in records].count(text) == 1
    until(lambda: cast.server.posts(first.remote_id))
    seen = cast.platform.look(first.remote_id).item
    assert seen is not None
    assert (seen.parent_id, seen.root_id) == (question.remote_id, post.uri)
    assert seen.own


def test_a_post_is_published_once_and_can_be_deleted(cast: Cast) -> None:
    sent = cast.platform.publish("Välkommen till biblioteket", "post-1")
    assert cast.platform.publish("Välkommen till biblioteket", "post-1") == sent
    cast.becomes(sent.remote_id, SeenState.VISIBLE)

    cast.platform.delete(sent.remote_id)
    cast.platform.delete(sent.remote_id)

    cast.becomes(sent.remote_id, SeenState.GONE)


def test_a_hidden_reply_is_read_back_as_hidden_and_can_be_shown_again(
    cast: Cast, post: Post
) -> None:
    reply = cast.server.reply(cast.citizen, post.uri, "Något som ska bort")
    assert cast.state(reply.uri) is SeenState.VISIBLE

    cast.platform.hide(reply.uri, post.uri)
    cast.platform.hide(reply.uri, post.uri)

    cast.becomes(reply.uri, SeenState.HIDDEN)
    assert reply.uri not in [n["uri"] for n in cast.server.thread(post.uri)]
    others = cast.server.thread(post.uri, other=True)
    assert reply.uri in [n["uri"] for n in others]

    cast.platform.unhide(reply.uri, post.uri)
    cast.platform.unhide(reply.uri, post.uri)

    cast.becomes(reply.uri, SeenState.VISIBLE)
    until(lambda: reply.uri in [n["uri"] for n in cast.server.thread(post.uri)])


def test_hiding_keeps_what_somebody_else_hid_and_who_may_answer(
    cast: Cast, connect: Callable[[Account], Bluesky]
) -> None:
    root = cast.server.post(cast.kommun, "Bara de vi följer kan svara")
    first = cast.server.reply(cast.citizen, root.uri, "Ett")
    second = cast.server.reply(cast.citizen, root.uri, "Två")
    gate = {
        "$type": "app.bsky.feed.threadgate",
        "post": root.uri,
        "allow": [{"$type": "app.bsky.feed.threadgate#followingRule"}],
        "hiddenReplies": [first.uri],
        "createdAt": "2026-01-01T00:00:00.000Z",
    }
    body = {"repo": cast.kommun.did, "collection": gate["$type"], "rkey": root.rkey}
    put = "com.atproto.repo.putRecord"
    cast.server.call(put, {**body, "record": gate}, cast.kommun.token)

    connect(cast.kommun).hide(second.uri, root.uri)

    (stands,) = [
        r["value"]
        for r in cast.server.records(cast.kommun, "app.bsky.feed.threadgate")
        if r["value"]["post"] == root.uri
    ]
    assert stands["hiddenReplies"] == [first.uri, second.uri]
    assert stands["allow"] == gate["allow"]


def test_in_anothers_thread_hiding_is_refused_for_good(cast: Cast) -> None:
    root = cast.server.post(cast.citizen, "Min egen tråd")
    reply = cast.server.reply(cast.kommun, root.uri, "Hej")

    with pytest.raises(PlatformError, match="began this thread") as refused:
        cast.platform.hide(reply.uri, root.uri)

    assert refused.value.permanent


def test_deleting_anothers_post_is_refused_for_good(cast: Cast) -> None:
    theirs = cast.server.post(cast.citizen, "Mitt inlägg")

    with pytest.raises(PlatformError) as refused:
        cast.platform.delete(theirs.uri)

    assert refused.value.permanent
    assert cast.state(theirs.uri) is SeenState.VISIBLE


def test_a_reply_that_its_author_deletes_is_seen_as_gone(
    cast: Cast, post: Post
) -> None:
    reply = cast.server.reply(cast.citizen, post.uri, "Jag ångrar mig")
    assert cast.state(reply.uri) is SeenState.VISIBLE

    cast.server.delete(cast.citizen, reply)

    cast.becomes(reply.uri, SeenState.GONE)
    with pytest.raises(PlatformError) as refused:
        cast.platform.thread(reply.uri)
    assert refused.value.permanent


def test_a_deleted_reply_that_others_answered_is_told_as_withdrawn(
    cast: Cast, bluesky: BlueskyServer
) -> None:
    root = bluesky.post(cast.kommun, "Fråga oss")
    asked = bluesky.reply(cast.citizen, root.uri, "En fråga")
    bluesky.reply(cast.kommun, asked.uri, "Ett svar")
    bluesky.delete(cast.citizen, asked)

    def told() -> bool:
        batches = cast.platform.read(None, LONG_AGO)
        return any(asked.uri in b.withdrawn for b in batches)

    seen = cast.platform.look(asked.uri)
    assert seen.state is SeenState.GONE
    assert until(told)


def test_a_question_that_its_author_deletes_before_we_answer_is_missing(
    cast: Cast, post: Post
) -> None:
    stands = cast.server.reply(cast.citizen, post.uri, "En fråga som står kvar")
    asked = cast.server.reply(cast.citizen, post.uri, "En fråga som ångras")
    for reply in (stands, asked):
        cast.received(reply)
    assert cast.platform.missing([stands.uri, asked.uri]) == ()

    cast.server.delete(cast.citizen, asked)

    cast.becomes(asked.uri, SeenState.GONE)
    assert cast.platform.missing([stands.uri, asked.uri]) == (asked.uri,)


def test_what_was_written_with_a_key_is_found_by_it_and_nothing_else_is(
    cast: Cast,
) -> None:
    assert cast.platform.find("find-1") is None

    sent = cast.platform.publish("Biblioteket har öppet", "find-1")

    assert cast.platform.find("find-1") == sent
    assert cast.platform.find("find-2") is None


def test_the_thread_shows_a_comment_among_the_others(cast: Cast) -> None:
    root = cast.server.post(cast.kommun, "En tråd")
    first = cast.server.reply(cast.citizen, root.uri, "Första")
    below = cast.server.reply(cast.kommun, first.uri, "Under första")
    second = cast.server.reply(cast.citizen, root.uri, "Andra")

    def thread() -> list[str]:
        return [i.remote_id for i in cast.platform.thread(first.uri)]

    until(lambda: len(thread()) == 4)
    found = thread()
    assert set(found) == {root.uri, first.uri, below.uri, second.uri}
    assert found.index(root.uri) < found.index(first.uri) < found.index(below.uri)


def test_a_report_gets_the_platforms_number(cast: Cast, post: Post) -> None:
    reply = cast.server.reply(cast.citizen, post.uri, "Köp billiga klockor")

    reference = cast.platform.report(reply.uri, "Reklam", ReportCategory.SPAM)

    assert int(reference) > 0


def test_an_expired_session_renews_itself(
    cast: Cast, connect: Callable[[Account], Bluesky]
) -> None:
    platform = connect(cast.kommun)
    platform.check()
    tokens = platform.xrpc._session()
    broken = {"accessJwt": SecretStr("not.a.token")}
    platform.xrpc._tokens = tokens.model_copy(update=broken)

    assert platform.check().handle == cast.kommun.handle
