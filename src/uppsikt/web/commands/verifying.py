"""Checking that nothing has been changed: our own ledger, or a package."""

from django.utils.translation import gettext

from uppsikt.policy.words import Message
from uppsikt.records import audit, ledger
from uppsikt.web.commands.saying import say, say_json
from uppsikt.web.commands.stops import NOT_WELL


def own(*, as_json: bool) -> int:
    """Check the installation's own ledger and vault; say it, return the exit code."""
    faults: list[str] = []
    for fault in audit.verify_own():
        faults.append(in_swedish(fault))
        if not as_json:
            say(faults[-1])
    latest = ledger.latest()
    size = latest.size if latest else 0
    if as_json:
        say_json({"whole": not faults, "faults": faults, "entries": size})
    elif faults:
        say(f"LIGGAREN ÄR INTE HEL: {len(faults)} fel.")
    else:
        say(f"LIGGAREN ÄR HEL: {size} poster, alla underlag oförändrade.")
    return NOT_WELL if faults else 0


def in_swedish(message: Message) -> str:
    """Return a sentence of the core in the language of the screen."""
    words = gettext(message.msgid)
    return words % message.details if message.details else words
