"""The document that was decided: uploaded, kept whole, cut into its sentences."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final, NamedTuple

from django.db import transaction

from uppsikt.governance import moves
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import AdoptedText, Adoption, Node, SentenceMark
from uppsikt.policy import coverage
from uppsikt.policy.adopted_text import cut
from uppsikt.policy.difference import Kind
from uppsikt.policy.guideline import Guideline
from uppsikt.policy.roles import Right
from uppsikt.records import ledger, media, vault
from uppsikt.records.models import Blob

TAKEN: Final = frozenset({media.PDF, media.TEXT})
MOST_SENTENCES: Final = 5_000


class NoWords(Exception):
    """The text holds nothing that can be read as sentences, or far too much."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file by its name; `text` is its words where the file itself is a PDF."""

    name: str
    file: bytes
    text: bytes | None = None


class Answer(NamedTuple):
    """What in the guideline file answers a sentence: a row by its kind and words."""

    kind: Kind
    name: str
    says: str


class Covered(NamedTuple):
    """A sentence of the adopted text, and what answers it."""

    section: str
    text: str
    demanding: bool
    answers: tuple[Answer, ...]


@transaction.atomic
def keep(
    adoption: Adoption, upload: Upload, *, actor: Actor, at: datetime
) -> AdoptedText:
    """Keep the adopted document, and a mark of each sentence of its text (R-0-1).

    Raises:
        NotYours: the guideline does not let the actor keep its text.
        media.NotWhatItSays: the file is no PDF or text, or the text is no text.
        NoWords: there is no sentence in the text, or more than any guideline has.
        vault.NoRoom: the disk is full; nothing was kept.
    """
    moves.must(Right.KEEP_TEXT, actor, top().path, at=at)
    kind = media.checked(upload.file, TAKEN)
    words = upload.file if kind == media.TEXT else upload.text
    marks = [] if words is None else _marks(words)
    file = vault.keep(upload.file, kind, at=at)
    text = _text_blob(kind, file, words, at)
    told: dict[str, ledger.JsonValue] = {
        "file": file.name,
        "sentences": len(marks),
        "version": adoption.pk,
    }
    subject = f"guideline:{adoption.guideline}"
    kept = AdoptedText.objects.create(
        adoption=adoption,
        name=upload.name[:200],
        file=file,
        text=text,
        at=at,
        by=actor.user,
        entry=ledger.append("guideline.text", subject, told, actor=actor.name, at=at),
    )
    SentenceMark.objects.bulk_create(_rows(kept, marks))
    return kept


def newest(adoption: Adoption) -> AdoptedText | None:
    """Return the document of a version that was uploaded last, if any."""
    rows = AdoptedText.objects.filter(adoption=adoption)
    return rows.select_related("file", "text", "by").order_by("-at", "-pk").first()


def covered(kept: AdoptedText, guideline: Guideline) -> tuple[Covered, ...]:
    """Return each sentence of the text, in order, with what answers it (R-0-1).

    Raises:
        vault.Damaged, vault.Disposed: the text cannot be read any more.
    """
    if kept.text is None:
        return ()
    return _covered(vault.open_(kept.text).decode("utf-8-sig"), guideline)


def new_since(kept: AdoptedText, before: AdoptedText) -> frozenset[str]:
    """Return the fingerprints of the sentences that the text before did not have."""
    then = before.marks.values_list("fingerprint", flat=True)
    now = kept.marks.values_list("fingerprint", flat=True)
    return frozenset(now) - frozenset(then)


def top() -> Node:
    """Return the municipality's node; raise `Node.DoesNotExist` before it is there."""
    return Node.objects.get(parent=None)


@lru_cache(maxsize=8)
def _covered(text: str, guideline: Guideline) -> tuple[Covered, ...]:
    answers = list(_answers(guideline))
    return tuple(
        Covered(
            each.section,
            each.text,
            coverage.demanding(each.text),
            tuple(a for anchor, a in answers if coverage.hits(anchor, each.text)),
        )
        for each in cut(text)
    )


def _answers(guideline: Guideline) -> Iterator[tuple[str, Answer]]:
    for control in guideline.control:
        yield control.anchor, Answer(Kind.CONTROL, control.id, control.says)
    for move in guideline.move:
        if move.anchor:
            yield move.anchor, Answer(Kind.MOVE, move.id, "")
    for feature in guideline.feature:
        yield feature.anchor, Answer(Kind.FEATURE, feature.anchor, feature.says)
    for beyond in guideline.beyond:
        yield beyond.anchor, Answer(Kind.BEYOND, beyond.anchor, beyond.why)


def _marks(words: bytes) -> list[coverage.Mark]:
    media.checked(words, {media.TEXT})
    marks = coverage.marks(words.decode("utf-8-sig"))
    if not 0 < len(marks) <= MOST_SENTENCES:
        raise NoWords
    return marks


def _text_blob(kind: str, file: Blob, words: bytes | None, at: datetime) -> Blob | None:
    if kind == media.TEXT or words is None:
        return file if words is not None else None
    return vault.keep(words, media.TEXT, at=at)


def _rows(kept: AdoptedText, marks: list[coverage.Mark]) -> Iterator[SentenceMark]:
    for number, mark in enumerate(marks, 1):
        yield SentenceMark(
            text=kept,
            number=number,
            section=mark.section[:20],
            fingerprint=mark.fingerprint,
            demanding=mark.demanding,
        )
