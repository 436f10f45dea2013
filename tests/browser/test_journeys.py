"""What people come to do, with and without JavaScript, and with the keyboard alone.

The swimming hall's channel lies at a platform that no program reaches: people enter
what they see, post what they answer, and remove by hand.
"""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image

from tests.browser.browsing import Visitor
from tests.browser.conftest import Visit
from tests.browser.town import Town, wait_for

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("town")]

WITH_OR_WITHOUT = pytest.mark.parametrize(
    "how", [{}, {"java_script_enabled": False}], ids=["script", "no script"]
)
How = dict[str, bool]


@pytest.fixture
def screenshot(tmp_path: Path) -> str:
    """A picture that somebody took of their screen."""
    path = tmp_path / "skarmbild.png"
    Image.new("RGB", (640, 360), "white").save(path)
    return str(path)


def enter(anna: Visitor, text: str) -> int:
    """Let Anna enter a comment that she sees at the swimming hall's channel."""
    page = anna.go("/inkorg/ny/")
    page.locator('[name="channel"]').select_option(label="Badhuset")
    page.locator('[name="text"]').fill(text)
    page.locator('[name="author"]').fill("Åsa Öberg")
    anna.submit()
    sql = "SELECT max(id) FROM inbox_item WHERE text = ?"
    return int(anna.town.value(sql, text.replace("\x00", "\ufffd")))


def state(town: Town, item: int) -> str:
    return str(town.value("SELECT status FROM inbox_item WHERE id = ?", item))


def post_by_hand(anna: Visitor, item: int) -> None:
    """Let Anna tell that she has posted what was written, and where."""
    sql = "SELECT id FROM sending_outgoing WHERE about = ?"
    outgoing = anna.town.value(sql, f"item:{item}")
    url = f"https://www.facebook.com/exempelbybadet/{outgoing}"
    anna.send(f"/inkorg/text/{outgoing}/utlagt/", url=url)


@WITH_OR_WITHOUT
def test_an_answer_is_written_posted_by_hand_and_noted(
    town: Town, visit: Visit, how: How
) -> None:
    anna = visit(town, "Anna", **how)
    item = enter(anna, f"Är bastun varm i dag? {how}")
    signed = anna.page.locator('[name="text"]').first.input_value()
    anna.send(f"/inkorg/{item}/svara/", text=f"Ja, från klockan tolv.{signed}")
    post_by_hand(anna, item)

    assert state(town, item) == "answered"


@WITH_OR_WITHOUT
def test_an_answer_without_signature_is_sent_back_with_what_is_missing(
    town: Town, visit: Visit, how: How
) -> None:
    anna = visit(town, "Anna", **how)
    item = enter(anna, f"Kostar det att parkera? {how}")
    anna.send(f"/inkorg/{item}/svara/", text="Nej, det är gratis.")

    assert "Anna, bibliotekarie, Biblioteket" in anna.text()
    answer = anna.page.locator('[name="text"]').first
    assert answer.input_value().startswith("Nej, det är gratis.")
    assert state(town, item) == "waiting"


@WITH_OR_WITHOUT
def test_a_promise_to_come_back_stops_the_first_clock(
    town: Town, visit: Visit, how: How
) -> None:
    anna = visit(town, "Anna", **how)
    item = enter(anna, f"När byggs den nya bassängen? {how}")
    day = (datetime.now().astimezone() + timedelta(days=3)).date().isoformat()
    anna.send(f"/inkorg/{item}/aterkommer/", promised_for=day)
    post_by_hand(anna, item)

    assert state(town, item) == "promised"


@WITH_OR_WITHOUT
def test_what_needs_no_answer_is_let_pass_with_a_reason(
    town: Town, visit: Visit, how: How
) -> None:
    anna = visit(town, "Anna", **how)
    item = enter(anna, f"Tack för i dag! {how}")
    anna.send(f"/inkorg/{item}/inget-svar/", reason="Thanks or praise")

    assert state(town, item) == "passed_by"
    assert "Tack eller beröm" in anna.go(f"/inkorg/{item}/").content()


@WITH_OR_WITHOUT
def test_the_days_round_is_ticked_undone_and_ticked_at_once(
    town: Town, visit: Visit, how: How
) -> None:
    anna = visit(town, "Anna", **how)
    pool = town.known["channels"]["pool"]
    standing = "SELECT id FROM inbox_tick WHERE undone_at IS NULL AND channel_id = ?"
    anna.go("/uppsikt/")
    anna.send(f"/uppsikt/{pool}/bocka/")
    tick = town.value(standing, pool)
    assert tick
    anna.go(f"/uppsikt/{pool}/")
    anna.send(f"/uppsikt/angra/{tick}/", why="Fel kanal.")
    assert town.value(standing, pool) is None

    anna.go("/uppsikt/")
    anna.send("/uppsikt/alla/")
    assert town.value(standing, pool)
    again = town.value(standing, pool)
    anna.go(f"/uppsikt/{pool}/")
    anna.send(f"/uppsikt/angra/{again}/", why="Nästa person börjar om.")


