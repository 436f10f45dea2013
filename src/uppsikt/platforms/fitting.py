"""Fit the texts that are demanded into the fields that a platform has.

Where all of a text has no room, its short form and a link to the channel's public card
stand in its place (R-6.1-7). A text is cut between sentences, never inside one.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from uppsikt.platforms.profile_fields import ProfileField, Text

_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+")
BY_LINK: Final = (Text.RULES, Text.VISIBILITY)
"""What may stand behind a link: long, and the same for every channel."""


@dataclass(frozen=True, slots=True)
class Demanded:
    """The texts in full; the municipality's name; the public card, in a line and bare.

    A text that is not written yet is "".
    """

    full: Mapping[Text, str]
    municipality: str
    link_line: str
    link: str


@dataclass(frozen=True, slots=True)
class Fitted:
    """What should stand in one field, and which texts are there by a link only."""

    field: ProfileField
    text: str
    linked: tuple[Text, ...] = ()

    @property
    def length(self) -> int:
        return len(self.text)

    @property
    def fits(self) -> bool:
        """Tell whether it has room; even the shortest form may have none."""
        room = self.field.max_length
        return room is None or self.length <= room


def fit(fields: Sequence[ProfileField], demanded: Demanded) -> list[Fitted]:
    """Return what should stand in each of `fields`: the fullest form that fits."""
    return [_fit(field, demanded) for field in fields]


def _fit(field: ProfileField, demanded: Demanded) -> Fitted:
    tries = list(_tries(field, demanded))
    return next((one for one in tries if one.fits), tries[-1])


def _tries(field: ProfileField, demanded: Demanded) -> Iterator[Fitted]:
    """Yield the ways to fill a field, the fullest first."""
    yield Fitted(field, _joined(field, demanded.full, apart="\n\n"))
    linked = tuple(t for t in field.holds if t in BY_LINK)
    tail = demanded.link_line if linked else ""
    kept: dict[Text, str] = {t: s for t, s in demanded.full.items() if t not in BY_LINK}
    for described in shorter(demanded.full[Text.DESCRIPTION]):
        told = {**kept, Text.DESCRIPTION: described}
        yield Fitted(field, _joined(field, told, tail), linked)
    only = {Text.SENDER: demanded.municipality}
    if not linked:
        yield Fitted(field, _joined(field, only))
        return
    behind = tuple(t for t in field.holds if t is not Text.SENDER)
    yield Fitted(field, _joined(field, only, demanded.link_line), behind)
    yield Fitted(field, _joined(field, only, demanded.link, apart=" "), behind)


def shorter(description: str) -> list[str]:
    """Return `description` whole, then with ever fewer of its sentences."""
    sentences = _SENTENCE.split(description.strip())
    return [" ".join(sentences[:count]) for count in range(len(sentences), 0, -1)]


def _joined(
    field: ProfileField,
    texts: Mapping[Text, str],
    tail: str = "",
    *,
    apart: str = "\n",
) -> str:
    told = [texts.get(text, "") for text in field.holds]
    return apart.join(filter(None, [*told, tail]))
