"""Draw a channel's answers by lot, so that a colleague may review them (R-6.2-9)."""

from collections.abc import Collection
from datetime import date, datetime, time
from typing import Final

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from uppsikt.channels.models import Channel
from uppsikt.governance import moves, rules
from uppsikt.governance.actors import Actor
from uppsikt.inbox import sample_review
from uppsikt.inbox.models import Item, Sample, SampledAnswer
from uppsikt.inbox.sample_life import SampleLife
from uppsikt.inbox.texts import OUT, SETTLES
from uppsikt.platforms import ItemKind
from uppsikt.policy import lottery
from uppsikt.policy.recurrence import Every
from uppsikt.records import ledger
from uppsikt.sending.models import Outgoing

SENT: Final = "text"
AT_PLATFORM: Final = "item"


class StillOpen(Exception):
    """An earlier sample of the channel is not reviewed yet."""


@transaction.atomic
def draw(channel: Channel, *, seed: str, actor: Actor, at: datetime) -> Sample:
    """Draw among what the channel has answered since its last sample.

    At the most it reaches one interval back. A channel that has answered nothing gets a
    sample with nothing in it, which is reviewed as it is.

    Raises:
        StillOpen: the sample before is not reviewed.
        moves.NotYours: the guideline does not let the actor draw here.
    """
    if Sample.objects.filter(channel=channel, status=SampleLife.drawn.name).exists():
        raise StillOpen
    guideline = rules.in_force(at)
    since = _since(channel, at)
    names = taking_part(channel, since, at)
    sample = Sample(
        channel=channel,
        since=since,
        drawn_at=at,
        seed=seed,
        population=len(names),
        fingerprint=lottery.fingerprint(names),
        review_by=_midnight(Every.parse(guideline.text("sample_review")).after(at)),
    )
    moves.begin(SampleLife.draw, sample, actor=actor, at=at)
    chosen = lottery.drawn(names, seed, guideline.number("sample_size"))
    _keep(sample, chosen)
    facts: dict[str, ledger.JsonValue] = {
        "seed": seed,
        "population": sample.population,
        "fingerprint": sample.fingerprint,
        "drawn": [*chosen],
    }
    ledger.append("sample.content", sample.subject, facts, actor=actor.name, at=at)
    if not chosen:
        sample_review.end(sample, actor=actor, at=at)
    return sample


def fresh_since(at: datetime) -> datetime:
    """Return since when a sample must be drawn for the next not to be due yet."""
    guideline = rules.in_force(at)
    every = Every.parse(guideline.text("sample_interval"))
    remind = Every.parse(guideline.text("sample_reminder"))
    return _midnight(remind.after(every.before(timezone.localdate(at))))


def taking_part(channel: Channel, since: datetime, until: datetime) -> list[str]:
    """Return the names of the public answers that took part in a draw.

    What is restricted or sealed off takes no part, and no private message.
    """
    apart = Q(secluded=True) | Q(restricted=True) | Q(public=False)
    hidden = Item.objects.filter(apart, channel=channel).values_list("pk", flat=True)
    abouts = {f"item:{pk}" for pk in hidden}
    sent = Outgoing.objects.filter(channel=channel, kind__in=SETTLES, status__in=OUT)
    sent = sent.filter(written_at__gt=since, written_at__lte=until)
    told = sent.values_list("pk", "about")
    return [
        *(f"{SENT}:{pk}" for pk, about in told if about not in abouts),
        *(f"{AT_PLATFORM}:{pk}" for pk in _at_platform(channel, since, until)),
    ]


def _at_platform(channel: Channel, since: datetime, until: datetime) -> list[int]:
    """Return our answers that were not sent from here, nor say what was."""
    ours = Item.objects.filter(channel=channel, own=True, public=True, gone_at=None)
    ours = ours.filter(secluded=False, restricted=False, removed_at=None)
    ours = ours.filter(published_at__gt=since, published_at__lte=until)
    ours = ours.exclude(kind=ItemKind.POST.value).exclude(parent_id="")
    sent = Outgoing.objects.filter(channel=channel).exclude(remote_id="")
    return list(
        ours.exclude(remote_id__in=sent.values("remote_id"))
        .exclude(text__in=sent.filter(written_at__gt=since).values("text"))
        .values_list("pk", flat=True)
    )


def _since(channel: Channel, at: datetime) -> datetime:
    every = Every.parse(rules.in_force(at).text("sample_interval"))
    earliest = _midnight(every.before(timezone.localdate(at)))
    last = Sample.objects.filter(channel=channel).aggregate(at=Max("drawn_at"))["at"]
    return max(last, earliest) if last else earliest


def _keep(sample: Sample, chosen: Collection[str]) -> None:
    pairs = [name.split(":") for name in chosen]
    sent = Outgoing.objects.in_bulk([int(pk) for kind, pk in pairs if kind == SENT])
    own = Item.objects.in_bulk([int(pk) for kind, pk in pairs if kind != SENT])
    asked = _asked(sample.channel, sent.values(), own.values())
    rows = []
    for place, (kind, pk) in enumerate(pairs, 1):
        row = SampledAnswer(sample=sample, place=place)
        if kind == SENT:
            row.outgoing = text = sent[int(pk)]
            row.asked, row.written_at = asked.get(text.about), text.written_at
        else:
            row.own = it = own[int(pk)]
            row.asked, row.written_at = asked.get(it.parent_id), it.published_at
        rows.append(row)
    SampledAnswer.objects.bulk_create(rows)


def _asked(
    channel: Channel, sent: Collection[Outgoing], own: Collection[Item]
) -> dict[str, Item]:
    """Return what was asked, by how each answer names it."""
    numbers = [int(text.about.partition(":")[2]) for text in sent]
    parents = [it.parent_id for it in own]
    rows = Item.objects.filter(channel=channel)
    found = rows.filter(Q(pk__in=numbers) | Q(remote_id__in=parents))
    return {name: it for it in found for name in (it.subject, it.remote_id)}


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