@WITH_OR_WITHOUT
def test_a_case_is_decided_proved_by_hand_registered_and_closed(
    town: Town, visit: Visit, how: How, screenshot: str
) -> None:
    anna = visit(town, "Anna", **how)
    rut = visit(town, "Rut", **how)
    item = enter(anna, f"Köp klockor av mig! {how}")
    page = anna.page
    page.locator('a[href*="/moderering/ny/"]').first.click()
    page.locator('[name="ground"][value="advertising"]').check()
    with page.expect_navigation():
        page.locator('main form:has([name="ground"]) button').first.click()
    case = town.value("SELECT id FROM moderation_case WHERE item_id = ?", item)
    assert not page.locator("input[type=file]").count()
    anna.send(f"/moderering/{case}/besluta/", milder="Nej.", measure="by_hand")

    def standing() -> object:
        return town.value(STANDING, case)

    wait_for(lambda: town.value(PROBLEM, case))
    anna.go(f"/moderering/{case}/")
    anna.send(f"/moderering/{case}/skarmbild/", picture=screenshot)
    wait_for(lambda: standing() == "by_hand")
    anna.go(f"/moderering/{case}/")
    anna.send(f"/moderering/{case}/borttaget/", second=screenshot)
    assert standing() == "removed"
    anna.go(f"/moderering/{case}/")
    anna.send(f"/moderering/{case}/inget-besked/", why="Kontot är borta.")
    for _ in range(2):
        anna.go(f"/moderering/{case}/")
        anna.send(f"/moderering/{case}/anmalan/", made="no", why="Inget brott.")
    registration = town.value(REGISTRATION, case)
    rut.go("/registrering/")
    rut.send(f"/registrering/{registration}/")
    wait_for(lambda: standing() == "closed")


STANDING = "SELECT status FROM moderation_case WHERE id = ?"
PROBLEM = "SELECT problem FROM moderation_case WHERE id = ?"
REGISTRATION = "SELECT registration_id FROM moderation_case WHERE id = ?"
CARD = {
    "name": "Simskolan",
    "purpose_codes": "service",
    "purpose": "Svar på frågor om simskolan",
    "audience_groups": "parents",
    "audience": "Föräldrar i kommunen",
    "goal_contribution": "Fler barn lär sig simma",
    "benefit": "Snabba svar",
    "hours_per_week": "3",
    "horizon_months": "24",
    "staffing": "Anna och Bengt",
    "description": "Simskolan i Exempelby svarar på frågor.",
    "contact": "simskolan@exempelby.example",
}


@WITH_OR_WITHOUT
def test_a_channel_is_applied_for_approved_and_launched(
    town: Town, visit: Visit, how: How
) -> None:
    ella, bengt = visit(town, "Ella", **how), visit(town, "Bengt", **how)
    anna, cecilia = visit(town, "Anna", **how), visit(town, "Cecilia", **how)
    handle = f"simskolan{len(how)}"
    channel = _apply(ella, handle)
    _approve(bengt, channel)
    _receive(cecilia, channel)
    _hand_over(anna, cecilia, channel)
    _answer_all(anna, channel)
    for name in ("Anna", "Bengt"):
        anna.go(f"/kanal/{channel}/")
        today = datetime.now().astimezone().date().isoformat()
        person = f"{name.lower()}@exempelby.example"
        anna.send(
            f"/kanal/{channel}/atkomst/",
            person=person,
            state="on",
            method="app",
            confirmed_on=today,
        )
    anna.go(f"/kanal/{channel}/")
    anna.send(f"/kanal/{channel}/starta/")

    status = "SELECT status FROM channels_channel WHERE id = ?"
    assert town.value(status, channel) == "active"
    assert handle in visit(town, **how).go("/kanaler").content()


def _apply(ella: Visitor, handle: str) -> int:
    page = ella.go("/kanal/ny")
    form = page.locator("main form").first
    url = f"https://www.tiktok.com/@{handle}"
    anna, bengt = "anna@exempelby.example", "bengt@exempelby.example"
    who = {"owner": anna, "deputy": bengt, "holders": f"{anna}\n{bengt}"}
    form.locator('[name="unit"]').select_option(label="Badhuset")
    form.locator('[name="site"]').select_option("tiktok")
    for name, value in {**CARD, "handle": handle, "url": url, **who}.items():
        field = form.locator(f'[name="{name}"]')
        if name in ("purpose_codes", "audience_groups"):
            form.locator(f'[name="{name}"][value="{value}"]').check()
        elif field.count():
            field.fill(value)
    with page.expect_navigation():
        form.locator("button").first.click()
    sql = "SELECT id FROM channels_channel WHERE handle = ?"
    return int(ella.town.value(sql, handle))


def _approve(manager: Visitor, channel: int) -> None:
    """Confirm each ground by itself, then approve; a forgotten tick is pointed at."""
    page = manager.go(f"/kanal/{channel}/")
    manager.shoot("kanal-beslut")
    form = page.locator(f'form[action="/kanal/{channel}/godkann/"]')
    ticks = form.locator('input[type="checkbox"]')
    for number in range(1, ticks.count()):
        ticks.nth(number).check()
    with page.expect_navigation():
        form.get_by_role("button", name="Godkänn").click()
    assert form.locator('[aria-invalid="true"]').count() == 1
    ticks.first.check()
    with page.expect_navigation():
        form.get_by_role("button", name="Godkänn").click()
    assert manager.go(f"/kanal/{channel}/beslut/").locator("h1").is_visible()


