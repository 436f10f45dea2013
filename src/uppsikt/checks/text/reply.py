"""Read an answer of ours before it leaves: all hints, in the order of the text.

Only a missing signature binds (R-6.2-7); everything else is for the writer to weigh.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from uppsikt.checks.text import examine_draft
from uppsikt.checks.text.contact import find_contacts
from uppsikt.checks.text.fill_ins import find_left_open
from uppsikt.checks.text.house_words import find_house_words
from uppsikt.checks.text.links import belongs, find_link_faults
from uppsikt.checks.text.signal import Signal, in_order
from uppsikt.checks.text.signature import Signature
from uppsikt.checks.text.tone import check_greeting, find_tone

FAINT: Final = 0.5
"""What is less certain is shown beside the text and never asked about at the end."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """Who answers whom, where: what a draft is weighed against.

    Without `signature`, none is asked for: the writer is not known.

    `reader` is the name they show, `words` what we avoid and write instead, `ours` the
    municipality's own hosts, and `links_work` what the platform does with a link.
    """

    signature: Signature | None
    reader: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    ours: frozenset[str] = frozenset()
    links_work: bool = True


def examine_reply(text: str, occasion: Occasion) -> tuple[Signal, ...]:
    """Return what the writer should see; it stops at nothing that a text can hold."""
    return in_order(list(_found(text, occasion)))


def _found(text: str, occasion: Occasion) -> Iterator[Signal]:
    yield from examine_draft(text, signature=occasion.signature)
    yield from find_tone(text)
    yield from find_left_open(text)
    yield from find_house_words(text, occasion.words)
    works = occasion.links_work
    yield from find_link_faults(text, ours=occasion.ours, works=works)
    yield from _personal_data(text, occasion)
    greeting = check_greeting(text, occasion.reader)
    if greeting:
        yield greeting


def _personal_data(text: str, occasion: Occasion) -> Iterator[Signal]:
    """Yield ways to reach a person; the municipality's own addresses are none."""
    for contact in find_contacts(text):
        host = text[slice(*contact.span)].rpartition("@")[2].lower()
        if contact.certainty > FAINT and not belongs(host, occasion.ours):
            yield replace(contact, suggests="")
