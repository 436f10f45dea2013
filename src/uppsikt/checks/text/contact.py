"""Find a person's e-mail address or telephone number in a text."""

import re
from collections.abc import Iterator

from uppsikt.checks.text.fold import without_addresses
from uppsikt.checks.text.lexicon import read_rows, read_words
from uppsikt.checks.text.signal import Signal
from uppsikt.policy.words import N_, Message

VERSION = 1

MAIL = re.compile(
    r"(?<![\w.+/@-])[\w+-][\w.+-]{0,63}@(?:[\w-]{1,63}\.){1,6}[^\W\d_]{2,24}(?![\w@])"
)
DOT = r"(?:\.|\s(?:punkt|dot)\s|\s?[(\[]\s?(?:punkt|dot)\s?[)\]]\s?)"
SPOKEN_AT = re.compile(
    r"\s?[(\[{<]\s?(?:at|a|snabel-?\s?a|@)\s?[)\]}>]\s?|\s{1,3}snabel-?\s?a\s{1,3}"
    r"|\s?@ | @(?=\S)| at (?=(?:gmail|hotmail|outlook|live|icloud|yahoo|telia)\.)",
    re.I,
)
SPOKEN_SIGN = re.compile(
    r"[(\[{<]\s?(?:at\b|@|snabel)|snabel| @ |@ \w| at \w{4,10}\.", re.I
)
SPOKEN_NAME = re.compile(rf"[\w+-]{{1,40}}(?:{DOT}[\w+-]{{1,40}}){{0,3}}$", re.I)
SPOKEN_DOMAIN = re.compile(
    rf"[\w-]{{1,40}}(?:{DOT}[\w-]{{1,40}}){{0,3}}?{DOT}[^\W\d_]{{2,12}}\b", re.I
)
REACH = 90
"""Letters on each side of a spoken @ in which the rest of the address must lie."""

PHONE = re.compile(
    r"(?<![\d_=#+-])(?<!\d[.,:])(?<!\d{4} )"
    r"(?:(?P<abroad>(?:\+|00)46[ \u00a0-]?(?:\(0\)[ \u00a0-]?)?|46(?=7[02369]\d{7}\b))"
    r"|(?=\(?0))"
    r"(?P<rest>\(?\d{1,10}\)?"
    r"(?:(?: ?[-–/] ?|[ \u00a0.])(?!0\d{1,3}-|07\d[ -])\d{1,8}){0,5})"
    r"(?![\d_]|/[1-9]|[-–.:,]\d)",
    re.ASCII,
)
GROUP = re.compile(r"\d+")
DIVIDER = re.compile(r"[-–/]")
FIVE_DIGITS = re.compile(r"\d(?:\D{0,3}\d){4}")
ZERO_AS_LETTER = re.compile(r"\b[Oo](?=7[02369\d]\d?[ -]?\d\d)")
LABEL = re.compile(r"([^\W\d_]+)[.:# ]{0,3}$")
DATE = re.compile(r"\(?\d\d[-/ .]\d\d[-/ .](?:19|20)\d\d\b")
SHORTEST, LONGEST = 8, 10
IN_PAIRS = "07"
MOBILE_LENGTH = 10
SHORTEST_LOCAL = 5
LONGEST_AREA = 4
PERSONAL, SHARED, IN_ONE_PIECE = 0.95, 0.5, 0.7


def find_contacts(text: str) -> Iterator[Signal]:
    """Yield a signal for each e-mail address and telephone number. Linear."""
    if "@" in text:
        yield from _mail(text)
    if SPOKEN_SIGN.search(text):
        yield from _spoken_mail(text)
    if FIVE_DIGITS.search(text):
        yield from _phones(ZERO_AS_LETTER.sub("0", text))


def _mail(text: str) -> Iterator[Signal]:
    for found in MAIL.finditer(text):
        if not _shared_mailbox(found.group().partition("@")[0]):
            yield _signal("email", found.span(), PERSONAL)


def _spoken_mail(text: str) -> Iterator[Signal]:
    """Find addresses written so that a machine should not see them."""
    for at in SPOKEN_AT.finditer(text):
        first = max(0, at.start() - REACH)
        name = SPOKEN_NAME.search(text[first : at.start()])
        domain = SPOKEN_DOMAIN.match(text[at.end() : at.end() + REACH])
        if name and domain and not _shared_mailbox(name.group()):
            yield _signal("email", (first + name.start(), at.end() + domain.end()), 0.9)


def _shared_mailbox(name: str) -> bool:
    return name.lower() in read_words("shared_mailboxes.txt")


def _phones(text: str) -> Iterator[Signal]:
    for found in PHONE.finditer(without_addresses(text)):
        certainty = _phone_certainty(found)
        if certainty and not _labelled_otherwise(text, found.start()):
            yield _signal("phone", found.span(), certainty)


def _phone_certainty(found: re.Match[str]) -> float:
    """Return how surely the digits are a person's number, 0.0 when they are not one."""
    groups = GROUP.findall(found["rest"])
    if found["abroad"]:
        groups[0] = "0" + groups[0].removeprefix("0")
    area, digits = _area(groups), "".join(groups)
    if not area or not _well_formed(area, digits) or not _evenly_cut(found["rest"]):
        return 0.0
    if AREAS[area] == "shared" or digits.endswith("00"):
        return SHARED
    return PERSONAL if len(groups) > 1 or found["abroad"] else IN_ONE_PIECE


def _area(groups: list[str]) -> str:
    """Return the area code: the first group, or what it begins with, or ""."""
    first = groups[0]
    if first == IN_PAIRS and len(groups) > 1:
        first += groups[1][0]
    for size in range(LONGEST_AREA, 1, -1):
        code = first[:size]
        if code in AREAS and (first == code or _may_run_on(code, first)):
            return code
    return ""


def _may_run_on(code: str, first: str) -> bool:
    """Tell whether a group may hold more than its code ("0701-23 45 67")."""
    old_way = AREAS[code] == "mobile" and len(first) == LONGEST_AREA
    return old_way or len(first) >= SHORTEST


def _well_formed(area: str, digits: str) -> bool:
    if AREAS[area] == "mobile":
        return len(digits) == MOBILE_LENGTH
    if not SHORTEST <= len(digits) <= LONGEST:
        return False
    return len(digits) - len(area) >= SHORTEST_LOCAL and digits[len(area)] != "0"


def _evenly_cut(rest: str) -> bool:
    """Refuse dates and spans of time: a number has one dash, or dashes throughout."""
    dividers, groups = len(DIVIDER.findall(rest)), len(GROUP.findall(rest))
    return dividers in (0, 1, groups - 1) and not DATE.match(rest)


def _labelled_otherwise(text: str, start: int) -> bool:
    label = LABEL.search(text[max(0, start - 24) : start])
    if label is None:
        return False
    return label[1].lower() in read_words("number_labels.txt")


def _signal(kind: str, span: tuple[int, int], certainty: float) -> Signal:
    rule, message = f"personal_data.{kind}", Message(MESSAGES[kind])
    return Signal(rule, VERSION, span, certainty, message, "personal_data")


MESSAGES = {
    "email": N_("An e-mail address."),
    "phone": N_("A telephone number."),
}
AREAS = {code: kind for kind, code in read_rows("area_codes.txt")}
