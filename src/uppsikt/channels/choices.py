"""The guideline's lists to choose among: a code, and what it says to people."""

from collections.abc import Collection

from uppsikt.policy.guideline import Guideline

Pairs = list[tuple[str, str]]


def pairs(guideline: Guideline, parameter: str) -> Pairs:
    """Return the code and the words of each row of a list of the guideline."""
    listed = guideline.value(parameter)
    rows = listed if isinstance(listed, list) else []
    parted = (str(row).partition(":") for row in rows)
    return [(code, words) for code, _colon, words in parted]


def rows(guideline: Guideline, parameter: str) -> list[str]:
    """Return the rows of a list of the guideline as they are written."""
    listed = guideline.value(parameter)
    return [str(row) for row in listed] if isinstance(listed, list) else []


def words(guideline: Guideline, parameter: str, codes: Collection[str]) -> list[str]:
    """Return what each of `codes` says; a code that is in the list no more, itself."""
    said = dict(pairs(guideline, parameter))
    return [said.get(code, code) for code in codes]
