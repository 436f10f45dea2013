"""Hand out a case as a package that a stranger can verify, to those who may."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from uppsikt.archive import manifest
from uppsikt.governance import moves
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Node
from uppsikt.inbox.keeping import storable
from uppsikt.moderation import nearness, special
from uppsikt.moderation.models import Case, Evidence, EvidenceFile
from uppsikt.policy.roles import Right
from uppsikt.records import ledger, packing
from uppsikt.records.models import Blob, Entry, Package

NOT_ENCLOSED: Final = ("package.make", "evidence.open")
_ENDINGS: Final = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/webp": "webp",
    "application/pdf": "pdf",
    "application/json": "json",
    "text/html": "html",
    "text/plain": "txt",
}
# Names of files in a package have plain letters only.
_MOMENTS: Final = {Evidence.Moment.BEFORE: "fore", Evidence.Moment.AFTER: "efter"}
_PARTS: Final = {
    EvidenceFile.Part.PICTURE: "bild",
    EvidenceFile.Part.PDF: "sida",
    EvidenceFile.Part.DOM: "kallkod",
    EvidenceFile.Part.TEXT: "text",
    EvidenceFile.Part.RAW: "plattformens-svar",
}


def pack_case(case: Case, *, actor: Actor, at: datetime) -> Package:
    """Build the package of `case`: all that was done, with proofs, and the evidence.

    What is restricted is enclosed only for who reads it, and that it was opened is
    recorded. Raises `SpecialPathOnly`, `moves.NotYours`, and what `packing.pack` does.
    """
    special.refuse(case)
    moves.must(Right.EXPORT, actor, case.path, at=at)
    restricted = actor.reads_restricted(case.path)
    acts = [*_acts(case, restricted=restricted)]
    opened = [f for act in acts for f in act.files if f.blob.restricted]
    selection = packing.Selection(
        title=_title(case),
        subject=case.subject,
        path=case.path,
        recipient=str(actor.person),
        on_behalf=_municipality(),
        guideline=case.guideline,
        acts=acts,
        restricted=[f.name for f in opened],
    )
    package = packing.pack(selection, actor=actor.name, at=at)
    if opened:
        note_opening(case, [f.blob for f in opened], actor=actor, at=at)
    return package


def note_opening(
    case: Case, blobs: Iterable[Blob], *, actor: Actor, at: datetime
) -> Entry:
    """Record who opened restricted evidence, which is asked for afterwards (D-17)."""
    told = {"opened": [blob.name for blob in blobs]}
    return ledger.append("evidence.open", case.subject, told, actor=actor.name, at=at)


def file_name(file: EvidenceFile, number: int) -> str:
    """Return what a file of evidence is called outside: when, which, what it is."""
    moment = _MOMENTS[Evidence.Moment(file.evidence.moment)]
    part = _PARTS[EvidenceFile.Part(file.part)]
    ending = _ENDINGS.get(file.blob.media_type, "bin")
    return f"{moment}-{number}-{part}.{ending}"


def _acts(case: Case, *, restricted: bool) -> Iterator[packing.Act]:
    yield from _versions(case)
    enclosed = dict(_files(case, restricted=restricted))
    for entry in _entries(case):
        yield packing.Act(entry, files=enclosed.get(entry.pk, ()))


def _entries(case: Case) -> "Iterable[Entry]":
    subjects = [case.subject, *([case.notice.subject] if case.notice else [])]
    rows = Entry.objects.filter(subject__in=subjects).exclude(act__in=NOT_ENCLOSED)
    return rows.select_related("opening").order_by("pk")


def _versions(case: Case) -> Iterator[packing.Act]:
    """Yield what the platform told of the item, each out of the fetch it came in."""
    item = case.item
    if item is None:
        return
    for version in item.versions.select_related("entry__opening").order_by("number"):
        try:
            members = ledger.members(version.entry)
        except ledger.Disposed:
            continue  # disposed of with the whole fetch: there is nothing to show
        for place, told in enumerate(members, 1):
            if told.get("item") == storable(item.remote_id):
                yield packing.Act(version.entry, place)


def _files(case: Case, *, restricted: bool) -> Iterator[tuple[int, list[packing.File]]]:
    kept = case.evidence.prefetch_related("files__blob").order_by("pk")
    for number, evidence in enumerate(kept, 1):
        yield (
            evidence.entry_id,
            [
                packing.File(file.blob, file_name(file, number), manifest.EVIDENCE)
                for file in evidence.files.all()
                if _may_go_out(file.blob, restricted=restricted)
                and not nearness.is_closed(evidence)
            ],
        )


def _may_go_out(blob: Blob, *, restricted: bool) -> bool:
    return blob.disposed_at is None and (restricted or not blob.restricted)


def _title(case: Case) -> str:
    return _("Case %(number)d, removed from %(channel)s") % {
        "number": case.pk,
        "channel": case.channel.name,
    }


def _municipality() -> str:
    top = Node.objects.filter(parent=None).values_list("name", flat=True)
    return top.first() or ""
