"""A case's steps in the guideline's order, each with how it stands (section 6.4)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext as _

from uppsikt.moderation.life import CaseLife
from uppsikt.moderation.models import Case
from uppsikt.moderation.telling import NOT_OUT, TO_BE_SEEN
from uppsikt.records import ledger

AT_A_PERSON = (
    CaseLife.by_hand.name,
    CaseLife.unconfirmed.name,
)
WAITING_FOR_US = (CaseLife.condemned.name, CaseLife.secured.name)


class Standing(StrEnum):
    """How a step stands: nobody need see a colour to know it."""

    DONE = "done"
    NOW = "now"
    STOPPED = "stopped"
    LATER = "later"

    @property
    def sign(self) -> str:
        return {"done": "✓", "now": "→", "stopped": "!", "later": "·"}[self]

    @property
    def colour(self) -> str:
        return {
            "done": "success",
            "now": "info",
            "stopped": "warning",
            "later": "neutral",
        }[self]

    @property
    def label(self) -> str:
        return {
            "done": _("Done"),
            "now": _("Under way"),
            "stopped": _("Waits for you"),
            "later": _("Not yet"),
        }[self]


@dataclass(frozen=True, slots=True)
class Link:
    """One step: what it is, how it stands, since when, and more in words."""

    label: str
    standing: Standing
    at: datetime | None = None
    words: str = ""
    anchor: str = ""


def of(case: Case) -> Iterator[Link]:
    """Yield the steps of an ordinary case, from the decision to the closing."""
    yield _decided(case)
    yield _sealed(case)
    yield _gone(case)
    if case.removed_at:
        yield from _afterwards(case)


def _decided(case: Case) -> Link:
    label = _("Decided")
    if case.status == CaseLife.opened.name:
        return Link(label, Standing.STOPPED, anchor="decide")
    if case.status == CaseLife.proposed.name:
        return Link(label, Standing.STOPPED, words=_("Waits for a second person."))
    words = str(case.second_person or "")
    return Link(label, Standing.DONE, case.decided_at, words)


def _sealed(case: Case) -> Link:
    label, entry = _("Evidence sealed"), case.evidence_entry
    if entry is not None and ledger.is_sealed(entry):
        words = _("Entry %(number)s in the ledger") % {"number": entry.number}
        return Link(label, Standing.DONE, entry.at, words, "evidence")
    if case.status != CaseLife.condemned.name:
        return Link(label, Standing.LATER)
    stopped = case.next_try_at is None and entry is None
    standing = Standing.STOPPED if stopped else Standing.NOW
    return Link(label, standing, words=case.problem, anchor="evidence")


def _gone(case: Case) -> Link:
    label = _("Removed and read back")
    if case.status == CaseLife.restored.name:
        return Link(_("Restored"), Standing.DONE, words=case.problem)
    if case.removed_at:
        return Link(label, Standing.DONE, case.removed_at, case.no_second_picture)
    if case.status in AT_A_PERSON:
        return Link(label, Standing.STOPPED, words=case.problem, anchor="by-hand")
    if case.status == CaseLife.secured.name:
        stopped = case.next_try_at is None and case.problem
        standing = Standing.STOPPED if stopped else Standing.NOW
        return Link(label, standing, words=case.problem)
    return Link(label, Standing.LATER)


def _afterwards(case: Case) -> Iterator[Link]:
    yield _told(case)
    yield _registered(case)
    answered = case.reports.count()
    reported = (
        Standing.DONE if answered == len(("police", "platform")) else (Standing.STOPPED)
    )
    yield Link(_("Reports decided"), reported, anchor="reports")
    closed = case.status == CaseLife.closed.name
    yield Link(_("Closed"), Standing.DONE if closed else Standing.LATER)


def _told(case: Case) -> Link:
    label, notice = _("Author told"), case.notice
    if case.notice_impossible:
        words = _("Not possible: %(why)s") % {"why": case.notice_impossible}
        return Link(label, Standing.DONE, words=words, anchor="author")
    if notice is None or notice.status in (*NOT_OUT, *TO_BE_SEEN):
        words = (notice.problem or str(notice.state)) if notice else ""
        return Link(label, Standing.STOPPED, words=words, anchor="author")
    seen = notice.confirmed_at is not None
    standing = Standing.DONE if seen else Standing.NOW
    return Link(label, standing, notice.sent_at, str(notice.state), "author")


def _registered(case: Case) -> Link:
    label, registration = _("Registered"), case.registration
    if registration is None or registration.diary_number is None:
        return Link(label, Standing.NOW, words=_("Waits for the registrar."))
    at, number = registration.registered_at, registration.diary_number
    return Link(label, Standing.DONE, at, number)
