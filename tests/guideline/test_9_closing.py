"""Section 9: a channel is closed by a plan, in consultation, with reason and thanks."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from tests.conftest import Cast, SignedIn
from uppsikt.channels import actions, closing, staffing
from uppsikt.channels.life import ChannelLife
from uppsikt.channels.models import Channel, Closing, Connection
from uppsikt.checks import examine
from uppsikt.duties import course, farewell
from uppsikt.governance import moves, rules
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Assignment, Node, User
from uppsikt.policy.lifecycle import Move
from uppsikt.policy.roles import Role
from uppsikt.policy.verdict import Outcome
from uppsikt.records import ledger
from uppsikt.records.media import NotWhatItSays
from uppsikt.records.models import Entry, Mail

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)
TOLD = {
    "reason": "Vi samlar biblioteket på ett ställe.",
    "closes_on": date(2026, 3, 20),
    "elsewhere": "Bibliotekets webbplats",
    "elsewhere_url": "https://biblioteket.exempelby.example/",
    "impact": "1 200 följare; länkad från entrén",
    "account": "locked",
}
DONE = {
    "exported_on": date(2026, 3, 1),
    "ads_stopped_on": date(2026, 3, 1),
    "links_updated_on": date(2026, 3, 1),
}
URL = "https://bsky.app/profile/biblioteket.test/post/sista"


@pytest.fixture
def plan(library_channel: Channel, anna: Actor, monday: datetime) -> Closing:
    """The closing of the library's channel, begun by its owner."""
    actions.wind_down(library_channel, why="Få läser den", actor=anna, at=monday)
    return library_channel.closings.get()


def outcome(channel: Channel, control: str, at: datetime) -> Outcome:
    guideline = rules.in_force(at)
    asked = next(c for c in guideline.control if c.id == control)
    return examine(asked, channel.facts(at), guideline, at=at).outcome


def png() -> bytes:
    out = BytesIO()
    Image.new("RGB", (4, 4), "white").save(out, "PNG")
    return out.getvalue()


def tell(plan: Closing, actor: Actor, at: datetime) -> None:
    """Plan, and say that the farewell is posted."""
    closing.plan(plan, TOLD, actor=actor, at=at)
    closing.note_farewell(plan, "Tack!", URL, at.date(), actor=actor, at=at)


def test_manager_and_officer_are_told_and_it_stands_among_their_duties(
    plan: Closing, bengt: Actor, cecilia: Actor, anna: Actor, monday: datetime
) -> None:
    asked = Mail.objects.filter(subject__startswith="Säg vad du tycker")
    assert sorted(asked.values_list("to", flat=True)) == [
        "bengt@exempelby.example",
        "cecilia@exempelby.example",
    ]
    for actor in (bengt, cecilia):
        [duty] = course.closings(actor, monday).duties
        assert str(duty.title) == "Say what you think of closing it"
    [mine] = course.closings(anna, monday).duties
    assert str(mine.title) == "Plan the closing and tell the followers"


def test_both_are_heard_each_by_themselves_before_the_consultation_is_met(
    library_channel: Channel,
    plan: Closing,
    bengt: Actor,
    cecilia: Actor,
    monday: datetime,
) -> None:
    assert outcome(library_channel, "9-consulted", monday) is Outcome.NOT_MET

    closing.consult(plan, Role.LINE_MANAGER, "Ja", actor=bengt, at=monday)
    assert outcome(library_channel, "9-consulted", monday) is Outcome.NOT_MET

    officer = Role.COMMUNICATIONS_OFFICER
    said = closing.consult(
        plan, officer, "Ja, efter sommaren", actor=cecilia, at=monday
    )
    assert outcome(library_channel, "9-consulted", monday) is Outcome.MET
    assert (said.user, said.role) == (cecilia.user, officer)
    entry = Entry.objects.filter(act="closing.consult").latest("pk")
    assert ledger.opened(entry)["opinion"] == "Ja, efter sommaren"


def test_nobody_speaks_for_another_and_an_opinion_has_words(
    plan: Closing, bengt: Actor, anna: Actor, david: Actor, monday: datetime
) -> None:
    officer = Role.COMMUNICATIONS_OFFICER
    for actor in (bengt, anna, david):
        with pytest.raises(moves.NotYours):
            closing.consult(plan, officer, "Ja", actor=actor, at=monday)
    with pytest.raises(closing.NoOpinion):
        closing.consult(plan, Role.LINE_MANAGER, " \n", actor=bengt, at=monday)
    assert not plan.consultations.exists()


def test_a_manager_who_begins_the_closing_has_been_heard(
    library_channel: Channel, bengt: Actor, monday: datetime
) -> None:
    actions.wind_down(library_channel, why="Få läser den", actor=bengt, at=monday)

    [said] = library_channel.closings.get().consultations.all()
    assert (said.role, said.opinion) == (Role.LINE_MANAGER, "Få läser den")
    assert not Mail.objects.filter(
        to="bengt@exempelby.example", subject__startswith="Säg"
    ).exists()


