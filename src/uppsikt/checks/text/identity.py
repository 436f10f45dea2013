"""Find personal identity numbers and coordination numbers, and drafts that ask for one.

Personal identity number: 18 § folkbokföringslagen (1991:481); coordination number: the
day plus 60, lag (2022:1697). The last digit checks the nine before it (Luhn). An
organisation number has 20 or more where a person's number has the month.
"""

import re
from calendar import monthrange
from collections.abc import Iterator

from uppsikt.checks.text.fold import without_addresses
from uppsikt.checks.text.signal import Signal
from uppsikt.policy.words import N_, Message

VERSION = 1
COORDINATION = 60
DECEMBER = 12
CENTURIES = ("19", "20")
DIVIDED, UNDIVIDED = 0.97, 0.8

NUMBER = re.compile(
    r"(?<![\d_=#+])(?<![\d.,][/.,-])(18|19|20)?(\d\d)([-. ]?)(\d\d)\3(\d\d)"
    r"( ?[-+–‑—−] ?|[ \u00a0./]?)(\d{4})(?![\d_=+]|[-/.,]\d)",
    re.ASCII,
)
FOUR_DIGITS = re.compile(r"\d{4}")
PHONE_IN_ONE_PIECE = re.compile(r"07[02369]\d{7}|08\d{8}")
LABEL = re.compile(
    r"(?:p(?:erson)?(?:nummer|nr)|p-nr|född|samordnings(?:nummer|nr))\W{0,3}$"
)
ASKING = re.compile(
    r"\b(?:ange|lämna|meddela|posta|skicka|skriv|uppge|vad är|behöver|vill ha)\b"
    r"[^.!?\n]{0,60}?\b(?:personnummer|personnumret|samordningsnummer)\b",
    re.I,
)
REFUSING = re.compile(r"\b(?:inte|aldrig|ej|inga|inget)\b", re.I)


def find_identity_numbers(text: str) -> Iterator[Signal]:
    """Yield a signal for each personal identity or coordination number. Linear."""
    if not FOUR_DIGITS.search(text):
        return
    for found in NUMBER.finditer(without_addresses(text)):
        if not _is_number(found) or _is_phone(found, text):
            continue
        coordination = int(found[5]) > COORDINATION
        kind = "coordination_number" if coordination else "identity_number"
        divided = bool(found[6] or found[1])
        yield Signal(
            rule=f"personal_data.{kind}",
            version=VERSION,
            span=found.span(),
            certainty=DIVIDED if divided else UNDIVIDED,
            message=Message(MESSAGES[kind]),
            suggests="personal_data",
        )


def find_requests_for_number(text: str) -> Iterator[Signal]:
    """Yield a signal where a draft asks the reader for an identity number (D-32)."""
    for found in ASKING.finditer(text):
        before = text[max(0, found.start() - 12) : found.end()]
        if not REFUSING.search(before):
            asked = MESSAGES["asked"]
            message = Message(asked)
            rule = "message.asks_identity_number"
            yield Signal(rule, VERSION, found.span(), 0.8, message)


def checks_out(ten_digits: str) -> bool:
    """Tell whether the last of ten digits is the check digit of the nine before."""
    doubled = sum(sum(divmod(int(digit) * 2, 10)) for digit in ten_digits[::2])
    return (doubled + sum(map(int, ten_digits[1::2]))) % 10 == 0


def _is_number(found: re.Match[str]) -> bool:
    century, year, cut, month, day, divider, serial = found.groups()
    if cut == "-" and not divider.strip():
        return False  # a date and then a number: "2024-05-01 1200"
    if serial == "0000" or not checks_out(year + month + day + serial):
        return False
    return any(
        _is_date(int(c + year), int(month), int(day))
        for c in ([century] if century else CENTURIES)
    )


def _is_date(year: int, month: int, day: int) -> bool:
    if not 1 <= month <= DECEMBER:
        return False
    if day > COORDINATION:
        day -= COORDINATION
    return 1 <= day <= monthrange(year, month)[1]


def _is_phone(found: re.Match[str], text: str) -> bool:
    """Tell a telephone number in one piece from a number of someone born 2007-08."""
    if not PHONE_IN_ONE_PIECE.fullmatch(found.group()):
        return False
    return not LABEL.search(text[max(0, found.start() - 24) : found.start()].lower())


MESSAGES = {
    "identity_number": N_("A personal identity number."),
    "coordination_number": N_("A coordination number."),
    "asked": N_(
        "Never ask for a personal identity number here. Point to a safe way instead."
    ),
}
