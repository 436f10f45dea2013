"""What the page about a channel's profile shows: what should stand there, what does."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from django.conf import settings

from uppsikt.channels import connecting, profile, profile_acts, proving
from uppsikt.channels.card import Viewing
from uppsikt.channels.models import ProfileReading
from uppsikt.channels.profile import Wanted
from uppsikt.channels.profile_forms import SeenForm
from uppsikt.governance import rules
from uppsikt.governance.judging import Judge
from uppsikt.platforms import Can
from uppsikt.platforms.fitting import Fitted
from uppsikt.platforms.profile_fields import LABELS, Text
from uppsikt.policy import facts as f
from uppsikt.policy.guideline import Control
from uppsikt.policy.verdict import Finding

SHOWN: Final = 10
"""Readings in the history on the page."""
CHECKS: Final[Mapping[Text, str]] = {
    Text.SENDER: "sender_is_shown",
    Text.DESCRIPTION: "description_is_shown",
    Text.CONTACT: "contact_is_shown",
    Text.RULES: "rules_are_shown",
    Text.VISIBILITY: "visibility_is_shown",
}


@dataclass(frozen=True, slots=True)
class OneText:
    """A text that is demanded: in full, how it stands, and whether by a link."""

    name: Text
    label: str
    full: str
    linked: bool
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class OneField:
    """A field of the profile: what should stand there, and what stood there last."""

    fitted: Fitted
    now: str | None

    @property
    def same(self) -> bool:
        """Tell whether what stands there is what is proposed."""
        return self.now is not None and self.now.strip() == self.fitted.text.strip()


def context(view: Viewing, form: SeenForm | None) -> dict[str, object]:
    """Return all that the page shows; `form` is one that came back."""
    channel, at = view.channel, view.at
    wanted = profile.wanted(channel, at=at)
    facts = channel.facts(at)
    answer = profile_acts.last_answer(channel, at=at)
    readings = ProfileReading.objects.filter(channel=channel, at__lte=at)
    blank = SeenForm(initial={"version": profile_acts.version(wanted)})
    return {
        "channel": channel,
        "texts": list(_texts(view, wanted)),
        "fields": list(_fields(wanted, answer)),
        "answer": answer,
        "pending": answer.pending(at) if answer else (),
        "reads": connecting.can(channel, Can.PROFILE),
        "refused": view.barred(profile_acts.must_see_to) if channel.runs else None,
        "form": form or blank,
        "readings": readings.select_related("by", "picture").order_by("-pk")[:SHOWN],
        "proof": facts.get(f.PROVED_TWO_WAY, at),
        "provable": proving.provable(channel),
        "website": settings.WEBSITE,
        "turn": getattr(channel, "profile_turn", None),
    }


def _texts(view: Viewing, wanted: Wanted) -> Iterator[OneText]:
    found = list(_findings(view))
    for text in Text:
        mine = tuple(x for x in found if x.control.check == CHECKS[text])
        full = wanted.demanded.full[text]
        yield OneText(text, LABELS[text], full, text in wanted.linked, mine)


def _findings(view: Viewing) -> Iterator[Finding]:
    guideline = rules.in_force(view.at)
    asked = [c for c in guideline.control if _is_ours(c)]
    judge = Judge(guideline, view.at)
    yield from judge.judge(asked, view.channel.facts(view.at), path=view.channel.path)


def _is_ours(control: Control) -> bool:
    return control.check in CHECKS.values()


def _fields(wanted: Wanted, answer: ProfileReading | None) -> Iterator[OneField]:
    for fitted in wanted.fitted:
        name = fitted.field.read_as
        now = answer.fields.get(name) if answer and name else None
        yield OneField(fitted, now)
