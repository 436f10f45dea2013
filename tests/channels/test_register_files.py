"""The register in open formats: each valid by its standard, and no person in any."""

import csv
import io
import json
import re
import shutil
import subprocess
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pyshacl
import pytest
import rdflib
from django.test import Client, override_settings
from pytest_django import DjangoAssertNumQueries

from uppsikt.channels import actions, changing
from uppsikt.channels.models import Channel
from uppsikt.governance import actors
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import User

ATOM = "{http://www.w3.org/2005/Atom}"
SHAPES = Path(__file__).parent / "dcat_ap_se.ttl"
PUBLIC = (
    "/kanaler",
    "/kanaler.json",
    "/kanaler.csv",
    "/kanaler-excel.csv",
    "/kanaler.jsonld",
    "/kanaler.atom",
    "/kanaler/utdrag",
    "/kanaler/utdrag?bar",
    "/kanaler/visa-listan",
    "/kanaler/bluesky-biblioteket-test",
    "/datasets/dcat",
    "/trust.txt",
    "/.well-known/trust.txt",
    "/kanalregister/v1/kanaler",
    "/kanalregister/v1/kanaler/bluesky-biblioteket-test",
    "/kanalregister/v1/avslutade-kanaler",
    "/kanalregister/v1/kontroller?url=https://bsky.app/profile/biblioteket.test",
    "/kanalregister/v1/plattformar",
    "/kanalregister/v1/enheter",
    "/kanalregister/v1/andringar",
    "/kanalregister/v1/api-info",
    "/kanalregister/v1/openapi.json",
)


# pyshacl's own use of rdflib; nothing of ours.
old_rdflib = pytest.mark.filterwarnings("ignore:Dataset\\.:DeprecationWarning")


def text(client: Client, place: str) -> str:
    answer = client.get(place)
    assert answer.status_code == 200, place
    return answer.content.decode()


@pytest.mark.parametrize("place", PUBLIC)
def test_no_person_stands_in_any_public_answer(
    client: Client, place: str, library_channel: Channel, rut_user: User
) -> None:
    library_channel.contact = "anna@exempelby.example"
    library_channel.save(update_fields=["contact"])
    shown = text(client, place).lower()
    for user in User.objects.all():
        assert user.email not in shown
        assert not re.search(rf"\b{user.first_name.lower()}\b", shown)


@pytest.mark.parametrize("place", PUBLIC)
def test_each_is_read_alone_from_memory_until_something_happens(
    client: Client,
    place: str,
    library_channel: Channel,
    kim: Actor,
    monday: datetime,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    if "kontroller" in place:
        pytest.skip("Each question there is asked once.")
    first = client.get(place)
    with django_assert_num_queries(1):
        assert client.get(place).content == first.content
    new = {"name": "Bibblan"}
    changing.edit_card(library_channel, new, actor=kim, at=monday)
    named = "Biblioteket" in first.content.decode().replace("biblioteket", "")
    if named and "openapi" not in place and "enheter" not in place:
        assert client.get(place).content != first.content


@pytest.mark.parametrize("bad", ["=1+1", "+46", "-1", "@SUM(A1)", "\t=1", "\r=1"])
@pytest.mark.parametrize("place", ["/kanaler.csv", "/kanaler-excel.csv"])
def test_no_cell_is_a_formula(
    client: Client, library_channel: Channel, place: str, bad: str
) -> None:
    library_channel.description = bad
    library_channel.save(update_fields=["description"])
    sheet = client.get(place).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(sheet), delimiter=_parted(place)))
    assert not [c for row in rows for c in row if c.startswith(tuple("=+-@\t\r"))]


def _parted(place: str) -> str:
    return ";" if "excel" in place else ","


@pytest.mark.parametrize("place", ["/kanaler.csv", "/kanaler-excel.csv"])
def test_csv_is_rectangular_with_crlf_and_plain_names(
    client: Client, library_channel: Channel, place: str
) -> None:
    library_channel.description = 'Rad ett\n"rad två"; och, mer'
    library_channel.save(update_fields=["description"])
    body = client.get(place).content
    assert body.startswith(b"\xef\xbb\xbf") is ("excel" in place)
    sheet = body.decode("utf-8-sig")
    assert sheet.endswith("\r\n")
    told = io.StringIO(sheet, newline="")
    head, row = csv.reader(told, delimiter=_parted(place))
    assert len(head) == len(row)
    assert all(re.fullmatch(r"[a-z_]+", name) for name in head)
    assert row[head.index("beskrivning")] == library_channel.description
    assert row[head.index("syften")] == "Skapa dialog|Besvara frågor och ge service"


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not here")
def test_libreoffice_opens_the_file_as_text(
    client: Client, library_channel: Channel, tmp_path: Path
) -> None:
    library_channel.description = '=HYPERLINK("http://evil.example")'
    library_channel.save(update_fields=["description"])
    place = tmp_path / "kanaler.csv"
    place.write_bytes(client.get("/kanaler.csv").content)
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    ask = ["soffice", home, "--headless", "--convert-to", "fods"]
    ask += ["--outdir", str(tmp_path)]
    subprocess.run([*ask, str(place)], check=True, capture_output=True, timeout=120)
    assert "table:formula" not in (tmp_path / "kanaler.fods").read_text()


