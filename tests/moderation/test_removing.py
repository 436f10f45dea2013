"""The worker removes, looks again and puts back; killed anywhere, it goes on."""

from datetime import datetime, timedelta

import pytest

from tests.moderation.town import (
    PASSING,
    REFUSED,
    Bluesky,
    Killed,
    Lens,
    acts,
    answered,
    arrives,
    comment,
    condemned,
    removed,
    work_through,
)
from uppsikt.channels.models import Channel, Connection
from uppsikt.governance.actors import Actor
from uppsikt.governance.moves import TooLate
from uppsikt.inbox.models import Item
from uppsikt.moderation import (
    actions,
    keeping,
    registering,
    removing,
    work,
)
from uppsikt.moderation.models import Case, Evidence
from uppsikt.platforms import SeenState
from uppsikt.records import ledger
from uppsikt.records.models import Registration


@pytest.mark.parametrize("step", ["hide", "before the look", "finish", "registration"])
def test_a_worker_killed_at_any_step_of_a_removal_hides_once_and_registers_once(
    insult: Item,
    anna: Actor,
    bluesky: Bluesky,
    step: str,
    monday: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case = condemned(insult, anna, monday)
    work.preserve(monday)
    ledger.sequence(monday)
    work.secure(monday)
    places = {
        "before the look": (removing, "_acted"),
        "finish": (removing, "finish"),
        "registration": (keeping, "keep"),
    }
    with monkeypatch.context() as doomed:
        if step == "hide":
            bluesky.dies_after = "hide"
        else:
            doomed.setattr(*places[step], _die)
        with pytest.raises(Killed):
            work.remove(monday)
    case.refresh_from_db()
    assert case.status == "secured"
    assert Registration.objects.exclude(case=None).count() == 0

    for minutes in (4, 8):
        work.remove(monday + timedelta(minutes=minutes))

    case.refresh_from_db()
    assert case.status == "removed"
    assert bluesky.acts() == ["hide"]
    assert Registration.objects.exclude(case=None).count() == 1
    assert acts(case).count("case.remove") == 1
    assert acts(case).count("case.read_back") == 1


def _die(*_: object, **__: object) -> None:
    raise Killed


def test_a_comment_that_stays_visible_is_looked_at_again_and_then_not_confirmed(
    insult: Item, anna: Actor, bluesky: Bluesky, monday: datetime
) -> None:
    bluesky.deaf = True
    case = condemned(insult, anna, monday)
    work_through(monday)
    case.refresh_from_db()
    assert case.status == "secured"

    for minutes in range(1, 12):
        work_through(monday + timedelta(minutes=minutes))

    case.refresh_from_db()
    assert case.status == "unconfirmed"
    assert case.problem
    assert bluesky.acts() == ["hide"]
    assert case.registration is None


def test_a_late_platform_is_believed_when_it_shows_the_comment_hidden(
    insult: Item, anna: Actor, bluesky: Bluesky, monday: datetime
) -> None:
    bluesky.deaf = True
    case = condemned(insult, anna, monday)
    work_through(monday)
    bluesky.states["reply-1"] = SeenState.HIDDEN
    work_through(monday + timedelta(minutes=1))
    case.refresh_from_db()
    assert case.status == "removed"
    assert bluesky.acts() == ["hide"]


def test_what_its_author_took_away_in_the_meantime_is_not_hidden_again(
    insult: Item, anna: Actor, bluesky: Bluesky, monday: datetime
) -> None:
    case = condemned(insult, anna, monday)
    work.preserve(monday)
    ledger.sequence(monday)
    work.secure(monday)
    bluesky.states["reply-1"] = SeenState.GONE
    work.remove(monday)
    case.refresh_from_db()
    assert case.status == "removed"
    assert bluesky.acts() == []
    after = Evidence.objects.get(case=case, moment="after")
    assert ledger.opened(after.entry)["state"] == "gone"


def test_a_permanent_refusal_hands_the_removal_to_a_person_with_words(
    insult: Item, anna: Actor, bluesky: Bluesky, monday: datetime
) -> None:
    bluesky.faults["hide"] = REFUSED
    case = condemned(insult, anna, monday)
    work_through(monday)
    case.refresh_from_db()
    assert case.status == "by_hand"
    assert case.problem == "This cannot be hidden."


def test_a_passing_refusal_is_tried_again(
    insult: Item, anna: Actor, bluesky: Bluesky, monday: datetime
) -> None:
    bluesky.faults["hide"] = PASSING
    case = condemned(insult, anna, monday)
    work_through(monday)
    case.refresh_from_db()
    assert case.status == "secured"

    bluesky.faults.clear()
    work_through(monday + timedelta(minutes=10))
    case.refresh_from_db()
    assert case.status == "removed"
    assert bluesky.acts() == ["hide"]


def test_a_refusal_after_the_act_is_a_doubt_and_no_removal(
    insult: Item, anna: Actor, bluesky: Bluesky, monday: datetime
) -> None:
    bluesky.deaf = True
    case = condemned(insult, anna, monday)
    work_through(monday)
    bluesky.faults["look"] = REFUSED
    work_through(monday + timedelta(minutes=1))
    case.refresh_from_db()
    assert case.status == "unconfirmed"


def test_what_the_platform_gives_no_method_for_is_done_by_hand(
    insult: Item, anna: Actor, bluesky: Bluesky, monday: datetime
) -> None:
    case = condemned(insult, anna, monday, measure=Case.Measure.BY_HAND)
    work_through(monday)
    case.refresh_from_db()
    assert case.status == "by_hand"
    assert bluesky.acts() == []


def test_a_connection_lost_after_the_evidence_leaves_it_to_a_person(
    insult: Item, anna: Actor, monday: datetime
) -> None:
    case = condemned(insult, anna, monday)
    work.preserve(monday)
    ledger.sequence(monday)
    Connection.objects.all().delete()
    work.secure(monday)
    work.remove(monday)
    case.refresh_from_db()
    assert case.status == "by_hand"


def test_our_own_post_is_deleted_and_counts_as_removed_only_when_it_is_gone(
    connected: Channel, bluesky: Bluesky, lens: Lens, anna: Actor, monday: datetime
) -> None:
    told = comment("post-1", monday, own=True, parent_id=None, root_id=None)
    bluesky.items["post-1"] = told
    bluesky.states["post-1"] = SeenState.VISIBLE
    post = arrives(connected, told, monday)
    delete = Case.Measure.DELETE
    case = condemned(
        post, anna, monday, ground="own_error", measure=delete, motive="Fel datum"
    )
    work_through(monday)
    case.refresh_from_db()
    assert case.status == "removed"
    assert bluesky.acts() == ["delete"]
    assert case.registration
    assert case.registration.direction == "drawn_up"


def test_a_call_off_is_refused_once_the_platform_has_been_asked(
    insult: Item, anna: Actor, bluesky: Bluesky, monday: datetime
) -> None:
    bluesky.deaf = True
    case = condemned(insult, anna, monday)
    work_through(monday)
    case.refresh_from_db()
    with pytest.raises(actions.BeingCarriedOut):
        actions.call_off(case, why="Vi ångrar oss", actor=anna, at=monday)


def test_what_is_restored_is_shown_again_once_and_read_back(
    insult: Item, anna: Actor, bengt: Actor, bluesky: Bluesky, monday: datetime
) -> None:
    case = removed(insult, anna, monday)
    actions.restore(case, why="Det var ingen överträdelse", actor=bengt, at=monday)
    for minutes in (0, 4):
        work.restore(monday + timedelta(minutes=minutes))

    case.refresh_from_db()
    assert (case.status, case.next_try_at, case.problem) == ("restored", None, "")
    assert bluesky.acts() == ["hide", "unhide"]
    assert acts(case)[-1] == "case.shown_again"


def test_a_worker_killed_while_it_restores_shows_the_comment_once(
    insult: Item, anna: Actor, bengt: Actor, bluesky: Bluesky, monday: datetime
) -> None:
    case = removed(insult, anna, monday)
    actions.restore(case, why="Det var ingen överträdelse", actor=bengt, at=monday)
    bluesky.dies_after = "unhide"
    with pytest.raises(Killed):
        work.restore(monday)
    work.restore(monday + timedelta(minutes=4))
    assert bluesky.acts() == ["hide", "unhide"]
    assert acts(case).count("case.shown_again") == 1


@pytest.mark.parametrize("fault", ["deaf", "refused", "gone"])
def test_what_cannot_be_shown_again_is_left_to_a_person(
    insult: Item,
    anna: Actor,
    bengt: Actor,
    bluesky: Bluesky,
    fault: str,
    monday: datetime,
) -> None:
    case = removed(insult, anna, monday)
    actions.restore(case, why="Det var ingen överträdelse", actor=bengt, at=monday)
    bluesky.deaf = fault == "deaf"
    if fault == "refused":
        bluesky.faults["unhide"] = REFUSED
    if fault == "gone":
        Connection.objects.all().delete()
    for minutes in range(12):
        work.restore(monday + timedelta(minutes=minutes))
    case.refresh_from_db()
    assert case.next_try_at is None
    assert case.problem

    actions.shown_by_hand(case, actor=anna, at=monday)
    assert case.problem == ""
    with pytest.raises(TooLate):
        actions.shown_by_hand(case, actor=anna, at=monday)


def test_a_case_closes_by_itself_when_all_is_told_numbered_and_answered(
    insult: Item, anna: Actor, rut: Actor, monday: datetime
) -> None:
    case = removed(insult, anna, monday)
    assert case.registration
    assert work.close_done(monday) == 0
    registering.register(case.registration, actor=rut, at=monday)
    assert work.close_done(monday) == 0
    actions.cannot_notify(case, why="Kontot är borta", actor=anna, at=monday)
    assert work.close_done(monday) == 0
    answered(case, anna, monday)

    assert work.close_done(monday) == 1
    case.refresh_from_db()
    assert case.status == "closed"
    assert case.registration.diary_number == "2026/KS 0001"
