"""How evidence is kept: files in the vault, and one entry that names their digests."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.db import transaction

from uppsikt.archive.record import FILES
from uppsikt.governance import moves, rules
from uppsikt.governance.actors import Actor
from uppsikt.inbox.models import Item
from uppsikt.moderation import nearness, special
from uppsikt.moderation.life import CaseLife
from uppsikt.moderation.models import Case, Evidence, EvidenceFile
from uppsikt.policy.words import N_, Message
from uppsikt.records import ledger, vault
from uppsikt.records.models import Entry
from uppsikt.records.openings import JsonValue

ACTS: Final = {
    Evidence.Moment.BEFORE: "case.preserve",
    Evidence.Moment.AFTER: "case.read_back",
}


class Changed(Exception):
    """The comment reads otherwise now than when it was decided on."""

    message = Message(
        N_("The comment has been changed since the decision. Read it and decide anew.")
    )


@dataclass(frozen=True, slots=True)
class File:
    """One file of a capture, before it is kept."""

    part: EvidenceFile.Part
    data: bytes
    media_type: str

    @property
    def digest(self) -> str:
        return f"sha256:{hashlib.sha256(self.data).hexdigest()}"


@dataclass(frozen=True, slots=True)
class Capture:
    """What was seen of a comment, how and when; `told` is what else is recorded.

    `alone` says that nothing else of the thread is in it.
    """

    method: Evidence.Method
    files: Sequence[File]
    url: str
    captured_at: datetime
    told: Mapping[str, JsonValue] = field(default_factory=dict)
    alone: bool = False


@transaction.atomic
def keep_before(case: Case, capture: Capture, *, actor: Actor, at: datetime) -> None:
    """Keep what was captured before the removal, and tie the case to its entry.

    The case's row is taken first, so that nothing is written of a case which a person
    has turned onto the special path, called off or decided anew in the meantime.
    Raises `moves.TooLate` or `SpecialPathOnly` then, and `Changed` when its author has
    given it another text since the decision.
    """
    special.refuse(case)
    here = Case.objects.filter(
        pk=case.pk,
        status=CaseLife.condemned.name,
        evidence_entry=None,
        decided_at=case.decided_at,
    )
    if not here.update(problem="", next_try_at=None, lease_until=None, attempts=0):
        raise moves.TooLate
    as_decided(case)
    evidence = keep(case, capture, Evidence.Moment.BEFORE, actor=actor, at=at)
    here.update(evidence_entry=evidence.entry)
    case.refresh_from_db()


@transaction.atomic
def keep(
    case: Case,
    capture: Capture,
    moment: Evidence.Moment,
    *,
    actor: Actor,
    at: datetime,
) -> Evidence:
    """Keep one capture, restricted if the ground says so, with its ledger entry.

    Raises `SpecialPathOnly` when the path was chosen for it, or for a neighbour that
    the capture may show, while it was taken.
    """
    item = special_free(case)
    if not capture.alone and nearness.near(item):
        raise special.SpecialPathOnly
    ground = rules.in_force(at).grounds[case.ground]
    evidence = Evidence.objects.create(
        case=case,
        moment=moment,
        method=capture.method,
        url=capture.url,
        author_shown=item.author_name or item.author_handle,
        content_at=item.published_at,
        captured_at=capture.captured_at,
        captured_by=actor.name,
        entry=_entry(case, item, capture, moment, actor=actor, at=at),
    )
    for file in capture.files:
        blob = vault.keep(
            file.data,
            file.media_type,
            at=at,
            restricted=ground.preserve == "restricted",
        )
        EvidenceFile.objects.create(evidence=evidence, part=file.part, blob=blob)
    return evidence


def as_decided(case: Case) -> None:
    """Raise `Changed` unless the text is still the version that was decided on."""
    if newest(special_free(case)) != case.decided_version:
        raise Changed


def newest(item: Item) -> int:
    """Return the number of the newest version of the item's text."""
    return Item.objects.values_list("versions_seen", flat=True).get(pk=item.pk)


def special_free(case: Case) -> Item:
    """Return the case's item; raise `SpecialPathOnly` where nothing may be kept."""
    if case.item is None or case.special:
        raise special.SpecialPathOnly
    return case.item


def _entry(
    case: Case,
    item: Item,
    capture: Capture,
    moment: Evidence.Moment,
    *,
    actor: Actor,
    at: datetime,
) -> Entry:
    facts: dict[str, JsonValue] = {
        **capture.told,
        "method": capture.method,
        "ground": case.ground,
        "url": capture.url,
        "author_shown": item.author_name or item.author_handle,
        "content_at": item.published_at.isoformat(),
        "captured_at": capture.captured_at.isoformat(),
        FILES: [file.digest for file in capture.files],
        **({nearness.ALONE: True} if capture.alone else {}),
    }
    return ledger.append(ACTS[moment], case.subject, facts, actor=actor.name, at=at)
