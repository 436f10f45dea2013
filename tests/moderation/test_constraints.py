"""The chain stands in the database too, whatever the program would do."""

from datetime import datetime

import pytest
from django.db import IntegrityError, transaction

from tests.moderation.town import removed
from uppsikt.governance.actors import Actor
from uppsikt.inbox.models import Item
from uppsikt.moderation.models import Case


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "removed", "removed_at": None},
        {"status": "removed", "evidence_entry": None},
        {"status": "secured", "evidence_entry": None},
        {"status": "by_hand", "evidence_entry": None},
        {"status": "unconfirmed", "evidence_entry": None},
        {"status": "closed", "evidence_entry": None},
        {"status": "condemned", "ground": ""},
        {"status": "condemned", "decided_by": None},
        {"status": "removed", "measure": ""},
        {"status": "special"},
    ],
)
def test_the_database_refuses_what_the_chain_forbids(
    insult: Item, anna: Actor, changes: dict[str, object], monday: datetime
) -> None:
    case = removed(insult, anna, monday)
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(**changes)
