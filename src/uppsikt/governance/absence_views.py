"""The absence calendar: who is away this week, and who can say so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateformat import format as dated
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from uppsikt.governance import absences, people, rules
from uppsikt.governance.day_field import DayField
from uppsikt.governance.models import Absence, Assignment, User, below
from uppsikt.governance.request import Request
from uppsikt.policy.roles import Right, Role

_WEEK: Final = timedelta(days=7)
_AS_FAR: Final = 3 * absences.LONGEST
_MOST: Final = 200
_SHOWN: Final = frozenset(
    {
        Role.CHANNEL_OWNER,
        Role.DEPUTY,
        Role.PUBLISHER,
        Role.LINE_MANAGER,
        Role.COMMUNICATIONS_OFFICER,
    }
)


class AbsenceForm(forms.Form):
    """From when until when somebody is away. Why is not asked."""

    person = forms.ModelChoiceField(
        User.objects.none(), label=gettext_lazy("Who?"), empty_label=None
    )
    first_day = DayField(label=gettext_lazy("First day away"))
    last_day = DayField(label=gettext_lazy("Last day away"))
    anyway = forms.BooleanField(
        label=gettext_lazy("Note it all the same: nobody has the watch then"),
        required=False,
        widget=forms.HiddenInput(attrs={"value": ""}),
    )

    def __init__(self, *args: Any, whom: QuerySet[User], **kw: Any) -> None:
        super().__init__(*args, **kw)
        person = self.fields["person"]
        assert isinstance(person, forms.ModelChoiceField)  # noqa: S101 (types)
        person.queryset = whom

    def ask_anyway(self) -> None:
        """Let the person say that the absence stands although nobody stands in."""
        self.fields["anyway"].widget = forms.CheckboxInput()


@dataclass(frozen=True, slots=True)
class Row:
    """A person's week: on which days they are away."""

    user: User
    days: Sequence[tuple[date, bool]]

    @property
    def away(self) -> list[date]:
        return [day for day, is_away in self.days if is_away]


@require_GET
def calendar(request: Request) -> HttpResponse:
    """Show a week of absences among those the person sees."""
    return _page(request)


def _page(request: Request, form: AbsenceForm | None = None) -> HttpResponse:
    monday = _monday(request)
    days = [monday + timedelta(days=n) for n in range(7)]
    seen = Absence.objects.visible_to(request.actor, at=request.now)
    standing = seen.select_related("user").order_by("first_day", "pk")
    week = list(standing.between(days[0], days[-1])[:_MOST])
    today, whom = absences.today(request.now), _whom(request)
    mine = set(whom.values_list("pk", flat=True))
    coming = standing.between(today, date.max)[:_MOST]
    context = {
        "days": days,
        "today": today,
        "rows": _rows(request, days, week),
        "coming": [(row, row.user_id in mine) for row in coming],
        "form": form or AbsenceForm(whom=whom, initial=_first(request)),
        "before": _week(monday - _WEEK),
        "after": _week(monday + _WEEK),
        "week": monday.isocalendar().week,
        "away_now": request.user.pk in absences.away([request.user], today),
    }
    status = 422 if form else 200
    return render(request, "governance/absences.html", context, status=status)


def _first(request: Request) -> dict[str, object]:
    today = absences.today(request.now)
    return {"person": request.user.pk, "first_day": today, "last_day": today}


def _rows(request: Request, days: Sequence[date], week: Sequence[Absence]) -> list[Row]:
    held = Assignment.objects.holding(request.now).filter(role__in=_SHOWN)
    here = held.filter(below(request.actor, "node__path"))
    wanted = {a.user_id for a in week} | {request.user.pk}
    users = User.objects.filter(is_active=True, pk__in=here.values("user"))
    users |= User.objects.filter(pk__in=wanted)
    return [
        Row(
            user,
            [
                (day, any(a.user_id == user.pk and a.covers(day) for a in week))
                for day in days
            ],
        )
        for user in users.distinct().order_by("last_name", "first_name")[:_MOST]
    ]


def _whom(request: Request) -> QuerySet[User]:
    """Return those for whom the actor may enter an absence: oneself, and one's own."""
    may = rules.in_force(request.now).holders(Right.ENTER_ABSENCE)
    theirs = people.reached_by(request.actor, may, at=request.now)
    everybody = theirs.filter(is_active=True) | User.objects.filter(pk=request.user.pk)
    return everybody.distinct().order_by("last_name", "first_name")


def _monday(request: Request) -> date:
    """Return the first day of the week asked for, or of this one."""
    today = absences.today(request.now)
    year, _sign, week = request.GET.get("vecka", "").partition("-W")
    try:
        asked = date.fromisocalendar(int(year), int(week), 1)
    except ValueError:
        asked = date.max
    near = abs(asked - today) <= _AS_FAR
    return asked if near else today - timedelta(days=today.weekday())


def _week(monday: date) -> str:
    year, week, _day = monday.isocalendar()
    return f"{year}-W{week:02d}"


@require_POST
def enter(request: Request) -> HttpResponse:
    """Note that somebody is away."""
    form = AbsenceForm(request.POST, whom=_whom(request))
    if not form.is_valid():
        return _page(request, form)
    told, actor = form.cleaned_data, request.actor
    days = (told["first_day"], told["last_day"])
    act = absences.enter_uncovered if told["anyway"] else absences.enter
    try:
        act(told["person"], *days, actor=actor, at=request.now)
    except absences.Uncovered as bare:
        form.ask_anyway()
        for node, day in bare.places:
            words = _("%(channel)s would have nobody on %(day)s. Name a substitute.")
            said = {"channel": node.name, "day": dated(day, "j F")}
            form.add_error("last_day", words % said)
        return _page(request, form)
    except absences.NoSuchDays as wrong:
        form.add_error("last_day", _(str(wrong.message)))
        return _page(request, form)
    messages.success(
        request, _("The absence is noted. A substitute who is here has the watch.")
    )
    return redirect("absences")


@require_POST
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Take an absence back, or end it today."""
    seen = Absence.objects.visible_to(request.actor, at=request.now)
    row = get_object_or_404(seen.select_related("user"), pk=pk)
    absences.withdraw(row, actor=request.actor, at=request.now)
    messages.success(request, _("The absence is taken back."))
    return redirect("absences")
