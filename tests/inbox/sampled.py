"""Answers of the library, and what a reviewer says of them, for tests of samples."""

from datetime import datetime, timedelta

from tests.inbox.tales import ROOT, fetched, told
from uppsikt.channels.models import Channel
from uppsikt.governance.actors import Actor
from uppsikt.inbox import sample_review, sampling
from uppsikt.inbox.models import Sample, SampledAnswer

SEED = "5eed"
ALL_MET = {
    "plain": True,
    "du": True,
    "correct": True,
    "helpful": True,
    "objective": True,
}
OPINION = {**ALL_MET, "objective": False}


def answered(channel: Channel, at: datetime, count: int = 1) -> None:
    """Let a colleague answer at the platform, `count` times."""
    texts = [f"Du är välkommen kl. {number}." for number in range(count)]
    when = at - timedelta(hours=1)
    fetched(
        channel,
        *(told(t, own=True, parent_id=ROOT, published_at=when) for t in texts),
        at=at,
    )


def drawn(channel: Channel, actor: Actor, at: datetime, count: int = 1) -> Sample:
    """Draw a sample among `count` answers."""
    answered(channel, at, count)
    return sampling.draw(channel, seed=SEED, actor=actor, at=at)


def reviewed(
    sample: Sample, actor: Actor, at: datetime, marks: sample_review.Marks = ALL_MET
) -> None:
    """Review every answer with the same marks."""
    for answer in SampledAnswer.objects.filter(sample=sample).select_related("sample"):
        sample_review.review(answer, marks, "", actor=actor, at=at)
