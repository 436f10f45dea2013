"""A small web site on loopback, with pages that show, hide and withhold a comment."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

PAGES = Path(__file__).parent / "pages"
MOVED = {"/members": "/login.html", "/short-link": "/present.html"}
STATUSES = {"/gone": 410, "/members-only": 403, "/broken": 503}


@dataclass
class Site:
    """Where the site is and what was asked of it.

    Its slow page waits until the site closes, its paired page until it is asked twice.
    """

    port: int
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    pair: threading.Barrier = field(default_factory=lambda: threading.Barrier(2))
    closing: threading.Event = field(default_factory=threading.Event)

    def url(self, page: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}/{page}"


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, site: Site, *args: object) -> None:
        self.site = site
        super().__init__(*args, directory=str(PAGES))  # type: ignore[arg-type]

    def do_GET(self) -> None:
        self.site.asked.append(self.path)
        self.site.headers.append(dict(self.headers))
        if self.path == "/slow":
            self.site.closing.wait(30)
        elif self.path in STATUSES:
            self.send_error(STATUSES[self.path])
        elif self.path in MOVED:
            self._move(MOVED[self.path])
        else:
            self._serve_page()

    def _serve_page(self) -> None:
        if self.path == "/to-secret":
            self._move(self.site.url("secret.svg", host="localhost"))
        elif self.path == "/paired":
            self.site.pair.wait(20)
            self._page((PAGES / "present.html").read_text())
        elif self.path == "/nosy.html":
            self._page(
                (PAGES / "nosy.html").read_text().replace("PORT", str(self.site.port))
            )
        elif self.path == "/file.bin":
            self._page("x" * 100, kind="application/octet-stream")
        elif self.path == "/endless.html":
            self._page("<p>hej</p>" * 100_000)
        else:
            super().do_GET()

    def _move(self, to: str) -> None:
        self.send_response(302)
        self.send_header("Location", to)
        self.end_headers()

    def _page(self, body: str, kind: str = "text/html; charset=utf-8") -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Set-Cookie", "visitor=1")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        """Keep the test's output clean."""


@contextmanager
def open_site() -> Iterator[Site]:
    """Serve the pages on a free port of loopback until the block ends."""
    site = Site(port=0)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, site))
    site.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield site
    finally:
        site.closing.set()
        server.shutdown()
        thread.join()
        server.server_close()
