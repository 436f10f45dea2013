"""Where a report of a text of ours begins: at the text, in a sample, or outside."""

from dataclasses import dataclass
from typing import Any, Final

from uppsikt.channels.models import Channel, Feedback
from uppsikt.governance.request import Request
from uppsikt.inbox.models import Item, Lapse, SampledAnswer

_MOST_DIGITS: Final = 18
"""No key of a row has more."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the address says that the report is about, as far as the actor sees it."""

    item: Item | None = None
    sampled: SampledAnswer | None = None
    feedback: Feedback | None = None

    @property
    def told(self) -> dict[str, Any]:
        """Return what the form can be filled in with."""
        if self.sampled and not self.sampled.restricted:
            return {
                "channel": self.sampled.sample.channel_id,
                "kind": Lapse.Kind.OPINION,
                "quoted": self.sampled.text,
                "url": self.sampled.url,
                "said": self.sampled.note,
            }
        if self.item:
            it = self.item
            return {"channel": it.channel_id, "quoted": it.text, "url": it.url}
        if self.feedback:
            return {"channel": self.feedback.channel_id, "said": self.feedback.text}
        return {}

    def at(self, channel: Channel) -> dict[str, Any]:
        """Return what the report is tied to, as far as that is in `channel`."""
        sampled, feedback = self.sampled, self.feedback
        item = self.item or (sampled.own if sampled else None)
        return {
            "item": item if item and item.channel_id == channel.pk else None,
            "sampled": sampled
            if sampled and sampled.sample.channel_id == channel.pk
            else None,
            "feedback": feedback
            if feedback and feedback.channel_id == channel.pk
            else None,
        }


def found(request: Request) -> Found:
    """Return what the address names: a text, a drawn answer, or a suggestion."""
    items = Item.objects.visible_to(request.actor).filter(own=True)
    drawn = SampledAnswer.objects.visible_to(request.actor)
    told = Feedback.objects.visible_to(request.actor)
    return Found(
        _one(items, request.GET.get("item", "")),
        _one(
            drawn.select_related("sample", "outgoing", "own", "asked"),
            request.GET.get("svar", ""),
        ),
        _one(told, request.GET.get("synpunkt", "")),
    )


def _one(rows: Any, asked: str) -> Any:
    """Return the row with the number that is asked for, or None."""
    if not (asked.isascii() and asked.isdigit() and len(asked) <= _MOST_DIGITS):
        return None
    return rows.filter(pk=int(asked)).first()
