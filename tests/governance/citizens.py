"""What citizens send us, put in any state for the tests of every edge."""

from collections.abc import Callable
from datetime import datetime

from uppsikt.channels.models import Channel, Feedback, FoundAccount
from uppsikt.governance.models import Moving
from uppsikt.records import vault

# What is emptied when a private person's account is let go.
LET_GO = {"site": "", "url": "", "key": "sealed:1"}


def makers(channel: Channel, monday: datetime) -> dict[str, Callable[[str], Moving]]:
    """Return, by kind, a function that puts a thing in a state, bypassing the moves."""

    def found(status: str) -> FoundAccount:
        told = {"site": "x", "key": "x:bibblan", "url": "https://x.com/bibblan"}
        kept = {**told, **LET_GO} if status == "private" else told
        return FoundAccount.objects.create(
            status=status,
            node=channel.node,
            receipt=f"K-{status}",
            reported_at=monday,
            judged_at=monday,
            **kept,
        )

    def feedback(status: str) -> Feedback:
        return Feedback.objects.create(
            status=status,
            channel=channel,
            reference=f"S-{status}",
            text="Fler bilder",
            content=vault.keep(b"Fler bilder", "text/plain", at=monday),
            received_at=monday,
            due_at=monday,
        )

    return {"found": found, "feedback": feedback}
