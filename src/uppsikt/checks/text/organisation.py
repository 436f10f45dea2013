"""Find organisation numbers: ten digits, the third at least 2, the last a check digit.

Lag (1974:174) om identitetsbeteckning för juridiska personer. It points at an
organisation and is no personal data: the signal keeps it from being taken for one.
"""

import re
from collections.abc import Iterator

from uppsikt.checks.text.fold import without_addresses
from uppsikt.checks.text.identity import FOUR_DIGITS, checks_out
from uppsikt.checks.text.signal import Signal
from uppsikt.policy.words import N_, Message

VERSION = 1
DIVIDED, UNDIVIDED = 0.95, 0.7
NUMBER = re.compile(
    r"(?<![\d_=#+:])(?<!\d[.,/-])(?:16)?([1-35-9]\d[2-9]\d{3})"
    r"( ?[-–‑—−] ?|[ \u00a0]?)(\d{4})(?![\d_=+:]|[-/]\d|[.,]\d)",
    re.ASCII,
)


def find_organisation_numbers(text: str) -> Iterator[Signal]:
    """Yield a signal for each organisation number in `text`. Linear."""
    if not FOUR_DIGITS.search(text):
        return
    for found in NUMBER.finditer(without_addresses(text)):
        if checks_out(found[1] + found[3]):
            certainty = DIVIDED if found[2].strip() else UNDIVIDED
            message = Message(N_("An organisation number."))
            yield Signal(
                "personal_data.organisation_number",
                VERSION,
                found.span(),
                certainty,
                message,
            )
