"""Hint where our own answer shouts, sounds irritated, blames, or greets nobody.

R-6.2-2: a personal address. R-6.2-9: open and of service, with good judgement. Hints
only: the person who writes knows the conversation.
"""

import re
from collections.abc import Iterator

from uppsikt.checks.text.lexicon import read_lines, read_rows
from uppsikt.checks.text.signal import Signal
from uppsikt.policy.words import N_, Message

VERSION = 1
CAPITALS = re.compile(r"\b[A-ZÅÄÖÉ]{2,}(?:[ ,]+[A-ZÅÄÖÉ]{2,}){2,}")
"""Three words in a row: one or two are as a rule the names of something."""
MARKS = re.compile(r"!{2,}|\?{2,}|(?:!\?|\?!)[!?]*")
GIVEN_NAME = re.compile(r"[A-ZÅÄÖÉÜ][a-zåäöéüíáóñçšžł]+(?:-[A-ZÅÄÖÉÜ][a-zåäöéü]+)?")
LONGEST_NAME = 30


def find_tone(text: str) -> Iterator[Signal]:
    """Yield a hint for each place that shouts, sounds irritated or blames. Linear."""
    for found in (*CAPITALS.finditer(text), *MARKS.finditer(text)):
        yield Signal("tone.shouting", VERSION, found.span(), 0.8, Message(SHOUTS))
    for found in TONE.finditer(text):
        kind, instead = FRIENDLIER[" ".join(found.group().lower().split())]
        details = {"phrase": found.group(), "instead": instead}
        message = Message(MESSAGES[kind], details)
        yield Signal(f"tone.{kind}", VERSION, found.span(), 0.6, message)


def check_greeting(text: str, name: str) -> Signal | None:
    """Return a hint when a reply greets nobody, or not by the name that was given.

    `name` is what the reader calls themselves, "" when unknown. Both hints are faint:
    in a thread one may have greeted already, and a name may be invented.
    """
    start = text.lstrip()
    first = given_name(name)
    span = (0, min(len(text), len(text) - len(start) + 1))
    if start and not GREETING.match(start):
        message = Message(UNGREETED, {"greeting": greeting(name)})
        return Signal("text.no_greeting", VERSION, span, 0.4, message)
    if start and first and first.casefold() not in start[:120].casefold():
        told = Message(NAMELESS, {"name": first})
        return Signal("text.no_name", VERSION, span, 0.3, told)
    return None


def given_name(name: str) -> str:
    """Return the first word of a display name when it looks like a given name."""
    first = name.split(maxsplit=1)[0] if name.strip() else ""
    fits = len(first) <= LONGEST_NAME and GIVEN_NAME.fullmatch(first)
    return first if fits else ""


def greeting(name: str) -> str:
    """Return "Hej Kim!", or "Hej!" to somebody who gives no name."""
    first = given_name(name)
    return f"Hej {first}!" if first else "Hej!"


def _any_of(phrases: list[str]) -> str:
    longest_first = sorted(phrases, key=len, reverse=True)
    escaped = (re.escape(phrase).replace(r"\ ", r"\s+") for phrase in longest_first)
    return rf"(?:{'|'.join(escaped)})\b"


SHOUTS = N_("Capitals and rows of signs are read as shouting.")
UNGREETED = N_("Begin with a greeting, for example “%(greeting)s”.")
NAMELESS = N_("“%(name)s” is the name given. Use it if it seems to be their own.")
MESSAGES = {
    "irritated": N_("“%(phrase)s” may sound irritated. Rather: %(instead)s."),
    "blaming": N_("“%(phrase)s” may sound blaming. Rather: %(instead)s."),
}
FRIENDLIER = {phrase: (kind, other) for kind, phrase, other in read_rows("tone.txt")}
TONE = re.compile(r"\b" + _any_of(list(FRIENDLIER)), re.I)
GREETING = re.compile(
    r"(?:@\S{1,80}\s+)?[\W_]*" + _any_of(list(read_lines("greetings.txt"))), re.I
)
