"""Samples of what the made-up municipality has answered, and what they showed."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from uppsikt.inbox import sample_review, sampling
from uppsikt.inbox.models import Sample, SampledAnswer
from uppsikt.web.demo.story import Story
from uppsikt.web.demo.town import Place, Town

_DAY: Final = timedelta(days=1)
_DRAWN: Final = 12
_CHANNELS: Final = 6
_REVIEWER: Final = "johan"
# What the reviewer finds wanting, by channel in turn and place in the sample.
_FAULTS: Final[Mapping[int, Mapping[int, tuple[str, str]]]] = {
    1: {
        1: ("plain", "”I enlighet med gällande rutin” kan bli ”Så här gör vi”."),
        2: ("helpful", "Svaret hänvisar vidare utan att säga vart."),
        3: ("du", "Skriver ”ni” till en person."),
    },
    3: {
        1: ("plain", "Långa meningar. Dela dem."),
        2: ("correct", "Öppettiden gällde i somras."),
        3: ("helpful", "Frågan om parkering blev utan svar."),
    },
}
_FOLLOWED: Final = 1
_LEFT: Final = 4
_TODO: Final = (
    "Vi gick igenom svaren på mötet och skrev om två standardsvar. "
    "Nästa stickprov tittar särskilt på långa meningar."
)


def plan(town: Town, story: Story, now: datetime) -> None:
    """Let the communications chief draw, review most of it and follow up some."""
    at = now - _DRAWN * _DAY
    for number, place in enumerate(list(town.places.values())[:_CHANNELS]):
        story.at(at, partial(_draw, town, story, number, place))


def _draw(town: Town, story: Story, number: int, place: Place, at: datetime) -> None:
    seed = f"{number:016x}"
    actor = town.actor(_REVIEWER, at)
    sample = sampling.draw(place.channel, seed=seed, actor=actor, at=at)
    story.at(at + (number + 1) * _DAY, partial(_review, town, number, sample))


def _review(town: Town, number: int, sample: Sample, at: datetime) -> None:
    actor, faults = town.actor(_REVIEWER, at), _FAULTS.get(number, {})
    rows = SampledAnswer.objects.filter(sample=sample).select_related("sample__channel")
    answers = list(rows.order_by("place"))
    for answer in answers[:1] if number == _LEFT else answers:
        point, note = faults.get(answer.place, ("", ""))
        marks = {code: code != point for code in sample_review.points(at)}
        sample_review.review(answer, marks, note, actor=actor, at=at)
    sample.refresh_from_db()
    if number == _FOLLOWED and sample.status == "short":
        sample_review.follow_up(sample, _TODO, actor=actor, at=at + timedelta(hours=2))
