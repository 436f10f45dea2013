"""Pages about people: who is here, with which roles, and the way in."""

from collections.abc import Iterable

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import SetPasswordForm
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from uppsikt.governance import invitations, people, profiles
from uppsikt.governance.asked import SearchForm
from uppsikt.governance.models import Assignment, User
from uppsikt.governance.request import Request
from uppsikt.web.forms import (
    InvitationForm,
    PostForm,
    ProfileForm,
    WhyForm,
)

ON_A_PAGE = 50


@require_GET
def index(request: Request) -> HttpResponse:
    """List the people the actor may see, with search by name, unit and e-mail."""
    if not request.actor.has(*people.SEES_PEOPLE):
        raise PermissionDenied
    query = SearchForm(request.GET).words
    known = profiles.known_to(request.actor, at=request.now)
    held = Assignment.objects.holding(request.now).select_related("node")
    seen = people.seen_by(request.actor)
    found = _matching(seen, query, known).prefetch_related(
        Prefetch("assignments", held, to_attr="held")
    )
    ordered = found.order_by("-is_active", "last_name", "first_name", "pk")
    page = Paginator(ordered, ON_A_PAGE).get_page(request.GET.get("page"))
    invites = request.actor.has(*people.APPOINTERS)
    rows = [(person, profiles.called(person, known)) for person in page]
    context = {"page": page, "rows": rows, "query": query, "invites": invites}
    return render(request, "people/index.html", context)


def _matching(
    found: QuerySet[User], query: str, known: Iterable[int]
) -> QuerySet[User]:
    """Keep who has every word in name, address or unit; a hidden name is not found."""
    open_ = Q(signs_as_function=False) | Q(pk__in=known)
    for word in query.split():
        named = Q(first_name__icontains=word) | Q(last_name__icontains=word)
        told = open_ & (named | Q(email__icontains=word))
        found = found.filter(told | Q(unit__icontains=word))
    return found


@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """Show a person's roles and what the actor may do about them."""
    return _page(request, _person(request, pk))


def _page(
    request: Request,
    person: User,
    *,
    form: PostForm | None = None,
    profile: ProfileForm | None = None,
    status: int = 200,
) -> HttpResponse:
    actor, now = request.actor, request.now
    known = profiles.known_to(actor, at=now)
    held = person.assignments.select_related("node").order_by("-starts_at", "-pk")
    context = {
        "person": person,
        "current": [(a, _ends(a, request)) for a in held if _holds(a, request)],
        "former": [a for a in held if not _holds(a, request)],
        "form": form or PostForm(actor=actor, now=now),
        "why": WhyForm(auto_id="why_%s"),
        "called": profiles.called(person, known),
        "named": not person.signs_as_function or person.pk in known,
        "changes": profiles.changes(person, actor, at=now),
        "profile": profile or ProfileForm(instance=person),
        "keeps": people.keeps(person, actor),
        "oneself": person == request.user,
    }
    return render(request, "people/show.html", context, status=status)


def _holds(assignment: Assignment, request: Request) -> bool:
    return assignment.ends_at is None or assignment.ends_at > request.now


def _ends(assignment: Assignment, request: Request) -> bool:
    """Tell whether the actor may end the role."""
    given = people.appoints(request.actor, assignment.node)
    return assignment.role in given


def _person(request: Request, pk: int) -> User:
    return get_object_or_404(people.seen_by(request.actor), pk=pk)


def invite(request: Request) -> HttpResponse:
    """Invite a colleague by a link that is sent; without a mail server, shown here.

    Who sees the link can become the invited, so nobody sees it who does not have to.
    """
    actor, now = request.actor, request.now
    if not request.actor.has(*people.APPOINTERS):
        raise PermissionDenied
    form = InvitationForm(request.POST or None, actor=actor, now=now)
    if request.method != "POST" or not form.is_valid():
        return _asked(request, form)
    try:
        welcome = invitations.invite(
            form.newcomer, form.post, door=_door(request), actor=actor, at=now
        )
    except invitations.AlreadyHere:
        form.add_error("email", _("Somebody with this address is here already."))
        return _asked(request, form)
    context = {
        "person": welcome.user,
        "link": _door(request) + welcome.token if _by_hand() else "",
        "lasts": invitations.LASTS.days,
    }
    return render(request, "people/invited.html", context)


