"""What is asked of an answer before it leaves: that it is signed (R-6.2-7)."""

from typing import Final

from uppsikt.checks.text import Signature
from uppsikt.checks.text.signature import check_signature
from uppsikt.governance.models import User

BINDING: Final = "response.unsigned"
"""The rule that is a demand of the guideline; every other hint is advice."""


class Unsigned(Exception):
    """The answer is not signed. `line` is what should end it."""

    def __init__(self, line: str) -> None:
        super().__init__(line)
        self.line = line


def signature(user: User) -> Signature:
    """Return how `user` signs: first name, title, unit; or the function alone.

    Raises:
        NoTitle: nobody has written down the user's title.
    """
    first = "" if user.signs_as_function else user.first_name
    return Signature(first, user.title, user.unit)


def beginning(user: User) -> str:
    """Return an empty answer with its signature, to be written in."""
    return f"\n\n{signature(user).as_line()}" if user.title.strip() else ""


def require_signature(text: str, user: User) -> None:
    """Raise `Unsigned` unless the last lines of `text` are the user's signature."""
    signed = signature(user)
    if check_signature(text, signed):
        raise Unsigned(signed.as_line())
