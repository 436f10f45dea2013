"""A channel from idea to closing, in the browser: each role at its own screen.

The swimming school applies, its manager approves ground by ground, the communications
officer takes over the start, and the public finds the channel. Its owner leaves, a new
one is appointed, the access is taken back, and in the end the channel is closed.
`make pictures` takes the handbook's pictures here.
"""

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page

from tests.browser.browsing import Visitor
from tests.browser.conftest import Visit
from tests.browser.life import Life, mail, today
from tests.browser.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("town")]

CARD = {
    "purpose": "Svara på frågor om simskolan och visa hur lektionerna går till.",
    "audience": "Föräldrar till barn mellan fem och tolv år i kommunen",
    "goal_contribution": "Fler barn lär sig simma före tolv års ålder.",
    "benefit": "De får svar samma dag, där de redan är.",
    "hours_per_week": "3",
    "horizon_months": "24",
    "staffing": "Simläraren två timmar och badmästaren en timme",
    "description": "Simskolan i Exempelby. Fråga oss om lektioner och platser.",
    "contact": "simskolan@exempelby.example",
}
REASON = (
    "Simskolan ingår i Badhuset från årsskiftet. Vi svarar på frågor där i stället."
)
IMPACT = "Omkring 300 följer kanalen. Badhusets sida och skolans brev länkar till den."


@pytest.mark.parametrize("script", ["script", "no script"])
def test_a_channel_lives_from_application_to_closing(
    town: Town, visit: Visit, tmp_path: Path, script: str
) -> None:
    life = Life(town, visit, script == "script")
    _apply(life)
    _approve(life)
    _start(life)
    _launch(life)
    _texts(life)
    _public_meets_it(life)
    _owner_leaves(life)
    _somebody_takes_over(life)
    _begin_to_close(life)
    _both_are_heard(life)
    _plan_and_say_farewell(life)
    _finish_the_checklist(life, _picture(tmp_path))
    _close(life)
    _public_meets_what_is_left(life)

    assert life.findings.access == []
    assert life.findings.sideways == []
    assert life.findings.language == []


def _picture(folder: Path) -> str:
    path = folder / "kanalen.png"
    Image.new("RGB", (640, 360), "teal").save(path)
    return str(path)


def _apply(life: Life) -> None:
    """Let the swimming teacher apply, from the list of channels."""
    owner = life.enter(life.owner)
    page = owner.follow("/mina-kanaler/", "Ansök om en kanal")
    life.look(page)
    _fill_in(life, page)
    owner.shoot("ansok", "main h1", '[name="purpose"]', width=1280)
    owner.submit()
    sql = "SELECT id FROM channels_channel WHERE handle = ?"
    life.channel = int(life.town.value(sql, life.handle))
    life.look(owner.go(life.card))
    assert life.status == "applied"


def _fill_in(life: Life, page: Page) -> None:
    form = page.locator("main form").first
    form.locator('[name="unit"]').select_option(label="Badhuset")
    form.locator('[name="site"]').select_option("instagram")
    people = {"owner": mail(life.owner), "deputy": mail("Nils")}
    holders = "\n".join(people.values())
    name = {"name": life.name, "handle": life.handle}
    for key, value in {**CARD, **people, **name, "holders": holders}.items():
        form.locator(f'[name="{key}"]').fill(value)
    form.locator('[name="purpose_codes"][value="service"]').check()
    form.locator('[name="audience_groups"][value="parents"]').check()


def _approve(life: Life) -> None:
    """Let the manager find the application on My day, and confirm each ground."""
    manager = life.enter("Bengt")
    page = life.task(manager, "")
    manager.go(life.card)
    form = page.locator(f'form[action="{life.card}godkann/"]')
    for tick in form.locator('input[type="checkbox"]').all():
        tick.check()
    life.look(page)
    manager.shoot("godkann", "#acts", f'form[action="{life.card}godkann/"]')
    with page.expect_navigation():
        form.get_by_role("button", name="Godkänn").click()
    assert life.status == "approved"


