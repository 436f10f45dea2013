"""`make test` counts every test of every stage, and a failing stage fails the whole."""

import sys
from pathlib import Path

import pytest

from scripts import stages
from scripts.stages import Count, Stage

REPORT = """<testsuites><testsuite tests="5" failures="1" errors="1" skipped="1"/>
<testsuite tests="2" failures="0" errors="0" skipped="0"/></testsuites>"""


def test_every_suite_of_a_report_is_counted(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text(REPORT)
    assert stages.count(report) == Count(passed=4, failed=2, skipped=1)


def test_a_stage_that_left_no_report_counts_as_a_failure(tmp_path: Path) -> None:
    assert stages.count(tmp_path / "none.xml") == Count(failed=1)


def test_the_last_line_is_the_total_and_a_failure_fails_the_whole(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def two() -> list[Stage]:
        return [
            Stage("bad", (sys.executable, "-c", "raise SystemExit(3)")),
            Stage("good", (sys.executable, "-c", "print('went on')")),
        ]

    monkeypatch.setattr(stages, "test", two)

    assert stages.main("test") == 1

    out = capfd.readouterr().out
    assert "went on" in out
    assert out.splitlines()[-2:] == ["Failing: bad", "0 passed, 0 failed, 0 skipped"]


def test_every_kind_of_test_has_its_stage() -> None:
    names = [stage.name for stage in stages.test()]
    assert names[-7:] == [
        "tests on SQLite",
        "tests on PostgreSQL",
        "browser",
        "platform servers",
        "tests on platform servers",
        "optional extras",
        "tests of optional extras",
    ]
