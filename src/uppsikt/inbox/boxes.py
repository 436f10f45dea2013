"""The boxes in which one writes to an item, each by its name."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from django import forms

from uppsikt.governance.models import User
from uppsikt.inbox.answer_forms import AnswerForm, PromiseForm
from uppsikt.inbox.models import Draft, Item
from uppsikt.inbox.referring_forms import MoveForm, ReferralForm

Box = Callable[[Any, Item, User, datetime, Draft | None], forms.Form]


def _answer(
    data: Any, item: Item, user: User, now: datetime, draft: Draft | None
) -> AnswerForm:
    return AnswerForm(data, item, user, draft)


BOXES: Final[Mapping[str, Box]] = {
    "answer": _answer,
    "promise": PromiseForm,
    "referral": ReferralForm,
    "moved": MoveForm,
}


def blank(
    item: Item, user: User, now: datetime, kept: Mapping[str, Draft]
) -> dict[str, forms.Form]:
    """Return each box as it is begun, or as it was left: `answer_form` and so on."""
    return {
        f"{name}_form": box(None, item, user, now, kept.get(name))
        for name, box in BOXES.items()
    }
