"""A kept file of ours as a file to take away; a browser never runs it."""

import re
from typing import Final

from django.http import HttpResponse

from uppsikt.records import vault
from uppsikt.records.models import Blob

HARMLESS: Final = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
}
_ENDINGS: Final = {
    "application/pdf": ".pdf",
    "text/plain": ".txt",
    "application/toml": ".toml",
    "text/html": ".html",
}
_ODD: Final = re.compile(r"[^A-Za-z0-9]+")


def blob(kept: Blob, name: str) -> HttpResponse:
    """Hand out what the vault keeps.

    Raises:
        vault.Damaged, vault.Disposed: it cannot be handed out.
    """
    return data(vault.open_(kept), kept.media_type, name)


def data(content: bytes, media_type: str, name: str) -> HttpResponse:
    """Hand out bytes under a name that no header can be made of."""
    answer = HttpResponse(content, content_type=f"{media_type}; charset=utf-8")
    for header, value in HARMLESS.items():
        answer[header] = value
    safe = _ODD.sub("-", name).strip("-")[:80] or "fil"
    ending = _ENDINGS.get(media_type, "")
    answer["Content-Disposition"] = f'attachment; filename="{safe}{ending}"'
    return answer
