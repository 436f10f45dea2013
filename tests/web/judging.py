"""What is judged at the library: a signal of the analysis, and a drawn answer."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from uppsikt.channels.models import Channel
from uppsikt.governance.models import User
from uppsikt.inbox import showing
from uppsikt.inbox.models import (
    ItemSignal,
    ItemVersion,
    Sample,
    SampledAnswer,
    SignalRule,
    Verdict,
)

if TYPE_CHECKING:
    from tests.web.belongings import World


def judged(version: ItemVersion, anna: User, at: datetime) -> None:
    """Add a rule, a signal and a verdict."""
    showing.declare(at)
    rule = SignalRule.objects.earliest("pk")
    ItemSignal.objects.create(
        version=version,
        rule=rule.name,
        rule_version=rule.version,
        start=0,
        end=1,
        certainty=0.5,
        msgid="A telephone number.",
        suggests="personal_data",
    )
    Verdict.objects.create(
        item=version.item,
        rule=rule.name,
        rule_version=rule.version,
        said=Verdict.Said.WRONG,
        at=at,
        by=anna,
    )


def rule(world: "World") -> Mapping[str, object]:
    return {"pk": SignalRule.objects.earliest("pk").pk}


def signal(world: "World") -> Mapping[str, object]:
    return {"pk": ItemSignal.objects.get(version=world.version).pk}


def verdict(world: "World") -> Mapping[str, object]:
    return {"pk": Verdict.objects.get(item=world.version.item).pk}


def draw(channel: Channel, version: ItemVersion, at: datetime) -> None:
    """Add a sample with one answer."""
    sample = Sample.objects.create(
        status="drawn",
        channel=channel,
        since=at,
        drawn_at=at,
        seed="5eed",
        population=1,
        fingerprint="0" * 64,
        review_by=at,
    )
    SampledAnswer.objects.create(
        sample=sample, place=1, own=version.item, written_at=at
    )


def sample(world: "World") -> Mapping[str, object]:
    return {"pk": Sample.objects.earliest("pk").pk}


def sampled(world: "World") -> Mapping[str, object]:
    return {"pk": SampledAnswer.objects.earliest("pk").pk}
