"""The Merkle tree of RFC 6962: hashes, an append-only tree, and its two proofs."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

HASH_SIZE = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()

Store: TypeAlias = Callable[[int, int], bytes]
"""Fetches a stored node: `(level, index)` gives the root of the full subtree over the
leaves `index * 2**level` up to (not including) `(index + 1) * 2**level`."""

Node: TypeAlias = tuple[int, int, bytes]
"""Level, index on the level, and root of a full subtree, as `Store` fetches it."""

_Range: TypeAlias = Callable[[int, int], bytes]


class OutOfTree(ValueError):
    """The index or size lies outside the tree."""


def leaf_hash(data: bytes) -> bytes:
    """Hash what one leaf holds (RFC 6962, 2.1)."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash two neighbours into their parent (RFC 6962, 2.1)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """A tree that can only grow, held as its size and the roots of its full subtrees.

    `frontier` has one hash for each 1 in the binary form of `size`, greatest subtree
    first, so it is at most 64 hashes however many leaves there are.
    """

    __slots__ = ("frontier", "size")

    def __init__(self) -> None:
        self.size = 0
        self.frontier: list[bytes] = []

    @classmethod
    def restore(cls, size: int, frontier: Sequence[bytes]) -> "Tree":
        """Go on from a stored size and frontier.

        Raises:
            OutOfTree: the frontier does not have as many hashes as the size demands.
        """
        if size < 0 or len(frontier) != size.bit_count():
            raise OutOfTree(f"{len(frontier)} hashes cannot carry {size} leaves")
        tree = cls()
        tree.size = size
        tree.frontier = list(frontier)
        return tree

    def append(self, leaf: bytes) -> list[Node]:
        """Add one leaf hash; return the nodes it completes, itself first, to store."""
        index = self.size
        completed: list[Node] = [(0, index, leaf)]
        level = 0
        while index & 1:
            leaf = node_hash(self.frontier.pop(), leaf)
            index >>= 1
            level += 1
            completed.append((level, index, leaf))
        self.frontier.append(leaf)
        self.size += 1
        return completed

    def root(self) -> bytes:
        """Compute the root over all leaves so far."""
        return _join(self.frontier)


def root(leaf_hashes: Iterable[bytes]) -> bytes:
    """Compute the root over leaf hashes, with memory for log2 of their number."""
    frontier: list[bytes] = []
    for index, leaf in enumerate(leaf_hashes):
        merged, left = leaf, index
        while left & 1:
            merged = node_hash(frontier.pop(), merged)
            left >>= 1
        frontier.append(merged)
    return _join(frontier)


def inclusion_proof(index: int, leaf_hashes: Sequence[bytes]) -> list[bytes]:
    """Prove that leaf `index` is in the tree: sibling hashes, lowest first.

    Raises:
        OutOfTree: there is no such leaf.
    """
    return _inclusion(index, len(leaf_hashes), _in_memory(leaf_hashes))


def inclusion_proof_from(store: Store, index: int, size: int) -> list[bytes]:
    """Prove that leaf `index` is in the first `size` leaves, from stored nodes.

    Asks the store for O(log(size)**2) nodes at most.

    Raises:
        OutOfTree: there is no such leaf.
    """
    return _inclusion(index, size, _stored(store))


def consistency_proof(first: int, leaf_hashes: Sequence[bytes]) -> list[bytes]:
    """Prove that the tree has only grown since it had `first` leaves.

    Raises:
        OutOfTree: `first` is greater than the tree.
    """
    return _consistency(first, len(leaf_hashes), _in_memory(leaf_hashes))


def consistency_proof_from(store: Store, first: int, size: int) -> list[bytes]:
    """Prove from stored nodes that the tree only grew from `first` to `size` leaves.

    Raises:
        OutOfTree: `first` is greater than `size`.
    """
    return _consistency(first, size, _stored(store))


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> bool:
    """Tell whether `proof` leads from the leaf hash to `root`."""
    return root_from_proof(leaf, index, size, proof) == root


def root_from_proof(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes]
) -> bytes | None:
    """Compute the root that `proof` leads to from a leaf hash (RFC 9162, 2.1.3.2).

    Returns None if a tree of `size` leaves has no such index or path.
    """
    if not 0 <= index < size:
        return None
    here, last, seen = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return None
        if here & 1 or here == last:
            seen = node_hash(sibling, seen)
            here, last = _skip_lone(here, last)
        else:
            seen = node_hash(seen, sibling)
        here, last = here >> 1, last >> 1
    return seen if last == 0 else None


def verify_consistency(
    first: int,
    second: int,
    first_root: bytes,
    second_root: bytes,
    proof: Sequence[bytes],
) -> bool:
    """Tell whether the second tree begins with the first (RFC 9162, 2.1.4.2)."""
    if not 0 <= first <= second:
        return False
    if first == second:
        return not proof and first_root == second_root
    if first == 0:
        return not proof and first_root == EMPTY_ROOT
    path = [first_root, *proof] if first & (first - 1) == 0 else list(proof)
    return bool(path) and _grows(first, second, path) == (first_root, second_root)


def _grows(first: int, second: int, path: list[bytes]) -> tuple[bytes, bytes] | None:
    here, last = first - 1, second - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    old = new = path[0]
    for sibling in path[1:]:
        if last == 0:
            return None
        if here & 1 or here == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            here, last = _skip_lone(here, last)
        else:
            new = node_hash(new, sibling)
        here, last = here >> 1, last >> 1
    return (old, new) if last == 0 else None


def _skip_lone(here: int, last: int) -> tuple[int, int]:
    """Climb past the levels where the rightmost subtree has no sibling."""
    while here and not here & 1:
        here, last = here >> 1, last >> 1
    return here, last


def _inclusion(index: int, size: int, hashed: _Range) -> list[bytes]:
    if not 0 <= index < size:
        raise OutOfTree(f"no leaf {index} among {size}")
    start, end, proof = 0, size, []
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            proof.append(hashed(middle, end))
            end = middle
        else:
            proof.append(hashed(start, middle))
            start = middle
    return proof[::-1]


def _consistency(first: int, size: int, hashed: _Range) -> list[bytes]:
    if not 0 <= first <= size:
        raise OutOfTree(f"{first} leaves are more than {size}")
    if first == 0:
        return []
    start, end, proof = 0, size, []
    while first != end:
        middle = start + _split(end - start)
        if first <= middle:
            proof.append(hashed(middle, end))
            end = middle
        else:
            proof.append(hashed(start, middle))
            start = middle
    if start:
        proof.append(hashed(start, end))
    return proof[::-1]


def _split(size: int) -> int:
    """Give the greatest power of two below `size` (size > 1)."""
    return 1 << ((size - 1).bit_length() - 1)


def _in_memory(leaf_hashes: Sequence[bytes]) -> _Range:
    return lambda start, end: root(leaf_hashes[start:end])


def _stored(store: Store) -> _Range:
    def hashed(start: int, end: int) -> bytes:
        parts = []
        while start < end:
            level = (end - start).bit_length() - 1
            parts.append(store(level, start >> level))
            start += 1 << level
        return _join(parts)

    return hashed


def _join(parts: Sequence[bytes]) -> bytes:
    if not parts:
        return EMPTY_ROOT
    joined = parts[-1]
    for part in reversed(parts[:-1]):
        joined = node_hash(part, joined)
    return joined
