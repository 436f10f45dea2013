"""Many acts as one leaf: a member's path goes through the batch and then the log."""

from collections.abc import Sequence
from dataclasses import dataclass

from uppsikt.archive import commitment, merkle


class EmptyBatch(ValueError):
    """A batch has at least one member."""


class NotMember(ValueError):
    """The path is no path in a batch of that size."""


@dataclass(frozen=True, slots=True)
class Membership:
    """A member's place in its batch, and its path to the batch's root."""

    index: int
    size: int
    path: tuple[bytes, ...]


def batch_root(member_commitments: Sequence[bytes]) -> bytes:
    """Compute the root over the members' commitments: 32 bytes.

    Raises:
        EmptyBatch: there are no members.
    """
    if not member_commitments:
        raise EmptyBatch
    return merkle.root(merkle.leaf_hash(member) for member in member_commitments)


def batch_leaf(member_commitments: Sequence[bytes]) -> bytes:
    """Write the bytes that go into the log for a whole batch.

    Raises:
        EmptyBatch: there are no members.
    """
    root = batch_root(member_commitments)
    return commitment.leaf_data("batch", root, len(member_commitments))


def membership(index: int, member_commitments: Sequence[bytes]) -> Membership:
    """Prove that member `index` is in the batch.

    Raises:
        merkle.OutOfTree: there is no such member.
    """
    leaves = [merkle.leaf_hash(member) for member in member_commitments]
    path = tuple(merkle.inclusion_proof(index, leaves))
    return Membership(index, len(leaves), path)


def leaf_of(member: bytes, place: Membership) -> bytes:
    """Write the bytes in the log of the batch that the member's path leads to.

    Raises:
        NotMember: a batch of that size has no such place or path.
    """
    leaf = merkle.leaf_hash(member)
    root = merkle.root_from_proof(leaf, place.index, place.size, place.path)
    if root is None:
        raise NotMember(f"place {place.index} of {place.size}")
    return commitment.leaf_data("batch", root, place.size)
