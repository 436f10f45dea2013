"""What should stand on a channel's profile, by the guideline and the card (6.1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from uppsikt.channels.models import Channel
from uppsikt.governance import rules
from uppsikt.governance.models import Node
from uppsikt.platforms import comparing
from uppsikt.platforms.fitting import Demanded, Fitted, fit
from uppsikt.platforms.profile_fields import FIELDS, Text
from uppsikt.policy.guideline import Guideline
from uppsikt.policy.sameness import fingerprint

_NOTICE: Final = "%(privacy_notice)s"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a channel's profile should say, and what stands for each text's version."""

    demanded: Demanded
    fitted: tuple[Fitted, ...]
    marks: Mapping[Text, str]

    def seen_in(self, fields: Mapping[str, str]) -> dict[Text, str]:
        """Return the mark of each text that `fields` tell, "" for those they do not."""
        found = comparing.shown(fields, self.fitted, self.demanded)
        return {text: self.marks[text] if text in found else "" for text in Text}

    @property
    def linked(self) -> frozenset[Text]:
        """Return the texts that have no room there and stand behind the link."""
        return comparing.behind_link(self.fitted)


def wanted(channel: Channel, *, at: datetime) -> Wanted:
    """Return what the profile should say by the guideline in force at `at`."""
    guideline = rules.in_force(at)
    named = Node.objects.filter(parent=None).values_list("name", flat=True)
    municipality = named.first() or ""
    texts = _texts(channel, guideline, municipality)
    link = address(channel)
    line = _("Rules and personal data: %(link)s") % {"link": link}
    demanded = Demanded(texts, municipality, line, link)
    fitted = tuple(fit(FIELDS[channel.site], demanded))
    return Wanted(demanded, fitted, _marks(channel, guideline, municipality))


def address(channel: Channel) -> str:
    """Return where anybody reads the channel's public card."""
    return settings.PUBLIC_ADDRESS + reverse("channel-public", args=[channel.slug])


def visibility(guideline: Guideline, municipality: str) -> str:
    """Return the information that BBS-lagen 3 § asks for, filled in (D-1).

    Nothing, while it is to link to what the municipality has not filled in.
    """
    text, notice = guideline.text("visibility_text"), guideline.text("privacy_notice")
    if _NOTICE in text and not notice:
        return ""
    return text.replace("%(municipality)s", municipality).replace(_NOTICE, notice)


def _texts(
    channel: Channel, guideline: Guideline, municipality: str
) -> dict[Text, str]:
    named = municipality.casefold() in channel.name.casefold()
    return {
        Text.SENDER: channel.name if named else f"{channel.name} – {municipality}",
        Text.DESCRIPTION: channel.description,
        Text.CONTACT: channel.contact,
        Text.RULES: guideline.text("standard_text"),
        Text.VISIBILITY: visibility(guideline, municipality),
    }


def _marks(
    channel: Channel, guideline: Guideline, municipality: str
) -> dict[Text, str]:
    """Return what each check compares with: the version that the text is of."""
    return {
        Text.SENDER: fingerprint(municipality),
        Text.DESCRIPTION: fingerprint(channel.description),
        Text.CONTACT: fingerprint(channel.contact),
        Text.RULES: fingerprint(guideline.text("standard_text")),
        Text.VISIBILITY: fingerprint(guideline.text("visibility_text")),
    }
