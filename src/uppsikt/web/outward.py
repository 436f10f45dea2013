"""How allauth reaches the identity provider: by the same guarded way as connectors."""

from collections.abc import Mapping
from typing import Any

import httpx
import requests
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.conf import settings
from requests.adapters import BaseAdapter

from uppsikt.platforms import http

_REFUSED = 400
_PASSED_ON = ("accept", "authorization", "content-type")


class Guarded(BaseAdapter):
    """Carries what `requests` sends over a client that never enters our own network.

    Whatever goes wrong is an `OAuth2Error`, for which allauth has a page in words.
    """

    def send(
        self, request: requests.PreparedRequest, *_args: Any, **_how: Any
    ) -> requests.Response:
        """Send, and return what came back; raise `OAuth2Error` for a refusal."""
        headers = {k: v for k, v in request.headers.items() if k.lower() in _PASSED_ON}
        try:
            with http.client(allowed=settings.OIDC_PRIVATE_HOSTS) as client:
                answer = client.request(
                    request.method or "GET",
                    request.url or "",
                    headers=headers,
                    content=request.body,
                )
        except httpx.HTTPError as fault:
            raise OAuth2Error(f"not reached: {fault}") from fault
        if answer.status_code >= _REFUSED:
            raise OAuth2Error(f"it answered {answer.status_code}")
        return _as_requests(answer, request)

    def close(self) -> None:
        """Do nothing: each request has a client of its own."""


def session() -> requests.Session:
    """Return a session that reads no proxies and follows nothing it is not told to."""
    made = requests.Session()
    made.trust_env = False
    made.max_redirects = 0
    for scheme in ("https://", "http://"):
        made.mount(scheme, Guarded())
    return made


def _as_requests(
    answer: httpx.Response, request: requests.PreparedRequest
) -> requests.Response:
    told = requests.Response()
    told.status_code = answer.status_code
    told._content = answer.content
    told.headers.update(_joined(answer.headers))
    told.encoding = answer.encoding
    told.url, told.request = request.url or "", request
    return told


def _joined(headers: httpx.Headers) -> Mapping[str, str]:
    return dict(headers.items())
