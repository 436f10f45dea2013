"""A move is called what its own life calls it."""

from uppsikt.policy.lifecycle import Lifecycle, State, begins


class DoorLife(Lifecycle, kind="door"):
    """Open or shut."""

    shut = State("Shut")
    build = begins(shut, "Build")


class Form:
    """Something that speaks of a move, and does not own it."""

    move = DoorLife.build


def test_who_speaks_of_a_move_does_not_rename_it() -> None:
    assert Form.move is DoorLife.build
    assert str(DoorLife.build) == "door.build"
