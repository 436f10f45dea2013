"""What citizens have sent, and to whom it falls: suggestions and reported accounts."""

from datetime import datetime
from typing import Final

from django.urls import reverse

from uppsikt.channels.feedback_life import FeedbackLife
from uppsikt.channels.found_life import FoundLife
from uppsikt.channels.models import Feedback, FoundAccount
from uppsikt.duties import reach
from uppsikt.duties.duty import SHOWN, Duty, Group
from uppsikt.governance.actors import Actor
from uppsikt.policy.words import N_, Message

_WORDS: Final = {
    FoundLife.reported.name: N_("An account to judge"),
    FoundLife.ours.name: N_("Ours: enter it in the register"),
    FoundLife.false.name: N_("False: report it to the platform"),
}


def suggestions(actor: Actor, at: datetime) -> Group:
    """Return the suggestions that the actor may handle, soonest due first."""
    rows = Feedback.objects.waiting().select_related("channel").order_by("due_at")
    rows = rows.filter(reach.of_move(actor, FeedbackLife.handle, at=at))
    duties = tuple(_suggestion(one) for one in rows[:SHOWN])
    title, url = N_("Suggestions from visitors"), reverse("feedback-list")
    return Group(title, "6.1", url, rows.count() if duties else 0, duties)


def _suggestion(one: Feedback) -> Duty:
    words = Message(N_("A suggestion to see to"))
    url = reverse("feedback", args=[one.pk])
    return Duty(words, str(one.channel), url, one.due_at)


def found(actor: Actor, at: datetime) -> Group:
    """Return the reported accounts that wait for the actor, oldest first."""
    mine = reach.of_move(actor, FoundLife.condemn, at=at, field="node__path")
    rows = FoundAccount.objects.filter(mine, status__in=list(_WORDS))
    duties = tuple(_found(one) for one in rows.order_by("reported_at")[:SHOWN])
    title, url = N_("Reported accounts"), reverse("found-accounts")
    return Group(title, "3.2", url, rows.count() if duties else 0, duties)


def _found(one: FoundAccount) -> Duty:
    words = Message(_WORDS[one.status])
    return Duty(words, str(one), reverse("found-account", args=[one.pk]))
