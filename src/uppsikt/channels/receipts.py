"""Numbers that a visitor copies: short, easy to read aloud, impossible to guess."""

import secrets
from typing import Final

_SIGNS: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_GROUPS: Final = (4, 4, 4)
LONGEST: Final = 20


def new(kind: str) -> str:
    """Return a new number, such as "S-7K3M-92QX-4HTP", that nobody can guess."""
    groups = ("".join(secrets.choice(_SIGNS) for _ in range(n)) for n in _GROUPS)
    return "-".join((kind, *groups))


def read(text: str) -> str:
    """Return a number as it is kept, from what somebody typed."""
    return "".join(text.split()).upper()[:LONGEST]
