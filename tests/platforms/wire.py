"""A platform made of captured answers, and one made of faults."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
from hypothesis import HealthCheck, settings

CAPTURED = Path(__file__).parent
NOW = "Sun, 22 Nov 2026 14:10:17 GMT"

# A busy machine is no fault of what is tested.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

Handler = Callable[[httpx.Request], httpx.Response]


def captured(platform: str, name: str) -> Any:
    """Return a captured answer: its `status` and its `body`."""
    return json.loads((CAPTURED / platform / f"{name}.json").read_text())


def answer(status: int, body: Any = None, **headers: str) -> httpx.Response:
    """Return an answer with the platform's clock in it."""
    return httpx.Response(status, json=body, headers={"Date": NOW, **headers})


class Wire:
    """Answers each method with its captured answer, and remembers what was asked.

    `self.answers[method]` may be set to the name of another capture, to a list of
    names (one for each call, the last again and again), or to a handler.
    """

    def __init__(self, platform: str) -> None:
        self.platform = platform
        self.asked: list[httpx.Request] = []
        self.answers: dict[str, str | list[str] | Handler] = {}
        self.client = httpx.Client(transport=httpx.MockTransport(self._answer))

    def sent(self, method: str) -> list[Any]:
        """Return the bodies that were sent to `method`."""
        return [json.loads(r.content) for r in self.asked if _method(r) == method]

    def count(self, method: str) -> int:
        return sum(_method(r) == method for r in self.asked)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        method = _method(request)
        chosen = self.answers.get(method, method)
        if isinstance(chosen, list):
            chosen = chosen.pop(0) if len(chosen) > 1 else chosen[0]
        if not isinstance(chosen, str):
            return chosen(request)
        given = captured(self.platform, chosen)
        return answer(given["status"], given["body"])


def failing(handler: Handler) -> httpx.Client:
    """Return a client to a platform that does `handler` at every call."""
    return httpx.Client(transport=httpx.MockTransport(handler))


def _method(request: httpx.Request) -> str:
    return request.url.path.rsplit(".", 1)[-1]
