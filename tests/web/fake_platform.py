"""A small server that speaks the calls by which a Bluesky account is written to."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

DID = "did:plc:exempelby"
HANDLE = "biblioteket.test"


class Platform(ThreadingHTTPServer):
    """Keeps records by key, counts calls, and can hold a call until it is let go."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.records: dict[str, dict[str, Any]] = {}
        self.calls: Counter[str] = Counter()
        self.written: Counter[str] = Counter()
        self.hold_at: tuple[str, str] | None = None
        self.held, self.let_go = Event(), Event()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def hold(self, method: str, when: str) -> None:
        """Hold the next call of `method`, "before" or "after" it has had its effect."""
        self.hold_at = (method, when)
        self.held.clear()
        self.let_go.clear()

    def pass_by(self, method: str, when: str) -> None:
        """Stop here if this is the call that is to be held."""
        if self.hold_at == (method, when):
            self.hold_at = None
            self.held.set()
            self.let_go.wait(60)

    def answer(self, method: str, told: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """Return status and body of the answer to a call."""
        self.calls[method] += 1
        self.pass_by(method, "before")
        answered = getattr(self, method)(told)
        self.pass_by(method, "after")
        return answered if isinstance(answered, tuple) else (200, answered)

    def createSession(self, _: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        return {"did": DID, "accessJwt": "a", "refreshJwt": "r", "handle": HANDLE}

    def getProfile(self, _: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        return {"did": DID, "handle": HANDLE}

    def getRecord(self, told: dict[str, Any]) -> Any:  # noqa: N802
        found = self.records.get(told["rkey"])
        return found or (400, {"error": "RecordNotFound", "message": "none"})

    def putRecord(self, told: dict[str, Any]) -> Any:  # noqa: N802
        if told["rkey"] in self.records:
            return 400, {"error": "InvalidSwap", "message": "there"}
        uri = f"at://{DID}/{told['collection']}/{told['rkey']}"
        record = {"uri": uri, "cid": "bafy1", "value": told["record"]}
        self.records[told["rkey"]] = record
        self.written[told["record"]["text"]] += 1
        return record

    def getPostThread(self, told: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        record = self.records.get(told["uri"].rsplit("/", 1)[1])
        if record is None:
            return {"thread": {"notFound": True, "uri": told["uri"]}}
        view = {
            "uri": record["uri"],
            "cid": record["cid"],
            "author": {"did": DID, "handle": HANDLE},
            "record": record["value"],
            "indexedAt": "2026-03-02T09:00:00.000Z",
        }
        return {"thread": {"post": view}}


class Handler(BaseHTTPRequestHandler):
    """Takes a call apart and writes its answer."""

    server: Platform

    def do_GET(self) -> None:
        query = parse_qs(urlsplit(self.path).query)
        self._answer({name: values[0] for name, values in query.items()})

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        self._answer(json.loads(self.rfile.read(length)))

    def _answer(self, told: dict[str, Any]) -> None:
        method = urlsplit(self.path).path.rsplit(".", 1)[1]
        if not hasattr(Platform, method):
            return self._write(501, {"error": "MethodNotImplemented"})
        status, body = self.server.answer(method, told)
        return self._write(status, body)

    def _write(self, status: int, body: dict[str, Any]) -> None:
        data = json.dumps(body).encode()
        try:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)
        except (BrokenPipeError, ConnectionResetError):
            return  # who asked has been killed

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def running() -> Iterator[Platform]:
    """Yield a platform that answers, and end it."""
    platform = Platform()
    thread = Thread(target=platform.serve_forever, daemon=True)
    thread.start()
    try:
        yield platform
    finally:
        platform.let_go.set()
        platform.shutdown()
        platform.server_close()
        thread.join()
