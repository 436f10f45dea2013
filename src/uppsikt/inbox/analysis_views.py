"""Pages of the analysis: how its rules do, and what people say of a signal."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from uppsikt.governance import moves
from uppsikt.governance.request import Request
from uppsikt.inbox import precision, showing, verdicts
from uppsikt.inbox.models import Item, ItemSignal, SignalRule, Verdict
from uppsikt.inbox.precision import Period
from uppsikt.policy.roles import Right


@require_GET
def rules(request: Request) -> HttpResponse:
    """Show each rule: is it shown, and how often were people of its mind."""
    period = _period(request.GET.get("period", ""))
    told = {
        "rows": precision.table(period, at=request.now),
        "period": period,
        "periods": list(Period),
        "may_judge": _may_judge(request),
    }
    return render(request, "inbox/rules.html", told)


@require_GET
def rule(request: Request, pk: int) -> HttpResponse:
    """Show one rule with the newest examples, of what the person may see."""
    it = get_object_or_404(SignalRule.objects.select_related("by"), pk=pk)
    rows = precision.table(Period.YEAR, at=request.now)
    told = {
        "row": next(row for row in rows if row.rule.pk == it.pk),
        "examples": precision.examples(it, request.actor),
        "may_judge": _may_judge(request),
    }
    return render(request, "inbox/rule.html", told)


@require_POST
def show(request: Request, pk: int) -> HttpResponse:
    """Have people see what the rule says."""
    it = get_object_or_404(SignalRule, pk=pk)
    showing.show(it, actor=request.actor, at=request.now)
    messages.success(request, _("The rule is shown from now on."))
    return redirect("signal-rule", pk)


@require_POST
def silence(request: Request, pk: int) -> HttpResponse:
    """Let the rule run unseen."""
    it = get_object_or_404(SignalRule, pk=pk)
    try:
        showing.silence(it, actor=request.actor, at=request.now)
    except showing.NeverSilent:
        messages.error(request, _("Clocks start from this rule, so it stays on."))
    else:
        messages.success(request, _("The rule runs silent from now on."))
    return redirect("signal-rule", pk)


@require_POST
def dismiss(request: Request, pk: int) -> HttpResponse:
    """Note that what a signal points at is no problem."""
    items = Item.objects.visible_to(request.actor)
    rows = ItemSignal.objects.filter(version__item__in=items)
    rows = rows.select_related("version__item__channel__node")
    signal = get_object_or_404(rows, pk=pk)
    try:
        verdicts.dismiss(signal, actor=request.actor, at=request.now)
    except verdicts.SaidAlready:
        messages.info(request, _("Somebody has judged it already."))
    else:
        messages.success(request, _("Noted: not a problem. The rule learns from it."))
    return redirect("item", signal.version.item_id)


@require_POST
def take_back(request: Request, pk: int) -> HttpResponse:
    """Undo that a signal was no problem."""
    items = Item.objects.visible_to(request.actor)
    rows = Verdict.objects.filter(item__in=items).select_related("item__channel__node")
    verdict = get_object_or_404(rows, pk=pk)
    verdicts.take_back(verdict, actor=request.actor, at=request.now)
    messages.success(request, _("The signal stands again."))
    return redirect("item", verdict.item_id)


def _period(told: str) -> Period:
    try:
        return Period(int(told))
    except ValueError:
        return Period.QUARTER


def _may_judge(request: Request) -> bool:
    path = showing.top().path
    return moves.may(Right.JUDGE_RULES, request.actor, path, at=request.now)
