"""The public's own pages: is it ours, tell of an account, leave a suggestion."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import wraps
from typing import Final
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from uppsikt.channels import finding, receipts, reception, suggesting, verifying
from uppsikt.channels.addresses import WORDS
from uppsikt.channels.citizen_forms import Asked, ReportForm, SuggestionForm
from uppsikt.channels.forms import platform_choices
from uppsikt.channels.listing import Places
from uppsikt.channels.models import Feedback, FoundAccount
from uppsikt.channels.verifying import Answer
from uppsikt.governance.request import Request
from uppsikt.platforms.accounts_links import REPORTING
from uppsikt.platforms.catalogue import SITES
from uppsikt.policy.words import N_

View = Callable[[Request], HttpResponse]
HEADLINES: Final[Mapping[Answer, str]] = {
    Answer.OFFICIAL: N_("Yes, the account is ours"),
    Answer.CLOSED: N_("The account was ours, and is closed"),
    Answer.KNOWN_FALSE: N_("No, the account is false"),
    Answer.UNKNOWN: N_("The account is not in our list"),
    Answer.NOT_UNDERSTOOD: N_("We cannot tell from this"),
}
"""Each answer in a line, which the page's title says first to who cannot see it."""
MINUTE: Final = timedelta(minutes=1)
HOUR: Final = timedelta(hours=1)


def slowed(
    act: str, method: str, *, at_most: int, within: timedelta
) -> Callable[[View], View]:
    """Return a decorator that refuses an address that asks too often, in words."""

    def around(view: View) -> View:
        @wraps(view)
        def answered(request: Request) -> HttpResponse:
            counted = request.method == method and reception.too_many(
                request, act, at_most=at_most, within=within
            )
            if counted:
                return render(request, "channels/citizen/too_many.html", status=429)
            return view(request)

        return answered

    return around


@login_not_required
@never_cache
@require_safe
@slowed("check", "GET", at_most=60, within=MINUTE)
def check(request: Request) -> HttpResponse:
    """Tell whether an account is the municipality's. Nothing of the asker is kept."""
    asked = Asked.read(request.GET)
    context: dict[str, object] = {
        "asked": asked.shown,
        "site": asked.site,
        "sites": platform_choices(),
    }
    if asked.text:
        known = verifying.verify(asked.text, at=request.now, site=asked.site)
        context |= _answer(known)
    return HttpResponse(_without_token(request, context))


def _without_token(request: Request, context: dict[str, object]) -> str:
    """Render without session and token: who only asks gets no cookie."""
    around = {
        "request": request,
        "municipality": Places.fetch().municipality,
        "demo": settings.DEMO,
    }
    return render_to_string("channels/citizen/check.html", {**around, **context})


def _answer(known: verifying.Verified) -> dict[str, object]:
    site = SITES.get(known.site)
    return {
        "known": known,
        "headline": _(HEADLINES[known.answer]),
        "since": timezone.localtime(known.since).date() if known.since else None,
        "why": _(WORDS[known.why]) if known.why else "",
        "platform": _(site.label) if site and site.hosts else "",
        "reporting": REPORTING.get(known.site, ""),
    }


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
@slowed("report", "POST", at_most=5, within=HOUR)
def report(request: Request) -> HttpResponse:
    """Take in what anybody tells of an account; what was written stays when wrong."""
    started = {"url": request.GET.get("url", "")[:2000]}
    form = ReportForm(request.POST or None, initial=started)
    template = "channels/citizen/report.html"
    if request.method != "POST" or _is_trapped(request) or not form.is_valid():
        return _form(request, template, form)
    told = form.cleaned_data
    try:
        found = finding.report(
            told["url"], told["said"], actor=request.actor, at=request.now
        )
    except finding.AlreadyOurs as ours:
        return _form(request, template, form, ours=ours.channel)
    except finding.NoMunicipality:
        form.add_error(None, _("Nobody receives reports here yet."))
        return _form(request, template, form)
    return _receipt(found.receipt)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
@slowed("suggest", "POST", at_most=5, within=HOUR)
def suggest(request: Request) -> HttpResponse:
    """Take in a suggestion about a channel; what was written stays when wrong."""
    started = {
        "kanal": request.GET.get("kanal", "")[:120],
        "slag": Feedback.Kind.CHANNEL,
    }
    form = SuggestionForm(request.POST or None, initial=started)
    template = "channels/citizen/suggest.html"
    if request.method != "POST" or _is_trapped(request) or not form.is_valid():
        return _form(request, template, form)
    told = form.cleaned_data
    left = suggesting.leave(
        told["kanal"],
        told["text"],
        contact=told["epost"],
        kind=told["slag"],
        actor=request.actor,
        at=request.now,
    )
    return _receipt(left.reference)


@login_not_required
@never_cache
@require_safe
@slowed("receipt", "GET", at_most=30, within=MINUTE)
def receipt(request: Request) -> HttpResponse:
    """Tell how it stands with what somebody sent, and nothing of what it says."""
    number = receipts.read(request.GET.get("nummer", ""))
    context: dict[str, object] = {"number": number, "sent": "ny" in request.GET}
    if number:
        context |= {
            "suggestion": Feedback.objects.filter(reference=number).first(),
            "report": FoundAccount.objects.filter(receipt=number).first(),
        }
    return render(request, "channels/citizen/receipt.html", context)


def _form(
    request: Request, template: str, form: object, **more: object
) -> HttpResponse:
    trapped = _is_trapped(request)
    context = {"form": form, "honey": reception.HONEY, "trapped": trapped, **more}
    status = 422 if request.method == "POST" else 200
    return render(request, template, context, status=status)


def _is_trapped(request: Request) -> bool:
    """Tell whether the field was filled in that people do not see."""
    return bool(request.POST.get(reception.HONEY))


def _receipt(number: str) -> HttpResponse:
    asked = urlencode({"nummer": number, "ny": "1"})
    return redirect(f"{reverse('receipt')}?{asked}")
