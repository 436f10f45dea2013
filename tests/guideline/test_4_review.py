"""Section 4: is a channel still worth having? The manager says so, once a year."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.conftest import LONG_AGO, SignedIn
from uppsikt.channels import actions, changing, reviewing
from uppsikt.channels.models import Channel
from uppsikt.channels.reviewing import QUESTIONS, Review, Said
from uppsikt.duties import course, in_use
from uppsikt.governance import moves
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Observation, User
from uppsikt.inbox import load
from uppsikt.inbox.models import Item
from uppsikt.policy import facts as f
from uppsikt.policy.channel_review import Answer, Outcome
from uppsikt.policy.verdict import Outcome as Stands
from uppsikt.policy.verdict import Verdict
from uppsikt.records import ledger
from uppsikt.records.models import Mail

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)
# The library's channel was launched on New Year's Day 2025.
IN_DECEMBER = datetime(2025, 12, 15, 9, tzinfo=UTC)


def verdict(channel: Channel, check: str, at: datetime) -> Verdict:
    [finding] = in_use.findings([channel], [check], at=at)[channel.pk]
    return finding.verdict


def reviewed(
    outcome: Outcome = Outcome.KEEP, note: str = "", **not_yes: Said
) -> Review:
    answers = {name: not_yes.get(name, Said(Answer.YES)) for name in QUESTIONS}
    return Review(answers, outcome, note)


def post(channel: Channel, at: datetime, *, own: bool = True, **more: object) -> Item:
    return Item.objects.create(
        channel=channel,
        status="filed",
        remote_id=f"{at.isoformat()}{own}",
        kind="post" if own else "reply",
        own=own,
        text="Nya böcker",
        how="manual",
        published_at=at,
        received_at=at,
        **more,
    )


def test_a_review_is_due_a_year_after_the_launch_and_reminded_of_a_month_before(
    library_channel: Channel,
) -> None:
    before = datetime(2025, 11, 30, 9, tzinfo=UTC)
    after = datetime(2026, 1, 2, 9, tzinfo=UTC)

    def stands(at: datetime) -> Stands:
        return verdict(library_channel, in_use.REVIEW, at).outcome

    assert stands(before) is Stands.MET
    assert stands(IN_DECEMBER) is Stands.DUE
    assert stands(after) is Stands.NOT_MET


def test_the_reminder_stands_among_the_managers_duties_and_nobody_elses(
    library_channel: Channel, bengt: Actor, anna: Actor, cecilia: Actor
) -> None:
    post(library_channel, IN_DECEMBER - A_DAY)

    def titles(actor: Actor) -> list[str]:
        return [str(d.title) for d in course.reviews(actor, IN_DECEMBER).duties]

    assert titles(bengt) == ["Is the channel still worth having? Review it"]
    assert titles(anna) == titles(cecilia) == []


def test_a_kept_channel_is_reviewed_for_another_year_and_each_answer_is_kept(
    library_channel: Channel, bengt: Actor, monday: datetime
) -> None:
    said = reviewed(
        note="Vi har fått en ny målgrupp", audience=Said(Answer.CHANGED, "Äldre")
    )

    reviewing.review(library_channel, said, {}, actor=bengt, at=monday)

    stands = verdict(library_channel, in_use.REVIEW, monday + A_DAY)
    assert stands.outcome is Stands.MET
    assert stands.due_at and stands.due_at.date() == date(2027, 3, 2)
    told = Observation.objects.get(node=library_channel.node, fact="still_audience")
    assert (told.value, told.note, told.by) == ("ändrat", "Äldre", bengt.user)
    assert ledger.opened(told.entry)["value"] == "ändrat"


def test_the_answer_on_resources_is_what_the_guideline_asks_the_manager_to_attest(
    library_channel: Channel, bengt: Actor, monday: datetime
) -> None:
    said = reviewed(note="Vi prövar", resources=Said(Answer.NO, "Ingen tid"))

    reviewing.review(library_channel, said, {}, actor=bengt, at=monday)

    seen = library_channel.facts(monday).get(f.RESOURCES, monday)
    assert seen and (seen.value, seen.note) == (False, "Ingen tid")


def test_the_load_that_the_manager_saw_is_kept_beside_what_was_promised(
    library_channel: Channel, bengt: Actor, monday: datetime
) -> None:
    due = monday - 3 * A_DAY
    for n in range(8):
        post(library_channel, monday - timedelta(days=n + 4), own=False)
    post(library_channel, monday - 20 * A_DAY, own=False, full_due_at=due, due_at=due)
    Item.objects.filter(full_due_at=due).update(answered_at=monday)
    post(library_channel, monday - 2 * A_DAY)
    measured = {
        s.fact: s.value
        for s in load.of([library_channel], at=monday)[library_channel.pk]
    }

    reviewing.review(
        library_channel,
        reviewed(),
        {fact: measured[fact] for fact in (f.EVENTS_PER_WEEK, f.OVERDUE_SHARE)},
        actor=bengt,
        at=monday,
    )

    kept = Observation.objects.filter(node=library_channel.node, source="measured")
    values = dict(kept.values_list("fact", "value"))
    assert values["events_per_week"] == 2.2
    assert values["overdue_share"] == 100.0
    assert measured[f.OWN_POSTS_PER_WEEK] == 0.2
    assert measured[f.LAST_OWN_POST] == "2026-02-28"


def test_much_that_is_late_is_a_sign_that_the_resources_do_not_suffice(
    library_channel: Channel, monday: datetime
) -> None:
    due = monday - A_DAY
    for n in range(5):
        post(
            library_channel, monday - timedelta(days=n + 2), own=False, full_due_at=due
        )
    assert verdict(library_channel, in_use.LOAD, monday).outcome is Stands.MET

    Item.objects.filter(own=False).update(answered_at=monday)

    assert verdict(library_channel, in_use.LOAD, monday).outcome is Stands.NOT_MET


def test_a_change_is_a_duty_of_the_owner_until_the_card_is_changed(
    library_channel: Channel, bengt: Actor, anna: Actor, monday: datetime
) -> None:
    said = reviewed(Outcome.CHANGE, "Målgruppen är en annan nu")

    reviewing.review(library_channel, said, {}, actor=bengt, at=monday)

    tuesday, later = monday + A_DAY, monday + 40 * A_DAY
    assert verdict(library_channel, in_use.FOLLOW, tuesday).outcome is Stands.DUE
    assert verdict(library_channel, in_use.FOLLOW, later).outcome is Stands.NOT_MET
    assert course.reviews(anna, tuesday).total == 1
    assert Mail.objects.filter(
        to="anna@exempelby.example", subject__contains="Ändra"
    ).exists()
    changing.edit_card(
        library_channel, {"benefit": "Äldre får svar"}, actor=anna, at=tuesday
    )
    assert verdict(library_channel, in_use.FOLLOW, later).outcome is Stands.MET


def test_a_review_that_closes_begins_the_closing_in_the_same_act(
    library_channel: Channel, bengt: Actor, monday: datetime
) -> None:
    said = reviewed(Outcome.CLOSE, "Ingen läser den längre")

    reviewing.review(library_channel, said, {}, actor=bengt, at=monday)

    library_channel.refresh_from_db()
    assert library_channel.status == "closing"
    assert library_channel.closings.get().begun_by == bengt.user


@pytest.mark.parametrize(
    ("said", "stop"),
    [
        (reviewed(Outcome.CHANGE), moves.NoReason),
        (reviewed(goal=Said(Answer.NO, "Nej")), moves.NoReason),
        (reviewed(note="Skäl", goal=Said(Answer.NO)), reviewing.Unanswered),
        (Review({}, Outcome.KEEP), reviewing.Unanswered),
    ],
    ids=["change unsaid", "doubt unsaid", "no words", "nothing answered"],
)
def test_a_review_that_says_too_little_leaves_nothing_behind(
    library_channel: Channel,
    bengt: Actor,
    monday: datetime,
    said: Review,
    stop: type[Exception],
) -> None:
    before = Observation.objects.count()

    with pytest.raises(stop):
        reviewing.review(library_channel, said, {}, actor=bengt, at=monday)

    assert Observation.objects.count() == before


def test_nobody_reviews_but_the_manager(
    library_channel: Channel,
    anna: Actor,
    cecilia: Actor,
    david: Actor,
    monday: datetime,
) -> None:
    for actor in (anna, cecilia, david):
        with pytest.raises(moves.NotYours):
            reviewing.review(library_channel, reviewed(), {}, actor=actor, at=monday)


def test_the_owner_gives_a_view_that_stands_on_the_managers_page(
    library_channel: Channel,
    anna: Actor,
    bengt_user: User,
    signed_in: SignedIn,
    monday: datetime,
) -> None:
    view = "Vi hinner inte med på fredagar"
    reviewing.give_view(library_channel, view, actor=anna, at=monday)

    page = signed_in(bengt_user).get(f"/kanal/{library_channel.pk}/oversyn/")

    assert view in page.content.decode()


def test_the_page_keeps_what_was_written_when_something_is_left_out(
    library_channel: Channel, bengt_user: User, signed_in: SignedIn
) -> None:
    told = dict.fromkeys(QUESTIONS, Answer.YES.value)
    told |= {"benefit": Answer.NO.value, "benefit_text": "Ingen ser den"}

    page = signed_in(bengt_user).post(
        f"/kanal/{library_channel.pk}/oversyn/",
        {**told, "outcome": Outcome.CLOSE.value},
    )

    assert page.status_code == 422
    assert "Ingen ser den" in page.content.decode()
    library_channel.refresh_from_db()
    assert library_channel.status == "active"


def test_the_page_keeps_a_review_and_shows_it(
    library_channel: Channel, bengt_user: User, signed_in: SignedIn
) -> None:
    told = dict.fromkeys(QUESTIONS, Answer.YES.value)
    browser = signed_in(bengt_user)

    page = browser.post(
        f"/kanal/{library_channel.pk}/oversyn/",
        {**told, "outcome": Outcome.KEEP.value},
        follow=True,
    )

    assert page.status_code == 200
    assert "behålls" in page.content.decode()


def test_a_channel_without_posts_for_long_asks_for_a_decision(
    library_channel: Channel, monday: datetime
) -> None:
    post(library_channel, LONG_AGO + 10 * A_DAY)
    quiet = LONG_AGO + 192 * A_DAY

    def stands(at: datetime) -> Stands:
        return verdict(library_channel, in_use.UPDATED, at).outcome

    assert stands(LONG_AGO + 20 * A_DAY) is Stands.MET
    assert stands(quiet) is Stands.DUE
    assert stands(quiet + 40 * A_DAY) is Stands.NOT_MET


def test_where_no_program_sees_the_posts_a_person_tells_of_the_last_one(
    library_channel: Channel, anna: Actor, monday: datetime
) -> None:
    assert verdict(library_channel, in_use.UPDATED, monday).outcome is Stands.NOT_MET

    day = date(2026, 2, 20)
    reviewing.tell_last_post(library_channel, day, actor=anna, at=monday)

    assert verdict(library_channel, in_use.UPDATED, monday).outcome is Stands.MET
    with pytest.raises(reviewing.NotYet):
        tomorrow = date(2026, 3, 3)
        reviewing.tell_last_post(library_channel, tomorrow, actor=anna, at=monday)


def test_an_old_day_told_by_a_person_does_not_hide_a_newer_post(
    library_channel: Channel, anna: Actor, monday: datetime
) -> None:
    post(library_channel, monday - 3 * A_DAY)

    reviewing.tell_last_post(library_channel, date(2025, 1, 2), actor=anna, at=monday)

    assert verdict(library_channel, in_use.UPDATED, monday).outcome is Stands.MET


def test_a_silent_channel_is_kept_for_a_time_by_a_decision_with_its_reason(
    library_channel: Channel, bengt: Actor, anna: Actor, monday: datetime
) -> None:
    why = "Den väcks vid kris"
    with pytest.raises(moves.NoReason):
        reviewing.keep_silent(library_channel, why=" ", actor=bengt, at=monday)
    with pytest.raises(moves.NotYours):
        reviewing.keep_silent(library_channel, why=why, actor=anna, at=monday)

    reviewing.keep_silent(library_channel, why=why, actor=bengt, at=monday)

    def stands(at: datetime) -> Stands:
        return verdict(library_channel, in_use.UPDATED, at).outcome

    assert stands(monday + A_DAY) is Stands.MET
    assert stands(monday + 181 * A_DAY) is Stands.NOT_MET


def test_a_paused_channel_is_decided_on_and_asks_no_more(
    library_channel: Channel, bengt: Actor, monday: datetime
) -> None:
    actions.pause(library_channel, why="Ingen säsong", actor=bengt, at=monday)

    stands = verdict(library_channel, in_use.UPDATED, monday)
    assert stands.outcome is Stands.NOT_APPLICABLE


def test_the_silent_channels_are_listed_for_those_who_see_them(
    library_channel: Channel,
    cecilia_user: User,
    david_user: User,
    signed_in: SignedIn,
) -> None:
    address = "/oversyn/?galler=is_updated"

    theirs = signed_in(cecilia_user).get(address).content.decode()
    others = signed_in(david_user).get(address).content.decode()

    link = f"/kanal/{library_channel.pk}/oversyn/"
    assert link in theirs
    assert link not in others
