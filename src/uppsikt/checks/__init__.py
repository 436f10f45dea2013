"""Checks: pure functions that look at what is known and say how a demand stands.

The table below is the registry. A new check is one function and one line here.
"""

import inspect
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, Final

from uppsikt.checks import attested, case, channel
from uppsikt.policy import facts as known
from uppsikt.policy.facts import Facts
from uppsikt.policy.guideline import About, Control, Guideline
from uppsikt.policy.verdict import Verdict

Check = Callable[..., Verdict]


def _named(*checks: Check) -> dict[str, Check]:
    return {getattr(c, "__name__", ""): c for c in checks}


CHECKS: Final[dict[About, dict[str, Check]]] = {
    About.CHANNEL: _named(
        channel.purpose_is_stated,
        channel.purposes_are_listed,
        channel.audience_is_stated,
        channel.goal_and_benefit_are_stated,
        channel.owner_is_named,
        channel.deputy_is_named,
        channel.enough_access_holders,
        channel.everyone_has_two_factor,
        channel.description_is_written,
        channel.contact_is_given,
        channel.is_watched_daily,
        channel.first_contact_is_in_time,
        channel.answers_are_in_time,
        channel.removals_are_in_time,
        channel.removals_are_registered,
        channel.is_listed,
    ),
    About.CASE: _named(
        case.ground_is_chosen,
        case.motive_is_written,
        case.second_person_has_agreed,
        case.evidence_is_sealed,
        case.author_is_told,
        case.removal_is_registered,
        case.reports_are_decided,
    ),
    About.DRAFT: {},
    About.ITEM: {},
    About.MUNICIPALITY: {},
}


def examine(
    control: Control, facts: Facts, guideline: Guideline, *, at: datetime
) -> Verdict:
    """Return how `control` stands on `facts` as of `at`."""
    if control.check:
        check = CHECKS[control.about][control.check]
        args = {k: guideline.value(v) for k, v in control.args.items()}
        return check(facts, at=at, **args)
    every = guideline.text(control.every) if control.every else ""
    return attested.is_attested(facts, known.named(control.fact), every=every, at=at)


def faults(guideline: Guideline) -> Iterator[str]:
    """Yield what in a guideline we cannot carry out: the house does not start on it."""
    for control in guideline.control:
        yield from _faults_of(control, guideline)
    for ground in guideline.ground:
        if ground.target not in guideline.parameters:
            yield f"{ground.code}: no parameter {ground.target!r}"


def _faults_of(control: Control, guideline: Guideline) -> Iterator[str]:
    for name in (*control.args.values(), control.every, control.remind):
        if name and name not in guideline.parameters:
            yield f"{control.id}: no parameter {name!r}"
    if control.check:
        yield from _check_faults(control)
    elif not control.fact:
        yield f"{control.id}: neither a check nor a fact to attest"
    elif control.fact not in known.FACTS:
        yield f"{control.id}: no fact {control.fact!r}"


def _check_faults(control: Control) -> Iterator[str]:
    check = CHECKS[control.about].get(control.check)
    if check is None:
        yield f"{control.id}: no check {control.check!r} about {control.about}"
    elif set(control.args) != _wanted(check):
        yield f"{control.id}: {control.check} takes {sorted(_wanted(check))}"


def _wanted(check: Any) -> set[str]:
    parameters = inspect.signature(check).parameters.values()
    return {p.name for p in parameters if p.kind is p.KEYWORD_ONLY} - {"at"}
