"""A librarian's ten minutes: the round, an answer, done; by the keyboard alone."""

import pytest

from tests.browser.browsing import Visitor
from tests.browser.conftest import Visit
from tests.browser.test_journeys import WITH_OR_WITHOUT, How, enter, tab_to
from tests.browser.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("town")]
TICKED = (
    "SELECT count(*) FROM inbox_tick WHERE undone_at IS NULL AND channel_id = ? "
    "AND late = 0"
)


def follow(visitor: Visitor, name: str, *, at: str = "") -> None:
    """Go with Tab to a link or button, and press Enter there."""
    tab_to(visitor, name, at=at)
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press("Enter")


@WITH_OR_WITHOUT
def test_a_librarians_ten_minutes(town: Town, visit: Visit, how: How) -> None:
    anna = visit(town, "Anna", **how)
    pool = town.known["channels"]["pool"]
    item = enter(anna, f"Är barnbassängen öppen i dag? {how}")
    page = anna.go("/uppsikt/")
    follow(anna, "Börja:")
    while f"/uppsikt/runda/{pool}/" not in page.url:
        follow(anna, "Nästa kanal")

    follow(anna, "Åsa Öberg", at=f"/inkorg/{item}/")
    tab_to(anna, "Svar från kontot")
    page.keyboard.press("Control+Home")
    page.keyboard.type("Ja, till klockan 20.")
    follow(anna, "Skicka svaret")
    sql = "SELECT count(*) FROM sending_outgoing WHERE about = ?"
    assert town.value(sql, f"item:{item}") == 1, anna.text()

    anna.go(f"/uppsikt/runda/{pool}/")
    anna.shoot("uppsikt-runda")
    tab_to(anna, "Inget att anmärka")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert town.value(TICKED, pool) == 1
    while "/uppsikt/runda/klar/" not in page.url:
        follow(anna, "Inget att anmärka")
    assert "Klart för i dag" in anna.text()

    undo(anna, town)


def undo(anna: Visitor, town: Town) -> None:
    """Take the ticks back, so that the next person begins from the start."""
    sql = "SELECT id FROM inbox_tick WHERE undone_at IS NULL AND late = 0 LIMIT 1"
    while tick := town.value(sql):
        channel = town.value("SELECT channel_id FROM inbox_tick WHERE id = ?", tick)
        anna.go(f"/uppsikt/{channel}/")
        anna.send(f"/uppsikt/angra/{tick}/", why="Nästa person börjar om.")
