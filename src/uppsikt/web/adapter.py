"""What allauth asks us: who may sign up, and how its letters are sent."""

from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from uppsikt.governance.request import Request
from uppsikt.records import mail


class ByInvitation(DefaultAccountAdapter):  # type: ignore[misc]
    """Lets nobody make an account for themselves; a colleague invites."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Tell that the door is closed: the way in is an invitation."""
        return False

    def send_mail(
        self, template_prefix: str, email: str, context: dict[str, Any]
    ) -> None:
        """Ask the post room to send, so that a page never waits for a mail server."""
        request = cast(Request, self.request)
        told = {"request": request, "email": email, **context}
        letter = self.render_mail(template_prefix, email, told)
        mail.ask(email, letter.subject, letter.body, at=request.now)
