"""Personal data, kind by kind: recall, precision and F1 over made comments."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bench.quality.data import authorities
from bench.quality.figures import Figure
from bench.quality.made import Comment, comments
from bench.quality.naming import signal_of
from uppsikt.checks.text import analyse

TITLE = "personal data in 1,500 made comments"
F1 = {"identity": 0.99, "email": 0.99, "phone": 0.98, "address": 0.93}
NAMES = {"R": 0.90, "P": 0.95}
KINDS = (*F1, "name")
HITS_PER_ANSWER = 0.02

Span = tuple[str, int, int]


@dataclass(slots=True)
class Score:
    """How many were found, missed and wrongly pointed at, by kind."""

    found: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)

    def recall(self, kind: str) -> float:
        """Return the share of what is there that was found."""
        return self.found[kind] / max(1, self.found[kind] + self.missed[kind])

    def precision(self, kind: str) -> float:
        """Return the share of what was pointed at that is there."""
        return self.found[kind] / max(1, self.found[kind] + self.wrong[kind])

    def f1(self, kind: str) -> float:
        """Return the harmonic mean of both."""
        both = self.recall(kind) + self.precision(kind)
        return 2 * self.recall(kind) * self.precision(kind) / both if both else 0.0


def measure(wanted: Sequence[str]) -> Iterator[Figure]:
    """Yield the figures; a kind named in `wanted` has its errors printed."""
    score = scored(comments(), ours, wanted)
    for kind, bar in F1.items():
        yield Figure(
            f"{kind}, F1", score.f1(kind), at_least=bar, note=_note(score, kind)
        )
    yield Figure("name, recall", score.recall("name"), at_least=NAMES["R"])
    yield Figure("name, precision", score.precision("name"), at_least=NAMES["P"])
    answers = [row["answer"] for row in authorities()]
    hits = [(text[a:b], k) for text in answers for k, a, b in ours(text) if k in KINDS]
    if "answers" in wanted:
        print(*(f"   {kind}: {said!r}" for said, kind in hits), sep="\n")
    share = len(hits) / len(answers)
    yield Figure("hits per answer of an authority", share, at_most=HITS_PER_ANSWER)


def ours(text: str) -> list[Span]:
    """Return the personal data that our rules point at."""
    return [(signal_of(signal.rule), *signal.span) for signal in analyse(text)]


def scored(
    made: Iterable[Comment],
    find: Callable[[str], list[Span]],
    wanted: Sequence[str] = (),
) -> Score:
    """Compare what `find` points at with what the comments hold; touching is enough."""
    score = Score()
    for comment in made:
        pointed = [span for span in find(comment.text) if span[0] in KINDS]
        missed = [one for one in comment.holds if not _touched(one, pointed)]
        wrong = [one for one in pointed if not _touched(one, comment.holds)]
        score.missed.update(kind for kind, _, _ in missed)
        score.wrong.update(kind for kind, _, _ in wrong)
        score.found.update(k for k, _, _ in comment.holds)
        for sign, errors in (("+", missed), ("-", wrong)):
            for kind, start, end in errors:
                if kind in wanted:
                    print(f"   {sign} {comment.text[start:end]!r} in {comment.text!r}")
    score.found.subtract(score.missed)
    return score


def _touched(one: Span, others: Iterable[Span]) -> bool:
    kind, start, end = one
    return any(k == kind and a < end and start < b for k, a, b in others)


def _note(score: Score, kind: str) -> str:
    return f"R {score.recall(kind):.3f}  P {score.precision(kind):.3f}"
