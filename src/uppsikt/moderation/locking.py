"""The lock of the special path: what is held of an item is encrypted and shown to none.

Nothing is destroyed: the whole fetch lies encrypted in the vault, for the police to ask
for (requirements 3.4, steps 1 and 8).
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import Q

from uppsikt.governance import moves
from uppsikt.governance.actors import Actor
from uppsikt.inbox.models import Item, ItemVersion
from uppsikt.moderation import nearness
from uppsikt.moderation.models import Case, EvidenceFile
from uppsikt.records import search, vault
from uppsikt.records.models import Blob, Package, Registration
from uppsikt.sending import actions as sending
from uppsikt.sending.models import Outgoing


def lock(case: Case, *, actor: Actor, at: datetime) -> None:
    """Hide the item everywhere, stop what is said of it, encrypt what is kept of it."""
    touched = Case.objects.filter(pk=case.pk)
    thread = touched
    if case.item is not None:
        Item.objects.filter(pk=case.item.pk).update(secluded=True)
        case.item.secluded = True
        search.forget(case.item.subject)
        touched = Case.objects.filter(item=case.item)
        # A neighbour's evidence shows the thread, and with it this item.
        beside = Q(item__in=nearness.mates(case.item))
        thread = Case.objects.filter(Q(item=case.item) | beside)
        _lock_versions(case.item)
    _stop_texts([c.subject for c in touched], case.item, actor=actor, at=at)
    for blob in _kept(list(thread)):
        restrict(blob)
    registered = Registration.objects.filter(_about(touched, case.item))
    for registration in registered.distinct():
        for blob in registration.files.all():
            restrict(blob)
        registration.files.clear()
    keys = list(registered.values_list("pk", flat=True))
    Registration.objects.filter(pk__in=keys).update(secret=True, party="")


def restrict(blob: Blob) -> None:
    """Encrypt what lies open; what is gone needs no lock."""
    try:
        vault.restrict(blob)
    except (vault.Damaged, vault.Disposed):
        return


def pictures(item: Item) -> Iterator[Blob]:
    """Yield the pictures that people have entered with `item`."""
    versions = item.versions.select_related("picture").exclude(picture=None)
    return (v.picture for v in versions if v.picture is not None)


def _about(cases: Iterable[Case], item: Item | None) -> Q:
    """Return which registrations are about `cases`, or a conversation with `item`."""
    found = Q(case__in=cases)
    if item is not None:
        found |= Q(messages__conversation__messages__item=item)
    return found


def _lock_versions(item: Item) -> None:
    """Lock pictures and raw answers; no address of a picture stays in the open.

    A raw answer is that of a whole fetch and is encrypted whole: nothing reads it but
    the controls that its bytes are there.
    """
    for blob in (*pictures(item), *Blob.objects.filter(pk__in=_raw(item))):
        restrict(blob)
    ItemVersion.objects.filter(item=item).update(media=[])


def _raw(item: Item) -> list[str]:
    return list(item.versions.values_list("raw", flat=True))


def _kept(cases: Iterable[Case]) -> Iterator[Blob]:
    """Yield the files of evidence and the packages of `cases`."""
    subjects = [case.subject for case in cases]
    files = EvidenceFile.objects.filter(evidence__case__in=cases)
    yield from (file.blob for file in files.select_related("blob"))
    packages = Package.objects.filter(subject__in=subjects)
    yield from (package.blob for package in packages.select_related("blob"))


def _stop_texts(
    subjects: list[str], item: Item | None, *, actor: Actor, at: datetime
) -> None:
    """Stop what waits to be said about it, unless the worker has it in hand."""
    about = [*subjects, *([item.subject] if item else [])]
    rows = Outgoing.objects.filter(about__in=about).select_related("channel__node")
    for outgoing in rows:
        try:
            sending.seal(outgoing, actor=actor, at=at)
        except moves.TooLate:
            continue  # it is out, or on its way out just now
