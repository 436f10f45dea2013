"""What may be asked of the register's interface, and how a wrong question is told."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Final, Literal, TypeVar

from django.utils.translation import gettext as _
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from uppsikt.platforms.catalogue import SITES

MOST: Final = 1_000_000
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
Q = TypeVar("Q", bound="Query")


class BadQuestion(ValueError):
    """A parameter cannot be read; the text says which, and why."""


def _digits(value: object) -> object:
    """Let only plain digits be a number: the contract knows no other spelling."""
    if isinstance(value, str) and not (value.isascii() and value.isdigit()):
        raise ValueError
    return value


def _day(value: object) -> object:
    if isinstance(value, str) and not _DAY.fullmatch(value):
        raise ValueError
    return value


def _of_ours(value: str) -> str:
    if value not in SITES:
        raise ValueError
    return value


DIGITS: Final = BeforeValidator(_digits)
Words = Annotated[str, Field(max_length=200)]
SiteName = Annotated[
    str, BeforeValidator(_of_ours), Field(json_schema_extra={"enum": list(SITES)})
]


class Query(BaseModel):
    """The parameters of one resource."""

    model_config = ConfigDict(extra="ignore")


class Paged(Query):
    """Which page is asked for: by `offset`, or else by `page` (FNS.07–09)."""

    limit: Annotated[int, Field(ge=1, le=100), DIGITS] = Field(
        20, description="Antal poster på en sida / Posts on a page"
    )
    page: Annotated[int, Field(ge=1, le=MOST), DIGITS] = Field(
        1, description="Sida, från 1 / Page, from 1"
    )
    offset: Annotated[int, Field(ge=0, le=MOST), DIGITS] | None = Field(
        None,
        description="Poster att hoppa över; går före page / Posts to skip, not page",
    )

    @property
    def start(self) -> int:
        before = (self.page - 1) * self.limit
        return before if self.offset is None else self.offset


class AskedChannels(Paged):
    """Which channels are asked for."""

    q: Words = Field("", description="Ord att söka / Words to look for")
    plattform: SiteName | None = Field(None, description="Plattform / Platform")
    forvaltning: Words = Field("", description="Förvaltningens enhet_id / Department")
    syfte: Words = Field("", description="Syftets kod / The purpose's code")


class AskedStanding(AskedChannels):
    """Which channels are asked for, of those that have not closed."""

    status: Literal["aktiv", "pausad"] | None = Field(
        None, description="aktiv eller pausad / active or paused"
    )


class AskedChanges(Paged):
    """Which changes are asked for."""

    sedan: Annotated[date, BeforeValidator(_day)] | None = Field(
        None, description="Från och med dagen / From this day on"
    )


class AskedCheck(Query):
    """The address that is asked about."""

    url: Annotated[str, Field(min_length=1, max_length=500)] = Field(
        description="Kontots adress / The account's address"
    )


def read(kind: type[Q], asked: Mapping[str, str]) -> Q:
    """Return what the address asks; raise `BadQuestion` with what is wrong."""
    known = {name: value for name, value in asked.items() if name in kind.model_fields}
    try:
        return kind.model_validate(known)
    except ValidationError as wrong:
        name = str(wrong.errors()[0]["loc"][0])
        raise BadQuestion(
            _("The parameter “%(name)s” cannot be read. See openapi.json.")
            % {"name": name}
        ) from wrong
