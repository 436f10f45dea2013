"""Makes comments with personal data in them, and comments that only look so.

Identity numbers are Skatteverket's test numbers, telephone numbers those that PTS has
set aside for fiction, given names are drawn as often as people bear them.
"""

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from bench.quality.data import there


def words(name: str) -> list[str]:
    """Return the words of a file beside this one; `_` stands for a space."""
    text = Path(__file__).with_name(name).read_text(encoding="utf-8")
    return text.replace("_", " ").splitlines()


COMMENTS = 1_500
HARMLESS = 0.35

NUMBERS = (
    ("19", "900101", "2385"),
    ("19", "900602", "2397"),
    ("19", "910717", "2380"),
    ("19", "931217", "2381"),
    ("19", "121212", "1212"),
    ("19", "701063", "2391"),
    ("19", "140168", "2396"),
)
NUMBER_FORMS = (
    "{0}{1}-{2}",
    "{1}-{2}",
    "{0}{1}{2}",
    "{1}{2}",
    "{0}{1} {2}",
    "{1} {2}",
)
PHONES = (
    "070-174 06 {n:02}",
    "070 1740 6{n:02}",
    "07017406{n:02}",
    "+46 70 174 06 {n:02}",
    "+4670-17406{n:02}",
    "08-465 004 {n:02}",
    "031-390 06 {n:02}",
    "040-628 04 {n:02}",
    "0046701 74 06 {n:02}",
)
SURNAMES = words("surnames.txt")
STREETS = words("streets.txt")
STREET_ENDS = (
    "vägen",
    "gatan",
    "stigen",
    "gränd",
    "backen",
    "torget",
    "allén",
    "ringen",
)
TAILS = ("", "", "", " B", " A", "C", " lgh 1102")
MAILS = (
    "{first}.{last}@example.com",
    "{first}{n}@example.se",
    "{first}_{last}@mejl.example.org",
    "{first}.{last}{n}@example.net",
)
SENTENCES = {
    "identity": (
        "Mitt personnummer är {x}, kan ni kolla vad som hänt?",
        "Varför har ni inte svarat {x}?",
        "Ansökan för dottern ({x}) skickades i mars.",
        "pnr {x} tack på förhand",
        "Jag heter inget särskilt men har {x} som nummer hos er.",
    ),
    "phone": (
        "Ring mig på {x} efter klockan fem.",
        "tel {x}",
        "Ni når grannen på {x}, hon svarar alltid",
        "Hör av er! {x}.",
        "Nyckeln är hittad, sms:a {x} så lämnar jag den",
    ),
    "email": (
        "Mejla {x} så skickar jag bilder.",
        "Min adress är {x}.",
        "Skriv till {x}, tack!",
        "Jag använder {x} och får inga utskick",
    ),
    "address": (
        "Det har varit mörkt utanför {x} i två veckor.",
        "Grannen på {x} eldar varje kväll.",
        "Jag bor på {x} och soporna är inte hämtade",
        "Hon flyttade till {x} i våras.",
        "{x} behöver sandas nu!",
    ),
    "name": (
        "Jag tycker att {x} borde få veta det här.",
        "Igår såg jag {x} köra för fort utanför skolan",
        "Min handläggare {x} svarar aldrig.",
        "{x} på Björkvägen parkerar alltid fel.",
        "Hälsa {x} att vi är många som är trötta på det här",
    ),
}
HARMLESS_COMMENTS = (
    "Ärendet har diarienummer KS {y}/{n:04}, när tas det upp?",
    "Kommunens organisationsnummer är 212000-0092.",
    "Fastigheten Bollmora 2:{n} ska säljas.",
    "Biblioteket borde köpa in 978-91-7654-{n:03}-0.",
    "Det kostade {n} {m:03} kr i höstas, varför?",
    "Buss {n} går {m:02}.{k:02} på vardagar, inte på söndagar.",
    "Badet öppnar {y}-06-{k:02} klockan 10.00 enligt skylten.",
    "Vägen mellan Tyresö Centrum och Trollbäcken är full av hål.",
    "Faktura {y}{n:06} är redan betald.",
    "När öppnar Aktivitetsparken? Barnen väntar.",
    "Skatten är {k},{m:02} procent, det räcker nu.",
    "Vi var {n} personer på mötet i Kumla skola.",
    "Läs mer på www.example.se/sida/{n}{m:03} om du undrar.",
    "Sverige mot Norge på storbild i Forellen, vilken kväll!",
    "Socialstyrelsen och Skolverket säger olika saker.",
)


@dataclass(frozen=True, slots=True)
class Comment:
    """A made text and its personal data: kind, start, end."""

    text: str
    holds: tuple[tuple[str, int, int], ...]


def comments() -> Iterator[Comment]:
    """Yield the same 1,500 comments each time."""
    rng = random.Random(4)
    names, weights = _given_names()
    for _ in range(COMMENTS):
        if rng.random() < HARMLESS:
            yield Comment(_harmless(rng), ())
            continue
        given = rng.choices(names, cum_weights=weights)[0]
        kinds = rng.sample(sorted(SENTENCES), k=rng.choice((1, 1, 1, 2)))
        yield _joined([_holding(rng, kind, given) for kind in kinds])


def _harmless(rng: random.Random) -> str:
    y, n = rng.randint(2015, 2026), rng.randint(1, 900)
    m, k = rng.randint(0, 59), rng.randint(10, 28)
    return rng.choice(HARMLESS_COMMENTS).format(y=y, n=n, m=m, k=k)


def _holding(rng: random.Random, kind: str, given: str) -> tuple[str, str, str]:
    """Return the kind, a sentence with a hole, and what goes into the hole."""
    surname = rng.choice(SURNAMES)
    plain = str.maketrans("åäöé ", "aaoe-")
    first, last = given.lower().translate(plain), surname.lower().translate(plain)
    value = {
        "identity": rng.choice(NUMBER_FORMS).format(*rng.choice(NUMBERS)),
        "phone": rng.choice(PHONES).format(n=rng.randint(10, 99)),
        "email": rng.choice(MAILS).format(first=first, last=last, n=rng.randint(1, 99)),
        "address": f"{rng.choice(STREETS)}{rng.choice(STREET_ENDS)} "
        f"{rng.randint(1, 120)}{rng.choice(TAILS)}",
        "name": f"{given} {surname}",
    }[kind]
    return kind, rng.choice(SENTENCES[kind]), value


def _joined(parts: list[tuple[str, str, str]]) -> Comment:
    text, holds = "", []
    for kind, sentence, value in parts:
        text += " " if text else ""
        start = len(text) + sentence.index("{x}")
        holds.append((kind, start, start + len(value)))
        text += sentence.format(x=value)
    return Comment(text, tuple(holds))


def _given_names() -> tuple[list[str], list[int]]:
    rows: list[tuple[str, int]] = []
    for sex in ("kvinnor", "man"):
        path = there(f"svensktext/namn/tilltalsnamn-{sex}.csv")
        with path.open(encoding="utf-8") as file:
            rows += [(r["name"], int(r["persons"])) for r in csv.DictReader(file)]
    return [name for name, _ in rows], [*accumulate(count for _, count in rows)]
