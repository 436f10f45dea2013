"""What a writer is told of an answer as it grows: hints, length, the platform's window.

Each hint says its section and what to do about it. None stops an answer but what the
guideline binds: the signature, and what the platform cannot take.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings

from uppsikt.channels import connecting
from uppsikt.checks.text import Signal, Signature
from uppsikt.checks.text.links import host_of
from uppsikt.checks.text.reply import FAINT, Occasion, examine_reply
from uppsikt.checks.text.tone import greeting
from uppsikt.governance import rules
from uppsikt.governance.models import User
from uppsikt.inbox import drafts
from uppsikt.inbox.models import Item
from uppsikt.platforms import writing
from uppsikt.platforms.base import ItemKind
from uppsikt.policy.guideline import Guideline
from uppsikt.policy.words import N_

_ACT: Final = "förvaltningslagen 6 §"
# What each family of rules rests on: a row of the guideline, or else a law, and what
# to do. The longest beginning of a rule's name decides.
_RESTS_ON: Final = {
    "response.unsigned": ("R-6.2-7", N_("End the text with that line.")),
    "text.not_du": ("R-6.2-10", N_("Write “du”, also to somebody who writes “ni”.")),
    "text.officialese": ("R-6.2-11", N_("Choose the plainer word.")),
    "text.house_word": ("R-6.2-11", N_("Change the word.")),
    "text.left_open": ("R-6.2-2", N_("Write what belongs there, or take it out.")),
    "text.no_greeting": ("R-6.2-2", N_("Put a greeting first.")),
    "text.no_name": ("R-6.2-2", N_("Add the name, or leave it.")),
    "tone.": ("R-6.2-9", N_("Read it once as the person who gets it.")),
    "profanity": ("R-6.2-9", N_("Choose another word.")),
    "link.": (_ACT, N_("Write a whole https address, with words for what it is.")),
    "personal_data": (
        "dataskyddsförordningen artikel 5",
        N_("Take it out, or move the matter to a safe channel."),
    ),
    "message.asks": (_ACT, N_("Move the matter to a safe channel.")),
}
_ELSE: Final = ("R-6.2-9", N_("Read the place once more."))


@dataclass(frozen=True, slots=True)
class Hint:
    """One hint as it is shown: what, where in the text, what to do, and why."""

    signal: Signal
    words: str
    fix: str
    rests_on: str
    is_section: bool

    @property
    def faint(self) -> bool:
        """Tell whether it is shown beside the text and not asked about at the end."""
        return self.signal.certainty < FAINT

    @property
    def binds(self) -> bool:
        return self.signal.rule == drafts.BINDING


@dataclass(frozen=True, slots=True)
class Reading:
    """A draft as it has been read: its hints, and its length where that is known."""

    hints: tuple[Hint, ...]
    length: int
    most: int | None
    binds: bool

    @property
    def too_long(self) -> bool:
        return self.most is not None and self.length > self.most

    @property
    def left(self) -> int:
        return (self.most or 0) - self.length

    @property
    def advice(self) -> tuple[Hint, ...]:
        """Return what to ask about once before it is sent: no faint hint, no demand."""
        return tuple(h for h in self.hints if not (h.faint or h.binds))


def read(text: str, item: Item, user: User, *, at: datetime) -> Reading:
    """Read what `user` is about to answer to `item`; raise `NoTitle` as `signature`."""
    guideline = rules.in_force(at)
    weighed = occasion(item, drafts.signature(user), guideline)
    found = examine_reply(text, weighed) if text.strip() else ()
    hints = [_hint(signal, text, guideline) for signal in found]
    hints.sort(key=lambda hint: not hint.binds)
    return Reading(tuple(hints), *_length(text.strip(), item))


def afterwards(
    text: str, item: Item, signature: Signature | None, *, at: datetime
) -> tuple[Hint, ...]:
    """Return the hints on an answer to `item` that is out; the surest first."""
    guideline = rules.in_force(at)
    found = examine_reply(text, occasion(item, signature, guideline))
    hints = [_hint(signal, text, guideline) for signal in found]
    return tuple(sorted(hints, key=lambda hint: -hint.signal.certainty))


def occasion(item: Item, signature: Signature | None, guideline: Guideline) -> Occasion:
    """Return what the text is weighed against, by the guideline and the platform."""
    return Occasion(
        signature=signature,
        reader=item.author_name,
        words=dict(_pairs(guideline)),
        ours=frozenset(_own_sites(guideline)),
        links_work=writing.at(item.channel.site).links_work,
    )


def beginning(item: Item, user: User) -> str:
    """Return an answer that is begun: a greeting, room, and the signature (R-6.2-2)."""
    return f"{greeting(item.author_name)}\n\n{drafts.beginning(user)}"


def window(item: Item) -> tuple[datetime, datetime] | None:
    """Return until when the platform lets us answer a private message, if it says.

    First freely, then by a person only; its own rule, beside our deadline.
    """
    takes = writing.at(item.channel.site)
    private = item.kind == ItemKind.MESSAGE and not item.public
    if not private or takes.window is None or takes.window_by_person is None:
        return None
    return item.published_at + takes.window, item.published_at + takes.window_by_person


def rules_of_writing(guideline: Guideline) -> str:
    """Return where the municipality's writing rules are, "" where nobody says."""
    known = "writing_rules" in guideline.parameters
    return guideline.text("writing_rules") if known else ""


def of_other_languages(guideline: Guideline) -> str:
    """Return how the municipality answers in other languages, "" where nobody says."""
    known = "other_languages" in guideline.parameters
    return guideline.text("other_languages") if known else ""


def _length(text: str, item: Item) -> tuple[int, int | None, bool]:
    """Return how long it is, the most that fits, and whether more is stopped."""
    connector, takes = connecting.connector(item.channel), writing.at(item.channel.site)
    if connector.can or takes.most is None:
        return connector.length(text), connector.max_length, True
    return takes.count(text), takes.most, False


def _hint(signal: Signal, text: str, guideline: Guideline) -> Hint:
    families = sorted(_RESTS_ON, key=len, reverse=True)
    family = next((f for f in families if signal.rule.startswith(f)), "")
    source, fix = _RESTS_ON.get(family, _ELSE)
    section = guideline.section_of(source)
    words = text[slice(*signal.span)]
    return Hint(signal, words, fix, section or source, bool(section))


def _pairs(guideline: Guideline) -> Iterator[tuple[str, str]]:
    for row in _listed("word_list", guideline):
        word, _colon, ours = row.partition(":")
        if word.strip() and ours.strip():
            yield word.strip(), ours.strip()


def _own_sites(guideline: Guideline) -> Iterator[str]:
    yield from (site.lower() for site in _listed("own_sites", guideline))
    for link in (settings.WEBSITE, settings.PUBLIC_ADDRESS):
        if host := host_of(link):
            yield host


def _listed(name: str, guideline: Guideline) -> list[str]:
    """Return a list of the guideline; empty where an older version has none."""
    known = guideline.parameters.get(name)
    rows = known.value if known else []
    return [str(row) for row in rows] if isinstance(rows, list) else []
