"""Pages of the guided pass: look at one channel, tick it, go on to the next."""

from datetime import date, timedelta
from typing import Final

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models.functions import Left
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from uppsikt.channels.models import Channel
from uppsikt.governance import moves
from uppsikt.governance.request import Request
from uppsikt.inbox import access, day_acts, news, silence, tour, watch
from uppsikt.inbox.models import Item, Items, Tick
from uppsikt.inbox.news import Kind
from uppsikt.inbox.round import Round
from uppsikt.inbox.tour import Tour
from uppsikt.inbox.watch_forms import RemarkForm
from uppsikt.inbox.watch_scope import of as scope_of
from uppsikt.policy.roles import Right

EXCERPT: Final = 600


@require_GET
def begin(request: Request) -> HttpResponse:
    """Go to the first channel that is left today, or to what says that none is."""
    left = _tour(request).left
    return redirect("watch-look", left[0].channel.pk) if left else redirect("watch-end")


@require_GET
def look(request: Request, pk: int) -> HttpResponse:
    """Show what is new in one channel, what to look at there, and the tick."""
    return _page(request, pk, None)


@require_POST
def go_on(request: Request, pk: int) -> HttpResponse:
    """Tick the channel for today and go on to the next."""
    it = access.channel(request, pk)
    form = RemarkForm(request.POST, scope=scope_of(it, at=request.now))
    if not form.is_valid():
        return _page(request, pk, form)
    today = watch.today(request.now)
    try:
        watch.tick(it, today, form.remark, actor=request.actor, at=request.now)
    except watch.TickedAlready:
        messages.info(request, _("The day is ticked already."))
    else:
        messages.success(request, _("%(channel)s is ticked.") % {"channel": it.name})
    after = _tour(request).next_after(pk)
    return redirect("watch-look", after.channel.pk) if after else redirect("watch-end")


@require_GET
def end(request: Request) -> HttpResponse:
    """Say that the round is done for today, and what is left."""
    pass_ = _tour(request)
    told = {
        "tour": pass_,
        "waiting": tour.waiting(pass_, at=request.now),
        "tomorrow": watch.today(request.now) + timedelta(days=1),
    }
    return render(request, "inbox/watch_end.html", told)


def _page(request: Request, pk: int, form: RemarkForm | None) -> HttpResponse:
    it, pass_ = access.channel(request, pk), _tour(request)
    since = news.looked_at([it]).get(it.pk, request.now)
    kind = _kind(request)
    scope = scope_of(it, at=request.now)
    today = watch.today(request.now)
    told = {
        "channel": it,
        "news": news.of([it], {it.pk: since}, at=request.now)[it.pk],
        "since": since,
        "kind": kind,
        "page": _items(request, it, news.items(it, since, kind, at=request.now)),
        "tour": pass_,
        "place": pass_.place(pk),
        "may_tick": moves.may(Right.TICK, request.actor, it.path, at=request.now),
        "scope": scope,
        "silent": silence.silent([it], at=request.now),
        "acts": day_acts.of([it], today)[it.pk],
        "ticked": _ticked(it, today),
        "form": form or RemarkForm(None, scope=scope),
    }
    status = 422 if form else 200
    return render(request, "inbox/watch_look.html", told, status=status)


def _tour(request: Request) -> Tour:
    return Tour.of(Round.of(request.actor, at=request.now), request.user)


def _kind(request: Request) -> Kind | None:
    try:
        return Kind(request.GET.get("del", ""))
    except ValueError:
        return None


def _items(request: Request, it: Channel, rows: Items) -> Page[Item]:
    shown = rows.annotate(excerpt=Left("text", EXCERPT)).defer("text")
    page = Paginator(shown, news.PAGE).get_page(request.GET.get("page", ""))
    for item in page.object_list:
        item.channel = it
    return page


def _ticked(it: Channel, day: date) -> Tick | None:
    rows = Tick.objects.standing().filter(channel=it, day=day)
    return rows.select_related("by").first()
