"""Signing in as a made-up person, in the demonstration and nowhere else."""

from dataclasses import dataclass
from typing import Final

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from uppsikt.governance.models import ROLE_LABELS, Assignment, User
from uppsikt.policy.roles import Role
from uppsikt.web import identity

# A domain that nobody can own (RFC 6761): no real person has such an address.
MADE_UP: Final = "@exempelby.example"
FLAG: Final = "demo"


@dataclass(frozen=True, slots=True)
class Part:
    """A made-up person to sign in as, and the role that they show."""

    role: object
    person: User


def cast() -> list[Part]:
    """Return one made-up person for each role: nobody outside the demo."""
    if not settings.DEMO:
        return []
    shown: dict[str, User] = {}
    for held in _assignments():
        shown.setdefault(held.role, held.user)
    return [Part(ROLE_LABELS[role], shown[role]) for role in Role if role in shown]


def crowd() -> list[User]:
    """Return the made-up people beside the cast: nobody outside the demo."""
    leading = {part.person.pk for part in cast()}
    rest = _made_up().exclude(pk__in=leading) if leading else User.objects.none()
    return list(rest.order_by("first_name"))


def _assignments() -> QuerySet[Assignment]:
    held = Assignment.objects.filter(user__in=_made_up())
    return held.select_related("user").order_by("user_id")


def _made_up() -> QuerySet[User]:
    return User.objects.filter(email__endswith=MADE_UP, is_active=True)


def as_demo(request: HttpRequest) -> bool:
    """Tell whether the request is by somebody who came in through `demo`."""
    return bool(settings.DEMO and request.session.get(FLAG))


def in_two_steps(request: HttpRequest) -> bool:
    """Tell whether somebody who is signed in has gone through two steps, or will."""
    if as_demo(request) or identity.vouched(request, request.user):
        return True
    return bool(is_mfa_enabled(request.user))


@login_not_required
@require_POST
def demo(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign in as a made-up person, without password and second factor."""
    if not settings.DEMO:
        raise Http404
    who = get_object_or_404(User, pk=pk, email__endswith=MADE_UP, is_active=True)
    login(request, who, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session[FLAG] = True
    return redirect("home")
