"""Find political questions: those that only a party or an elected person can answer.

R-6.2-8: such a question is referred to all parties. A question about a decision, a
meeting or an election that an official can answer is not political.
"""

import re
from typing import Final

from uppsikt.checks.text.lexicon import read_groups
from uppsikt.checks.text.signal import Signal
from uppsikt.policy.words import N_, Message

VERSION = 1
ASKS: Final = re.compile(
    r"\?|\b(?:undrar|vill veta|vilja veta|förklara|svara|svar på)\b", re.I
)
_LISTS = read_groups("political.txt")


def _any(kind: str) -> str:
    phrases = sorted(_LISTS[kind], key=len, reverse=True)
    return "|".join(re.escape(one).replace(r"\*", r"\w*") for one in phrases)


_ONE, _ANY = r"(?:S|M|C|L|V)", r"(?:S|M|C|L|V|KD|MP|SD|FI)"
_SPEAKS = rf"(?:{_any('speaks')})"
ACTOR = re.compile(rf"\b(?:{_any('actor')})\b", re.I)
LETTERS = re.compile(
    rf"(?<![\d\w.] )(?<![\w.]){_ANY}(?:, {_ANY})*(?: (?:och|eller|&|\+) {_ANY})\b"
    rf"|(?<!\d )\b(?:SD|KD|MP)\b|\({_ONE}\)"
    rf"|{_SPEAKS} {_ONE}(?![\w.])|\b{_ONE} {_SPEAKS}\b"
)
FACT = re.compile(rf"\b(?:{_any('fact')})\b", re.I)


def find_political_question(text: str, question: Signal | None) -> Signal | None:
    """Return a signal when a text asks the parties something, else None.

    `question` is what the rule for questions found in the same text. Linear.
    """
    if not (question or ASKS.search(text)):
        return None
    found = ACTOR.search(text) or LETTERS.search(text)
    if found is None or FACT.search(text):
        return None
    message = Message(N_("A political question. All parties get to answer it."))
    return Signal("political", VERSION, found.span(), 0.8, message)
