"""What the interface of the register answers, in shapes that its contract tells."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Status = Literal["aktiv", "pausad", "avslutad"]
Kind = Literal["startad", "pausad", "aterupptagen", "andrad", "avslutad"]
Svar = Literal["officiell", "avslutad", "okand", "ej_var", "oforstadd"]


class Shape(BaseModel):
    """A shape with just these fields."""

    model_config = ConfigDict(extra="forbid")


class Kanal(Shape):
    """Ett konto som kommunen talar från. / An account the municipality speaks from."""

    kanal_id: str = Field(description="Beständig nyckel / Stable key")
    kommun_id: str | None
    organisationsnummer: str | None
    plattform: str
    plattform_namn: str
    konto: str
    plattformskonto_id: str | None = Field(
        description="Plattformens egen nyckel / The platform's own key"
    )
    visningsnamn: str
    url: str
    beskrivning: str
    syfte: str
    syften: list[str]
    malgrupp: str
    enhet: str
    forvaltning: str | None
    kontakt_epost: str | None = Field(
        description="Funktionsadress, aldrig en persons / A function's address"
    )
    sprak: str
    status: Status = Field(
        description=(
            "aktiv = i bruk / in use; pausad = vilar / resting; "
            "avslutad = inte längre vår / no longer ours"
        )
    )
    startdatum: date
    slutdatum: date | None
    avslutsorsak: str | None
    ersatts_av: str | None
    ersatts_av_url: str | None
    senast_kontrollerad: date
    andrad: str = Field(json_schema_extra={"format": "date-time"})
    sida: str


class Metadata(Shape):
    """Var sidan ligger i hela svaret. / Where the page lies in the whole answer."""

    totalt: int = Field(ge=0)
    antal: int = Field(ge=0)
    limit: int = Field(ge=1)
    offset: int = Field(ge=0)
    nasta: str | None
    foregaende: str | None


class Kanaler(Shape):
    """En sida av kanaler. / One page of channels."""

    metadata: Metadata
    kanaler: list[Kanal]


class Plattform(Shape):
    """En plattform och hur många kanaler vi har där. / A platform, and our channels."""

    plattform: str
    plattform_namn: str
    vardnamn: list[str]
    antal_kanaler: int = Field(ge=0)


class Plattformar(Shape):
    """En sida av plattformar. / One page of platforms."""

    metadata: Metadata
    plattformar: list[Plattform]


class Enhet(Shape):
    """En förvaltning och hur många kanaler den har. / A department, its channels."""

    enhet_id: str
    enhet: str
    antal_kanaler: int = Field(ge=0)


class Enheter(Shape):
    """En sida av förvaltningar. / One page of departments."""

    metadata: Metadata
    enheter: list[Enhet]


class Andring(Shape):
    """Något som har hänt en kanal. / Something that happened to a channel."""

    andring_id: str
    handelse: Kind
    tidpunkt: str = Field(json_schema_extra={"format": "date-time"})
    kanal_id: str
    visningsnamn: str
    rubrik: str


class Andringar(Shape):
    """En sida av ändringar, den senaste först. / One page of changes, latest first."""

    metadata: Metadata
    andringar: list[Andring]


class Kontroll(Shape):
    """Svar på om ett konto är kommunens. / Whether an account is the municipality's."""

    fraga: str
    svar: Svar = Field(
        description=(
            "officiell = vår / ours; avslutad = var vår / was ours; okand = finns inte "
            "i registret / not in the register; ej_var = känd falsk / known false; "
            "oforstadd = ingen adress till ett konto / no address of an account"
        )
    )
    url: str | None
    sedan: str | None = Field(json_schema_extra={"format": "date-time"})
    kanal: Kanal | None


class ApiInfo(Shape):
    """Om gränssnittet. / About the interface."""

    api_name: str
    api_version: str
    api_released: date
    api_documentation: str
    api_status: Literal["active"]


class Problem(Shape):
    """Ett fel, enligt RFC 9457. / An error, by RFC 9457."""

    type: str
    title: str
    status: int = Field(ge=400, le=599)
    detail: str
    instance: str
