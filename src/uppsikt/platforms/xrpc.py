"""Calls to a server of the AT Protocol, with a session that renews itself.

https://atproto.com/specs/xrpc
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TypeVar

import httpx
from pydantic import BaseModel, JsonValue, SecretStr, ValidationError

from uppsikt.platforms.answers import GARBLED, Answer, ask
from uppsikt.platforms.base import PlatformError

TOKEN_IS_OLD = frozenset({"ExpiredToken", "InvalidToken"})
Params = Mapping[str, str | int | Sequence[str]]
Shape = TypeVar("Shape", bound=BaseModel)


class Service(BaseModel):
    """One service that an account names in its document."""

    id: str
    serviceEndpoint: str  # noqa: N815 (the protocol's name)


class Document(BaseModel):
    """What an account says of itself: above all, where its data lie."""

    service: list[Service] = []


class Tokens(BaseModel):
    """A session as the server gave it."""

    did: str
    accessJwt: SecretStr  # noqa: N815
    refreshJwt: SecretStr  # noqa: N815
    didDoc: Document = Document()  # noqa: N815

    @property
    def home(self) -> str | None:
        """Return where the account's data lie, if the server told."""
        for service in self.didDoc.service:
            if service.id.endswith("#atproto_pds"):
                return service.serviceEndpoint.rstrip("/")
        return None


class Xrpc:
    """One account's line to its server. The session lives as long as the object."""

    def __init__(
        self, http: httpx.Client, server: str, identifier: str, password: SecretStr
    ) -> None:
        self.http = http
        self.server = server.rstrip("/")
        self.identifier = identifier
        self.password = password
        self._tokens: Tokens | None = None
        self._clock: datetime | None = None

    @property
    def did(self) -> str:
        """Return the account's lasting name, signing in if need be."""
        return self._session().did

    @property
    def clock(self) -> datetime:
        """Return the platform's own time at its latest answer."""
        if self._clock is None:
            raise PlatformError(GARBLED, permanent=False)
        return self._clock

    def query(self, name: str, params: Params, shape: type[Shape]) -> Shape:
        """Ask for something and return it in its shape."""
        return shaped(self._call("GET", name, params=params), shape)

    def procedure(
        self, name: str, body: Mapping[str, JsonValue], shape: type[Shape]
    ) -> Shape:
        """Have something done and return the receipt in its shape."""
        return shaped(self._call("POST", name, json=body), shape)

    def _call(
        self,
        method: str,
        name: str,
        *,
        params: Params | None = None,
        json: Mapping[str, JsonValue] | None = None,
    ) -> JsonValue:
        """Call with the session, once more with a new one if it had grown old."""
        for last_try in (False, True):
            tokens = self._session()
            url = f"{tokens.home or self.server}/xrpc/{name}"
            request = self._build(method, url, tokens.accessJwt, params, json)
            try:
                return self._ask(request).value
            except PlatformError as error:
                if last_try or error.code not in TOKEN_IS_OLD:
                    raise
                self._renew()
        raise AssertionError("the second try returns or raises")

    def _session(self) -> Tokens:
        if self._tokens is None:
            body = {
                "identifier": self.identifier,
                "password": self.password.get_secret_value(),
            }
            url = f"{self.server}/xrpc/com.atproto.server.createSession"
            answer = self._ask(self.http.build_request("POST", url, json=body))
            self._tokens = shaped(answer.value, Tokens)
        return self._tokens

    def _renew(self) -> None:
        """Trade the refresh token for a new session, or sign in again."""
        old, self._tokens = self._session(), None
        url = f"{old.home or self.server}/xrpc/com.atproto.server.refreshSession"
        try:
            answer = self._ask(self._build("POST", url, old.refreshJwt))
        except PlatformError as error:
            if not error.permanent:
                raise
            return
        self._tokens = shaped(answer.value, Tokens)

    def _build(
        self,
        method: str,
        url: str,
        token: SecretStr,
        params: Params | None = None,
        json: Mapping[str, JsonValue] | None = None,
    ) -> httpx.Request:
        headers = {"Authorization": f"Bearer {token.get_secret_value()}"}
        try:
            return self.http.build_request(
                method, url, headers=headers, params=params, json=json
            )
        except httpx.InvalidURL:
            raise PlatformError(GARBLED, permanent=False) from None

    def _ask(self, request: httpx.Request) -> Answer:
        answer = ask(self.http, request, self._secrets())
        self._clock = answer.at or self._clock
        return answer

    def _secrets(self) -> tuple[str, ...]:
        held = (self._tokens.accessJwt, self._tokens.refreshJwt) if self._tokens else ()
        return tuple(s.get_secret_value() for s in (self.password, *held))


def shaped(value: JsonValue, shape: type[Shape]) -> Shape:
    """Return `value` in its shape, or raise a passing `PlatformError`."""
    try:
        return shape.model_validate(value)
    except ValidationError:
        raise PlatformError(GARBLED, permanent=False) from None
