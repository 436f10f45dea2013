"""Pages about response times: what holds, calendars, and a channel's own."""

from datetime import datetime

import pytest
from django.test import Client

from tests.conftest import Cast, SignedIn
from uppsikt.channels.models import Channel
from uppsikt.governance.models import CrisisSwitch, Node, User
from uppsikt.inbox import terms
from uppsikt.inbox.models import Calendar, ChannelTerms
from uppsikt.policy.roles import Role

pytestmark = pytest.mark.django_db

HOURS = {
    "starts_on": "2026-03-02",
    "monday": "10-18",
    "why": "Öppet på lördagar",
}
WEEK = {**HOURS, "monday": "10.00–18.00", "saturday": "11:00-15:00"}
WRONG_LINES = (
    ("monday", "8 till 5"),
    ("monday", "25.00-26.00"),
    ("monday", "12.00-10.00"),
    ("half_days", "någon gång 12.00"),
    ("closed", "i morgon stängt"),
    ("starts_on", "2026-03-01"),
)


@pytest.fixture
def officer(cecilia_user: User, now: datetime, signed_in: SignedIn) -> Client:
    return signed_in(cecilia_user)


@pytest.fixture
def head(
    person: Cast, municipality: Node, now: datetime, signed_in: SignedIn
) -> Client:
    return signed_in(
        person("Karin", "chef", Role.COMMUNICATIONS_DIRECTOR, municipality)
    )


def test_the_page_shows_both_clocks_and_that_channels_follow_the_guideline(
    library_channel: Channel, browser: Client
) -> None:
    page = browser.get("/svarstider/").content.decode()

    assert "1 arbetsdag" in page
    assert "10 arbetsdagar" in page
    assert "Alla kanaler följer riktlinjen" in page


def test_a_calendar_is_begun_shown_and_chosen_on_a_channel(
    library_channel: Channel, culture: Node, officer: Client, now: datetime
) -> None:
    told = {**WEEK, "name": "Bibliotekets tider", "node": culture.pk}
    officer.post("/svarstider/arbetstider/ny/", told)
    calendar = Calendar.objects.get()
    shown = officer.get(f"/svarstider/arbetstider/{calendar.pk}/").content.decode()

    officer.post(
        f"/svarstider/kanal/{library_channel.pk}/",
        {
            "first_count": "4",
            "first_unit": "working hours",
            "full_unit": "working days",
            "calendar": calendar.pk,
            "why": "Lördagar räknas",
        },
    )

    assert "11.00–15.00" in shown
    assert str(terms.of_one(library_channel, at=now).first) == "4 working hours"
    assert "Bibliotekets tider" in officer.get("/svarstider/").content.decode()


@pytest.mark.parametrize(("field", "text"), WRONG_LINES)
def test_what_cannot_be_read_is_said_at_its_field_and_nothing_is_kept(
    culture: Node, officer: Client, field: str, text: str
) -> None:
    told = {**WEEK, "name": "Tider", "node": culture.pk, field: text}

    answer = officer.post("/svarstider/arbetstider/ny/", told)

    assert answer.status_code == 422
    assert not Calendar.objects.exists()


def test_a_time_longer_than_the_guideline_is_refused_in_words(
    library_channel: Channel, officer: Client
) -> None:
    told = {
        "full_count": "40",
        "first_unit": "working days",
        "full_unit": "working days",
        "why": "Hinner inte",
    }
    answer = officer.post(f"/svarstider/kanal/{library_channel.pk}/", told)

    assert answer.status_code == 422
    assert "längre än riktlinjen" in answer.content.decode()
    assert not ChannelTerms.objects.exists()


def test_the_owner_sees_the_times_and_no_form(
    library_channel: Channel, browser: Client
) -> None:
    url = f"/svarstider/kanal/{library_channel.pk}/"

    assert "Besluta om andra tider" not in browser.get(url).content.decode()
    assert browser.post(url, {"first_count": "1", "why": "x"}).status_code == 403


def test_the_municipalitys_times_are_changed_by_those_who_keep_them(
    library_channel: Channel, officer: Client, head: Client
) -> None:
    told = {**WEEK, "closed": "2026-03-12 Utbildning"}

    refused = officer.post("/svarstider/arbetstider/", told)
    head.post("/svarstider/arbetstider/", told)

    assert refused.status_code == 403
    assert "Utbildning" in head.get("/svarstider/arbetstider/").content.decode()


def test_a_crisis_is_switched_on_and_off_on_its_page(
    library_channel: Channel, culture: Node, head: Client, browser: Client
) -> None:
    told = {"node": culture.pk, "event": "Vattenläcka", "hours": "24", "why": "Oro"}
    head.post("/kris/", told)
    on = CrisisSwitch.objects.get()
    seen = browser.get("/svarstider/").content.decode()
    again = head.post("/kris/", told)
    head.post(f"/kris/{on.pk}/av/")

    on.refresh_from_db()
    assert "Vattenläcka" in seen
    assert again.status_code == 422
    assert on.ended_at is not None
    assert browser.post("/kris/", told).status_code == 403
