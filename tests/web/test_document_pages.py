"""The pages of the guideline: versions, proposals from draft to decision, and forms."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.conftest import Cast, SignedIn
from uppsikt.channels.models import Channel
from uppsikt.governance import rules
from uppsikt.governance.models import (
    Adoption,
    GuidelineReview,
    LawCheck,
    LocalDecision,
    Node,
    Proposal,
)
from uppsikt.policy.roles import Role

WHY = {"title": "Fler som når kontot", "reasons": "Två räcker inte."}
DECISION = {"number": "2026/KS 0012", "starts_on": "", "valid_until": ""}


@pytest.fixture
def office(person: Cast, municipality: Node, signed_in: SignedIn) -> Client:
    user = person("Olga", "strateg", Role.COMMUNICATIONS_OFFICE, municipality)
    return signed_in(user)


@pytest.fixture
def owner(person: Cast, municipality: Node, signed_in: SignedIn) -> Client:
    user = person("Olle", "chef", Role.COMMUNICATIONS_DIRECTOR, municipality)
    return signed_in(user)


@pytest.fixture
def decider(person: Cast, municipality: Node, signed_in: SignedIn) -> Client:
    user = person("Diana", "direktör", Role.MUNICIPAL_DIRECTOR, municipality)
    return signed_in(user)


@pytest.fixture
def draft(office: Client) -> str:
    """The address of a draft that changes one value."""
    assert office.post("/riktlinjen/forslag/nytt/", WHY).status_code == 302
    path = f"/riktlinjen/forslag/{Proposal.objects.get().pk}/"
    value = {"value": "3"}
    answer = office.post(f"{path}varden/min_access_holders/", value)
    assert answer.status_code == 302
    return path


def body(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return str(answer.content.decode())


def test_a_version_goes_from_draft_to_decision_on_the_pages(
    draft: str,
    library_channel: Channel,
    office: Client,
    owner: Client,
    decider: Client,
) -> None:
    shown = body(office, draft)
    assert "<del>2</del>" in shown
    assert "<ins>3</ins>" in shown
    assert "1 kanal skulle sakna mer än nu" in body(office, f"{draft}verkan/")

    office.post(f"{draft}propose/")
    owner.post(f"{draft}endorse/")
    assert library_channel.name in body(decider, f"{draft}beslut/")
    assert owner.get(f"{draft}beslut/").status_code == 403
    assert decider.post(f"{draft}beslut/", DECISION).status_code == 302

    assert rules.in_force(timezone.now()).number("min_access_holders") == 3
    versions = body(office, "/riktlinjen/versioner/")
    assert "2026/KS 0012" in versions
    assert WHY["title"] in versions


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"number": "12"}, "Skriv ett diarienummer"),
        ({"starts_on": "2020-01-01"}, "inte har passerat"),
        ({"starts_on": "2031-01-02", "valid_until": "2031-01-01"}, "slut"),
    ],
)
def test_a_decision_that_cannot_be_is_told_and_what_was_written_is_kept(
    change: dict[str, str],
    told: str,
    draft: str,
    office: Client,
    owner: Client,
    decider: Client,
) -> None:
    office.post(f"{draft}propose/")
    owner.post(f"{draft}endorse/")

    answer = decider.post(f"{draft}beslut/", {**DECISION, **change})

    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert next(iter(change.values())) in answer.content.decode()
    assert Adoption.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("min_access_holders", "många"),
        ("min_access_holders", "-1"),
        ("full_response", "snart"),
        ("guideline_review_interval", "ibland"),
        ("diary_pattern", "(["),
    ],
)
def test_a_value_that_the_check_refuses_changes_nothing(
    name: str, value: str, draft: str, office: Client
) -> None:
    before = Proposal.objects.get().source_id
    answer = office.post(f"{draft}varden/{name}/", {"value": value})
    assert answer.status_code == 422
    assert Proposal.objects.get().source_id == before


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b'id = "x',
        b"\xff\xfe",
        b'grounds = "grounds.toml"\n',
        rules.packaged_file("tyreso").replace(b'force = "ska"', b'force = "kanske"'),
        rules.packaged_file("tyreso").replace(
            b"[parameters.min_access_holders]\nvalue = 2",
            b"[parameters.min_access_holders]\nvalue = 'x'",
        ),
    ],
    ids=["empty", "cut", "no text", "not whole", "force", "kind"],
)
def test_a_broken_file_is_told_fault_by_fault_and_changes_nothing(
    data: bytes, draft: str, office: Client
) -> None:
    before = Proposal.objects.get().source_id
    file = SimpleUploadedFile("riktlinje.toml", data)
    answer = office.post(f"{draft}in/", {"file": file})
    assert answer.status_code == 422
    assert Proposal.objects.get().source_id == before


def test_a_changed_file_becomes_what_the_draft_says(draft: str, office: Client) -> None:
    whole = office.get(f"{draft}fil/").content
    changed = whole.replace(b"exemptible = false\n\n[[control]]", b"\n[[control]]", 1)
    office.post(f"{draft}in/", {"file": SimpleUploadedFile("v.toml", changed)})
    assert "Undantag går att få" in body(office, draft)


def test_a_review_that_wants_a_change_leads_to_a_new_draft(office: Client) -> None:
    path = "/riktlinjen/granskning/"
    assert office.post(path, {"outcome": "change", "notes": ""}).status_code == 422
    answer = office.post(path, {"outcome": "change", "notes": "Lagen har ändrats"})
    assert answer["Location"] == "/riktlinjen/forslag/nytt/"
    assert "Lagen har ändrats" in body(office, path)
    assert GuidelineReview.objects.count() == 1


def test_a_law_that_changed_is_noted_with_what_is_new(office: Client) -> None:
    path = "/riktlinjen/lagar/bbs/"
    assert office.post(path, {"changed": "on"}).status_code == 422
    office.post(path, {"changed": "on", "note": "4 a § är ny"})
    assert LawCheck.objects.get().note == "4 a § är ny"
    assert "4 a § är ny" in body(office, "/riktlinjen/forslag/nytt/")
    assert office.get("/riktlinjen/lagar/finns-inte/").status_code == 404
    assert "BBS" in body(office, path) or "1998:112" in body(office, path)


def test_a_head_keeps_a_decision_and_ends_it(
    person: Cast, culture: Node, signed_in: SignedIn
) -> None:
    head = person("Frida", "chef", Role.DEPARTMENT_DIRECTOR, culture)
    client = signed_in(head)
    path = f"/lokala-beslut/ny/{culture.pk}/work_time/"
    told = {
        "title": "Arbetstid",
        "text": "Den som har det i uppdraget får.",
        "decided_by": "Förvaltningschefen",
        "decided_on": "2026-02-01",
        "diary_number": "2026/KFN 0007",
        "valid_from": "2026-02-01",
    }
    broken = client.post(path, {**told, "diary_number": "=cmd()"})
    assert broken.status_code == 422
    assert "Den som har det i uppdraget får." in broken.content.decode()
    assert client.post(path, told).status_code == 302

    made = LocalDecision.objects.get()
    client.post(f"/lokala-beslut/{made.pk}/avsluta/", {"last_day": "2026-03-01"})
    assert "Arbetstid" in body(client, "/lokala-beslut/?slut=1")
    assert "Arbetstid" not in body(client, "/lokala-beslut/")


def test_an_archivist_keeps_a_disposal_decision(
    person: Cast, municipality: Node, signed_in: SignedIn
) -> None:
    client = signed_in(person("Ark", "arkivarie", Role.ARCHIVIST, municipality))
    path = f"/lokala-beslut/ny/{municipality.pk}/disposal/"
    assert "Vad som får gallras" in body(client, path)
    told = {
        "title": "Gallring",
        "text": "Det som är av ringa betydelse.",
        "category": "minor",
        "count": "2",
        "unit": "month",
        "decided_by": "Kommunstyrelsen",
        "decided_on": "2026-02-01",
        "diary_number": "2026/KS 0007",
        "valid_from": "2026-02-01",
    }
    assert client.post(path, told).status_code == 302
    assert "2 månader" in body(
        client, f"/lokala-beslut/{LocalDecision.objects.get().pk}/"
    )


@pytest.mark.parametrize(
    "path",
    [
        "/riktlinjen/",
        "/riktlinjen/ansvar/",
        "/riktlinjen/lagar/",
        "/riktlinjen/versioner/",
        "/riktlinjen/granskning/",
        "/riktlinjen/forslag/",
        "/riktlinjen/lasta/",
        "/lokala-beslut/",
        "/allmanna-handlingar/",
        "/efterlevnad/",
        "/",
    ],
)
def test_the_office_opens_every_page(path: str, office: Client) -> None:
    assert "<h1" in body(office, path)
