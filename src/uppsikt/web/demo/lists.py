"""Lists of accounts that the office takes in: one done, one that waits to be seen."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.core.files.base import ContentFile

from uppsikt.channels import import_acts
from uppsikt.web.demo import town as towns
from uppsikt.web.demo.beginning import OFFICE
from uppsikt.web.demo.story import Story
from uppsikt.web.demo.town import Town


def plan(town: Town, story: Story, now: datetime) -> None:
    """Put into the story when each list comes in."""
    for row in towns.told("lists")["list"]:
        at = now - timedelta(days=row["ago"], minutes=30)
        story.at(at, partial(_take_in, town, row))


def _take_in(town: Town, row: Mapping[str, Any], at: datetime) -> None:
    office = town.actor(OFFICE, at)
    file = ContentFile(row["rows"].strip().encode(), row["file"])
    source = import_acts.upload(file, actor=office, at=at)
    if row["carried_out"]:
        layout, _rows = import_acts.look_through(source, None, at=at)
        import_acts.carry_out(source, layout.columns, actor=office, at=at)
