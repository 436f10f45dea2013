"""Measure how many leaves per second the pure tree takes, beside a bare hash chain."""

import hashlib
import time

from uppsikt.archive import merkle

LEAVES = 300_000
ROUNDS = 5


def chain_seconds(data: list[bytes]) -> float:
    """Time the floor: one SHA-256 per entry, each over the one before."""
    started = time.perf_counter()
    link = bytes(32)
    for item in data:
        link = hashlib.sha256(link + item).digest()
    return time.perf_counter() - started


def tree_seconds(data: list[bytes]) -> float:
    """Time the tree: hash each entry, append it, and get the nodes to store."""
    started = time.perf_counter()
    tree = merkle.Tree()
    for item in data:
        tree.append(merkle.leaf_hash(item))
    tree.root()
    return time.perf_counter() - started


def main() -> None:
    """Print leaves per second and the share of the hash chain's speed."""
    data = [number.to_bytes(32, "big") for number in range(LEAVES)]
    chain = min(chain_seconds(data) for _ in range(ROUNDS))
    tree = min(tree_seconds(data) for _ in range(ROUNDS))
    print(f"Merkle tree: {LEAVES / tree:,.0f} leaves/s")
    print(f"hash chain (floor): {LEAVES / chain:,.0f} entries/s")
    print(f"share of the floor: {chain / tree:.0%}")


if __name__ == "__main__":
    main()
