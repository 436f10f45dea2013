"""Run the stages of `make test`, `make check` or `make fix`, all of them, and sum up.

A stage that fails does not hide the ones after it. The last line printed is the total
of all tests, `N passed, N failed, N skipped`; the exit code is 1 if a stage failed.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).parents[1]
BIN = ROOT / ".venv" / "bin"
# Where a floor meets its tables. The acceptance tests of the guideline go through the
# same acts, and would cost two minutes more.
ON_POSTGRES = (
    "records",
    "governance",
    "channels",
    "inbox",
    "sending",
    "moderation",
    "web/test_two_workers.py",
)


@dataclass(frozen=True, slots=True)
class Stage:
    """A command with its name; `tests` when it is pytest and its results count."""

    name: str
    command: tuple[str, ...]
    tests: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """How many tests passed, failed (errors too) and were skipped."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(
            self.passed + other.passed,
            self.failed + other.failed,
            self.skipped + other.skipped,
        )

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def tool(name: str, *args: str) -> tuple[str, ...]:
    """Name a command of the project's own environment."""
    return (str(BIN / name), *args)


def pytest(*args: str) -> tuple[str, ...]:
    """Name a run of pytest that says why something was skipped."""
    return tool("python", "-m", "pytest", "--quiet", "-rs", *args)


def templates() -> tuple[str, ...]:
    """List every template of the package."""
    found = (ROOT / "src").glob("uppsikt/**/templates/**/*.html")
    return tuple(str(path.relative_to(ROOT)) for path in sorted(found))


def formatters(*how: str) -> Iterator[Stage]:
    """Yield the formatters, told `--check` to look and nothing to write."""
    yield Stage("format", tool("ruff", "format", *how))
    if found := templates():
        djade = tool("djade", "--target-version", "5.2", *how, *found)
        yield Stage("templates", djade)


def check() -> Iterator[Stage]:
    """Yield what needs no test run, and the house rules."""
    yield from formatters("--check")
    yield Stage("lint", tool("ruff", "check"))
    yield Stage("types", tool("mypy", "src", "tests", "bench", "scripts"))
    yield Stage("floors", tool("lint-imports"))
    yield Stage(
        "migrations",
        tool("python", "-m", "django", "makemigrations", "--check", "--dry-run"),
    )
    yield Stage("house rules", pytest("tests/house"), tests=True)


def test() -> Iterator[Stage]:
    """Yield everything, quickest first."""
    # The house rules are part of the whole suite and are not counted twice.
    yield from (stage for stage in check() if not stage.tests)
    whole = "not browser and not servers and not extras"
    yield Stage(
        "tests on SQLite",
        pytest("-n", "auto", "-m", f"{whole} and not postgres"),
        tests=True,
    )
    folders = [f"tests/{name}" for name in ON_POSTGRES]
    yield Stage(
        "tests on PostgreSQL",
        (
            str(ROOT / "scripts" / "with-postgres"),
            *pytest("-n", "auto", "-m", whole, *folders),
        ),
        tests=True,
    )
    yield Stage("browser", pytest("-m", "browser and not servers"), tests=True)
    yield Stage("platform servers", ("bash", "tests/servers/setup.sh"))
    yield Stage("tests on platform servers", pytest("-m", "servers"), tests=True)
    # Where the packages cannot be had it says so, and the tests are skipped in words.
    yield Stage("optional extras", ("sh", "scripts/extras", "--if-possible", "bild"))
    yield Stage("tests of optional extras", pytest("-m", "extras"), tests=True)


def fix() -> Iterator[Stage]:
    """Yield what a machine can put right."""
    yield Stage("lint", tool("ruff", "check", "--fix", "--quiet"))
    yield from formatters()
    yield Stage("words", tool("python", "-m", "scripts.words"))
    yield Stage("catalogue", tool("python", "-m", "scripts.catalogue"))


def count(report: Path) -> Count:
    """Count the tests in a JUnit `report`; none at all is a failure."""
    if not report.exists():
        return Count(failed=1)
    suites = ElementTree.parse(report).getroot().iter("testsuite")
    total = Count()
    for suite in suites:
        found = {key: int(suite.get(key, "0")) for key in _COUNTED}
        failed = found["failures"] + found["errors"]
        passed = found["tests"] - failed - found["skipped"]
        total += Count(passed, failed, found["skipped"])
    return total


_COUNTED = ("tests", "failures", "errors", "skipped")


def run(stage: Stage, reports: Path) -> tuple[bool, Count]:
    """Run one stage; tell whether it went well, and what it counted."""
    print(f"\n── {stage.name} " + "─" * (60 - len(stage.name)), flush=True)
    report = reports / f"{stage.name}.xml"
    extra = [f"--junitxml={report}"] if stage.tests else []
    began = time.monotonic()
    done = subprocess.run(
        [*stage.command, *extra], cwd=ROOT, env=_environment(reports), check=False
    )
    print(f"   {stage.name}: {time.monotonic() - began:.1f} s", flush=True)
    return done.returncode == 0, count(report) if stage.tests else Count()


def _environment(home: Path) -> dict[str, str]:
    """Return our environment with our settings, and away from anybody's real data."""
    ours = {"DJANGO_SETTINGS_MODULE": "uppsikt.web.settings"}
    return {**os.environ, **ours, "UPPSIKT_DATA": str(home / "data")}


def main(what: str) -> int:
    """Run all stages of `what` and return the exit code."""
    failing, total = [], Count()
    with tempfile.TemporaryDirectory() as reports:
        for stage in {"check": check, "test": test, "fix": fix}[what]():
            well, counted = run(stage, Path(reports))
            total += counted
            if not well:
                failing.append(stage.name)
    print()
    if failing:
        print("Failing: " + ", ".join(failing))
    if what != "fix":
        print(total, flush=True)
    return 1 if failing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
