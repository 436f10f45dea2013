"""The page of a platform: decision, joint control, impact assessment (D-20, D-22)."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from uppsikt.channels import assessing, risking
from uppsikt.channels.models import (
    Channel,
    JointControl,
    Risk,
    Screening,
    SignOff,
)
from uppsikt.channels.models.assessment import CRITERIA
from uppsikt.channels.risk_forms import ArrangeForm, OpinionForm, ScreenForm, SignForm
from uppsikt.governance import moves
from uppsikt.governance.request import Request
from uppsikt.platforms.catalogue import SITES
from uppsikt.policy.roles import Right

_KEPT = 20


@require_GET
def platform(request: Request, site: str) -> HttpResponse:
    """Show what is decided and assessed of a platform."""
    return _page(request, _site(request, site))


def _page(request: Request, site: str, **given: forms.Form) -> HttpResponse:
    context = {
        "site": site,
        "platform": SITES[site],
        "risks": Risk.objects.visible_to(request.actor)
        .open()
        .filter(site=site)
        .count(),
        **_known(site),
        **_rights(request),
        "sign": given.get("sign") or SignForm(),
        "arrange": given.get("arrange") or ArrangeForm(),
        "screen": given.get("screen") or ScreenForm(),
        "opinion": given.get("opinion") or OpinionForm(),
    }
    status = 422 if given else 200
    return render(request, "channels/assessment.html", context, status=status)


def _known(site: str) -> dict[str, object]:
    newest = ("-at", "-pk")
    signed = SignOff.objects.filter(site=site).select_related("by").order_by(*newest)
    joint = JointControl.objects.filter(site=site).select_related("by")
    screened = Screening.objects.filter(site=site).select_related("by")
    screened = screened.prefetch_related("opinions__by")
    last = screened.order_by(*newest).first()
    return {
        "decisions": signed[:_KEPT],
        "joint": joint.order_by(*newest).first(),
        "screening": last,
        "criteria": _criteria(last) if last else [],
    }


def _criteria(row: Screening) -> list[tuple[str, bool]]:
    return [(Screening.label(name), name in row.met) for name in CRITERIA]


def _rights(request: Request) -> dict[str, bool]:
    path, at, actor = risking.path_of(None), request.now, request.actor
    return {
        "signs": moves.may(Right.SIGN_RISKS, actor, path, at=at),
        "assesses": moves.may(Right.ASSESS_PLATFORM, actor, path, at=at),
        "advises": moves.may(Right.ADVISE, actor, path, at=at),
    }


def _must(right: Right, request: Request) -> None:
    """Raise `NotYours` before anything else is said of what was sent."""
    moves.must(right, request.actor, risking.path_of(None), at=request.now)


def _site(request: Request, site: str) -> str:
    """Return the platform if it has a channel of ours, or the person decides on it.

    What is decided of a platform is for everybody who works with any of our channels,
    as its risks are (`Risks.visible_to`).
    """
    ours = request.actor.sees and Channel.objects.filter(site=site).exists()
    if site not in SITES or not (ours or any(_rights(request).values())):
        raise Http404
    return site


@require_POST
def sign(request: Request, site: str) -> HttpResponse:
    """Decide on the platform, its risks having been gone through."""
    _must(Right.SIGN_RISKS, request)
    form = SignForm(request.POST)
    if not form.is_valid():
        return _page(request, _site(request, site), sign=form)
    told, outcomes = form.cleaned_data, SignOff.Outcome
    actor, at = request.actor, request.now
    try:
        outcome = outcomes(told["outcome"])
        risking.sign(_site(request, site), outcome, told["note"], actor=actor, at=at)
    except risking.NothingToDecide:
        form.add_error(None, _("First enter the platform's risks, and weigh them."))
        return _page(request, site, sign=form)
    messages.success(request, _("The decision is kept."))
    return redirect("platform", site)


@require_POST
def arrange(request: Request, site: str) -> HttpResponse:
    """Note the arrangement on joint control."""
    _must(Right.ASSESS_PLATFORM, request)
    form = ArrangeForm(request.POST)
    if not form.is_valid():
        return _page(request, _site(request, site), arrange=form)
    actor, at = request.actor, request.now
    try:
        assessing.arrange(_site(request, site), form.arrangement, actor=actor, at=at)
    except assessing.NotYetRead as wrong:
        form.add_error("read_on", _(str(wrong.message)))
        return _page(request, site, arrange=form)
    messages.success(request, _("The arrangement is noted."))
    return redirect("platform", site)


@require_POST
def screen(request: Request, site: str) -> HttpResponse:
    """Consider whether an impact assessment is needed."""
    _must(Right.ASSESS_PLATFORM, request)
    form = ScreenForm(request.POST)
    if not form.is_valid():
        return _page(request, _site(request, site), screen=form)
    actor, at = request.actor, request.now
    assessing.screen(_site(request, site), form.answers, actor=actor, at=at)
    messages.success(request, _("Your answer is noted."))
    return redirect("platform", site)


@require_POST
def advise(request: Request, site: str) -> HttpResponse:
    """Store the data protection officer's opinion of the latest screening."""
    _must(Right.ADVISE, request)
    rows = Screening.objects.filter(site=_site(request, site)).order_by("-at", "-pk")
    last = get_object_or_404(rows[:1])
    form = OpinionForm(request.POST)
    if not form.is_valid():
        return _page(request, site, opinion=form)
    text, actor = form.cleaned_data["text"], request.actor
    assessing.advise(last, text, actor=actor, at=request.now)
    messages.success(request, _("The opinion is kept."))
    return redirect("platform", site)
