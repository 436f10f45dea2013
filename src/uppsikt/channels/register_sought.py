"""What somebody looks for in the public register, and one page of what fits."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.text import slugify

from uppsikt.channels.register_rows import STATUSES, Shown
from uppsikt.platforms.catalogue import SITES


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for; what is not understood is left out."""

    words: str = ""
    site: str = ""
    department: str = ""
    purpose: str = ""
    status: str = ""

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> "Sought":
        """Return what the address asks for."""
        site, status = asked.get("plattform", ""), asked.get("status", "")
        return cls(
            words=asked.get("q", "").replace("\x00", "").strip()[:200],
            site=site if site in SITES else "",
            department=slugify(asked.get("forvaltning", "")),
            purpose=slugify(asked.get("syfte", "")),
            status=status if status in STATUSES else "",
        )

    @property
    def anything(self) -> bool:
        """Tell whether the list is narrowed at all."""
        return self != Sought()

    def among(self, shown: Iterable[Shown]) -> list[Shown]:
        """Keep what fits, in the order given."""
        return [one for one in shown if self._fits(one)]

    def _fits(self, one: Shown) -> bool:
        return (
            self.site in ("", one.platform)
            and self.status in ("", one.status)
            and self.department in ("", slugify(one.department))
            and (not self.purpose or self.purpose in one.purposes)
            and self._said(one)
        )

    def _said(self, one: Shown) -> bool:
        text = _plain(" ".join(_told(one)))
        return all(word in text for word in _plain(self.words).split())


def _told(one: Shown) -> tuple[str, ...]:
    what = (one.name, one.platform_name, one.handle, one.url)
    why = (one.purpose, *one.purposes.values(), one.description, one.audience)
    return (*what, *why, one.unit, one.department)


def _plain(text: str) -> str:
    """Return a text in small letters, an ä as one sign: some type it as two."""
    return unicodedata.normalize("NFC", text.casefold())
