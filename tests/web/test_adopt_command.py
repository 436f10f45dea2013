"""`uppsikt guideline adopt` takes a file into force, and the doctor says what moved."""

from datetime import datetime, timedelta
from importlib.resources import files
from pathlib import Path

import pytest
from django.utils import timezone
from typer.testing import CliRunner

from uppsikt.governance import rules
from uppsikt.governance.models import Adoption
from uppsikt.web import cli, doctor
from uppsikt.web.commands.stops import ASKED_WRONGLY, NOT_WELL, Stop

SHIPPED = Path(str(files("uppsikt.policy"))) / "guidelines"
DECIDED = (
    *("--decided-by", "Kommunstyrelsen"),
    *("--number", "2026/KS 0012"),
    *("--changed", "Kortare svarstid"),
)
RUN = CliRunner()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "grounds.toml").write_text((SHIPPED / "grounds.toml").read_text())
    text = (SHIPPED / "tyreso.toml").read_text()
    path = tmp_path / "var.toml"
    path.write_text(
        text.replace('value = "10 working days"', 'value = "9 working days"', 1)
    )
    return path


def adopt(file: Path, *more: str) -> str:
    asked = ["guideline", "adopt", str(file), *DECIDED, *more]
    answer = RUN.invoke(cli.app, asked)
    if isinstance(answer.exception, Stop):
        raise answer.exception
    assert answer.exit_code == 0, answer.output
    return answer.output


def day(days: int) -> str:
    return f"{timezone.localtime() + timedelta(days=days):%Y-%m-%d}"


def test_a_file_holds_from_now(guideline_in_force: None, file: Path) -> None:
    assert "var.toml gäller från" in adopt(file)

    assert rules.in_force(timezone.now()).text("full_response") == "9 working days"
    newest = Adoption.objects.latest("starts_at")
    told = (newest.decided_by, newest.registry_number)
    assert told == ("Kommunstyrelsen", "2026/KS 0012")


def test_a_file_can_wait_for_its_day(guideline_in_force: None, file: Path) -> None:
    adopt(file, "--from", day(3))

    now = timezone.now()
    assert rules.in_force(now).text("full_response") == "10 working days"
    later = rules.in_force(now + timedelta(days=4))
    assert later.text("full_response") == "9 working days"


def test_a_day_that_has_passed_is_refused(guideline_in_force: None, file: Path) -> None:
    with pytest.raises(Stop, match="gällde då") as refused:
        adopt(file, "--from", day(-1))

    assert refused.value.code == ASKED_WRONGLY
    assert Adoption.objects.count() == 1


def test_a_broken_file_is_refused_with_each_fault_by_name(
    guideline_in_force: None, file: Path
) -> None:
    text = file.read_text().replace('check = "owner_is_named"', 'check = "nobodys"')
    file.write_text(text.replace("[parameters.first_response]", "[parameters.x]"))

    with pytest.raises(Stop) as refused:
        adopt(file)

    assert refused.value.code == NOT_WELL
    assert "nobodys, som inte finns" in str(refused.value)
    assert "Parametern first_response saknas." in str(refused.value)
    assert Adoption.objects.count() == 1


def test_the_doctor_says_that_ours_is_another_and_what_to_do(
    guideline_in_force: None, file: Path
) -> None:
    assert doctor.guideline(timezone.now()).says == "tyreso"

    adopt(file)

    found = doctor.guideline(timezone.now())
    assert found.well
    assert "Programmets fil säger annat" in found.says
    assert "uppsikt guideline adopt" in found.says


def test_the_doctor_says_when_the_adopted_file_is_gone(
    guideline_in_force: None, monday: datetime
) -> None:
    blob = Adoption.objects.get().source
    blob.data = b"something else"
    blob.save()
    rules._kept.cache_clear()

    found = doctor.guideline(monday)
    assert (found.well, "går inte att läsa" in found.says) == (False, True)
