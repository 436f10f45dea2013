"""Pages of samples: draw them, review answer by answer, see how each point does."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from uppsikt.channels.models import Channel
from uppsikt.channels.models.channel import Channels
from uppsikt.governance import download, moves, rules
from uppsikt.governance.models import Node, Step, below
from uppsikt.governance.request import Request
from uppsikt.inbox import drafts, hints, sample_files, sample_review, sampling
from uppsikt.inbox.hints import Hint
from uppsikt.inbox.models import Sample, SampledAnswer
from uppsikt.inbox.models.sample import SampledAnswers
from uppsikt.inbox.period import Period
from uppsikt.inbox.sample_forms import ReviewForm
from uppsikt.inbox.sample_life import SampleLife
from uppsikt.inbox.sample_table import Table, Times
from uppsikt.inbox.why_form import WhyForm
from uppsikt.policy.roles import Right
from uppsikt.records.table_files import CSV, XLSX, as_csv, as_excel

ON_A_PAGE: Final = 50
MOST_ROWS: Final = 10_000


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which half-year somebody wants to see."""

    period: Period

    @property
    def times(self) -> Times:
        end = self.period.last + timedelta(days=1)
        return Times(_midnight(self.period.first), _midnight(end))

    @property
    def query(self) -> str:
        return f"period={self.period}"


@require_GET
def index(request: Request) -> HttpResponse:
    """Show the half-year's samples, by channel and by department."""
    chosen, points = _chosen(request), sample_review.points(request.now)
    channels = _in_use(request)
    page = Paginator(channels, ON_A_PAGE).get_page(request.GET.get("page"))
    whole = Table(list(channels), chosen.times, points)
    nodes = Node.objects.filter(below(request.actor), kind=Node.Kind.DEPARTMENT)
    told = {
        "chosen": chosen,
        "page": page,
        "points": points.values(),
        "rows": Table(list(page.object_list), chosen.times, points).rows(),
        "departments": whole.departments(nodes.order_by("name", "pk")),
        "to_draw": _to_draw(request).count(),
        "least": rules.in_force(request.now).number("sample_least_percent"),
    }
    return render(request, "inbox/samples/index.html", told)


@require_POST
def draw(request: Request) -> HttpResponse:
    """Draw a sample in each channel that waits for one, so many at a time."""
    waiting = _to_draw(request)
    for channel in waiting[:ON_A_PAGE]:
        seed = secrets.token_hex(8)
        sampling.draw(channel, seed=seed, actor=request.actor, at=request.now)
    count = min(len(waiting), ON_A_PAGE)
    words = ngettext(
        "Drawn in %(count)d channel.", "Drawn in %(count)d channels.", count
    )
    messages.success(request, words % {"count": count})
    return redirect("samples")


@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """Show one sample with its answers, and what is left to do."""
    sample = _sample(request, pk)
    answers = _answers(request).filter(sample=sample)
    steps = Step.objects.filter(subject=sample.subject).select_related("by")
    move, actor, at = SampleLife.follow_up, request.actor, request.now
    told = {
        "sample": sample,
        "answers": answers.order_by("place"),
        "points": sample_review.points(sample.drawn_at),
        "steps": steps.order_by("pk"),
        "life": SampleLife,
        "refused": moves.why_not(move, sample, actor, at=at),
        "may_review": moves.may(Right.REVIEW_ANSWERS, actor, sample.path, at=at),
    }
    return render(request, "inbox/samples/show.html", told)


@require_http_methods(["GET", "POST"])
def answer(request: Request, pk: int) -> HttpResponse:
    """Review one answer, and go on to the next."""
    it = get_object_or_404(_answers(request), pk=pk)
    points = sample_review.points(it.sample.drawn_at)
    form = ReviewForm(request.POST if request.method == "POST" else None, it, points)
    if form.is_valid():
        note = form.cleaned_data["note"]
        try:
            sample_review.review(
                it, form.marks, note, actor=request.actor, at=request.now
            )
        except sample_review.OwnAnswer:
            form.add_error(None, _("You wrote this answer. Let a colleague review it."))
        else:
            return redirect(_next(request, it, form.marks))
    return _reviewing(request, it, form)


@require_POST
def follow_up(request: Request, pk: int) -> HttpResponse:
    """Write down what is done about what fell short."""
    sample, todo = _sample(request, pk), WhyForm(request.POST).words
    sample_review.follow_up(sample, todo, actor=request.actor, at=request.now)
    messages.success(request, _("The sample is followed up."))
    return redirect("sample", pk)


