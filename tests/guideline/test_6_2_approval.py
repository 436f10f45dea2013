"""Section 6.2: where an answer is approved first, just what was approved goes out."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from tests.conftest import SignedIn
from tests.inbox.conftest import home as home  # noqa: PLC0414 (a fixture)
from tests.inbox.conftest import item as item  # noqa: PLC0414 (a fixture)
from tests.inbox.conftest import now as now  # noqa: PLC0414 (a fixture)
from tests.inbox.conftest import platform as platform  # noqa: PLC0414 (a fixture)
from tests.inbox.tales import SIGNED, FakePlatform, shown
from uppsikt.governance import rules
from uppsikt.governance.actors import Actor
from uppsikt.inbox import actions
from uppsikt.inbox.models import Item
from uppsikt.sending import approving
from uppsikt.sending import work as post_room
from uppsikt.sending.life import OutgoingLife
from uppsikt.sending.models import Outgoing

pytestmark = pytest.mark.django_db
Asking = Callable[[str, object], None]
MINE = "Hej Kim! Vi öppnar kl. 11.\n\nAnna, bibliotekarie, Biblioteket"


@pytest.fixture
def ask(monday: datetime, monkeypatch: pytest.MonkeyPatch) -> Asking:
    """Return a function that lets the guideline say something else."""
    strict = rules.in_force(monday)

    def say(name: str, value: object) -> None:
        wanted = strict.parameters[name].model_copy(update={"value": value})
        parameters = {**strict.parameters, name: wanted}
        changed = strict.model_copy(update={"parameters": parameters})
        monkeypatch.setattr(rules, "in_force", lambda at: changed)

    return say


@pytest.fixture
def text(item: Item, anna: Actor, ask: Asking, now: datetime) -> Outgoing:
    """An answer of Anna's that waits for approval."""
    ask("answer_approval", True)
    return actions.answer(item, SIGNED, actor=anna, at=now)


def test_what_is_approved_is_bound_and_a_later_change_stops_it(
    text: Outgoing, cecilia: Actor, platform: FakePlatform, monday: datetime
) -> None:
    read = approving.digest(SIGNED)
    with pytest.raises(approving.NotWhatWasRead):
        approving.approve(text, actor=cecilia, at=monday, read="another")
    approving.approve(text, actor=cecilia, at=monday, read=read)
    Outgoing.objects.update(text=MINE)

    post_room.send(monday + timedelta(minutes=1))

    assert platform.posts == {}
    text.refresh_from_db()
    assert text.state is OutgoingLife.failed


def test_an_approvers_own_version_goes_out_and_the_writer_sees_both(
    text: Outgoing,
    cecilia: Actor,
    platform: FakePlatform,
    signed_in: SignedIn,
    now: datetime,
) -> None:
    approver = signed_in(cecilia.person)
    page = shown(approver.get(reverse("approvals")))
    assert approving.digest(SIGNED) in page
    url = reverse("outgoing-approve", args=[text.pk])
    unsigned = {"read": approving.digest(SIGNED), "text": "Vi öppnar kl. 11."}
    approver.post(url, unsigned)
    text.refresh_from_db()
    assert text.state is OutgoingLife.awaiting

    approver.post(url, unsigned | {"text": MINE})
    post_room.send(now + timedelta(minutes=1))

    assert list(platform.posts.values()) == [MINE]
    text.refresh_from_db()
    assert (text.written_first, text.amended_by) == (SIGNED, cecilia.user)
    item = text.items.get()
    seen = shown(signed_in(text.written_by).get(reverse("item", args=[item.pk])))
    assert "Cecilia ändrade texten när den godkändes" in seen
    assert "Vi öppnar kl. 10." in seen


def test_a_newcomer_has_their_first_answers_approved_and_then_answers_alone(
    item: Item, anna: Actor, ask: Asking, monday: datetime
) -> None:
    ask("approval_first_answers", 1)
    text = actions.answer(item, SIGNED, actor=anna, at=monday)
    assert text.state is OutgoingLife.awaiting
    Outgoing.objects.update(status="confirmed", confirmed_at=monday)
    Item.objects.update(outgoing=None)

    again = actions.answer(item, SIGNED, actor=anna, at=monday)

    assert again.state is OutgoingLife.ordered


@pytest.mark.parametrize(
    ("kinds", "waits"), [(["answer"], True), (["referral"], False)]
)
def test_only_the_kinds_that_the_guideline_lists_are_approved_first(
    item: Item,
    anna: Actor,
    ask: Asking,
    monday: datetime,
    kinds: list[str],
    waits: bool,  # noqa: FBT001 (a table)
) -> None:
    ask("approval_kinds", kinds)

    text = actions.answer(item, SIGNED, actor=anna, at=monday)

    assert (text.state is OutgoingLife.awaiting) == waits
