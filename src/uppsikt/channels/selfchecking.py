"""The owner's self-check: every attested rule of the channel, in one go (R-3.3-2)."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from uppsikt.channels import staffing
from uppsikt.channels.models import Channel
from uppsikt.governance import observations, rules
from uppsikt.governance.actors import Actor
from uppsikt.policy import facts as f
from uppsikt.policy.guideline import About, Control, Guideline
from uppsikt.policy.roles import Role

_OWNER = frozenset({Role.CHANNEL_OWNER})


class Unanswered(Exception):
    """A self-check answers every question. `facts` are those without an answer."""

    def __init__(self, facts: list[str]) -> None:
        super().__init__(", ".join(facts))
        self.facts = facts


def questions(guideline: Guideline) -> list[Control]:
    """Return what the person responsible is asked of a channel, each fact once."""
    asked = {
        c.fact: c
        for c in guideline.about(About.CHANNEL)
        if c.fact and Role.CHANNEL_OWNER in c.attested_by
    }
    return list(asked.values())


def must_check(channel: Channel, actor: Actor, *, at: datetime) -> None:
    """Raise unless the actor is the one responsible for a channel that runs."""
    staffing.must_run(channel, actor, _OWNER)


@transaction.atomic
def check(
    channel: Channel,
    answers: Mapping[str, bool],
    notes: Mapping[str, str],
    *,
    actor: Actor,
    at: datetime,
) -> None:
    """Keep the owner's answer to each question, and that all were gone through.

    `answers` and `notes` go by the name of the fact. Each answer is an attestation as
    any other; the self-check itself says what was answered to what.

    Raises:
        moves.NotYours, moves.TooLate: the actor is not responsible, or it runs not.
        Unanswered: a question lacks an answer; nothing is kept.
    """
    must_check(channel, actor, at=at)
    asked = [c.fact for c in questions(rules.in_force(at))]
    if missing := [name for name in asked if name not in answers]:
        raise Unanswered(missing)
    for name in asked:
        fact, note = f.named(name), notes.get(name, "").strip()
        said = answers[name]
        observations.attest(fact, channel.node, said, actor=actor, at=at, note=note)
    told = tuple(f"{name}: {'yes' if answers[name] else 'no'}" for name in asked)
    observations.measure(f.SELF_CHECK, channel.node, told, actor=actor, at=at)
