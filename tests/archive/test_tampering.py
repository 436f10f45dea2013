"""A changed byte in a package never goes unnoticed, and each fault has its name."""

import json
import random
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.archive import packages
from uppsikt.archive import batch, merkle, note, opening, proof
from uppsikt.archive.record import Record
from uppsikt.archive.verify import main, verify

VKEY = packages.vkey()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("package") / "paket.zip"
    packages.make(path)
    return path


def faults(path: Path, vkey: str | None = VKEY) -> list[tuple[str, str]]:
    return [(found.code, str(found)) for found in verify(path, vkey).faults]


def codes(path: Path, vkey: str | None = VKEY) -> set[str]:
    return {code for code, _ in faults(path, vkey)}


def owners(path: Path) -> list[str]:
    """Tell for each byte of the package which file's contents it is, if any."""
    owner = [""] * path.stat().st_size
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            start = info.header_offset + 30 + len(info.filename.encode())
            owner[start : start + info.file_size] = [info.filename] * info.file_size
    return owner


def test_two_thousand_changed_bytes_are_all_noticed_and_named(
    whole: Path, tmp_path: Path
) -> None:
    data, owner = whole.read_bytes(), owners(whole)
    drawn = random.Random(6962)
    # The verifier's own source fills most of a small package: every other byte is
    # drawn from the rest, so that headers, records and notes get their share.
    rest = [at for at, name in enumerate(owner) if name != "verify.py"]
    path = tmp_path / "spoiled.zip"
    for turn in range(2000):
        at = drawn.choice(rest) if turn % 2 else drawn.randrange(len(data))
        changed = bytearray(data)
        changed[at] ^= drawn.randrange(1, 256)
        path.write_bytes(changed)
        told = " ".join(text for _, text in faults(path))
        named = owner[at] or f"vid byte {at} "
        assert named.removesuffix("sig").removesuffix("json") in told, (at, told)


def test_every_byte_outside_the_contents_is_noticed_without_a_key_too(
    whole: Path, tmp_path: Path
) -> None:
    data, owner = whole.read_bytes(), owners(whole)
    path = tmp_path / "spoiled.zip"
    for at in [at for at, name in enumerate(owner) if not name][::3]:
        changed = bytearray(data)
        changed[at] ^= 0x41
        path.write_bytes(changed)
        assert f"vid byte {at} " in " ".join(text for _, text in faults(path, None))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data + b"\0",
        lambda data: b"\0" + data,
        lambda data: data[:-1],
        lambda data: data[: len(data) // 2],
        lambda data: data[:100],
        lambda data: data[:5000] + b"wedge" + data[5000:],
        lambda data: data[:-2] + b"\x05\x00hello",
        lambda data: data + data,
    ],
)
def test_bytes_cut_off_or_wedged_in_are_noticed(
    whole: Path, tmp_path: Path, spoil: Callable[[Any], Any]
) -> None:
    path = tmp_path / "spoiled.zip"
    path.write_bytes(spoil(whole.read_bytes()))
    assert codes(path) & {"length", "structure"}