@require_GET
def file(request: Request, ending: str) -> HttpResponse:
    """Hand out the half-year's answers with their marks, for Excel."""
    chosen = _chosen(request)
    first, end = chosen.times.first, chosen.times.end
    rows = _answers(request).filter(
        sample__drawn_at__gte=first, sample__drawn_at__lt=end
    )
    rows = rows.order_by("sample__channel__name", "sample", "place")[:MOST_ROWS]
    points = sample_review.points(request.now)
    made = sample_files.by_answer(rows, points, request.actor)
    name = f"stickprov-{chosen.period}.{ending}"
    if ending == "csv":
        return download.made(as_csv(made), CSV, name)
    if ending == "xlsx":
        return download.made(as_excel("Stickprov", made), XLSX, name)
    raise Http404


def _reviewing(request: Request, it: SampledAnswer, form: ReviewForm) -> HttpResponse:
    actor, path = request.actor, it.sample.path
    open_ = it.sample.status == SampleLife.drawn.name
    may = moves.may(Right.REVIEW_ANSWERS, actor, path, at=request.now)
    hidden = it.restricted and not actor.reads_restricted(path)
    told = {
        "answer": it,
        "sample": it.sample,
        "count": it.sample.answers.count(),
        "form": form,
        "hidden": hidden,
        "hints": () if hidden else _hints(it, request.now),
        "reviews": open_ and may and not sample_review.is_own(it, actor),
        "is_own": actor.user is not None and sample_review.is_own(it, actor),
    }
    status = 422 if form.errors else 200
    return render(request, "inbox/samples/answer.html", told, status=status)


def _hints(it: SampledAnswer, at: datetime) -> tuple[Hint, ...]:
    """Return what the program sees in an answer; its writer's signature where known."""
    about, written = it.asked or it.own, it.outgoing
    if about is None:
        return ()
    signature = drafts.signature(written.written_by) if written else None
    return hints.afterwards(it.text, about, signature, at=at)


def _next(request: Request, it: SampledAnswer, marks: Mapping[str, bool | None]) -> str:
    """Return where to go on: to the correction, the next answer, or the whole."""
    if marks.get("objective") is False and not it.lapses.exists():
        return f"{reverse('lapse-new')}?svar={it.pk}"
    left = it.sample.answers.waiting().exclude(
        outgoing__written_by=request.actor.person
    )
    following = left.order_by("place").first()
    if following is None:
        messages.success(request, _("You have reviewed what you can of this sample."))
        return reverse("sample", args=[it.sample_id])
    return reverse("sample-answer", args=[following.pk])


def _answers(request: Request) -> SampledAnswers:
    rows = SampledAnswer.objects.visible_to(request.actor)
    rows = rows.select_related(
        "sample__channel__node",
        "outgoing__written_by",
        "own__channel",
        "asked__channel",
        "reviewed_by",
    )
    return rows.prefetch_related("marks", "lapses")


def _sample(request: Request, pk: int) -> Sample:
    rows = Sample.objects.visible_to(request.actor).select_related("channel__node")
    return get_object_or_404(rows, pk=pk)


def _chosen(request: Request) -> Chosen:
    today = timezone.localdate(request.now)
    period = Period.parse(request.GET.get("period", ""), today)
    return Chosen(period.half_year_around)


def _in_use(request: Request) -> Channels:
    rows = Channel.objects.visible_to(request.actor).select_related("node")
    return rows.exclude(launched_at=None).order_by("name", "pk")


def _to_draw(request: Request) -> Channels:
    """Return the open channels that the actor may draw in, and that have no sample.

    One counts as long as it takes before the next is to be thought of.
    """
    since = sampling.fresh_since(request.now)
    roles = rules.in_force(request.now).rule(str(SampleLife.draw)).roles
    mine = Q(pk__in=[])
    for path in {path for role, path in request.actor.grants if role in roles}:
        mine |= Q(node__path__startswith=path)
    rows = Channel.objects.open().filter(mine).select_related("node")
    open_ = Q(status=SampleLife.drawn.name)
    fresh = Sample.objects.filter(open_ | Q(drawn_at__gte=since)).values("channel")
    return rows.exclude(pk__in=fresh).order_by("name", "pk")


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
