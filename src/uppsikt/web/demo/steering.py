"""How Exempelby keeps its guideline: the text, readers, laws, a review, a proposal."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, Final

from django.utils import timezone

from uppsikt.governance import (
    adopted_texts,
    law_checks,
    local_decisions,
    moves,
    proposing,
    receipts,
    reviewing,
)
from uppsikt.governance.adopted_texts import Upload
from uppsikt.governance.local_decisions import Disposal, Kind, Told
from uppsikt.governance.models import Adoption, GuidelineReview, Node, Proposal
from uppsikt.governance.proposal_life import ProposalLife
from uppsikt.governance.proposing import Why
from uppsikt.policy import laws
from uppsikt.web.demo import town as towns
from uppsikt.web.demo.story import Story
from uppsikt.web.demo.town import Town

OFFICE: Final = "sara"
OWNER: Final = "johan"
ARCHIVIST: Final = "arvid"
UNREAD_EVERY: Final = 3
"""One person in three has not read the guideline yet."""
NOT_CHECKED: Final = ("sprak", "namn-och-bild")
CHANGED: Final = "bbs"


def plan(town: Town, story: Story, now: datetime) -> None:
    """Put into the story what the office, the heads and the archivist do."""
    days = {
        85: _keep_text,
        80: _read,
        70: _check_laws,
        60: _decide_locally,
        20: _review,
        18: _propose,
        9: _endorse,
        2: _draft,
    }
    for ago, act in days.items():
        story.at(now - timedelta(days=ago), partial(act, town))


def _keep_text(town: Town, at: datetime) -> None:
    words = str(towns.told("steering")["text"]).encode()
    upload = Upload("riktlinjer-for-sociala-medier.txt", words)
    version = Adoption.objects.latest("starts_at")
    adopted_texts.keep(version, upload, actor=town.actor(OFFICE, at), at=at)


def _read(town: Town, at: datetime) -> None:
    version = Adoption.objects.latest("starts_at")
    for number, key in enumerate(town.people):
        if number % UNREAD_EVERY:
            moment = at + timedelta(minutes=7 * number)
            receipts.read(version, actor=town.actor(key, moment), at=moment)


def _check_laws(town: Town, at: datetime) -> None:
    note = str(towns.told("steering")["changed_law"])
    for law in laws.register():
        if law.id not in NOT_CHECKED:
            changed = law.id == CHANGED
            law_checks.check(
                law,
                note=note if changed else "",
                changed=changed,
                actor=town.actor(OFFICE, at),
                at=at,
            )


def _decide_locally(town: Town, at: datetime) -> None:
    day = timezone.localtime(at).date()
    for row in towns.told("steering")["decision"]:
        local_decisions.decide(
            Kind(row["kind"]),
            _place(town, row),
            _told(row, day),
            actor=town.actor(row["by"], at),
            at=at,
        )


def _place(town: Town, row: Mapping[str, Any]) -> Node:
    return town.nodes[row["at"]]


def _told(row: Mapping[str, Any], day: date) -> Told:
    disposal = (
        Disposal(row["category"], row["retention"]) if "category" in row else None
    )
    return Told(
        title=row["title"],
        text=row["text"],
        decided_by=row["decided_by"],
        decided_on=day,
        diary_number=f"{day:%Y}/{row['number']}",
        valid_from=day,
        disposal=disposal,
    )


def _review(town: Town, at: datetime) -> None:
    notes = str(towns.told("steering")["review"])
    outcome = GuidelineReview.Outcome.CHANGE
    reviewing.review(outcome, notes, actor=town.actor(OFFICE, at), at=at)


def _propose(town: Town, at: datetime) -> None:
    proposal = _written(town, "proposal", at)
    proposing.propose(proposal, actor=town.actor(OFFICE, at), at=at)


def _draft(town: Town, at: datetime) -> None:
    _written(town, "draft", at)


def _written(town: Town, name: str, at: datetime) -> Proposal:
    """Begin the proposal with this name in the story, and write its values."""
    told, office = towns.told("steering")[name], town.actor(OFFICE, at)
    why = Why(told["title"], told["reasons"], tuple(law_checks.notes()))
    proposal = proposing.begin(why, actor=office, at=at)
    for parameter, value in told["values"].items():
        data = proposing.with_value(proposal, parameter, value)
        proposal = proposing.write(proposal, data, actor=office, at=at)
    return proposal


def _endorse(town: Town, at: datetime) -> None:
    proposal = Proposal.objects.get()
    moves.make(ProposalLife.endorse, proposal, actor=town.actor(OWNER, at), at=at)
