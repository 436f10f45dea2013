"""Pages of the house itself: preferences, help, and signs of life."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from uppsikt.governance.request import Request
from uppsikt.web import handbook


@require_http_methods(["GET", "POST"])
def preferences(request: Request) -> HttpResponse:
    """Let a person turn single-key shortcuts off (WCAG 2.1.4)."""
    if request.method != "POST":
        return render(request, "preferences.html")
    request.user.shortcuts = "shortcuts" in request.POST
    request.user.save(update_fields=["shortcuts"])
    messages.success(request, _("Saved."))
    return redirect("preferences")


@require_GET
def help_index(request: Request) -> HttpResponse:
    """List the pages of the handbook."""
    return render(request, "help/index.html", {"pages": handbook.pages()})


@require_GET
def help_page(request: Request, name: str) -> HttpResponse:
    """Show one page of the handbook."""
    try:
        page = handbook.page(name)
    except handbook.NoSuchPage:
        raise Http404 from None
    context = {"page": page, "pages": handbook.pages()}
    return render(request, "help/page.html", context)


@login_not_required
@never_cache
@require_GET
def alive(request: HttpRequest) -> HttpResponse:
    """Answer that the process runs."""
    return JsonResponse({"status": "ok"})


@login_not_required
@never_cache
@require_GET
def ready(request: HttpRequest) -> HttpResponse:
    """Answer that the database can be read; raise what is wrong otherwise."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})