@pytest.mark.parametrize(
    ("control", "left_out"),
    [("9-reason", "reason"), ("9-impact", "impact"), ("9-notice", "closes_on")],
)
def test_what_the_plan_leaves_out_is_said(
    library_channel: Channel,
    plan: Closing,
    anna: Actor,
    monday: datetime,
    control: str,
    left_out: str,
) -> None:
    told = {n: v for n, v in TOLD.items() if n != left_out}
    closing.plan(plan, told, actor=anna, at=monday)
    closing.note_farewell(plan, "Tack!", URL, monday.date(), actor=anna, at=monday)
    assert outcome(library_channel, control, monday) is Outcome.NOT_MET

    closing.plan(plan, TOLD, actor=anna, at=monday)

    assert outcome(library_channel, control, monday) in (Outcome.MET, Outcome.DUE)


def test_the_followers_get_the_reason_and_the_thanks_before_the_channel_closes(
    library_channel: Channel, plan: Closing, anna: Actor, monday: datetime
) -> None:
    closing.plan(plan, TOLD, actor=anna, at=monday)
    for control in ("9-reason", "9-farewell"):
        assert outcome(library_channel, control, monday) is Outcome.NOT_MET

    text = farewell.proposed(plan, rules.in_force(monday))
    assert "Vi samlar biblioteket" in text
    assert "20/3 2026" in text
    assert "biblioteket.exempelby.example" in text
    assert "Tack" in text
    closing.note_farewell(plan, text, URL, monday.date(), actor=anna, at=monday)

    for control in ("9-reason", "9-farewell"):
        assert outcome(library_channel, control, monday) is Outcome.MET


def test_the_notice_is_two_weeks_and_is_over_on_the_day(
    library_channel: Channel, plan: Closing, anna: Actor, monday: datetime
) -> None:
    soon = {**TOLD, "closes_on": date(2026, 3, 10)}
    closing.plan(plan, soon, actor=anna, at=monday)
    closing.note_farewell(plan, "Tack!", URL, monday.date(), actor=anna, at=monday)
    assert outcome(library_channel, "9-notice", monday) is Outcome.NOT_MET

    closing.plan(plan, TOLD, actor=anna, at=monday)

    assert outcome(library_channel, "9-notice", monday) is Outcome.DUE
    assert outcome(library_channel, "9-notice", monday + 18 * A_DAY) is Outcome.MET


def test_the_checklist_asks_for_picture_export_ads_links_account_and_access(
    library_channel: Channel, plan: Closing, anna: Actor, bengt: Actor, monday: datetime
) -> None:
    closing.plan(plan, {**TOLD, **DONE}, actor=anna, at=monday)
    closing.keep_picture(plan, png(), actor=anna, at=monday)
    assert plan.left(len(closing.holders(plan))) == ("access",)
    assert outcome(library_channel, "9-checklist", monday) is Outcome.NOT_MET

    for holder in closing.holders(plan):
        staffing.end_access(holder, actor=anna, at=monday)

    assert outcome(library_channel, "9-checklist", monday) is Outcome.MET


def test_no_picture_is_kept_that_is_none(
    plan: Closing, anna: Actor, monday: datetime
) -> None:
    with pytest.raises(NotWhatItSays):
        closing.keep_picture(plan, b"<script>", actor=anna, at=monday)

    plan.refresh_from_db()
    assert plan.picture is None


def test_closing_without_what_should_be_done_takes_a_reason_and_is_not_stopped(
    library_channel: Channel, plan: Closing, bengt: Actor, monday: datetime
) -> None:
    with pytest.raises(moves.NoReason):
        actions.close(library_channel, why=" ", actor=bengt, at=monday)

    actions.close(library_channel, why="Kontot är kapat", actor=bengt, at=monday)

    assert library_channel.status == "closed"


def test_section_9_asks_nothing_of_a_channel_that_nobody_closes(
    library_channel: Channel, monday: datetime
) -> None:
    gating = rules.in_force(monday).gating(str(ChannelLife.close))
    assert {c.id for c in gating} == {
        "9-consulted",
        "9-impact",
        "9-reason",
        "9-notice",
        "9-farewell",
        "9-checklist",
    }
    for control in gating:
        stands = outcome(library_channel, control.id, monday)
        assert stands is Outcome.NOT_APPLICABLE


def test_a_closed_channel_is_kept_with_day_reason_and_successor(
    library_channel: Channel,
    plan: Closing,
    anna: Actor,
    bengt: Actor,
    school_channel: Channel,
    monday: datetime,
) -> None:
    told = {**TOLD, "successor": school_channel}
    closing.plan(plan, told, actor=anna, at=monday)
    actions.close(library_channel, why="Klart", actor=bengt, at=monday)

    [listed] = Channel.objects.public().prefetch_related("closings__successor")
    ended = listed.ended
    assert ended is not None
    assert (ended.reason, ended.closed_at) == (TOLD["reason"], monday)
    assert ended.successor == school_channel


