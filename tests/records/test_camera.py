"""A picture is taken only where the comment can be seen, and nothing is left behind."""

import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image

from tests.records import processes
from tests.records.site import Site, open_site
from uppsikt.records.camera import (
    BrowserMissing,
    Camera,
    Limits,
    Method,
    Needle,
    NotInPicture,
    NotReached,
    Picture,
)

pytestmark = pytest.mark.browser

BEGAN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NEEDLE = Needle("Varför är biblioteket\nstängt på lördagar?", "Kim Exempel")
LONG = (
    "Varför är biblioteket stängt på lördagar? Jag har ingen annan dag att gå dit på, "
    "och mina barn behöver böcker till skolan. Förra året var det öppet varje lördag "
    "till klockan fyra, och då var det fullt med folk. Kan någon svara på hur ni har "
    "tänkt?"
)
LIMITS = Limits(seconds=60, quiet=1)


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with open_site() as site:
        yield site


@pytest.fixture(scope="module")
def camera() -> Iterator[Camera]:
    with Camera(allowed={"127.0.0.1"}, limits=LIMITS) as camera:
        yield camera


class Ticking:
    """A clock that is one second later each time it is read."""

    def __init__(self) -> None:
        self.now = BEGAN

    def __call__(self) -> datetime:
        now, self.now = self.now, self.now + timedelta(seconds=1)
        return now


def shoot(camera: Camera, url: str, needle: Needle = NEEDLE) -> Picture:
    return camera.photograph(url, needle, clock=Ticking())


def shoot_html(camera: Camera, body: str, needle: Needle = NEEDLE) -> Picture:
    html = f"<!doctype html><meta charset=utf-8><body>{body}</body>"
    return camera.photograph_html(html, needle, clock=Ticking())


def test_a_comment_that_is_seen_is_pictured_with_all_that_belongs_to_it(
    camera: Camera, site: Site
) -> None:
    picture = shoot(camera, site.url("present.html"))

    image = Image.open(io.BytesIO(picture.png))
    assert (image.format, image.size) == ("PNG", (picture.width, picture.height))
    assert picture.pdf.startswith(b"%PDF-")
    assert "stängt" in picture.dom.decode()
    assert "Kim Exempel" in picture.text
    assert picture.title == "Biblioteket i Tyresö"
    assert picture.url == site.url("present.html")
    assert picture.method is Method.PAGE
    assert picture.browser.startswith("Chromium ")
    assert (picture.began_at, picture.taken_at) == (BEGAN, BEGAN + timedelta(seconds=1))


@pytest.mark.parametrize(
    "page", ["late.html", "scrolled.html", "box.html", "cookie_bar.html", "short-link"]
)
def test_a_comment_that_appears_or_has_to_be_scrolled_to_is_found(
    camera: Camera, site: Site, page: str
) -> None:
    picture = shoot(camera, site.url(page))

    assert "stängt på lördagar" in picture.text


@pytest.mark.parametrize("page", ["emoji.html", "undisplayed.html", "lying.html"])
def test_a_comment_that_is_not_displayed_is_absent(
    camera: Camera, site: Site, page: str
) -> None:
    with pytest.raises(NotInPicture, match="is not on the page"):
        shoot(camera, site.url(page))


@pytest.mark.parametrize(
    "page",
    ["transparent.html", "aside.html", "clipped.html", "wall.html", "deep_wall.html"],
)
def test_a_comment_that_is_hidden_from_the_eye_is_no_evidence(
    camera: Camera, site: Site, page: str
) -> None:
    with pytest.raises(NotInPicture, match="hidden, cut off or covered"):
        shoot(camera, site.url(page))


def test_a_comment_in_the_colour_of_its_ground_is_no_evidence(
    camera: Camera, site: Site
) -> None:
    with pytest.raises(NotInPicture, match="blank"):
        shoot(camera, site.url("white.html"))


def test_a_comment_folded_up_behind_a_button_does_not_count(
    camera: Camera, site: Site
) -> None:
    with pytest.raises(NotInPicture, match="cut off"):
        shoot(camera, site.url("collapsed.html"), replace(NEEDLE, text=LONG))


