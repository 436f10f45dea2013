"""Pages about working calendars: one with its versions, and a new one."""

from typing import Any, Final

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from uppsikt.governance import moves, rules
from uppsikt.governance.models import Node
from uppsikt.governance.request import Request
from uppsikt.inbox import calendars
from uppsikt.inbox.hours_form import HoursForm, NewCalendarForm, as_written, said
from uppsikt.inbox.models import Calendar, CalendarVersion
from uppsikt.policy.office_hours import DAYS, OfficeHours
from uppsikt.policy.roles import Right
from uppsikt.policy.workdays import WEEKDAYS

_VERSIONS: Final = 25


@require_http_methods(["GET", "POST"])
def main(request: Request) -> HttpResponse:
    """Show the municipality's working times, and let those who may change them."""
    top = get_object_or_404(Node, parent=None)
    calendar = Calendar.objects.filter(main=True).select_related("node").first()
    if request.method == "POST":
        moves.must(Right.KEEP_CALENDAR, request.actor, top.path, at=request.now)
    form = _form(request, _versions(calendar))
    if form.is_valid():
        calendars.change_main(
            top,
            _("The municipality's working times"),
            form.wanted,
            actor=request.actor,
            at=request.now,
        )
        return _changed(request, "calendar-main")
    return _page(request, form, calendar, top)


@require_http_methods(["GET", "POST"])
def show(request: Request, pk: int) -> HttpResponse:
    """Show a calendar with its versions, and let those who may change it."""
    rows = Calendar.objects.visible_to(request.actor).filter(main=False)
    calendar = get_object_or_404(rows.select_related("node"), pk=pk)
    if request.method == "POST":
        path = calendar.node.path
        moves.must(Right.KEEP_CALENDAR, request.actor, path, at=request.now)
    form = _form(request, _versions(calendar))
    if form.is_valid():
        calendars.change(
            calendar,
            form.wanted,
            actor=request.actor,
            at=request.now,
        )
        return _changed(request, "calendar", pk)
    return _page(request, form, calendar, calendar.node)


@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Begin a calendar for a part of the organisation."""
    places = _places(request)
    if not places:
        moves.must(Right.KEEP_CALENDAR, request.actor, "", at=request.now)
    form = NewCalendarForm(
        request.POST or None,
        places=places,
        first_day=_today(request),
        timezone=_first(request).timezone,
        initial=_initial(request, _first(request)),
    )
    if form.is_valid() and (begun := _begun(request, form)):
        return _changed(request, "calendar", begun.pk)
    status = 422 if form.is_bound else 200
    return render(request, "inbox/calendar_new.html", {"form": form}, status=status)


def _begun(request: Request, form: NewCalendarForm) -> Calendar | None:
    told = form.cleaned_data
    try:
        return calendars.begin(
            told["node"],
            told["name"],
            form.wanted,
            actor=request.actor,
            at=request.now,
        )
    except calendars.TakenName:
        form.add_error("name", _("There is a calendar by that name."))
        return None


def _form(request: Request, versions: list[CalendarVersion]) -> HoursForm:
    newest = versions[0] if versions else None
    hours = _read(newest) if newest else _first(request)
    return HoursForm(
        request.POST or None,
        timezone=_first(request).timezone,
        first_day=_today(request),
        initial=_initial(request, hours),
    )


def _page(
    request: Request, form: HoursForm, calendar: Calendar | None, node: Node
) -> HttpResponse:
    versions = _versions(calendar)
    today = _today(request)
    told = {
        "calendar": calendar,
        "node": node,
        "form": form,
        "shown": [(v, _week(_read(v)), v.starts_on > today) for v in versions],
        "first": _week(_first(request)),
        "first_hours": _first(request),
        "is_main": calendar is None or calendar.main,
        "may": moves.may(Right.KEEP_CALENDAR, request.actor, node.path, at=request.now),
    }
    status = 422 if form.is_bound else 200
    return render(request, "inbox/calendar.html", told, status=status)


def _changed(request: Request, page: str, *args: Any) -> HttpResponse:
    messages.success(request, _("Saved. The clocks of open questions follow."))
    return redirect(page, *args)


def _versions(calendar: Calendar | None) -> list[CalendarVersion]:
    if calendar is None:
        return []
    rows = calendar.versions.select_related("by").order_by("-starts_on", "-pk")
    return list(rows[:_VERSIONS])


def _read(version: CalendarVersion) -> OfficeHours:
    return OfficeHours.model_validate_json(version.hours)


def _first(request: Request) -> OfficeHours:
    """Return the guideline's own working times."""
    value = rules.in_force(request.now).value("working_calendar")
    return OfficeHours.model_validate(value)


def _initial(request: Request, hours: OfficeHours) -> dict[str, object]:
    return {"starts_on": _today(request), **as_written(hours)}


def _today(request: Request) -> Any:
    return timezone.localtime(request.now).date()


def _week(hours: OfficeHours) -> dict[str, Any]:
    """Return what a version says, as the page shows it."""
    days = [
        (_(WEEKDAYS[n]), said(hours.hours.get(day, ()))) for n, day in enumerate(DAYS)
    ]
    return {"days": days, **as_written(hours)}


def _places(request: Request) -> QuerySet[Node]:
    may = rules.in_force(request.now).holders(Right.KEEP_CALENDAR)
    nodes = Node.objects.filter(closed_at=None).exclude(kind=Node.Kind.CHANNEL)
    here = [n.pk for n in nodes if request.actor.roles_at(n.path) & may]
    return nodes.filter(pk__in=here).order_by("path")
