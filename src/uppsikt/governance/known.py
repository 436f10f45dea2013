"""What governance knows of the municipality itself, put as facts."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count

from uppsikt.governance import law_checks, local_decisions, receipts, rules
from uppsikt.governance.models import Adoption, Assignment, GuidelineReview, Proposal
from uppsikt.policy import facts as f
from uppsikt.policy.facts import Facts, Seen
from uppsikt.policy.roles import Role


def of_municipality(*, at: datetime) -> Facts:
    """Return what is known of the municipality at `at`, by a fixed few queries."""
    return Facts.of(
        [*_document(at), *_oversight(at), *_people(at), *law_checks.facts(at)]
    )


def _document(at: datetime) -> Iterator[Seen]:
    version = receipts.version(at)
    if version is None:
        return
    since = version.starts_at
    first = not Adoption.objects.filter(starts_at__lt=since).exists()
    until = version.valid_until.isoformat() if version.valid_until else ""
    yield Seen(f.GUIDELINE_NUMBER, version.registry_number, since)
    yield Seen(f.REVISION_EXPLAINED, first or bool(version.changed), since)
    yield Seen(f.GUIDELINE_VALID_UNTIL, until, since)
    yield Seen(f.GUIDELINE_EXAMINED, version.registry_number, since)
    yield from _reviews(at)


def _oversight(at: datetime) -> Iterator[Seen]:
    """Yield what the data protection officer decided of daily oversight (D-21)."""
    held = local_decisions.oversight_by_report(at)
    for row in held:
        told = (row.diary_number, row.at)
        yield Seen(f.OVERSIGHT_BY_REPORT, *told, by=row.decided_by, note=row.title)


def _reviews(at: datetime) -> Iterator[Seen]:
    done = GuidelineReview.objects.filter(at__lte=at).select_related("by")
    for row in done.order_by("at", "pk"):
        label = str(row.get_outcome_display())
        yield Seen(f.GUIDELINE_EXAMINED, label, row.at, by=str(row.by), note=row.notes)
        if row.outcome == GuidelineReview.Outcome.CHANGE:
            yield Seen(f.CHANGE_WANTED, row.notes, row.at, by=str(row.by))
    begun = Proposal.objects.filter(at__lte=at).order_by("at", "pk")
    for proposal in begun.select_related("by"):
        yield Seen(f.CHANGE_PROPOSED, proposal.title, proposal.at, by=str(proposal.by))


def _people(at: datetime) -> Iterator[Seen]:
    owner = rules.in_force(at).owned_by
    wanted = (owner, Role.COMMUNICATIONS_OFFICE)
    held = Assignment.objects.holding(at).filter(role__in=wanted, user__is_active=True)
    rows = held.values_list("role").annotate(people=Count("user", distinct=True))
    count = dict(rows.order_by())
    yield Seen(f.GUIDELINE_OWNERS, count.get(owner, 0), at)
    yield Seen(f.OFFICE_MEMBERS, count.get(Role.COMMUNICATIONS_OFFICE, 0), at)
