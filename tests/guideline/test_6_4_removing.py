"""Section 6.4: screenshot, remove, tell, register, report; and who may do which."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.moderation.town import (
    acts,
    answered,
    condemned,
    png,
    removed,
    work_through,
)
from uppsikt.governance import moves
from uppsikt.governance.actors import CLOCK, Actor
from uppsikt.inbox.models import Item
from uppsikt.moderation import actions, registering, telling, work
from uppsikt.moderation.life import CaseLife
from uppsikt.moderation.models import Case, Evidence, Report
from uppsikt.moderation.removing import NoProof
from uppsikt.policy.lifecycle import Move
from uppsikt.records import ledger
from uppsikt.records.media import NotWhatItSays
from uppsikt.records.models import Entry
from uppsikt.sending.models import Outgoing


def opened(item: Item, actor: Actor, at: datetime) -> Case:
    return actions.open_case(item, through="round", knowledge_at=at, actor=actor, at=at)


def by_hand(item: Item, actor: Actor, at: datetime) -> Case:
    case = condemned(item, actor, at, measure=Case.Measure.BY_HAND)
    work_through(at)
    case.refresh_from_db()
    assert case.status == "by_hand"
    return case


def missing(stopped: "pytest.ExceptionInfo[moves.NotReady]") -> set[str]:
    return {finding.control.id for finding in stopped.value.findings}


def test_the_clock_runs_from_knowledge_and_the_ground_gives_its_span(
    insult: Item, anna: Actor, monday: datetime
) -> None:
    learnt = monday - timedelta(hours=3)
    case = actions.open_case(
        insult, through="public", knowledge_at=learnt, actor=anna, at=monday
    )
    assert case.due_at == learnt + timedelta(hours=24)

    decision = actions.Decision("tone", Case.Measure.HIDE, motive="Hånfull ton")
    actions.decide(case, decision, actor=anna, at=monday)
    assert case.due_at is not None
    assert case.due_at > learnt + timedelta(hours=24)


def test_knowledge_from_the_future_counts_as_now(
    insult: Item, anna: Actor, monday: datetime
) -> None:
    case = actions.open_case(
        insult,
        through="round",
        knowledge_at=monday + timedelta(days=9),
        actor=anna,
        at=monday,
    )
    assert case.knowledge_at == monday


def test_one_case_at_a_time_about_one_comment(
    insult: Item, anna: Actor, monday: datetime
) -> None:
    case = opened(insult, anna, monday)
    with pytest.raises(actions.OpenAlready) as standing:
        opened(insult, anna, monday)
    assert standing.value.case == case
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.create(
            channel=case.channel,
            item=insult,
            knowledge_at=monday,
            known_through="round",
            status="opened",
        )


def test_a_ground_from_outside_the_catalogue_removes_nothing(
    insult: Item, anna: Actor, monday: datetime
) -> None:
    case = opened(insult, anna, monday)
    decision = actions.Decision("political_view", Case.Measure.HIDE)
    with pytest.raises(actions.NotInCatalogue):
        actions.decide(case, decision, actor=anna, at=monday)


@pytest.mark.parametrize("ground", ["tone", "personal_attack", "defamation"])
def test_a_ground_that_asks_for_a_motive_gets_none_without_it(
    insult: Item, anna: Actor, ground: str, monday: datetime
) -> None:
    case = opened(insult, anna, monday)
    decision = actions.Decision(ground, Case.Measure.HIDE, motive="   ")
    with pytest.raises(moves.NotReady) as stopped:
        actions.decide(case, decision, actor=anna, at=monday)
    assert missing(stopped) == {"6.1-motive"}
    case.refresh_from_db()
    assert (case.status, case.ground) == ("opened", "")


def test_a_vague_ground_takes_two_people_and_the_second_is_another(
    insult: Item, anna: Actor, cecilia: Actor, bengt: Actor, monday: datetime
) -> None:
    case = opened(insult, cecilia, monday)
    decision = actions.Decision("offensive", Case.Measure.HIDE, motive="Grovt")
    move = actions.decide(case, decision, actor=cecilia, at=monday)
    assert move is CaseLife.propose
    assert work.preserve(monday) == 0

    with pytest.raises(moves.NotYours, match="yourself"):
        actions.agree(case, actor=cecilia, at=monday)
    with pytest.raises(moves.NotYours):
        actions.agree(case, actor=anna, at=monday)
    actions.agree(case, actor=bengt, at=monday)

    assert case.second_person == bengt.user
    assert work.preserve(monday) == 1


def test_the_second_person_may_leave_it_up_with_a_motive(
    insult: Item, anna: Actor, cecilia: Actor, monday: datetime
) -> None:
    case = opened(insult, anna, monday)
    decision = actions.Decision("offensive", Case.Measure.HIDE, motive="Grovt")
    actions.decide(case, decision, actor=anna, at=monday)
    with pytest.raises(moves.NoReason):
        actions.leave_up(case, why=" ", actor=cecilia, at=monday)
    actions.leave_up(case, why="Hård kritik är tillåten", actor=cecilia, at=monday)
    assert case.status == "left_up"
    assert acts(case)[-1] == "case.leave_up"


def test_nobody_from_another_department_decides_or_sees(
    insult: Item, anna: Actor, david: Actor, monday: datetime
) -> None:
    case = opened(insult, anna, monday)
    decision = actions.Decision("threat", Case.Measure.HIDE)
    with pytest.raises(moves.NotYours):
        actions.decide(case, decision, actor=david, at=monday)
    assert case not in Case.objects.visible_to(david)


def test_nobody_from_another_department_opens_a_case(
    insult: Item, david: Actor, monday: datetime
) -> None:
    with pytest.raises(moves.NotYours):
        opened(insult, david, monday)
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    "move", [CaseLife.secure, CaseLife.remove, CaseLife.ask_hand, CaseLife.doubt]
)
def test_what_the_worker_does_is_not_a_persons_to_order(
    insult: Item, rut: Actor, move: Move, monday: datetime, anna: Actor
) -> None:
    case = condemned(insult, anna, monday)
    with pytest.raises(moves.NotYours):
        moves.make(move, case, actor=rut, at=monday)


def test_the_clock_itself_removes_nothing_without_sealed_evidence(
    insult: Item, anna: Actor, monday: datetime
) -> None:
    case = condemned(insult, anna, monday)
    with pytest.raises(moves.NotReady) as stopped:
        moves.make(CaseLife.secure, case, actor=CLOCK, at=monday)
    assert missing(stopped) == {"6.4-evidence"}

    work.preserve(monday)
    case.refresh_from_db()
    with pytest.raises(moves.NotReady):
        moves.make(CaseLife.secure, case, actor=CLOCK, at=monday)
    ledger.sequence(monday)
    moves.make(CaseLife.secure, case, actor=CLOCK, at=monday)


def test_a_persons_own_screenshot_stands_in_for_ours(
    insult: Item, anna: Actor, monday: datetime
) -> None:
    case = condemned(insult, anna, monday)
    before = Evidence.Moment.BEFORE
    actions.upload_evidence(case, png(), before, actor=anna, at=monday)
    with pytest.raises(moves.TooLate):
        actions.upload_evidence(case, png(), before, actor=anna, at=monday)
    evidence = Evidence.objects.get(case=case)
    assert (evidence.method, evidence.captured_by) == ("upload", anna.name)
    work_through(monday)
    case.refresh_from_db()
    assert case.status == "removed"


def test_an_upload_that_lies_about_what_it_is_is_not_kept(
    insult: Item, anna: Actor, monday: datetime
) -> None:
    case = condemned(insult, anna, monday)
    for data in (b"MZ\x90\x00", b"<svg onload=alert(1)>", png()[:60], b""):
        with pytest.raises(NotWhatItSays):
            actions.upload_evidence(
                case, data, Evidence.Moment.BEFORE, actor=anna, at=monday
            )
    assert not Evidence.objects.exists()


def test_a_removal_by_hand_shows_a_second_picture_or_says_why_not(
    insult: Item, anna: Actor, david: Actor, monday: datetime
) -> None:
    case = by_hand(insult, anna, monday)
    with pytest.raises(NoProof):
        actions.remove_by_hand(case, actions.Proof(why_none=" "), actor=anna, at=monday)
    with pytest.raises(moves.NotYours):
        actions.remove_by_hand(case, actions.Proof(png()), actor=david, at=monday)

    actions.remove_by_hand(case, actions.Proof(png()), actor=anna, at=monday)

    assert case.status == "removed"
    assert case.removed_by == anna.user
    assert Evidence.objects.get(case=case, moment="after").method == "upload"
    assert case.registration


def test_a_doubt_about_a_removal_by_hand_is_a_state_and_can_be_confirmed(
    insult: Item, anna: Actor, monday: datetime
) -> None:
    case = by_hand(insult, anna, monday)
    actions.still_there(case, actor=anna, at=monday)
    assert case.status == "unconfirmed"
    assert case.registration is None

    why = actions.Proof(why_none="Kontot är stängt")
    actions.confirm(case, why, actor=anna, at=monday)
    assert case.status == "removed"
    assert case.no_second_picture == "Kontot är stängt"
    assert acts(case)[-1] == "case.no_second_picture"


def test_what_was_not_confirmed_can_be_tried_again(
    insult: Item, anna: Actor, monday: datetime
) -> None:
    case = by_hand(insult, anna, monday)
    actions.still_there(case, actor=anna, at=monday)
    Case.objects.filter(pk=case.pk).update(measure="hide")
    actions.try_again(case, actor=anna, at=monday)
    work_through(monday)
    case.refresh_from_db()
    assert case.status == "removed"


def test_a_decision_called_off_needs_new_evidence_when_made_again(
    insult: Item, anna: Actor, monday: datetime
) -> None:
    case = condemned(insult, anna, monday)
    work.preserve(monday)
    case.refresh_from_db()
    actions.call_off(case, why="Fel grund", actor=anna, at=monday)
    assert (case.status, case.evidence_entry) == ("opened", None)
    decision = actions.Decision("secrecy", Case.Measure.HIDE, motive="Sekretess")
    actions.decide(case, decision, actor=anna, at=monday)
    work_through(monday)
    case.refresh_from_db()
    assert acts(case).count("case.preserve") == 2
    assert case.status == "removed"


def test_the_author_is_told_in_public_after_the_removal_and_once(
    insult: Item, anna: Actor, monday: datetime
) -> None:
    case = condemned(insult, anna, monday)
    with pytest.raises(telling.NotRemovedYet):
        actions.notify(case, "Hej!", actor=anna, at=monday)
    with pytest.raises(telling.NotRemovedYet):
        actions.cannot_notify(case, why="Borta", actor=anna, at=monday)
    work_through(monday)
    case.refresh_from_db()

    notice = actions.notify(case, "Hej!", actor=anna, at=monday)
    assert notice.kind == Outgoing.Kind.NOTICE
    assert (notice.reply_to, notice.about) == (insult.remote_id, case.subject)
    with pytest.raises(telling.ToldAlready):
        actions.notify(case, "Hej igen!", actor=anna, at=monday)


def test_the_notice_says_what_why_by_whom_and_how_to_object(
    insult: Item, anna: Actor, monday: datetime
) -> None:
    case = removed(insult, anna, monday)
    text = telling.notice_text(case, anna.person, at=monday)
    assert "2 mars" in text
    assert "olaga hot" in text
    assert "En person har bedömt" in text
    assert case.channel.contact in text
    assert "allmän handling" in text
    assert "Anna" in text.splitlines()[-1]
    assert len(text) <= 300
    actions.notify(case, text, actor=anna, at=monday)


def test_an_author_who_cannot_be_told_needs_a_reason_in_words(
    insult: Item, anna: Actor, rut: Actor, monday: datetime
) -> None:
    case = removed(insult, anna, monday)
    with pytest.raises(actions.NoWords):
        actions.cannot_notify(case, why=" ", actor=anna, at=monday)
    with pytest.raises(moves.NotYours):
        actions.cannot_notify(case, why="Borta", actor=rut, at=monday)
    actions.cannot_notify(case, why="Kontot är borta", actor=anna, at=monday)
    assert acts(case)[-1] == "case.cannot_notify"


def test_both_reports_are_answered_and_a_no_has_its_reason(
    insult: Item, anna: Actor, david: Actor, monday: datetime
) -> None:
    case = removed(insult, anna, monday)
    no = actions.Answer(Report.To.POLICE, made=False)
    with pytest.raises(actions.NoWords):
        actions.report(case, no, actor=anna, at=monday)
    yes = actions.Answer(Report.To.POLICE, made=True, reference="K 17")
    with pytest.raises(moves.NotYours):
        actions.report(case, yes, actor=david, at=monday)
    row = actions.report(case, yes, actor=anna, at=monday)
    assert row.reference == "K 17"
    assert telling.police_is_expected(case, at=monday)


def test_nothing_is_closed_before_all_is_told_numbered_and_answered(
    insult: Item, anna: Actor, rut: Actor, monday: datetime
) -> None:
    case = removed(insult, anna, monday)
    with pytest.raises(moves.NotReady) as stopped:
        actions.close(case, actor=anna, at=monday)
    assert missing(stopped) == {"6.4-author", "6.4-diary-number", "6.4-reports"}

    actions.cannot_notify(case, why="Kontot är borta", actor=anna, at=monday)
    answered(case, anna, monday)
    assert case.registration
    registering.register(case.registration, actor=rut, at=monday)
    actions.close(case, actor=anna, at=monday)
    with pytest.raises(moves.TooLate):
        answered(case, anna, monday)


def test_who_decided_does_not_judge_the_objection(
    insult: Item, cecilia: Actor, anna: Actor, bengt: Actor, monday: datetime
) -> None:
    case = removed(insult, anna, monday)
    with pytest.raises(moves.NotYours):
        actions.restore(case, why="Vi ångrar oss", actor=anna, at=monday)
    with pytest.raises(moves.NoReason):
        actions.restore(case, why="", actor=bengt, at=monday)
    actions.restore(case, why="Ingen överträdelse", actor=bengt, at=monday)
    assert case.status == "restored"


def test_two_people_who_decide_at_once_leave_one_decision(
    insult: Item, anna: Actor, cecilia: Actor, monday: datetime
) -> None:
    case = opened(insult, anna, monday)
    same = Case.objects.get(pk=case.pk)
    actions.decide(
        case, actions.Decision("threat", Case.Measure.HIDE), actor=anna, at=monday
    )
    with pytest.raises(moves.TooLate):
        actions.leave_up(same, why="Ett skämt", actor=cecilia, at=monday)
    assert Entry.objects.filter(act="case.leave_up").count() == 0


def test_two_people_who_open_at_once_get_the_same_case(
    insult: Item, anna: Actor, monday: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = opened(insult, anna, monday)
    looks = iter([None, first])
    monkeypatch.setattr(actions, "standing_on", lambda _: next(looks))
    with pytest.raises(actions.OpenAlready) as standing:
        opened(insult, anna, monday)
    assert standing.value.case == first
    assert Case.objects.count() == 1
