"""What stands on the page of a case, for the person who looks at it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from uppsikt.archive.record import FILES
from uppsikt.channels import connecting
from uppsikt.governance import moves, rules
from uppsikt.governance.models import Step
from uppsikt.governance.request import Request
from uppsikt.moderation import (
    chain,
    hiding,
    measures,
    nearness,
    reporting,
    telling,
    unshown,
)
from uppsikt.moderation.forms import (
    AddForm,
    DecideForm,
    ImpossibleForm,
    NoticeForm,
    OrderReportForm,
    PictureForm,
    PostedForm,
    ProofForm,
    ReportForm,
)
from uppsikt.moderation.life import CaseLife
from uppsikt.moderation.models import Case, Evidence, EvidenceFile, Report
from uppsikt.moderation.unshown import Unshown
from uppsikt.platforms import ReportCategory
from uppsikt.policy.grounds import Ground
from uppsikt.policy.roles import Right
from uppsikt.policy.verdict import Finding
from uppsikt.policy.words import Message
from uppsikt.records import ledger
from uppsikt.records.models import Package

BUTTONS = {
    CaseLife.leave_up: "lamna-kvar",
    CaseLife.agree: "instam",
    CaseLife.call_off: "avbryt",
    CaseLife.try_again: "forsok-igen",
    CaseLife.doubt: "syns-an",
    CaseLife.restore: "aterstall",
    CaseLife.close_special: "avsluta-sarskilt",
    CaseLife.close: "avsluta",
}


@dataclass(frozen=True, slots=True)
class Button:
    """A move that somebody may order, or why this person may not."""

    name: str
    label: object
    reason: bool
    refused: Message | None


@dataclass(frozen=True, slots=True)
class Shot:
    """A capture as it is listed: when, how, and its files with their digests."""

    evidence: Evidence
    files: list[tuple[EvidenceFile, str]]
    closed: bool


def case_of(request: Request, pk: int) -> Case:
    """Return the case if the actor may see it, else 404."""
    rows = Case.objects.visible_to(request.actor).select_related(
        "channel__node",
        "item__channel__node",
        "evidence_entry",
        "registration",
        "notice",
        "platform_report",
        "decided_by",
        "second_person",
    )
    return get_object_or_404(rows, pk=pk)


def page(
    request: Request, case: Case, *, status: int = 200, **bound: object
) -> HttpResponse:
    """Render the page of a case, with forms that came back in the place of new ones."""
    if case.special:
        return _special_page(request, case, status=status, **bound)
    context = {
        "case": case,
        "item": case.item,
        "ground": _ground(request, case),
        "steps": list(chain.of(case)),
        "tells": moves.may(Right.TELL, request.actor, case.path, at=request.now),
        "exports": moves.may(Right.EXPORT, request.actor, case.path, at=request.now),
        "buttons": list(buttons(request, case)),
        "missing": _missing(request, case),
        "shots": list(_shots(case)),
        "history": _history(case),
        "packages": Package.objects.filter(subject=case.subject).order_by("-made_at"),
        "near": case.item is not None and nearness.near(case.item),
        "restricted_closed": not request.actor.reads_restricted(case.path),
        **_forms(request, case),
        **bound,
    }
    context["unshown"] = _unshown(request, case, context.get("chosen"))
    return render(request, "moderation/case.html", context, status=status)


def buttons(request: Request, case: Case) -> Iterator[Button]:
    """Yield the moves from here that a person may order, each with why not if so."""
    for move in CaseLife.onward(case.status):
        if move in BUTTONS:
            refused = moves.why_not(move, case, request.actor, at=request.now)
            reason = moves.needs_reason(move, at=request.now)
            yield Button(BUTTONS[move], move.label, reason, refused)


def _special_page(
    request: Request, case: Case, *, status: int, **bound: object
) -> HttpResponse:
    context = {
        "case": case,
        "buttons": list(buttons(request, case)),
        "history": _history(case),
        "form": AddForm(),
        "open": case.status == CaseLife.special.name,
        "can_hide": hiding.can_hide(case.item),
        **bound,
    }
    return render(request, "moderation/special_case.html", context, status=status)


def _ground(request: Request, case: Case) -> Ground | None:
    return rules.in_force(request.now).grounds.get(case.ground)


def _unshown(request: Request, case: Case, chosen: object) -> Unshown | None:
    """Return the warning that a removal rests on rules that nobody could read.

    The law's own grounds rest on no rules of ours (BBS-lagen 5 §).
    """
    ground = chosen if isinstance(chosen, Ground) else _ground(request, case)
    decided = case.status not in (CaseLife.opened.name, CaseLife.proposed.name)
    if decided or (ground and ground.statutory):
        return None
    return unshown.of(case.channel, at=request.now)


def _history(case: Case) -> dict[str, object]:
    steps = Step.objects.filter(subject=case.subject).select_related("by")
    return {"steps": steps.order_by("pk"), "life": CaseLife}


def _missing(request: Request, case: Case) -> list[Finding]:
    """Return what stands before the closing."""
    if case.status != CaseLife.removed.name:
        return []
    guideline = rules.in_force(request.now)
    return moves.stopped_by(CaseLife.close, case, guideline, at=request.now)


def _shots(case: Case) -> Iterator[Shot]:
    kept = case.evidence.select_related("entry__opening").order_by("pk")
    for evidence in kept.prefetch_related("files__blob"):
        files = list(evidence.files.order_by("pk").select_related("blob"))
        named = list(zip(files, _digests(evidence), strict=False))
        yield Shot(evidence, named, nearness.is_closed(evidence))


def _digests(evidence: Evidence) -> list[str]:
    try:
        named = ledger.opened(evidence.entry)[FILES]
    except ledger.Disposed:
        return [""] * evidence.files.count()
    return [str(one).removeprefix("sha256:") for one in named]  # type: ignore[union-attr]


def _forms(request: Request, case: Case) -> dict[str, object]:
    """Return the forms that the case's state asks for."""
    match case.status:
        case "opened":
            return _deciding(request, case)
        case "condemned" if case.evidence_entry is None:
            return {"picture": PictureForm()}
        case "by_hand" | "unconfirmed":
            return {"proof": ProofForm(), "hiding": measures.hiding(case.channel)}
        case "removed":
            return _telling(request, case)
    return {}


