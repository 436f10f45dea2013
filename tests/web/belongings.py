"""What the library has in the program: one of each thing an address can name."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from uppsikt.channels.models import AccessHolder, Channel
from uppsikt.governance.models import Assignment, User
from uppsikt.inbox.models import Item, ItemVersion, Tick
from uppsikt.moderation.models import Case, Evidence, EvidenceFile
from uppsikt.records import ledger, vault
from uppsikt.records.models import Blob, Entry, Package, Registration
from uppsikt.sending.models import Outgoing

# What only the library's own people know: no outsider's page may hold any of it.
WRITTEN = "Varför är bokbussen inställd hos oss?"
THEIRS = ("Svar där de är", WRITTEN)


@dataclass(frozen=True, slots=True)
class World:
    """The library's channel, its owner, and what they have in hand."""

    channel: Channel
    anna: User
    token: str
    version: ItemVersion
    outgoing: Outgoing
    case: Case
    evidence: EvidenceFile
    registration: Registration
    package: Package
    tick: Tick

    @property
    def holder(self) -> AccessHolder:
        return self.channel.access_holders.earliest("pk")

    @property
    def role(self) -> Assignment:
        return self.anna.assignments.earliest("pk")


def told_in(page: str) -> list[str]:
    """Return what a page tells of the library that is the library's own."""
    return [secret for secret in THEIRS if secret in page]


def of(channel: Channel, anna: User, token: str, at: datetime) -> World:
    """Give the library one of each."""
    blob = vault.keep(WRITTEN.encode(), "text/plain", at=at)
    version = _version(channel, blob, at)
    registration = _registration(version.item, at)
    case = _case(version.item, registration, at)
    return World(
        channel,
        anna,
        token,
        version,
        _outgoing(version.item, anna, at),
        case,
        _evidence(case, blob, at),
        registration,
        _package(case, at),
        _tick(channel, anna, at),
    )


def _entry(act: str, at: datetime) -> Entry:
    return ledger.append(act, "node:1", {"files": {}}, actor="clock", at=at)


def _tick(channel: Channel, anna: User, at: datetime) -> Tick:
    return Tick.objects.create(
        channel=channel,
        day=at.date(),
        by=anna,
        at=at,
        late=False,
        entry=_entry("watch.tick", at),
    )


def _version(channel: Channel, blob: Blob, at: datetime) -> ItemVersion:
    item = Item.objects.create(
        status="waiting",
        channel=channel,
        remote_id="reply-1",
        kind="reply",
        author_handle="kim.test",
        text=WRITTEN,
        how=Item.How.API,
        published_at=at,
        received_at=at,
        due_at=at + timedelta(days=1),
    )
    return ItemVersion.objects.create(
        item=item,
        number=1,
        text=WRITTEN,
        seen_at=at,
        raw=blob,
        entry=_entry("item.receive", at),
        picture=blob,
    )


def _outgoing(item: Item, anna: User, at: datetime) -> Outgoing:
    return Outgoing.objects.create(
        status="awaiting",
        channel=item.channel,
        kind=Outgoing.Kind.ANSWER,
        about=item.subject,
        text=WRITTEN,
        key="one",
        written_by=anna,
        written_at=at,
    )


def _case(item: Item, registration: Registration, at: datetime) -> Case:
    return Case.objects.create(
        status="opened",
        channel=item.channel,
        item=item,
        knowledge_at=at,
        known_through="watch",
        registration=registration,
    )


def _evidence(case: Case, blob: Blob, at: datetime) -> EvidenceFile:
    taken = Evidence.objects.create(
        case=case,
        moment=Evidence.Moment.BEFORE,
        method=Evidence.Method.RENDERING,
        author_shown="Kim",
        content_at=at,
        captured_at=at,
        captured_by="clock",
        entry=_entry("evidence", at),
    )
    part = EvidenceFile.Part.TEXT
    return EvidenceFile.objects.create(evidence=taken, part=part, blob=blob)


def _registration(item: Item, at: datetime) -> Registration:
    return Registration.objects.create(
        subject=item.subject,
        path=item.path,
        direction=Registration.Direction.RECEIVED,
        party="Kim",
        series="KS",
        title=WRITTEN,
        happened_at=at,
        asked_at=at,
        due_at=at + timedelta(days=1),
    )


def _package(case: Case, at: datetime) -> Package:
    return Package.objects.create(
        blob=vault.keep(b"paket", "application/zip", at=at),
        digest="0" * 64,
        title=WRITTEN,
        subject=case.subject,
        path=case.path,
        made_at=at,
        made_by="user:1",
        entry=_entry("package", at),
    )
