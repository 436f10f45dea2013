"""Order what people order, in a process of its own beside the program under test.

python -m tests.servers.orders        one JSON array a line: an act and its arguments
Each act is answered with a line of JSON.
"""

import json
import sys
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import django


def main() -> None:
    """Make each act that standard input names."""
    django.setup()
    for line in sys.stdin:
        name, *told = json.loads(line)
        sys.stdout.write(json.dumps(ACTS[name](*told)) + "\n")
        sys.stdout.flush()


def connect(channel: int, identifier: str, password: str, server: str) -> bool:
    """Let Anna connect her channel to its account."""
    from uppsikt.channels import connecting
    from uppsikt.channels.models import Channel

    told = {"identifier": identifier, "app_password": password, "server": server}
    row = Channel.objects.get(pk=channel)
    connecting.connect(row, told, actor=_anna(_now()), at=_now())
    return True


def answer(items: Sequence[int]) -> list[str]:
    """Let Anna answer each, a while ago: nobody stops it any more; return the texts."""
    from uppsikt.inbox import actions, drafts
    from uppsikt.inbox.models import Item

    at = _now() - timedelta(minutes=1)
    anna = _anna(at)
    signed = drafts.signature(anna.person).as_line()
    texts = [f"Svar på fråga {pk}.\n\n{signed}" for pk in items]
    for pk, text in zip(items, texts, strict=True):
        actions.answer(Item.objects.get(pk=pk), text, actor=anna, at=at)
    return texts


def remove(items: Sequence[int]) -> list[int]:
    """Let Anna open a case about each and decide to hide it; return the cases."""
    from uppsikt.inbox.models import Item
    from uppsikt.moderation import actions
    from uppsikt.moderation.models import Case

    at = _now()
    anna = _anna(at)
    decision = actions.Decision("advertising", Case.Measure.HIDE, milder="Nej")
    cases = []
    for pk in items:
        item = Item.objects.get(pk=pk)
        case = actions.open_case(
            item, through="round", knowledge_at=at, actor=anna, at=at
        )
        actions.decide(case, decision, actor=anna, at=at)
        cases.append(case.pk)
    return cases


def _anna(at: datetime) -> Any:
    from uppsikt.governance import actors
    from uppsikt.governance.models import User

    return actors.of(User.objects.get(first_name="Anna"), at=at)


def _now() -> datetime:
    from django.utils import timezone

    return timezone.now()


ACTS: dict[str, Callable[..., object]] = {
    "connect": connect,
    "answer": answer,
    "remove": remove,
}

if __name__ == "__main__":
    main()