def _start(life: Life) -> None:
    """Let the officer confirm the notice; the owner hands the rights over to them."""
    officer, owner = life.enter("Cecilia"), life.enter(life.owner)
    page = life.task(officer, "Bekräfta att uppgifterna har kommit fram")
    assert "#notice-" in page.url
    life.look(page)
    officer.shoot("uppstart", 'section:has(> .row > [id^="notice-"])')
    with page.expect_navigation():
        page.get_by_role("button", name="Bekräfta att det har kommit fram").click()
    owner.go(life.card)
    cecilia = str(life.town.known["people"]["cecilia"])
    told = {"recipient": cecilia, "kind": "role", "reference": "Administratör"}
    owner.send(f"{life.card}rattigheter/", **told)
    page = life.task(officer, "Se att du har rättigheterna")
    assert page.url.endswith("#rights")
    with page.expect_navigation():
        page.get_by_role("button", name="Bekräfta att jag har rättigheterna").click()


def _launch(life: Life) -> None:
    """Let the owner answer what is asked, note who reaches the account, and launch."""
    owner = life.enter(life.owner)
    page = owner.go("/")
    life.look(page)
    owner.shoot("min-dag", "main h1", ".day")
    life.task(owner, "")
    life.look(page)
    owner.shoot("aterstar", "#remains", 'section[aria-labelledby="remains"]')
    for name in (life.owner, "Nils"):
        _note_access(life, owner, name)
    for question in _asked(life, owner):
        owner.go(life.card)
        owner.send(question)
    owner.go(life.card)
    owner.send(f"{life.card}starta/")
    assert life.status == "active"


def _texts(life: Life) -> None:
    """Let the owner see which texts should stand on the profile, ready to copy."""
    owner = life.enter(life.owner)
    page = owner.follow(life.card, "Texter och profil")
    life.look(page)
    card = ".ds-card:has(textarea[readonly]) >> nth=1"
    owner.shoot("profil", card)
    said = page.locator(f"{card} >> textarea").input_value()
    assert "Exempelby kommun" in said
    assert "Regler och personuppgifter: http" in said


def _note_access(life: Life, owner: Visitor, name: str) -> None:
    owner.go(life.card)
    told = {"state": "on", "method": "app", "confirmed_on": today().isoformat()}
    owner.send(f"{life.card}atkomst/", person=mail(name), **told)


def _asked(life: Life, who: Visitor) -> list[str]:
    """Return where this person's answers about the channel are sent."""
    forms = who.go(life.card).locator(f'form[action^="{life.card}intyga/"]')
    return sorted({form.get_attribute("action") or "" for form in forms.all()})


def _public_meets_it(life: Life) -> None:
    """Let anybody find the channel in the list, and ask whether it is ours."""
    anybody = life.enter()
    page = anybody.go(f"/kanaler?q={life.handle}")
    life.look(page)
    anybody.shoot("forteckningen", "main > *")
    anybody.follow(f"/kanaler?q={life.handle}", life.name)
    assert CARD["purpose"] in anybody.text()
    assert not page.get_by_text(mail(life.owner)).count()
    assert "Ja, kontot är vårt" in _checked(life, anybody)
    anybody.shoot("kontroll", "main > *", width=390)


def _checked(life: Life, anybody: Visitor) -> str:
    """Return what `/kontroll` answers of the address that the app shares."""
    page = anybody.go("/kontroll")
    page.get_by_label("Kontots adress").fill(
        f"https://www.instagram.com/{life.handle}/?igsh=abc"
    )
    anybody.press("Kontrollera")
    life.look(page)
    return anybody.text()


def _owner_leaves(life: Life) -> None:
    """Let the system administrator close the account of who has left."""
    keeper = life.enter("Sara")
    page = keeper.follow("/personer/", life.owner)
    life.look(page)
    keeper.send(f"{page.url.removeprefix(life.town.url)}stang/", why="Har slutat.")
    assert "Stängt konto" in keeper.text()


