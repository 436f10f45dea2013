"""What is said in private and in our name, put in any state for the tests of edges."""

from collections.abc import Callable
from datetime import datetime

from uppsikt.channels.models import Channel
from uppsikt.governance.models import Moving, User
from uppsikt.inbox.models import Conversation, Lapse, Module, PrivateMessage, Sample
from uppsikt.records.models import Registration

WITH_REASON = (
    "conversation.clear",
    "conversation.move",
    "item.keep_promise",
    "lapse.dismiss",
    "lapse.uphold",
    "message.reconsider",
    "module.retire",
    "module.send_back",
    "sample.follow_up",
)


def makers(
    channel: Channel, somebody: User, at: datetime
) -> dict[str, Callable[[str], Moving]]:
    """Return, by kind, a function that puts a thing in a state, bypassing the moves."""

    def registration(subject: str) -> Registration:
        return Registration.objects.create(
            subject=subject,
            path=channel.path,
            series="KS",
            title="Meddelande",
            direction=Registration.Direction.RECEIVED,
            happened_at=at,
            asked_at=at,
            due_at=at,
        )

    def conversation(status: str) -> Conversation:
        return Conversation.objects.create(
            status=status,
            node=channel.node,
            channel=channel,
            root_id=f"talk-{status}",
            begun_at=at,
            last_at=at,
        )

    def message(status: str) -> PrivateMessage:
        return PrivateMessage.objects.create(
            status=status,
            conversation=conversation(f"with-{status}"),
            text="När öppnar ni?",
            told_by=somebody,
            direction=Registration.Direction.RECEIVED,
            happened_at=at,
            due_at=at,
            registration=registration(f"message:{status}"),
        )

    def lapse(status: str) -> Lapse:
        return Lapse.objects.create(
            status=status,
            channel=channel,
            kind=Lapse.Kind.OPINION,
            quoted="Jag tycker själv",
            reported_by=somebody,
            reported_at=at,
            due_at=at,
            registration=registration(f"lapse:{status}"),
        )

    def module(status: str) -> Module:
        return Module.objects.create(
            status=status,
            node=channel.node,
            kind=Module.Kind.ORDINARY,
            language=Module.Language.SV,
            name="Öppettider",
            text="Vi har öppet alla dagar.",
            written_by=somebody,
            written_at=at,
            approved_at=at,
        )

    def sample(status: str) -> Sample:
        return Sample.objects.create(
            status=status,
            channel=channel,
            since=at,
            drawn_at=at,
            seed="0",
            population=1,
            fingerprint="0" * 64,
            review_by=at,
            reviewed_at=at,
        )

    return {
        "sample": sample,
        "conversation": conversation,
        "message": message,
        "lapse": lapse,
        "module": module,
    }
