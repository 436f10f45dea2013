"""Tags for every page: moments, messages, fields, and marks in a text."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol

from django import template
from django.forms import BoundField, CheckboxSelectMultiple, RadioSelect
from django.template.context import Context
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from pydantic import JsonValue

from uppsikt.governance.actors import Actor
from uppsikt.governance.models import ROLE_LABELS, Step, User
from uppsikt.policy.lifecycle import Lifecycle
from uppsikt.policy.roles import Role
from uppsikt.policy.verdict import Outcome
from uppsikt.policy.words import Message
from uppsikt.records import asking, looking
from uppsikt.records.looking import Signs
from uppsikt.records.models import Blob
from uppsikt.web import guideline, identity, signin, wording

register = template.Library()

# Sign and colour beside the word, never instead of it.
SIGNS = {
    Outcome.MET: ("✓", "success"),
    Outcome.NOT_MET: ("✕", "danger"),
    Outcome.DUE: ("!", "warning"),
    Outcome.NOT_ASSESSED: ("?", "neutral"),
    Outcome.NOT_APPLICABLE: ("–", "neutral"),
    Outcome.EXEMPT: ("§", "info"),
}


class Marked(Protocol):
    """A place in a text and why it is marked: `checks.text.Signal` is one."""

    @property
    def span(self) -> tuple[int, int]: ...

    @property
    def message(self) -> Message: ...


@register.simple_tag(takes_context=True)
def when(context: Context, moment: date | None) -> SafeString:
    """Show a day or a moment as said now, in full on hover and on paper."""
    if moment is None:
        return SafeString("")
    now = context.get("now") or context["request"].now
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        moment.isoformat(),
        wording.absolute(moment),
        wording.near(moment, now),
    )


@register.filter
def written(moment: date) -> str:
    """Return a day or a moment in full."""
    return wording.absolute(moment)


@register.filter
def words(message: Message | str | None) -> str:
    """Return a message of the core in Swedish."""
    return wording.sentence(message)


@register.filter
def detail(value: object) -> object:
    """Return a value of a fact, a role or a day as people say it."""
    return wording.detail(value)


@register.filter
def signs(blob: Blob) -> Signs:
    """Return what is said of a kept picture; its `reading` is there already."""
    return looking.signs(blob)


@register.filter
def reads(actor: Actor, path: str) -> bool:
    """Tell whether `actor` may read what is restricted at `path`."""
    return actor.reads_restricted(path)


@register.filter
def role(value: str) -> str:
    """Return the name of a role."""
    return str(ROLE_LABELS[Role(value)])


@register.filter
def undoes(tags: str) -> str:
    """Return where the act that a message tells of is undone, or ""."""
    _, _, url = (tags or "").partition("undo ")
    return url


@register.filter
def sign(outcome: Outcome) -> str:
    """Return the sign of an outcome."""
    return SIGNS[outcome][0]


@register.filter
def colour(outcome: Outcome) -> str:
    """Return the colour of an outcome."""
    return SIGNS[outcome][1]


@register.filter
def highlight(text: str, marks: Iterable[Marked]) -> SafeString:
    """Mark the places of `marks` in `text`, each with its reason; all else escaped."""
    parts: list[str] = []
    reached = 0
    for start, end, why in _apart(marks):
        parts.append(conditional_escape(text[reached:start]))
        mark = '<mark title="{}">{}</mark>'
        parts.append(format_html(mark, why, text[start:end]))
        reached = end
    parts.append(conditional_escape(text[reached:]))
    return mark_safe("".join(parts))  # noqa: S308 (each part is escaped above)


@register.filter
def found(text: str, query: str) -> SafeString:
    """Show where in `text` it is that `query` finds it, with the words marked."""
    part = asking.excerpt(text, query)
    return highlight(part, asking.hits(part, query))


def _apart(marks: Iterable[Marked]) -> list[tuple[int, int, str]]:
    """Return the marks in order; those that overlap become one, with both reasons."""
    apart: list[tuple[int, int, str]] = []
    for mark in sorted(marks, key=lambda m: m.span):
        (start, end), why = mark.span, wording.sentence(mark.message)
        if apart and start < apart[-1][1]:
            first, reached, told = apart.pop()
            both = told if why in told else f"{told} {why}"
            start, end, why = first, max(end, reached), both
        if start < end:
            apart.append((start, end, why))
    return apart


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """Show a form field's input in the design system's dress."""
    widget = field.field.widget
    if isinstance(widget, CheckboxSelectMultiple | RadioSelect):
        return field.as_widget()
    given = widget.attrs.get("class", "")
    return field.as_widget(attrs={"class": f"ds-input {given}".strip()})


@register.filter
def is_checkbox(field: BoundField) -> bool:
    """Tell whether a field is one box to tick, whose label stands after it."""
    return getattr(field.field.widget, "input_type", "") == "checkbox" and not (
        field.use_fieldset
    )


@register.filter
def said(value: JsonValue) -> str:
    """Return a value of the guideline as people say it."""
    return guideline.said(value)


@register.filter
def act(step: Step, life: type[Lifecycle]) -> object:
    """Return what a step did, by the label of its move."""
    return life.moves[step.move.rpartition(".")[2]].label


@register.simple_tag
def by_the_municipality() -> str:
    """Return what the municipality's identity provider is called, "" without one."""
    return identity.name()


@register.simple_tag
def demo_cast() -> Sequence[signin.Part]:
    """Return one made-up person for each role, in the demonstration only."""
    return signin.cast()


@register.simple_tag
def demo_crowd() -> Sequence[User]:
    """Return the other made-up people, in the demonstration only."""
    return signin.crowd()
