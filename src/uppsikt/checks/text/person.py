"""Find a person's full name in a text.

A given name that people in Sweden bear (SCB), then a surname: one of a list, one with a
surname's ending, or a word with a capital that is no place. Public persons in their
role, authors, companies, and what is named after somebody are no breach (R-6.4-8).
"""

import re
from collections.abc import Iterator
from typing import Final

from uppsikt.checks.text.lexicon import read_groups, read_lines, read_rows, read_words
from uppsikt.checks.text.signal import Signal
from uppsikt.policy.words import N_, Message

VERSION = 1
LISTED, LIKELY, UNSURE = 0.9, 0.7, 0.6
COMMON: Final = 3
"""Digits in the number of bearers of a name that is looked for without its capital."""
LONG_ENOUGH: Final = 5
REACH: Final = 40

BIG = "A-ZÅÄÖÉÈÜÆØÁÀÍÓÚÇŠŽĐĆČŞİŁŻŚÐÞÝ"
CAPITAL = rf"[{BIG}][^\W\d_]+(?:[-'’][^\W\d_]+)*"
_GROUPS = read_groups("surnames.txt")
PARTICLES = frozenset(_GROUPS["particle"])
_PARTICLE = "|".join(sorted(PARTICLES, key=len, reverse=True))
RUN = re.compile(
    rf"[{BIG}](?<![\w@#.&].)[^\W\d_]+(?:[-'’][^\W\d_]+)*"
    rf"(?:[ \u00a0](?:(?:{_PARTICLE})[ -]){{0,2}}(?:{CAPITAL}|[{BIG}]\b\.?))+(?!-?\d)"
)
LAST_FIRST = re.compile(rf"(?<![\w@#.&-]){CAPITAL}, {CAPITAL}(?![ ]?(?:och|&)|\w)")
AFTER_NAME = re.compile(rf"{CAPITAL} \Z")
PAIR = re.compile(
    r"(?<![\w@#.-])(?=([^\W\d_]+(?:-[^\W\d_]+)?) ([^\W\d_]{4,})(?![\w-]))"
)
WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*\.?")

NAMED_AFTER = re.compile(
    r"(?:gatan?|vägen|väg|torget|torg|gränd(?:en)?|allén?|plats(?:en)?|plan(?:en)?|park(?:en)?"
    r"|bro(?:n)?|skolan?|kyrkan?|hus(?:et)?|gård(?:en)?|hall(?:en)?|bibliotek(?:et)?|minne"
    r"|museum|museet|sjukhus(?:et)?|institut(?:et)?|stiftelsen?|fond(?:en)?|priset?|pris"
    r"|stipendi(?:et|um)|plakett(?:en)?|medalj(?:en)?|centrum|kommun|församling|stadion"
    r"|arena|förlag|värld|dag|marknad|cup(?:en)?|backe|staty(?:n)?)\b",
    re.I,
)
NAMED_AFTER_END = re.compile(rf"{NAMED_AFTER.pattern}\Z", re.I)
AFTER_NAMED = re.compile(rf"[ -](?:[^\W\d_]{{0,20}}?){NAMED_AFTER.pattern}", re.I)
COMPANY = re.compile(r"[ ](?:AB|HB|KB|Inc|Ltd|GmbH|Co)\b|[ ]?&[ ]?[\w]")
PARTY = re.compile(r"[ ]?\((?:S|M|SD|C|V|KD|L|MP|FI|[a-zåäö]{1,3})\)|, kommunalråd")
CLOSING = re.compile(r"(?:hälsningar|hälsning|hälsar|mvh|vh|[/~])[,!.]?\s*\Z", re.I)
OFFICIAL = re.compile(
    r"\s*[,|/–\n-]\s*[^\n,]{0,30}?(?:kommunikatör|handläggare|chef|rektor|bibliotekarie"
    r"|samordnare|strateg|ingenjör|sekreterare|registrator|utvecklare|ansvarig|assistent"
    r"|administratör|planerare|pedagog|kurator|inspektör|arkivarie|arkitekt|direktör"
    r"|konsulent|rådgivare|vägledare|redaktör|kommun|förvaltning(?:en)?|bibliotek)\b",
    re.I,
)

GIVEN = {name: int(digits) for name, digits in read_rows("given_names.txt")}
ALSO_WORDS = read_words("names_also_words.txt")
SURNAMES = frozenset((*_GROUPS["name"], *_GROUPS["also"]))
SURELY_SURNAMES = frozenset(_GROUPS["name"])
ENDINGS = _GROUPS["ending"]
PLACES = frozenset(place.lower() for place in read_words("places.txt"))
ROLES = re.compile(
    rf"\b(?:{'|'.join(map(re.escape, read_lines('public_roles.txt')))})[ ]\Z", re.I
)
WELL_KNOWN = frozenset(read_lines("well_known.txt"))


def find_people(text: str) -> Iterator[Signal]:
    """Yield a signal for each full name in `text`. Linear."""
    for run in RUN.finditer(text):
        yield from _in_run(run)
    if ", " in text:
        yield from _last_name_first(text)
    yield from _without_capitals(text)


def _in_run(run: re.Match[str]) -> Iterator[Signal]:
    """Yield the names in a run of words that begin with capitals."""
    words = list(WORD.finditer(run.string, run.start(), run.end()))
    place = 0
    while place < len(words) - 1:
        last, certainty = _name_from(words, place)
        span = words[place].start(), words[last].end()
        if last and _is_private(run.string, *span):
            yield _signal(span, certainty)
        place = max(place, last) + 1


