"""What people do on the page of an item: one address for each act, always by POST."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from uppsikt.governance.request import Request
from uppsikt.inbox import actions, draft_views, drafting, drafts, settling, views
from uppsikt.inbox.answer_forms import (
    LONGEST,
    AnswerForm,
    PassByForm,
    PostedForm,
    PromiseForm,
)
from uppsikt.inbox.handling_views import offer_undo
from uppsikt.inbox.hints import Hint
from uppsikt.inbox.models import Item
from uppsikt.inbox.refusals import REFUSALS, in_words
from uppsikt.inbox.why_form import WhyForm
from uppsikt.sending import actions as sending
from uppsikt.sending.life import OutgoingLife
from uppsikt.sending.models import Outgoing


@require_POST
def answer(request: Request, pk: int) -> HttpResponse:
    """Order an answer; advice is shown once, a missing signature stops it."""
    it = views.visible(request, pk)
    form = AnswerForm(request.POST, it, request.user)

    def order(told: dict[str, Any]) -> object:
        return actions.answer(it, told["text"], actor=request.actor, at=request.now)

    if ordered(request, it, form, order):
        return _back(request, it)
    return shown_again(request, it, "answer", form)


@require_POST
def promise(request: Request, pk: int) -> HttpResponse:
    """Order word that we get back, with the day."""
    it = views.visible(request, pk)
    form = PromiseForm(request.POST, it, request.user, request.now)

    def order(told: dict[str, Any]) -> object:
        text, day = told["text"], told["promised_for"]
        return actions.promise(it, text, day, actor=request.actor, at=request.now)

    if ordered(request, it, form, order):
        return _back(request, it)
    return shown_again(request, it, "promise", form)


@require_POST
def pass_by(request: Request, pk: int) -> HttpResponse:
    """Note that no answer is needed, and why."""
    it = views.visible(request, pk)
    form = PassByForm(request.POST)
    if not form.is_valid():
        return views.again(request, it, pass_form=form, form=form)
    try:
        deed = settling.pass_by(it, why=form.words, actor=request.actor, at=request.now)
    except REFUSALS as e:
        form.add_error(None, in_words(e))
        return views.again(request, it, pass_form=form, form=form)
    offer_undo(request, _("Noted: no answer is needed."), deed.order)
    return redirect("inbox")


@require_POST
def reopen(request: Request, pk: int) -> HttpResponse:
    """Open again what was dealt with."""
    it = views.visible(request, pk)
    why = WhyForm(request.POST).words
    try:
        actions.reopen(it, why=why, actor=request.actor, at=request.now)
    except actions.OnItsWay as e:
        messages.error(request, in_words(e))
    return _back(request, it)


@require_POST
def claim(request: Request, pk: int) -> HttpResponse:
    """Take the item in hand."""
    it = views.visible(request, pk)
    try:
        actions.claim(it, actor=request.actor, at=request.now)
    except actions.Claimed as e:
        messages.error(request, in_words(e))
    return _back(request, it)


@require_POST
def release(request: Request, pk: int) -> HttpResponse:
    """Let go of the item."""
    it = views.visible(request, pk)
    actions.release(it, actor=request.actor, at=request.now)
    return _back(request, it)


@require_POST
def stop(request: Request, pk: int) -> HttpResponse:
    """Take back a text that has not left, or that nobody is to post any more."""
    outgoing = _outgoing(request, pk)
    sending.stop(outgoing, actor=request.actor, at=request.now)
    if outgoing.stop_asked_at and outgoing.status == OutgoingLife.ordered.name:
        messages.info(
            request, _("It is not sent. We look first if it has left already.")
        )
    else:
        messages.success(request, _("Stopped. Your text is kept in the box."))
    return _to_item(outgoing)


@require_POST
def retry(request: Request, pk: int) -> HttpResponse:
    """Send again what did not go out."""
    outgoing = _outgoing(request, pk)
    actions.retry(outgoing, actor=request.actor, at=request.now)
    return _to_item(outgoing)


@require_POST
def post(request: Request, pk: int) -> HttpResponse:
    """Note that a text was posted by hand, and where."""
    outgoing = _outgoing(request, pk)
    form = PostedForm(request.POST)
    if form.is_valid():
        url = form.cleaned_data["url"]
        actions.post(outgoing, url=url, actor=request.actor, at=request.now)
    else:
        messages.error(request, _("Give the link to the answer at the platform."))
    return _to_item(outgoing)


@require_POST
def vouch(request: Request, pk: int) -> HttpResponse:
    """Note that a person has seen what was sent, and where."""
    outgoing = _outgoing(request, pk)
    form = PostedForm(request.POST)
    if form.is_valid():
        url = form.cleaned_data["url"]
        sending.vouch(outgoing, url=url, actor=request.actor, at=request.now)
    else:
        messages.error(request, _("Give the link to the answer at the platform."))
    return _to_item(outgoing)


@require_POST
def declare_lost(request: Request, pk: int) -> HttpResponse:
    """Note that what was sent never came out, and why a person is sure of it."""
    outgoing = _outgoing(request, pk)
    why = WhyForm(request.POST).words
    try:
        sending.declare_lost(outgoing, why=why, actor=request.actor, at=request.now)
    except sending.MayBeThere:
        messages.error(
            request, _("It may be there all the same. Wait until we have looked again.")
        )
    return _to_item(outgoing)


@require_POST
def send_back(request: Request, pk: int) -> HttpResponse:
    """Send a text back to its writer, and say why."""
    outgoing = _outgoing(request, pk)
    why = WhyForm(request.POST).words
    sending.send_back(outgoing, why=why, actor=request.actor, at=request.now)
    return redirect("approvals")


def ordered(
    request: Request,
    it: Item,
    form: Form,
    order: Callable[[dict[str, Any]], object],
) -> bool:
    """Order what the form holds; else leave on the form what stands against it."""
    if not form.is_valid():
        return False
    text = form.cleaned_data["text"]
    try:
        drafts.require_signature(text, request.user)
        if _advice(request, it) and "anyway" not in request.POST:
            return False
        order(form.cleaned_data)
    except REFUSALS as e:
        form.add_error(None, in_words(e))
        return False
    return True


def _advice(request: Request, it: Item) -> tuple[Hint, ...]:
    """Return what to ask about before the text leaves; what binds is not among it."""
    reading = draft_views.read(request, it)
    return reading.advice if reading else ()


def shown_again(request: Request, it: Item, box: str, form: Form) -> HttpResponse:
    """Show the box again, with what stops the text, or what to read once more."""
    reading = draft_views.read(request, it)
    kept = request.POST.get("text", "")[:LONGEST]
    draft = drafting.save(it, box, kept, actor=request.actor, at=request.now)
    told: dict[str, Any] = {
        f"{box}_form": form,
        "form": form,
        "box": box,
        "reading": reading,
        "draft": draft,
    }
    told["advice"] = reading.advice if reading else ()
    return views.again(request, it, 422, **told)


def _outgoing(request: Request, pk: int) -> Outgoing:
    rows = Outgoing.objects.visible_to(request.actor).exclude(items__secluded=True)
    return get_object_or_404(rows.select_related("channel__node"), pk=pk)


def _back(request: Request, it: Item) -> HttpResponseRedirect:
    return redirect("item", it.pk)


def _to_item(outgoing: Outgoing) -> HttpResponseRedirect:
    """Go to the item that the text is about; a notice is shown where its case is."""
    kind, _sign, pk = outgoing.about.partition(":")
    known = kind in ("item", "lapse")
    return redirect(kind, int(pk)) if known else redirect("inbox")
