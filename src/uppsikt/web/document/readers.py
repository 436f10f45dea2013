"""Who has read the guideline: one's own receipt, and the manager's list (R-1-2)."""

from typing import Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from uppsikt.governance import profiles, receipts, rules
from uppsikt.governance.request import Request
from uppsikt.policy.roles import Right

ON_A_PAGE: Final = 50


@require_POST
def read(request: Request) -> HttpResponse:
    """Keep that the person has read the version that stood on their page."""
    version = receipts.version(request.now)
    if version is None:
        raise rules.NoneInForce
    if request.POST.get("version") != str(version.pk):
        messages.warning(request, _("A new version holds now. Read it first."))
        return redirect("guideline")
    try:
        receipts.read(version, actor=request.actor, at=request.now)
    except receipts.AlreadyRead:
        messages.info(request, _("You had already said so."))
    else:
        messages.success(request, _("It is noted that you have read the guideline."))
    return redirect("guideline")


@require_GET
def index(request: Request) -> HttpResponse:
    """Show a manager who of their people has read the version in force."""
    may = rules.in_force(request.now).holders(Right.SEE_READERS)
    paths = [path for role, path in request.actor.grants if role in may]
    if not paths:
        raise PermissionDenied
    version = receipts.version(request.now)
    assert version is not None  # noqa: S101 (something is in force)
    people = receipts.people_of(paths, at=request.now)
    left = people.exclude(receipts__adoption=version)
    only = "kvar" in request.GET
    page = Paginator(left if only else people, ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    known = profiles.known_to(request.actor, at=request.now)
    rows = receipts.readers(list(page), version)
    context = {
        "version": version,
        "page": page,
        "rows": [(profiles.called(row.user, known), row) for row in rows],
        "only": only,
        "total": people.count(),
        "left": left.count(),
    }
    return render(request, "document/readers.html", context)