@settings(max_examples=150)
@given(data=st.data())
def test_no_mangled_input_crashes_the_verifier(
    whole: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    mangled = bytearray(whole.read_bytes())
    edge = st.integers(0, 5000) | st.integers(len(mangled) - 2500, len(mangled))
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(edge)
        length = data.draw(st.integers(0, 50))
        mangled[start : start + length] = data.draw(st.binary(max_size=60))
    path = tmp_path_factory.mktemp("mangled") / "p.zip"
    path.write_bytes(mangled)
    try:
        noticed = not verify(path).is_whole
    except opening.NotPackage:
        noticed = True
    assert noticed or bytes(mangled) == whole.read_bytes()


def spoiled_folder(whole: Path, folder: Path, spoil: Callable[[Any], Any]) -> Path:
    with zipfile.ZipFile(whole) as archive:
        archive.extractall(folder)
    spoil(folder)
    return folder


def spoiled_zip(whole: Path, path: Path, spoil: Callable[[Any], Any]) -> Path:
    files = packages.contents(whole)
    spoil(files)
    packages.repack(path, files)
    return path


def test_a_missing_an_extra_and_a_changed_file_are_named_in_a_zip(
    whole: Path, tmp_path: Path
) -> None:
    def spoil(files: dict[str, bytes]) -> None:
        del files["files/bild.png"]
        files["files/extra.txt"] = b"extra"
        files["records/1.json"] += b" "

    told = faults(spoiled_zip(whole, tmp_path / "p.zip", spoil))
    texts = [text for _, text in told]
    assert "Filen files/bild.png saknas." in texts
    assert "Filen files/extra.txt hör inte till paketet." in texts
    assert "Filen records/1.json är ändrad." in texts
    assert "Post 1 går inte att läsa." in texts


def test_a_missing_an_extra_and_a_changed_file_are_named_in_a_folder(
    whole: Path, tmp_path: Path
) -> None:
    def spoil(folder: Path) -> None:
        (folder / "files/bild.png").unlink()
        (folder / "files/extra.txt").write_text("extra")
        (folder / "checkpoint.txt").write_text("no checkpoint")

    found = codes(spoiled_folder(whole, tmp_path, spoil))
    assert {"file-missing", "file-extra", "file-changed"} <= found
    assert "checkpoint-signature" in found


def test_a_link_in_the_folder_is_not_followed(whole: Path, tmp_path: Path) -> None:
    def spoil(folder: Path) -> None:
        (folder / "files/bild.png").rename(tmp_path / "elsewhere.png")
        (folder / "files/bild.png").symlink_to(tmp_path / "elsewhere.png")
        (folder / "files/folder").symlink_to(tmp_path)

    folder = tmp_path / "unpacked"
    found = codes(spoiled_folder(whole, folder, spoil))
    assert found == {"file-unreadable", "file-extra"}


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_file_that_is_there_twice_is_named(whole: Path, tmp_path: Path) -> None:
    path = tmp_path / "p.zip"
    path.write_bytes(whole.read_bytes())
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("files/bild.png", packages.PICTURE)
    assert "Filen files/bild.png finns flera gånger." in [t for _, t in faults(path)]


def test_a_zip_that_somebody_else_packed_is_said_to_be_so(
    whole: Path, tmp_path: Path
) -> None:
    packages.repack(tmp_path / "p.zip", packages.contents(whole))
    assert codes(tmp_path / "p.zip") <= {"structure", "length"}
    assert main([str(tmp_path / "p.zip")]) == 1


def test_a_zip_bomb_is_not_unpacked(whole: Path, tmp_path: Path) -> None:
    files = packages.contents(whole)
    files["files/bild.png"] = bytes(300_000_000)
    path = tmp_path / "p.zip"
    packages.repack(path, files, compression=zipfile.ZIP_DEFLATED)
    assert path.stat().st_size < 1_000_000
    assert "file-changed" in codes(path)


def test_names_that_climb_out_are_only_told_of_and_cannot_steer_the_terminal(
    whole: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def spoil(files: dict[str, bytes]) -> None:
        files["../../evil"] = b"evil"
        files["files/\x1b[2Jevil"] = b"evil"

    path = spoiled_zip(whole, tmp_path / "p.zip", spoil)
    assert main([str(path)]) == 1
    told = capsys.readouterr().out
    assert "../../evil" in told
    assert "\x1b" not in told
    assert [found.name for found in tmp_path.iterdir()] == ["p.zip"]


def test_forged_contents_resealed_with_another_key_are_noticed_with_the_key(
    tmp_path: Path,
) -> None:
    forger = packages.FOREIGN_KEY
    log = packages.Log(key=forger, picture=b"forged")
    path = tmp_path / "forged.zip"
    packages.make(path, log=log, key=forger, files=[packages.picture(b"forged")])
    assert verify(path).is_whole
    assert not verify(path).key_given
    assert codes(path) == {"key-other", "manifest-signature", "checkpoint-signature"}


def test_a_resealed_manifest_cannot_bring_the_logs_own_checkpoint(
    tmp_path: Path,
) -> None:
    path = tmp_path / "forged.zip"
    packages.make(path, key=packages.FOREIGN_KEY)
    assert codes(path, None) == {"checkpoint-signature"}


def test_a_forged_value_under_our_own_seal_does_not_follow_from_the_log(
    tmp_path: Path,
) -> None:
    log = packages.Log()
    told = dict(log.records[0].opening or {})
    told["text"] = {"value": "nicer", "salt": packages.salts(["text"])["text"].hex()}
    forged = Record(0, log.records[0].commitment, told)
    path = tmp_path / "p.zip"
    packages.make(path, log=log, records=[(forged, log.proof(0))])
    assert codes(path) == {"record-changed"}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda log: (log.records[1], log.proof(0)), "proof-broken"),
        (lambda log: (log.records[1], ""), "proof-unreadable"),
        (lambda log: (Record(1, b"x" * 32, None), log.proof(1)), "proof-broken"),
        (lambda log: (log.records[1], other_checkpoint(log)), "proof-checkpoint"),
        (lambda log: (out_of_batch(log), log.proof(2)), "proof-broken"),
        (lambda log: (log_member(log, 1), log.proof(2)), "proof-broken"),
    ],
)
def test_a_record_that_the_log_does_not_hold_is_named(
    tmp_path: Path, change: Callable[[packages.Log], tuple[Record, str]], code: str
) -> None:
    log = packages.Log()
    packages.make(tmp_path / "p.zip", log=log, records=[change(log)], files=[])
    assert codes(tmp_path / "p.zip") == {code}


