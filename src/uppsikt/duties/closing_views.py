"""The page that leads through the closing of a channel, and what is done on it."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from uppsikt.channels import closing as plans
from uppsikt.channels.models import Channel, Closing
from uppsikt.duties import closing_page, farewell
from uppsikt.duties.closing_forms import (
    DoneForm,
    FarewellForm,
    LastPictureForm,
    OpinionForm,
    PlanForm,
    PostedForm,
)
from uppsikt.governance import download
from uppsikt.governance.request import Request
from uppsikt.moderation.wording import said
from uppsikt.policy.roles import Role
from uppsikt.records import media
from uppsikt.sending import actions as sending


@dataclass(frozen=True, slots=True)
class Here:
    """A request about one plan."""

    request: Request
    closing: Closing

    def must_plan(self) -> None:
        """Raise unless the person may plan this closing."""
        plans.must_plan(self.closing, self.request.actor, at=self.request.now)

    def again(self, **given: BaseForm) -> HttpResponse:
        """Show the page with the form that came back."""
        return closing_page.show(self.request, self.closing, given)

    def done(self, message: str) -> HttpResponse:
        """Say what was done, and go back to the page."""
        messages.success(self.request, message)
        return redirect("closing", self.closing.channel_id)


@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """Show how far the closing has come, and what is this person's part."""
    return closing_page.show(request, _here(request, pk).closing, {})


@require_POST
def plan(request: Request, pk: int) -> HttpResponse:
    """Write why, when, where to go instead, and what becomes of the account."""
    here = _here(request, pk)
    here.must_plan()
    form = PlanForm(request.POST, instance=_here(request, pk).closing, now=request.now)
    if not form.is_valid():
        return here.again(plan=form)
    told = {name: form.cleaned_data[name] for name in form.fields}
    try:
        plans.plan(here.closing, told, actor=request.actor, at=request.now)
    except ValidationError as fault:
        form.add_error(None, fault)
        return here.again(plan=form)
    return here.done(_("The plan is kept."))


@require_POST
def check_off(request: Request, pk: int) -> HttpResponse:
    """Note what has been done round the closing."""
    here = _here(request, pk)
    here.must_plan()
    form = DoneForm(request.POST, now=request.now, closing=here.closing)
    if not form.is_valid():
        return here.again(done=form)
    plans.plan(here.closing, form.cleaned_data, actor=request.actor, at=request.now)
    return here.done(_("The list is kept."))


@require_POST
def consult(request: Request, pk: int) -> HttpResponse:
    """Keep the opinion of a manager or an officer."""
    here, form = _here(request, pk), OpinionForm(request.POST)
    if not form.is_valid():
        return here.again(opinion=form)
    side, opinion = Role(form.cleaned_data["side"]), form.cleaned_data["opinion"]
    plans.consult(here.closing, side, opinion, actor=request.actor, at=request.now)
    return here.done(_("Your opinion is kept."))


@require_POST
def send_farewell(request: Request, pk: int) -> HttpResponse:
    """Order the last post, where the program can publish it."""
    here, form = _here(request, pk), FarewellForm(request.POST)
    here.must_plan()
    if form.is_valid() and _ordered(here, form):
        return here.done(_("The farewell is on its way."))
    return here.again(farewell=form)


def _ordered(here: Here, form: FarewellForm) -> bool:
    """Order what the form holds; else leave on it what stands against that."""
    text, request = form.cleaned_data["text"], here.request
    try:
        farewell.order(here.closing, text, actor=request.actor, at=request.now)
    except farewell.ByHand:
        form.add_error(None, _("The program cannot publish there. Post it yourself."))
    except farewell.NoReasonYet:
        form.add_error(None, _("Write the reason and the day in the plan first."))
    except sending.TooLong as long:
        words = _("The text is %(length)d characters. The platform takes %(most)d.")
        form.add_error("text", words % {"length": long.length, "most": long.most})
    except sending.Empty:
        form.add_error("text", _("Write something to send."))
    return not form.errors


@require_POST
def posted(request: Request, pk: int) -> HttpResponse:
    """Note a last post that a person has put up at the platform."""
    here, form = _here(request, pk), PostedForm(request.POST, now=request.now)
    here.must_plan()
    if not form.is_valid():
        return here.again(posted=form)
    told = form.cleaned_data
    plans.note_farewell(
        here.closing,
        told["text"],
        told["url"],
        told["day"],
        actor=request.actor,
        at=request.now,
    )
    return here.done(_("The farewell is noted."))


@require_POST
def picture(request: Request, pk: int) -> HttpResponse:
    """Keep a last picture of the channel."""
    here, form = _here(request, pk), LastPictureForm(request.POST, request.FILES)
    here.must_plan()
    if not form.is_valid():
        return here.again(picture=form)
    data = form.cleaned_data["picture"].read()
    try:
        plans.keep_picture(here.closing, data, actor=request.actor, at=request.now)
    except media.NotWhatItSays as wrong:
        form.add_error("picture", said(wrong.reason))
        return here.again(picture=form)
    return here.done(_("The picture is kept."))


@require_GET
def picture_file(request: Request, pk: int) -> HttpResponse:
    """Hand out the last picture of the channel, as a file that never runs."""
    kept = _here(request, pk).closing.picture
    if kept is None:
        raise Http404
    return download.attached(kept, f"kanal-{pk}")


def _here(request: Request, pk: int) -> Here:
    seen = Channel.objects.visible_to(request.actor)
    rows = Closing.objects.standing().filter(channel__in=seen, channel=pk)
    rows = rows.select_related("channel__node", "successor", "picture", "begun_by")
    return Here(request, get_object_or_404(rows.prefetch_related("consultations")))
