"""Find abuse: attacks on a person, swearing, agitation, threats, violence, incitement.

A comment is read once (`reading`), its words get their classes (`vocabulary`), rules
are patterns of words (`rules`), and what is only reported or an idiom is left out
(`frames`). All words and patterns lie in `data/abuse/`. R-6.4-16: it points, a person
judges and decides (D-33).
"""

from collections.abc import Iterator

from uppsikt.checks.text.abuse.frames import harmful
from uppsikt.checks.text.abuse.reading import Reading, read
from uppsikt.checks.text.abuse.rules import RULES, Hit
from uppsikt.checks.text.signal import Signal
from uppsikt.policy.words import N_, Message

VERSION = 1
KINDS = {
    "attack.insult": (N_("Insults a person."), "personal_attack"),
    "attack.mind": (
        N_("Says that a person is stupid or out of their mind."),
        "personal_attack",
    ),
    "attack.silence": (
        N_("Tells a person to be quiet or to go away."),
        "personal_attack",
    ),
    "attack.worth": (N_("Says that a person is worth nothing."), "personal_attack"),
    "profanity.swearing": (N_("A swear word."), "profanity"),
    "obscenity.word": (N_("An obscene word."), "profanity"),
    "obscenity.phrase": (N_("An obscene expression."), "profanity"),
    "agitation.slur": (
        N_("A word that degrades a group of people."),
        "agitation_against_population_group",
    ),
    "agitation.contempt": (
        N_("Speaks of a group of people with contempt."),
        "agitation_against_population_group",
    ),
    "agitation.disgust": (
        N_("Says that a group of people is hated."),
        "agitation_against_population_group",
    ),
    "agitation.expel": (
        N_("Wants to drive a group of people away."),
        "agitation_against_population_group",
    ),
    "agitation.harm": (
        N_("Wants a group of people to be hurt."),
        "agitation_against_population_group",
    ),
    "threat.open": (N_("Threatens somebody."), "threat"),
    "threat.veiled": (N_("May be a veiled threat."), "threat"),
    "threat.wish": (N_("Wishes that somebody is hurt."), "threat"),
    "violence.graphic": (N_("Describes violence in detail."), "unlawful_violence"),
    "violence.animal": (N_("Describes cruelty to an animal."), "unlawful_violence"),
    "violence.sexual": (N_("Describes sexual violence."), "unlawful_violence"),
    "violence.pornography": (N_("Pornography or an offer of it."), "pornography"),
    "incitement.damage": (N_("Calls on others to destroy something."), "incitement"),
    "incitement.violence": (N_("Calls on others to hurt somebody."), "incitement"),
    "incitement.theft": (N_("Calls on others to steal or cheat."), "incitement"),
    "incitement.poison": (N_("Calls on others to put out poison."), "incitement"),
    "incitement.hunting": (N_("Calls on others to hunt unlawfully."), "incitement"),
}
"""Rules by name, each with its message and the ground that it suggests."""


def find_abuse(text: str) -> Iterator[Signal]:
    """Yield a signal for each place in `text` that a moderator should see. Linear."""
    reading = read(text)
    if not RULES.may_match(reading.parts):
        return
    hits = list(RULES.hits(reading.words))
    if hits:
        yield from _signals(reading, list(harmful(reading, hits)))


def _signals(reading: Reading, hits: list[Hit]) -> Iterator[Signal]:
    """Yield the surest hit of each kind where several lie over one another."""
    taken: dict[str, set[int]] = {}
    for hit in sorted(hits, key=lambda hit: -hit.certainty):
        places = taken.setdefault(hit.rule.name.partition(".")[0], set())
        if places.isdisjoint(hit.places):
            places.update(hit.places)
            yield _signal(reading, hit)


def _signal(reading: Reading, hit: Hit) -> Signal:
    first, last = reading.words[hit.places.start], reading.words[hit.places.stop - 1]
    message, ground = KINDS[hit.rule.name]
    return Signal(
        rule=hit.rule.name,
        version=VERSION,
        span=reading.folded.span(first.start, last.end),
        certainty=hit.certainty,
        message=Message(message),
        suggests=ground,
    )
