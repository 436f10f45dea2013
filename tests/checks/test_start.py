"""Checks of a channel's start: a table of what must and must not pass."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from uppsikt.checks import start
from uppsikt.policy import facts as f
from uppsikt.policy.facts import Facts, Seen
from uppsikt.policy.purposes import Effect, effects_of
from uppsikt.policy.verdict import Outcome

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
THEN = AT - timedelta(days=30)
GROUPS = ["residents:Alla", "children:Barn"]
EFFECTS = ["crisis:crisis_plan", "dialogue:comments_open"]
WITHIN = {"effects": EFFECTS, "every": "12 months"}


def known(*, note: str = "", **values: Any) -> Facts:
    rows = ((f.named(name), value) for name, value in values.items())
    return Facts.of(
        Seen(fact, fact.checked(v), THEN, by="Anna", note=note) for fact, v in rows
    )


TABLE: list[tuple[Any, dict[str, Any], dict[str, Any], Outcome]] = [
    (
        start.target_groups_are_listed,
        {"groups": GROUPS},
        {"audience_groups": ("children",)},
        Outcome.MET,
    ),
    (
        start.target_groups_are_listed,
        {"groups": GROUPS},
        {"audience_groups": ("dogs",)},
        Outcome.NOT_MET,
    ),
    (
        start.target_groups_are_listed,
        {"groups": GROUPS},
        {"audience_groups": ()},
        Outcome.NOT_MET,
    ),
    (start.target_groups_are_listed, {"groups": GROUPS}, {}, Outcome.NOT_ASSESSED),
    (start.owner_reaches_the_account, {}, {"owner_reaches": True}, Outcome.MET),
    (start.owner_reaches_the_account, {}, {"owner_reaches": False}, Outcome.NOT_MET),
    (start.owner_reaches_the_account, {}, {}, Outcome.NOT_ASSESSED),
    (start.start_notice_is_sent, {}, {"start_notice": "sent"}, Outcome.MET),
    (start.start_notice_is_sent, {}, {}, Outcome.NOT_ASSESSED),
    (
        start.start_notice_is_received,
        {"within": "2 months"},
        {"start_notice": "sent"},
        Outcome.DUE,
    ),
    (
        start.start_notice_is_received,
        {"within": "1 week"},
        {"start_notice": "sent"},
        Outcome.NOT_MET,
    ),
    (
        start.start_notice_is_received,
        {"within": "1 week"},
        {"start_notice": "escalated"},
        Outcome.MET,
    ),
    (
        start.admin_rights_are_handed_over,
        {},
        {"admin_handed_to": ("Cecilia",)},
        Outcome.MET,
    ),
    (start.admin_rights_are_handed_over, {}, {"admin_handed_to": ()}, Outcome.NOT_MET),
    (start.orders_are_carried_out, {}, {"order_due": ""}, Outcome.MET),
    (start.orders_are_carried_out, {}, {"order_due": "2026-03-02"}, Outcome.DUE),
    (start.orders_are_carried_out, {}, {"order_due": "2026-03-01"}, Outcome.NOT_MET),
    (
        start.crisis_plan_is_ready,
        WITHIN,
        {"purpose_codes": ("dialogue",)},
        Outcome.NOT_APPLICABLE,
    ),
    (
        start.crisis_plan_is_ready,
        WITHIN,
        {"purpose_codes": ("crisis",)},
        Outcome.NOT_ASSESSED,
    ),
    (
        start.crisis_plan_is_ready,
        WITHIN,
        {"purpose_codes": ("crisis",), "crisis_plan": True},
        Outcome.MET,
    ),
    (
        start.crisis_plan_is_ready,
        {**WITHIN, "every": "1 week"},
        {"purpose_codes": ("crisis",), "crisis_plan": True},
        Outcome.DUE,
    ),
    (
        start.comments_are_open,
        WITHIN,
        {"purpose_codes": ("dialogue",), "comments_open": True},
        Outcome.MET,
    ),
    (
        start.comments_are_open,
        WITHIN,
        {"purpose_codes": ("dialogue",), "comments_open": False},
        Outcome.NOT_MET,
    ),
    (
        start.comments_are_open,
        WITHIN,
        {"purpose_codes": ("dialogue",), "comments_open": False, "note": "Hatstorm"},
        Outcome.MET,
    ),
]


@pytest.mark.parametrize(("check", "args", "values", "outcome"), TABLE)
def test_each_check_says_what_it_must(
    check: Any, args: dict[str, Any], values: dict[str, Any], outcome: Outcome
) -> None:
    assert check(known(**values), at=AT, **args).outcome is outcome


def test_a_purpose_asks_for_what_the_guideline_says_and_no_more() -> None:
    assert effects_of(["crisis", "vision"], EFFECTS) == [Effect.CRISIS_PLAN]
    assert effects_of([], EFFECTS) == []