def test_a_comment_far_down_a_tall_page_is_in_the_part_that_is_pictured(
    camera: Camera, site: Site
) -> None:
    picture = shoot(camera, site.url("tall.html"))

    assert picture.page_height > 80_000
    assert picture.height == LIMITS.height
    assert picture.top < 60_000 < picture.top + picture.height


@pytest.mark.parametrize(
    ("author", "text"), [("Kim Exempel", "👍🏽👩‍💻❤"), ("Mo Påhitt", "🎉 Grattis")]
)
def test_emoji_are_found_as_letters_and_as_small_images(
    camera: Camera, site: Site, author: str, text: str
) -> None:
    assert shoot(camera, site.url("emoji.html"), Needle(text, author)).png


def test_another_emoji_is_not_taken_for_the_one_sought(
    camera: Camera, site: Site
) -> None:
    with pytest.raises(NotInPicture):
        shoot(camera, site.url("emoji.html"), Needle("👎🏽", "Kim Exempel"))


def test_a_short_comment_is_not_found_within_a_longer_word(
    camera: Camera, site: Site
) -> None:
    assert shoot(camera, site.url("short.html"), Needle("Ja", "Ali Prov")).png
    with pytest.raises(NotInPicture):
        shoot(camera, site.url("short.html"), Needle("Ja", "Mo Påhitt"))
    with pytest.raises(NotInPicture):
        shoot(camera, site.url("short.html"), Needle("Jag håller me", "Kim Exempel"))


def test_the_text_without_its_author_is_no_evidence(camera: Camera, site: Site) -> None:
    with pytest.raises(NotInPicture, match="not beside the name"):
        shoot(camera, site.url("present.html"), replace(NEEDLE, author="Mo Påhitt"))


def test_the_same_letters_in_another_unicode_form_are_the_same_text(
    camera: Camera,
) -> None:
    body = (
        "<b>Kim Exempel</b><p>Varfo\u0308r a\u0308r biblioteket sta\u0308ngt pa\u030a"
    )

    assert shoot_html(camera, f"{body} lo\u0308rdagar?").png


@pytest.mark.parametrize(
    ("page", "permanent", "words"),
    [
        ("gone", True, "gone"),
        ("nowhere.html", True, "gone"),
        ("members", True, "signed in"),
        ("members-only", True, "signed in"),
        ("broken", False, "error 503"),
        ("file.bin", True, "a file"),
    ],
)
def test_a_page_that_is_not_shown_says_why_and_whether_to_try_again(
    camera: Camera, site: Site, page: str, words: str, *, permanent: bool
) -> None:
    with pytest.raises(NotReached, match=words) as refusal:
        shoot(camera, site.url(page))

    assert refusal.value.permanent is permanent


@pytest.mark.parametrize("page", ["slow", "busy.html"])
def test_a_page_that_is_never_ready_is_given_up_and_the_next_one_works(
    site: Site, page: str
) -> None:
    with Camera(allowed={"127.0.0.1"}, limits=Limits(seconds=8)) as camera:
        shoot(camera, site.url("present.html"))
        with pytest.raises(NotReached, match="in time") as refusal:
            shoot(camera, site.url(page))

        assert not refusal.value.permanent
        assert shoot(camera, site.url("present.html")).png


@pytest.mark.parametrize(
    "url", ["file:///etc/hostname", "data:text/html,hej", "javascript:1", "hej"]
)
def test_only_pages_on_the_web_are_opened(camera: Camera, url: str) -> None:
    with pytest.raises(NotReached, match="not an address") as refusal:
        shoot(camera, url)

    assert refusal.value.permanent


@pytest.mark.parametrize("host", ["localhost", "127.0.0.2", "[::1]", "169.254.169.254"])
def test_no_address_inside_our_own_network_is_opened(
    camera: Camera, site: Site, host: str
) -> None:
    with pytest.raises(NotReached, match="not a public address") as refusal:
        shoot(camera, site.url("present.html", host=host))

    assert refusal.value.permanent


def test_an_open_page_cannot_lead_the_browser_into_our_own_network(
    camera: Camera, site: Site
) -> None:
    site.asked.clear()

    shoot(camera, site.url("nosy.html"))

    assert "/to-secret" in site.asked
    assert "/secret.svg" not in site.asked


def test_each_capture_starts_without_the_traces_of_the_one_before(
    camera: Camera, site: Site
) -> None:
    site.headers.clear()

    shoot(camera, site.url("nosy.html"))
    shoot(camera, site.url("present.html"))

    assert "Cookie" not in site.headers[-1]
    assert site.headers[0]["Accept-Language"].startswith("sv-SE")


