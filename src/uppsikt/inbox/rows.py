"""How an item is shown in a list: its clock in words, with a colour beside them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from uppsikt.checks.text.languages import LANGUAGES
from uppsikt.governance.models import User
from uppsikt.inbox import actions, deadlines
from uppsikt.inbox.models import Item
from uppsikt.platforms.catalogue import SITES
from uppsikt.policy.clocks import Phase
from uppsikt.policy.guideline import Guideline
from uppsikt.policy.words import N_

DUE: Final = {Phase.LATE: "late", Phase.DUE_TODAY: "today"}
COLOURS: Final = {
    Phase.LATE: "danger",
    Phase.DUE_TODAY: "warning",
    Phase.SOON: "info",
    Phase.CALM: "neutral",
}
KINDS: Final = {
    "post": N_("post"),
    "reply": N_("comment"),
    "mention": N_("mention"),
    "quote": N_("quote"),
    "message": N_("message"),
    "review": N_("review"),
}
AN_HOUR: Final = timedelta(hours=1)
A_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Row:
    """An item with its clock as it stands at a moment."""

    item: Item
    phase: Phase | None
    at: datetime
    # Who has it in hand, while that lasts.
    held_by: User | None = None

    @property
    def due(self) -> str:
        """Return what marks the row's edge: "late", "today" or ""."""
        if self.item.failed_at:
            return "late"
        return DUE.get(self.phase, "") if self.phase else ""

    @property
    def asleep(self) -> bool:
        """Tell whether it is put aside until later."""
        until = self.item.snoozed_until
        return self.item.open and until is not None and until > self.at

    @property
    def back(self) -> bool:
        """Tell whether it was put aside and has come back by itself."""
        return (
            self.item.open and self.item.snoozed_until is not None and not self.asleep
        )

    @property
    def still(self) -> bool:
        """Tell whether the clock stands still, so that nothing is urgent about it."""
        return self.item.still(self.at)

    @property
    def colour(self) -> str:
        return COLOURS[self.phase] if self.phase else "neutral"

    @property
    def late(self) -> str:
        """Return how late it is in words, or "" when it is not."""
        if self.phase is not Phase.LATE or self.item.due_at is None:
            return ""
        return _("Late %(time)s") % {"time": length(self.at - self.item.due_at)}

    @property
    def kind(self) -> str:
        return _(KINDS.get(self.item.kind, self.item.kind))

    @property
    def language(self) -> str:
        """Return what another language than Swedish is called, or ""."""
        return _(called) if (called := LANGUAGES.get(self.item.language, "")) else ""

    @property
    def site(self) -> str:
        return _(SITES[self.item.channel.site].label)


def length(passed: timedelta) -> str:
    """Return a length of time as people say it: minutes, hours or days."""
    if passed < AN_HOUR:
        count = max(1, int(passed.total_seconds() // 60))
        return ngettext("%(count)d min", "%(count)d min", count) % {"count": count}
    if passed < A_DAY:
        count = passed // AN_HOUR
        return ngettext("%(count)d hour", "%(count)d hours", count) % {"count": count}
    count = passed // A_DAY
    return ngettext("%(count)d day", "%(count)d days", count) % {"count": count}


def rows(items: Iterable[Item], guideline: Guideline, *, at: datetime) -> list[Row]:
    """Return `items` with their clocks as they stand at `at`."""
    return [
        Row(i, deadlines.phase(i, guideline, at=at), at, actions.held_by(i, at=at))
        for i in items
    ]
