"""Questions that need an answer: found without their mark, and not found elsewhere."""

import re
from collections.abc import Iterator, Sequence

from bench.quality.data import authorities, correct_sentences
from bench.quality.figures import Figure
from bench.quality.naming import raised

TITLE = "questions, their question marks taken away"
SENTENCE = re.compile(r"[^.!?]+[.!?]")
STATEMENTS = 1_200
LONG_ENOUGH = 15


def measure(wanted: Sequence[str]) -> Iterator[Figure]:
    """Yield recall on authorities' questions and false alarms on statements."""
    asked = [row["question"].replace("?", "").strip() for row in authorities()]
    stated = statements()
    missed = [text for text in asked if "question" not in raised(text)]
    false = [text for text in stated if "question" in raised(text)]
    if wanted:
        print(*(f"   + {text}" for text in missed), sep="\n")
        print(*(f"   - {text}" for text in false), sep="\n")
    found = 1 - len(missed) / len(asked)
    yield Figure("found", found, at_least=0.95, note=f"of {len(asked)}")
    share = len(false) / len(stated)
    yield Figure("false, on statements", share, at_most=0.05, note=f"of {len(stated)}")


def statements() -> list[str]:
    """Return sentences that ask nothing: from answers, then from correct Swedish."""
    answers = (row["answer"] for row in authorities())
    cut = [one.strip() for text in answers for one in SENTENCE.findall(text)]
    told = [one for one in cut if one.endswith(".") and len(one) > LONG_ENOUGH]
    plain = [one for one in correct_sentences() if one.endswith(".")]
    return [*told[: STATEMENTS // 2], *plain[:: max(1, len(plain) // 600)]][:STATEMENTS]
