"""Judges each row of an uploaded list of channels: what it enters, or what stops it.

Nothing is stored here. All that rows are compared with is fetched once, so that five
rows and five thousand cost as many queries.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from uppsikt.channels import import_accounts, import_places, taken
from uppsikt.channels.actions import Application
from uppsikt.channels.forms import purpose_choices
from uppsikt.channels.headings import FIELDS, Layout, folded, labels
from uppsikt.channels.import_accounts import Account, Fault
from uppsikt.governance.models import Node, User
from uppsikt.policy.guideline import Guideline
from uppsikt.policy.words import N_, Message
from uppsikt.records import table_files
from uppsikt.records.table_rows import Row, Table

_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_LONGEST: Final = {"name": 200, "contact": 254}


@dataclass(slots=True)
class Judged:
    """A row of the file, and what is to be said of it.

    Without faults it is entered, at `place`; with `known` it stands there already.
    """

    number: int
    told: Mapping[str, str]
    faults: list[Message] = field(default_factory=list)
    warnings: list[Message] = field(default_factory=list)
    known: bool = False
    place: Node | None = None
    application: Application | None = None

    @property
    def enters(self) -> bool:
        return self.application is not None and not self.faults and not self.known

    @property
    def outcome(self) -> str:
        """Return "fault", "known", "warning" or "ok"."""
        if self.faults:
            return "fault"
        if self.known:
            return "known"
        return "warning" if self.warnings else "ok"


class Known:
    """What rows are compared with: places, people and accounts, by six queries."""

    def __init__(self, guideline: Guideline) -> None:
        kinds = (Node.Kind.DEPARTMENT, Node.Kind.UNIT)
        self.places = list(Node.objects.filter(kind__in=kinds, closed_at=None))
        people = list(User.objects.filter(is_active=True))
        self.by_address = {user.email.lower(): user for user in people}
        self.by_name = _by_name(people)
        self.accounts = taken.standing()
        self.purposes = {
            key: code
            for code, words in purpose_choices(guideline)
            for key in (folded(code), folded(words))
        }


def judged(table: Table, layout: Layout, known: Known) -> list[Judged]:
    """Return what would become of each row below the headings."""
    merged = _merged_rows(table)
    seen: dict[str, int] = {}
    found = []
    for row in table.rows:
        if row.number > layout.header.number:
            one = _one(row, layout, known)
            if ref := merged.get(row.number):
                one.faults.insert(0, _merged(ref))
            _compare(one, known, seen)
            found.append(one)
    return found


def _one(row: Row, layout: Layout, known: Known) -> Judged:
    told = {name: _plain(row[place]) for name, place in layout.columns.items()}
    one = Judged(row.number, {name: told.get(name, "") for name in FIELDS})
    one.faults += _formulas(row, layout)
    one.faults += _lengths(one.told)
    one.place = _place(one, known)
    account = _account(one)
    if account and one.told["name"]:
        one.application = _application(one, account, known)
    return one


def _plain(cell: str) -> str:
    """Return a cell as it was before our own export made it harmless to Excel."""
    bare = cell[1:]
    return bare if cell[:1] == "'" and table_files.whole(bare) == cell else cell


def _formulas(row: Row, layout: Layout) -> Iterator[Message]:
    said = labels()
    for name, place in layout.columns.items():
        if place in row.formulas:
            words = N_(
                "“%(column)s” holds a formula. Paste its value in Excel instead "
                "(Paste special, Values)."
            )
            yield Message(words, {"column": said[name]})


def _lengths(told: Mapping[str, str]) -> Iterator[Message]:
    if not told["name"]:
        yield Message(N_("The name is missing. Write what the channel is called."))
    for name, limit in _LONGEST.items():
        if len(told[name]) > limit:
            words = N_("“%(column)s” is longer than %(limit)d letters.")
            yield Message(words, {"column": labels()[name], "limit": limit})


def _account(one: Judged) -> Account | None:
    told = one.told
    try:
        account = import_accounts.told(told["site"], told["url"], told["handle"])
    except Fault as fault:
        one.faults.append(fault.reason)
        return None
    one.warnings += account.warnings
    return account


def _compare(one: Judged, known: Known, seen: dict[str, int]) -> None:
    """Note an account that is in the register, or stands on an earlier row."""
    if one.application is None:
        return
    keys = one.application.keys
    one.known = not keys.isdisjoint(known.accounts)
    if first := min((seen[key] for key in keys & seen.keys()), default=0):
        words = N_("The same account stands on row %(row)d.")
        one.faults.append(Message(words, {"row": first}))
    for key in keys:
        seen.setdefault(key, one.number)


def _place(one: Judged, known: Known) -> Node | None:
    try:
        place = import_places.told(
            one.told["department"], one.told["unit"], known.places
        )
    except Fault as fault:
        one.faults.append(fault.reason)
        return None
    one.warnings += place.warnings
    return place.node


def _application(one: Judged, account: Account, known: Known) -> Application:
    told = one.told
    owner = _person(one, told["owner"], known)
    deputy = _person(one, told["deputy"], known)
    if owner and owner == deputy:
        words = N_("The substitute is the person responsible, and is left out.")
        one.warnings.append(Message(words))
        deputy = None
    card: dict[str, object] = {
        name: told[name] for name in ("purpose", "audience", "description")
    }
    card["purpose_codes"] = _purposes(one, known)
    card["contact"] = _contact(one, known)
    return Application(
        account.site,
        account.handle,
        account.url,
        told["name"],
        owner=owner,
        deputy=deputy,
        card=card,
    )


def _person(one: Judged, text: str, known: Known) -> User | None:
    """Return a colleague by address or name; one who is not here is left out."""
    if not text:
        return None
    by_address = known.by_address.get(text.lower())
    if found := by_address or known.by_name.get(" ".join(text.lower().split())):
        return found
    words = N_(
        "Nobody here is called “%(text)s”: it is entered without that person. Invite "
        "them, and name them on the channel's card."
    )
    one.warnings.append(Message(words, {"text": text}))
    return None


def _by_name(people: list[User]) -> dict[str, User]:
    """Return people by their whole name, where only one is called so."""
    named: dict[str, list[User]] = {}
    for user in people:
        named.setdefault(user.get_full_name().lower(), []).append(user)
    return {name: users[0] for name, users in named.items() if len(users) == 1}


def _purposes(one: Judged, known: Known) -> list[str]:
    told = re.split(r"[;,|\n]", one.told["purpose_codes"])
    codes = []
    for text in filter(None, map(str.strip, told)):
        if code := known.purposes.get(folded(text)):
            codes.append(code)
        else:
            words = N_("“%(text)s” is none of the guideline's purposes: left out.")
            one.warnings.append(Message(words, {"text": text}))
    return list(dict.fromkeys(codes))


def _contact(one: Judged, known: Known) -> str:
    text = one.told["contact"]
    if not text:
        return ""
    if text.lower() in known.by_address:
        words = N_(
            "The contact is a person's own address, and is left out (it is public)."
        )
        one.warnings.append(Message(words))
        return ""
    if not _EMAIL.fullmatch(text):
        words = N_("“%(text)s” is no e-mail address, and is left out.")
        one.warnings.append(Message(words, {"text": text}))
        return ""
    return text


def _merged_rows(table: Table) -> dict[int, str]:
    """Return, by row, the cells that are merged there."""
    last = table.rows[-1].number
    return {
        number: cells.ref
        for cells in table.merged
        for number in range(cells.first, min(cells.last, last) + 1)
    }


def _merged(ref: str) -> Message:
    words = N_(
        "The cells %(ref)s are merged, so that only the first holds the value. Unmerge "
        "them in Excel and write the value on each row."
    )
    return Message(words, {"ref": ref})
