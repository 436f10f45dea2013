"""Why an answer cannot be ordered, in words that say what to do."""

from typing import Final

from django.utils import timezone
from django.utils.dateformat import format as written
from django.utils.translation import gettext as _

from uppsikt.checks.text.signature import NoTitle
from uppsikt.inbox.actions import Claimed, OnItsWay, PastDay, TooFarAway
from uppsikt.inbox.assigning import CannotAnswer
from uppsikt.inbox.deeds import Closed
from uppsikt.inbox.drafts import Unsigned
from uppsikt.inbox.internal_notes import Blank
from uppsikt.inbox.referring import (
    AsksForNumber,
    NoParties,
    Nowhere,
    PartiesMissing,
)
from uppsikt.inbox.snoozing import NoTimeLeft, NotLater
from uppsikt.policy.words import N_
from uppsikt.sending.actions import Empty, TooLong

REFUSALS: Final = (
    Blank,
    CannotAnswer,
    AsksForNumber,
    Claimed,
    Closed,
    Empty,
    NoTimeLeft,
    NoParties,
    NoTitle,
    Nowhere,
    PartiesMissing,
    NotLater,
    OnItsWay,
    PastDay,
    TooFarAway,
    TooLong,
    Unsigned,
)

_PLAIN: Final[dict[type[Exception], str]] = {
    Blank: N_("Write the note first."),
    Closed: N_("It is dealt with already."),
    Empty: N_("Write an answer first."),
    NoTimeLeft: N_("The answer is late, so it cannot be put aside. Answer now."),
    NotLater: N_("Choose a time that is ahead, within half a year."),
    NoTitle: N_("Your title is missing, so you cannot sign. Ask whoever invited you."),
    AsksForNumber: N_(
        "The text asks for an identity number. Nobody is to write it here (D-32)."
    ),
    NoParties: N_("The list of parties is empty. Ask the communications office."),
    Nowhere: N_("Say where the matter is moved to."),
    OnItsWay: N_("An answer is on its way already."),
    PastDay: N_("Give a day that has not passed."),
}


def in_words(refusal: Exception) -> str:  # noqa: PLR0911 (one for each refusal)
    """Return what stands against the act, and what to do about it."""
    match refusal:
        case Claimed():
            since = f"{timezone.localtime(refusal.since):%H.%M}"
            told = {"name": str(refusal.by), "since": since}
            return _("%(name)s took this at %(since)s and may be writing.") % told
        case TooLong():
            told = {"length": str(refusal.length), "most": str(refusal.most)}
            return (
                _("The text has %(length)s signs. The platform takes %(most)s at most.")
                % told
            )
        case Unsigned():
            return _("Sign the answer. End it with: %(line)s") % {"line": refusal.line}
        case PartiesMissing():
            names = ", ".join(refusal.names)
            return _(
                "All parties of the council are to be named. Missing: %(names)s."
            ) % {"names": names}
        case TooFarAway():
            day = written(refusal.latest, "j F")
            return _(
                "The full answer is due by %(day)s. Choose that day or an earlier one."
            ) % {"day": day}
    if isinstance(refusal, CannotAnswer):
        told = {"name": str(refusal.who)}
        return _("%(name)s may not answer in this channel.") % told
    return _(_PLAIN[type(refusal)])
