"""Standard answers: write, propose, approve, retire, and put one into an answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.dateformat import format as written

from uppsikt.checks.text import fill_ins
from uppsikt.checks.text.tone import given_name
from uppsikt.governance import moves, rules
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Node, User
from uppsikt.inbox import drafts
from uppsikt.inbox.models import Item, Module
from uppsikt.inbox.module_life import ModuleLife
from uppsikt.records import ledger

SOON: Final = timedelta(days=30)
"""How long before its last day a standard answer is to be looked at again."""
OFFERED: Final = 200


class UnknownFillIn(Exception):
    """The text leaves something open that nothing fills in. `names` are those."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(", ".join(names))
        self.names = names


class HasFollower(Exception):
    """Somebody is writing the next version already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What a standard answer says: name, words, kind, language, and until when."""

    name: str
    text: str
    kind: str
    language: str = Module.Language.SV
    valid_until: date | None = None


@transaction.atomic
def write(
    node: Node,
    wording: Wording,
    *,
    asked: Item | None = None,
    actor: Actor,
    at: datetime,
) -> Module:
    """Begin a standard answer that is to hold at `node` and below.

    `asked` is the question that it was made from, if it was made from one.

    Raises `NotYours` and `UnknownFillIn` as `revise`.
    """
    module = _new(node, wording, actor, at)
    module.asked = asked
    moves.begin(ModuleLife.write, module, actor=actor, at=at)
    return module


@transaction.atomic
def revise(module: Module, wording: Wording, *, actor: Actor, at: datetime) -> None:
    """Write a draft anew.

    Raises:
        NotYours: the guideline does not let the actor write here.
        TooLate: it is no draft any more.
        UnknownFillIn: it leaves open what nothing fills in.
    """
    moves.must_make(ModuleLife.propose, module, actor, at=at)
    _must_be_filled(wording)
    changes = {**_columns(wording), "written_by": actor.person, "written_at": at}
    rows = Module.objects.filter(pk=module.pk, status=ModuleLife.draft.name)
    if not rows.update(**changes):
        raise moves.TooLate
    told: dict[str, ledger.JsonValue] = {"name": wording.name, "text": wording.text}
    ledger.append("module.revise", module.subject, told, actor=actor.name, at=at)
    module.refresh_from_db()


@transaction.atomic
def follow(module: Module, *, actor: Actor, at: datetime) -> Module:
    """Begin the next version of an approved standard answer, with the same words.

    Raises:
        HasFollower: the next version is begun already.
        TooLate: only what is approved has a next version.
    """
    if module.status != ModuleLife.approved.name:
        raise moves.TooLate
    if module.followers.exclude(status=ModuleLife.retired.name).exists():
        raise HasFollower
    new = _new(module.node, wording_of(module), actor, at)
    new.number, new.follows = module.number + 1, module
    moves.begin(ModuleLife.write, new, actor=actor, at=at)
    return new


def propose(module: Module, *, actor: Actor, at: datetime) -> None:
    """Ask for approval."""
    moves.make(ModuleLife.propose, module, actor=actor, at=at)


@transaction.atomic
def approve(module: Module, *, actor: Actor, at: datetime) -> None:
    """Approve what a colleague wrote; the version it follows is retired with it."""
    changes = {"approved_at": at}
    moves.make(ModuleLife.approve, module, actor=actor, at=at, changes=changes)
    before = module.follows
    if before is not None and ModuleLife.retire.leaves(before.status):
        why = f"version {module.number}"
        moves.make(ModuleLife.retire, before, actor=actor, at=at, why=why)


def send_back(module: Module, *, why: str, actor: Actor, at: datetime) -> None:
    """Give it back to its writer, and say why."""
    moves.make(ModuleLife.send_back, module, actor=actor, at=at, why=why)


def retire(module: Module, *, why: str, actor: Actor, at: datetime) -> None:
    """Let nobody use it any more; it stays where it was used."""
    moves.make(ModuleLife.retire, module, actor=actor, at=at, why=why)


def usable(item: Item, *, at: datetime) -> Iterable[Module]:
    """Return the standard answers that may be put into an answer to `item`."""
    today = timezone.localtime(at).date()
    rows = Module.objects.usable(item.path, today).order_by("kind", "name", "pk")
    return rows[:OFFERED]


def insert(module: Module, item: Item, text: str, user: User, *, at: datetime) -> str:
    """Return `text` with the module's words before the signature, and count the use.

    What was only begun, a greeting and a signature, gives way to the whole answer.
    """
    Module.objects.filter(pk=module.pk).update(used=F("used") + 1)
    words = filled(module.text, item, at=at)
    end = drafts.beginning(user)
    said = text.replace("\r\n", "\n").rstrip()
    said = said.removesuffix(end.strip()).rstrip() if end else said
    opening = "\n" not in said and len(said) <= len("Hej !") + LONGEST_NAME
    return (words if opening else f"{said}\n\n{words}") + end


def filled(text: str, item: Item, *, at: datetime) -> str:
    """Return a standard text as it reads to who wrote `item`."""
    due = item.full_due_at
    day = timezone.localtime(due).date() if due and due > at else None
    known = {
        fill_ins.FIRST_NAME: given_name(item.author_name),
        fill_ins.DAY: written(day, "j F") if day else "",
        fill_ins.CONTACT: item.channel.contact,
        fill_ins.MUNICIPALITY: rules.in_force(at).municipality,
    }
    return fill_ins.fill(text, known)


def wording_of(module: Module) -> Wording:
    """Return what a standard answer says."""
    return Wording(
        name=module.name,
        text=module.text,
        kind=module.kind,
        language=module.language,
        valid_until=module.valid_until,
    )


LONGEST_NAME: Final = 30


def _new(node: Node, wording: Wording, actor: Actor, at: datetime) -> Module:
    _must_be_filled(wording)
    return Module(
        node=node, written_by=actor.person, written_at=at, **_columns(wording)
    )


def _columns(wording: Wording) -> dict[str, object]:
    return {
        "name": wording.name.strip(),
        "text": wording.text.strip().replace("\x00", ""),
        "kind": wording.kind,
        "language": wording.language,
        "valid_until": wording.valid_until,
    }


def _must_be_filled(wording: Wording) -> None:
    if names := fill_ins.unknown(wording.text):
        raise UnknownFillIn(names)
