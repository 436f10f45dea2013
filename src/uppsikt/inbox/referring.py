"""What is not answered here: a political question, or somebody's own matter."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db import transaction

from uppsikt.channels import connecting
from uppsikt.checks.text import fill_ins
from uppsikt.checks.text.identity import find_requests_for_number
from uppsikt.governance import moves, rules
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import User
from uppsikt.inbox import actions, drafts, modules, parties
from uppsikt.inbox.models import Item, Judgement, Module
from uppsikt.policy.roles import Right
from uppsikt.records import ledger
from uppsikt.sending.models import Outgoing

PARTIES: Final = f"[{fill_ins.PARTIES}]"


class NoParties(Exception):
    """The list of parties is empty, so nobody can be named."""


class PartiesMissing(Exception):
    """The text does not name each party. `names` are those that it leaves out."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(", ".join(names))
        self.names = names


class AsksForNumber(Exception):
    """The text asks for an identity number, which is not written here (D-32)."""


class Nowhere(Exception):
    """Nothing says where the matter is moved to."""


@transaction.atomic
def judge(item: Item, *, political: bool, actor: Actor, at: datetime) -> None:
    """Note whether a person finds the question political; the latest word holds.

    What is decided, when, and where it stands is no political question: we answer it.
    """
    moves.must(Right.JUDGE_POLITICAL, actor, item.path, at=at)
    told = {"political": political, "by": actor.person, "at": at}
    Judgement.objects.update_or_create(item=item, defaults=told)
    ledger.append(
        "item.judge", item.subject, {"political": political}, actor=actor.name, at=at
    )


@transaction.atomic
def refer(item: Item, text: str, *, actor: Actor, at: datetime) -> Outgoing:
    """Order `text`, which names every party of the council (R-6.2-8).

    Raises:
        NoParties, PartiesMissing: not all are named.
        As `actions.answer`, besides.
    """
    must_name_all(text, at=at)
    judge(item, political=True, actor=actor, at=at)
    return actions.order(item, text, Outgoing.Kind.REFERRAL, actor=actor, at=at)


@transaction.atomic
def move_on(
    item: Item, text: str, where: str, *, actor: Actor, at: datetime
) -> Outgoing:
    """Order `text`, which leads a person's own matter to a safe channel (D-32).

    Raises:
        Nowhere: it does not say where to.
        AsksForNumber: it asks for an identity number.
        As `actions.answer`, besides.
    """
    if not where.strip():
        raise Nowhere
    must_not_ask(text)
    outgoing = actions.order(item, text, Outgoing.Kind.MOVED, actor=actor, at=at)
    Item.objects.filter(pk=item.pk).update(moved_to=where.strip())
    item.moved_to = where.strip()
    return outgoing


def must_not_ask(text: str) -> None:
    """Raise `AsksForNumber` for a text that asks for an identity number (D-32)."""
    if any(find_requests_for_number(text)):
        raise AsksForNumber


def must_name_all(text: str, *, at: datetime) -> None:
    """Raise unless `text` names each party that has a seat at `at`."""
    named = [party.name for party in parties.today(at)]
    if not named:
        raise NoParties
    said = " ".join(text.casefold().split())
    if left_out := [name for name in named if name.casefold() not in said]:
        raise PartiesMissing(left_out)


def referral(item: Item, user: User, *, at: datetime) -> str:
    """Return the referral, signed: with each party's link, or the names if it is short.

    The words are those of an approved standard answer, or else the guideline's.
    """
    known = parties.today(at)
    words = _words(item, Module.Kind.POLITICAL, "referral_text", at)
    if PARTIES not in words:
        words = f"{words}\n\n{PARTIES}"
    linked = "\n".join(f"{party.name}: {party.url}" for party in known)
    named = ", ".join(party.name for party in known)
    fills = (linked, named)
    texts = [_signed(words.replace(PARTIES, p), item, user, at) for p in fills]
    connector = connecting.connector(item.channel)
    fitting = (t for t in texts if connector.length(t) <= connector.max_length)
    return next(fitting, texts[-1])


def invitation(item: Item, user: User, *, at: datetime) -> str:
    """Return the words that lead a matter to a safe channel, signed."""
    words = _words(item, Module.Kind.SAFE_CHANNEL, "safe_channel_text", at)
    return _signed(words, item, user, at)


def political(item: Item) -> bool | None:
    """Return whether a person found the question political; None if nobody has."""
    rows = Judgement.objects.filter(item=item)
    return rows.values_list("political", flat=True).first()


def _words(item: Item, kind: str, parameter: str, at: datetime) -> str:
    found = (m for m in modules.usable(item, at=at) if m.kind == kind)
    module = next((m for m in found if m.language == Module.Language.SV), None)
    if module:
        return module.text
    known = rules.in_force(at).parameters.get(parameter)
    return str(known.value) if known else ""


def _signed(words: str, item: Item, user: User, at: datetime) -> str:
    return modules.filled(words, item, at=at) + drafts.beginning(user)