def other_checkpoint(log: packages.Log) -> str:
    earlier = note.Checkpoint(packages.ORIGIN, 2, merkle.root(log.hashes[:2]))
    signed = note.sign(earlier.text(), packages.ORIGIN, packages.KEY)
    return proof.write(1, merkle.inclusion_proof(1, log.hashes[:2]), signed)


def out_of_batch(log: packages.Log) -> Record:
    return Record(2, log.records[2].commitment, None)


def log_member(log: packages.Log, index: int) -> Record:
    place = log.records[2].place
    assert place is not None
    moved = batch.Membership(index, place.size, place.path)
    return Record(2, log.records[2].commitment, None, moved)


def test_evidence_that_the_record_does_not_name_is_named(tmp_path: Path) -> None:
    packages.make(tmp_path / "p.zip", files=[packages.picture(b"another picture")])
    assert [text for _, text in faults(tmp_path / "p.zip")] == [
        "Post 0 nämner inte filen files/bild.png bland sitt underlag."
    ]


def test_evidence_of_a_record_that_is_not_enclosed_is_named(tmp_path: Path) -> None:
    packages.make(tmp_path / "p.zip", files=[packages.picture(record=9)])
    assert codes(tmp_path / "p.zip") == {"record-missing"}


def test_a_masked_and_a_disposed_record_keep_their_whole_proof(tmp_path: Path) -> None:
    log = packages.Log()
    kept = [(log.records[at], log.proof(at)) for at in (1, 3)]
    packages.make(tmp_path / "p.zip", log=log, records=kept, files=[])
    report = verify(tmp_path / "p.zip", packages.vkey())
    assert report.is_whole
    assert report.states == {1: "masked", 3: "disposed"}
    assert b"kommentar 1" not in (tmp_path / "p.zip").read_bytes()
    assert b"kommentar 3" not in (tmp_path / "p.zip").read_bytes()


@pytest.mark.parametrize("at", ["format", "files", "what"])
def test_a_manifest_without_a_detail_is_named_and_nothing_crashes(
    whole: Path, tmp_path: Path, at: str
) -> None:
    def spoil(files: dict[str, bytes]) -> None:
        told = json.loads(files["manifest.json"])
        del told[at]
        files["manifest.json"] = json.dumps(told).encode()

    path = spoiled_zip(whole, tmp_path / "p.zip", spoil)
    assert "manifest-unreadable" in codes(path)


def test_a_manifest_that_leads_out_of_the_folder_is_refused(
    whole: Path, tmp_path: Path
) -> None:
    def spoil(files: dict[str, bytes]) -> None:
        text = files["manifest.json"]
        files["manifest.json"] = text.replace(b"files/bild.png", b"files/../../x")

    path = spoiled_zip(whole, tmp_path / "p.zip", spoil)
    assert "manifest-unreadable" in codes(path)


def test_a_signature_with_a_line_too_many_is_noticed(
    whole: Path, tmp_path: Path
) -> None:
    def spoil(folder: Path) -> None:
        signed = (folder / "manifest.sig").read_text()
        (folder / "manifest.sig").write_text(signed + "— x AAAA\n")

    assert codes(spoiled_folder(whole, tmp_path, spoil)) == {"manifest-signature"}


def test_a_signed_checkpoint_is_no_signed_manifest(whole: Path, tmp_path: Path) -> None:
    def spoil(folder: Path) -> None:
        signed = (folder / "checkpoint.txt").read_bytes()
        (folder / "manifest.sig").write_bytes(signed)

    assert codes(spoiled_folder(whole, tmp_path, spoil)) == {"manifest-signature"}


def test_no_more_than_a_thousand_faults_are_told(
    whole: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def spoil(files: dict[str, bytes]) -> None:
        files.update({f"files/{number}": b"" for number in range(1100)})

    path = spoiled_zip(whole, tmp_path / "p.zip", spoil)
    assert main([str(path)]) == 1
    assert "Bara de 1000 första felen visas." in capsys.readouterr().out


def test_a_locked_member_is_unreadable_and_nothing_worse(
    whole: Path, tmp_path: Path
) -> None:
    path = tmp_path / "p.zip"
    files = packages.contents(whole)
    packages.repack(path, files, compression=zipfile.ZIP_DEFLATED)
    data = bytearray(path.read_bytes())
    entry = data.rfind(b"files/bild.png") - 46
    data[entry + 8] |= 1
    path.write_bytes(data)
    assert "file-unreadable" in codes(path)
    assert zipfile.is_zipfile(BytesIO(data))
