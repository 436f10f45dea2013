"""Pages of standard answers: the list, one with its versions, and putting one in."""

from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from uppsikt.governance import download, moves
from uppsikt.governance.models import Step
from uppsikt.governance.request import Request
from uppsikt.inbox import drafting, faq, module_files, modules
from uppsikt.inbox.answer_forms import LONGEST
from uppsikt.inbox.draft_views import boxed
from uppsikt.inbox.models import Item, Module
from uppsikt.inbox.module_forms import ModuleForm, NewModuleForm, places
from uppsikt.inbox.module_life import ModuleLife
from uppsikt.inbox.modules import HasFollower, UnknownFillIn
from uppsikt.inbox.why_form import WhyForm
from uppsikt.records.table_files import CSV, XLSX, as_csv, as_excel

ON_A_PAGE: Final = 25
MOST_ROWS: Final = 10_000
MOST_DIGITS: Final = 18
"""No key of a row has more."""
SHOWN: Final = {
    "": ("draft", "proposed", "approved"),
    **{name: (name,) for name in ModuleLife.states},
}


@require_GET
def index(request: Request) -> HttpResponse:
    """List the standard answers that hold where one works."""
    asked = _wanted(request)
    today = timezone.localtime(request.now).date()
    rows = _found(request, asked).select_related("node", "written_by")
    pages = Paginator(rows.order_by("kind", "name", "pk"), ON_A_PAGE)
    told = {
        "page": pages.get_page(request.GET.get("page")),
        "asked": asked,
        "kinds": Module.Kind.choices,
        "states": list(ModuleLife.states.items()),
        "today": today,
        "soon": today + modules.SOON,
        "query": urlencode(asked),
        "writes": places(request.actor, at=request.now).exists(),
    }
    return render(request, "inbox/modules.html", told)


