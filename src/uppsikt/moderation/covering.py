"""What a restricted ground covers beside the evidence: text, picture and search.

A ground whose evidence is restricted makes the comment itself so, from the decision on
and for as long as it stands (D-17); what was called off is open again.
"""

from datetime import datetime

from django.db.models import Q

from uppsikt.governance import rules
from uppsikt.inbox.models import Item
from uppsikt.moderation import locking
from uppsikt.moderation.life import CaseLife
from uppsikt.moderation.models import Case
from uppsikt.records import search

OPEN = (
    CaseLife.opened.name,
    CaseLife.left_up.name,
    CaseLife.restored.name,
)


def settle(item: Item, *, at: datetime) -> None:
    """Cover `item` if a decision on a restricted ground stands, or open it again."""
    covered = _is_covered(item, at)
    here = Item.objects.filter(pk=item.pk).exclude(restricted=covered)
    if not here.update(restricted=covered):
        return
    item.restricted = covered
    if covered:
        search.forget(item.subject)
        for picture in locking.pictures(item):
            locking.restrict(picture)
    elif not item.secluded:
        item.refresh_from_db(fields=["text"])
        search.index(item.subject, item.path, item.text, at=at)


def _is_covered(item: Item, at: datetime) -> bool:
    grounds = rules.in_force(at).ground
    restricted = [g.code for g in grounds if g.preserve == "restricted"]
    stands = Case.objects.filter(~Q(status__in=OPEN), ground__in=restricted)
    return stands.filter(item=item).exists()
