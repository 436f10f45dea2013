"""What is known of a case, put as facts for the controls that gate its moves."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q

from uppsikt.channels.models import Channel
from uppsikt.governance import rules
from uppsikt.moderation.life import CaseLife
from uppsikt.moderation.models import Case, Report
from uppsikt.policy import facts as f
from uppsikt.policy.facts import Facts, Seen
from uppsikt.policy.grounds import Ground
from uppsikt.records import ledger
from uppsikt.records.models import Registration
from uppsikt.sending.life import OutgoingLife

NOT_NEEDED = "–"
# A notice that nobody has seen at the platform has told the author nothing.
TOLD = (OutgoingLife.confirmed.name,)
NOT_REMOVED = (
    CaseLife.opened.name,
    CaseLife.proposed.name,
    CaseLife.condemned.name,
    CaseLife.secured.name,
    CaseLife.by_hand.name,
    CaseLife.unconfirmed.name,
)


_REPORTS = tuple(Report.To)
_REPORTED = [
    Exists(Report.objects.filter(case=OuterRef("pk"), to=to)) for to in _REPORTS
]
FINISHED = Q(*_REPORTED, registration__diary_number__isnull=False) & (
    ~Q(notice_impossible="") | Q(notice__status__in=TOLD)
)
"""Removed cases of which all is done that their closing asks for."""


def of(case: Case, *, at: datetime) -> Facts:
    """Return the facts of `case` at `at`."""
    return Facts.of(_told(case, at))


def _told(case: Case, at: datetime) -> Iterator[Seen]:
    ground = rules.in_force(at).grounds.get(case.ground)
    yield Seen(f.GROUND, ground.code if ground else "", case.knowledge_at)
    yield Seen(f.MOTIVE, _motive(case, ground), case.knowledge_at)
    yield Seen(f.SECOND_PERSON, _second(case, ground), case.knowledge_at)
    yield Seen(f.EVIDENCE, _is_sealed(case), case.knowledge_at)
    yield Seen(f.AUTHOR_TOLD, _author(case), case.knowledge_at)
    yield Seen(f.DIARY_NUMBER, _number(case), case.knowledge_at)
    answered = case.reports.count() == len(_REPORTS)
    yield Seen(f.REPORTS_DECIDED, answered, case.knowledge_at)


def _motive(case: Case, ground: Ground | None) -> str:
    if ground is None or ground.motive == "none":
        return NOT_NEEDED
    return case.motive.strip()


def _second(case: Case, ground: Ground | None) -> str:
    if ground is None or ground.motive != "second_person":
        return NOT_NEEDED
    return str(case.second_person or "")


def _is_sealed(case: Case) -> bool:
    entry = case.evidence_entry
    return entry is not None and ledger.is_sealed(entry)


def _author(case: Case) -> str:
    if case.notice_impossible:
        return case.notice_impossible
    sent = case.notice is not None and case.notice.status in TOLD
    return str(case.notice.sent_at) if sent and case.notice else ""


def _number(case: Case) -> str:
    return (case.registration and case.registration.diary_number) or ""


def of_channels(channels: Sequence[Channel], *, at: datetime) -> dict[int, list[Seen]]:
    """Return, by channel, how many removals and registrations are overdue.

    Two queries, however many channels.
    """
    stands = Q(status__in=NOT_REMOVED)
    # A special case is late until what it is about is hidden at the platform.
    stands |= Q(status=CaseLife.special.name, removed_at=None)
    late = _count(
        Case.objects.filter(stands, channel__in=channels, due_at__lt=at).values_list(
            "channel"
        ),
    )
    waiting = Registration.objects.filter(diary_number=None, due_at__lt=at)
    unregistered = _count(
        Case.objects.filter(channel__in=channels, registration__in=waiting).values_list(
            "channel"
        ),
    )
    return {
        c.pk: [
            Seen(f.REMOVALS_OVERDUE, late.get(c.pk, 0), at),
            Seen(f.UNREGISTERED, unregistered.get(c.pk, 0), at),
        ]
        for c in channels
    }


def _count(rows: "object") -> dict[int, int]:
    return dict(rows.annotate(Count("pk")).order_by())  # type: ignore[attr-defined]
