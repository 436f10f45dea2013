"""A case is handed out whole, to those who may, and a stranger can verify it."""

import io
import json
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from tests.moderation.town import condemned, removed
from uppsikt.archive import verify
from uppsikt.governance import moves
from uppsikt.governance.actors import Actor
from uppsikt.inbox.models import Item
from uppsikt.moderation import actions, exporting, registering
from uppsikt.moderation.models import Case
from uppsikt.records import keys, ledger, packing, vault
from uppsikt.records.models import Entry, Package


@pytest.fixture
def case(insult: Item, anna: Actor, rut: Actor, monday: datetime) -> Case:
    case = removed(insult, anna, monday)
    actions.notify(case, "Din kommentar är borttagen.", actor=anna, at=monday)
    assert case.registration
    registering.register(case.registration, actor=rut, at=monday)
    ledger.sequence(monday)
    return case


def unpacked(package: Package) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(vault.open_(package.blob)))


def acts_in(package: Package) -> list[str]:
    archive = unpacked(package)
    records = [n for n in archive.namelist() if n.startswith("records/")]
    told = [json.loads(archive.read(name)) for name in records]
    return [
        record["opening"].get("act", {"value": "member"})["value"] for record in told
    ]


def test_a_package_is_whole_and_holds_all_that_was_done(
    case: Case, rut: Actor, tmp_path: Path, monday: datetime
) -> None:
    package = exporting.pack_case(case, actor=rut, at=monday)

    path = tmp_path / "package.zip"
    path.write_bytes(vault.open_(package.blob))
    assert verify.verify(path, keys.verifier_key()).is_whole
    assert acts_in(package) == [
        "member",
        "case.open",
        "case.condemn",
        "case.preserve",
        "case.secure",
        "case.remove",
        "case.read_back",
        "outgoing.order",
        "diary.number",
    ]
    names = unpacked(package).namelist()
    assert "files/fore-1-bild.png" in names
    assert "files/fore-1-kallkod.html" in names
    assert "files/efter-2-plattformens-svar.json" in names


def test_a_changed_byte_in_the_picture_is_named(
    case: Case, rut: Actor, tmp_path: Path, monday: datetime
) -> None:
    package = exporting.pack_case(case, actor=rut, at=monday)
    data = bytearray(vault.open_(package.blob))
    data[data.index(b"\x89PNG") + 40] ^= 1
    path = tmp_path / "package.zip"
    path.write_bytes(bytes(data))
    report = verify.verify(path, keys.verifier_key())
    assert not report.is_whole
    assert "fore-1-bild.png" in str(report.faults)


def test_what_is_not_sealed_yet_waits(
    insult: Item, anna: Actor, monday: datetime
) -> None:
    case = condemned(insult, anna, monday)
    with pytest.raises(packing.NotSealed):
        exporting.pack_case(case, actor=anna, at=monday)
    assert not Package.objects.exists()


def test_who_looks_after_nothing_here_gets_no_package(
    case: Case, bengt: Actor, david: Actor, monday: datetime
) -> None:
    with pytest.raises(moves.NotYours):
        exporting.pack_case(case, actor=david, at=monday)


def test_restricted_evidence_goes_only_to_who_reads_it_and_the_opening_is_recorded(
    insult: Item, anna: Actor, cecilia: Actor, rut: Actor, monday: datetime
) -> None:
    case = removed(insult, anna, monday, ground="secrecy")
    ledger.sequence(monday)

    bare = exporting.pack_case(case, actor=cecilia, at=monday)
    assert not [n for n in unpacked(bare).namelist() if n.startswith("files/")]
    assert not bare.blob.restricted
    assert not Entry.objects.filter(act="evidence.open").exists()

    full = exporting.pack_case(case, actor=rut, at=monday)
    assert [n for n in unpacked(full).namelist() if n.startswith("files/")]
    assert full.blob.restricted
    opening = Entry.objects.get(act="evidence.open")
    assert ledger.opened(opening)["actor"] == rut.name
