"""A lifecycle: what may follow what. Who may, and on what demand, is the guideline's.

The graph is code; `[[move]]` rows of the guideline file give each move its section,
roles and `not_by`, and `gates` of a control name the moves it stands before.
"""

from collections.abc import Iterator
from typing import ClassVar


class State:
    """Where a thing is. The label is shown to people and may be lazy."""

    name: str

    def __init__(self, label: object) -> None:
        self.label = label

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __str__(self) -> str:
        return str(self.label)

    def to(self, after: "State", label: object) -> "Move":
        """Return the move from here to `after`."""
        return Move((self,), after, label)


class Either:
    """Several states that share a way out."""

    def __init__(self, before: tuple[State, ...]) -> None:
        self.before = before

    def to(self, after: State, label: object) -> "Move":
        """Return the move from any of these to `after`."""
        return Move(self.before, after, label)


def either(*before: State) -> Either:
    """Return the way out that `before` share."""
    return Either(before)


def begins(after: State, label: object) -> "Move":
    """Return the move that creates a thing, in state `after`."""
    return Move((), after, label)


class Move:
    """One way from one state to the next."""

    name: str
    kind: str

    def __init__(self, before: tuple[State, ...], after: State, label: object) -> None:
        self.before = before
        self.after = after
        self.label = label

    def __set_name__(self, owner: type, name: str) -> None:
        # Named by its own life, and not by a class that only speaks of it.
        if not hasattr(self, "name"):
            self.name = name

    def __str__(self) -> str:
        return f"{self.kind}.{self.name}"

    @property
    def creates(self) -> bool:
        return not self.before

    def leaves(self, status: str) -> bool:
        """Tell whether the move starts from `status`."""
        return any(s.name == status for s in self.before)


class Lifecycle:
    """The states and moves of one kind of thing, declared as class attributes."""

    kind: ClassVar[str]
    states: ClassVar[dict[str, State]]
    moves: ClassVar[dict[str, Move]]

    def __init_subclass__(cls, kind: str) -> None:
        cls.kind = kind
        cls.states = {k: v for k, v in vars(cls).items() if isinstance(v, State)}
        cls.moves = {k: v for k, v in vars(cls).items() if isinstance(v, Move)}
        for move in cls.moves.values():
            move.kind = kind

    @classmethod
    def onward(cls, status: str) -> Iterator[Move]:
        """Yield the moves that start from `status`, in the order they are written."""
        return (m for m in cls.moves.values() if m.leaves(status))
