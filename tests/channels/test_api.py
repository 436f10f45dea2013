"""The register's interface keeps its own contract, and the national REST profile."""

import json
import re
from datetime import datetime
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client
from hypothesis import HealthCheck, settings
from pydantic import BaseModel

from uppsikt.channels import actions, api_contract, changing
from uppsikt.channels.api_examples import EXAMPLES
from uppsikt.channels.models import Channel
from uppsikt.governance import actors
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import User

PROBLEM = "application/problem+json"
ROOT = "/kanalregister/v1"
DOCUMENT = api_contract.document(f"http://localhost{ROOT}", "Exempelby kommun", "1.0.0")
schema = schemathesis.openapi.from_dict(DOCUMENT)
schema.app = WSGIHandler()
Json = dict[str, Any]


def told(client: Client, path: str, status: int = 200) -> Json:
    answer = client.get(f"{ROOT}{path}")
    assert answer.status_code == status, answer.content
    found: Json = answer.json()
    return found


@pytest.mark.django_db(transaction=True)
@schema.parametrize()
@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
def test_every_resource_keeps_the_contract(
    case: schemathesis.Case[Any], library_channel: Channel
) -> None:
    case.call_and_validate(headers={"Host": "localhost"})


def test_the_contract_that_is_served_is_the_one_that_is_tested(
    client: Client, municipality: object
) -> None:
    served = json.dumps(told(client, "/openapi.json"))
    assert json.loads(served.replace("//testserver", "//localhost")) == DOCUMENT


@pytest.mark.parametrize("shape", EXAMPLES, ids=lambda s: s.__name__)
def test_each_example_is_true_to_its_shape(shape: type[BaseModel]) -> None:
    shape.model_validate(EXAMPLES[shape])


def test_the_contract_follows_the_national_profile() -> None:
    info = DOCUMENT["info"]
    assert info["contact"]["email"]
    assert info["license"]["identifier"] == "CC0-1.0"
    assert "x-sla" in info
    for path, given in DOCUMENT["paths"].items():
        assert re.fullmatch(r"(/([a-z-]+|\{[a-z_]+\}))+", path)
        assert list(given) == ["get"]
        assert (
            "example" in given["get"]["responses"]["200"]["content"]["application/json"]
        )
    for shape in DOCUMENT["components"]["schemas"].values():
        assert all(re.fullmatch(r"[a-z_]+", name) for name in shape["properties"])


def test_a_channel_is_listed_and_found_by_its_key(
    client: Client, library_channel: Channel
) -> None:
    [listed] = told(client, "/kanaler")["kanaler"]
    assert told(client, f"/kanaler/{listed['kanal_id']}") == listed
    assert told(client, "/avslutade-kanaler")["kanaler"] == []


def test_a_closed_channel_moves_and_a_check_says_so(
    client: Client, library_channel: Channel, bengt_user: User, monday: datetime
) -> None:
    ours = f"/kontroller?url={library_channel.url}"
    assert told(client, ours)["svar"] == "officiell"

    bengt = actors.of(bengt_user, at=monday)
    actions.close(library_channel, why="Ingen läser", actor=bengt, at=monday)

    assert told(client, "/kanaler")["kanaler"] == []
    [closed] = told(client, "/avslutade-kanaler")["kanaler"]
    assert (closed["status"], closed["slutdatum"]) == ("avslutad", "2026-03-02")
    assert told(client, ours)["svar"] == "avslutad"


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("https://bsky.app/profile/nagonannan.test", "okand"),
        ("https://bsky.app.evil.example/profile/biblioteket.test", "okand"),
        ("hej", "oforstadd"),
    ],
)
def test_a_check_never_says_yes_to_another(
    client: Client, library_channel: Channel, asked: str, answer: str
) -> None:
    assert told(client, f"/kontroller?url={asked}")["svar"] == answer


@pytest.mark.parametrize(
    "query",
    ["limit=0", "limit=101", "limit=x", "page=0", "offset=-1"],
)
def test_a_wrong_question_is_a_problem_in_words(
    client: Client, library_channel: Channel, query: str
) -> None:
    answer = client.get(f"{ROOT}/kanaler?{query}")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json().keys() == {"type", "title", "status", "detail", "instance"}


@pytest.mark.parametrize("path", ["/kanaler/finns-inte", "/finns-inte", "/"])
def test_what_is_not_there_is_a_problem_in_words(
    client: Client, library_channel: Channel, path: str
) -> None:
    assert told(client, path, 404)["title"] == "Finns inte"


def test_nothing_can_be_written_and_only_json_is_spoken(
    client: Client, library_channel: Channel
) -> None:
    for method in ("post", "put", "patch", "delete"):
        answer = getattr(client, method)(f"{ROOT}/kanaler")
        assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, OPTIONS")
    before = client.get(f"{ROOT}/kanaler", headers={"accept": "text/xml"})
    assert before.status_code == 406
    plain = client.get(f"{ROOT}/kanaler", headers={"accept": "application/*"})
    assert (plain.status_code, "Accept" in plain["Vary"].split(", ")) == (200, True)
    after = client.get(f"{ROOT}/kanaler", headers={"accept": "text/xml"})
    assert (after.status_code, after["Content-Type"]) == (406, PROBLEM)


def test_a_page_of_another_site_may_read_that_nothing_has_changed(
    client: Client, library_channel: Channel
) -> None:
    for place in (f"{ROOT}/kanaler", "/kanaler.json"):
        tag = client.get(place)["ETag"]
        again = client.get(place, headers={"if-none-match": tag})
        assert again.status_code == 304
        assert again["Access-Control-Allow-Origin"] == "*"


def test_any_site_may_read_and_head_is_get_without_a_body(
    client: Client, library_channel: Channel
) -> None:
    for path in ("/kanaler", "/kontroller?url=hej", "/finns-inte"):
        whole, head = client.get(ROOT + path), client.head(ROOT + path)
        assert whole["Access-Control-Allow-Origin"] == "*"
        assert (head.status_code, head.content) == (whole.status_code, b"")
        assert head["Content-Length"] == str(len(whole.content))
    assert client.options(f"{ROOT}/kanaler").status_code == 204


def test_pages_lead_to_each_other(client: Client, library_channel: Channel) -> None:
    first = told(client, "/plattformar?limit=3")["metadata"]
    assert first["foregaende"] is None
    second = client.get(first["nasta"]).json()["metadata"]
    assert (second["offset"], second["totalt"]) == (3, first["totalt"])
    assert client.get(second["foregaende"]).json()["metadata"] == first
    paged = told(client, "/plattformar?limit=3&page=2")
    assert paged["metadata"] == second
    beyond = told(client, "/plattformar?limit=3&page=1000000")
    last = client.get(beyond["metadata"]["foregaende"]).json()
    assert beyond["plattformar"] == []
    assert (last["metadata"]["antal"], last["metadata"]["nasta"]) == (3, None)


def test_changes_are_told_the_latest_first(
    client: Client, library_channel: Channel, kim: Actor, monday: datetime
) -> None:
    new = {"description": "Nu med kvällsöppet."}
    changing.edit_card(library_channel, new, actor=kim, at=monday)
    changes = told(client, "/andringar")["andringar"]
    assert [c["handelse"] for c in changes] == ["andrad", "startad"]
    assert told(client, "/andringar?sedan=2026-03-02")["metadata"]["totalt"] == 1
