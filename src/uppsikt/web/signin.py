"""Signing in as a made-up person, in the demonstration and nowhere else."""

from typing import Final

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from uppsikt.governance.models import User

# A domain that nobody can own (RFC 6761): no real person has such an address.
MADE_UP: Final = "@exempelby.example"
FLAG: Final = "demo"


def cast() -> list[User]:
    """Return the made-up people to sign in as: nobody outside the demo."""
    if not settings.DEMO:
        return []
    made_up = User.objects.filter(email__endswith=MADE_UP, is_active=True)
    return list(made_up.order_by("first_name"))


def as_demo(request: HttpRequest) -> bool:
    """Tell whether the request is by somebody who came in through `demo`."""
    return bool(settings.DEMO and request.session.get(FLAG))


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
