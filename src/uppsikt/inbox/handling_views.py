"""Handing an item on, putting it aside, a note to colleagues; and undoing it."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as written
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from uppsikt.governance.request import Request
from uppsikt.inbox import assigning, internal_notes, snoozing, undoing, views
from uppsikt.inbox.handling_forms import AssignForm, NoteForm, SnoozeForm
from uppsikt.inbox.models import Deed, Item
from uppsikt.inbox.refusals import REFUSALS, in_words


@require_POST
def assign(request: Request, pk: int) -> HttpResponse:
    """Give the item to a colleague."""
    it = views.visible(request, pk)
    people = assigning.may_answer([it.path], at=request.now)
    form = AssignForm(request.POST, people)
    if not form.is_valid():
        return views.again(request, it, assign_form=form, form=form)

    def act() -> Deed:
        return assigning.assign(it, form.person, actor=request.actor, at=request.now)

    words = _("%(name)s has it now.") % {"name": str(form.person)}
    return _done(request, it, act, lambda _deed: words)


@require_POST
def snooze(request: Request, pk: int) -> HttpResponse:
    """Put the item aside until later."""
    it = views.visible(request, pk)
    form = SnoozeForm(request.POST, request.now)
    if not form.is_valid():
        return views.again(request, it, snooze_form=form, form=form)
    told = form.cleaned_data["why"]

    def act() -> Deed:
        until = form.moment
        return snoozing.snooze(it, until, why=told, actor=request.actor, at=request.now)

    return _done(request, it, act, lambda deed: _aside(deed, form))


@require_POST
def wake(request: Request, pk: int) -> HttpResponse:
    """Take the item back among what is to be done."""
    it = views.visible(request, pk)
    snoozing.wake(it, actor=request.actor, at=request.now)
    messages.success(request, _("It is back in the list."))
    return redirect("item", it.pk)


@require_POST
def note(request: Request, pk: int) -> HttpResponse:
    """Keep a note to colleagues."""
    it = views.visible(request, pk)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return views.again(request, it, note_form=form, form=form)
    text = form.cleaned_data["text"]
    internal_notes.add(it, text, actor=request.actor, at=request.now)
    messages.success(request, _("The note is kept. Only colleagues see it."))
    return redirect("item", it.pk)


@require_POST
def undo(request: Request, order: str) -> HttpResponse:
    """Undo what was ordered in one go."""
    result = undoing.undo(order, actor=request.actor, at=request.now)
    if result.back:
        count = len(result.back)
        words = ngettext("Undone.", "Undone for %(count)d.", count)
        messages.success(request, words % {"count": count})
    for item in result.changed:
        told = {"name": item.author or "?"}
        messages.warning(
            request,
            _("What %(name)s wrote has been changed since, so it stands.") % told,
        )
    if not result.back and not result.changed:
        messages.warning(request, _("That can no longer be undone."))
    if len(result.back) == 1:
        return redirect("item", result.back[0].pk)
    return redirect("inbox")


@require_GET
def recent(request: Request) -> HttpResponse:
    """Show what the person did of late and may still undo."""
    rows = undoing.standing(request.actor, at=request.now)
    told = {"orders": undoing.by_order(rows)}
    return render(request, "inbox/recent.html", told)


def offer_undo(request: Request, words: str, order: str) -> None:
    """Say that it is done, with a button that undoes it."""
    url = reverse("inbox-undo", args=[order])
    messages.success(request, words, extra_tags=f"undo {url}")


def _done(
    request: Request,
    it: Item,
    act: Callable[[], Deed],
    words: Callable[[Deed], str],
) -> HttpResponseRedirect:
    try:
        deed = act()
    except REFUSALS as e:
        messages.error(request, in_words(e))
        return redirect("item", it.pk)
    offer_undo(request, words(deed), deed.order)
    return redirect("inbox")


def _aside(deed: Deed, form: SnoozeForm) -> str:
    """Say until when, and why not longer where the deadline comes before."""
    assert deed.until is not None  # noqa: S101 (it was just put aside)
    until = written(timezone.localtime(deed.until), "l j F H.i")
    if deed.until < form.moment:
        words = _("Put aside until %(until)s, when its deadline draws near.")
    else:
        words = _("Put aside until %(until)s. Its clock runs on.")
    return words % {"until": until}
