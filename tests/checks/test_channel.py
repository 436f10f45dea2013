"""Checks of channels and cases: a table of what must and must not pass."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from uppsikt.checks import attested, case, channel
from uppsikt.policy import facts as f
from uppsikt.policy.facts import Fact, Facts, Seen, UnknownFact, WrongType
from uppsikt.policy.verdict import Outcome

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
THEN = AT - timedelta(days=30)


def known(**values: Any) -> Facts:
    rows = ((f.named(name), value) for name, value in values.items())
    return Facts.of(Seen(fact, fact.checked(v), THEN, by="Anna") for fact, v in rows)


TABLE: list[tuple[Any, dict[str, Any], dict[str, Any], Outcome]] = [
    (channel.purpose_is_stated, {}, {"purpose": "Läslust"}, Outcome.MET),
    (channel.purpose_is_stated, {}, {"purpose": "  "}, Outcome.NOT_MET),
    (channel.purpose_is_stated, {}, {}, Outcome.NOT_ASSESSED),
    (channel.audience_is_stated, {}, {"audience": "Unga"}, Outcome.MET),
    (channel.audience_is_stated, {}, {"audience": ""}, Outcome.NOT_MET),
    (
        channel.purposes_are_listed,
        {"purposes": ["dialogue:Skapa dialog", "crisis:Kris"]},
        {"purpose_codes": ("dialogue",)},
        Outcome.MET,
    ),
    (
        channel.purposes_are_listed,
        {"purposes": ["dialogue:Skapa dialog"]},
        {"purpose_codes": ("sales",)},
        Outcome.NOT_MET,
    ),
    (
        channel.purposes_are_listed,
        {"purposes": ["dialogue:Skapa dialog"]},
        {"purpose_codes": ()},
        Outcome.NOT_MET,
    ),
    (
        channel.goal_and_benefit_are_stated,
        {},
        {"goal_contribution": "Fler läser", "benefit": "Svar"},
        Outcome.MET,
    ),
    (
        channel.goal_and_benefit_are_stated,
        {},
        {"goal_contribution": "Fler läser", "benefit": ""},
        Outcome.NOT_MET,
    ),
    (
        channel.goal_and_benefit_are_stated,
        {},
        {"goal_contribution": "", "benefit": "Svar"},
        Outcome.NOT_MET,
    ),
    (channel.owner_is_named, {}, {"owner": "Anna"}, Outcome.MET),
    (channel.owner_is_named, {}, {}, Outcome.NOT_ASSESSED),
    (channel.deputy_is_named, {}, {"deputy": "Bengt"}, Outcome.MET),
    (channel.deputy_is_named, {}, {"deputy": ""}, Outcome.NOT_MET),
    (
        channel.enough_access_holders,
        {"at_least": 2},
        {"access_holders": 2},
        Outcome.MET,
    ),
    (
        channel.enough_access_holders,
        {"at_least": 2},
        {"access_holders": 1},
        Outcome.NOT_MET,
    ),
    (channel.description_is_written, {}, {"description": "Om oss"}, Outcome.MET),
    (channel.description_is_written, {}, {"description": ""}, Outcome.NOT_MET),
    (channel.contact_is_given, {}, {"contact": "a@b.example"}, Outcome.MET),
    (channel.contact_is_given, {}, {"contact": ""}, Outcome.NOT_MET),
    (channel.is_watched_daily, {}, {"watched_days_missed": 0}, Outcome.MET),
    (channel.is_watched_daily, {}, {"watched_days_missed": 1}, Outcome.NOT_MET),
    (channel.is_watched_daily, {}, {}, Outcome.NOT_ASSESSED),
    (channel.first_contact_is_in_time, {}, {"first_contact_overdue": 0}, Outcome.MET),
    (
        channel.first_contact_is_in_time,
        {},
        {"first_contact_overdue": 3},
        Outcome.NOT_MET,
    ),
    (channel.answers_are_in_time, {}, {"answers_overdue": 0}, Outcome.MET),
    (channel.answers_are_in_time, {}, {"answers_overdue": 1}, Outcome.NOT_MET),
    (channel.removals_are_in_time, {}, {"removals_overdue": 0}, Outcome.MET),
    (channel.removals_are_in_time, {}, {"removals_overdue": 1}, Outcome.NOT_MET),
    (channel.removals_are_registered, {}, {"removals_unregistered": 0}, Outcome.MET),
    (
        channel.removals_are_registered,
        {},
        {"removals_unregistered": 1},
        Outcome.NOT_MET,
    ),
    (channel.is_listed, {}, {"listed": True}, Outcome.MET),
    (channel.is_listed, {}, {"listed": False}, Outcome.NOT_MET),
    (case.ground_is_chosen, {}, {"ground": "threat"}, Outcome.MET),
    (case.ground_is_chosen, {}, {"ground": ""}, Outcome.NOT_MET),
    (case.ground_is_chosen, {}, {}, Outcome.NOT_MET),
    (case.motive_is_written, {}, {"motive": "Utanför ämnet"}, Outcome.MET),
    (case.motive_is_written, {}, {"motive": ""}, Outcome.NOT_MET),
    (case.second_person_has_agreed, {}, {"second_person": "Eva"}, Outcome.MET),
    (case.second_person_has_agreed, {}, {"second_person": ""}, Outcome.NOT_MET),
    (case.evidence_is_sealed, {}, {"evidence_sealed": True}, Outcome.MET),
    (case.evidence_is_sealed, {}, {"evidence_sealed": False}, Outcome.NOT_MET),
    (case.author_is_told, {}, {"author_told": "2026-03-01"}, Outcome.MET),
    (case.author_is_told, {}, {"author_told": ""}, Outcome.NOT_MET),
    (case.removal_is_registered, {}, {"diary_number": "2026/KS 1"}, Outcome.MET),
    (case.removal_is_registered, {}, {"diary_number": ""}, Outcome.NOT_MET),
    (case.reports_are_decided, {}, {"reports_decided": True}, Outcome.MET),
    (case.reports_are_decided, {}, {"reports_decided": False}, Outcome.NOT_MET),
]


@pytest.mark.parametrize(("check", "args", "values", "outcome"), TABLE)
def test_the_check_says_no_more_than_was_seen(
    check: Any, args: dict[str, Any], values: dict[str, Any], outcome: Outcome
) -> None:
    assert check(known(**values), at=AT, **args).outcome is outcome


@pytest.mark.parametrize("check", [row[0] for row in TABLE])
def test_what_is_learnt_later_is_not_known_now(check: Any) -> None:
    [row, *_] = [r for r in TABLE if r[0] is check]
    early = THEN - timedelta(days=1)
    assert check(known(**row[2]), at=early, **row[1]).outcome is not Outcome.MET


@pytest.mark.parametrize(
    ("value", "days", "outcome"),
    [
        (True, 30, Outcome.MET),
        (True, 200, Outcome.DUE),
        (False, 30, Outcome.NOT_MET),
    ],
)
def test_a_confirmation_ages(*, value: bool, days: int, outcome: Outcome) -> None:
    seen = Seen(f.PIXEL_OFF, value, AT - timedelta(days=days), by="Anna")
    verdict = attested.is_attested(
        Facts.of([seen]), f.PIXEL_OFF, every="6 months", at=AT
    )
    assert verdict.outcome is outcome


def test_what_nobody_has_said_is_not_assessed_and_names_the_fact() -> None:
    verdict = attested.is_attested(Facts(), f.PIXEL_OFF, every="", at=AT)
    assert verdict.outcome is Outcome.NOT_ASSESSED
    assert verdict.wants is f.PIXEL_OFF


def test_a_mistyped_fact_is_an_error_and_no_new_key() -> None:
    with pytest.raises(UnknownFact):
        f.named("pixel_of")


@pytest.mark.parametrize(
    ("fact", "value"), [(f.PIXEL_OFF, "ja"), (f.HOURS, True), (f.OWNER, 7)]
)
def test_a_value_of_another_type_is_an_error(fact: Fact, value: object) -> None:
    with pytest.raises(WrongType):
        fact.checked(value)
