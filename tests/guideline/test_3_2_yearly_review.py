"""Section 3.2: the office looks the guideline through each year, and proposes."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.conftest import LONG_AGO, Cast
from uppsikt.channels.models import Channel
from uppsikt.duties import effects, municipality, plan
from uppsikt.governance import (
    actors,
    law_checks,
    moves,
    proposing,
    reviewing,
    rules,
)
from uppsikt.governance.actors import Actor
from uppsikt.governance.adopting import Decision
from uppsikt.governance.models import Adoption, GuidelineReview, Node, Proposal
from uppsikt.governance.proposal_life import ProposalLife
from uppsikt.governance.proposing import Why
from uppsikt.policy import editing, laws
from uppsikt.policy.difference import Kind
from uppsikt.policy.guideline import Broken
from uppsikt.policy.roles import Role
from uppsikt.policy.verdict import Outcome

Review = GuidelineReview.Outcome
YEAR = timedelta(days=365)
WHY = Why("Fler som når kontot", "Två räcker inte när någon är sjuk.")


@dataclass(frozen=True, slots=True)
class Staff:
    """The office, the owner of the guideline, and who decides on it."""

    office: Actor
    owner: Actor
    decider: Actor


@pytest.fixture
def staff(person: Cast, municipality: Node, monday: datetime) -> Staff:
    cast = (
        ("Olga", Role.COMMUNICATIONS_OFFICE),
        ("Olle", Role.COMMUNICATIONS_DIRECTOR),
        ("Diana", Role.MUNICIPAL_DIRECTOR),
    )

    def all_() -> Iterator[Actor]:
        for name, role in cast:
            yield actors.of(
                person(name, "tjänsteperson", role, municipality), at=monday
            )

    return Staff(*all_())


def outcome(check: str, at: datetime) -> Outcome:
    found = municipality.findings(at=at)
    return next(f.verdict.outcome for f in found if f.control.check == check)


def titles(actor: Actor, at: datetime) -> set[str]:
    groups = plan.of(actor, at=at)
    return {str(d.title) for group in groups for d in group.duties}


def draft(staff: Staff, at: datetime, value: int = 3) -> Proposal:
    proposal = proposing.begin(WHY, actor=staff.office, at=at)
    data = proposing.with_value(proposal, "min_access_holders", value)
    return proposing.write(proposal, data, actor=staff.office, at=at)


def endorsed(staff: Staff, at: datetime) -> Proposal:
    proposal = draft(staff, at)
    proposing.propose(proposal, actor=staff.office, at=at)
    moves.make(ProposalLife.endorse, proposal, actor=staff.owner, at=at)
    return proposal


def test_the_review_falls_due_a_year_after_the_decision_and_the_last_review(
    staff: Staff, monday: datetime
) -> None:
    check = "review_is_recent"
    assert outcome(check, LONG_AGO + timedelta(days=200)) is Outcome.MET
    assert outcome(check, LONG_AGO + timedelta(days=320)) is Outcome.DUE
    assert outcome(check, LONG_AGO + YEAR) is Outcome.DUE
    assert outcome(check, LONG_AGO + YEAR + timedelta(days=1)) is Outcome.NOT_MET
    assert "Riktlinjen är granskad det senaste året" in titles(staff.office, monday)

    reviewing.review(Review.NO_CHANGE, "Läst", actor=staff.office, at=monday)

    assert outcome(check, monday) is Outcome.MET
    assert reviewing.due_on(monday) == monday.date().replace(year=2027)
    assert "Riktlinjen är granskad det senaste året" not in titles(staff.office, monday)


def test_only_the_office_reviews_and_says_what_it_found(
    staff: Staff, anna: Actor, monday: datetime
) -> None:
    with pytest.raises(moves.NotYours):
        reviewing.review(Review.NO_CHANGE, "Läst", actor=anna, at=monday)
    with pytest.raises(reviewing.NoNotes):
        reviewing.review(Review.NO_CHANGE, " \n", actor=staff.office, at=monday)
    assert not GuidelineReview.objects.exists()


def test_a_review_that_wants_a_change_is_followed_by_a_proposal(
    staff: Staff, monday: datetime
) -> None:
    check = "wanted_change_is_proposed"
    assert outcome(check, monday) is Outcome.NOT_APPLICABLE
    done = reviewing.review(Review.CHANGE, "Lagen", actor=staff.office, at=monday)
    assert outcome(check, monday) is Outcome.NOT_MET

    proposal = proposing.begin(WHY, actor=staff.office, at=monday)

    assert outcome(check, monday) is Outcome.MET
    assert proposal.review == done


def test_the_office_is_staffed_while_somebody_works_there(
    municipality: Node, person: Cast, monday: datetime
) -> None:
    assert outcome("office_is_staffed", monday) is Outcome.NOT_MET
    person("Olga", "strateg", Role.COMMUNICATIONS_OFFICE, municipality)
    assert outcome("office_is_staffed", monday) is Outcome.MET


def test_a_proposal_goes_from_the_office_by_the_owner_to_who_decides(
    staff: Staff, monday: datetime
) -> None:
    proposal = draft(staff, monday)
    [change] = proposing.changes(proposal)
    assert (change.kind, change.name) == (Kind.PARAMETER, "min_access_holders")
    assert [(f.before, f.after) for f in change.fields] == [(2, 3)]

    proposing.propose(proposal, actor=staff.office, at=monday)
    assert Proposal.objects.get().status == "proposed"
    with pytest.raises(moves.NotYours):
        moves.make(ProposalLife.endorse, proposal, actor=staff.office, at=monday)
    moves.make(ProposalLife.endorse, proposal, actor=staff.owner, at=monday)

    tuesday = monday + timedelta(days=1)
    decision = Decision("Kommundirektör", "2026/KS 0012", tuesday)
    with pytest.raises(moves.NotYours):
        proposing.adopt(proposal, decision, actor=staff.owner, at=monday)
    adopted = proposing.adopt(proposal, decision, actor=staff.decider, at=monday)

    assert rules.in_force(monday).number("min_access_holders") == 2
    assert rules.in_force(tuesday).number("min_access_holders") == 3
    assert adopted.changed.startswith(WHY.title)
    assert (adopted.person, adopted.proposal) == (staff.decider.user, proposal)


def test_what_waits_for_owner_and_decider_stands_on_their_day(
    staff: Staff, monday: datetime
) -> None:
    proposal = draft(staff, monday)
    proposing.propose(proposal, actor=staff.office, at=monday)
    endorse = "A new version of the guideline to endorse"
    decide = "A new version of the guideline to decide"
    assert endorse in titles(staff.owner, monday)
    assert not {endorse, decide} & titles(staff.decider, monday)

    moves.make(ProposalLife.endorse, proposal, actor=staff.owner, at=monday)
    assert decide in titles(staff.decider, monday)


def test_a_draft_without_a_change_or_a_reason_is_not_proposed(
    staff: Staff, monday: datetime
) -> None:
    bare = proposing.begin(WHY, actor=staff.office, at=monday)
    with pytest.raises(proposing.NothingChanged):
        proposing.propose(bare, actor=staff.office, at=monday)

    silent = proposing.begin(replace(WHY, reasons=" "), actor=staff.office, at=monday)
    data = proposing.with_value(silent, "min_access_holders", 4)
    proposing.write(silent, data, actor=staff.office, at=monday)
    with pytest.raises(proposing.NoReasons):
        proposing.propose(silent, actor=staff.office, at=monday)


def test_a_broken_file_leaves_the_draft_as_it_was(
    staff: Staff, monday: datetime
) -> None:
    proposal = draft(staff, monday)
    before = proposing.file(proposal)

    with pytest.raises(Broken):
        proposing.write(proposal, b'id = "x', actor=staff.office, at=monday)

    proposal.refresh_from_db()
    assert proposing.file(proposal) == before


def test_a_proposal_is_not_written_after_it_was_handed_over(
    staff: Staff, monday: datetime
) -> None:
    proposal = endorsed(staff, monday)
    data = proposing.file(proposal)
    with pytest.raises(moves.TooLate):
        proposing.write(proposal, data, actor=staff.office, at=monday)


def test_of_two_proposals_from_one_version_the_second_must_be_written_anew(
    staff: Staff, monday: datetime
) -> None:
    first, second = endorsed(staff, monday), endorsed(staff, monday)
    decision = Decision("Kommundirektör", "2026/KS 0012", monday)
    proposing.adopt(first, decision, actor=staff.decider, at=monday)

    later = replace(decision, starts_at=monday + timedelta(days=3))
    with pytest.raises(proposing.Outdated):
        proposing.adopt(second, later, actor=staff.decider, at=monday)
    assert Adoption.objects.count() == 2


@pytest.mark.parametrize("value", ["x", True, 2.5])
def test_a_value_of_another_kind_is_refused(
    value: object, staff: Staff, monday: datetime
) -> None:
    proposal = draft(staff, monday)
    with pytest.raises(editing.WrongKind):
        proposing.with_value(proposal, "min_access_holders", value)  # type: ignore[arg-type]


def test_the_effects_say_which_channels_would_lack_what(
    staff: Staff,
    library_channel: Channel,
    monday: datetime,
) -> None:
    proposed = proposing.guideline(draft(staff, monday))

    found = effects.of([library_channel], proposed, at=monday)

    assert found.channels == 1
    told = {row.control.id: (row.lacking, row.freed) for row in found.rows}
    assert told == {"4-several-holders": ([library_channel.name], [])}
    unchanged = effects.of([library_channel], rules.in_force(monday), at=monday)
    assert (unchanged.channels, unchanged.rows) == (0, ())


def test_the_effects_take_the_same_few_queries_however_many_channels(
    staff: Staff,
    library_channel: Channel,
    school_channel: Channel,
    monday: datetime,
) -> None:
    proposed = proposing.guideline(draft(staff, monday))
    every = Channel.objects.select_related("node").order_by("pk")

    def asked(channels: list[Channel]) -> int:
        with CaptureQueriesContext(connection) as queries:
            effects.of(channels, proposed, at=monday)
        return len(queries)

    both = list(every)
    rules.in_force(monday)
    assert asked(both[:1]) == asked(both)
    assert len(both) == 2


def test_each_law_is_looked_up_and_again_after_half_a_year(
    staff: Staff, anna: Actor, monday: datetime
) -> None:
    check = "laws_are_checked"
    assert outcome(check, monday) is Outcome.NOT_MET
    for law in laws.register():
        law_checks.check(law, note="", changed=False, actor=staff.office, at=monday)
    assert outcome(check, monday) is Outcome.MET
    assert outcome(check, monday + timedelta(days=200)) is Outcome.NOT_MET

    bbs = laws.named("bbs")
    with pytest.raises(moves.NotYours):
        law_checks.check(bbs, note="", changed=False, actor=anna, at=monday)
    with pytest.raises(law_checks.NoNote):
        law_checks.check(bbs, note=" ", changed=True, actor=staff.office, at=monday)


def test_a_changed_law_can_be_the_reason_for_a_proposal(
    staff: Staff, monday: datetime
) -> None:
    note = law_checks.check(
        laws.named("bbs"),
        note="4 a § är ny",
        changed=True,
        actor=staff.office,
        at=monday,
    )
    why = replace(WHY, law_checks=(note,))
    proposal = proposing.begin(why, actor=staff.office, at=monday)
    assert list(proposal.law_checks.all()) == law_checks.notes()
