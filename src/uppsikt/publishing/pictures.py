"""One function per act on a picture of our own: bring it in, answer for it, weed it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from uppsikt.channels.models import Channel
from uppsikt.checks import picture as sight
from uppsikt.governance import moves
from uppsikt.governance.actors import Actor
from uppsikt.policy.roles import Right
from uppsikt.publishing.models import OwnPicture
from uppsikt.records import ledger, media, vault

WEEDED = "rensning"
"""Under what a draft is forgotten: it needs no decision on disposal (TF 2:12)."""


class NoReference(Exception):
    """A legal basis is named, but not the task, agreement or consent it rests on."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person says of a picture: on what ground people are seen, and its text."""

    basis: OwnPicture.Basis
    words: OwnPicture.Words
    reference: str = ""


@transaction.atomic
def bring(
    channel: Channel, data: bytes, shows: str, *, actor: Actor, at: datetime
) -> OwnPicture:
    """Take in a picture that is to be published; only its pixels are kept.

    Raises:
        media.NotWhatItSays: it is no picture that is taken here.
        moves.NotYours: the actor publishes nothing in this channel.
    """
    moves.must(Right.CLEAR_PICTURE, actor, channel.path, at=at)
    kind = media.checked(data, media.PICTURES)
    brought = OwnPicture.objects.create(
        channel=channel,
        blob=vault.keep(sight.without_position(data), kind, at=at),
        shows=shows.strip(),
        had_position=sight.has_position(data),
        brought_by=actor.person,
        brought_at=at,
    )
    facts: dict[str, ledger.JsonValue] = {"file": brought.blob.name}
    ledger.append("picture.bring", brought.subject, facts, actor=actor.name, at=at)
    return brought


@transaction.atomic
def clear(own: OwnPicture, answers: Answers, *, actor: Actor, at: datetime) -> None:
    """Answer for a picture; from then on it may be taken out and published.

    Raises:
        NoReference: people are seen, and nothing says what the legal basis rests on.
        moves.TooLate: it is weeded.
    """
    moves.must(Right.CLEAR_PICTURE, actor, own.path, at=at)
    seen = answers.basis != OwnPicture.Basis.NOBODY
    reference = answers.reference.strip() if seen else ""
    if seen and not reference:
        raise NoReference
    here = OwnPicture.objects.filter(pk=own.pk, weeded_at=None)
    told = {"basis": answers.basis, "words": answers.words, "reference": reference}
    if not here.update(**told, cleared_by=actor.person, cleared_at=at):
        raise moves.TooLate
    own.refresh_from_db()
    kept = vault.keep(reference.encode(), "text/plain", at=at).name if reference else ""
    facts: dict[str, ledger.JsonValue] = {
        "basis": answers.basis.value,
        "words": answers.words.value,
        "reference": kept,
        "file": own.blob.name,
    }
    ledger.append("picture.clear", own.subject, facts, actor=actor.name, at=at)


@transaction.atomic
def weed(own: OwnPicture, *, actor: Actor, at: datetime) -> None:
    """Forget a picture that is not to be used.

    Raises:
        moves.TooLate: it is weeded already.
    """
    moves.must(Right.CLEAR_PICTURE, actor, own.path, at=at)
    here = OwnPicture.objects.filter(pk=own.pk, weeded_at=None)
    if not here.update(weeded_at=at, shows="", reference="", basis="", cleared_at=None):
        raise moves.TooLate
    vault.dispose(own.blob, under=WEEDED, at=at)
    ledger.append("picture.weed", own.subject, {}, actor=actor.name, at=at)
