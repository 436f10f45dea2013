"""What is posted from the page of a case: decide, tell, report, show a picture."""

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from uppsikt.governance import rules
from uppsikt.governance.request import Request
from uppsikt.moderation import actions, showing, telling
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
from uppsikt.moderation.models import Case, Evidence, Report
from uppsikt.moderation.wording import said
from uppsikt.records.media import NotWhatItSays
from uppsikt.sending import actions as sending

UNHEARD = 422


@require_POST
def decide(request: Request, pk: int) -> HttpResponse:
    """Decide to remove on the ground that was chosen."""
    case = _ordinary(request, pk)
    ground = rules.in_force(request.now).grounds.get(request.POST.get("ground", ""))
    if ground is None or ground.special_path or case.item is None:
        raise Http404
    form = DecideForm(ground, case.item, request.POST)
    if not form.is_valid():
        return _again(request, case, chosen=ground, decide=form)
    try:
        move = actions.decide(case, form.decision, actor=request.actor, at=request.now)
    except actions.Changed:
        words = _("The author has changed the text. Read it, and decide then.")
        messages.error(request, words)
        return redirect("case", pk)
    if move is CaseLife.propose:
        messages.info(request, _("A second person is asked to agree."))
    return redirect("case", pk)


@require_POST
def notify(request: Request, pk: int) -> HttpResponse:
    """Tell the author."""
    case = _ordinary(request, pk)
    form = NoticeForm(request.POST)
    if not form.is_valid():
        return _again(request, case, notice=form)
    text = form.cleaned_data["text"]
    try:
        actions.notify(case, text, actor=request.actor, at=request.now)
    except sending.TooLong as long:
        words = _("The text has %(length)d characters. The platform takes %(most)d.")
        form.add_error("text", words % {"length": long.length, "most": long.most})
        return _again(request, case, notice=form)
    except sending.Empty:
        form.add_error("text", _("Write what the author shall read."))
        return _again(request, case, notice=form)
    except (telling.NotRemovedYet, telling.ToldAlready):
        messages.error(request, _("The author has been told, or cannot be told yet."))
    return redirect("case", pk)


@require_POST
def cannot_notify(request: Request, pk: int) -> HttpResponse:
    """Record why the author cannot be told."""
    case = _ordinary(request, pk)
    form = ImpossibleForm(request.POST)
    if not form.is_valid():
        return _again(request, case, impossible=form)
    why = form.cleaned_data["why"]
    try:
        actions.cannot_notify(case, why=why, actor=request.actor, at=request.now)
    except (telling.NotRemovedYet, telling.ToldAlready):
        messages.error(request, _("The author has been told, or cannot be told yet."))
    return redirect("case", pk)


@require_POST
def posted(request: Request, pk: int) -> HttpResponse:
    """Note that the notice stands at the platform, and where."""
    case = _ordinary(request, pk)
    form = PostedForm(request.POST)
    if not form.is_valid():
        return _again(request, case, posted=form)
    url = form.cleaned_data["url"]
    actions.posted(case, url=url, actor=request.actor, at=request.now)
    return redirect("case", pk)


@require_POST
def order_report(request: Request, pk: int) -> HttpResponse:
    """Order that it is reported to the platform."""
    case = _ordinary(request, pk)
    form = OrderReportForm(request.POST)
    if not form.is_valid():
        return _again(request, case, order=form)
    actions.order_report(case, form.order, actor=request.actor, at=request.now)
    return redirect("case", pk)


@require_POST
def report(request: Request, pk: int) -> HttpResponse:
    """Record whether it is reported, to one of the two."""
    case = _ordinary(request, pk)
    to = request.POST.get("to", "")
    if to not in Report.To.values:
        raise Http404
    form = ReportForm(Report.To(to), request.POST)
    if not form.is_valid():
        return _again(request, case, wrong=form)
    actions.report(case, form.answer, actor=request.actor, at=request.now)
    return redirect("case", pk)


@require_POST
def upload(request: Request, pk: int) -> HttpResponse:
    """Keep a person's own screenshot from before the removal."""
    case = _ordinary(request, pk)
    form = PictureForm(request.POST, request.FILES)
    if not form.is_valid():
        return _again(request, case, picture=form)
    data = form.cleaned_data["picture"].read()
    before = Evidence.Moment.BEFORE
    try:
        actions.upload_evidence(case, data, before, actor=request.actor, at=request.now)
    except NotWhatItSays as wrong:
        form.add_error("picture", said(wrong.reason))
        return _again(request, case, picture=form)
    except actions.Changed as changed:
        messages.error(request, said(changed.message))
        return redirect("case", pk)
    messages.success(request, _("The picture is kept. It is sealed within a second."))
    return redirect("case", pk)


@require_POST
def prove(request: Request, pk: int) -> HttpResponse:
    """Tell that it is removed, with a second picture or why there is none."""
    case = _ordinary(request, pk)
    form = ProofForm(request.POST, request.FILES)
    if not form.is_valid():
        return _again(request, case, proof=form)
    doubted = case.status == CaseLife.unconfirmed.name
    act = actions.confirm if doubted else actions.remove_by_hand
    try:
        act(case, form.proof, actor=request.actor, at=request.now)
    except NotWhatItSays as wrong:
        form.add_error("second", said(wrong.reason))
        return _again(request, case, proof=form)
    return redirect("case", pk)


@require_POST
def annotate(request: Request, pk: int) -> HttpResponse:
    """Add to the note of a special case."""
    case = showing.case_of(request, pk)
    form = AddForm(request.POST)
    if not form.is_valid():
        return _again(request, case, form=form)
    more = form.cleaned_data["more"]
    actions.annotate(case, more, actor=request.actor, at=request.now)
    return redirect("case", pk)


def _ordinary(request: Request, pk: int) -> Case:
    """Return the case unless it is special: then there is nothing here to post to."""
    case = showing.case_of(request, pk)
    if case.special:
        raise Http404
    return case


def _again(request: Request, case: Case, **bound: object) -> HttpResponse:
    """Show the page once more, with what was wrong at the top of it."""
    failed = next(f for f in bound.values() if isinstance(f, Form))
    return showing.page(request, case, status=UNHEARD, **bound, failed=failed)
