"""Answers of the public register, kept in memory until anything at all has happened.

An answer is right as long as nothing has been recorded since it was made: every act
leaves an entry in the ledger, so one cheap question tells. Answers are the same for
everybody, and ETag and 304 are seen to here alone (RFC 9110, 13).
"""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Final, cast

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, has_vary_header
from django.utils.http import http_date, parse_http_date, quote_etag

from uppsikt.governance.request import Request
from uppsikt.records.models import Entry

KEPT_FOR: Final = 300
"""Seconds that others' caches may show an answer before they ask again."""
MOST: Final = 128
"""Answers that are kept in memory at most."""
LARGEST: Final = 2_000_000
"""Bytes of the largest answer that is kept."""
LONGEST: Final = 60.0
"""Seconds that an answer is kept: a guideline can come into force by the calendar."""
PLACES: Final = (
    "/kanaler/",
    "/kanaler.",
    "/kanaler-excel.csv",
    "/kanalregister/",
    "/datasets/dcat",
    "/trust.txt",
    "/.well-known/trust.txt",
)
# Two that record at once may be committed in the other order; so many are counted.
_AT_ONCE: Final = 512
_MARK: Final = "register_answer"
# How a view tells the middleware of django-csp that its policy is another.
_CSP: Final = "_csp"
_CORS: Final = "Access-Control-"

Answer = Callable[[HttpRequest], HttpResponseBase]
Version = tuple[int, bytes, int]
Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer, and up to when and to which entry of the ledger it is right."""

    version: Version
    until: float
    body: bytes
    headers: tuple[tuple[str, str], ...]
    changed: int | None
    policy: tuple[tuple[str, object], ...]
    # The only format there is of it, where an asker of another is told so.
    kind: str

    def is_right(self, version: Version) -> bool:
        """Tell whether nothing has happened since it was made."""
        return self.version == version and monotonic() < self.until


_kept: OrderedDict[Key, Kept] = OrderedDict()
_lock = threading.Lock()


def remembered(answer: Answer) -> Answer:
    """Answer what is asked for again from memory, before anything else is done."""

    def told(request: HttpRequest) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD") or not _may_keep(request.path_info):
            return answer(request)
        key, version = _key(request), _version()
        found = _kept.get(key)
        if found and found.is_right(version) and _suits(request, found):
            return _conditional(request, found)
        response = answer(request)
        if not getattr(response, _MARK, False):
            return response
        return _conditional(request, _keep(key, version, cast(HttpResponse, response)))

    return told


def for_all(request: Request, body: bytes, kind: str) -> HttpResponse:
    """Return an answer that is the same for everybody, and may be kept."""
    response = HttpResponse(body, content_type=kind)
    response["Cache-Control"] = f"public, max-age={KEPT_FOR}"
    response["ETag"] = quote_etag(hashlib.sha256(body).hexdigest()[:32])
    last = Entry.objects.order_by("-pk").values_list("at", flat=True).first()
    # A moment in this very second may still see another change.
    if last and (request.now - last).total_seconds() >= 1:
        response["Last-Modified"] = http_date(int(last.timestamp()))
    # The door looked who is there; a cache must not keep one copy for each cookie.
    request.session.accessed = False
    setattr(response, _MARK, True)
    return response


def from_any_site(response: HttpResponse) -> HttpResponse:
    """Let pages of any site read the answer (the Fetch standard, CORS)."""
    response["Access-Control-Allow-Origin"] = "*"
    return response


def forget() -> None:
    """Forget every answer."""
    with _lock:
        _kept.clear()


def _may_keep(path: str) -> bool:
    return path == "/kanaler" or path.startswith(PLACES)


def _key(request: HttpRequest) -> Key:
    return request.scheme or "", request.get_host(), request.get_full_path()


def _version() -> Version:
    """Return what changes whenever anything is recorded, by one short question."""
    table = connection.ops.quote_name(Entry._meta.db_table)
    ask = (
        f"SELECT e.id, e.leaf, (SELECT COUNT(*) FROM {table} n "  # noqa: S608 (our own names)
        f"WHERE n.id > e.id - {_AT_ONCE}) FROM {table} e ORDER BY e.id DESC LIMIT 1"
    )
    with connection.cursor() as cursor:
        cursor.execute(ask)
        found = cursor.fetchone()
    return (found[0], bytes(found[1]), found[2]) if found else (0, b"", 0)


def _suits(request: HttpRequest, kept: Kept) -> bool:
    return not kept.kind or request.accepts(kept.kind)


def _keep(key: Key, version: Version, response: HttpResponse) -> Kept:
    modified = response.get("Last-Modified")
    kept = Kept(
        version=version,
        until=monotonic() + LONGEST,
        body=response.content,
        headers=tuple(response.items()),
        changed=parse_http_date(modified) if modified else None,
        policy=tuple((k, v) for k, v in vars(response).items() if k.startswith(_CSP)),
        kind=_kind(response) if has_vary_header(response, "Accept") else "",
    )
    if len(kept.body) <= LARGEST:
        with _lock:
            _kept[key] = kept
            _kept.move_to_end(key)
            while len(_kept) > MOST:
                _kept.popitem(last=False)
    return kept


def _kind(response: HttpResponse) -> str:
    return str(response["Content-Type"]).partition(";")[0]


def _conditional(request: HttpRequest, kept: Kept) -> HttpResponseBase:
    """Answer, or tell that the asker has it already."""
    response = HttpResponse(b"" if request.method == "HEAD" else kept.body)
    for name, value in kept.headers:
        response[name] = value
    for name, told in kept.policy:
        setattr(response, name, told)
    if not _asks_whether(request):
        return response
    told = get_conditional_response(
        request, etag=response["ETag"], last_modified=kept.changed, response=response
    )
    answered = cast(HttpResponseBase, told)
    # Told that it has it, a page of another site may read that too.
    for name, value in kept.headers:
        if name.startswith(_CORS):
            answered[name] = value
    return answered


def _asks_whether(request: HttpRequest) -> bool:
    given = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_MATCH")
    return any(name in request.META for name in given)
