"""The channel that an address of the daily round names, if the person sees it."""

from django.shortcuts import get_object_or_404

from uppsikt.channels.models import Channel
from uppsikt.governance.request import Request


def channel(request: Request, pk: int) -> Channel:
    """Return the channel `pk`; not found to whoever has no role there."""
    rows = Channel.objects.visible_to(request.actor)
    return get_object_or_404(rows.select_related("node", "connection"), pk=pk)
