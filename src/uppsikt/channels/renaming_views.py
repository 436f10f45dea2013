"""The page on which a channel's account gets the name that the platform gave it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from uppsikt.channels import changing, renaming
from uppsikt.channels.account_form import AccountForm
from uppsikt.channels.models import Channel
from uppsikt.channels.models.version import NAME_FIELDS
from uppsikt.channels.showing import channel_of
from uppsikt.governance.request import Request


class RenameForm(AccountForm):
    """A new name or address of an account; platform and unit are as they were."""

    field_order = ("url", "handle")

    def __init__(self, *args: Any, channel: Channel) -> None:
        super().__init__(*args)
        self.channel = channel
        del self.fields["unit"], self.fields["site"]

    def clean(self) -> None:
        """Compare with the platform that the channel is at, as an application is."""
        self.cleaned_data["site"] = self.channel.site
        super().clean()

    @property
    def named(self) -> dict[str, object]:
        """Return what the account is called, in its one spelling."""
        return {name: self.cleaned_data[name] for name in NAME_FIELDS}

    def another(self) -> None:
        """Say that the address leads to another account than the channel's."""
        words = _("The address has another id: it is not this account.")
        self.add_error("url", words)


def rename(request: Request, pk: int) -> HttpResponse:
    """Tell that the platform calls the account something else now."""
    channel = channel_of(request, pk)
    changing.must_edit(channel, request.actor, at=request.now)
    form = RenameForm(request.POST or None, channel=channel)
    if form.is_valid() and (edited := _renamed(request, channel, form)):
        messages.success(request, _said(edited))
        return redirect("channel", pk)
    context = {"channel": channel, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "channels/rename.html", context, status=status)


def _renamed(
    request: Request, channel: Channel, form: RenameForm
) -> changing.Edited | None:
    actor, at = request.actor, request.now
    try:
        return changing.edit_card(channel, form.named, actor=actor, at=at)
    except renaming.TakenAccount:
        form.taken()
    except renaming.AnotherAccount:
        form.another()
    return None


def _said(edited: changing.Edited) -> str:
    if edited.waiting:
        return _("The change waits for publication.")
    return _("The card is saved.")
