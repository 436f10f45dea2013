"""The demonstration: Exempelby kommun, ninety days old today. Nothing in it is real.

Everything is done by the real acts, at moments in the past, so the ledger is whole.
"""

import gc
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Final

from django.db import connection, transaction

from uppsikt.governance.models import Adoption, User
from uppsikt.inbox import showing, verdicts
from uppsikt.records import files, ledger
from uppsikt.web.commands.saying import followed
from uppsikt.web.demo import (
    beginning,
    changes,
    citizens,
    clocks,
    endings,
    handling,
    letters,
    lists,
    own_pictures,
    pictures,
    profiles,
    replies,
    rota,
    samples,
    staff,
    steering,
    town,
)
from uppsikt.web.demo.daily import Days
from uppsikt.web.demo.removals import Removals
from uppsikt.web.demo.story import Story
from uppsikt.web.signin import MADE_UP

SEED: Final = 20170919
DAYS: Final = 90
OURS: Final = ("vault", "keys", "mail", "backups")


def fill(now: datetime) -> bool:
    """Make the municipality, all of it or nothing; tell whether it was not there.

    Raises:
        files.NoRoom: the disk is full.
    """
    if Adoption.objects.exists():
        return False
    with files.room(), _uncollected(), transaction.atomic():
        _tell(now)
    while ledger.sequence(now):
        pass
    return True


def is_ours() -> bool:
    """Tell whether the database has made-up people only, or nothing at all."""
    if "governance_user" not in connection.introspection.table_names():
        return True
    made_up = User.objects.filter(email__endswith=MADE_UP)
    if User.objects.exclude(pk__in=made_up).exists():
        return False
    return made_up.exists() or not Adoption.objects.exists()


def empty(data: Path) -> None:
    """Remove what the demonstration keeps in its folder, and nothing else there."""
    for database in data.glob("uppsikt.sqlite3*"):
        database.unlink()
    for name in OURS:
        shutil.rmtree(data / name, ignore_errors=True)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Look for no cycles meanwhile: that costs a quarter of the time, and finds few."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _tell(now: datetime) -> None:
    chance = Random(SEED)  # noqa: S311 (comments, not keys)
    place, story = town.build(now), Story()
    first = now - timedelta(days=DAYS)
    showing.declare(first)
    days = Days(place, story, chance, now)
    days.plan(first)
    for row in town.told("town")["application"]:
        story.at(now - timedelta(days=row["days"]), partial(town.apply, place, row))
    beginning.plan(place, story, now)
    changes.plan(place, story, now)
    citizens.plan(place, story, now)
    clocks.plan(place, story, now)
    profiles.plan(place, story, now)
    rota.plan(place, story, now)
    steering.plan(place, story, now)
    replies.plan(place, story, now)
    staff.plan(place, story, now)
    endings.plan(place, story, now)
    letters.plan(place, story, now)
    samples.plan(place, story, now)
    lists.plan(place, story, now)
    handling.plan(place, story, now)
    own_pictures.plan(place, story, now)
    with pictures.taking() as take:
        Removals(days, chance, take).plan()
        for _ in followed(story.days(first, now), DAYS, "Exempelby"):
            pass
    verdicts.learn(now)
