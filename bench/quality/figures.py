"""A figure, the bar that it shall reach, and how both are printed."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured share in 0..1; with neither bar it is told and not judged."""

    name: str
    value: float
    at_least: float | None = None
    at_most: float | None = None
    note: str = ""

    @property
    def missed(self) -> bool:
        """Tell whether the figure misses its bar. What could not be counted does."""
        if self.at_least is not None:
            return not self.value >= self.at_least
        return self.at_most is not None and not self.value <= self.at_most

    @property
    def bar(self) -> str:
        """Write the bar as a reader expects it."""
        if self.at_least is not None:
            return f"≥ {self.at_least:.3f}"
        return "" if self.at_most is None else f"≤ {self.at_most:.3f}"


def show(title: str, figures: Iterable[Figure]) -> list[str]:
    """Print figures under a title as they come; return those that miss their bar."""
    print(f"\n── {title} " + "─" * max(0, 74 - len(title)), flush=True)
    missed = []
    for one in figures:
        mark = "  MISSED" if one.missed else ""
        line = f"{one.name:44} {one.value:6.3f}  {one.bar:8}  {one.note}{mark}"
        print(line.rstrip(), flush=True)
        if one.missed:
            missed.append(f"{title}: {one.name} {one.value:.3f} ({one.bar})")
    return missed
