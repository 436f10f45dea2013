"""Words for people: marked where they are written, translated where shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field


def N_(message: str) -> str:  # noqa: N802 (the name that makemessages looks for)
    """Mark `message` for translation and return it unchanged."""
    return message


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence for people: an English `msgid` and the details it names.

    The core writes it; the edge translates the `msgid` and then fills in `details`.
    """

    msgid: str
    details: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.msgid % self.details if self.details else self.msgid
