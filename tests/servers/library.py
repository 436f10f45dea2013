"""The library's channel on the real Bluesky, connected and visited with a browser."""

import html
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.browser.browsing import Visitor
from tests.browser.town import Town, wait_for
from tests.servers.bluesky import Account, BlueskyServer, Post

PAGE = """<!doctype html><html lang="sv"><meta charset="utf-8"><title>Tråd</title>
<body><article><strong>{author}</strong><p>{text}</p></article></body></html>"""
WALLED = """<!doctype html><html lang="sv"><meta charset="utf-8"><title>Tråd</title>
<style>.wall {{ position: fixed; inset: 0; background: white; z-index: 9 }}</style>
<body><article><strong>{author}</strong><p>{text}</p></article>
<div class="wall">Skaffa ett konto för att se mer.</div></body></html>"""


@dataclass
class Library:
    """A town whose library has a channel with comments on the real server."""

    town: Town
    server: BlueskyServer
    account: Account
    citizen: Account
    root: Post
    comments: dict[str, Post] = field(default_factory=dict)

    def item(self, name: str) -> int:
        """Return the key of a comment in the inbox, once it has come there."""
        uri = self.comments[name].uri
        sql = "SELECT id FROM inbox_item WHERE remote_id = ?"
        return int(wait_for(lambda: self.town.value(sql, uri)))

    def state(self, name: str) -> str:
        """Return where a comment stands in the inbox."""
        sql = "SELECT status FROM inbox_item WHERE remote_id = ?"
        return str(self.town.value(sql, self.comments[name].uri))

    def case(self, name: str) -> int:
        """Return the key of the case about a comment."""
        sql = "SELECT max(id) FROM moderation_case WHERE item_id = ?"
        return int(self.town.value(sql, self.item(name)))

    def standing(self, case: int) -> str:
        """Return where a case stands."""
        return str(
            self.town.value("SELECT status FROM moderation_case WHERE id = ?", case)
        )

    def reach(self, case: int, status: str, *, seconds: float = 60) -> None:
        """Wait until the worker has brought a case there."""
        wait_for(lambda: self.standing(case) == status, seconds=seconds)

    def hidden(self) -> list[str]:
        """Return what the library hides below its posts, as the platform has it."""
        gates = self.server.records(self.account, "app.bsky.feed.threadgate")
        return [uri for gate in gates for uri in gate["value"]["hiddenReplies"]]

    def below(self, post: Post) -> list[str]:
        """Return what the library has answered below a post, as the public sees it."""
        own = self.server.records(self.account, "app.bsky.feed.post")
        uris = [
            one["uri"]
            for one in own
            if one["value"].get("reply", {}).get("parent", {}).get("uri") == post.uri
        ]
        shown = [view for uri in uris for view in self.server.posts(uri)]
        return [view["record"]["text"] for view in shown]

    def point(self, name: str, url: str) -> None:
        """Let a comment's page lie at `url`, as it does at the platform's own site."""
        script = (
            "import sys, django; django.setup()\n"
            "from uppsikt.inbox.models import Item\n"
            "Item.objects.filter(pk=sys.argv[1]).update(url=sys.argv[2])"
        )
        self.town.run("-c", script, str(self.item(name)), url)

    def open_case(self, anna: Visitor, name: str, ground: str) -> int:
        """Let Anna open a case about a comment from the inbox, by a ground."""
        page = anna.go(f"/inkorg/{self.item(name)}/")
        page.locator('a[href*="/moderering/ny/"]').first.click()
        assert not page.locator("input[type=file]").count()
        page.locator(f'input[name="ground"][value="{ground}"]').check()
        page.locator('main form:has([name="ground"]) button').first.click()
        page.wait_for_url("**/moderering/*/?grund=*")
        return self.case(name)


@contextmanager
def pages(**shown: tuple[str, str, str]) -> Iterator[str]:
    """Serve pages on loopback: by name, the template, an author and a text."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            template, author, text = shown[self.path.strip("/")]
            body = template.format(author=html.escape(author), text=html.escape(text))
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
