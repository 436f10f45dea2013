"""Draw lots so that anybody can draw them again and get the same."""

import hashlib
from collections.abc import Collection


def drawn(names: Collection[str], seed: str, most: int) -> list[str]:
    """Return at most `most` of `names`, the same each time for the same `seed`.

    Each name gets the number SHA-256 of "seed:name"; the lowest numbers win. So the
    order in which the names come does not matter, nor which program does it.
    """
    return sorted(names, key=lambda name: _digest(f"{seed}:{name}"))[:most]


def fingerprint(names: Collection[str]) -> str:
    """Return one digest of all that took part, 64 hexadecimal signs."""
    return _digest("\n".join(sorted(names)))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
