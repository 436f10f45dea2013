"""Evidence and packages as files to take away: checked, recorded, and never run."""

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from uppsikt.governance import download, moves
from uppsikt.governance.actors import Actor
from uppsikt.governance.request import Request
from uppsikt.moderation import exporting, nearness, showing
from uppsikt.moderation.models import Case, EvidenceFile
from uppsikt.policy.roles import Right
from uppsikt.records import packing
from uppsikt.records.models import Blob, Package


@require_GET
def evidence_file(request: Request, pk: int) -> HttpResponse:
    """Hand out a file of evidence. Of a special case there is none, for anybody."""
    files = EvidenceFile.objects.select_related(
        "blob", "evidence__entry__opening", "evidence__case__item"
    )
    file = get_object_or_404(files, pk=pk)
    case = _case(request.actor, file.evidence.case_id)
    earlier = case.evidence.filter(pk__lte=file.evidence_id).count()
    if nearness.is_closed(file.evidence):
        raise Http404
    name = exporting.file_name(file, earlier)
    return _handed_out(case, file.blob, name, actor=request.actor, at=request.now)


@require_POST
def make_package(request: Request, pk: int) -> HttpResponse:
    """Build the package of a case."""
    case = showing.case_of(request, pk)
    if case.special:
        raise Http404
    try:
        package = exporting.pack_case(case, actor=request.actor, at=request.now)
    except packing.NotSealed:
        messages.info(request, _("The last step is being sealed. Try in a second."))
        return redirect("case", pk)
    return redirect("package", package.pk)


@require_GET
def package(request: Request, pk: int) -> HttpResponse:
    """Hand out a package to those who may build one."""
    made = get_object_or_404(Package.objects.select_related("blob"), pk=pk)
    kind, _colon, number = made.subject.partition(":")
    if kind != "case":
        raise Http404
    case = _case(request.actor, int(number))
    moves.must(Right.EXPORT, request.actor, case.path, at=request.now)
    since = case.item and nearness.closed_since(case.item)
    if since and made.made_at <= since:
        raise Http404
    name = _("case-%(case)d-%(package)d.zip") % {"case": case.pk, "package": made.pk}
    return _handed_out(case, made.blob, name, actor=request.actor, at=request.now)


def _case(actor: Actor, pk: int) -> Case:
    """Return the case, unless it is special or not for the actor: then 404."""
    seen = Case.objects.visible_to(actor).ordinary().select_related("channel__node")
    return get_object_or_404(seen, pk=pk)


@transaction.atomic
def _handed_out(
    case: Case, blob: Blob, name: str, *, actor: Actor, at: datetime
) -> HttpResponse:
    """Answer with the bytes; that restricted ones were opened stands in the ledger."""
    if blob.restricted:
        if not actor.reads_restricted(case.path):
            raise PermissionDenied
        exporting.note_opening(case, [blob], actor=actor, at=at)
    return download.attached(blob, name)
