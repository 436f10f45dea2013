"""The commands do what they say, and stop in words with a code that means something."""

import errno
import json
import os
import shutil
import signal
import urllib.request
import zipfile
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError
from typer.testing import CliRunner

from tests.servers.processes import free_ports
from tests.web.household import Household, members, until
from uppsikt.policy import guideline
from uppsikt.records.files import NoRoom
from uppsikt.records.keys import KeyMissing
from uppsikt.web import cli
from uppsikt.web.commands import guideline_faults, saying, stops

GUIDELINES = Path(guideline.__file__).with_name("guidelines")
RUN = CliRunner()
TRIGGERS = "SELECT name FROM sqlite_master WHERE type = 'trigger'"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("prepared") / "data"
    Household(data).do("tables")
    return data


@pytest.fixture
def household(prepared: Path, tmp_path: Path) -> Household:
    shutil.copytree(prepared, tmp_path / "data")
    return Household(tmp_path / "data")


# ---- Starting -----------------------------------------------------------------------


def address(household: Household) -> tuple[str, list[str]]:
    port = str(free_ports(1)[0])
    return f"http://localhost:{port}/", ["start", "--port", port]


def test_start_serves_pages_gives_a_first_link_and_leaves_nothing_behind(
    household: Household,
) -> None:
    url, command = address(household)
    with household.started(*command, "--admin", "eva@kommunen.example") as process:
        said = _until_said(process, "Avsluta med Ctrl-C")
        link = next(word for word in said.split() if "/konto/inbjudan/" in word)
        with urllib.request.urlopen(link) as page:
            assert page.status == 200
        with urllib.request.urlopen(url + "halsa/redo/") as page:
            assert json.load(page) == {"status": "ok"}
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait(60) == 0
        until(lambda: not members(process.pid))
    assert (household.data / "secret").stat().st_mode & 0o077 == 0


def test_a_port_that_is_taken_is_said_and_nothing_starts(household: Household) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = household.run("start", "--port", port)

    assert done.returncode == stops.CANNOT
    assert f"Port {port} på 127.0.0.1 används redan" in done.stderr


@pytest.mark.parametrize("child", ["serve", "work"])
def test_when_one_half_dies_all_ends_with_a_message(
    child: str, household: Household
) -> None:
    _, command = address(household)
    with household.started(*command) as process:
        _until_said(process, "Avsluta med Ctrl-C")
        os.kill(_child(process.pid, child), signal.SIGKILL)
        rest = process.stdout.read() if process.stdout else ""
        assert process.wait(60) == stops.CANNOT
        until(lambda: not members(process.pid))
    assert "har slutat av sig själv" in rest


def test_when_the_starter_is_killed_outright_nothing_is_left(
    household: Household,
) -> None:
    _, command = address(household)
    with household.started(*command) as process:
        _until_said(process, "Avsluta med Ctrl-C")
        process.kill()
        process.wait()
        until(lambda: not members(process.pid))


def _until_said(process: object, words: str) -> str:
    said = ""
    while words not in said:
        line = process.stdout.readline()  # type: ignore[attr-defined]
        assert line, f"it ended early:\n{said}"
        said += line
    return said


def _child(parent: int, name: str) -> int:
    import subprocess

    told = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid=,args="],
        capture_output=True,
        text=True,
        check=True,
    )
    rows = [line.split(None, 2) for line in told.stdout.splitlines()]
    return next(int(p) for p, pp, a in rows if int(pp) == parent and f" {name} " in a)


# ---- Faults in words ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (OSError(errno.ENOSPC, "full"), "Disken är full"),
        (
            OSError(errno.EACCES, "no", "/x/vault"),
            "får inte läsa eller skriva /x/vault",
        ),
        (NoRoom("full"), "Disken är full"),
        (OperationalError("database or disk is full"), "Disken är full"),
        (OperationalError("connection refused\nmore"), "connection refused"),
        (OperationalError("no such table: x"), "Kör uppsikt start"),
        (KeyMissing("log.key"), "log.key"),
        (ImproperlyConfigured("UPPSIKT_DEMO must be 0 or 1"), "UPPSIKT_DEMO"),
    ],
)
def test_what_stops_a_command_is_said_in_swedish(fault: Exception, words: str) -> None:
    with pytest.raises(stops.Stop, match=words) as stop, stops.in_words_of_django():
        raise fault

    assert stop.value.code == stops.CANNOT


