"""The page about a channel's profile, and one view per act on it."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from uppsikt.channels import connecting, profile_acts, profile_page, proving
from uppsikt.channels.card import Viewing
from uppsikt.channels.models import Channel, ProfileReading
from uppsikt.channels.profile_forms import SeenForm
from uppsikt.governance import download
from uppsikt.governance.request import Request
from uppsikt.platforms import PlatformError
from uppsikt.platforms.proof import Method
from uppsikt.policy.words import Message
from uppsikt.records import media


@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """Show what should stand on the profile, and what stood there last."""
    return _page(request, _channel(request, pk), None)


def _page(request: Request, channel: Channel, form: SeenForm | None) -> HttpResponse:
    view = Viewing(channel, request.actor, request.now)
    context = profile_page.context(view, form)
    status = 422 if form else 200
    return render(request, "channels/profile.html", context, status=status)


def _channel(request: Request, pk: int) -> Channel:
    seen = Channel.objects.visible_to(request.actor)
    return get_object_or_404(seen.select_related("node", "connection"), pk=pk)


@require_POST
def look(request: Request, pk: int) -> HttpResponse:
    """Read the profile at the platform now."""
    channel = _channel(request, pk)

    def read() -> None:
        profile_acts.look(channel, actor=request.actor, at=request.now)
        messages.success(request, _("The profile is read."))

    return _tried(request, channel, read)


@require_POST
def prove(request: Request, pk: int) -> HttpResponse:
    """Look for the links between our own page and the account now."""
    channel = _channel(request, pk)

    def try_links() -> None:
        found = proving.look(channel, actor=request.actor, at=request.now)
        if found is Method.NONE:
            messages.warning(request, _("The links do not point at each other."))
        else:
            messages.success(request, _("The account is proved to be ours."))

    return _tried(request, channel, try_links)


def _tried(request: Request, channel: Channel, act: Callable[[], None]) -> HttpResponse:
    """Do what asks somebody outside, and say in words why it could not be done."""
    try:
        act()
    except PlatformError as refused:
        messages.error(request, _said(refused.message))
    except connecting.KeyLost:
        messages.error(
            request,
            _("The stored credentials cannot be opened. Connect the channel again."),
        )
    except (profile_acts.CannotRead, connecting.NotConnected, proving.CannotProve):
        messages.error(request, _("It cannot be read from here. Look yourself."))
    return redirect("channel-profile", channel.pk)


def _said(message: Message) -> str:
    return _(message.msgid) % message.details


@require_POST
def attest(request: Request, pk: int) -> HttpResponse:
    """Keep what a person saw on the profile."""
    channel = _channel(request, pk)
    profile_acts.must_see_to(channel, request.actor, at=request.now)
    form = SeenForm(request.POST, request.FILES)
    if not form.is_valid() or not _attested(request, channel, form):
        return _page(request, channel, form)
    messages.success(request, _("What you saw is kept, with the picture."))
    return redirect("channel-profile", pk)


def _attested(request: Request, channel: Channel, form: SeenForm) -> bool:
    """Tell whether it was kept; what is wrong stands in the form."""
    try:
        profile_acts.attest(channel, form.told, actor=request.actor, at=request.now)
    except media.NotWhatItSays as fault:
        form.add_error("picture", _said(fault.reason))
    except profile_acts.NoPicture:
        form.add_error("picture", _("The file is empty."))
    except profile_acts.AnotherText:
        form.add_error(
            None,
            _(
                "A text was changed while you looked. Compare with what stands above "
                "now, and open the page again."
            ),
        )
    return not form.errors


@require_POST
def own_to(request: Request, pk: int) -> HttpResponse:
    """Say that the change of the profile was ours."""
    channel = _channel(request, pk)
    profile_acts.own_to(channel, actor=request.actor, at=request.now)
    messages.success(request, _("It is noted that the change was yours."))
    return redirect("channel-profile", pk)


@require_GET
def picture(request: Request, pk: int, reading: int) -> HttpResponse:
    """Show the picture that a person's reading rests on."""
    channel = _channel(request, pk)
    rows = ProfileReading.objects.filter(channel=channel).select_related("picture")
    blob = get_object_or_404(rows, pk=reading).picture
    if blob is None:
        raise Http404
    return download.shown(blob)