def _somebody_takes_over(life: Life) -> None:
    """Let the manager appoint a new owner, who takes the leftover access back."""
    manager = life.enter("Bengt")
    page = life.task(manager, f"{life.owner} kommer fortfarande åt kontot")
    life.look(page)
    manager.shoot("behorigheter", "main > *")
    link = page.locator('section[aria-labelledby="vacant"] a').filter(
        has_text=life.name
    )
    with page.expect_navigation():
        link.click()
    manager.send(f"{life.card}utse/", person=mail("Nils"), role="channel_owner")
    _take_back(life)


def _take_back(life: Life) -> None:
    owner = life.enter("Nils")
    page = life.task(owner, f"{life.owner} kommer fortfarande åt kontot")
    button = page.locator("main button").filter(has_text=f"{life.owner}, {life.name}")
    with page.expect_navigation():
        button.click()
    life.look(page)
    taken = page.locator('section[aria-labelledby="revoked"]').inner_text()
    assert f"{life.owner}, {life.name}" in taken
    assert "Nils" in taken


def _begin_to_close(life: Life) -> None:
    owner = life.enter("Nils")
    owner.go(life.card)
    owner.send(f"{life.card}avveckla/", why="Badhusets kanal räcker.")
    life.look(owner.page)
    assert life.status == "closing"


def _both_are_heard(life: Life) -> None:
    """Let manager and officer say what they think, each from their own My day."""
    said = {"Bengt": "Ja, det räcker med en kanal.", "Cecilia": "Ja, berätta i tid."}
    for name, opinion in said.items():
        visitor = life.enter(name)
        life.task(visitor, "Säg vad du tycker om att avsluta den")
        life.look(visitor.page)
        visitor.shoot("horda", '[aria-labelledby="heard"]')
        visitor.send(f"{life.plan}mening/", opinion=opinion)
        assert opinion in visitor.text()


def _plan_and_say_farewell(life: Life) -> None:
    owner = life.enter("Nils")
    page = life.task(owner, "Planera avslutet och berätta för följarna")
    pool = str(life.town.known["channels"]["pool"])
    told = {"reason": REASON, "closes_on": today().isoformat(), "successor": pool}
    owner.send(f"{life.plan}plan/", impact=IMPACT, account="locked", **told)
    farewell = page.locator(f'form[action="{life.plan}publicerat/"] textarea')
    assert REASON in farewell.input_value()
    life.look(page)
    url = f"https://www.instagram.com/p/{life.handle}/"
    owner.send(f"{life.plan}publicerat/", url=url, day=today().isoformat())
    assert "Publicerat" in owner.text()


def _finish_the_checklist(life: Life, picture: str) -> None:
    owner = life.enter("Nils")
    page = owner.go(life.plan)
    days = dict.fromkeys(("exported_on", "ads_stopped_on", "links_updated_on"))
    owner.send(f"{life.plan}klart/", **dict.fromkeys(days, today().isoformat()))
    owner.send(f"{life.plan}bild/", picture=picture)
    owner.shoot("avsluta", "#list", "#list + ul")
    while (ended := page.get_by_role("button", name="Åtkomsten är borttagen")).count():
        with page.expect_navigation():
            ended.first.click()
        owner.go(life.plan)
    assert "Ingen." in owner.text()


def _close(life: Life) -> None:
    manager = life.enter("Bengt")
    page = life.task(manager, "Dagen är här: avsluta den")
    life.look(page)
    manager.send(f"{life.card}avsluta/", why="Allt är klart.")
    assert life.status == "closed"
    life.look(manager.go(life.plan))


def _public_meets_what_is_left(life: Life) -> None:
    anybody = life.enter()
    anybody.follow("/kanaler?status=avslutad", life.name)
    life.look(anybody.page)
    anybody.shoot("avslutad", "main h1", "main .ds-alert", width=390)
    for words in ("Kanalen avslutades den", REASON, "Badhuset"):
        assert words in anybody.text()
    assert "avslutad" in _checked(life, anybody)