def test_what_nobody_has_words_for_is_not_hidden() -> None:
    with pytest.raises(InvalidTag), stops.in_words_of_django():
        raise InvalidTag


def test_a_wrong_database_is_said_without_its_password(tmp_path: Path) -> None:
    port = free_ports(1)[0]
    url = f"postgres://anna:hemligt@127.0.0.1:{port}/uppsikt"
    done = Household(tmp_path / "data", {"DATABASE_URL": url}).run("verify")

    assert done.returncode == stops.CANNOT
    assert "Databasen går inte att nå" in done.stderr
    assert "hemligt" not in done.stdout + done.stderr


def test_a_data_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = Household(tmp_path / "file" / "data").run("doctor")

    assert done.returncode == stops.CANNOT
    assert "Traceback" not in done.stderr
    assert str(tmp_path / "file") in done.stderr


def test_a_setting_that_cannot_be_used_is_said(tmp_path: Path) -> None:
    done = Household(tmp_path / "data", {"UPPSIKT_DEBUG": "ja"}).run("doctor")

    assert (done.returncode, "Traceback" in done.stderr) == (stops.CANNOT, False)
    assert "UPPSIKT_DEBUG" in done.stderr


@pytest.mark.parametrize(
    "command",
    [
        [],
        ["start"],
        ["work"],
        ["doctor"],
        ["guideline"],
        ["guideline", "check"],
        ["guideline", "coverage"],
        ["verify"],
        ["export", "case"],
        ["backup"],
        ["restore"],
    ],
    ids=" ".join,
)
def test_every_command_explains_itself(command: list[str]) -> None:
    answer = RUN.invoke(cli.app, [*command, "--help"])

    assert (answer.exit_code, "Usage" in answer.output) == (0, True)


def test_fresh_goes_only_with_demo() -> None:
    assert RUN.invoke(cli.app, ["start", "--fresh"]).exit_code == stops.ASKED_WRONGLY


# ---- Guideline ----------------------------------------------------------------------


def test_the_guideline_that_is_shipped_is_fit() -> None:
    answer = RUN.invoke(
        cli.app, ["guideline", "check", str(GUIDELINES / "tyreso.toml"), "--json"]
    )

    told = json.loads(answer.output)
    assert (answer.exit_code, told["fit"], told["faults"]) == (0, True, [])


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id = "tyreso"\n', "", "id: saknas."),
        ('force = "ska"', 'force = "kanske"', "control.0.force: är inget av de värden"),
        ('check = "owner_is_named"', 'check = "x"', "vill mäta med x, som inte finns"),
        ('fact = "resources"', 'fact = "y"', "intygar y, som programmet inte känner"),
        ('value = "all days"', 'value = "dagligen"', "oversight_days ska vara"),
        ('"old_threads"', '"old"', "”old” är ingen del av en kanal"),
        ('value = "1 working day"', 'value = "snabbt"', "”snabbt” är ingen tid"),
        ('id = "channel.launch"', 'id = "channel.fly"', "channel.launch saknas"),
        ('every = "twofa_recheck"', 'every = "z"', "parametern z, som saknas"),
        ('monday = ["08:00-12:00"', 'monday = ["8-12"', "working_calendar"),
        ("title = ", "title == ", "Rad "),
    ],
)
def test_a_broken_guideline_is_refused_with_each_fault(
    old: str, new: str, said: str, tmp_path: Path
) -> None:
    text = (GUIDELINES / "tyreso.toml").read_text()
    assert old in text
    file = tmp_path / "broken.toml"
    file.write_text(text.replace(old, new, 1))
    shutil.copy(GUIDELINES / "grounds.toml", tmp_path)

    answer = RUN.invoke(cli.app, ["guideline", "check", str(file)])

    assert answer.exit_code == stops.NOT_WELL
    assert said in answer.output
    assert answer.output.rstrip().endswith("fel.")


