"""Reviewed samples as rows of a table: one for each answer that was drawn."""

from collections.abc import Iterable, Iterator, Mapping

from django.utils import timezone
from django.utils.translation import gettext as _

from uppsikt.governance.actors import Actor
from uppsikt.inbox.models import SampledAnswer

Row = tuple[str, ...]


def by_answer(
    answers: Iterable[SampledAnswer], points: Mapping[str, str], actor: Actor
) -> Iterator[Row]:
    """Yield headings, and a row for each answer; a restricted text for few only."""
    yield (
        _("Channel"),
        _("Place"),
        _("Drawn"),
        _("Drawn among"),
        _("Seed of the draw"),
        _("Number"),
        _("Written"),
        _("Asked"),
        _("Answer"),
        *points.values(),
        _("What could be better?"),
        _("Reviewed by"),
        _("Reviewed"),
        _("Corrections"),
        _("What is done about it"),
    )
    for answer in answers:
        yield _of(answer, points, actor)


def _of(answer: SampledAnswer, points: Mapping[str, str], actor: Actor) -> Row:
    sample = answer.sample
    hidden = answer.restricted and not actor.reads_restricted(sample.path)
    asked = answer.asked.text if answer.asked else ""
    marks = {mark.point: mark.met for mark in answer.marks.all()}
    return (
        sample.channel.name,
        sample.channel.node.name,
        f"{timezone.localtime(sample.drawn_at):%Y-%m-%d}",
        str(sample.population),
        sample.seed,
        str(answer.place),
        f"{timezone.localtime(answer.written_at):%Y-%m-%d %H:%M}",
        *((_("Protected"),) * 2 if hidden else (asked, answer.text)),
        *(_said(marks.get(code, False), there=code in marks) for code in points),
        answer.note,
        str(answer.reviewed_by or ""),
        _day(answer),
        ", ".join(str(lapse.pk) for lapse in answer.lapses.all()),
        sample.todo,
    )


def _day(answer: SampledAnswer) -> str:
    at = answer.reviewed_at
    return f"{timezone.localtime(at):%Y-%m-%d}" if at else ""


def _said(met: bool | None, *, there: bool) -> str:  # noqa: FBT001 (a mark's value)
    if not there:
        return ""
    if met is None:
        return _("Does not apply")
    return _("Yes") if met else _("No")
