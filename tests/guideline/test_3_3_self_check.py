"""Section 3.3: the person responsible accepts, and checks the channel again."""

from datetime import datetime, timedelta

import pytest

from tests.conftest import LONG_AGO, SignedIn
from tests.guideline.judged import outcome
from uppsikt.channels import selfchecking
from uppsikt.channels.models import Channel
from uppsikt.governance import moves, rules
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Observation, User
from uppsikt.policy import facts as f
from uppsikt.policy.verdict import Outcome


def asked(at: datetime) -> list[str]:
    return [c.fact for c in selfchecking.questions(rules.in_force(at))]


def test_a_self_check_is_due_half_a_year_after_the_responsibility_was_accepted(
    library_channel: Channel, anna: Actor, monday: datetime
) -> None:
    soon = LONG_AGO + timedelta(days=30)
    assert outcome(library_channel, "3.3-self-check", soon) is Outcome.MET
    assert outcome(library_channel, "3.3-self-check", monday) is Outcome.NOT_MET

    answers = dict.fromkeys(asked(monday), True)
    selfchecking.check(library_channel, answers, {}, actor=anna, at=monday)

    assert outcome(library_channel, "3.3-self-check", monday) is Outcome.MET
    later = monday + timedelta(days=200)
    assert outcome(library_channel, "3.3-self-check", later) is Outcome.DUE


def test_a_self_check_keeps_each_answer_and_a_no_is_an_answer(
    library_channel: Channel, anna: Actor, monday: datetime
) -> None:
    answers = {**dict.fromkeys(asked(monday), True), "pixel_off": False}
    notes = {"pixel_off": "Sattes på av misstag"}
    selfchecking.check(library_channel, answers, notes, actor=anna, at=monday)

    facts = library_channel.facts(monday)
    said, whole = facts.get(f.PIXEL_OFF, monday), facts.get(f.SELF_CHECK, monday)
    assert said is not None
    assert (said.value, said.note, said.by) == (False, "Sattes på av misstag", "Anna")
    assert whole is not None
    assert "pixel_off: no" in str(whole.value)
    assert outcome(library_channel, "6.6-pixel", monday) is Outcome.NOT_MET


def test_a_self_check_that_skips_a_question_keeps_nothing(
    library_channel: Channel, anna: Actor, monday: datetime
) -> None:
    before = Observation.objects.count()
    with pytest.raises(selfchecking.Unanswered, match="pixel_off"):
        answers = {name: True for name in asked(monday) if name != "pixel_off"}
        selfchecking.check(library_channel, answers, {}, actor=anna, at=monday)
    assert Observation.objects.count() == before


def test_only_the_person_responsible_makes_the_self_check(
    library_channel: Channel, bengt: Actor, monday: datetime
) -> None:
    answers = dict.fromkeys(asked(monday), True)
    with pytest.raises(moves.NotYours):
        selfchecking.check(library_channel, answers, {}, actor=bengt, at=monday)


def test_the_page_asks_everything_at_once_and_keeps_what_was_written(
    library_channel: Channel, anna_user: User, bengt_user: User, signed_in: SignedIn
) -> None:
    anna, place = signed_in(anna_user), f"/kanal/{library_channel.pk}/egenkontroll/"
    names = [row[0].fact for row in anna.get(place).context["rows"]]
    told = dict.fromkeys(names, "yes") | {"pixel_off_note": "Kollad i dag"}
    half = {k: v for k, v in told.items() if k != "two_factor"}

    back = anna.post(place, half)
    assert back.status_code == 422
    assert "Kollad i dag" in back.content.decode()
    assert anna.post(place, told).status_code == 302

    assert anna.get(place).context["last"] is not None
    assert signed_in(bengt_user).get(place).context["refused"] is not None
