"""Section 6.1: a visitor can leave suggestions, and they are seen to (R-6.1-4)."""

from datetime import UTC, datetime, timedelta

import pytest

from uppsikt.channels import known, suggesting
from uppsikt.channels.feedback_life import FeedbackLife
from uppsikt.channels.models import Channel, Feedback
from uppsikt.checks.channel import feedback_is_in_time
from uppsikt.governance import moves
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import User
from uppsikt.policy import facts as f
from uppsikt.policy.verdict import Outcome
from uppsikt.records import ledger, vault
from uppsikt.records.models import Entry, Mail

ANYBODY = Actor("anyone", None, ())
TEXT = "Skriv gärna ut öppettiderna"


@pytest.fixture
def left(library_channel: Channel, monday: datetime) -> Feedback:
    contact = "kim@example.org"
    return suggesting.leave(
        library_channel, TEXT, contact=contact, actor=ANYBODY, at=monday
    )


def test_anybody_leaves_a_suggestion_and_gets_a_number(left: Feedback) -> None:
    assert left.reference.startswith("S-")
    assert left.state is FeedbackLife.received
    assert TEXT in vault.open_(left.content).decode()
    entry = Entry.objects.get(subject=left.subject, act="feedback.content")
    assert ledger.opened(entry)["actor"] == "anyone"


def test_owner_and_substitute_are_told_and_not_what_it_says(
    left: Feedback, anna_user: User, bengt_user: User
) -> None:
    told = Mail.objects.filter(body__contains=left.reference)

    assert {m.to for m in told} == {anna_user.email, bengt_user.email}
    assert not any(TEXT in m.body or "kim@" in m.body for m in told)


def test_it_must_be_seen_to_within_the_time_that_the_guideline_gives(
    left: Feedback, library_channel: Channel, monday: datetime
) -> None:
    assert left.due_at == datetime(2026, 3, 16, 9, 0, tzinfo=UTC)

    def verdict(at: datetime) -> Outcome:
        facts = known.of([library_channel], at=at)[library_channel.pk]
        return feedback_is_in_time(facts, at=at).outcome

    assert verdict(monday) is Outcome.MET
    late = left.due_at + timedelta(minutes=1)
    assert verdict(late) is Outcome.NOT_MET


def test_who_answers_for_the_channel_handles_it_and_the_sender_gets_the_answer(
    left: Feedback, anna: Actor, library_channel: Channel, monday: datetime
) -> None:
    suggesting.handle(left, "Nu står de överst.", actor=anna, at=monday)

    left.refresh_from_db()
    assert left.state is FeedbackLife.handled
    [letter] = Mail.objects.filter(to="kim@example.org")
    assert "Nu står de överst." in letter.body
    late = left.due_at + timedelta(days=1)
    facts = known.of([library_channel], at=late)
    seen = facts[library_channel.pk].get(f.FEEDBACK_OVERDUE, late)
    assert seen is not None
    assert seen.value == 0


def test_nobody_is_written_to_who_left_no_address(
    library_channel: Channel, anna: Actor, monday: datetime
) -> None:
    left = suggesting.leave(library_channel, TEXT, contact="", actor=ANYBODY, at=monday)
    before = Mail.objects.count()

    suggesting.handle(left, "Tack", actor=anna, at=monday)

    assert Mail.objects.count() == before


def test_it_is_handed_over_with_a_reason_to_where_the_guideline_says(
    left: Feedback, anna: Actor, monday: datetime
) -> None:
    with pytest.raises(moves.NoReason):
        suggesting.hand_over(left, why=" ", actor=anna, at=monday)

    where = suggesting.hand_over(left, why="Gäller bussen", actor=anna, at=monday)

    assert where == "Kommunens synpunktshantering"
    assert left.state is FeedbackLife.handed_over
    assert not Mail.objects.filter(to=where).exists()


def test_where_the_guideline_gives_an_address_the_suggestion_goes_there(
    left: Feedback, anna: Actor, monday: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = "synpunkt@exempelby.example"
    monkeypatch.setattr(suggesting, "receives", lambda at: box)

    suggesting.hand_over(left, why="Gäller bussen", actor=anna, at=monday)

    [letter] = Mail.objects.filter(to=box)
    assert TEXT in letter.body
    assert "Gäller bussen" in letter.body


def test_an_outsider_neither_sees_nor_handles_it(
    left: Feedback, david: Actor, monday: datetime
) -> None:
    assert not Feedback.objects.visible_to(david).exists()
    with pytest.raises(moves.NotYours):
        suggesting.handle(left, "Hej", actor=david, at=monday)
    with pytest.raises(moves.NotYours):
        suggesting.hand_over(left, why="Hej", actor=david, at=monday)
