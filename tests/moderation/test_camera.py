"""With a real browser: a page that hides the comment stops its removal."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from pytest_django import Settings

from tests.moderation.town import Bluesky, arrives, comment, condemned, work_through
from tests.records.site import Site, open_site
from uppsikt.channels.models import Channel
from uppsikt.governance.actors import Actor
from uppsikt.moderation.models import Case, Evidence
from uppsikt.platforms import Author, PlatformItem, SeenState
from uppsikt.records import darkroom, vault

pytestmark = pytest.mark.browser

AUTHOR = "Kim Exempel"
TEXT = "Varför är biblioteket\nstängt på lördagar?"


@pytest.fixture
def site(settings: Settings) -> Iterator[Site]:
    settings.ALLOWED_PLATFORM_HOSTS = frozenset({"127.0.0.1"})
    with open_site() as site:
        yield site
    darkroom.close()


def told(site: Site, page: str, at: datetime) -> PlatformItem:
    """Return the comment that the pages show or hide, as the platform told it."""
    author = Author(handle="a.test", display_name=AUTHOR, remote_id="did:a")
    return comment("reply-1", at, text=TEXT, author=author, url=site.url(page))


def _case(
    channel: Channel, platform: Bluesky, item: PlatformItem, actor: Actor, at: datetime
) -> Case:
    platform.items["reply-1"] = item
    platform.states["reply-1"] = SeenState.VISIBLE
    case = condemned(arrives(channel, item, at), actor, at)
    work_through(at)
    case.refresh_from_db()
    return case


@pytest.mark.parametrize("page", ["wall.html", "undisplayed.html", "white.html"])
def test_a_page_that_hides_the_comment_removes_nothing(
    site: Site,
    connected: Channel,
    bluesky: Bluesky,
    anna: Actor,
    page: str,
    monday: datetime,
) -> None:
    case = _case(connected, bluesky, told(site, page, monday), anna, monday)
    assert case.status == "condemned"
    assert case.problem
    assert not Evidence.objects.exists()
    assert bluesky.asked == []


def test_a_page_that_shows_the_comment_is_kept_and_the_comment_hidden(
    site: Site, connected: Channel, bluesky: Bluesky, anna: Actor, monday: datetime
) -> None:
    case = _case(connected, bluesky, told(site, "present.html", monday), anna, monday)
    assert case.status == "removed"
    before = Evidence.objects.get(case=case, moment="before")
    assert before.method == "page"
    assert vault.open_(before.files.get(part="picture").blob).startswith(b"\x89PNG")
    assert bluesky.acts() == ["hide"]


def test_a_page_that_is_down_is_replaced_by_a_rendering_of_the_answer(
    site: Site, connected: Channel, bluesky: Bluesky, anna: Actor, monday: datetime
) -> None:
    case = _case(connected, bluesky, told(site, "broken", monday), anna, monday)
    assert case.status == "removed"
    before = Evidence.objects.get(case=case, moment="before")
    assert before.method == "rendering"
    shown = vault.open_(before.files.get(part="dom").blob).decode()
    assert all(line in shown for line in TEXT.splitlines())
