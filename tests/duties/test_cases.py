"""A case stays in somebody's day until it is told, reported, registered and closed."""

from datetime import datetime, timedelta

from tests.moderation.town import answered, removed
from uppsikt.duties import cases, plan
from uppsikt.duties.duty import SHOWN
from uppsikt.governance.actors import Actor
from uppsikt.inbox.models import Item
from uppsikt.moderation import actions
from uppsikt.moderation.models import Case


def words(actor: Actor, at: datetime) -> list[str]:
    return [cases.WORDS[c.status] for c in cases.of(actor, at=at)]


def opened(item: Item, actor: Actor, at: datetime) -> Case:
    return actions.open_case(item, through="staff", knowledge_at=at, actor=actor, at=at)


def test_an_open_case_waits_for_those_who_may_decide(
    insult: Item, anna: Actor, rut: Actor, david: Actor, monday: datetime
) -> None:
    opened(insult, anna, monday)
    assert words(anna, monday) == ["Decide whether it is removed"]
    assert words(rut, monday) == []
    assert words(david, monday) == []


def test_a_proposal_waits_for_a_second_person_and_not_for_the_first(
    insult: Item, anna: Actor, cecilia: Actor, monday: datetime
) -> None:
    case = opened(insult, anna, monday)
    decision = actions.Decision("offensive", Case.Measure.HIDE, "Kränkande ton", "Nej")
    actions.decide(case, decision, actor=anna, at=monday)
    assert words(anna, monday) == []
    assert words(cecilia, monday) == ["A colleague asks you to agree"]


def test_a_removal_is_not_forgotten_before_the_author_is_told_and_reports_answered(
    insult: Item, anna: Actor, monday: datetime
) -> None:
    case = removed(insult, anna, monday)
    told = "Tell the author, and answer whether it is reported"
    assert words(anna, monday + timedelta(days=3)) == [told]

    answered(case, anna, monday)
    assert words(anna, monday) == [told]
    actions.cannot_notify(case, why="Kontot är borta", actor=anna, at=monday)

    assert words(anna, monday) == []


def test_the_count_is_of_all_and_the_first_due_come_first(
    insult: Item, anna: Actor, monday: datetime
) -> None:
    later = opened(insult, anna, monday)
    rows = []
    for number in range(7):
        insult.pk, insult.remote_id = None, f"more-{number}"
        insult.save(force_insert=True)
        rows.append(opened(Item.objects.get(pk=insult.pk), anna, monday))
    Case.objects.filter(pk=rows[-1].pk).update(due_at=monday - timedelta(days=1))

    [group] = [g for g in plan.of(anna, at=monday) if g.title == "Moderation"]

    assert group.total == 8
    assert len(group.duties) == SHOWN
    assert group.duties[0].url.endswith(f"/{rows[-1].pk}/")
    assert later.pk != rows[-1].pk
