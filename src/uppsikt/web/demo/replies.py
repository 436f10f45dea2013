"""What Exempelby has ready for whoever answers: standard answers."""

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, Final

from uppsikt.inbox import modules
from uppsikt.inbox.modules import Wording
from uppsikt.web.demo import town as towns
from uppsikt.web.demo.story import Story
from uppsikt.web.demo.town import Town

WRITTEN: Final = 60
APPROVED: Final = timedelta(hours=3)
RUNS_OUT: Final = timedelta(days=20)


def plan(town: Town, story: Story, now: datetime) -> None:
    """Put into the story that standard answers are written, proposed and approved."""
    last = (now + RUNS_OUT).date()
    for number, row in enumerate(towns.told("replies")["module"]):
        at = now - timedelta(days=WRITTEN - number)
        story.at(at, partial(_write, town, row, last if number == 0 else None))


def _write(town: Town, row: dict[str, Any], last: date | None, at: datetime) -> None:
    writer = town.actor(row["by"], at)
    wording = Wording(
        name=row["name"],
        text=row["text"],
        kind=row["kind"],
        language=row.get("language", "sv"),
        valid_until=last,
    )
    module = modules.write(town.nodes[row["at"]], wording, actor=writer, at=at)
    state = row.get("state", "approved")
    if state != "draft":
        modules.propose(module, actor=writer, at=at)
    if state == "approved":
        other = town.actor(row["approver"], at + APPROVED)
        modules.approve(module, actor=other, at=at + APPROVED)
