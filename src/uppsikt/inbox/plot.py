"""Draw figures over time as a picture that is read aloud too: bars, on the server."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

WIDTH: Final = 420
HEIGHT: Final = 200
_LEFT: Final = 44
_BASE: Final = 168
_TOP: Final = 16
_LABELS: Final = 6
"""How many labels stand below the bars at most."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar, where it stands, and what is said of it."""

    x: float
    y: float
    width: float
    height: float
    middle: float
    label: str
    said: str
    labelled: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line across, with the value it stands for."""

    y: float
    said: str


@dataclass(frozen=True, slots=True)
class Plot:
    """A picture of one figure over time; what there is no figure for has no bar."""

    title: str
    says: str
    bars: tuple[Bar, ...]
    lines: tuple[Line, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = _LEFT
    base: int = _BASE


@dataclass(frozen=True, slots=True)
class Point:
    """A figure at a time: what stands below it, how much it is, and in words."""

    label: str
    value: float | None
    said: str


def draw(title: str, points: Sequence[Point], *, highest: float, unit: str) -> Plot:
    """Return the picture of `points` on a scale from nothing to `highest`."""
    top = max(highest, 1.0)
    wide = (WIDTH - _LEFT) / max(len(points), 1)
    every = -(-len(points) // _LABELS) or 1
    bars = [
        _bar(point, n, wide, top, labelled=n % every == 0)
        for n, point in enumerate(points)
        if point.value is not None
    ]
    says = "; ".join(f"{p.label}: {p.said}" for p in points)
    marks = (0.0, top / 2, top)
    lines = tuple(Line(round(_y(v, top), 1), f"{v:.0f}{unit}") for v in marks)
    return Plot(title, says, tuple(bars), lines)


def _bar(point: Point, place: int, wide: float, top: float, *, labelled: bool) -> Bar:
    assert point.value is not None  # noqa: S101 (drawn only with a figure)
    y = _y(min(point.value, top), top)
    x = _LEFT + place * wide + wide * 0.15
    width = wide * 0.7
    return Bar(
        round(x, 1),
        round(y, 1),
        round(width, 1),
        round(_BASE - y, 1),
        round(x + width / 2, 1),
        point.label,
        point.said,
        labelled,
    )


def _y(value: float, top: float) -> float:
    return _BASE - (_BASE - _TOP) * value / top
