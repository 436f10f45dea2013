"""Section 4: illness, leave, and a colleague who leaves."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests.conftest import Cast, SignedIn
from tests.guideline.judged import outcome, verdict
from uppsikt.channels import leaving, recovering, staffing
from uppsikt.channels.models import AccessHolder, Channel, RecoveryPath
from uppsikt.channels.staffing import SignIn
from uppsikt.duties import plan
from uppsikt.governance import absences, actors, moves, people
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Absence, Assignment, Node, User
from uppsikt.inbox import standing_in
from uppsikt.policy.roles import Role
from uppsikt.policy.verdict import Outcome
from uppsikt.records.models import Entry

DAY = date(2026, 3, 2)


@pytest.fixture
def office(person: Cast, municipality: Node, monday: datetime) -> Actor:
    user = person("Olle", "strateg", Role.COMMUNICATIONS_OFFICE, municipality)
    return actors.of(user, at=monday)


def titles(actor: Actor, at: datetime) -> dict[str, int]:
    return {group.title: group.total for group in plan.of(actor, at=at)}


def test_who_leaves_opens_a_vacancy_and_an_access_to_take_back_at_once(
    library_channel: Channel,
    anna_user: User,
    office: Actor,
    bengt: Actor,
    monday: datetime,
) -> None:
    people.deactivate(anna_user, why="Slutat", actor=office, at=monday)

    assert anna_user.left_at == monday
    assert outcome(library_channel, "4-owner", monday) is Outcome.NOT_MET
    assert outcome(library_channel, "4-several-holders", monday) is Outcome.NOT_MET
    assert outcome(library_channel, "4-leavers", monday) is Outcome.DUE
    assert titles(bengt, monday)["Access to take back"] == 1
    [waiting] = leaving.waiting(Channel.objects.all(), at=monday)
    assert (waiting.holder.user, waiting.late(monday)) == (anna_user, False)
    assert leaving.without_owner(Channel.objects.all(), at=monday) == [library_channel]


def test_an_access_not_taken_back_within_a_working_day_is_a_finding(
    library_channel: Channel,
    anna_user: User,
    office: Actor,
    bengt: Actor,
    monday: datetime,
) -> None:
    people.deactivate(anna_user, why="Slutat", actor=office, at=monday)
    later = monday + timedelta(days=2)
    assert outcome(library_channel, "4-leavers", later) is Outcome.NOT_MET
    assert leaving.waiting(Channel.objects.all(), at=later)[0].late(later)

    [holder] = AccessHolder.objects.filter(user=anna_user, until=None)
    staffing.end_access(holder, actor=bengt, at=later)

    assert (holder.ended_by, holder.ended_at) == (bengt.user, later)
    assert outcome(library_channel, "4-leavers", later) is Outcome.MET
    assert leaving.revoked(Channel.objects.all()) == [holder]
    with pytest.raises(moves.TooLate):
        staffing.end_access(holder, actor=bengt, at=later)


def test_who_moves_to_other_tasks_is_a_leaver_too(
    library_channel: Channel, anna_user: User, monday: datetime
) -> None:
    assert outcome(library_channel, "4-leavers", monday) is Outcome.MET
    Assignment.objects.filter(user=anna_user).update(ends_at=monday)

    assert outcome(library_channel, "4-leavers", monday) is Outcome.DUE
    assert "Anna" in str(verdict(library_channel, "4-leavers", monday).message)


def test_the_past_is_not_rewritten_when_somebody_leaves(
    library_channel: Channel, anna_user: User, office: Actor, monday: datetime
) -> None:
    people.deactivate(anna_user, why="Slutat", actor=office, at=monday)

    before = monday - timedelta(days=1)
    assert outcome(library_channel, "4-several-holders", before) is Outcome.MET
    assert outcome(library_channel, "4-owner", before) is Outcome.MET


def test_the_list_shows_leavers_and_notes_who_took_the_access_back(
    library_channel: Channel,
    anna_user: User,
    bengt_user: User,
    office: Actor,
    signed_in: SignedIn,
) -> None:
    people.deactivate(anna_user, why="Slutat", actor=office, at=timezone.now())
    bengt = signed_in(bengt_user)
    [(user, rows)] = bengt.get("/avslutade-behorigheter/").context["people"]
    assert user == anna_user

    bengt.post(f"/avslutade-behorigheter/{rows[0].holder.pk}/")

    shown = bengt.get("/avslutade-behorigheter/").context
    assert shown["people"] == []
    assert [held.ended_by for held in shown["revoked"]] == [bengt_user]
    assert shown["vacant"] == [library_channel]


def test_the_substitute_has_the_watch_while_the_owner_is_away(
    library_channel: Channel,
    anna: Actor,
    anna_user: User,
    bengt: Actor,
    bengt_user: User,
    monday: datetime,
) -> None:
    duty = standing_in.on_duty([library_channel], at=monday)[library_channel.pk]
    assert (duty.user, duty.instead_of) == (anna_user, None)
    assert "Today's watch" in titles(anna, monday)
    assert "Today's watch" not in titles(bengt, monday)

    absences.away_today(actor=anna, at=monday)

    duty = standing_in.on_duty([library_channel], at=monday)[library_channel.pk]
    assert (duty.user, duty.instead_of) == (bengt_user, anna_user)
    [group] = [g for g in plan.of(bengt, at=monday) if g.title == "Today's watch"]
    assert str(group.duties[0].title) == "Yours today: Anna is away"
    assert "Today's watch" not in titles(anna, monday)
    tomorrow = monday + timedelta(days=1)
    assert "Today's watch" not in titles(bengt, tomorrow)


def test_when_both_are_away_nobody_is_there_and_it_is_a_finding(
    library_channel: Channel,
    anna: Actor,
    anna_user: User,
    bengt: Actor,
    bengt_user: User,
    monday: datetime,
) -> None:
    last = DAY + timedelta(days=6)
    absences.enter(bengt_user, DAY, last, actor=bengt, at=monday)
    assert outcome(library_channel, "4-continuity", monday) is Outcome.MET
    absences.enter_uncovered(anna_user, last, last, actor=anna, at=monday)

    said = verdict(library_channel, "4-continuity", monday)
    assert said.outcome is Outcome.DUE
    assert said.due_at == datetime(2026, 3, 7, 23, tzinfo=monday.tzinfo)
    then = monday + timedelta(days=6)
    assert outcome(library_channel, "4-continuity", then) is Outcome.NOT_MET
    assert "Today's watch" in titles(anna, then)


def test_a_manager_enters_an_absence_and_a_colleague_does_not(
    library_channel: Channel,
    anna: Actor,
    anna_user: User,
    bengt: Actor,
    bengt_user: User,
    monday: datetime,
) -> None:
    absences.enter(anna_user, DAY, DAY, actor=bengt, at=monday)
    with pytest.raises(moves.NotYours):
        absences.enter(bengt_user, DAY, DAY, actor=anna, at=monday)
    assert Absence.objects.get().user == anna_user


def test_no_reason_for_an_absence_is_kept_and_no_day_stands_in_the_ledger(
    library_channel: Channel, anna: Actor, monday: datetime
) -> None:
    names = {field.name for field in Absence._meta.get_fields()}
    assert not {"reason", "why", "kind", "note"} & names
    absences.away_today(actor=anna, at=monday)
    absences.away_today(actor=anna, at=monday)

    [entry] = Entry.objects.filter(act="absence.enter")
    assert set(entry.opening.fields or ()) <= {"act", "subject", "actor", "at"}


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (DAY, DAY - timedelta(days=1)),
        (DAY - timedelta(days=40), DAY),
        (DAY, DAY + timedelta(days=400)),
    ],
)
def test_days_that_cannot_be_are_refused(
    anna: Actor, anna_user: User, monday: datetime, first: date, last: date
) -> None:
    with pytest.raises(absences.NoSuchDays):
        absences.enter(anna_user, first, last, actor=anna, at=monday)


def test_an_absence_that_has_begun_ends_today_and_its_past_days_stay(
    anna: Actor, anna_user: User, monday: datetime
) -> None:
    last = DAY + timedelta(days=9)
    row = absences.enter(anna_user, DAY, last, actor=anna, at=monday)

    absences.withdraw(row, actor=anna, at=monday + timedelta(days=3))

    assert (row.first_day, row.last_day) == (DAY, DAY + timedelta(days=2))
    with pytest.raises(moves.TooLate):
        absences.withdraw(row, actor=anna, at=monday + timedelta(days=3))


def test_one_click_says_that_i_am_away_and_the_calendar_shows_it(
    library_channel: Channel, anna_user: User, david_user: User, signed_in: SignedIn
) -> None:
    anna = signed_in(anna_user)
    anna.post("/franvaro/idag/")

    shown = anna.get("/franvaro/")
    assert shown.context["away_now"]
    assert any(row.away for row in shown.context["rows"])
    assert "Anna" not in signed_in(david_user).get("/franvaro/").content.decode()
    wrong = {"person": anna_user.pk, "first_day": "2026-03-09", "last_day": "x"}
    assert anna.post("/franvaro/ny/", wrong).status_code == 422


def test_the_recovery_path_says_where_and_who_and_never_a_code(
    library_channel: Channel,
    anna: Actor,
    anna_user: User,
    bengt_user: User,
    monday: datetime,
) -> None:
    assert outcome(library_channel, "4-recovery", monday) is Outcome.NOT_MET
    with pytest.raises(recovering.LooksSecret):
        recovering.note(
            library_channel, "Koden är 4821 9937", [anna_user], actor=anna, at=monday
        )
    assert not RecoveryPath.objects.exists()

    place, both = "Lösenordsvalvet, posten Biblioteket", [anna_user, bengt_user]
    recovering.note(library_channel, place, both, actor=anna, at=monday)

    assert outcome(library_channel, "4-recovery", monday) is Outcome.MET


def test_a_code_written_by_mistake_is_not_shown_again(
    library_channel: Channel, anna_user: User, signed_in: SignedIn
) -> None:
    told = {"kept_at": "lösenord: hemlis77", "known_by": [anna_user.pk]}
    place = f"/kanal/{library_channel.pk}/aterstallning/"

    back = signed_in(anna_user).post(place, told)

    assert back.status_code == 422
    assert "hemlis77" not in back.content.decode()


def test_who_has_left_knows_no_more_of_the_recovery_path(
    library_channel: Channel,
    anna: Actor,
    anna_user: User,
    bengt_user: User,
    office: Actor,
    monday: datetime,
) -> None:
    both = [anna_user, bengt_user]
    recovering.note(library_channel, "Kassaskåpet", both, actor=anna, at=monday)
    people.deactivate(anna_user, why="Slutat", actor=office, at=monday)

    assert outcome(library_channel, "4-recovery", monday) is Outcome.NOT_MET


def test_an_old_two_factor_of_one_holder_falls_due_by_name(
    library_channel: Channel, anna: Actor, anna_user: User, monday: datetime
) -> None:
    fresh = SignIn.on("key", DAY)
    staffing.give_access(library_channel, anna_user, fresh, actor=anna, at=monday)

    said = verdict(library_channel, "5.1-two-factor-each", monday)
    assert said.outcome is Outcome.DUE
    assert str(said.message) == "Look at two-factor again: Bengt."


def test_a_platform_without_two_factor_is_no_yes_and_wants_a_reason(
    library_channel: Channel, anna: Actor, anna_user: User, monday: datetime
) -> None:
    none = SignIn(AccessHolder.State.UNAVAILABLE)
    with pytest.raises(ValidationError, match="no two-factor"):
        staffing.confirm_two_factor(library_channel, none, actor=anna, at=monday)

    none = SignIn(AccessHolder.State.UNAVAILABLE, reason="Plattformen saknar det")
    staffing.confirm_two_factor(library_channel, none, actor=anna, at=monday)
    staffing.give_access(library_channel, anna_user, none, actor=anna, at=monday)

    assert outcome(library_channel, "5.1-two-factor", monday) is Outcome.NOT_MET
    each = verdict(library_channel, "5.1-two-factor-each", monday)
    assert str(each.message) == "Two-factor is not confirmed for Anna."


def test_the_page_says_how_the_channel_is_guarded(
    library_channel: Channel, anna_user: User, signed_in: SignedIn
) -> None:
    anna, place = signed_in(anna_user), f"/kanal/{library_channel.pk}/"
    assert anna.post(f"{place}tvafaktor/", {"state": "on"}).status_code == 422
    told = {"state": "on", "method": "passkey", "confirmed_on": "2026-03-02"}
    anna.post(f"{place}tvafaktor/", told)

    how = anna.get(f"{place}personer/").context["how"]
    assert how.value == "passkey"


def test_the_same_days_are_noted_once_and_more_days_are_taken(
    anna: Actor, anna_user: User, monday: datetime
) -> None:
    last = DAY + timedelta(days=3)
    absences.enter(anna_user, DAY, last, actor=anna, at=monday)

    with pytest.raises(absences.NoSuchDays):
        absences.enter(anna_user, DAY, last, actor=anna, at=monday)
    absences.enter(anna_user, last, last + timedelta(days=5), actor=anna, at=monday)

    assert anna_user.absences.count() == 2


@pytest.mark.parametrize("week", ["1-W01", "9999-W52", "i går", "2026-W60"])
def test_a_week_that_no_calendar_reaches_shows_this_one(
    library_channel: Channel, anna_user: User, signed_in: SignedIn, week: str
) -> None:
    page = signed_in(anna_user).get("/franvaro/", {"vecka": week})
    assert page.context["today"] in page.context["days"]
