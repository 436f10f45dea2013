"""In which languages people write to us, and what we have ready in them (D-36).

Numbers of texts, never of persons.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from uppsikt.checks.text.languages import LANGUAGES
from uppsikt.governance.actors import Actor
from uppsikt.inbox.models import DONE, OPEN, Item, Module
from uppsikt.inbox.module_life import ModuleLife


@dataclass(frozen=True, slots=True)
class Row:
    """A language, how much came in it, and what became of that."""

    code: str
    came: int
    done: int
    open: int
    modules: int

    @property
    def called(self) -> str:
        """Return what the language is called, to be translated."""
        return LANGUAGES.get(self.code, self.code)


def table(
    channels: Collection[int], actor: Actor, first: datetime, end: datetime
) -> list[Row]:
    """Return the other languages than Swedish of what came from `first` before `end`.

    Most frequent first, by two queries.
    """
    ready = _ready(actor)
    rows = Item.objects.in_other_languages().filter(
        channel__in=channels, secluded=False, own=False
    )
    rows = rows.filter(received_at__gte=first, received_at__lt=end)
    told = rows.values_list("language").annotate(
        came=Count("pk"),
        finished=Count("pk", filter=Q(status__in=DONE)),
        waits=Count("pk", filter=Q(status__in=OPEN)),
    )
    found = [
        Row(code, came, done, waits, ready.get(code, 0))
        for code, came, done, waits in told.order_by()
    ]
    return sorted(found, key=lambda row: (-row.came, row.code))


def _ready(actor: Actor) -> dict[str, int]:
    """Return how many standard answers are in use in each language."""
    rows = Module.objects.visible_to(actor).filter(status=ModuleLife.approved.name)
    return dict(rows.order_by().values_list("language").annotate(Count("pk")))
