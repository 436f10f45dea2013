"""Look at kept pictures with the models that are installed, and say what was seen.

The worker looks, once for each picture and each set of models: a picture that brings a
model down is not tried again. What is locked or disposed of is never opened for it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from itertools import combinations
from typing import TYPE_CHECKING, Final

from django.db import IntegrityError, transaction
from django.db.models import Q
from PIL import Image, ImageFilter, ImageOps

from uppsikt.checks import picture, text
from uppsikt.checks.picture import Eye, Seen
from uppsikt.policy.words import N_, Message
from uppsikt.records import media, vault
from uppsikt.records.models import Blob, PictureReading

if TYPE_CHECKING:
    from django.db.models import QuerySet

_BLURRED_WIDTH: Final = 480
_BLUR: Final = 24
# What is said of a text as a whole, and is no reason to think twice of a picture.
_NO_MATTER: Final = ("question", "language", "political")
_QUESTIONS: Final = {
    Eye.WORDS: Message(N_("Can personal data be read in the picture?")),
    Eye.FACES: Message(
        N_("Can anybody be recognised? Then there must be a legal basis for it.")
    ),
    Eye.NAKED: Message(N_("Is anybody undressed?")),
}


@dataclass(frozen=True, slots=True)
class Signs:
    """What is said of a picture: seen by the models, or for a person to look for.

    `covered` tells whether it is shown blurred until somebody asks for it.
    """

    found: tuple[Message, ...] = ()
    to_see: tuple[Message, ...] = ()
    waiting: bool = False
    covered: bool = False


def unread() -> "QuerySet[Blob]":
    """Return what may be looked at and has not been, by all models that are here."""
    fewer = Q(reading__eyes__in=_fewer(), reading__read_at__isnull=False)
    rows = Blob.objects.filter(media_type__in=media.PICTURES)
    rows = rows.filter(restricted=False, disposed_at=None)
    return rows.filter(Q(reading=None) | fewer)


def look(blob: Blob, *, at: datetime) -> bool:
    """Look at one picture and keep what was seen; tell whether it was ours to do.

    Raises:
        vault.Damaged: the bytes are not those that were kept.
    """
    if not _begin(blob, at=at):
        return False
    try:
        data = vault.open_(Blob.objects.get(pk=blob.pk, restricted=False))
    except (Blob.DoesNotExist, vault.Disposed):
        return False
    # Locked meanwhile, its row is gone and nothing is kept.
    begun = PictureReading.objects.filter(pk=blob.pk, read_at=None)
    return bool(begun.update(read_at=at, **_kept(picture.look(data))))


def pass_over(blob: Blob, *, at: datetime) -> None:
    """Note that this picture is not looked at, whatever models are here."""
    PictureReading.objects.get_or_create(blob=blob, defaults={"begun_at": at})


def signs(blob: Blob) -> Signs:
    """Return what to say of a picture; no model is loaded, no bytes are opened."""
    reading: PictureReading | None = getattr(blob, "reading", None)
    if reading is not None and reading.read_at is not None:
        to_see = _to_see(_looked(reading))
        return Signs(tuple(_found(reading)), to_see, covered=bool(reading.naked))
    here = picture.installed()
    waiting = bool(here) and reading is None and not blob.restricted
    to_see = _to_see(here if waiting else frozenset())
    return Signs(
        to_see=to_see,
        waiting=waiting,
        covered=Eye.NAKED in here and not blob.restricted,
    )


def blurred(data: bytes) -> bytes:
    """Return a small picture in which only colours and shapes are left, as PNG."""
    out = BytesIO()
    with Image.open(BytesIO(data)) as opened:
        opened.draft("RGB", (_BLURRED_WIDTH, _BLURRED_WIDTH))
        small = ImageOps.exif_transpose(opened).convert("RGB")
    small.thumbnail((_BLURRED_WIDTH, _BLURRED_WIDTH))
    small.filter(ImageFilter.GaussianBlur(_BLUR)).save(out, "PNG")
    return out.getvalue()


def _begin(blob: Blob, *, at: datetime) -> bool:
    """Take the picture in hand, new or with fewer models than there are now."""
    eyes = _named(picture.installed())
    fewer = PictureReading.objects.filter(
        pk=blob.pk, eyes__in=_fewer(), read_at__isnull=False
    )
    if fewer.update(eyes=eyes, begun_at=at, read_at=None):
        return True
    try:
        with transaction.atomic():
            PictureReading.objects.create(blob=blob, eyes=eyes, begun_at=at)
    except IntegrityError:
        return False  # another worker was quicker
    return True


def _kept(seen: Seen) -> dict[str, object]:
    said = text.analyse(seen.words or "")
    matters = [s for s in said if not s.rule.startswith(_NO_MATTER)]
    return {
        "position": seen.position,
        "words": None if seen.words is None else bool(seen.words.strip()),
        "signals": sorted({str(s.message) for s in matters}),
        "faces": seen.faces,
        "naked": seen.naked,
    }


def _found(reading: PictureReading) -> Iterator[Message]:
    if reading.position:
        yield Message(N_("The file says where the picture was taken."))
    if reading.words:
        yield Message(N_("There is text in the picture."))
    for signal in reading.signals:
        yield Message(signal)
    if reading.faces:
        words = N_("Faces that are seen: %(count)d. Showing them takes a legal basis.")
        yield Message(words, {"count": reading.faces})
    if reading.naked:
        yield Message(N_("Somebody may be undressed, so it is shown blurred."))


def _looked(reading: PictureReading) -> frozenset[Eye]:
    seen = {
        Eye.WORDS: reading.words,
        Eye.FACES: reading.faces,
        Eye.NAKED: reading.naked,
    }
    return frozenset(eye for eye, what in seen.items() if what is not None)


def _to_see(looked: frozenset[Eye]) -> tuple[Message, ...]:
    return tuple(words for eye, words in _QUESTIONS.items() if eye not in looked)


def _named(eyes: frozenset[Eye]) -> str:
    return " ".join(sorted(eyes))


def _fewer() -> list[str]:
    """Return the names of every smaller set of the models that are here."""
    here = sorted(picture.installed())
    return [" ".join(some) for n in range(len(here)) for some in combinations(here, n)]
