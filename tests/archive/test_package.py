"""What a package holds, and that a stranger can check it by other means than ours."""

import hashlib
import json
import os
import subprocess
import sys
import zipfile
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import IO

import pytest

from tests.archive import packages
from uppsikt.archive import manifest, package, standalone, zipped
from uppsikt.archive.package import File, Package
from uppsikt.archive.verify import main, verify


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    path = tmp_path / "paket.zip"
    packages.make(path)
    return path


@pytest.fixture
def unpacked(whole: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "uppackat"
    with zipfile.ZipFile(whole) as archive:
        archive.extractall(folder)
    return folder


def test_a_package_is_whole_in_its_zip_and_unpacked(
    whole: Path, unpacked: Path
) -> None:
    for path in (whole, unpacked):
        report = verify(path, packages.vkey())
        assert report.faults == []
        assert report.states == {0: "whole", 1: "masked", 2: "whole", 3: "disposed"}
        assert report.checkpoint is not None
        assert (report.checkpoint.size, report.files) == (5, 14)


def test_any_program_can_open_the_zip(whole: Path) -> None:
    with zipfile.ZipFile(whole) as archive:
        assert archive.testzip() is None
        assert archive.read("files/bild.png") == packages.PICTURE
    tested = subprocess.run(["unzip", "-tqq", whole], check=False)
    assert tested.returncode == 0


def test_the_manifest_lists_every_file_with_what_it_is(whole: Path) -> None:
    files = packages.contents(whole)
    listed = json.loads(files.pop("manifest.json"))
    del files["manifest.sig"]
    assert {item["name"]: item["sha256"] for item in listed["files"]} == {
        name: hashlib.sha256(data).hexdigest() for name, data in files.items()
    }
    assert listed["recipient"] == "Stadsarkivet {prov}"
    assert listed["made_at"] == "2026-03-03T09:00:00+00:00"
    picture = next(item for item in listed["files"] if item["name"] == "files/bild.png")
    assert (picture["role"], picture["record"]) == ("evidence", 0)
    assert picture["media_type"] == "image/png"


def test_the_returned_fingerprint_is_the_zips_and_the_same_each_time(
    tmp_path: Path,
) -> None:
    one = packages.make(tmp_path / "one.zip")
    two = packages.make(tmp_path / "two.zip")
    assert one == two == hashlib.sha256((tmp_path / "one.zip").read_bytes()).hexdigest()


def test_nothing_is_left_beside_a_package_or_of_a_failed_one(tmp_path: Path) -> None:
    packages.make(tmp_path / "paket.zip")

    def broken() -> IO[bytes]:
        raise ConnectionError

    with pytest.raises(ConnectionError):
        packages.make(
            tmp_path / "annat.zip",
            files=[File("a.png", broken, "image/png", "evidence", 0)],
        )
    assert [path.name for path in tmp_path.iterdir()] == ["paket.zip"]


@pytest.mark.parametrize(
    "name",
    [
        "../a",
        "a/b",
        ".a",
        "",
        "å.png",
        "a\\b",
        "a b",
        "NUL.txt",
        "con",
        "a.",
        "a" * 201,
    ],
)
def test_a_name_that_could_mean_something_else_is_refused(
    tmp_path: Path, name: str
) -> None:
    with pytest.raises(package.UnsafeName):
        packages.make(tmp_path / "p.zip", files=[packages.picture(name=name)])


def test_two_files_of_one_name_are_refused_even_if_the_case_differs(
    tmp_path: Path,
) -> None:
    twice = [packages.picture(), packages.picture(name="BILD.png")]
    with pytest.raises(manifest.NotManifest):
        packages.make(tmp_path / "p.zip", files=twice)


def test_a_package_made_at_no_moment_is_refused(tmp_path: Path) -> None:
    moment = datetime(2026, 3, 3, 9, 0)  # noqa: DTZ001 (that is the point)
    with pytest.raises(package.NotAware):
        package.write(
            tmp_path / "p.zip",
            Package("", "", moment, "", "", [], [], "", "", lambda text: text),
        )


def test_a_package_may_hold_an_empty_file_and_no_record(tmp_path: Path) -> None:
    empty = File("tom.txt", BytesIO, "text/plain", "sheet")
    packages.make(tmp_path / "p.zip", records=[], files=[empty])
    assert verify(tmp_path / "p.zip", packages.vkey()).is_whole


def test_archives_beyond_four_gigabytes_follow_the_standard(tmp_path: Path) -> None:
    members = [zipped.Member("files/a", 5 << 30, 1), zipped.Member("files/b", 3, 2)]
    *starts, end = zipped.offsets(members)
    with (tmp_path / "sparse.zip").open("wb") as file:
        file.seek(end)
        file.writelines(zipped.directory(members))
    with zipfile.ZipFile(tmp_path / "sparse.zip") as archive:
        found = archive.infolist()
    assert [(i.filename, i.file_size, i.header_offset) for i in found] == [
        ("files/a", 5 << 30, starts[0]),
        ("files/b", 3, starts[1]),
    ]


def test_the_enclosed_verifier_runs_where_this_program_is_not(
    unpacked: Path, whole: Path
) -> None:
    for path, code in ((unpacked, 0), (whole, 0)):
        assert (
            enclosed(unpacked, str(path), "--key", packages.vkey()).returncode == code
        )
    (unpacked / "files/bild.png").write_bytes(b"another picture")
    told = enclosed(unpacked, ".")
    assert told.returncode == 1
    assert "Filen files/bild.png är ändrad." in told.stdout


def enclosed(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    code = (
        "import runpy, sys; sys.path = [p for p in sys.path if 'src' not in p];"
        "sys.argv = ['verify.py', *sys.argv[1:]];"
        "import importlib.util as u; assert u.find_spec('uppsikt') is None;"
        "runpy.run_path('verify.py', run_name='__main__')"
    )
    plain = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    return subprocess.run(
        [sys.executable, "-P", "-c", code, *arguments],
        cwd=folder,
        env=plain | {"PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_enclosed_verifier_holds_the_modules_letter_by_letter(
    unpacked: Path,
) -> None:
    text = (unpacked / "verify.py").read_text()
    for module in ("merkle", "verify", "opening"):
        source = Path(standalone.__file__).with_name(f"{module}.py").read_text()
        assert source in text


def test_the_commands_in_the_instructions_check_the_package(unpacked: Path) -> None:
    told = by_hand(unpacked)
    assert told.count("Signature Verified Successfully") == 2
    assert told.count(": OK\n") == 13
    assert "\n1\n" in told
    assert "{" not in (unpacked / "LÄS MIG.txt").read_text().replace("{prov}", "")


@pytest.mark.parametrize(
    ("name", "missing"),
    [("files/bild.png", "bild.png: OK"), ("checkpoint.txt", "point.txt: OK")],
)
def test_the_commands_in_the_instructions_notice_a_changed_file(
    unpacked: Path, name: str, missing: str
) -> None:
    path = unpacked / name
    path.write_bytes(path.read_bytes().replace(b"e", b"E", 1))
    assert missing not in by_hand(unpacked)


def test_the_commands_in_the_instructions_notice_a_foreign_signature(
    unpacked: Path,
) -> None:
    (unpacked / "key.txt").write_text(packages.vkey(packages.FOREIGN_KEY) + "\n")
    assert "Signature Verified Successfully" not in by_hand(unpacked)


def by_hand(folder: Path) -> str:
    """Run every command of the last chapter, as a reader would copy it."""
    chapter = (folder / "LÄS MIG.txt").read_text().split("KONTROLLERA FÖR HAND")[1]
    lines = [line for line in chapter.splitlines() if line.startswith("     ")]
    script = "\n".join(line[5:] for line in lines)
    shell = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TMPDIR": str(folder)}
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=folder,
        env=shell,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


def test_the_command_answers_people_and_machines(
    whole: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(whole)]) == 0
    told = capsys.readouterr().out
    assert "PAKETET ÄR HELT." in told
    assert "1 utgallrade" in told
    assert "Jämför den med den som kommunen publicerar" in told
    assert main([str(whole), "--key", packages.vkey(), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["whole"] is True
    assert answer["key_given"] is True
    assert answer["records"][3] == {"number": 3, "state": "disposed"}


@pytest.mark.parametrize("key", ["nonsense", "a+b+c", ""])
def test_a_key_that_is_none_is_bad_usage(
    whole: Path, key: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(whole), "--key", key]) == 2
    assert "ingen nyckel" in capsys.readouterr().err


def test_what_is_no_package_is_said_to_be_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "text.txt").write_text("hej")
    (tmp_path / "empty.zip").write_bytes(b"")
    packages.repack(tmp_path / "other.zip", {"a.txt": b"a"})
    for name in ("text.txt", "empty.zip", "other.zip", ".", "missing.zip"):
        assert main([str(tmp_path / name)]) == 2
    assert "inget arkivpaket" in capsys.readouterr().err
