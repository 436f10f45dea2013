"""A package convinces a stranger, and holds no more than was asked for."""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from uppsikt.archive import manifest, package, verify
from uppsikt.records import keys, ledger, packing, vault
from uppsikt.records.models import Blob, Entry, Package

pytestmark = pytest.mark.django_db

PICTURE, SECRET = b"\x89PNG bild" * 20_000, b"skyddad uppgift"


def digest(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def removed(at: datetime) -> Entry:
    facts: dict[str, ledger.JsonValue] = {
        "ground": "insult",
        "author": "Klassens clown",
        "files": [digest(PICTURE), digest(SECRET)],
    }
    return ledger.append("case.remove", "case:7", facts, actor="user:3", at=at)


@pytest.fixture
def picture(noon: datetime) -> Blob:
    return vault.keep(PICTURE, "image/png", at=noon)


@pytest.fixture
def secret(noon: datetime) -> Blob:
    return vault.keep(SECRET, "text/plain", at=noon, restricted=True)


def select(*acts: packing.Act) -> packing.Selection:
    return packing.Selection(
        title="Borttagen kommentar, ärende 7",
        subject="case:7",
        path="/1/2/",
        recipient="Registrator",
        on_behalf="Rut Ek, registrator",
        guideline="2017/KS 0318 003",
        acts=acts,
    )


Check = Callable[[Package], verify.Report]


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """Check a package as a stranger does, who has the file and the published key."""

    def checked(made: Package) -> verify.Report:
        path = tmp_path / "package.zip"
        path.write_bytes(vault.open_(Blob.objects.get(pk=made.blob_id)))
        assert hashlib.sha256(path.read_bytes()).hexdigest() == made.digest
        return verify.verify(path, keys.verifier_key())

    return checked


def inside(made: Package) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(vault.open_(made.blob))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_package_with_evidence_is_whole_to_a_stranger(
    noon: datetime, picture: Blob, check: Check
) -> None:
    act = packing.Act(removed(noon), files=[packing.File(picture, "skarmbild.png")])
    ledger.sequence(noon)

    made = packing.pack(select(act), actor="user:9", at=noon)

    report = check(made)
    assert (report.faults, report.states) == ([], {1: "whole"})
    assert inside(made)["files/skarmbild.png"] == PICTURE
    assert not made.blob.restricted


def test_the_making_of_a_package_is_an_act_of_its_own(noon: datetime) -> None:
    act = packing.Act(removed(noon))
    ledger.sequence(noon)

    made = packing.pack(select(act), actor="user:9", at=noon)

    told = ledger.opened(Entry.objects.get(act="package.make"))
    assert (told["subject"], told["actor"]) == ("case:7", "user:9")
    assert told["files"] == [f"sha256:{made.digest}"]
    assert (made.made_at, made.made_by, made.path) == (noon, "user:9", "/1/2/")


def test_what_is_not_sealed_yet_is_not_handed_out(noon: datetime) -> None:
    old, new = removed(noon), packing.Act(removed(noon))
    with pytest.raises(packing.NotSealed):
        packing.pack(select(new), actor="user:9", at=noon)

    ledger.sequence(noon)
    acts = [packing.Act(old), packing.Act(removed(noon))]
    with pytest.raises(packing.NotSealed):
        packing.pack(select(*acts), actor="user:9", at=noon)
    assert not Package.objects.exists()


def test_a_restricted_file_goes_out_only_when_asked_for_by_name(
    noon: datetime, secret: Blob, check: Check
) -> None:
    file = packing.File(secret, "uppgift.txt")
    selection = select(packing.Act(removed(noon), files=[file]))
    ledger.sequence(noon)

    with pytest.raises(packing.Restricted, match=r"uppgift\.txt"):
        packing.pack(selection, actor="user:9", at=noon)
    assert not Package.objects.exists()

    asked = replace(selection, restricted=["uppgift.txt"])
    made = packing.pack(asked, actor="user:9", at=noon)
    assert check(made).is_whole
    assert made.blob.restricted
    assert SECRET not in bytes(made.blob.data or b"")


def test_a_masked_field_is_not_in_the_package_and_the_proof_holds(
    noon: datetime, check: Check
) -> None:
    act = packing.Act(removed(noon), masked=["author"])
    ledger.sequence(noon)

    made = packing.pack(select(act), actor="user:9", at=noon)

    report = check(made)
    assert (report.faults, report.states) == ([], {1: "masked"})
    assert not any(b"clown" in data for data in inside(made).values())


def test_members_of_a_fetch_are_shown_one_by_one_without_the_others(
    noon: datetime, check: Check
) -> None:
    members: list[dict[str, ledger.JsonValue]] = [
        {"item": f"kommentar-{n}"} for n in range(9)
    ]
    entry = ledger.append_batch(
        "inbox.fetch", "channel:1", members, {"seen": 9}, actor="clock", at=noon
    )
    ledger.sequence(noon)
    acts = [
        packing.Act(entry),
        packing.Act(entry, member=3),
        packing.Act(entry, member=7),
    ]

    made = packing.pack(select(*acts), actor="user:9", at=noon)

    assert check(made).faults == []
    shown = b"".join(inside(made).values())
    told = [n for n in range(9) if f"kommentar-{n}".encode() in shown]
    assert told == [2, 6]


def test_a_disposed_act_is_still_proved_to_have_been(
    noon: datetime, check: Check
) -> None:
    entry = removed(noon)
    ledger.sequence(noon)
    ledger.dispose(entry, under="KS 2019:44")

    made = packing.pack(
        select(packing.Act(Entry.objects.get(pk=entry.pk))), actor="user:9", at=noon
    )

    report = check(made)
    assert (report.faults, report.states) == ([], {1: "disposed"})


def test_a_file_that_the_act_does_not_name_is_no_evidence(noon: datetime) -> None:
    other = vault.keep(b"en annan bild", "image/png", at=noon)
    entry = removed(noon)
    ledger.sequence(noon)

    file = packing.File(other, "annan.png")
    with pytest.raises(packing.NotNamed):
        packing.pack(select(packing.Act(entry, files=[file])), actor="user:9", at=noon)

    file = packing.File(other, "annan.png", role="attachment")
    made = packing.pack(
        select(packing.Act(entry, files=[file])), actor="user:9", at=noon
    )
    listed = json.loads(inside(made)[manifest.MANIFEST])
    assert "attachment" in [item["role"] for item in listed["files"]]


@pytest.mark.parametrize("name", ["../x", "a/b.png", ".dold", "å.png"])
def test_an_unsafe_name_leaves_nothing_behind(
    noon: datetime, picture: Blob, home: Path, name: str
) -> None:
    act = packing.Act(removed(noon), files=[packing.File(picture, name)])
    ledger.sequence(noon)

    with pytest.raises(package.UnsafeName):
        packing.pack(select(act), actor="user:9", at=noon)
    assert not Package.objects.exists()
    left = [path.name for path in (home / "vault").rglob("*") if path.is_file()]
    assert left == [picture.name]


def test_damaged_evidence_is_not_handed_out(
    noon: datetime, picture: Blob, home: Path
) -> None:
    act = packing.Act(removed(noon), files=[packing.File(picture, "bild.png")])
    ledger.sequence(noon)
    vault.path_of(picture.name, restricted=False).write_bytes(b"changed")

    with pytest.raises(vault.Damaged):
        packing.pack(select(act), actor="user:9", at=noon)
    assert not Package.objects.exists()
