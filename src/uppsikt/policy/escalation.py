"""Who is told when an answer is about to be late, and when it is (R-6.2-5)."""

import re
from dataclasses import dataclass
from typing import Final, Self

from uppsikt.policy.roles import Role

_WRITTEN: Final = re.compile(r"([1-9]\d{0,2}) ([a-z_]+):(\S.*)")


class UnknownStep(ValueError):
    """A step is written in a way that nobody has agreed on."""


@dataclass(frozen=True, slots=True)
class Step:
    """After which share of the time, in per cent, who is told; and its name."""

    share: int
    role: Role
    label: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the step that `text` says, such as "50 channel_owner:Påminnelse"."""
        found = _WRITTEN.fullmatch(text)
        if found is None or found[2] not in set(Role):
            raise UnknownStep(text)
        return cls(int(found[1]), Role(found[2]), found[3])


def steps(texts: list[str]) -> tuple[Step, ...]:
    """Return the steps in the order of their shares; raise `UnknownStep`."""
    return tuple(sorted(map(Step.parse, texts), key=lambda step: step.share))