def test_linked_data_holds_what_is_ours_and_cannot_end_its_element(
    client: Client, library_channel: Channel, kim: Actor, monday: datetime
) -> None:
    bad = {"name": "</script><script>alert(1)</script>\u2028"}
    changing.edit_card(library_channel, bad, actor=kim, at=monday)
    page = text(client, "/kanaler")
    told = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    assert told
    linked = json.loads(told[1])
    assert linked == json.loads(text(client, "/kanaler.jsonld"))
    assert linked["@type"] == "GovernmentOrganization"
    [department] = linked["department"]
    assert department["sameAs"] == [library_channel.url]
    assert department["contactPoint"][0]["contactType"] == bad["name"]


def test_what_has_closed_is_not_vouched_for(
    client: Client, library_channel: Channel, bengt_user: User, monday: datetime
) -> None:
    vouching = ("/kanaler.jsonld", "/trust.txt", "/kanaler/utdrag")
    assert all(library_channel.url in text(client, place) for place in vouching)
    bengt = actors.of(bengt_user, at=monday)
    actions.close(library_channel, why="Ingen läser", actor=bengt, at=monday)
    assert not any(library_channel.url in text(client, place) for place in vouching)


def test_the_feed_is_an_atom_feed_of_changes(
    client: Client, library_channel: Channel, bengt_user: User, monday: datetime
) -> None:
    bengt = actors.of(bengt_user, at=monday)
    actions.close(library_channel, why="Ingen läser", actor=bengt, at=monday)
    feed = ET.fromstring(text(client, "/kanaler.atom"))
    for name in ("id", "title", "updated", "author"):
        assert feed.find(ATOM + name) is not None
    entries = feed.findall(ATOM + "entry")
    kinds = [e.find(ATOM + "category").get("term") for e in entries]  # type: ignore[union-attr]
    assert kinds == ["avslutad", "startad"]
    for name in ("id", "title", "updated", "link"):
        assert all(e.find(ATOM + name) is not None for e in entries)
    ids = [e.findtext(ATOM + "id") for e in entries]
    assert len(set(ids)) == len(ids)
    assert feed.findtext(ATOM + "updated") == "2026-03-02T09:00:00Z"


def described(client: Client) -> rdflib.Graph:
    return rdflib.Graph().parse(data=text(client, "/datasets/dcat"), format="xml")


@old_rdflib
@pytest.mark.parametrize("number", ["", "2120000092"])
def test_the_description_is_valid_dcat_ap_se(
    client: Client, library_channel: Channel, number: str
) -> None:
    with override_settings(ORGANISATION_NUMBER=number):
        graph = described(client)
    valid, _graph, said = pyshacl.validate(graph, shacl_graph=str(SHAPES))
    assert valid, said
    assert not [n for n in graph.all_nodes() if isinstance(n, rdflib.BNode)]
    publisher = rdflib.URIRef(f"http://dataportal.se/organisation/SE{number}")
    assert (publisher in graph.all_nodes()) is bool(number)


@old_rdflib
@pytest.mark.parametrize(
    "left_out",
    [
        "http://purl.org/dc/terms/publisher",
        "http://purl.org/dc/terms/license",
        "http://purl.org/dc/terms/type",
        "http://www.w3.org/ns/dcat#accessURL",
        "http://www.w3.org/ns/dcat#endpointURL",
        "http://www.w3.org/2006/vcard/ns#hasEmail",
    ],
)
def test_the_rules_see_what_is_left_out(
    client: Client, library_channel: Channel, left_out: str
) -> None:
    graph = described(client)
    graph.remove((None, rdflib.URIRef(left_out), None))
    valid, _graph, _said = pyshacl.validate(graph, shacl_graph=str(SHAPES))
    assert not valid


def test_the_piece_may_be_framed_and_the_list_may_not(
    client: Client, library_channel: Channel
) -> None:
    for _ in range(2):
        piece, whole = client.get("/kanaler/utdrag"), client.get("/kanaler")
        assert "frame-ancestors *" in piece["Content-Security-Policy"]
        assert "X-Frame-Options" not in piece
        assert piece["Access-Control-Allow-Origin"] == "*"
        assert "frame-ancestors 'none'" in whole["Content-Security-Policy"]
        assert whole["X-Frame-Options"] == "DENY"


def test_the_piece_names_the_platform_once(
    client: Client, library_channel: Channel
) -> None:
    assert "Biblioteket på Bluesky</a>" in text(client, "/kanaler/utdrag?bar")
    Channel.objects.update(name="Biblioteket på Bluesky")
    assert "på Bluesky på Bluesky" not in text(client, "/kanaler/utdrag")


def test_what_xml_cannot_hold_is_left_out(
    client: Client, library_channel: Channel
) -> None:
    Channel.objects.update(name="Biblio\uffffteket\x1f")
    ET.fromstring(text(client, "/kanaler.atom"))
    assert "Biblioteket," in text(client, "/kanaler.csv")


def test_the_piece_is_narrowed_by_department(
    client: Client, library_channel: Channel
) -> None:
    near = text(client, "/kanaler/utdrag?bar&forvaltning=kultur-och-fritid")
    far = text(client, "/kanaler/utdrag?bar&forvaltning=utbildning")
    assert library_channel.url in near
    assert "<html" not in near
    assert library_channel.url not in far
