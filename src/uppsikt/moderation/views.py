"""Pages of moderation: the queue, a new case with its grounds first, and a case."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F, Q, QuerySet
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from uppsikt.channels.models import Channel
from uppsikt.governance import rules
from uppsikt.governance.actors import Actor
from uppsikt.governance.request import Request
from uppsikt.inbox.models import Item
from uppsikt.inbox.why_form import WhyForm
from uppsikt.moderation import actions, hiding, showing, unshown
from uppsikt.moderation.forms import FoundForm, SpecialForm, SpecialHereForm
from uppsikt.moderation.models import ENDED, Case
from uppsikt.moderation.wording import said
from uppsikt.policy.roles import Role
from uppsikt.sending import actions as sending

ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Tab:
    """A way to look at the queue, with how much is in it."""

    name: str
    label: str
    cases: "QuerySet[Case]"

    @property
    def count(self) -> int:
        return self.cases.count()


@require_GET
def index(request: Request) -> HttpResponse:
    """List cases by urgency: mine, all, or ended."""
    seen = Case.objects.visible_to(request.actor)
    cases = seen.select_related("channel__node", "item")
    tabs = _tabs(cases, request.actor)
    here = next((t for t in tabs if t.name == request.GET.get("flik")), tabs[0])
    page = Paginator(here.cases, ON_A_PAGE).get_page(request.GET.get("page"))
    grounds = rules.in_force(request.now).grounds
    context = {"tabs": tabs, "here": here, "page": page, "grounds": grounds}
    return render(request, "moderation/cases.html", context)


def _tabs(cases: "QuerySet[Case]", actor: Actor) -> list[Tab]:
    order = (F("removed_at").asc(nulls_first=True), F("due_at").asc(nulls_last=True))
    waiting = cases.exclude(status__in=ENDED).order_by(*order, "pk")
    ended = cases.filter(status__in=ENDED).order_by("-pk")
    return [
        Tab("mina", _("Mine"), waiting.filter(_mine(actor))),
        Tab("alla", _("All"), waiting),
        Tab("avslutade", _("Ended"), ended),
    ]


def _mine(actor: Actor) -> Q:
    """Return the condition that keeps cases of channels that the actor looks after."""
    mine = Q(decided_by=actor.user)
    for role, path in actor.grants:
        if role in (Role.CHANNEL_OWNER, Role.DEPUTY):
            mine |= Q(channel__node__path__startswith=path)
    return mine


def new(request: Request) -> HttpResponse:
    """Open a case: the grounds first, the special path first among them."""
    item = _item(request)
    if item is None:
        return redirect("case-new-special")
    form = FoundForm(request.POST or None, initial=_found(request.now))
    chosen = request.POST.get("ground", "")
    if request.method == "POST" and form.is_valid() and chosen:
        return _opened(request, item, form.cleaned_data, chosen)
    grounds = [g for g in rules.in_force(request.now).ground if not g.special_path]
    missing = request.method == "POST" and not chosen
    context = {
        "item": item,
        "form": form,
        "grounds": grounds,
        "missing": missing,
        "unshown": unshown.of(item.channel, at=request.now),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "moderation/new.html", context, status=status)


def _found(now: datetime) -> dict[str, object]:
    return {"through": "round", "knowledge_at": timezone.localtime(now)}


def _opened(
    request: Request, item: Item, told: Mapping[str, object], ground: str
) -> HttpResponse:
    at = told["knowledge_at"]
    assert isinstance(at, datetime)  # noqa: S101 (the form's own type)
    try:
        case = actions.open_case(
            item,
            through=str(told["through"]),
            knowledge_at=at,
            actor=request.actor,
            at=request.now,
        )
    except actions.OpenAlready as standing:
        messages.info(request, _("There is a case about this already. Here it is."))
        case = standing.case
    return redirect(f"{reverse('case', args=[case.pk])}?grund={ground}#decide")


def new_special(request: Request) -> HttpResponse:
    """Open a special case: instructions first, then a note; no file, no address."""
    item, actor = _item(request), request.actor
    channels = Channel.objects.visible_to(actor).select_related("node").order_by("name")
    form: Form
    if item is None:
        form = SpecialHereForm(channels, request.POST or None, initial=_outline())
    else:
        form = _note_form(request, item)
    if request.method != "POST" or not form.is_valid():
        return _special_page(request, form, item=item)
    channel = item.channel if item else form.cleaned_data["channel"]
    note = form.cleaned_data["note"]
    case = actions.open_special(channel, note, item, actor=actor, at=request.now)
    return _after_special(request, case, form)


def seclude(request: Request, pk: int) -> HttpResponse:
    """Turn an open case onto the special path."""
    case = showing.case_of(request, pk)
    form = _note_form(request, None if case.removed_at else case.item)
    if request.method != "POST" or not form.is_valid():
        return _special_page(request, form, case=case)
    note = form.cleaned_data["note"]
    actions.seclude(case, note, actor=request.actor, at=request.now)
    return _after_special(request, case, form)


def _note_form(request: Request, item: Item | None) -> SpecialForm:
    """Return the form for the note; it offers to hide what the program can hide."""
    hides = hiding.can_hide(item)
    return SpecialForm(request.POST or None, initial=_outline(), hides=hides)


def _special_page(
    request: Request, form: Form, *, item: Item | None = None, case: Case | None = None
) -> HttpResponse:
    status = 422 if form.is_bound else 200
    context = {"form": form, "item": item, "case": case}
    return render(request, "moderation/special.html", context, status=status)


def _outline() -> dict[str, str]:
    lines = (
        _("Seen (day, time, by whom):"),
        _("Where in the channel:"),
        _("User name as it is shown:"),
        _("Neutral description:"),
        _("Done (hidden, deleted, nothing yet):"),
        _("Police (time, who, reference number):"),
    )
    return {"note": "\n".join(lines)}


def _after_special(request: Request, case: Case, form: Form) -> HttpResponse:
    if form.cleaned_data.get("hide") and case.removed_at is None:
        hiding.order(case, actor=request.actor, at=request.now)
    messages.success(request, _("The special case is opened. Talk to your manager."))
    seen = Case.objects.visible_to(request.actor).filter(pk=case.pk).exists()
    return redirect("case", case.pk) if seen else redirect("cases")


def _item(request: Request) -> Item | None:
    """Return the item that the address names, if the actor may see it."""
    asked = request.GET.get("item", "")
    if not asked:
        return None
    if not asked.isdecimal():
        raise Http404
    seen = Item.objects.visible_to(request.actor).select_related("channel__node")
    return get_object_or_404(seen, pk=int(asked))


@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """Show a case: its steps, what is missing, and what may be done now."""
    return showing.page(request, showing.case_of(request, pk))


def move(request: Request, pk: int, name: str) -> HttpResponse:
    """Make a move that needs no more than a reason."""
    case = showing.case_of(request, pk)
    act = WITH_REASON.get(name) or WITHOUT_REASON.get(name)
    if request.method != "POST" or act is None:
        raise Http404
    why = {"why": WhyForm(request.POST).words} if name in WITH_REASON else {}
    try:
        act(case, **why, actor=request.actor, at=request.now)
    except actions.BeingCarriedOut:
        messages.error(
            request,
            _("It is being carried out. Wait until it is removed, then restore it."),
        )
    except sending.MayBeThere:
        messages.error(
            request, _("It may be there: the platform has not said that it is not.")
        )
    except hiding.NotByUs:
        messages.error(request, said(hiding.BY_YOURSELF))
    return redirect("case", case.pk)


WITH_REASON = {
    "lamna-kvar": actions.leave_up,
    "avbryt": actions.call_off,
    "aterstall": actions.restore,
    "besked-saknas": actions.lost,
    "avsluta-sarskilt": actions.close_special,
}
WITHOUT_REASON = {
    "instam": actions.agree,
    "forsok-igen": actions.try_again,
    "syns-an": actions.still_there,
    "fotografera": actions.photograph_again,
    "visas-igen": actions.shown_by_hand,
    "avsluta": actions.close,
    "gom": hiding.order,
    "ar-gomt": hiding.hidden_by_hand,
}
