"""Checking our own ledger and vault from end to end: `uppsikt verify`."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from uppsikt.archive import batch, canonical, commitment, merkle, note
from uppsikt.archive.merkle import Tree
from uppsikt.policy.words import N_, Message
from uppsikt.records import keys, ledger, openings, vault
from uppsikt.records.models import Blob, Checkpoint, Entry, Log, TreeNode

_AT_ONCE = 1000


def verify_own() -> Iterator[Message]:
    """Recompute leaves, tree, checkpoints and evidence; yield each fault in words.

    Reads everything once, with little memory, while others go on writing: what is
    numbered after the start is left for the next time.
    """
    newest = ledger.latest()
    if newest is not None:
        yield from _log_faults(newest)
    for entry in _entries(number=None):
        yield from _entry_faults(entry, _name(entry))
    yield from _blob_faults()


def _log_faults(newest: Checkpoint) -> Iterator[Message]:
    try:
        key = keys.log_key().public_key()
    except (keys.KeyMissing, keys.BadKey):
        yield Message(N_("The ledger's key is missing or damaged."))
        return
    yield from _Walk(newest.size, key).faults()
    yield from _log_row_faults(newest)


@dataclass(slots=True)
class _Walk:
    """One walk through the numbered entries, with nodes and checkpoints beside it."""

    size: int
    key: Ed25519PublicKey
    tree: Tree = field(default_factory=Tree)

    def faults(self) -> Iterator[Message]:
        nodes = TreeNode.objects.order_by("pk").iterator(_AT_ONCE)
        signed = Checkpoint.objects.filter(size__lte=self.size).order_by("size")
        checkpoints = signed.iterator(_AT_ONCE)
        checkpoint = next(checkpoints, None)
        for entry in _entries(number__lt=self.size):
            yield from self._place_faults(entry)
            yield from _entry_faults(entry, _name(entry))
            yield from self._grown(entry, nodes)
            if checkpoint is not None and checkpoint.size == self.tree.size:
                yield from self._checkpoint_faults(checkpoint)
                checkpoint = next(checkpoints, None)
        if checkpoint is not None:
            words = N_("The ledger ends before its checkpoint at %(size)d entries.")
            yield Message(words, {"size": checkpoint.size})

    def _place_faults(self, entry: Entry) -> Iterator[Message]:
        if entry.number != self.tree.size:
            words = N_("Entry %(number)d is missing from the ledger.")
            yield Message(words, {"number": self.tree.size})

    def _grown(self, entry: Entry, nodes: Iterator[TreeNode]) -> Iterator[Message]:
        _, *completed = self.tree.append(merkle.leaf_hash(bytes(entry.leaf)))
        for node in completed:
            stored = next(nodes, None)
            if stored is None or node != _as_node(stored):
                words = N_("The ledger's tree does not fit entry %(number)s.")
                yield Message(words, {"number": entry.number})

    def _checkpoint_faults(self, checkpoint: Checkpoint) -> Iterator[Message]:
        details = {"size": checkpoint.size}
        root = self.tree.root()
        if bytes(checkpoint.root) != root:
            words = N_("The checkpoint at %(size)d entries has another root.")
            yield Message(words, details)
        if _signed(checkpoint.note, self.key) != (checkpoint.size, root):
            words = N_("The checkpoint at %(size)d entries is not rightly signed.")
            yield Message(words, details)


def _entries(**kept: object) -> Iterator[Entry]:
    rows = Entry.objects.filter(**kept).select_related("opening")
    return rows.order_by("number", "pk").iterator(_AT_ONCE)


def _name(entry: Entry) -> dict[str, object]:
    shown = entry.pk if entry.number is None else entry.number
    return {"number": shown, "act": entry.act, "subject": entry.subject}


def _entry_faults(entry: Entry, named: dict[str, object]) -> Iterator[Message]:
    """Compare the leaf with what it opens to, and that with what the row says."""
    try:
        leads = _leaf(entry) == bytes(entry.leaf)
        told = ledger.opened(entry) if leads else None
    except ledger.Disposed:
        return
    except Entry.opening.RelatedObjectDoesNotExist:
        words = N_("The contents of entry %(number)d (%(act)s, %(subject)s) are gone.")
        yield Message(words, named)
        return
    if told is None:
        words = N_("Entry %(number)d (%(act)s, %(subject)s) has been changed.")
        yield Message(words, named)
    elif not _says(entry, told):
        words = N_("The row of entry %(number)d (%(act)s, %(subject)s) is not true.")
        yield Message(words, named)


def _leaf(entry: Entry) -> bytes | None:
    """Compute the leaf anew from the opening; None if the opening cannot be read."""
    stored = ledger.fields(entry)
    try:
        if ledger.is_batch(entry):
            return batch.batch_leaf(openings.commitments(stored))
        return commitment.leaf_data("entry", commitment.commitment_of(stored))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _says(entry: Entry, told: dict[str, canonical.Value]) -> bool:
    same = (told["act"], told["subject"]) == (entry.act, entry.subject)
    return same and datetime.fromisoformat(str(told["at"])) == entry.at


def _as_node(stored: TreeNode) -> merkle.Node:
    return stored.level, stored.index, bytes(stored.hash)


def _signed(text: str, key: Ed25519PublicKey) -> tuple[int, bytes] | None:
    """Return the size and root that our key has signed, under whatever name we had."""
    try:
        named = note.verifier_key(text.partition("\n")[0], key)
        checkpoint = note.verify_checkpoint(text, named)
    except (note.BadName, note.NotSigned, note.NotCheckpoint):
        return None
    return checkpoint.size, checkpoint.root


def _log_row_faults(newest: Checkpoint) -> Iterator[Message]:
    log = Log.objects.filter(pk=1).first()
    if log is None or log.size < newest.size:
        yield Message(N_("The ledger has forgotten how far it reached."))


def _blob_faults() -> Iterator[Message]:
    for blob in Blob.objects.filter(disposed_at=None).iterator(_AT_ONCE):
        try:
            vault.open_(blob)
        except vault.Damaged:
            words = N_("Evidence %(name)s from %(kept_at)s is damaged or missing.")
            yield Message(words, {"name": blob.name[:12], "kept_at": blob.kept_at})
        except (vault.Disposed, Blob.DoesNotExist):
            continue
        except keys.KeyMissing:
            words = N_("Evidence %(name)s cannot be opened: its key is missing.")
            yield Message(words, {"name": blob.name[:12]})
