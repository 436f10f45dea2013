"""The communications office's pages on accounts that somebody told of (D-34)."""

from collections.abc import Callable
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from uppsikt.channels import finding
from uppsikt.channels.found_life import FoundLife
from uppsikt.channels.models import FoundAccount
from uppsikt.channels.showing import why_of
from uppsikt.governance import moves
from uppsikt.governance.models import Step
from uppsikt.governance.request import Request
from uppsikt.platforms.accounts import Account, canonical
from uppsikt.platforms.accounts_links import REPORTING
from uppsikt.policy.lifecycle import Move
from uppsikt.policy.words import N_

ON_A_PAGE: Final = 25
Act = Callable[[Request, FoundAccount], HttpResponse | None]


class ToldForm(forms.Form):
    """That the platform was told, and what was decided about the police."""

    reference = forms.CharField(
        label=gettext_lazy("The platform's reference"), max_length=200
    )
    police = forms.ChoiceField(
        label=gettext_lazy("Police"), choices=FoundAccount.Police.choices
    )
    note = forms.CharField(
        label=gettext_lazy("Report number, or why not"), max_length=300
    )


@require_GET
def index(request: Request) -> HttpResponse:
    """List what is reported: what waits first, oldest first."""
    seen = FoundAccount.objects.visible_to(request.actor)
    status = request.GET.get("status", "reported")
    status = status if status in FoundLife.states else ""
    rows = seen.filter(status=status) if status else seen
    page = Paginator(rows.order_by("reported_at", "pk"), ON_A_PAGE)
    context = {
        "page": page.get_page(request.GET.get("page")),
        "status": status,
        "states": FoundLife.states.items(),
        "waiting": seen.to_judge().count(),
    }
    return render(request, "channels/found/index.html", context)


@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """Show one report, and what can be done about it."""
    return _show(request, _found(request, pk))


@require_POST
def act(request: Request, pk: int, name: str) -> HttpResponse:
    """Make the move called `name`, and show how it stands."""
    found = _found(request, pk)
    if name not in ACTS:
        raise Http404
    if refused := moves.why_not(
        FoundLife.moves[name], found, request.actor, at=request.now
    ):
        raise moves.NotYours(refused)
    return ACTS[name](request, found) or redirect("found-account", pk)


def _found(request: Request, pk: int) -> FoundAccount:
    seen = FoundAccount.objects.visible_to(request.actor)
    return get_object_or_404(seen.select_related("node", "reported_by"), pk=pk)


def _show(
    request: Request, found: FoundAccount, told: ToldForm | None = None
) -> HttpResponse:
    account = canonical(found.url)
    before = finding.judged_before(account) if isinstance(account, Account) else None
    steps = Step.objects.filter(subject=found.subject).select_related("by")
    context = {
        "found": found,
        "life": FoundLife,
        "steps": steps.order_by("pk"),
        "before": before if before != found else None,
        "channel": finding.entered(found),
        "reporting": REPORTING.get(found.site, ""),
        "told": told or ToldForm(),
        "choices": _choices(request, found),
    }
    status = 422 if told else 200
    return render(request, "channels/found/show.html", context, status=status)


def _choices(request: Request, found: FoundAccount) -> list[dict[str, Any]]:
    """Return the moves that lead on, and why the actor may not make one."""
    return [
        {
            "name": move.name,
            "label": move.label,
            "reason": moves.needs_reason(move, at=request.now),
            "refused": moves.why_not(move, found, request.actor, at=request.now),
        }
        for move in FoundLife.onward(found.status)
    ]


def _judged(move: Move, words: str) -> Act:
    def judged(request: Request, found: FoundAccount) -> None:
        why, actor, at = why_of(request), request.actor, request.now
        finding.judge(found, move, why=why, actor=actor, at=at)
        messages.success(request, _(words))

    return judged


def _released(request: Request, found: FoundAccount) -> None:
    finding.let_go(found, actor=request.actor, at=request.now)
    messages.success(request, _("It is let go, and nothing of it is kept."))


def _registered(request: Request, found: FoundAccount) -> None:
    try:
        channel = finding.register(found, actor=request.actor, at=request.now)
    except finding.NotEntered:
        messages.error(request, _("Enter the account in the register first."))
        return
    words = _("The account stands in the register as %(channel)s.")
    messages.success(request, words % {"channel": channel.name})


def _told(request: Request, found: FoundAccount) -> HttpResponse | None:
    form = ToldForm(request.POST)
    if not form.is_valid():
        return _show(request, found, form)
    told = form.cleaned_data
    finding.tell_platform(
        found,
        reference=told["reference"],
        police=FoundAccount.Police(told["police"]),
        note=told["note"],
        actor=request.actor,
        at=request.now,
    )
    messages.success(request, _("It is noted that the platform is told."))
    return None


def _gone(request: Request, found: FoundAccount) -> None:
    finding.vanish(found, actor=request.actor, at=request.now)
    messages.success(request, _("It is noted that the account is gone."))


def _retracted(request: Request, found: FoundAccount) -> None:
    why, actor, at = why_of(request), request.actor, request.now
    finding.retract(found, why=why, actor=actor, at=at)
    messages.success(request, _("Nobody is warned of the account any more."))


ACTS: Final[dict[str, Act]] = {
    "claim": _judged(FoundLife.claim, N_("It is noted as ours. Enter it now.")),
    "condemn": _judged(
        FoundLife.condemn, N_("Everybody who asks is warned of it now.")
    ),
    "dismiss": _judged(FoundLife.dismiss, N_("The report is closed.")),
    "release": _released,
    "register": _registered,
    "tell_platform": _told,
    "vanish": _gone,
    "retract": _retracted,
}
