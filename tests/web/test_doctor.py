"""The doctor says what is not well, and what to do about it."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from pytest_django import Settings

from uppsikt.governance import adopting
from uppsikt.governance.actors import CLOCK
from uppsikt.records import chromium, ledger, mail, vault
from uppsikt.records.models import Blob, Mail
from uppsikt.web import doctor
from uppsikt.web.models import WorkerBeat
from uppsikt.web.worker import LANES

SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def home(settings: Settings, tmp_path: Path) -> Path:
    settings.DATA = tmp_path
    settings.VAULT = tmp_path / "vault"
    settings.EMAIL_HOST = ""
    return tmp_path


def beats(at: datetime, *lanes: str) -> None:
    for lane in lanes:
        WorkerBeat.objects.create(worker="w:1", lane=lane, since=at, seen_at=at)


def test_a_well_kept_installation_is_well(
    guideline_in_force: None, monday: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chromium, "find", lambda _: Path("/usr/bin/chromium"))
    ledger.sequence(monday - SECOND)
    beats(monday - SECOND, *(lane.name for lane in LANES))

    found = doctor.examine(monday, monday)

    assert [f.what for f in found if not f.well] == []
    assert len(found) == 13


def test_a_clock_that_was_set_back_is_seen_by_what_is_written(
    db: None, monday: datetime
) -> None:
    beats(monday, "prompt")

    assert doctor.clock(monday, monday).well
    found = doctor.clock(monday - HOUR, monday - HOUR)
    assert (found.well, "tillbakaställd" in found.says) == (False, True)


def test_a_clock_beside_the_databases_is_seen(db: None, monday: datetime) -> None:
    assert doctor.clock(monday, monday + 4 * SECOND).well
    assert not doctor.clock(monday, monday + 6 * SECOND).well


def test_a_lane_that_is_silent_is_named(db: None, monday: datetime) -> None:
    beats(monday, *(lane.name for lane in LANES if lane.name != "prompt"))

    found = doctor.worker(monday)

    assert (found.well, found.says) == (False, "tyst: prompt")
    beats(monday - HOUR, "prompt")
    assert not doctor.worker(monday).well


def test_a_ledger_that_stands_still_is_seen(db: None, monday: datetime) -> None:
    ledger.append("a.b", "c:1", {}, actor="x", at=monday)
    ledger.sequence(monday)
    ledger.append("a.b", "c:1", {}, actor="x", at=monday)

    assert doctor.sequencer(monday + 20 * SECOND).well
    assert not doctor.sequencer(monday + 40 * SECOND).well


def test_evidence_that_has_been_changed_is_seen(db: None, monday: datetime) -> None:
    blob = vault.keep(b"a picture", "image/png", at=monday)
    assert doctor.evidence(monday).well

    Blob.objects.filter(pk=blob.pk).update(data=b"a forgery")

    assert not doctor.evidence(monday).well


def test_a_letter_that_does_not_arrive_is_seen(db: None, monday: datetime) -> None:
    mail.ask("a@b.example", "Hej", "…", at=monday)
    assert doctor.letters(monday + HOUR).well

    Mail.objects.update(problem="SMTPException: no")

    assert not doctor.letters(monday + HOUR).well


def test_a_key_that_others_can_read_is_named(home: Path) -> None:
    (home / "keys").mkdir()
    key = home / "keys" / "log.key"
    key.touch(mode=0o600)
    assert doctor.modes(home).well

    key.chmod(0o644)

    found = doctor.modes(home)
    assert (found.well, "log.key" in found.cure) == (False, True)


def test_a_machine_without_chromium_is_told_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(chromium.SETTING, "/nowhere/chromium")

    found = doctor.browser()

    assert (found.well, "apt install chromium" in found.cure) == (False, True)


def test_a_disk_that_is_nearly_full_is_seen(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert doctor.room(home).well == (shutil.disk_usage(home).free >= 1 << 30)
    monkeypatch.setattr(doctor, "LEAST_ROOM", 1 << 62)
    assert not doctor.room(home).well


def test_a_database_that_lacks_tables_is_seen(transactional_db: None) -> None:
    call_command("migrate", "web", "zero", verbosity=0)
    try:
        assert not doctor.database().well
    finally:
        call_command("migrate", "web", verbosity=0)
    assert doctor.database().well


def test_a_database_that_is_gone_ends_the_examination_in_words(
    db: None, monday: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_: object) -> None:
        raise OperationalError("connection refused\nis it running?")

    monkeypatch.setattr(doctor, "MigrationExecutor", gone)

    last = doctor.examine(monday, monday)[-1]

    assert (last.what, last.well, last.says) == ("Databas", False, "connection refused")
    assert connection.vendor


def test_a_mail_server_that_does_not_answer_is_seen(settings: Settings) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"

    assert not doctor.post().well


def test_what_the_municipality_has_not_filled_in_is_named_with_what_stands_still(
    db: None, monday: datetime
) -> None:
    assert doctor.values(monday).well
    adopting.adopt_packaged(
        "tyreso",
        {"vision_url": "https://x.example"},
        decided_by="Kommundirektör",
        actor=CLOCK,
        at=monday,
    )

    found = doctor.values(monday)

    assert not found.well
    assert "personuppgifter saknas: Texten om vem som ser" in found.says
    assert "allmän handling saknas" in found.says
    assert "vision saknas" not in found.says
    assert "Värden" in found.cure
