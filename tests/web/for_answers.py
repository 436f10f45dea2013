"""What the library has ready for whoever answers."""

from datetime import datetime

from uppsikt.channels.models import Channel
from uppsikt.governance.models import User
from uppsikt.inbox.models import Module, Party
from uppsikt.publishing.models import OwnPicture
from uppsikt.records import vault
from uppsikt.records.models import Entry


def give(channel: Channel, anna: User, entry: Entry, at: datetime) -> None:
    """Give the library a standard answer that is a draft, and the council a party."""
    Module.objects.create(
        node=channel.node,
        status="draft",
        kind=Module.Kind.ORDINARY,
        language=Module.Language.SV,
        name="Varför är bokbussen inställd hos oss?",
        text="Varför är bokbussen inställd hos oss?",
        written_by=anna,
        written_at=at,
    )
    OwnPicture.objects.create(
        channel=channel,
        blob=vault.keep(b"bild", "image/png", at=at),
        shows="Varför är bokbussen inställd hos oss?",
        brought_by=anna,
        brought_at=at,
    )
    Party.objects.create(
        name="Exempelpartiet",
        url="https://exempelpartiet.example",
        since=at.date(),
        by=anna,
        entry=entry,
    )
