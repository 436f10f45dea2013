"""The pages of a channel's review, and the channels that ask for one."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import BoundField, Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from uppsikt.channels import reviewing
from uppsikt.channels.card import Viewing
from uppsikt.channels.forms import WhyForm
from uppsikt.channels.life import ChannelLife
from uppsikt.channels.models import Channel
from uppsikt.duties import in_use
from uppsikt.duties.review_forms import LastPostForm, ReviewForm, ViewForm
from uppsikt.governance.request import Request
from uppsikt.inbox import load
from uppsikt.policy import facts as f
from uppsikt.policy.facts import Facts, Seen
from uppsikt.policy.verdict import Finding, Outcome

ON_A_PAGE: Final = 25
LOAD: Final = (f.EVENTS_PER_WEEK, f.OVERDUE_SHARE, f.OWN_POSTS_PER_WEEK)
WRITTEN: Final = {
    "purpose": "purpose",
    "audience": "audience",
    "goal": "goal_contribution",
    "benefit": "benefit",
}
"""What stands on the card about each question but that of resources."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the review: what the card says, and where it is answered."""

    name: str
    card: str
    answer: BoundField
    words: BoundField
    last: Seen | None


@require_GET
def index(request: Request) -> HttpResponse:
    """List the channels that are to be reviewed, changed or decided on."""
    mine = Channel.objects.visible_to(request.actor).open().select_related("node")
    asked = in_use.asking(list(mine.order_by("name")), at=request.now)
    kinds = [a for a in asked if a.check == request.GET.get("galler")] or asked
    page = Paginator(kinds, ON_A_PAGE).get_page(request.GET.get("page"))
    counts = {k: sum(a.check == k for a in asked) for k in in_use.CHECKS}
    context = {"page": page, "counts": counts, "total": len(asked)}
    return render(request, "duties/reviews.html", context)


def review(request: Request, pk: int) -> HttpResponse:
    """Show how a channel does beside what was promised, and take the review of it."""
    channel = _channel(request, pk)
    if request.method != "POST":
        return _page(request, channel)
    reviewing.must_review(channel, request.actor, at=request.now)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return _page(request, channel, form=form)
    carried = load.of([channel], at=request.now)[channel.pk]
    measured = {seen.fact: seen.value for seen in carried if seen.fact in LOAD}
    reviewing.review(
        channel, form.review, measured, actor=request.actor, at=request.now
    )
    messages.success(request, _("The review is kept."))
    ending = channel.state is ChannelLife.closing
    return redirect("closing" if ending else "channel-review", pk)


@require_POST
def give_view(request: Request, pk: int) -> HttpResponse:
    """Keep what whoever runs the channel says before its review."""
    channel, form = _channel(request, pk), ViewForm(request.POST)
    reviewing.must_tell(channel, request.actor, at=request.now)
    if not form.is_valid():
        return _page(request, channel, view=form)
    view = form.cleaned_data["view"]
    reviewing.give_view(channel, view, actor=request.actor, at=request.now)
    messages.success(request, _("Your view is kept. Your manager sees it here."))
    return redirect("channel-review", pk)


@require_POST
def last_post(request: Request, pk: int) -> HttpResponse:
    """Keep the day of the last own post, told by a person."""
    channel, form = _channel(request, pk), LastPostForm(request.POST, now=request.now)
    reviewing.must_tell(channel, request.actor, at=request.now)
    if not form.is_valid():
        return _page(request, channel, last=form)
    day = form.cleaned_data["day"]
    reviewing.tell_last_post(channel, day, actor=request.actor, at=request.now)
    messages.success(request, _("The day is kept."))
    return redirect("channel-review", pk)


@require_POST
def keep_silent(request: Request, pk: int) -> HttpResponse:
    """Decide that a channel without new posts is kept."""
    channel, form = _channel(request, pk), WhyForm(request.POST)
    why = form.cleaned_data["why"] if form.is_valid() else ""
    reviewing.keep_silent(channel, why=why, actor=request.actor, at=request.now)
    messages.success(request, _("The decision is kept."))
    return redirect("channel-review", pk)


def _channel(request: Request, pk: int) -> Channel:
    seen = Channel.objects.visible_to(request.actor).select_related("node")
    return get_object_or_404(seen.public(), pk=pk)


def _page(request: Request, channel: Channel, **given: Form) -> HttpResponse:
    facts = in_use.facts([channel], at=request.now)[channel.pk]
    checks = (*in_use.CHECKS, in_use.LOAD)
    found = in_use.findings([channel], checks, at=request.now)[channel.pk]
    form = given.get("form") or ReviewForm()
    assert isinstance(form, ReviewForm)  # noqa: S101 (for the types)
    context = {
        "channel": channel,
        "form": form,
        "questions": list(_questions(channel, form, facts, request)),
        "findings": _concerning(found),
        "silent": _silent(found),
        "load": [s for fact in LOAD if (s := facts.get(fact, request.now))],
        "last": facts.get(f.REVIEWED, request.now),
        "owner_view": facts.get(f.OWNER_VIEW, request.now),
        "view": given.get("view") or ViewForm(auto_id="view_%s"),
        "post": given.get("last") or LastPostForm(now=request.now, auto_id="post_%s"),
        "weeks": load.WEEKS,
        **_may(request, channel),
    }
    status = 422 if given else 200
    return render(request, "duties/review.html", context, status=status)


def _questions(
    channel: Channel, form: ReviewForm, facts: Facts, request: Request
) -> Iterator[Question]:
    for name, answer, words in form.asked():
        last = facts.get(reviewing.QUESTIONS[name], request.now)
        card = (
            getattr(channel, WRITTEN[name]) if name in WRITTEN else _promised(channel)
        )
        yield Question(name, card, answer, words, last)


def _promised(channel: Channel) -> str:
    told = {"hours": channel.hours_per_week, "months": channel.horizon_months}
    return _("%(hours)d hours a week for at least %(months)d months") % told


def _concerning(found: list[Finding]) -> list[Finding]:
    outside = Outcome.NOT_APPLICABLE
    return [x for x in found if x.verdict.outcome is not outside]


def _silent(found: list[Finding]) -> bool:
    """Tell whether somebody is to decide on the channel, since nothing is posted."""
    asks = (Outcome.DUE, Outcome.NOT_MET)
    silent = (x for x in found if x.control.check == in_use.UPDATED)
    return any(x.verdict.outcome in asks for x in silent)


def _may(request: Request, channel: Channel) -> dict[str, object]:
    """Return why the person may not review, or tell, where they may not."""
    view = Viewing(channel, request.actor, request.now)
    in_use_now = channel.state in (ChannelLife.active, ChannelLife.paused)
    return {
        "reviews": in_use_now,
        "refused": view.barred(reviewing.must_review) if in_use_now else None,
        "untold": view.barred(reviewing.must_tell) if channel.is_open else None,
    }
