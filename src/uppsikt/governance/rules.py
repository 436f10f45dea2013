"""Which guideline is in force, and what its parameters come to."""

from datetime import datetime
from functools import lru_cache
from importlib.resources import as_file, files

from uppsikt.governance.models import Adoption
from uppsikt.policy import guideline as policy
from uppsikt.policy.clocks import Span
from uppsikt.policy.guideline import Guideline
from uppsikt.policy.office_hours import OfficeHours
from uppsikt.policy.recurrence import Every
from uppsikt.policy.workdays import WorkingCalendar


class NoneInForce(Exception):
    """No guideline was in force at that moment (R-0-1)."""


def in_force(at: datetime) -> Guideline:
    """Return the guideline in force at `at`; raise `NoneInForce` before the first."""
    adoption = Adoption.objects.filter(starts_at__lte=at).order_by("-starts_at").first()
    if adoption is None:
        raise NoneInForce
    return packaged(adoption.guideline)


@lru_cache(maxsize=32)
def packaged(name: str) -> Guideline:
    """Return the guideline file `name` that the program ships."""
    with as_file(files("uppsikt.policy") / "guidelines" / f"{name}.toml") as path:
        return policy.load(path)


def span(guideline: Guideline, name: str) -> Span:
    """Return parameter `name` as a span of time."""
    return Span.parse(guideline.text(name))


def every(guideline: Guideline, name: str) -> Every:
    """Return parameter `name` as a recurrence."""
    return Every.parse(guideline.text(name))


@lru_cache(maxsize=32)
def calendar(guideline_id: str) -> WorkingCalendar:
    """Return the working calendar of the guideline."""
    hours = packaged(guideline_id).value("working_calendar")
    return OfficeHours.model_validate(hours).calendar()
