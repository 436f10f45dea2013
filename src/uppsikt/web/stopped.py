"""What the vault, the ledger and the disk refuse, as a page that says what to do."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from uppsikt.records import files, keys, ledger, vault


@dataclass(frozen=True, slots=True)
class Stopped:
    """The answer to a stop: its status, what happened, and what to do."""

    status: HTTPStatus
    title: str
    text: str


def page(request: HttpRequest, stop: Exception, back: str) -> HttpResponse | None:
    """Return the page for what stopped an act, or None for any other fault."""
    tell = next((tell for kinds, tell in _KINDS if isinstance(stop, kinds)), None)
    if tell is None:
        return None
    told = tell(stop)
    context = {"title": told.title, "text": told.text, "back": back}
    return render(request, "stopped.html", context, status=told.status)


def _no_room(_stop: Exception) -> Stopped:
    return Stopped(
        HTTPStatus.INSUFFICIENT_STORAGE,
        _("The disk is full"),
        _(
            "Nothing was saved, not even half. Tell your system administrator, who has "
            "to make room, and then try again."
        ),
    )


def _not_sealed(_stop: Exception) -> Stopped:
    return Stopped(
        HTTPStatus.CONFLICT,
        _("Not sealed yet"),
        _(
            "It is written, but not yet under the record's signature. That takes a "
            "second. Go back and try again; if it goes on, tell your system "
            "administrator that the worker stands still."
        ),
    )


def _damaged(_stop: Exception) -> Stopped:
    return Stopped(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        _("A kept file is damaged"),
        _(
            "The file is gone or is no longer what was kept, so it is not shown. Tell "
            "your system administrator, who can restore it from the backup."
        ),
    )


def _disposed(stop: Exception) -> Stopped:
    words = _("It has been disposed of by the decision: %(decision)s.")
    under = getattr(stop, "under", "")
    return Stopped(HTTPStatus.GONE, _("Disposed of"), words % {"decision": under})


def _no_key(_stop: Exception) -> Stopped:
    return Stopped(
        HTTPStatus.SERVICE_UNAVAILABLE,
        _("A key is missing"),
        _(
            "Nothing was changed. Tell your system administrator, who has to put the "
            "key back from the backup."
        ),
    )


_KINDS: Final[
    tuple[tuple[tuple[type[Exception], ...], Callable[[Exception], Stopped]], ...]
] = (
    ((files.NoRoom,), _no_room),
    ((ledger.NotSealed,), _not_sealed),
    ((vault.Damaged,), _damaged),
    ((vault.Disposed, ledger.Disposed), _disposed),
    ((keys.KeyMissing, keys.BadKey), _no_key),
)