def test_every_parameter_of_a_known_kind_is_read() -> None:
    read = guideline_faults.read(GUIDELINES / "tyreso.toml")
    named = {*guideline_faults.SPANS, *guideline_faults.INTERVALS}
    assert named <= set(read.parameters)


def test_coverage_lists_what_nobody_answers_by_section(tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_text(
        "4 Kanaler\n\nVarje kanal ska ha ett uttalat syfte.\n\n"
        "Kanalen ska målas blå varje vår.\n\n9 Avslut\n\nVi ska fira med tårta.\n"
    )
    file = str(GUIDELINES / "tyreso.toml")

    answer = RUN.invoke(cli.app, ["guideline", "coverage", file, str(text)])

    assert answer.exit_code == stops.NOT_WELL
    assert "Avsnitt 4: 1 krav utan svar\n  Kanalen ska målas blå" in answer.output
    assert "Avsnitt 9: 1 krav utan svar" in answer.output
    assert "uttalat syfte" not in answer.output


def test_a_file_that_is_not_there_is_asked_for_wrongly() -> None:
    answer = RUN.invoke(cli.app, ["guideline", "check", "nothing.toml"])
    assert isinstance(answer.exception, stops.Stop)
    assert answer.exception.code == stops.ASKED_WRONGLY


# ---- Backup, restore, verify --------------------------------------------------------


def test_a_backup_restores_to_a_whole_installation(
    household: Household, tmp_path: Path
) -> None:
    file = tmp_path / "backup.zip"
    assert household.run("backup", str(file)).returncode == 0
    assert file.stat().st_mode & 0o077 == 0

    restored = Household(tmp_path / "elsewhere")
    done = restored.run("restore", str(file))

    assert done.returncode == 0, done.stderr
    assert "LIGGAREN ÄR HEL" in restored.run("verify").stdout
    assert (restored.data / "secret").read_text() == (
        household.data / "secret"
    ).read_text()
    refused = restored.run("restore", str(file))
    assert (refused.returncode, "är inte tom" in refused.stderr) == (3, True)


def test_a_changed_byte_in_a_backup_is_refused_and_nothing_is_restored(
    household: Household, tmp_path: Path
) -> None:
    file, changed = tmp_path / "backup.zip", tmp_path / "changed.zip"
    household.run("backup", str(file))
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data[:-1] + b"!" if name == "secret" else data)

    restored = Household(tmp_path / "elsewhere")
    done = restored.run("restore", str(changed))

    assert (done.returncode, "skadad" in done.stderr) == (stops.CANNOT, True)
    assert not restored.data.exists()
    assert not list(tmp_path.glob(".restore-*"))


def test_a_backup_does_not_write_over_anything(
    household: Household, tmp_path: Path
) -> None:
    (tmp_path / "backup.zip").write_text("something else")

    done = household.run("backup", str(tmp_path / "backup.zip"))

    assert done.returncode == stops.CANNOT
    assert (tmp_path / "backup.zip").read_text() == "something else"


def test_a_changed_ledger_is_said_and_the_code_is_one(household: Household) -> None:
    household.run("work", "--once")
    assert household.run("verify").returncode == 0
    for trigger in household.rows(TRIGGERS):
        household.rows(f'DROP TRIGGER "{trigger}"')
    household.rows("UPDATE records_checkpoint SET root = x'00'")

    done = household.run("verify", "--json")

    assert (done.returncode, json.loads(done.stdout)["whole"]) == (1, False)


def test_what_is_no_package_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"no package")

    answer = RUN.invoke(cli.app, ["verify", str(tmp_path / "x.zip")])

    assert answer.exit_code == stops.ASKED_WRONGLY


def test_progress_in_a_log_is_a_line_for_each_tenth(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert list(saying.followed(range(40), 40, "Filer")) == list(range(40))

    lines = capsys.readouterr().err.splitlines()
    assert (len(lines), lines[0], lines[-1]) == (
        10,
        "Filer: 4 av 40",
        "Filer: 40 av 40",
    )
