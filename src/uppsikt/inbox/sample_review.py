"""Review the answers that were drawn, and follow up what falls short (R-6.2-9).

It is the texts that are reviewed. Who wrote one is shown to nobody and counted nowhere,
and nobody reviews an answer of their own.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Max, Q

from uppsikt.channels.models import Channel
from uppsikt.governance import moves, rules
from uppsikt.governance.actors import Actor
from uppsikt.inbox.models import Mark, Sample, SampledAnswer
from uppsikt.inbox.sample_life import SampleLife
from uppsikt.policy.roles import Right
from uppsikt.records import ledger, vault

Marks = Mapping[str, bool | None]
"""What was found by point: met, not met, or None where it does not apply."""


class OwnAnswer(Exception):
    """The reviewer wrote the answer."""


class Unmarked(Exception):
    """A point is left without a mark."""


@transaction.atomic
def review(
    answer: SampledAnswer, marks: Marks, note: str, *, actor: Actor, at: datetime
) -> None:
    """Note what was found on each point; the last answer ends the review.

    Raises:
        OwnAnswer: the actor wrote it.
        Unmarked: a point of the guideline has no mark.
        moves.NotYours: the guideline does not let the actor review here.
        moves.TooLate: the sample is reviewed already.
    """
    sample = answer.sample
    moves.must(Right.REVIEW_ANSWERS, actor, sample.path, at=at)
    if sample.status != SampleLife.drawn.name:
        raise moves.TooLate
    if is_own(answer, actor):
        raise OwnAnswer
    if points(sample.drawn_at).keys() - marks.keys():
        raise Unmarked
    answer.reviewed_by, answer.reviewed_at, answer.note = actor.person, at, note
    answer.save(update_fields=["reviewed_by", "reviewed_at", "note"])
    _mark(answer, marks)
    kept = vault.keep(note.encode(), "text/plain", at=at).name if note else ""
    facts: dict[str, ledger.JsonValue] = {
        "answer": answer.place,
        "marks": {**marks},
        "note": kept,
    }
    ledger.append("sample.review", sample.subject, facts, actor=actor.name, at=at)
    if not sample.answers.waiting().exists():
        end(sample, actor=actor, at=at)


def follow_up(sample: Sample, todo: str, *, actor: Actor, at: datetime) -> None:
    """Write down what is done about what fell short, and end it."""
    move, changes = SampleLife.follow_up, {"todo": todo}
    moves.make(move, sample, actor=actor, at=at, why=todo, changes=changes)


def end(sample: Sample, *, actor: Actor, at: datetime) -> None:
    """End the review of a sample, by how much of it was as it should be."""
    share = _share(sample)
    least = rules.in_force(at).number("sample_least_percent")
    short = share is not None and share < least
    move = SampleLife.fall_short if short else SampleLife.finish
    changes = {"share": share, "reviewed_at": at}
    moves.make(move, sample, actor=actor, at=at, changes=changes)


def points(at: datetime) -> dict[str, str]:
    """Return the points that answers are reviewed on, with their words, in order."""
    rows = rules.in_force(at).value("sample_points")
    told = rows if isinstance(rows, list) else []
    pairs = (str(row).partition(":") for row in told)
    return {code: words for code, _, words in pairs}


def is_own(answer: SampledAnswer, actor: Actor) -> bool:
    """Tell whether the actor wrote the answer."""
    written = answer.outgoing
    return written is not None and written.written_by_id == actor.person.pk


def latest(
    channels: Sequence[Channel], *, at: datetime
) -> dict[int, tuple[datetime, int]]:
    """Return when each channel's last reviewed sample was drawn; how many fall short.

    One query, however many channels.
    """
    rows = Sample.objects.filter(channel__in=channels, reviewed_at__lte=at)
    short = Count("pk", filter=Q(status=SampleLife.short.name))
    told = rows.values_list("channel").annotate(drawn=Max("drawn_at"), short=short)
    return {
        channel: (drawn_at, count)
        for channel, drawn_at, count in told.order_by()
        if drawn_at
    }


def _mark(answer: SampledAnswer, marks: Marks) -> None:
    answer.marks.all().delete()
    rows = [Mark(answer=answer, point=point, met=met) for point, met in marks.items()]
    Mark.objects.bulk_create(rows)


def _share(sample: Sample) -> int | None:
    """Return the per cent of marks that say met, of those that apply."""
    rows = Mark.objects.filter(answer__sample=sample).exclude(met=None)
    told = rows.aggregate(all=Count("pk"), met=Count("pk", filter=Q(met=True)))
    return round(100 * told["met"] / told["all"]) if told["all"] else None
