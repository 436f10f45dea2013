"""Who asks, at what moment, by two factors; and what stops a request, in words."""

from collections.abc import Callable
from typing import Final, TypeVar, cast

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from uppsikt.governance import actors, moves, rules
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import User
from uppsikt.governance.request import Request
from uppsikt.web import signin, stopped

R = TypeVar("R", bound=HttpResponseBase)
Answer = Callable[[HttpRequest], HttpResponseBase]
View = Callable[..., HttpResponseBase]

# Somebody we do not know: may read what is public and report.
ANYONE: Final = Actor("anyone", None, ())
NOTHING_ALLOWED: Final = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


def permissions_policy(answer: Answer) -> Answer:
    """Tell the browser that no page needs a camera, a microphone or a place."""

    def told(request: HttpRequest) -> HttpResponseBase:
        response = answer(request)
        response.headers.setdefault("Permissions-Policy", NOTHING_ALLOWED)
        return response

    return told


def person_and_moment(answer: Answer) -> Answer:
    """Give each request one moment, and the person's roles at that moment."""

    def known(request: HttpRequest) -> HttpResponseBase:
        ours = cast(Request, request)
        ours.now = timezone.now()
        ours.actor = cast(Actor, SimpleLazyObject(lambda: _actor(ours)))
        return answer(request)

    return known


def _actor(request: Request) -> Actor:
    user = cast(object, request.user)
    return actors.of(user, at=request.now) if isinstance(user, User) else ANYONE


class SecondFactor:
    """Lets nobody further with a password alone."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.answer(request)

    def process_view(
        self, request: Request, view: View, args: object, kwargs: object
    ) -> HttpResponse | None:
        """Send a person without a second factor to where it is set up."""
        if request.actor.user is None or self._open(request, view):
            return None
        if signin.in_two_steps(request):
            return None
        return redirect("mfa_activate_totp")

    def _open(self, request: Request, view: View) -> bool:
        match = request.resolver_match
        name = str(match.url_name) if match else ""
        ways_in = name.startswith("mfa_") or name == "account_reauthenticate"
        return ways_in or not getattr(view, "login_required", True)


class InWords:
    """Turns what stopped an act into a page or a message that says what to do."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.answer(request)

    def process_exception(
        self, request: Request, stop: Exception
    ) -> HttpResponse | None:
        """Answer in words what the floors below raise about rules and readiness."""
        match stop:
            case moves.TooLate():
                return _back(
                    request,
                    _("Somebody else got there first. This is how it stands now."),
                )
            case moves.NoReason():
                return _back(request, _("Write why. The guideline asks for a reason."))
            case moves.NotReady():
                context = {"findings": stop.findings, "back": _came_from(request)}
                return render(request, "not_ready.html", context, status=409)
            case rules.NoneInForce():
                return render(request, "no_guideline.html", status=409)
        return stopped.page(request, stop, _came_from(request))


def _back(request: Request, message: str) -> HttpResponse:
    messages.error(request, message)
    return redirect(_came_from(request))


def _came_from(request: Request) -> str:
    """Return the page the person stood on, if it is ours, or the first page."""
    page = request.headers.get("Referer", "")
    ours = {request.get_host()}
    if url_has_allowed_host_and_scheme(page, ours, require_https=request.is_secure()):
        return page
    return settings.FORCE_SCRIPT_NAME or "/"
