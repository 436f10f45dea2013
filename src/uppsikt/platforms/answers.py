"""Turn what a platform answered into a value, or into an error in plain words."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import httpx
from pydantic import JsonValue

from uppsikt.platforms.base import PlatformError
from uppsikt.platforms.http import ForbiddenAddress, TooLarge
from uppsikt.policy.words import N_, Message

LONGEST_WAIT = timedelta(days=1)
LONGEST_REASON = 200
EPOCH_BEGINS = 1_000_000_000
PASSING = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY})
WORDS = {
    HTTPStatus.UNAUTHORIZED: N_(
        "The platform does not accept the credentials. Connect the channel again."
    ),
    HTTPStatus.FORBIDDEN: N_("The platform does not let this account do that."),
    HTTPStatus.TOO_MANY_REQUESTS: N_("The platform asks us to wait before we go on."),
}
GARBLED = N_("The platform answered in a way that could not be understood.")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a platform said, and what its clock showed when it said it."""

    value: JsonValue
    at: datetime | None


def ask(
    http: httpx.Client, request: httpx.Request, secrets: Sequence[str] = ()
) -> Answer:
    """Send `request` and return the answer, or raise `PlatformError`.

    No message ever holds one of `secrets`, even if the platform repeats it.
    """
    response = reached(http, request, secrets)
    return Answer(understood(response), platform_time(response.headers))


def reached(
    http: httpx.Client, request: httpx.Request, secrets: Sequence[str] = ()
) -> httpx.Response:
    """Send `request` and return the response to it, or raise `PlatformError`."""
    try:
        response = http.send(request)
    except httpx.TransportError as error:
        raise _not_reached(error) from None
    except httpx.HTTPError:
        raise PlatformError(GARBLED, permanent=False) from None
    if not response.is_success:
        raise refusal(response, secrets)
    return response


def _not_reached(error: httpx.TransportError) -> PlatformError:
    if isinstance(error, ForbiddenAddress):
        words = N_("That address does not lead to a platform on the internet.")
        return PlatformError(words, permanent=True)
    if isinstance(error, TooLarge):
        words = N_("The platform sent more than can be received.")
        return PlatformError(words, permanent=True)
    if isinstance(error, httpx.TimeoutException):
        return PlatformError(
            N_("The platform did not answer in time."), permanent=False
        )
    return PlatformError(N_("The platform cannot be reached."), permanent=False)


def understood(response: httpx.Response) -> JsonValue:
    """Return the body as JSON with clean texts; an empty body is None."""
    if not response.content:
        return None
    try:
        return clean(json.loads(response.content))
    except (ValueError, RecursionError):
        raise PlatformError(GARBLED, permanent=False) from None


def clean(value: JsonValue) -> JsonValue:
    """Replace what no database or file can hold: null bytes and half characters.

    Everything else stays as it was written, marks of direction too.
    """
    if isinstance(value, str):
        whole = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return whole.replace("\x00", "\ufffd")
    if isinstance(value, list):
        return [clean(v) for v in value]
    if isinstance(value, dict):
        return {str(clean(k)): clean(v) for k, v in value.items()}
    return value


def refusal(response: httpx.Response, secrets: Sequence[str] = ()) -> PlatformError:
    """Return the error for an answer that was not a success."""
    code, reason = _reason(response, secrets)
    status = response.status_code
    return PlatformError(
        _words(status, reason),
        permanent=_is_permanent(status),
        retry_after=retry_after(response.headers),
        code=code,
    )


def _is_permanent(status: int) -> bool:
    passing = status == HTTPStatus.TOO_MANY_REQUESTS or status in PASSING
    return not passing and status < HTTPStatus.INTERNAL_SERVER_ERROR


def _words(status: int, reason: str) -> Message:
    if status in WORDS:
        return Message(WORDS[HTTPStatus(status)])
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status in PASSING:
        return Message(N_("The platform has a fault of its own just now."))
    if status < HTTPStatus.BAD_REQUEST:
        return Message(N_("The platform has moved to another address."))
    if not reason:
        return Message(N_("The platform refused, and gave no reason."))
    return Message(N_("The platform refused: %(reason)s"), {"reason": reason})


def _reason(response: httpx.Response, secrets: Sequence[str]) -> tuple[str, str]:
    """Return the platform's own code and sentence, without secrets."""
    try:
        body = understood(response)
    except PlatformError:
        return "", ""
    if not isinstance(body, dict):
        return "", ""
    reason = str(body.get("message") or body.get("error") or "")
    for secret in filter(None, secrets):
        reason = reason.replace(secret, "***")
    return str(body.get("error") or ""), reason[:LONGEST_REASON]


def retry_after(headers: httpx.Headers) -> timedelta | None:
    """Return how long the platform asks us to wait, at most a day.

    Understands Retry-After as seconds and as a date (RFC 9110, 10.2.3), and the
    reset moment of a rate limit as an epoch, as seconds and as an ISO time. What
    is a moment is counted from the platform's own clock.
    """
    now = platform_time(headers)
    for value in _waits(headers):
        wait = _wait(value, now)
        if wait is not None:
            return min(max(wait, timedelta(0)), LONGEST_WAIT)
    return None


def _waits(headers: httpx.Headers) -> Iterator[str]:
    names = ["Retry-After"]
    if headers.get("RateLimit-Remaining", "0") == "0":
        names += ["RateLimit-Reset", "X-RateLimit-Reset"]
    for name in names:
        if name in headers:
            yield headers[name].strip()


def _wait(value: str, now: datetime | None) -> timedelta | None:
    try:
        number = int(value)
    except ValueError:
        moment = _moment(value)
        return moment - now if moment and now else None
    if number < EPOCH_BEGINS:
        return timedelta(seconds=number)
    return timedelta(seconds=number - now.timestamp()) if now else None


def platform_time(headers: httpx.Headers) -> datetime | None:
    """Return what the platform's clock showed when it answered."""
    return _moment(headers.get("Date", ""))


def _moment(value: str) -> datetime | None:
    for parse in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            moment = parse(value)
        except ValueError:
            continue
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None