def test_an_announced_closing_is_public_from_the_farewell_and_not_before(
    library_channel: Channel, plan: Closing, anna: Actor, monday: datetime
) -> None:
    closing.plan(plan, TOLD, actor=anna, at=monday)
    assert library_channel.ended is None
    later = monday + A_DAY

    closing.note_farewell(plan, "Tack!", URL, later.date(), actor=anna, at=later)

    listed = Channel.objects.public().get()
    ended = listed.ended
    assert ended
    assert (ended.closes_on, ended.closed_at) == (TOLD["closes_on"], None)
    assert listed.changed_at == later


def test_a_channel_that_is_kept_drops_the_plan_and_may_be_closed_again(
    library_channel: Channel, plan: Closing, anna: Actor, bengt: Actor, monday: datetime
) -> None:
    tell(plan, anna, monday)

    actions.keep(library_channel, why="Följarna protesterade", actor=bengt, at=monday)

    assert library_channel.ended is None
    plan.refresh_from_db()
    with pytest.raises(moves.TooLate):
        closing.plan(plan, TOLD, actor=anna, at=monday)
    actions.wind_down(library_channel, why="Nu", actor=anna, at=monday + A_DAY)
    assert library_channel.closings.count() == 2


@pytest.fixture
def katarina(person: Cast, municipality: Node) -> User:
    return person("Katarina", "chef", Role.COMMUNICATIONS_DIRECTOR, municipality)


def test_after_the_closing_roles_end_and_whoever_reaches_the_account_is_a_duty(
    library_channel: Channel,
    plan: Closing,
    bengt: Actor,
    cecilia: Actor,
    katarina: User,
    monday: datetime,
) -> None:
    actions.close(library_channel, why="Klart", actor=bengt, at=monday)

    tomorrow = monday + A_DAY
    held = Assignment.objects.holding(tomorrow).filter(node=library_channel.node)
    assert not held.exists()
    assert not Connection.objects.filter(channel=library_channel).exists()
    assert Mail.objects.filter(to=katarina.email).exists()
    left = "Closed, and somebody still reaches the account"
    assert left in [str(d.title) for d in course.closings(cecilia, tomorrow).duties]
    for holder in closing.holders(plan):
        staffing.end_access(holder, actor=cecilia, at=tomorrow)
    assert not course.closings(cecilia, tomorrow).total


def test_a_channel_is_no_successor_of_its_own(
    library_channel: Channel, plan: Closing, anna: Actor, monday: datetime
) -> None:
    with pytest.raises(ValidationError):
        closing.plan(plan, {"successor": library_channel}, actor=anna, at=monday)

    plan.refresh_from_db()
    assert plan.successor is None


def test_the_day_is_not_changed_afterwards_but_the_reason_can_be_put_right(
    library_channel: Channel,
    plan: Closing,
    cecilia: Actor,
    bengt: Actor,
    monday: datetime,
) -> None:
    closing.plan(plan, TOLD, actor=cecilia, at=monday)
    actions.close(library_channel, why="Klart", actor=bengt, at=monday)
    plan.refresh_from_db()

    better = {
        "reason": "Vi svarar hellre på ett ställe.",
        "closes_on": date(2027, 1, 1),
    }
    changed = closing.plan(plan, better, actor=cecilia, at=monday + A_DAY)

    assert changed == ("reason",)


def test_an_outsider_neither_sees_nor_plans_it(
    library_channel: Channel,
    plan: Closing,
    david: Actor,
    david_user: User,
    signed_in: SignedIn,
    monday: datetime,
) -> None:
    with pytest.raises(moves.NotYours):
        closing.plan(plan, TOLD, actor=david, at=monday)

    page = signed_in(david_user).get(f"/kanal/{library_channel.pk}/avsluta-plan/")

    assert page.status_code == 404


def walks(before: tuple[Move, ...], status: str) -> Iterator[tuple[Move, ...]]:
    """Yield every way to go on from `status`, at most four moves."""
    for move in ChannelLife.onward(status):
        yield (*before, move)
        if len(before) < 3:
            yield from walks((*before, move), move.after.name)


WAYS = [w for w in walks((), "active") if w[-1] is ChannelLife.close]


@pytest.mark.parametrize("way", WAYS, ids=lambda w: "-".join(m.name for m in w))
def test_a_closed_channel_never_disappears_from_the_public_list(
    way: tuple[Move, ...],
    library_channel: Channel,
    bengt_user: User,
    monday: datetime,
) -> None:
    everything = tuple((role, library_channel.path) for role in Role)
    actor = Actor("test", bengt_user, everything)
    for number, move in enumerate(way):
        act = getattr(actions, move.name)
        act(library_channel, why="Skäl", actor=actor, at=monday + number * A_DAY)

    assert library_channel in Channel.objects.public()
    ended = library_channel.ended
    assert ended is not None
    assert ended.closed_at == library_channel.closed_at