def _receive(officer: Visitor, channel: int) -> None:
    page = officer.go(f"/kanal/{channel}/")
    officer.shoot("kanal-uppstart")
    with page.expect_navigation():
        page.get_by_role("button", name="Bekräfta att det har kommit fram").click()


def _hand_over(owner: Visitor, officer: Visitor, channel: int) -> None:
    """Let the owner note who got the rights, and that person confirm it."""
    owner.go(f"/kanal/{channel}/")
    cecilia = str(owner.town.known["people"]["cecilia"])
    place = f"/kanal/{channel}/rattigheter/"
    owner.send(place, recipient=cecilia, kind="role", reference="Administratör")
    page = officer.go(f"/kanal/{channel}/")
    with page.expect_navigation():
        page.get_by_role("button", name="Bekräfta att jag har rättigheterna").click()
    owner.go(f"/kanal/{channel}/")
    owner.shoot("kanal-start")


def _answer_all(who: Visitor, channel: int) -> None:
    """Answer yes to whatever this person is asked about the channel."""
    page = who.go(f"/kanal/{channel}/")
    asked = page.locator(f'form[action^="/kanal/{channel}/intyga/"]')
    paths = {form.get_attribute("action") for form in asked.all()}
    for path in sorted(filter(None, paths)):
        who.go(f"/kanal/{channel}/")
        who.send(path)


def test_a_comment_is_found_and_answered_with_the_keyboard_alone(
    town: Town, visit: Visit
) -> None:
    item = enter(visit(town, "Anna"), "Finns det dusch för rullstol?")
    visitor = visit(town)
    page = visitor.go("/konto/logga-in/")
    tab_to(visitor, "Logga in som Anna, bibliotekarie")
    page.keyboard.press("Enter")
    page.wait_for_url(town.url + "/")
    tab_to(visitor, "Inkorg")
    page.keyboard.press("Enter")
    page.wait_for_url("**/inkorg/**")
    row = page.locator(f'.items a[href^="/inkorg/{item}/"]')
    tab_to(visitor, row.inner_text(), at=f"/inkorg/{item}/")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/inkorg/{item}/**")
    tab_to(visitor, "Svar från kontot")
    page.keyboard.press("Control+Home")
    page.keyboard.type("Ja, på plan ett.")
    tab_to(visitor, "Skicka svaret")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    sql = "SELECT count(*) FROM sending_outgoing WHERE about = ?"
    assert town.value(sql, f"item:{item}") == 1, visitor.text()


FOCUSED = """
() => {
  const e = document.activeElement;
  const label = e.labels?.[0]?.innerText;
  const ringed = (e) => getComputedStyle(e).outlineStyle !== "none"
    || getComputedStyle(e).boxShadow !== "none";
  return {name: (label || e.innerText || "").trim(), href: e.getAttribute("href") || "",
    seen: ringed(e) || Boolean(e.closest(".item") && ringed(e.closest(".item")))};
}
"""


def tab_to(visitor: Visitor, name: str, *, at: str = "") -> None:
    """Press Tab until the focus is there, and see that it shows where it is."""
    for _ in range(120):
        visitor.page.keyboard.press("Tab")
        found = visitor.page.evaluate(FOCUSED)
        if found["name"].startswith(name) and at in found["href"]:
            assert found["seen"], f"nobody sees that the focus is at {name}"
            return
    raise AssertionError(f"Tab never comes to {name}")


LONG = "Å" * 99_000 + " slut"
STRANGE = "\u202ebaklänges\u202c <img src=x onerror=alert(1)> &amp; 👩‍💻"


@pytest.mark.parametrize("text", [LONG, STRANGE, "🎉🎉", "en\x00noll"])
def test_whatever_text_somebody_pastes_is_kept_and_shown_safely(
    town: Town, visit: Visit, text: str
) -> None:
    anna = visit(town, "Anna")
    said: list[str] = []
    anna.page.on("dialog", lambda dialog: said.append(dialog.message))
    if "\x00" in text:
        page = anna.go("/inkorg/ny/")
        page.locator('[name="channel"]').select_option(label="Badhuset")
        page.locator('[name="text"]').evaluate("(e, text) => e.value = text", text)
        page.locator('[name="author"]').fill("Åsa")
        anna.submit()
        assert "/inkorg/ny/" in page.url
        assert page.locator(".ds-error-summary").is_visible()
        return
    item = enter(anna, text)
    shown = anna.go(f"/inkorg/{item}/").locator("blockquote.said")

    assert shown.text_content() == text
    assert not shown.locator("img").count()
    assert said == []
    wide = (
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )
    anna.page.set_viewport_size({"width": 320, "height": 800})
    assert anna.page.evaluate(wide)
