"""Samples of our answers that wait to be reviewed, or to be followed up (R-6.2-9)."""

from datetime import datetime
from typing import Final

from django.db.models import Q
from django.urls import reverse

from uppsikt.duties import reach
from uppsikt.duties.duty import SHOWN, Duty, Group
from uppsikt.governance.actors import Actor
from uppsikt.inbox.models import Sample
from uppsikt.inbox.sample_life import SampleLife
from uppsikt.policy.words import N_, Message

_WORDS: Final = {
    SampleLife.drawn.name: N_("Review a sample of the answers"),
    SampleLife.short.name: N_("Follow up what a sample showed"),
}


def waiting(actor: Actor, at: datetime) -> Group:
    """Return the samples that the actor may review or follow up, soonest due first."""
    reviews = reach.of_move(actor, SampleLife.finish, at=at)
    follows = reach.of_move(actor, SampleLife.follow_up, at=at)
    mine = (reviews & Q(status=SampleLife.drawn.name)) | (
        follows & Q(status=SampleLife.short.name)
    )
    rows = Sample.objects.waiting().filter(mine).select_related("channel")
    rows = rows.order_by("review_by", "pk")
    duties = tuple(_one(row) for row in rows[:SHOWN])
    total = len(duties) if len(duties) < SHOWN else rows.count()
    return Group(N_("Samples of answers"), "6.2", reverse("samples"), total, duties)


def _one(row: Sample) -> Duty:
    words, url = Message(_WORDS[row.status]), reverse("sample", args=[row.pk])
    due = row.review_by if row.status == SampleLife.drawn.name else None
    return Duty(words, str(row.channel), url, due)
