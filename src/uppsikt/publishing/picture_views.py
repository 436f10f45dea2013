"""Pages on pictures of our own, before they are published."""

from typing import Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from uppsikt.channels.models import Channel
from uppsikt.governance import download, moves, rules
from uppsikt.governance.request import Request
from uppsikt.policy.roles import Right
from uppsikt.publishing import pictures
from uppsikt.publishing.models import OwnPicture
from uppsikt.publishing.picture_forms import BringForm, ClearForm
from uppsikt.records.media import NotWhatItSays

ON_A_PAGE: Final = 25


@require_GET
def index(request: Request) -> HttpResponse:
    """List the pictures: those that nobody has answered for first."""
    rows = OwnPicture.objects.visible_to(request.actor).select_related("channel")
    done = request.GET.get("flik") == "klara"
    rows = rows.filter(cleared_at__isnull=not done).order_by("-brought_at", "-pk")
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "done": done, "brings": bool(_channels(request))}
    return render(request, "publishing/pictures.html", context)


@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Take in a picture that is to be published."""
    channels = _channels(request)
    if not channels:
        raise PermissionDenied
    given = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = BringForm(*given, channels=channels)
    if form.is_valid() and (own := _brought(request, form)):
        return redirect("own-picture", own.pk)
    status = 422 if form.errors else 200
    return render(request, "publishing/picture_new.html", {"form": form}, status=status)


@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """Show one picture, what was seen in it, and what is left to answer."""
    own = _own(request, pk)
    return _shown(request, own, ClearForm(initial=_answered(own)))


@require_POST
def clear(request: Request, pk: int) -> HttpResponse:
    """Answer for a picture."""
    own, form = _own(request, pk), ClearForm(request.POST)
    moves.must(Right.CLEAR_PICTURE, request.actor, own.path, at=request.now)
    if form.is_valid():
        try:
            pictures.clear(own, form.answers, actor=request.actor, at=request.now)
        except pictures.NoReference:
            form.add_error("reference", _("Say what the legal basis rests on."))
        else:
            messages.success(request, _("Noted. The picture may be published."))
            return redirect("own-picture", pk)
    return _shown(request, own, form)


@require_POST
def weed(request: Request, pk: int) -> HttpResponse:
    """Forget a picture that is not to be used."""
    pictures.weed(_own(request, pk), actor=request.actor, at=request.now)
    messages.success(request, _("The picture is gone."))
    return redirect("own-pictures")


@require_GET
def look(request: Request, pk: int) -> HttpResponse:
    """Show the picture itself."""
    own = _own(request, pk)
    return download.pictured(own.blob, uncovered="visa" in request.GET)


@require_GET
def take(request: Request, pk: int) -> HttpResponse:
    """Hand out the picture to be published, once somebody has answered for it."""
    own = _own(request, pk)
    if own.cleared_at is None:
        messages.error(request, _("Answer the questions about the picture first."))
        return redirect("own-picture", pk)
    return download.attached(own.blob, _("picture-%(number)d") % {"number": own.pk})


def _shown(request: Request, own: OwnPicture, form: ClearForm) -> HttpResponse:
    answers = rules.in_force(request.now).holders(Right.CLEAR_PICTURE)
    context = {
        "own": own,
        "form": form if request.actor.roles_at(own.path) & answers else None,
    }
    status = 422 if form.errors else 200
    return render(request, "publishing/picture.html", context, status=status)


def _answered(own: OwnPicture) -> dict[str, object]:
    answered = own.cleared_at is not None
    told = {"basis": own.basis, "words": own.words, "reference": own.reference}
    return told | {"no_data": answered, "decent": answered}


def _brought(request: Request, form: BringForm) -> OwnPicture | None:
    """Take in what the form holds, or leave its fault on the form."""
    told = form.cleaned_data
    data, channel = told["picture"].read(), told["channel"]
    actor, at = request.actor, request.now
    try:
        return pictures.bring(channel, data, told["shows"], actor=actor, at=at)
    except NotWhatItSays as e:
        form.add_error("picture", _(e.reason.msgid) % e.reason.details)
        return None


def _channels(request: Request) -> list[int]:
    """Return the channels in which the actor may publish a picture."""
    allowed = rules.in_force(request.now).holders(Right.CLEAR_PICTURE)
    rows = Channel.objects.visible_to(request.actor).open().select_related("node")
    roles_at = request.actor.roles_at
    return [channel.pk for channel in rows if roles_at(channel.path) & allowed]


def _own(request: Request, pk: int) -> OwnPicture:
    rows = OwnPicture.objects.visible_to(request.actor)
    found = rows.select_related(
        "blob__reading", "channel__node", "brought_by", "cleared_by"
    )
    return get_object_or_404(found, pk=pk)
