"""What Exempelby has ready for whoever answers: parties and standard answers."""

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, Final

from uppsikt.inbox import modules, parties
from uppsikt.inbox.modules import Wording
from uppsikt.inbox.parties import Seat
from uppsikt.web.demo import town as towns
from uppsikt.web.demo.story import Story
from uppsikt.web.demo.town import Town

WRITTEN: Final = 60
ELECTED: Final = date(2022, 10, 15)
LEFT: Final = date(2026, 1, 31)
APPROVED: Final = timedelta(hours=3)
RUNS_OUT: Final = timedelta(days=20)


def plan(town: Town, story: Story, now: datetime) -> None:
    """Put into the story that standard answers are written, proposed and approved."""
    story.at(now - timedelta(days=WRITTEN + 1), partial(_seat, town))
    last = (now + RUNS_OUT).date()
    for number, row in enumerate(towns.told("replies")["module"]):
        at = now - timedelta(days=WRITTEN - number)
        story.at(at, partial(_write, town, row, last if number == 0 else None))


def _seat(town: Town, at: datetime) -> None:
    """Put the parties of the council into the list, and end one that has left."""
    office, rows = town.actor("sara", at), towns.told("replies")
    for number, name in enumerate([*rows["parties"], rows["left"]]):
        seat = Seat(name, f"https://parti-{number + 1}.example", ELECTED)
        party = parties.add(seat, actor=office, at=at)
    parties.end(party, LEFT, actor=office, at=at)


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