def _deciding(request: Request, case: Case) -> dict[str, object]:
    grounds = rules.in_force(request.now).ground
    ordinary = [g for g in grounds if not g.special_path]
    chosen = next((g for g in ordinary if g.code == request.GET.get("grund")), None)
    if chosen is None or case.item is None:
        return {"grounds": ordinary}
    return {"chosen": chosen, "decide": DecideForm(chosen, case.item)}


def _telling(request: Request, case: Case) -> dict[str, object]:
    text = telling.notice_text(case, request.actor.person, at=request.now)
    length = connecting.connector(case.channel).max_length
    status = case.notice.status if case.notice else ""
    writes = status in ("", *telling.NOT_OUT)
    looks = case.notice if status in telling.TO_BE_SEEN else None
    return {
        "notice": NoticeForm(initial={"text": text}) if writes else None,
        "posted": PostedForm(initial={"url": looks.remote_url}) if looks else None,
        "impossible": ImpossibleForm() if writes or looks else None,
        "longest": length,
        "reports": [_report(request, case, to) for to in Report.To],
    }


def _report(request: Request, case: Case, to: Report.To) -> dict[str, object]:
    """Return the answer that was given, or the form with what the ground leads to."""
    given = case.reports.filter(to=to).select_related("by").first()
    if given is not None:
        return {"to": to, "given": given}
    expected = to == Report.To.POLICE and telling.police_is_expected(
        case, at=request.now
    )
    initial = {"made": "yes"} if expected else {"made": "no", "why": _why_not(to)}
    told = {"to": to, "form": ReportForm(to, initial=initial), "expected": expected}
    if to == Report.To.PLATFORM and case.item and reporting.by_program(case.item):
        told |= {
            "ordered": getattr(case, "platform_report", None),
            "order": OrderReportForm(initial=_order(request, case)),
        }
    return told


def _order(request: Request, case: Case) -> dict[str, str]:
    """Return what the ground lets us say to the platform."""
    ground = _ground(request, case)
    if ground is None:
        return {}
    category = ReportCategory.ILLEGAL if ground.statutory else ReportCategory.RULES
    law = f" ({ground.law})" if ground.law else ""
    return {"category": category.value, "reason": f"{ground.label}{law}."}


def _why_not(to: Report.To) -> str:
    if to == Report.To.POLICE:
        return _("The ground is no crime that we report.")
    return _("It is removed here, and does not break the platform's own rules.")