@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Write a standard answer."""
    data = request.POST if request.method == "POST" else None
    asked = _asked(request)
    first = faq.begun(asked) if asked else None
    form = NewModuleForm(data, actor=request.actor, at=request.now, initial=first)
    if form.is_valid():
        node, actor, at = form.cleaned_data["node"], request.actor, request.now
        try:
            module = modules.write(node, form.wording, asked=asked, actor=actor, at=at)
        except UnknownFillIn as e:
            _say_unknown(form, e)
        else:
            return redirect("module", module.pk)
    status = 422 if form.errors else 200
    told = {"form": form, "asked": asked}
    return render(request, "inbox/module_new.html", told, status=status)


@require_http_methods(["GET", "POST"])
def show(request: Request, pk: int) -> HttpResponse:
    """Show one, and write it anew while it is a draft."""
    module = _module(request, pk)
    first = _initial(module)
    data = request.POST if request.method == "POST" else None
    form = ModuleForm(data, at=request.now, initial=first)
    if form.is_valid():
        try:
            modules.revise(module, form.wording, actor=request.actor, at=request.now)
        except UnknownFillIn as e:
            _say_unknown(form, e)
        else:
            messages.success(request, _("Saved."))
            return redirect("module", pk)
    told = _told(request, module) | {"form": form}
    status = 422 if form.errors else 200
    return render(request, "inbox/module.html", told, status=status)


@require_POST
def follow(request: Request, pk: int) -> HttpResponse:
    """Begin the next version, with the same words."""
    module = _module(request, pk)
    try:
        new = modules.follow(module, actor=request.actor, at=request.now)
    except HasFollower:
        messages.info(request, _("Somebody has begun the next version already."))
        return redirect("module", pk)
    return redirect("module", new.pk)


@require_POST
def act(request: Request, pk: int, name: str) -> HttpResponse:
    """Make the move called `name`."""
    module = _module(request, pk)
    if name not in ACTS:
        raise Http404
    ACTS[name](module, WhyForm(request.POST).words, request)
    return redirect("module", pk)


@require_POST
def insert(request: Request, pk: int, box: str) -> HttpResponse:
    """Put a standard answer into what one writes, and keep it as a draft."""
    it = boxed(request, pk, box)
    chosen = request.POST.get("faq") or request.POST.get("module", "")
    rows = {str(m.pk): m for m in modules.usable(it, at=request.now)}
    text = request.POST.get("text", "")[:LONGEST]
    if module := rows.get(chosen):
        text = modules.insert(module, it, text, request.user, at=request.now)
    else:
        messages.info(request, _("Choose a standard answer first."))
    drafting.save(it, box, text, actor=request.actor, at=request.now)
    return redirect(reverse("item", args=[pk]) + f"#{box}-text")


@require_GET
def file(request: Request, ending: str) -> HttpResponse:
    """Hand out the standard answers that are asked for, for Excel."""
    found = _found(request, _wanted(request)).select_related("node")
    made = module_files.rows(found.order_by("kind", "name", "pk")[:MOST_ROWS])
    if ending == "csv":
        return download.made(as_csv(made), CSV, "standardsvar.csv")
    if ending == "xlsx":
        return download.made(as_excel("Standardsvar", made), XLSX, "standardsvar.xlsx")
    raise Http404


def _wanted(request: Request) -> dict[str, str]:
    return {name: request.GET.get(name, "")[:100] for name in ("q", "slag", "lage")}


def _asked(request: Request) -> Item | None:
    """Return the answered question that the address names, if the actor sees it."""
    number = request.GET.get("inlagg", "")
    if not (number.isascii() and number.isdigit() and len(number) <= MOST_DIGITS):
        return None
    rows = Item.objects.visible_to(request.actor).filter(own=False, restricted=False)
    rows = rows.select_related("channel__node", "outgoing__written_by")
    return rows.filter(pk=int(number)).first()


def _found(request: Request, asked: dict[str, str]) -> QuerySet[Module]:
    rows = Module.objects.visible_to(request.actor).found(asked["q"])
    rows = rows.filter(status__in=SHOWN.get(asked["lage"], SHOWN[""]))
    known = asked["slag"] in Module.Kind.values
    return rows.filter(kind=asked["slag"]) if known else rows


def _module(request: Request, pk: int) -> Module:
    rows = Module.objects.visible_to(request.actor)
    return get_object_or_404(
        rows.select_related("node", "written_by", "follows__node"), pk=pk
    )


def _initial(module: Module) -> dict[str, object]:
    told = modules.wording_of(module)
    return {name: getattr(told, name) for name in told.__slots__}


def _told(request: Request, module: Module) -> dict[str, Any]:
    steps = Step.objects.filter(subject=module.subject).select_related("by")
    onward = [
        {
            "name": move.name,
            "label": move.label,
            "reason": moves.needs_reason(move, at=request.now),
            "refused": moves.why_not(move, module, request.actor, at=request.now),
        }
        for move in ModuleLife.onward(module.status)
    ]
    writes = moves.why_not(ModuleLife.write, module, request.actor, at=request.now)
    return {
        "module": module,
        "life": ModuleLife,
        "steps": steps.order_by("pk"),
        "onward": onward,
        "edits": module.status == ModuleLife.draft.name and not writes,
        "follows_up": module.status == ModuleLife.approved.name and not writes,
        "asked": _seen_question(request, module),
        "follower": module.followers.order_by("-number").first(),
    }


def _seen_question(request: Request, module: Module) -> Item | None:
    """Return what it was made from, if the actor sees that."""
    if module.asked_id is None:
        return None
    return Item.objects.visible_to(request.actor).filter(pk=module.asked_id).first()


def _say_unknown(form: ModuleForm, e: UnknownFillIn) -> None:
    words = _("Nothing fills in %(names)s. Take it out.") % {
        "names": ", ".join(e.names)
    }
    form.add_error("text", words)


def _propose(module: Module, why: str, request: Request) -> None:
    modules.propose(module, actor=request.actor, at=request.now)


def _approve(module: Module, why: str, request: Request) -> None:
    modules.approve(module, actor=request.actor, at=request.now)


def _send_back(module: Module, why: str, request: Request) -> None:
    modules.send_back(module, why=why, actor=request.actor, at=request.now)


def _retire(module: Module, why: str, request: Request) -> None:
    modules.retire(module, why=why, actor=request.actor, at=request.now)


ACTS: Final[dict[str, Callable[[Module, str, Request], None]]] = {
    "propose": _propose,
    "approve": _approve,
    "send_back": _send_back,
    "retire": _retire,
}
