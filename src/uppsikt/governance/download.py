"""What is kept or made as a file to look at or take away; no browser ever runs it."""

from typing import Final

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from uppsikt.records import looking, media, vault
from uppsikt.records.models import Blob

# What came from a stranger's page is never to run, whatever a browser is asked.
_HARMLESS: Final = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}
_ENDINGS: Final = {
    "application/pdf": ".pdf",
    "application/toml": ".toml",
    "application/zip": ".zip",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "text/html": ".html",
    "text/plain": ".txt",
}
_AS_IT_IS: Final = frozenset(_ENDINGS) - {"text/html"}
_TEXT: Final = "text/plain; charset=utf-8"


def shown(kept: Blob) -> HttpResponse:
    """Show what the vault keeps; 410 where it is disposed of.

    Raises:
        vault.Damaged: it is not what was kept.
    """
    return _kept(kept, "inline")


def attached(kept: Blob, name: str) -> HttpResponse:
    """Hand out what the vault keeps, as a file; 410 where it is disposed of.

    Raises:
        vault.Damaged: it is not what was kept.
    """
    return _kept(kept, _attachment(name, kept.media_type))


def pictured(kept: Blob, *, uncovered: bool) -> HttpResponse:
    """Show a picture, blurred as long as it may show somebody undressed.

    A person uncovers it by asking for it once more.

    Raises:
        vault.Damaged: it is not what was kept.
    """
    if uncovered or not looking.signs(kept).covered:
        return shown(kept)
    try:
        content = looking.blurred(vault.open_(kept))
    except vault.Disposed:
        return shown(kept)
    return _answer(content, media.PNG, "inline")


def made(content: bytes, media_type: str, name: str) -> HttpResponse:
    """Hand out what was made for the one who asks, as a file."""
    return _answer(content, media_type, _attachment(name, media_type))


def _kept(kept: Blob, disposition: str) -> HttpResponse:
    try:
        content = vault.open_(kept)
    except vault.Disposed as gone:
        words = _("Disposed of by %(decision)s.") % {"decision": gone.under}
        return HttpResponse(words, status=410, content_type=_TEXT)
    return _answer(content, kept.media_type, disposition)


def _attachment(name: str, media_type: str) -> str:
    ending = _ENDINGS.get(media_type, "")
    whole = name if name.lower().endswith(ending) else name + ending
    return content_disposition_header(as_attachment=True, filename=whole) or ""


def _answer(content: bytes, media_type: str, disposition: str) -> HttpResponse:
    kind = media_type if media_type in _AS_IT_IS else "application/octet-stream"
    told = _TEXT if kind == "text/plain" else kind
    answer = HttpResponse(content, content_type=told, headers=_HARMLESS)
    answer.headers["Content-Disposition"] = disposition
    return answer
