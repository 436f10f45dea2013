"""Signing in by the municipality's identity provider (OpenID Connect).

It opens no door of its own: it is for people who are here already, known by an address
that the provider has verified. Our second step is asked, unless the provider says, by a
value that the municipality has named, that it asked for one itself.
"""

from collections.abc import Mapping
from typing import Any, Final, cast
from urllib.parse import urlencode

import requests
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.base import AuthError
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from uppsikt.governance import invitations
from uppsikt.governance.models import User
from uppsikt.governance.request import Request
from uppsikt.web import outward

CAME_BY_IT: Final = "identity.came_by_it"
TWO_STEPS: Final = "identity.two_steps"
_DISCOVERY: Final = "/.well-known/openid-configuration"

_UNKNOWN: Final = _(
    "You are signed in at the municipality, but nobody has invited you to Uppsikt yet. "
    "Ask your manager or the communications office."
)
_UNVERIFIED: Final = _(
    "The municipality's sign-in told no verified e-mail address, so we cannot know who "
    "you are here. Tell your system administrator."
)
_CLOSED: Final = _(
    "Your account in Uppsikt is closed. Ask your manager or the communications office."
)
_ANOTHER: Final = _(
    "Somebody else at the municipality has signed in here with your e-mail address. "
    "Ask your system administrator to reset the sign-in."
)
_CANCELLED: Final = _("You interrupted the sign-in. Nothing has happened.")
_FAILED: Final = _(
    "The municipality's sign-in cannot be reached, or answered something we do not "
    "understand. Try again in a while, or sign in with password and code."
)


class ByTheMunicipality(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Lets in who is known here, and says in words why anybody else is not."""

    def is_open_for_signup(self, request: HttpRequest, login: SocialLogin) -> bool:
        """Tell that nobody gets an account by being known to the provider."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Let a known person on; turn everybody else away with the reason."""
        if sociallogin.state.get("process", "login") != "login":
            raise _away(request, _FAILED)
        if not sociallogin.is_existing:
            verified = any(one.verified for one in sociallogin.email_addresses)
            raise _away(request, _UNKNOWN if verified else _UNVERIFIED)
        user = cast(User, sociallogin.user)
        if not user.is_active:
            raise _away(request, _CLOSED)
        if _known_as_another(sociallogin, user):
            raise _away(request, _ANOTHER)
        request.session[CAME_BY_IT] = user.pk
        if asked_for_two(_told(sociallogin)):
            request.session[TWO_STEPS] = user.pk
        else:
            request.session.pop(TWO_STEPS, None)
        invitations.arrive(user, at=cast(Request, request).now)

    def on_authentication_error(
        self, request: HttpRequest, provider: object, error: str = "", **_kw: object
    ) -> None:
        """Answer what went wrong at the provider, on our sign-in page."""
        raise _away(request, _CANCELLED if error == AuthError.CANCELLED else _FAILED)

    def get_requests_session(self) -> requests.Session:
        """Return the one way out (private addresses are refused)."""
        return outward.session()


def name() -> str:
    """Return what people call the municipality's sign-in, or "" where there is none."""
    return settings.OIDC_NAME if settings.OIDC_ISSUER else ""


def asked_for_two(claims: Mapping[str, Any]) -> bool:
    """Tell whether the provider says that it asked for two steps (`acr`, `amr`)."""
    ways = claims.get("amr")
    told = {str(way) for way in ways} if isinstance(ways, list) else set()
    return bool(settings.OIDC_TWO_STEPS & {*told, str(claims.get("acr", ""))})


def vouched(request: HttpRequest, user: object) -> bool:
    """Tell whether the provider asked this person for two steps, in this session."""
    pk = request.session.get(TWO_STEPS)
    return pk is not None and pk == getattr(user, "pk", None)


def way_out(request: HttpRequest) -> str:
    """Return where the provider ends its own session, or "" when there is no need."""
    if not name() or CAME_BY_IT not in request.session:
        return ""
    try:
        with outward.session() as way:
            known = way.get(settings.OIDC_ISSUER.rstrip("/") + _DISCOVERY).json()
    except (OAuth2Error, requests.RequestException):
        return ""
    end = known.get("end_session_endpoint", "")
    back = request.build_absolute_uri(reverse("account_login"))
    asked = {"client_id": settings.OIDC_CLIENT, "post_logout_redirect_uri": back}
    return f"{end}?{urlencode(asked)}" if end else ""


def _known_as_another(login: SocialLogin, user: User) -> bool:
    """Tell whether the provider knew somebody else by the same address before.

    An address that was given to a new colleague must not give them an old account.
    """
    if login.account.pk is not None:
        return False
    known = SocialAccount.objects.filter(user=user, provider=login.account.provider)
    return bool(known.exists())


def _told(login: SocialLogin) -> Mapping[str, Any]:
    """Return the claims of the token, which says how the person was asked."""
    claims = login.account.extra_data.get("id_token")
    return claims if isinstance(claims, dict) else {}


def _away(request: HttpRequest, words: Promise) -> ImmediateHttpResponse:
    messages.error(request, str(words))
    return ImmediateHttpResponse(redirect("account_login"))