def _by_hand() -> bool:
    """Tell whether no mail server is set up, so that links are handed over."""
    return not settings.EMAIL_HOST


def _asked(request: Request, form: InvitationForm) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, "people/invite.html", {"form": form}, status=status)


def _door(request: Request) -> str:
    """Return the address of the page that accepts, to which a token is added."""
    return request.build_absolute_uri(reverse("accept", args=["x"]))[: -len("x/")]


@require_POST
def assign(request: Request, pk: int) -> HttpResponse:
    """Give a person one more role."""
    person = _person(request, pk)
    form = PostForm(request.POST, actor=request.actor, now=request.now)
    if not form.is_valid():
        return _page(request, person, form=form, status=422)
    people.assign(person, form.post, actor=request.actor, at=request.now)
    messages.success(request, _("The role is given."))
    return redirect("person", pk)


@require_POST
def describe(request: Request, pk: int) -> HttpResponse:
    """Change a person's name, title, unit, or whether the identity is protected."""
    person = _person(request, pk)
    form = ProfileForm(request.POST, instance=User(pk=pk))
    if not form.is_valid():
        return _page(request, person, profile=form, status=422)
    told = form.cleaned_data
    if profiles.change(person, told, actor=request.actor, at=request.now):
        messages.success(request, _("What is said of the person is changed."))
    return redirect("person", pk)


@require_POST
def end_assignment(request: Request, pk: int) -> HttpResponse:
    """End a role now."""
    mine = people.seen_by(request.actor)
    held = Assignment.objects.select_related("node").filter(user__in=mine)
    assignment = get_object_or_404(held, pk=pk)
    people.end_assignment(assignment, actor=request.actor, at=request.now)
    messages.success(request, _("The role has ended."))
    return redirect("person", assignment.user_id)


@require_POST
def reset_factor(request: Request, pk: int) -> HttpResponse:
    """Take away a person's lost second factor."""
    person = _person(request, pk)
    why = WhyForm(request.POST).reason
    people.reset_factor(person, why=why, actor=request.actor, at=request.now)
    messages.success(request, _("The second factor is reset and the person is told."))
    return redirect("person", pk)


@require_POST
def deactivate(request: Request, pk: int) -> HttpResponse:
    """Close a person's account."""
    person = _person(request, pk)
    why = WhyForm(request.POST).reason
    people.deactivate(person, why=why, actor=request.actor, at=request.now)
    messages.success(request, _("The account is closed."))
    return redirect("person", pk)


@login_not_required
@sensitive_post_parameters()
@never_cache
def accept(request: Request, token: str) -> HttpResponse:
    """Let an invited person choose a password, and go on to the second factor."""
    try:
        user = invitations.invited(token, at=request.now).user
        form = SetPasswordForm(user, request.POST or None)
        if request.method != "POST" or not form.is_valid():
            return _choosing(request, form)
        chosen = form.cleaned_data["new_password1"]
        user = invitations.accept(token, chosen, at=request.now)
    except invitations.NoSuchInvitation:
        return _refused(request, "unknown", 404)
    except invitations.InvitationUsed:
        return _refused(request, "used", 410)
    except invitations.InvitationExpired:
        return _refused(request, "expired", 410)
    return _let_in(request, user)


def _choosing(request: Request, form: "SetPasswordForm[User]") -> HttpResponse:
    status = 422 if form.is_bound else 200
    context = {"form": form, "person": form.user}
    return render(request, "people/accept.html", context, status=status)


def _refused(request: Request, fault: str, status: int) -> HttpResponse:
    return render(request, "people/refused.html", {"fault": fault}, status=status)


def _let_in(request: Request, user: User) -> HttpResponse:
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    record_authentication(request, user, "password", email=user.email)
    return redirect("mfa_activate_totp")
