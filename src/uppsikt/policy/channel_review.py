"""The words of a review of a channel: asked, answered, decided (R-4-3…R-4-5)."""

from enum import StrEnum


class Answer(StrEnum):
    """Whether what the card says is still true."""

    YES = "ja"
    CHANGED = "ändrat"
    NO = "nej"


class Outcome(StrEnum):
    """What the review decides."""

    KEEP = "behålls"
    CHANGE = "ändras"
    CLOSE = "avslutas"
