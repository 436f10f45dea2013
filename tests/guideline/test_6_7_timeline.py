"""Section 6.7: it can be seen how the channel was used at a given time."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from tests.conftest import CARD, Cast, SignedIn
from tests.guideline.judged import outcome
from uppsikt.channels import actions, changing, past, staffing
from uppsikt.channels.life import ChannelLife
from uppsikt.channels.models import Channel, ProfileReading
from uppsikt.channels.staffing import SignIn
from uppsikt.governance import actors
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Exemption, User
from uppsikt.policy import facts as f
from uppsikt.policy.roles import Role
from uppsikt.policy.verdict import Outcome
from uppsikt.records import ledger, vault

DAY = date(2026, 3, 2)
BEFORE = DAY - timedelta(days=1)


def on(channel: Channel, day: date, now: datetime) -> past.Day:
    return past.Day.of(channel, day, now=now)


def test_a_past_day_shows_who_answered_for_the_channel_then(
    library_channel: Channel, bengt: Actor, person: Cast, monday: datetime
) -> None:
    gun = person("Gun", "bibliotekarie")
    staffing.appoint(library_channel, gun, Role.CHANNEL_OWNER, actor=bengt, at=monday)

    then, now = on(library_channel, BEFORE, monday), on(library_channel, DAY, monday)
    assert [str(a.user) for a in then.leads if a.role == "channel_owner"] == ["Anna"]
    assert [str(a.user) for a in now.leads if a.role == "channel_owner"] == ["Gun"]


def test_a_past_day_shows_the_card_as_it_read_then(
    library_channel: Channel, anna: Actor, monday: datetime
) -> None:
    told = {**CARD, "goal_contribution": "Fler hittar till oss"}
    changing.edit_card(library_channel, told, actor=anna, at=monday)

    then, now = on(library_channel, BEFORE, monday), on(library_channel, DAY, monday)
    assert then.card.goal_contribution == CARD["goal_contribution"]
    assert now.card.goal_contribution == "Fler hittar till oss"
    earlier = monday - timedelta(days=1)
    seen = library_channel.facts(earlier).get(f.GOAL, earlier)
    assert seen is not None
    assert seen.value == CARD["goal_contribution"]


def test_a_past_day_shows_the_status_it_had(
    library_channel: Channel, bengt: Actor, monday: datetime
) -> None:
    actions.pause(library_channel, why="Ombyggnad", actor=bengt, at=monday)

    assert on(library_channel, BEFORE, monday).state is ChannelLife.active
    assert on(library_channel, DAY, monday).state is ChannelLife.paused


def test_a_past_day_shows_who_reached_the_account_and_how_it_was_guarded(
    library_channel: Channel, anna: Actor, anna_user: User, monday: datetime
) -> None:
    fresh = SignIn.on("passkey", DAY)
    staffing.give_access(library_channel, anna_user, fresh, actor=anna, at=monday)

    then, now = on(library_channel, BEFORE, monday), on(library_channel, DAY, monday)
    assert {h.two_factor for h in then.holders if h.user == anna_user} == {"app"}
    assert {h.two_factor for h in now.holders if h.user == anna_user} == {"passkey"}
    assert len(then.holders) == len(now.holders) == 2


def test_a_past_day_is_judged_as_it_was(
    library_channel: Channel, anna_user: User, monday: datetime
) -> None:
    anna = actors.of(anna_user, at=monday)
    [holder] = library_channel.access_holders.filter(user=anna_user)
    staffing.end_access(holder, actor=anna, at=monday)

    then = on(library_channel, BEFORE, monday).findings()
    met = {x.control.id: x.verdict.outcome for x in then}
    assert met["4-several-holders"] is Outcome.MET
    assert outcome(library_channel, "4-several-holders", monday) is Outcome.NOT_MET


def test_the_page_steps_from_change_to_change_and_needs_no_script(
    library_channel: Channel, anna_user: User, david_user: User, signed_in: SignedIn
) -> None:
    anna, place = signed_in(anna_user), f"/kanal/{library_channel.pk}/tidslinje/"
    launched = library_channel.launched_at
    assert launched is not None
    page = anna.get(place, {"dag": "2025-06-01"})
    assert page.context["before"] == launched.date()
    assert page.context["after"] is None
    first = anna.get(place, {"dag": "1999-01-01"})
    assert first.context["shown"].day == launched.date()
    assert first.context["moved"]
    assert anna.get(place, {"dag": "i går"}).status_code == 200
    assert signed_in(david_user).get(place).status_code == 404


def test_the_picture_of_the_day_is_a_link_and_an_exemption_is_told_in_words(
    library_channel: Channel,
    anna: Actor,
    anna_user: User,
    monday: datetime,
    signed_in: SignedIn,
) -> None:
    reading = ProfileReading.objects.create(
        channel=library_channel,
        source="person",
        at=monday,
        by=anna_user,
        picture=vault.keep(b"bild", "image/png", at=monday),
        entry=ledger.append("profile.seen", "channel", {}, actor="anna", at=monday),
    )
    Exemption.objects.create(
        node=library_channel.node,
        control="4-several-holders",
        reason="Bara en anställd",
        until=DAY,
        status="granted",
        asked_by=anna_user,
        asked_at=monday,
        decided_by=anna_user,
        decided_at=monday,
        starts_at=monday,
        ends_at=timezone.now() + timedelta(days=9),
    )
    place = f"/kanal/{library_channel.pk}"
    page = signed_in(anna_user).get(f"{place}/tidslinje/").content.decode()

    assert f'href="{place}/profil/bild/{reading.pk}/"' in page
    assert "4-several-holders" not in page
    [(row, says)] = on(library_channel, DAY, monday).exempted()
    assert f"{says}: {row.reason}" in page
