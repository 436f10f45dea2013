"""Run the parts and end with what misses its bar; a missed bar is an exit code of 1."""

import sys
from collections.abc import Callable, Iterator, Sequence

from threadpoolctl import threadpool_limits

from bench.quality import languages, personal, questions, rated, suite
from bench.quality.data import NoData
from bench.quality.figures import Figure, show

PARTS: dict[str, tuple[str, Callable[[Sequence[str]], Iterator[Figure]]]] = {
    "suite": (suite.TITLE, suite.measure),
    "personal": (personal.TITLE, personal.measure),
    "questions": (questions.TITLE, questions.measure),
    "rated": (rated.TITLE, rated.measure),
    "languages": (languages.TITLE, languages.measure),
}


def main(args: Sequence[str]) -> int:
    """Run all parts, or the one named first with its details; return the exit code."""
    if args and args[0] not in PARTS:
        print(f"No part called {args[0]}. There are: {', '.join(PARTS)}")
        return 2
    missed: list[str] = []
    for name in args[:1] or PARTS:
        title, measure = PARTS[name]
        try:
            missed += show(title, measure(args[1:]))
        except NoData as nothing:
            missed.append(f"{title}: {nothing}")
    print(
        "\n" + "\n".join(["Missed:", *missed] if missed else ["Every bar is reached."])
    )
    return 1 if missed else 0


if __name__ == "__main__":
    with threadpool_limits(1):
        sys.exit(main(sys.argv[1:]))
