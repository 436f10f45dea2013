"""Rules for words: what citizens write to us, and what we are about to write.

A rule is one small file that yields signals. A signal points and suggests; a person
reads, judges and decides (D-33). Each rule takes time in proportion to the text.
"""

from collections.abc import Iterator
from dataclasses import replace

from uppsikt.checks.text.abuse import find_abuse
from uppsikt.checks.text.address import find_officialese, find_polite_address
from uppsikt.checks.text.identity import (
    find_identity_numbers,
    find_requests_for_number,
)
from uppsikt.checks.text.language import find_language
from uppsikt.checks.text.personal import find_personal_data
from uppsikt.checks.text.politics import find_political_question
from uppsikt.checks.text.question import is_question
from uppsikt.checks.text.signal import Signal, in_order
from uppsikt.checks.text.signature import Signature, check_signature
from uppsikt.checks.text.spam import find_spam

__all__ = ["ANALYSIS_VERSION", "Signal", "Signature", "analyse", "examine_draft"]

ANALYSIS_VERSION = 3
"""Raise it when a rule or a word list changes, so that what is stored is read again."""


def analyse(text: str) -> tuple[Signal, ...]:
    """Return what a moderator should see in a citizen's text, in the text's order.

    Personal data (R-6.4-8), abuse (R-6.4-16), questions (R-6.2-3)
    and political ones (R-6.2-8), advertising, other languages (D-36). It stops at
    nothing that a text can hold, and suggests only (D-33).
    """
    question = is_question(text)
    political = find_political_question(text, question)
    whole = (question, political, find_spam(text), find_language(text))
    return in_order(
        [
            *find_personal_data(text),
            *find_abuse(text),
            *(signal for signal in whole if signal),
        ]
    )


def examine_draft(text: str, *, signature: Signature | None) -> tuple[Signal, ...]:
    """Return hints on a text of our own before it is published; none of them blocks.

    A reply must be signed, where a signature is given (R-6.2-7). The reader is "du"
    (R-6.2-10). An identity number is neither written nor asked for in social media
    (D-32).
    """
    hints = [*_hints(text)]
    unsigned = check_signature(text, signature) if signature else None
    return in_order([*hints, unsigned] if unsigned else hints)


def _hints(text: str) -> Iterator[Signal]:
    for found in (*find_identity_numbers(text), *find_abuse(text)):
        yield replace(found, suggests="")
    yield from find_requests_for_number(text)
    yield from find_polite_address(text)
    yield from find_officialese(text)
