"""Find personal data of every kind; what one rule has taken, no later rule takes."""

from collections.abc import Callable, Iterator

from uppsikt.checks.text.contact import find_contacts
from uppsikt.checks.text.identity import find_identity_numbers
from uppsikt.checks.text.organisation import find_organisation_numbers
from uppsikt.checks.text.person import find_people
from uppsikt.checks.text.signal import Signal
from uppsikt.checks.text.street import find_addresses

IN_ORDER: tuple[Callable[[str], Iterator[Signal]], ...] = (
    find_identity_numbers,
    find_organisation_numbers,
    find_contacts,
    find_addresses,
    find_people,
)
"""The surest first: digits of an identity number are no telephone number."""


def find_personal_data(text: str) -> list[Signal]:
    """Return personal data in `text` (R-6.4-8); no two share a letter. Linear."""
    found: list[Signal] = []
    for find in IN_ORDER:
        found += _outside(list(find(text)), found)
    return found


def _outside(signals: list[Signal], taken: list[Signal]) -> list[Signal]:
    """Return the signals that share no letter with those in `taken`."""
    if not signals or not taken:
        return signals
    letters = {place for signal in taken for place in range(*signal.span)}
    return [one for one in signals if letters.isdisjoint(range(*one.span))]
