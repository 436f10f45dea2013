"""What is asked of every page: nothing for axe to find, Swedish, no sideways scroll."""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

import axe_playwright_python
from playwright.sync_api import CDPSession, Page

from tests.browser.browsing import STILL
from tests.browser.reading import Read, read

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
Turn = tuple[tuple[Literal["light", "dark"], int], ...]
# Pages share their parts, so that every part is met in all four.
TURNS: Final[tuple[Turn, ...]] = (
    (("light", 1280), ("dark", 390)),
    (("dark", 1280), ("light", 390)),
)
NARROW = 320
ENGLISH_WORDS = """
the and with you your this that from have has are was were please which their must
cannot should channel channels comment answer inbox save cancel delete none true false
undefined error role field required close account
"""
ENGLISH = frozenset(ENGLISH_WORDS.split())
LEFT_OVER = re.compile(r"%\(\w+\)|\{\{|\{%|\bNone\b|&lt;|gettext")
WORD = re.compile(r"[a-zåäö]+")

SIDEWAYS = """
() => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return null;
  const wide = [...document.querySelectorAll("body *")].filter((e) =>
    e.getBoundingClientRect().right > root.clientWidth + 1);
  return wide.slice(-3).map((e) => e.outerHTML.slice(0, 120));
}
"""


@dataclass
class Findings:
    """What was wrong with the pages somebody saw, in words, by kind."""

    access: list[str] = field(default_factory=list)
    sideways: list[str] = field(default_factory=list)
    language: list[str] = field(default_factory=list)
    noise: list[str] = field(default_factory=list)
    looked_at: set[str] = field(default_factory=set)
    examined: int = 0


def look(page: Page, findings: Findings) -> None:
    """Examine the page that is open, unless its like was seen."""
    seen = read(page.content(), page.url)
    if is_new(seen, page.url, findings):
        examine(page, findings)


def is_new(seen: Read, url: str, findings: Findings) -> bool:
    """Note the words of a page; tell whether it has a part unlike all examined yet."""
    findings.language += [f"{url}: {fault}" for fault in foreign(seen)]
    new = seen.kinds - findings.looked_at
    findings.looked_at |= new
    return bool(new)


def examine(page: Page, findings: Findings) -> None:
    """Examine a page in light and dark, wide and narrow, in turn."""
    turn = TURNS[findings.examined % len(TURNS)]
    findings.examined += 1
    findings.access += [f"{page.url} {fault}" for fault in _violations(page, turn)]
    page.set_viewport_size({"width": NARROW, "height": 800})
    if wide := page.evaluate(SIDEWAYS):
        findings.sideways.append(f"{page.url}: {wide}")
    page.set_viewport_size({"width": 1280, "height": 900})


def foreign(seen: Read) -> list[str]:
    """Return the English words and the unfilled places on a page."""
    if seen.lang != "sv":
        return ["lang is not sv"]
    words = set(WORD.findall(seen.text.lower()))
    return sorted(words & ENGLISH) + LEFT_OVER.findall(seen.text)


def _violations(page: Page, turn: Turn) -> list[str]:
    session = page.context.new_cdp_session(page)
    _evaluate(session, AXE)
    found = []
    for scheme, width in turn:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        # Colours on their way from one scheme to the other belong to neither.
        _evaluate(session, STILL)
        found += [f"({scheme}, {width}): {fault}" for fault in _run_axe(session)]
    session.detach()
    return found


def _run_axe(session: CDPSession) -> list[str]:
    options = {
        "runOnly": {"type": "tag", "values": TAGS},
        "resultTypes": ["violations"],
    }
    answer = _evaluate(session, f"axe.run(document, {json.dumps(options)})")
    return [
        f"{rule['id']}: {node['html'][:160]} {node['failureSummary']}"
        for rule in answer["violations"]
        for node in rule["nodes"][:3]
    ]


def _evaluate(session: CDPSession, expression: str) -> Any:
    """Run a script as the debugger does, which the page's own policy leaves alone."""
    asked = {"expression": expression, "awaitPromise": True, "returnByValue": True}
    answer = session.send("Runtime.evaluate", asked)
    if failure := answer.get("exceptionDetails"):
        raise RuntimeError(failure)
    return answer["result"].get("value")
