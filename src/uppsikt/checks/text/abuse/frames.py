"""What makes abuse harmless: it is reported, quoted, meant of oneself, or an idiom.

A moderator need not look at "han kallade mig ..." or at a slogan that somebody asks us
to wash off a wall. Who quotes in order to agree is not excused.
"""

import re
from collections.abc import Iterator, Sequence

from uppsikt.checks.text.abuse.pattern import parse
from uppsikt.checks.text.abuse.reading import Reading, Word
from uppsikt.checks.text.abuse.rules import Hit, Rule, Rulebook
from uppsikt.checks.text.abuse.vocabulary import VOCABULARY
from uppsikt.checks.text.lexicon import read_rows

QUOTED = re.compile('["”“»«][^"”“»«\n]{1,300}["”“»«]')
WORDS, CLAUSE, SENTENCE, ENDORSE = "words", "clause", "sentence", "endorse"
SPEECH = VOCABULARY.bit("SPEECH")
FRAMES = Rulebook(
    [
        Rule(reach, 1.0, parse(written if reach == ENDORSE else f"+ {written}"))
        for reach, written in read_rows("abuse/frames.txt")
    ]
)


def harmful(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Yield the hits that nothing around them makes harmless."""
    words = reading.words
    frames = list(FRAMES.hits(words))
    agrees = any(frame.rule.name == ENDORSE for frame in frames)
    quoted = set() if agrees else _quoted(reading)
    own = {
        place for frame in frames if frame.rule.name == WORDS for place in frame.places
    }
    told = set() if agrees else {p for frame in frames for p in _reach(words, frame)}
    for hit in hits:
        anchor = {*hit.places}
        if anchor <= quoted or not anchor.isdisjoint(own):
            continue
        if hit.rule.pattern.excusable and hit.places.start in told:
            continue
        yield hit


def _reach(words: Sequence[Word], frame: Hit) -> Iterator[int]:
    """Yield the places from a frame to the end of its clause or sentence."""
    if frame.rule.name not in (CLAUSE, SENTENCE):
        return
    start = words[frame.places.start]
    for place in range(frame.places.start, len(words)):
        word = words[place]
        same = word.clause == words[frame.places.stop - 1].clause
        if not same and (frame.rule.name == CLAUSE or word.sentence != start.sentence):
            return
        yield place


def _quoted(reading: Reading) -> set[int]:
    """Return the places inside quotation marks, if the words outside tell of speech."""
    spans = [found.span() for found in QUOTED.finditer(reading.folded.text)]
    inside = {
        place
        for place, word in enumerate(reading.words)
        if any(start < word.start < end for start, end in spans)
    }
    tells = any(
        word.classes & SPEECH
        for place, word in enumerate(reading.words)
        if place not in inside
    )
    return inside if tells else set()
