"""The contract of the register's interface, made from the shapes the views use."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.http import HttpResponse
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from uppsikt.channels import api_model as m
from uppsikt.channels import register_cache
from uppsikt.channels.api_answer import JSON, PROBLEM
from uppsikt.channels.api_examples import EXAMPLES
from uppsikt.channels.api_query import (
    AskedChanges,
    AskedChannels,
    AskedCheck,
    AskedStanding,
    Paged,
    Query,
)
from uppsikt.governance.request import Request

_REF: Final = "#/components/schemas/{model}"
_TEXT: Final = (
    "Kommunens konton i sociala medier: vilka som är våra, vilka som är avslutade, "
    "och om en adress är vår. Öppet utan nyckel. Begränsningar: högst 100 poster på en "
    "sida; svar får sparas i fem minuter.\n\n"
    "The municipality's social media accounts: which are ours, which have closed, and "
    "whether an address is ours. Open, without a key. Limits: at most 100 posts on a "
    "page; answers may be kept for five minutes."
)
_SLA: Final = (
    "Ingen garanti för tillgänglighet. Fel rättas under kontorstid. / No guarantee of "
    "availability. Faults are mended in office hours."
)
_FAULTS: Final = {
    "400": "Frågan går inte att läsa / The question cannot be read",
    "404": "Finns inte / Not found",
    "405": "Bara läsning / Only reading",
    "406": "Formatet finns inte / No such format",
    "503": "Registret är inte i drift ännu / Not in use yet",
}


@dataclass(frozen=True, slots=True)
class Resource:
    """One resource: where it is, what it answers, and what may be asked."""

    path: str
    name: str
    summary: str
    answer: type[BaseModel]
    query: type[Query] | None = None


RESOURCES: Final = (
    Resource(
        "/kanaler",
        "lista_kanaler",
        "Kanaler som är aktiva eller pausade / Channels in use or resting",
        m.Kanaler,
        AskedStanding,
    ),
    Resource(
        "/kanaler/{kanal_id}",
        "hamta_kanal",
        "En kanal, också en avslutad / One channel, also a closed one",
        m.Kanal,
    ),
    Resource(
        "/avslutade-kanaler",
        "lista_avslutade_kanaler",
        "Kanaler som inte längre är våra / Channels no longer ours",
        m.Kanaler,
        AskedChannels,
    ),
    Resource(
        "/kontroller",
        "kontrollera",
        "Är kontot vårt? / Is the account ours?",
        m.Kontroll,
        AskedCheck,
    ),
    Resource(
        "/plattformar",
        "lista_plattformar",
        "Plattformar / Platforms",
        m.Plattformar,
        Paged,
    ),
    Resource(
        "/enheter", "lista_enheter", "Förvaltningar / Departments", m.Enheter, Paged
    ),
    Resource(
        "/andringar",
        "lista_andringar",
        "Vad som har hänt, senast först / What has happened, latest first",
        m.Andringar,
        AskedChanges,
    ),
    Resource(
        "/api-info", "api_info", "Om gränssnittet / About the interface", m.ApiInfo
    ),
)


def contract(
    request: Request, root: str, municipality: str, version: str
) -> HttpResponse:
    """Give the contract of the interface that stands at `root`."""
    told = document(root, municipality, version)
    body = json.dumps(told, ensure_ascii=False, indent=1).encode()
    return register_cache.for_all(request, body, JSON)


def document(root: str, municipality: str, version: str) -> dict[str, Any]:
    """Return the OpenAPI 3.1 document of the interface."""
    models = {r.answer for r in RESOURCES} | {m.Problem}
    kinds = sorted(models, key=lambda k: k.__name__)
    _names, schemas = models_json_schema(
        [(kind, "serialization") for kind in kinds], ref_template=_REF
    )
    return {
        "openapi": "3.1.0",
        "info": _info(root, municipality, version),
        "servers": [{"url": root}],
        "paths": {r.path: {"get": _get(r)} for r in RESOURCES},
        "components": {"schemas": schemas["$defs"]},
    }


def _info(root: str, municipality: str, version: str) -> dict[str, Any]:
    return {
        "title": "Kanalregistret",
        "version": version,
        "description": _TEXT,
        "contact": {
            "name": municipality,
            "email": settings.REGISTER_CONTACT,
            "url": root.removesuffix("/kanalregister/v1") + "/kanaler",
        },
        "license": {"name": "CC0 1.0", "identifier": "CC0-1.0"},
        "x-sla": _SLA,
    }


def _get(r: Resource) -> dict[str, Any]:
    return {
        "operationId": r.name,
        "summary": r.summary,
        "parameters": [*_in_path(r), *_in_query(r)],
        "responses": {"200": _ok(r), **_faults(r)},
    }


def _in_path(r: Resource) -> list[dict[str, Any]]:
    if "{" not in r.path:
        return []
    told = "Kanalens nyckel / The channel's key"
    schema = {"type": "string", "pattern": "^[-a-zA-Z0-9_]{1,120}$"}
    example = EXAMPLES[m.Kanal]["kanal_id"]
    return [_parameter("kanal_id", "path", told, schema, example) | {"required": True}]


def _in_query(r: Resource) -> list[dict[str, Any]]:
    if r.query is None:
        return []
    schema = r.query.model_json_schema()
    needed = schema.get("required", [])
    return [
        _parameter(name, "query", told.pop("description", ""), _plain(told), None)
        | {"required": name in needed}
        for name, told in schema["properties"].items()
    ]


def _plain(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a parameter: left out or given, but never null."""
    may = schema.get("anyOf", [schema])
    given = next(s for s in may if s.get("type") != "null")
    plain = {k: v for k, v in given.items() if k not in ("title", "default")}
    default = schema.get("default")
    return plain | ({"default": default} if default not in (None, "") else {})


def _parameter(
    name: str, place: str, told: str, schema: Mapping[str, Any], example: object
) -> dict[str, Any]:
    parameter = {"name": name, "in": place, "description": told, "schema": schema}
    return parameter | ({"example": example} if example else {})


def _ok(r: Resource) -> dict[str, Any]:
    shape = {"$ref": _REF.format(model=r.answer.__name__)}
    content = {"schema": shape, "example": EXAMPLES[r.answer]}
    return {"description": r.summary, "content": {"application/json": content}}


def _faults(r: Resource) -> dict[str, Any]:
    left_out = {"400"} if r.query is None else set()
    left_out |= set() if "{" in r.path else {"404"}
    shape = {"$ref": _REF.format(model="Problem")}
    content = {PROBLEM: {"schema": shape, "example": EXAMPLES[m.Problem]}}
    return {
        status: {"description": told, "content": content}
        for status, told in _FAULTS.items()
        if status not in left_out
    }
