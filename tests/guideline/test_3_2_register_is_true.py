"""Section 3.2: what the public register says is looked at anew, by the day."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.guideline.judged import outcome, verdict
from uppsikt.channels import profile, profile_acts, reviewing
from uppsikt.channels.models import Channel
from uppsikt.channels.register_rows import Register
from uppsikt.channels.reviewing import QUESTIONS, Review, Said
from uppsikt.governance import observations, rules
from uppsikt.governance.actors import CLOCK, Actor
from uppsikt.policy import channel_review
from uppsikt.policy import facts as f
from uppsikt.policy.verdict import Outcome

CONTROL = "3.2-confirmed"
A_DAY = timedelta(days=1)
# The library's channel was launched on New Year's Day 2025.
IN_JUNE = datetime(2025, 6, 2, 9, tzinfo=UTC)
IN_DECEMBER = datetime(2025, 12, 15, 9, tzinfo=UTC)


def look(channel: Channel, at: datetime, **otherwise: str) -> None:
    """Let the program read a profile that is as the card says, but for `otherwise`."""
    wanted = profile.wanted(channel, at=at)
    fields = {one.field.read_as: one.text for one in wanted.fitted}
    profile_acts.keep(channel, {**fields, **otherwise}, actor=CLOCK, at=at)


def review(channel: Channel, came_to: str, actor: Actor, at: datetime) -> None:
    answers = {name: Said(channel_review.Answer.YES) for name in QUESTIONS}
    said = Review(answers, channel_review.Outcome(came_to), "Målgruppen är en annan")
    reviewing.review(channel, said, {}, actor=actor, at=at)


def shown_as_checked(channel: Channel, at: datetime) -> str:
    shown = Register.at(at).called(channel.slug)
    assert shown
    return shown.checked_on.isoformat()


def test_a_card_that_nobody_has_confirmed_for_a_year_is_stale(
    library_channel: Channel, monday: datetime
) -> None:
    assert outcome(library_channel, CONTROL, IN_JUNE) is Outcome.MET
    assert outcome(library_channel, CONTROL, IN_DECEMBER) is Outcome.DUE
    assert outcome(library_channel, CONTROL, monday) is Outcome.NOT_MET


def test_a_stale_card_is_told_with_its_section_and_the_day_it_was_last_confirmed(
    library_channel: Channel, monday: datetime
) -> None:
    found = verdict(library_channel, CONTROL, monday)
    [control] = [c for c in rules.in_force(monday).control if c.id == CONTROL]

    assert control.section == "3.2"
    assert control.demands == ("R-3.2-3",)
    assert [(s.fact, s.value) for s in found.seen] == [(f.CARD_CONFIRMED, "2025-01-01")]


@pytest.mark.parametrize("came_to", ["behålls", "ändras"])
def test_a_review_confirms_the_card_unless_it_asks_for_another(
    library_channel: Channel, bengt: Actor, monday: datetime, came_to: str
) -> None:
    review(library_channel, came_to, bengt, IN_JUNE)

    keeps = came_to == "behålls"
    stands = Outcome.MET if keeps else Outcome.NOT_MET
    assert outcome(library_channel, CONTROL, monday) is stands
    shown = shown_as_checked(library_channel, monday)
    assert shown == ("2025-06-02" if keeps else "2025-01-01")


def test_a_look_at_the_profile_confirms_the_card_if_it_finds_the_cards_text_there(
    library_channel: Channel, monday: datetime
) -> None:
    look(library_channel, IN_JUNE)
    look(library_channel, IN_JUNE + A_DAY, description="Köp billiga böcker här")

    assert outcome(library_channel, CONTROL, monday) is Outcome.MET
    assert shown_as_checked(library_channel, monday) == "2025-06-02"


def test_what_is_confirmed_of_other_things_says_nothing_of_the_card(
    library_channel: Channel, anna: Actor, monday: datetime
) -> None:
    observations.attest(
        f.PIXEL_OFF,
        library_channel.node,
        True,
        actor=anna,
        at=IN_JUNE,
    )

    assert outcome(library_channel, CONTROL, monday) is Outcome.NOT_MET
    assert shown_as_checked(library_channel, monday) == "2025-01-01"


def test_a_later_day_confirms_nothing_of_an_earlier_one(
    library_channel: Channel, monday: datetime
) -> None:
    look(library_channel, monday)

    assert outcome(library_channel, CONTROL, monday - A_DAY) is Outcome.NOT_MET
    assert outcome(library_channel, CONTROL, monday) is Outcome.MET


def test_what_is_not_in_the_list_is_not_asked(
    school_channel: Channel, monday: datetime
) -> None:
    assert outcome(school_channel, CONTROL, monday) is Outcome.NOT_APPLICABLE
    assert outcome(school_channel, "3.2-listed", monday) is Outcome.NOT_MET
