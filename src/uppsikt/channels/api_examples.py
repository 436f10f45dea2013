"""One true-looking example of each answer, for the contract (DOK.15). All made up."""

from typing import Any, Final

from pydantic import BaseModel

from uppsikt.channels import api_model as m

_SITE: Final = "https://uppsikt.exempelby.example"
_ROOT: Final = f"{_SITE}/kanalregister/v1"
_CHANNEL: Final = {
    "kanal_id": "bluesky-biblioteket-exempelby-example",
    "kommun_id": "0138",
    "organisationsnummer": "2120000092",
    "plattform": "bluesky",
    "plattform_namn": "Bluesky",
    "konto": "biblioteket.exempelby.example",
    "plattformskonto_id": None,
    "visningsnamn": "Biblioteket",
    "url": "https://bsky.app/profile/biblioteket.exempelby.example",
    "beskrivning": "Fråga oss om böcker och öppettider.",
    "syfte": "Läslust och frågor om biblioteket",
    "syften": ["Skapa dialog"],
    "malgrupp": "Unga och vuxna i kommunen",
    "enhet": "Biblioteket",
    "forvaltning": "Kultur och fritid",
    "kontakt_epost": "biblioteket@exempelby.example",
    "sprak": "sv",
    "status": "aktiv",
    "startdatum": "2025-01-01",
    "slutdatum": None,
    "avslutsorsak": None,
    "ersatts_av": None,
    "ersatts_av_url": None,
    "senast_kontrollerad": "2026-03-02",
    "andrad": "2026-03-02T09:00:00Z",
    "sida": f"{_SITE}/kanaler/bluesky-biblioteket-exempelby-example",
}
_PAGE: Final = {
    "totalt": 1,
    "antal": 1,
    "limit": 20,
    "offset": 0,
    "nasta": None,
    "foregaende": None,
}
_PLATFORM: Final = {
    "plattform": "bluesky",
    "plattform_namn": "Bluesky",
    "vardnamn": ["bsky.app"],
    "antal_kanaler": 1,
}
_DEPARTMENT: Final = {
    "enhet_id": "kultur-och-fritid",
    "enhet": "Kultur och fritid",
    "antal_kanaler": 1,
}
_CHANGE: Final = {
    "andring_id": "bluesky-biblioteket-exempelby-example-startad-20250101T000000000000",
    "handelse": "startad",
    "tidpunkt": "2025-01-01T00:00:00Z",
    "kanal_id": "bluesky-biblioteket-exempelby-example",
    "visningsnamn": "Biblioteket",
    "rubrik": "Biblioteket har startat",
}
EXAMPLES: Final[dict[type[BaseModel], dict[str, Any]]] = {
    m.Kanal: _CHANNEL,
    m.Kanaler: {"metadata": _PAGE, "kanaler": [_CHANNEL]},
    m.Plattformar: {"metadata": _PAGE, "plattformar": [_PLATFORM]},
    m.Enheter: {"metadata": _PAGE, "enheter": [_DEPARTMENT]},
    m.Andringar: {"metadata": _PAGE, "andringar": [_CHANGE]},
    m.Kontroll: {
        "fraga": "https://bsky.app/profile/biblioteket.exempelby.example",
        "svar": "officiell",
        "url": "https://bsky.app/profile/biblioteket.exempelby.example",
        "sedan": "2025-01-01T00:00:00Z",
        "kanal": _CHANNEL,
    },
    m.ApiInfo: {
        "api_name": "Kanalregistret",
        "api_version": "1.0.0",
        "api_released": "2026-11-22",
        "api_documentation": f"{_ROOT}/openapi.json",
        "api_status": "active",
    },
    m.Problem: {
        "type": "about:blank",
        "title": "Finns inte",
        "status": 404,
        "detail": "Det finns inget med det namnet.",
        "instance": "/kanalregister/v1/kanaler/finns-inte",
    },
}
