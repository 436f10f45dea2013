"""Pages about the organisation: its places, and what those who tend it do to them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from uppsikt.governance import organisation, people
from uppsikt.governance.models import Node
from uppsikt.governance.request import Request
from uppsikt.web.forms import PlaceForm, PlaceNameForm


@require_GET
def index(request: Request) -> HttpResponse:
    """Show the places of the municipality as a tree."""
    if not request.actor.has(*people.KEEPERS):
        raise PermissionDenied
    tree = organisation.tree()
    bare = all(not branch.below for branch in tree)
    return render(request, "organisation/index.html", {"tree": tree, "bare": bare})


@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """Show a place, and what can be done to it."""
    return _page(request, _place(request, pk))


@require_POST
def add(request: Request, pk: int) -> HttpResponse:
    """Add a place below another."""
    parent = _place(request, pk)
    form = PlaceForm(request.POST, parent=parent)
    if not form.is_valid():
        return _page(request, parent, add=form)
    told = form.cleaned_data
    try:
        node = organisation.add(
            told["kind"], told["name"], parent, actor=request.actor, at=request.now
        )
    except organisation.NameTaken:
        return _taken(request, parent, add=form)
    messages.success(request, _("%(name)s is added.") % {"name": node})
    return redirect("place", pk)


@require_POST
def rename(request: Request, pk: int) -> HttpResponse:
    """Give a place another name."""
    place = _place(request, pk)
    form = PlaceNameForm(request.POST, auto_id="rename_%s")
    if not form.is_valid():
        return _page(request, place, rename=form)
    name = form.cleaned_data["name"]
    try:
        organisation.rename(place, name, actor=request.actor, at=request.now)
    except organisation.NameTaken:
        return _taken(request, place, rename=form)
    messages.success(request, _("The name is changed."))
    return redirect("place", pk)


@require_POST
def close(request: Request, pk: int) -> HttpResponse:
    """Close a place below which nothing is open."""
    place = _place(request, pk)
    try:
        organisation.close(place, actor=request.actor, at=request.now)
    except organisation.StillUsed as used:
        words = _("It cannot be closed yet. This is open below it: %(names)s.")
        messages.error(request, words % {"names": ", ".join(used.names)})
        return redirect("place", pk)
    except organisation.WrongPlace:
        raise PermissionDenied from None
    messages.success(request, _("%(name)s is closed.") % {"name": place})
    return redirect("organisation")


def _place(request: Request, pk: int) -> Node:
    """Return a place, if the actor tends it."""
    places = Node.objects.exclude(kind=Node.Kind.CHANNEL).select_related("parent")
    place = get_object_or_404(places, pk=pk)
    if not request.actor.roles_at(place.path) & people.KEEPERS:
        raise PermissionDenied
    return place


def _taken(
    request: Request, place: Node, **forms: PlaceForm | PlaceNameForm
) -> HttpResponse:
    for form in forms.values():
        form.add_error("name", _("A place beside it is called so already."))
    return _page(request, place, **forms)


def _page(
    request: Request, place: Node, **forms: PlaceForm | PlaceNameForm
) -> HttpResponse:
    blank = PlaceNameForm(initial={"name": place.name}, auto_id="rename_%s")
    context = {
        "place": place,
        "add": forms.get("add") or PlaceForm(parent=place),
        "rename": forms.get("rename") or blank,
        "open_below": organisation.open_below(place),
        "form": next(iter(forms.values()), None),
    }
    status = 422 if forms else 200
    return render(request, "organisation/place.html", context, status=status)