def test_a_page_larger_than_a_record_may_be_is_refused(site: Site) -> None:
    limits = replace(LIMITS, bytes=100_000)
    with (
        Camera(allowed={"127.0.0.1"}, limits=limits) as camera,
        pytest.raises(NotReached, match="too large") as refusal,
    ):
        shoot(camera, site.url("endless.html"))

    assert refusal.value.permanent


def test_our_own_rendering_is_pictured_and_fetches_nothing(
    camera: Camera, site: Site
) -> None:
    site.asked.clear()
    body = (
        f"<img src='{site.url('dot.svg')}'>"
        f"<iframe src='{site.url('present.html')}'></iframe>"
        "<b>Kim Exempel</b><p>Varför är biblioteket stängt på lördagar?</p>"
    )

    picture = shoot_html(camera, body)

    assert picture.method is Method.RENDERING
    assert site.asked == []


def test_our_own_rendering_without_the_comment_is_no_evidence(camera: Camera) -> None:
    with pytest.raises(NotInPicture):
        shoot_html(camera, "<b>Kim Exempel</b><p>Något annat</p>")


def test_a_comment_without_text_needs_an_element_to_look_at(camera: Camera) -> None:
    body = "<div id=it><b>Kim Exempel</b></div>"
    mute = Needle("", "Kim Exempel")

    assert shoot_html(camera, body, replace(mute, selector="#it")).png
    with pytest.raises(NotInPicture):
        shoot_html(camera, body, mute)


def test_a_browser_that_died_is_replaced(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    before = processes.below()
    with Camera(allowed={"127.0.0.1"}, limits=LIMITS) as camera:
        shoot(camera, site.url("present.html"))
        processes.kill(processes.browser(processes.below() - before))

        assert shoot(camera, site.url("present.html")).png


def test_two_threads_get_their_pictures_at_the_same_time(
    camera: Camera, site: Site
) -> None:
    with ThreadPoolExecutor(2) as threads:
        url = site.url("paired")
        pictures = list(threads.map(lambda _: shoot(camera, url), range(2)))

    assert [picture.url for picture in pictures] == [url, url]


def test_a_closed_camera_leaves_no_process(site: Site) -> None:
    before = processes.below()
    with Camera(allowed={"127.0.0.1"}, limits=LIMITS) as camera:
        shoot(camera, site.url("present.html"))
        started = processes.below() - before
        assert len(started) > 1

    assert processes.all_gone(started)


def test_closing_ends_a_capture_that_is_under_way(site: Site) -> None:
    before = processes.below()
    with Camera(allowed={"127.0.0.1"}, limits=LIMITS) as camera:
        shoot(camera, site.url("present.html"))
        started = processes.below() - before
        site.asked.clear()
        with ThreadPoolExecutor(1) as threads:
            waiting = threads.submit(shoot, camera, site.url("slow"))
            processes.wait_until(lambda: "/slow" in site.asked)
            camera.close()

            assert waiting.exception() is not None

    assert processes.all_gone(started)


@pytest.mark.parametrize("also_the_driver", [False, True])
def test_a_worker_that_is_killed_leaves_no_process(
    site: Site, tmp_path: Path, *, also_the_driver: bool
) -> None:
    with processes.worker(site.url("present.html"), tmp_path) as (worker, started):
        assert len(started) > 1
        if also_the_driver:
            processes.kill(processes.driver(worker.pid))
        processes.kill(worker.pid)

        assert processes.all_gone(started)


def test_a_missing_browser_is_told_with_its_cure(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("UPPSIKT_CHROMIUM", str(tmp_path / "chromium"))

    with pytest.raises(BrowserMissing, match="UPPSIKT_CHROMIUM"), Camera():
        pass


def test_a_browser_that_does_not_start_is_told_with_its_cure(
    monkeypatch: pytest.MonkeyPatch, site: Site
) -> None:
    monkeypatch.setenv("UPPSIKT_CHROMIUM", "/bin/false")

    with (
        Camera(limits=LIMITS) as camera,
        pytest.raises(BrowserMissing, match="--headless"),
    ):
        shoot(camera, site.url("present.html"))
