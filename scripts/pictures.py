"""Take the handbook's and the readme's pictures anew: `make pictures`.

The browser test of a channel's life shoots each screen by name; what the handbook
shows is kept, small, and nothing else. The day page is the demonstration's.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.browser.browsing import launched, visiting
from tests.browser.town import Town

ROOT: Final = Path(__file__).parents[1]
HANDBOOK: Final = ROOT / "src" / "uppsikt" / "web" / "handbok"
PICTURES: Final = HANDBOOK / "bilder"
DAY: Final = ROOT / "docs" / "pictures" / "day.png"
LIFE: Final = (
    "tests/browser/test_a_channels_life.py"
    "::test_a_channel_lives_from_application_to_closing[script]"
)
SHOWN: Final = re.compile(r"\]\(bilder/([a-z0-9-]+)\.webp\)")
COLOURS: Final = 128


def main() -> int:
    """Take all pictures; return 1 when the handbook shows one that nobody took."""
    with tempfile.TemporaryDirectory() as folder:
        taken = Path(folder)
        _live(taken)
        missing = [name for name in shown() if not _kept(taken / f"{name}.png")]
        _day(taken)
    for name in missing:
        print(f"{name}: no screen is shot by this name", file=sys.stderr)
    return 1 if missing else 0


def shown() -> list[str]:
    """Return the names of the pictures that the handbook shows."""
    text = "".join(page.read_text() for page in sorted(HANDBOOK.glob("*.md")))
    return sorted(set(SHOWN.findall(text)))


def _live(folder: Path) -> None:
    """Let a channel live in the browser, with its screens shot into `folder`."""
    test = [sys.executable, "-m", "pytest", "-q", LIFE]
    shooting = {**os.environ, "UPPSIKT_SHOTS": str(folder)}
    subprocess.run(test, cwd=ROOT, env=shooting, check=True)


def _kept(shot: Path) -> bool:
    """Keep a shot as the handbook shows it; tell whether there was one."""
    if not shot.exists():
        return False
    PICTURES.mkdir(exist_ok=True)
    with Image.open(shot) as picture:
        few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        few.convert("RGB").save(
            PICTURES / f"{shot.stem}.webp", lossless=True, method=6, quality=100
        )
    return True


def _day(folder: Path) -> None:
    """Picture the demonstration's day page for the readme."""
    town = Town(folder)
    with town.open("--demo"), _browser() as browser, visiting(browser, town) as anna:
        anna.become("Anna")
        anna.page.screenshot(path=folder / "day.png")
    with Image.open(folder / "day.png") as picture:
        few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        few.save(DAY, optimize=True)


@contextmanager
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright, launched(playwright) as browser:
        yield browser


if __name__ == "__main__":
    sys.exit(main())
