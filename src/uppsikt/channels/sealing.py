"""A decision about a channel as a page of its own: kept, and asked to be registered."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from uppsikt.channels.models import Channel, Decision
from uppsikt.governance import rules
from uppsikt.governance.models import Step
from uppsikt.policy import clocks
from uppsikt.records import diary, vault
from uppsikt.records.models import Registration
from uppsikt.records.rendering import style_hash

SUBJECT_ID: Final = "decision"
"""The id of the sentence that says what was decided: what a picture must show."""
HTML: Final = "text/html; charset=utf-8"
_STYLE: Final = (
    Path(__file__).with_name("templates") / "channels" / "decision" / "sealed.css"
).read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Paper:
    """A page as it is sealed, and what the diary calls it."""

    page: str
    title: str


def page(body: str, document: object) -> str:
    """Return `document` as a page that needs nothing else, in the language set.

    `body` is the template that says what was decided.
    """
    context = {
        "body": body,
        "document": document,
        "style": mark_safe(_STYLE),  # noqa: S308 (our own file)
        "style_hash": mark_safe(style_hash(_STYLE)),  # noqa: S308 (base64)
        "subject_id": SUBJECT_ID,
    }
    return render_to_string("channels/decision/sealed.html", context)


def keep(channel: Channel, step: Step, paper: Paper, *, at: datetime) -> Decision:
    """Seal what was decided by `step` and hand it over to be registered (OSL 5:1).

    Raises:
        vault.NoRoom: the disk is full; nothing is kept.
    """
    kept = vault.keep(paper.page.encode(), HTML, at=at)
    registration = _asked(channel, step, paper.title, at)
    registration.files.add(kept)
    return Decision.objects.create(
        channel=channel,
        step=step,
        page=kept,
        registration=registration,
        next_try_at=at,
    )


def _asked(channel: Channel, step: Step, title: str, at: datetime) -> Registration:
    guideline = rules.in_force(at)
    span = rules.span(guideline, "registration_target")
    return diary.ask(
        channel.subject,
        path=channel.path,
        series=guideline.text("diary_series"),
        title=title,
        direction=Registration.Direction.DRAWN_UP,
        party=str(step.by or ""),
        happened_at=step.at,
        secret=False,
        due_at=clocks.due(at, span, guideline.working_calendar).at,
        at=at,
    )
