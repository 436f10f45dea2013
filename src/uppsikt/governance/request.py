"""What our middleware makes of a request, for views on every floor."""

from datetime import datetime

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from uppsikt.governance.actors import Actor
from uppsikt.governance.models import User


class Request(HttpRequest):
    """A request by a person: who, with which roles, at one moment."""

    actor: Actor
    now: datetime
    htmx: HtmxDetails
    user: User
