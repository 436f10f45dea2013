"""Moments and messages as people say them in Swedish."""

from collections.abc import Mapping
from datetime import date, datetime

from django.utils import timezone
from django.utils.dateformat import format as written
from django.utils.translation import gettext as _

from uppsikt.governance.models import ROLE_LABELS
from uppsikt.policy.facts import Fact
from uppsikt.policy.roles import Role
from uppsikt.policy.watch_scope import LABELS, Part
from uppsikt.policy.words import Message


def absolute(moment: date) -> str:
    """Return a day or a moment in full: "20 november 2026 kl. 15.40"."""
    if isinstance(moment, datetime):
        local = timezone.localtime(moment)
        return f"{written(local, 'j F Y')} {_clock(local)}"
    return str(written(moment, "j F Y"))


def near(moment: date, now: datetime) -> str:
    """Return a day or a moment as said at `now`: "i dag kl. 16.00"."""
    today = timezone.localtime(now).date()
    if isinstance(moment, datetime):
        local = timezone.localtime(moment)
        return f"{_day(local.date(), today)} {_clock(local)}"
    return _day(moment, today)


def _clock(local: datetime) -> str:
    # No break between "kl." and the time.
    return _("at %(time)s") % {"time": f"{local:%H.%M}"}


def _day(day: date, today: date) -> str:
    named = {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}
    if (away := (day - today).days) in named:
        return named[away]
    return str(written(day, "l j F" if day.year == today.year else "j F Y"))


def sentence(message: Message | str | None) -> str:
    """Return a message of the core in Swedish, with its details in Swedish."""
    if message is None:
        return ""
    if isinstance(message, str):
        return _(message) if message else ""
    told = _(message.msgid)
    return told % _filled(message.details) if message.details else told


def _filled(details: Mapping[str, object]) -> dict[str, object]:
    return {name: _within(value) for name, value in details.items()}


def _within(value: object) -> object:
    """Return a detail as it stands within a sentence: roles in lower case."""
    said = detail(value)
    roles = value if isinstance(value, tuple | list | frozenset) else (value,)
    if roles and all(isinstance(one, Role) for one in roles):
        return _small(str(said))
    return said


def _small(word: str) -> str:
    return word[:1].lower() + word[1:]


def detail(value: object) -> object:
    """Return one detail of a message as people say it; a number stays a number."""
    said: object = value
    match value:
        case Role():
            said = str(ROLE_LABELS[value])
        case Part():
            said = _(LABELS[value])
        case Message():
            said = sentence(value)
        case Fact():
            said = _(value.label)
        case bool():
            said = _("yes") if value else _("no")
        case date():
            said = absolute(value)
        case tuple() | list() | frozenset():
            said = _together(list(value))
    return said


def _together(values: list[object]) -> str:
    """Join roles by "eller", since any of them will do, and all else by commas."""
    words = [str(detail(one)) for one in values]
    roles = all(isinstance(one, Role) for one in values)
    return _either(words) if roles else ", ".join(words)


def _either(words: list[str]) -> str:
    """Join words with "eller", the first as it is and the others in small letters."""
    lowered = [words[0], *map(_small, words[1:])] if words else []
    if len(lowered) < 2:  # noqa: PLR2004 (two are joined by one word)
        return "".join(lowered)
    return _("%(most)s or %(last)s") % {
        "most": ", ".join(lowered[:-1]),
        "last": lowered[-1],
    }
