"""The catalogue of platforms: what each one lets a municipality do (R-2-1)."""

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from uppsikt.channels.models import Channel
from uppsikt.governance.request import Request
from uppsikt.platforms.catalogue import SITES


@require_GET
def index(request: Request) -> HttpResponse:
    """List the platforms, what each allows, and how many channels are there."""
    counted = Channel.objects.open().values("site").annotate(channels=Count("pk"))
    channels = {row["site"]: row["channels"] for row in counted}
    platforms = [(site, channels.get(site.name, 0)) for site in SITES.values()]
    return render(request, "channels/platforms.html", {"platforms": platforms})
