"""One function per act on a reported account: tell, judge, tell the platform (D-34)."""

from datetime import datetime
from typing import Final

from django.db import transaction

from uppsikt.channels import receipts, verifying
from uppsikt.channels.found_life import FoundLife
from uppsikt.channels.models import Channel, FoundAccount
from uppsikt.channels.models.found import sealed
from uppsikt.channels.reception import receiver
from uppsikt.governance import moves, rules
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Node
from uppsikt.platforms.accounts import Account, canonical
from uppsikt.policy.lifecycle import Move
from uppsikt.records import ledger, vault

JUDGEMENTS: Final = (FoundLife.claim, FoundLife.condemn, FoundLife.dismiss)
"""What a report can be found to be, with a reason; a private account is let go."""


class AlreadyOurs(Exception):
    """The account stands in the register: there is nothing to tell of."""

    def __init__(self, channel: Channel) -> None:
        super().__init__(str(channel))
        self.channel = channel


class NotEntered(Exception):
    """The account does not stand in the register yet."""


class NoMunicipality(Exception):
    """There is no municipality yet for the account to be reported to."""


@transaction.atomic
def report(account: Account, said: str, *, actor: Actor, at: datetime) -> FoundAccount:
    """Take in what anybody tells of an account, and give it a receipt number.

    Raises:
        AlreadyOurs: it is an account of ours.
        NoMunicipality: nobody has begun with the program.
    """
    known = verifying.verify(account.url, at=at)
    if known.channel and known.answer is verifying.Answer.OFFICIAL:
        raise AlreadyOurs(known.channel)
    found = _reported(account, said, actor, at)
    moves.begin(FoundLife.report, found, actor=receiver(actor), at=at)
    told = {"file": found.content_id, "receipt": found.receipt}
    subject, act = found.subject, "found.content"
    entry = ledger.append(act, subject, told, actor=actor.name, at=at)
    found.content_entry = entry
    found.save(update_fields=["content_entry"])
    return found


@transaction.atomic
def judge(
    found: FoundAccount, move: Move, *, why: str, actor: Actor, at: datetime
) -> None:
    """Judge what an account is, with the reason, in every report of it at once."""
    if move not in JUDGEMENTS:
        raise ValueError(str(move))
    for one in _same(found):
        changes = {"judged_at": at}
        moves.make(move, one, actor=actor, at=at, why=why, changes=changes)


@transaction.atomic
def let_go(found: FoundAccount, *, actor: Actor, at: datetime) -> None:
    """Let a private person's account go: nobody's private account is watched.

    All that was said of it is disposed of, in the row, the vault and the ledger. What
    stays is a digest by which a second report is known.
    """
    for one in _same(found):
        _empty(one, actor=actor, at=at)


@transaction.atomic
def register(found: FoundAccount, *, actor: Actor, at: datetime) -> Channel:
    """Note that the account stands in the register, or raise `NotEntered`."""
    channel = entered(found)
    if channel is None:
        raise NotEntered
    moves.make(FoundLife.register, found, actor=actor, at=at)
    told = {"channel": channel.subject}
    ledger.append("found.entered", found.subject, told, actor=actor.name, at=at)
    return channel


@transaction.atomic
def tell_platform(
    found: FoundAccount,
    *,
    reference: str,
    police: FoundAccount.Police,
    note: str,
    actor: Actor,
    at: datetime,
) -> None:
    """Note that the platform was told, by which reference, and what of the police."""
    changes = {
        "platform_reference": reference,
        "police": police.value,
        "police_note": note,
    }
    move = FoundLife.tell_platform
    moves.make(move, found, actor=actor, at=at, changes=changes)
    ledger.append("found.told", found.subject, changes, actor=actor.name, at=at)


def vanish(found: FoundAccount, *, actor: Actor, at: datetime) -> None:
    """Note that the false account is gone; the warning for its address stays."""
    changes = {"gone_at": at}
    moves.make(FoundLife.vanish, found, actor=actor, at=at, changes=changes)


def retract(found: FoundAccount, *, why: str, actor: Actor, at: datetime) -> None:
    """Take back that an account is false; nobody is warned of it any more."""
    moves.make(FoundLife.retract, found, actor=actor, at=at, why=why)


def entered(found: FoundAccount) -> Channel | None:
    """Return the channel of ours that holds the account, launched or not."""
    account = canonical(found.url)
    if not isinstance(account, Account):
        return None
    standing = Channel.objects.standing().filter(site=account.site)
    return next((c for c in standing if verifying.account_keys(c) & account.keys), None)


def judged_before(account: Account) -> FoundAccount | None:
    """Return the latest judgement of the same account, a private one too."""
    rows = FoundAccount.objects.about(account).exclude(judged_at=None)
    known = rows.order_by("-judged_at").first()
    return known or FoundAccount.objects.let_go(account).order_by("-judged_at").first()


def _reported(account: Account, said: str, actor: Actor, at: datetime) -> FoundAccount:
    top = Node.objects.filter(parent=None).first()
    if top is None:
        raise NoMunicipality
    named, by_id = _keys(account)
    text = f"{account.url}\n\n{said}"
    return FoundAccount(
        node=top,
        receipt=receipts.new("K"),
        site=account.site,
        key=named,
        id_key=by_id,
        url=account.url,
        said=said,
        content=vault.keep(text.encode(), "text/plain", at=at),
        reported_at=at,
        reported_by=actor.user,
    )


def _keys(account: Account) -> tuple[str, str]:
    """Return the key of the account's name, and of its stable id if that is told."""
    by_id = f"{account.site}#{account.remote_id}" if account.remote_id else ""
    [named] = account.keys - {by_id}
    return named, by_id


def _same(found: FoundAccount) -> list[FoundAccount]:
    """Return the report, and every other of the same account that waits."""
    others = FoundAccount.objects.to_judge().filter(key=found.key)
    return [found, *others.exclude(pk=found.pk).select_related("node")]


def _empty(found: FoundAccount, *, actor: Actor, at: datetime) -> None:
    blob, entry = found.content, found.content_entry
    changes = {
        "site": "",
        "url": "",
        "said": "",
        "content": None,
        "key": sealed(found.key),
        "id_key": sealed(found.id_key) if found.id_key else "",
        "judged_at": at,
    }
    moves.make(FoundLife.release, found, actor=actor, at=at, changes=changes)
    under = rules.in_force(at).text("private_account_disposal")
    if blob is not None:
        vault.dispose(blob, under=under, at=at)
    if entry is not None:
        ledger.dispose(entry, under=under)
    told = {"under": under}
    ledger.append("found.dispose", found.subject, told, actor=actor.name, at=at)
