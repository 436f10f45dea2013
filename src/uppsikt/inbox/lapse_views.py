"""Pages on texts of ours that somebody holds to be a private opinion (R-6.2-12)."""

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from uppsikt.channels.models import Channel
from uppsikt.governance import moves
from uppsikt.governance.models import Step
from uppsikt.governance.request import Request
from uppsikt.inbox import lapse_start, lapsing
from uppsikt.inbox.answer_forms import PostedForm
from uppsikt.inbox.lapse_life import LapseLife
from uppsikt.inbox.models import Lapse
from uppsikt.inbox.why_form import WhyForm
from uppsikt.records import diary
from uppsikt.sending.actions import TooLong
from uppsikt.sending.life import OutgoingLife

if TYPE_CHECKING:
    from collections.abc import Callable

ON_A_PAGE: Final = 25
LONGEST: Final = 20_000


class ReportForm(forms.Form):
    """Which text of ours, and what is wrong with it."""

    channel = forms.ModelChoiceField(
        Channel.objects.none(), label=gettext_lazy("Channel")
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What is wrong?"),
        choices=Lapse.Kind.choices,
        widget=forms.RadioSelect,
    )
    quoted = forms.CharField(
        label=gettext_lazy("What does it say?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Paste the text as it stands."),
    )
    url = forms.URLField(
        label=gettext_lazy("Link"),
        required=False,
        max_length=1000,
        assume_scheme="https",
    )
    said = forms.CharField(
        label=gettext_lazy("Why do you report it?"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "It is about the text and not about the person who wrote it."
        ),
    )

    def __init__(self, data: Any, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        field = self.fields["channel"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (types)
        field.queryset = Channel.objects.open().select_related("node").order_by("name")


class CorrectionForm(forms.Form):
    """The text that corrects it, or none where it is removed."""

    text = forms.CharField(
        label=gettext_lazy("Correction"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy(
            "Goes out from the channel, below what it corrects. Leave it empty only "
            "if the text has been removed with evidence."
        ),
    )


@require_GET
def index(request: Request) -> HttpResponse:
    """List the reports: what waits first, or what is done."""
    seen = Lapse.objects.visible_to(request.actor).select_related("channel")
    finished = request.GET.get("flik") == "klara"
    ended = (LapseLife.closed.name, LapseLife.dismissed.name)
    done = seen.filter(status__in=ended).order_by("-reported_at", "-pk")
    rows = done if finished else seen.exclude(status__in=ended).order_by("due_at", "pk")
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "finished": finished}
    return render(request, "inbox/lapses/index.html", context)


@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Let anybody on staff report a text of ours."""
    found = lapse_start.found(request)
    given = request.POST if request.method == "POST" else None
    form = ReportForm(given, found.told)
    if form.is_valid():
        told = dict(form.cleaned_data)
        channel = told.pop("channel")
        seen = lapsing.Seen(**found.at(channel), **told)
        lapsing.report(channel, seen, actor=request.actor, at=request.now)
        messages.success(request, _("Thank you. Those who answer for it will look."))
        return redirect("lapses")
    status = 422 if form.errors else 200
    return render(request, "inbox/lapses/new.html", {"form": form}, status=status)


@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """Show one report, and what can be done about it."""
    return _show(request, _lapse(request, pk))


@require_POST
def move(request: Request, pk: int, name: str) -> HttpResponse:
    """Judge, dismiss or close a report."""
    acts: dict[str, Callable[..., None]] = {
        "uphold": lapsing.uphold,
        "dismiss": lapsing.dismiss,
    }
    lapse, why = _lapse(request, pk), WhyForm(request.POST).words
    try:
        if name == "close":
            lapsing.close(lapse, actor=request.actor, at=request.now)
        elif act := acts.get(name):
            act(lapse, why=why, actor=request.actor, at=request.now)
        else:
            raise Http404
    except lapsing.NotOutYet:
        messages.error(request, _("The correction is not out yet."))
    except diary.AlreadyRegistered:
        messages.error(request, _("It has its diary number, and that stands."))
    return redirect("lapse", pk)


@require_POST
def correct(request: Request, pk: int) -> HttpResponse:
    """Send the correction, or note that it is removed."""
    lapse = _lapse(request, pk)
    form = CorrectionForm(request.POST)
    if form.is_valid():
        text = form.cleaned_data["text"]
        try:
            lapsing.correct(lapse, text, actor=request.actor, at=request.now)
        except lapsing.NothingCorrected:
            form.add_error("text", _("Write the correction, or remove the text first."))
        except TooLong as e:
            words = _("The text has %(length)s signs. The platform takes %(most)s.")
            told = {"length": e.length, "most": e.most}
            form.add_error("text", words % told)
        else:
            messages.success(request, _("The correction is noted."))
            return redirect("lapse", pk)
    return _show(request, lapse, form)


def _show(
    request: Request, lapse: Lapse, form: CorrectionForm | None = None
) -> HttpResponse:
    steps = Step.objects.filter(subject=lapse.subject).select_related("by")
    actor, at = request.actor, request.now
    text = lapse.correction
    context = {
        "lapse": lapse,
        "life": LapseLife,
        "steps": steps.order_by("pk"),
        "refused": moves.why_not(LapseLife.uphold, lapse, actor, at=at),
        "correction_form": form or CorrectionForm(),
        "posted_form": PostedForm(auto_id="posted-%s"),
        "by_hand": text is not None and text.status == OutgoingLife.by_hand.name,
        "form": form,
    }
    status = 422 if form else 200
    return render(request, "inbox/lapses/show.html", context, status=status)


def _lapse(request: Request, pk: int) -> Lapse:
    rows = Lapse.objects.visible_to(request.actor)
    found = rows.select_related(
        "channel__node",
        "item",
        "sampled",
        "feedback",
        "correction",
        "registration",
        "reported_by",
    )
    return get_object_or_404(found, pk=pk)
