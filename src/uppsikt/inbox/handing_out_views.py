"""The page where documents of a channel and a period are found and handed out."""

from datetime import timedelta
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from uppsikt.channels.models import Channel
from uppsikt.governance import download, rules
from uppsikt.governance.day_field import DayField
from uppsikt.governance.request import Request
from uppsikt.inbox import handing_out
from uppsikt.inbox.handing_out import TYPES, Asked, TooMuch
from uppsikt.policy.roles import Right

A_MONTH: Final = timedelta(days=30)


class PeriodForm(forms.Form):
    """Which channel, which days, which kind of file."""

    channel = forms.ModelChoiceField(
        Channel.objects.none(), label=gettext_lazy("Channel")
    )
    first = DayField(label=gettext_lazy("From"))
    last = DayField(label=gettext_lazy("To"))
    kind = forms.ChoiceField(
        label=gettext_lazy("File"),
        choices=(
            ("xlsx", gettext_lazy("Excel")),
            ("csv", gettext_lazy("CSV")),
            ("zip", gettext_lazy("Excel with the screenshots, in a ZIP file")),
        ),
        widget=forms.RadioSelect,
        initial="xlsx",
    )

    def __init__(self, data: Any, *, channels: list[int], request: Request) -> None:
        today = timezone.localdate(request.now)
        super().__init__(data, initial={"first": today - A_MONTH, "last": today})
        field = self.fields["channel"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (types)
        rows = Channel.objects.filter(pk__in=channels).select_related("node")
        field.queryset = rows.order_by("name")

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        told = super().clean() or {}
        first, last = told.get("first"), told.get("last")
        if first and last and last < first:
            self.add_error("last", _("The period ends before it begins."))
        return told


@require_http_methods(["GET", "POST"])
def hand_out(request: Request) -> HttpResponse:
    """Ask for a channel and a period, and hand out what there is as a file."""
    holders = rules.in_force(request.now).holders(Right.HAND_OUT)
    if not request.actor.has(*holders):
        raise PermissionDenied
    data = request.POST if request.method == "POST" else None
    form = PeriodForm(data, channels=_mine(request), request=request)
    if form.is_valid() and (answer := _file(request, form.cleaned_data)):
        return answer
    status = 422 if form.errors else 200
    return render(request, "inbox/hand_out.html", {"form": form}, status=status)


def _mine(request: Request) -> list[int]:
    """Return the channels of which the actor may hand out documents."""
    holders = rules.in_force(request.now).holders(Right.HAND_OUT)
    rows = Channel.objects.visible_to(request.actor).select_related("node")
    roles_at = request.actor.roles_at
    return [c.pk for c in rows if roles_at(c.path) & holders]


def _file(request: Request, told: dict[str, Any]) -> HttpResponse | None:
    asked, kind = Asked(told["channel"], told["first"], told["last"]), told["kind"]
    actor, at = request.actor, request.now
    try:
        content = handing_out.hand_out(asked, kind, actor=actor, at=at)
    except TooMuch:
        words = _("There is too much in the period for one file. Choose a shorter one.")
        messages.error(request, words)
        return None
    name = f"{slugify(asked.channel.name)}-{asked.first}-{asked.last}.{kind}"
    return download.made(content, TYPES[kind], name)