def _name_from(words: list[re.Match[str]], first: int) -> tuple[int, float]:
    """Return where the name that begins at `first` has its surname, 0 for nowhere."""
    given, last = _given(words[first].group()), _last_surname(words, first)
    if given and last:
        return last, LISTED
    if last:
        surely = _surely_surname(words[last].group()) and _inside(words[first])
        return (last, UNSURE) if surely and not _is_word(words[first]) else (0, 0.0)
    if _surely_surname(words[first].group()) and _given(words[-1].group()):
        return len(words) - 1, UNSURE
    if given and not _is_word(words[first]):
        return _likely_surname(words, first), LIKELY
    return 0, 0.0


def _likely_surname(words: list[re.Match[str]], first: int) -> int:
    """Return where an unlisted surname follows, past particles and initials; or 0."""
    for place in range(first + 1, len(words)):
        word = words[place].group()
        if word.lower() not in PARTICLES and len(word.strip(".")) > 1:
            return place if _may_be_surname(words[place]) else 0
    return 0


def _last_surname(words: list[re.Match[str]], first: int) -> int:
    last = 0
    for place in range(first + 1, len(words)):
        word = words[place].group()
        if _is_surname(word):
            last = place
        elif not (
            _given(word) or word.lower() in PARTICLES or len(word.strip(".")) == 1
        ):
            break
    return last


def _given(word: str) -> int:
    """Return how many digits the number of bearers of a given name has, 0 for none."""
    title = word.title()
    if title in GIVEN or "-" not in title:
        return GIVEN.get(title, 0)
    return min(GIVEN.get(part, 0) for part in title.split("-"))


def _is_surname(word: str) -> bool:
    """Tell a listed surname, or one by its ending, also in the genitive."""
    if NAMED_AFTER_END.search(word):
        return False
    plain = word.lower()
    parts = (plain, plain.removesuffix("s"), plain.partition("-")[0])
    if any(part in SURNAMES for part in parts):
        return True
    return len(plain) >= LONG_ENOUGH and plain not in PLACES and _ends_like_one(plain)


def _ends_like_one(plain: str) -> bool:
    return plain.endswith(ENDINGS) or plain.removesuffix("s").endswith(ENDINGS)


def _surely_surname(word: str) -> bool:
    plain = word.lower()
    return any(
        form in SURELY_SURNAMES or (form.endswith("sson") and len(form) > LONG_ENOUGH)
        for form in (plain, plain.removesuffix("s"))
    )


def _may_be_surname(word: re.Match[str]) -> bool:
    """Tell whether a word with a capital after a given name may be a surname."""
    plain = word.group().lower().removesuffix("s")
    if word.group().isupper() or len(plain) < len("abc") or plain in PLACES:
        return False
    if NAMED_AFTER_END.search(word.group()):
        return False
    return _given(word.group()) < COMMON and plain not in ALSO_WORDS


def _is_word(word: re.Match[str]) -> bool:
    plain = word.group().lower()
    return plain in ALSO_WORDS or (plain in PLACES and _given(plain) <= COMMON)


def _inside(word: re.Match[str]) -> bool:
    """Tell whether a word stands inside a sentence, so that its capital says much."""
    before = word.string[: word.start()].rstrip(" ")[-1:]
    return before.isalpha() or before == ","


def _is_private(text: str, start: int, end: int) -> bool:
    """Tell a private person's name from a public person's and a thing's."""
    name = text[start:end].lower()
    before, after = text[max(0, start - REACH) : start], text[end : end + 2 * REACH]
    if name in WELL_KNOWN or name.removesuffix("s") in WELL_KNOWN:
        return False
    if AFTER_NAMED.match(after) or COMPANY.match(after) or PARTY.match(after):
        return False
    if ROLES.search(before):
        return False
    return not (CLOSING.search(before) and OFFICIAL.match(after))


def _last_name_first(text: str) -> Iterator[Signal]:
    """Find "Sundberg, Kristina"."""
    for found in LAST_FIRST.finditer(text):
        last, _, given = found.group().partition(", ")
        plain = given.lower()
        known = _given(given) >= COMMON and plain not in ALSO_WORDS
        alone = not AFTER_NAME.search(
            text[max(0, found.start() - REACH) : found.start()]
        )
        if known and alone and _surely_surname(last):
            yield _signal(found.span(), LIKELY)


def _without_capitals(text: str) -> Iterator[Signal]:
    """Find "anders karlsson", from names that are no other words."""
    words = text.replace(",", " ").replace(".", " ").split()
    if SURELY_SURNAMES.isdisjoint(words) and "sson" not in text:
        return
    for found in PAIR.finditer(text):
        given, last = found.groups()
        if last.islower() and given.islower() and _surely_surname(last):
            known = _given(given) >= COMMON and given not in ALSO_WORDS
            if known and _is_private(text, *found.span(1)[:1], found.end(2)):
                yield _signal((found.start(1), found.end(2)), UNSURE)


def _signal(span: tuple[int, int], certainty: float) -> Signal:
    message = Message(N_("A person’s name."))
    return Signal(
        "personal_data.name", VERSION, span, certainty, message, "personal_data"
    )
