"""Checks of a channel's people and its platform: what must and must not pass."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from uppsikt.checks import people, platform
from uppsikt.checks.text.secret import looks_secret
from uppsikt.policy import facts as f
from uppsikt.policy.facts import Facts, Seen
from uppsikt.policy.verdict import Outcome

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOURS = {
    "timezone": "Europe/Stockholm",
    "hours": {d: ["08:00-16:30"] for d in ("monday", "thursday", "friday")},
}
HALF = {"recheck": "6 months"}
TWO = {"access_holders": 2}
YEARLY = {"every": "1 year"}


def known(days: int = 0, **told: Any) -> Facts:
    """Return facts seen `days` before the day that is asked about."""
    then = AT - timedelta(days=days)
    return Facts.of(Seen(f.named(name), said, then) for name, said in told.items())


TABLE: list[tuple[Any, dict[str, Any], Facts, Outcome]] = [
    (
        people.publishers_are_authorised,
        {},
        known(unauthorised_holders=()),
        Outcome.MET,
    ),
    (
        people.publishers_are_authorised,
        {},
        known(unauthorised_holders=("Gun",)),
        Outcome.NOT_MET,
    ),
    (people.publishers_are_authorised, {}, known(), Outcome.NOT_ASSESSED),
    (
        people.representatives_are_authorised,
        {},
        known(unauthorised_representatives=("Gun",)),
        Outcome.NOT_MET,
    ),
    (
        people.everyone_has_two_factor,
        HALF,
        known(
            **TWO,
            holders_without_two_factor=(),
            holders_seen_guarded=("2025-12-01 Anna", "2026-01-01 Bengt"),
        ),
        Outcome.MET,
    ),
    (
        people.everyone_has_two_factor,
        HALF,
        known(
            **TWO,
            holders_without_two_factor=(),
            holders_seen_guarded=("2025-09-01 Anna", "2025-09-02 Bengt"),
        ),
        Outcome.DUE,
    ),
    (
        people.everyone_has_two_factor,
        HALF,
        known(**TWO, holders_without_two_factor=("Bengt",)),
        Outcome.NOT_MET,
    ),
    (
        people.everyone_has_two_factor,
        HALF,
        known(access_holders=0, holders_without_two_factor=()),
        Outcome.NOT_ASSESSED,
    ),
    (
        people.leavers_have_no_access,
        {"within": "1 working day", "calendar": HOURS},
        known(leavers_with_access=()),
        Outcome.MET,
    ),
    (
        people.leavers_have_no_access,
        {"within": "1 working day", "calendar": HOURS},
        known(leavers_with_access=("Gun",)),
        Outcome.DUE,
    ),
    (
        people.leavers_have_no_access,
        {"within": "1 working day", "calendar": HOURS},
        known(7, leavers_with_access=("Gun",)),
        Outcome.NOT_MET,
    ),
    (people.somebody_is_there, {}, known(days_without_anybody=()), Outcome.MET),
    (
        people.somebody_is_there,
        {},
        known(days_without_anybody=("2026-03-02",)),
        Outcome.NOT_MET,
    ),
    (
        people.somebody_is_there,
        {},
        known(days_without_anybody=("2026-03-09",)),
        Outcome.DUE,
    ),
    (
        people.recovery_is_known,
        {"at_least": 2},
        known(recovery_known_by=2),
        Outcome.MET,
    ),
    (
        people.recovery_is_known,
        {"at_least": 2},
        known(recovery_known_by=1),
        Outcome.NOT_MET,
    ),
    (people.selfcheck_is_done, YEARLY, known(30, self_check=()), Outcome.MET),
    (people.selfcheck_is_done, YEARLY, known(400, self_check=()), Outcome.DUE),
    (
        people.selfcheck_is_done,
        YEARLY,
        known(30, responsibility_accepted=True),
        Outcome.MET,
    ),
    (
        people.selfcheck_is_done,
        YEARLY,
        known(400, responsibility_accepted=True),
        Outcome.NOT_MET,
    ),
    (people.selfcheck_is_done, YEARLY, known(), Outcome.NOT_ASSESSED),
    (
        platform.platform_has_current_risks,
        YEARLY,
        known(30, risks_known=3, risks_signed="use"),
        Outcome.MET,
    ),
    (
        platform.platform_has_current_risks,
        YEARLY,
        known(30, risks_known=3, risks_signed="stop"),
        Outcome.NOT_MET,
    ),
    (
        platform.platform_has_current_risks,
        YEARLY,
        known(400, risks_known=3, risks_signed="use"),
        Outcome.DUE,
    ),
    (
        platform.platform_has_current_risks,
        YEARLY,
        known(30, risks_known=0, risks_signed="use"),
        Outcome.NOT_MET,
    ),
    (
        platform.platform_has_current_risks,
        YEARLY,
        known(30, risks_known=3, risks_signed=""),
        Outcome.NOT_ASSESSED,
    ),
    (platform.measures_are_on_time, {}, known(measures_late=0), Outcome.MET),
    (platform.measures_are_on_time, {}, known(measures_late=1), Outcome.NOT_MET),
    (
        platform.joint_control_is_arranged,
        YEARLY,
        known(30, joint_control="https://example.org/avtal"),
        Outcome.MET,
    ),
    (
        platform.joint_control_is_arranged,
        YEARLY,
        known(30, joint_control=""),
        Outcome.NOT_ASSESSED,
    ),
    (
        platform.joint_control_is_arranged,
        YEARLY,
        known(400, joint_control="https://example.org/avtal"),
        Outcome.DUE,
    ),
    (
        platform.impact_is_screened,
        YEARLY,
        known(30, impact_screened="none_needed"),
        Outcome.MET,
    ),
    (
        platform.impact_is_screened,
        YEARLY,
        known(30, impact_screened="waits_for_opinion"),
        Outcome.NOT_MET,
    ),
    (
        platform.impact_is_screened,
        YEARLY,
        known(30, impact_screened=""),
        Outcome.NOT_ASSESSED,
    ),
]


@pytest.mark.parametrize(("check", "args", "facts", "outcome"), TABLE)
def test_a_check_says_no_more_than_was_seen(
    check: Any, args: dict[str, Any], facts: Facts, outcome: Outcome
) -> None:
    assert check(facts, at=AT, **args).outcome is outcome


def test_who_left_on_a_friday_has_access_until_the_next_working_day_ends() -> None:
    friday = datetime(2026, 2, 27, 15, tzinfo=UTC)
    facts = Facts.of([Seen(f.LEAVERS_WITH_ACCESS, ("Gun",), friday)])
    args = {"within": "1 working day", "calendar": HOURS}

    said = people.leavers_have_no_access(facts, at=AT, **args)  # type: ignore[arg-type]
    later = people.leavers_have_no_access(
        facts,
        at=AT + timedelta(days=1),
        **args,  # type: ignore[arg-type]
    )

    assert said.outcome is Outcome.DUE
    assert later.outcome is Outcome.NOT_MET


@pytest.mark.parametrize(
    "text",
    [
        "lösenord: sommar",
        "Koden är 482913",
        "4821 9937 1120",
        "48219937",
        "JBSWY3DPEHPK3PXPJBSW",
        "Valpen-Kalle2019!",
        "otpauth://totp/x",
    ],
)
def test_what_looks_like_a_code_is_seen(text: str) -> None:
    assert looks_secret(text)


@pytest.mark.parametrize(
    "text",
    [
        "Lösenordsvalvet, samlingen Kommunikation, posten Biblioteket",
        "Kassaskåpet i rum 214",
        "Fråga it-supporten, 08-123 45 67",
        "https://valv.exempelby.example/post/biblioteket",
        "Diarienummer KS 2026/0123",
    ],
)
def test_where_a_code_is_kept_may_be_written(text: str) -> None:
    assert not looks_secret(text)
