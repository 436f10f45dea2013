"""What was adopted holds, whatever becomes of the file and of the program."""

from datetime import datetime, timedelta
from importlib.resources import files
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.conftest import LONG_AGO
from uppsikt.governance import adopting, rules
from uppsikt.governance.actors import CLOCK
from uppsikt.governance.adopting import Decision, TooEarly
from uppsikt.governance.models import Adoption
from uppsikt.policy import guideline as policy
from uppsikt.policy.guideline import Broken
from uppsikt.records import ledger, vault
from uppsikt.records.models import Blob, Entry

SHIPPED = Path(str(files("uppsikt.policy"))) / "guidelines"
TWO = 'value = "1 working day"\nown_choice = true\nsays = "Första kontakt'
FOUR = TWO.replace("1 working day", "4 working days")
HOUR = timedelta(hours=1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the guideline that ships and the grounds it shares."""
    for name in ("tyreso.toml", "grounds.toml"):
        (tmp_path / name).write_text((SHIPPED / name).read_text())
    return tmp_path


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def forget_what_was_read() -> None:
    """Do what the start of a new process does."""
    for cached in (rules._kept, policy.parse, rules.packaged_file):
        cached.cache_clear()


def adopt(path: Path, starts_at: datetime, at: datetime | None = None) -> Adoption:
    decision = Decision("Kommundirektör", "2026/KS 0012", starts_at, "Nya tider")
    return adopting.adopt(path, decision, actor=CLOCK, at=at or starts_at)


def test_the_adopted_file_holds_and_not_the_one_it_came_from(
    db: None, folder: Path, monday: datetime
) -> None:
    adopt(folder / "tyreso.toml", monday)
    before = rules.in_force(monday)

    edit(folder / "tyreso.toml", TWO, FOUR)
    edit(folder / "grounds.toml", 'motive = "none"', 'motive = "required"')
    forget_what_was_read()

    assert rules.in_force(monday) == before


def test_an_upgrade_of_the_program_does_not_change_what_holds(
    guideline_in_force: None,
    folder: Path,
    monday: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    edit(folder / "tyreso.toml", TWO, FOUR)
    (folder / "guidelines").mkdir()
    for name in ("tyreso.toml", "grounds.toml"):
        (folder / name).rename(folder / "guidelines" / name)
    monkeypatch.setattr(rules, "files", lambda _: folder)
    forget_what_was_read()

    assert rules.in_force(monday).text("first_response") == "1 working day"
    assert rules.packaged("tyreso").text("first_response") == "4 working days"
    forget_what_was_read()


def test_each_moment_has_the_guideline_and_the_calendar_of_its_time(
    guideline_in_force: None, folder: Path, monday: datetime
) -> None:
    edit(folder / "tyreso.toml", 'monday = ["', 'monday = ["05:00-06:00", "')

    adopted = adopt(folder / "tyreso.toml", monday)

    old, new = rules.in_force(monday - HOUR), rules.in_force(monday)
    assert len(new.working_calendar.hours[0]) == len(old.working_calendar.hours[0]) + 1
    assert new.working_calendar is rules.in_force(monday + HOUR).working_calendar
    assert (adopted.registry_number, adopted.guideline) == ("2026/KS 0012", "tyreso")


def test_what_is_adopted_needs_no_other_file_and_stands_in_the_ledger(
    db: None, folder: Path, monday: datetime
) -> None:
    adopted = adopt(folder / "tyreso.toml", monday)

    kept = vault.open_(adopted.source).decode()
    assert "grounds.toml" not in kept.partition("[[control]]")[0]
    assert 'code = "csam"' in kept
    told = ledger.opened(Entry.objects.get(act="guideline.adopt"))
    assert (told["file"], told["number"]) == (adopted.source_id, "2026/KS 0012")


def test_a_changed_blob_is_told_and_not_followed(
    guideline_in_force: None, monday: datetime
) -> None:
    forget_what_was_read()
    blob = Blob.objects.get()
    Blob.objects.update(data=bytes(blob.data or b"") + b"\n# more")

    with pytest.raises(vault.Damaged):
        rules.in_force(monday)


def test_a_broken_file_is_not_adopted(db: None, folder: Path, monday: datetime) -> None:
    edit(folder / "tyreso.toml", 'force = "ska"', 'force = "kanske"')
    edit(folder / "tyreso.toml", 'owned_by = "', 'owned_by = "x')

    with pytest.raises(Broken) as refused:
        adopt(folder / "tyreso.toml", monday)

    assert len(refused.value.faults) == 2
    assert (Adoption.objects.count(), Blob.objects.count()) == (0, 0)


@pytest.mark.parametrize("shared", ["no.toml", "../grounds.toml", ""])
def test_grounds_that_are_not_beside_the_file_are_refused(
    shared: str, db: None, folder: Path, monday: datetime
) -> None:
    edit(folder / "tyreso.toml", '"grounds.toml"', f'"{shared}"')

    with pytest.raises(Broken):
        adopt(folder / "tyreso.toml", monday)


@pytest.mark.parametrize("starts_at", [LONG_AGO, LONG_AGO - HOUR])
def test_nothing_is_adopted_from_before_the_newest(
    starts_at: datetime, guideline_in_force: None, folder: Path
) -> None:
    with pytest.raises(TooEarly):
        adopt(folder / "tyreso.toml", starts_at)


def test_nothing_is_adopted_for_what_is_done_already(
    guideline_in_force: None, folder: Path, monday: datetime
) -> None:
    with pytest.raises(TooEarly) as refused:
        adopt(folder / "tyreso.toml", monday - HOUR, at=monday)
    assert refused.value.earliest == monday


def test_what_holds_costs_one_question(
    guideline_in_force: None, monday: datetime
) -> None:
    rules.in_force(monday)

    with CaptureQueriesContext(connection) as asked:
        assert rules.in_force(monday) is rules.in_force(monday)
    assert len(asked) == 2
