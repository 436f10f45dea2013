"""What allauth asks us: who may sign up, who must confirm, how letters are sent."""

from typing import Any, Final, cast

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from django.http import HttpRequest

from uppsikt.governance.request import Request
from uppsikt.records import mail
from uppsikt.web import identity

# What comes before the second step: our password, or the municipality's own sign-in.
_FIRST_STEPS: Final = frozenset({"password", "socialaccount"})


class ByInvitation(DefaultAccountAdapter):  # type: ignore[misc]
    """Lets nobody make an account for themselves; a colleague invites."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Tell that the door is closed: the way in is an invitation."""
        return False

    def is_reauthentication_required(self, *, app: str, **asked: object) -> bool:
        """Tell whether the password is asked for once more.

        Not of somebody who signed in a moment ago: a newcomer goes from the
        password to the second factor to the recovery codes without a stop.
        """
        if self._came_in_just_now():
            return False
        return bool(super().is_reauthentication_required(app=app, **asked))

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """Return where one is after signing out: also of the identity provider."""
        here = str(super().get_logout_redirect_url(request))
        return identity.way_out(request) or here

    def send_mail(
        self, template_prefix: str, email: str, context: dict[str, Any]
    ) -> None:
        """Ask the post room to send, so that a page never waits for a mail server."""
        told = {"request": self._request, "email": email, **context}
        letter = self.render_mail(template_prefix, email, told)
        mail.ask(email, letter.subject, letter.body, at=self._request.now)

    def _came_in_just_now(self) -> bool:
        request = self._request
        since = request.now.timestamp() - app_settings.REAUTHENTICATION_TIMEOUT
        given = get_authentication_records(request, request.user)
        return any(one["method"] in _FIRST_STEPS and one["at"] > since for one in given)

    @property
    def _request(self) -> Request:
        return cast(Request, self.request)
