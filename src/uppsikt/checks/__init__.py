"""Checks: pure functions that look at what is known and say how a demand stands.

The table below is the registry. A new check is one function and one line here.
"""

import inspect
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, Final

from uppsikt.checks import (
    attested,
    case,
    channel,
    closing,
    dialogue,
    municipality,
    people,
    platform,
    profile,
    review,
    start,
)
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
        people.publishers_are_authorised,
        people.representatives_are_authorised,
        people.everyone_has_two_factor,
        people.leavers_have_no_access,
        people.somebody_is_there,
        people.recovery_is_known,
        people.selfcheck_is_done,
        platform.platform_has_current_risks,
        platform.measures_are_on_time,
        platform.joint_control_is_arranged,
        platform.impact_is_screened,
        channel.description_is_written,
        channel.contact_is_given,
        channel.is_watched_daily,
        channel.somebody_watches_today,
        channel.watch_reaches_all,
        channel.first_contact_is_in_time,
        channel.answers_are_in_time,
        dialogue.is_no_notice_board,
        channel.feedback_is_in_time,
        channel.removals_are_in_time,
        channel.removals_are_registered,
        channel.messages_are_decided,
        channel.own_texts_are_corrected,
        channel.single_matters_are_moved,
        channel.is_listed,
        review.card_is_confirmed,
        profile.sender_is_shown,
        profile.description_is_shown,
        profile.contact_is_shown,
        profile.rules_are_shown,
        profile.visibility_is_shown,
        profile.profile_is_as_we_left_it,
        channel.guideline_is_read,
        start.target_groups_are_listed,
        start.owner_reaches_the_account,
        start.start_notice_is_sent,
        start.start_notice_is_received,
        start.admin_rights_are_handed_over,
        start.orders_are_carried_out,
        start.crisis_plan_is_ready,
        start.comments_are_open,
        review.review_is_current,
        review.answers_are_sampled,
        review.review_is_followed,
        review.resources_suffice,
        review.is_updated,
        closing.manager_and_officer_are_consulted,
        closing.impact_is_noted,
        closing.reason_is_told,
        closing.farewell_is_posted,
        closing.notice_is_given,
        closing.checklist_is_done,
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
    About.MUNICIPALITY: _named(
        municipality.decision_has_number,
        municipality.revision_is_explained,
        municipality.guideline_is_valid,
        municipality.oversight_is_kept,
        municipality.owner_role_is_filled,
        municipality.office_is_staffed,
        municipality.review_is_recent,
        municipality.wanted_change_is_proposed,
        municipality.laws_are_checked,
    ),
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
    elif set(control.args) != set(wanted(check)):
        yield f"{control.id}: {control.check} takes {sorted(wanted(check))}"


def wanted(check: Any) -> dict[str, object]:
    """Return the type of each value that a check takes from the guideline, by name."""
    parameters = inspect.signature(check).parameters.values()
    named = (p for p in parameters if p.kind is p.KEYWORD_ONLY and p.name != "at")
    return {p.name: p.annotation for p in named}
