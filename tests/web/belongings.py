"""What the library has in the program: one of each thing an address can name."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.web import belongings_clocks, for_answers, talks
from tests.web.judging import draw, judged
from tests.web.watch_belongings import watched
from uppsikt.channels import finding, suggesting
from uppsikt.channels.models import (
    AccessHolder,
    Authorisation,
    CardChange,
    Channel,
    Feedback,
    FoundAccount,
    Import,
    Measure,
    PresenceOrder,
    ProfileReading,
    Risk,
)
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import (
    Absence,
    Adoption,
    Assignment,
    Exemption,
    LocalDecision,
    Node,
    Proposal,
    User,
)
from uppsikt.inbox.models import (
    Item,
    ItemVersion,
    Module,
    Party,
    PrivateMessage,
    Tick,
)
from uppsikt.moderation.models import Case, Evidence, EvidenceFile
from uppsikt.platforms.accounts import Account, canonical
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
    def reading(self) -> ProfileReading:
        return self.channel.profile_readings.earliest("pk")

    @property
    def card_change(self) -> CardChange:
        return self.channel.changes.earliest("pk")

    @property
    def exemption(self) -> Exemption:
        return Exemption.objects.get(node=self.channel.node)

    @property
    def authorisation(self) -> Authorisation:
        return Authorisation.objects.get(node=self.channel.node, kind="represent")

    @property
    def found(self) -> FoundAccount:
        return FoundAccount.objects.earliest("pk")

    @property
    def feedback(self) -> Feedback:
        return self.channel.feedback.earliest("pk")

    @property
    def message(self) -> PrivateMessage:
        return PrivateMessage.objects.get(conversation__channel=self.channel)

    @property
    def risk(self) -> Risk:
        return self.channel.risks.earliest("pk")

    @property
    def measure(self) -> Measure:
        return self.risk.measures.earliest("pk")

    @property
    def absence(self) -> Absence:
        return self.anna.absences.earliest("pk")

    @property
    def proposal(self) -> Proposal:
        return Proposal.objects.earliest("pk")

    @property
    def module(self) -> Module:
        return Module.objects.earliest("pk")

    @property
    def party(self) -> Party:
        return Party.objects.earliest("pk")

    @property
    def local(self) -> LocalDecision:
        return LocalDecision.objects.earliest("pk")

    @property
    def imported(self) -> Import:
        return Import.objects.earliest("pk")

    @property
    def role(self) -> Assignment:
        return self.anna.assignments.earliest("pk")


def told_in(page: str) -> list[str]:
    """Return what a page tells of the library that is the library's own."""
    return [secret for secret in THEIRS if secret in page]


def of(channel: Channel, anna: User, token: str, at: datetime) -> World:
    """Give the library one of each."""
    blob = vault.keep(WRITTEN.encode(), "text/plain", at=at)
    _import(blob, anna, at)
    version = _version(channel, blob, at)
    registration = _registration(version.item, at)
    _exemption(channel, anna, at)
    _people(channel, anna, at)
    _steering(channel, anna, at)
    belongings_clocks.give(channel, WRITTEN, anna, at)
    _sent_in(channel, at)
    _reading(channel, blob, anna, at)
    talks.begin(version.item, at)
    talks.report(version.item, anna, at)
    case = _case(version.item, registration, at)
    _ordered(channel, anna, at)
    for_answers.give(channel, anna, _entry("party.add", at), at)
    _changed(channel, anna, at)
    judged(version, anna, at)
    draw(channel, version, at)
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
        watched(channel, anna, _entry, at),
    )


def _changed(channel: Channel, anna: User, at: datetime) -> None:
    CardChange.objects.create(
        channel=channel,
        status="waiting",
        changed=["description"],
        name=channel.name,
        description=WRITTEN,
        proposed_by=anna,
        proposed_at=at,
    )


def _ordered(channel: Channel, anna: User, at: datetime) -> None:
    PresenceOrder.objects.create(
        channel=channel,
        status="given",
        kind=PresenceOrder.Kind.CHANGE,
        what=WRITTEN,
        reason=WRITTEN,
        due_on=at.date(),
        given_by=anna,
        given_at=at,
    )


def _steering(channel: Channel, anna: User, at: datetime) -> None:
    """Let a new version of the guideline be drafted, and the library have a routine."""
    base = Adoption.objects.latest("starts_at")
    Proposal.objects.create(
        node=Node.objects.get(parent=None),
        status="draft",
        base=base,
        source=base.source,
        title=WRITTEN,
        reasons=WRITTEN,
        by=anna,
        at=at,
    )
    assert channel.node.parent is not None
    LocalDecision.objects.create(
        node=channel.node.parent,
        kind=LocalDecision.Kind.ROUTINE,
        title=WRITTEN,
        text=WRITTEN,
        decided_by="Bibliotekschefen",
        decided_on=at.date(),
        diary_number="2026/KFN 0001",
        valid_from=at.date(),
        at=at,
        by=anna,
        entry=_entry("local.decide", at),
    )


def _import(blob: Blob, anna: User, at: datetime) -> None:
    """Let a list wait that somebody at the office has uploaded."""
    Import.objects.create(
        file_name="kanaler.csv", blob=blob, uploaded_by=anna, uploaded_at=at
    )


def _entry(act: str, at: datetime) -> Entry:
    return ledger.append(act, "node:1", {"files": {}}, actor="clock", at=at)


def _sent_in(channel: Channel, at: datetime) -> None:
    """Let a citizen tell of an account, and leave a suggestion."""
    false = canonical("https://x.com/bibliioteket")
    assert isinstance(false, Account)
    citizen = Actor("anyone", None, ())
    finding.report(false, WRITTEN, actor=citizen, at=at)
    suggesting.leave(channel, WRITTEN, contact="", actor=citizen, at=at)


def _people(channel: Channel, anna: User, at: datetime) -> None:
    Authorisation.objects.create(
        node=channel.node,
        user=anna,
        kind="represent",
        since=at.date(),
        granted_by=anna,
        granted_at=at,
    )
    risk = Risk.objects.create(
        site=channel.site,
        channel=channel,
        description=WRITTEN,
        likelihood=2,
        consequence=3,
        entered_at=at,
        entered_by=anna,
    )
    Measure.objects.create(risk=risk, what=WRITTEN, owner=anna, due_on=at.date())
    Absence.objects.create(
        user=anna,
        first_day=at.date(),
        last_day=at.date(),
        entered_by=anna,
        entered_at=at,
    )


def _exemption(channel: Channel, anna: User, at: datetime) -> Exemption:
    return Exemption.objects.create(
        status="asked",
        node=channel.node,
        control="6-visual-identity",
        reason=WRITTEN,
        asked_by=anna,
        asked_at=at,
        until=at.date(),
    )


def _reading(channel: Channel, blob: Blob, anna: User, at: datetime) -> ProfileReading:
    return ProfileReading.objects.create(
        channel=channel,
        at=at,
        source="person",
        by=anna,
        picture=blob,
        place=WRITTEN,
        entry=_entry("profile.read", at),
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
