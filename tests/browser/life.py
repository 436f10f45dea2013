"""One channel's life in the browser: whose it is, and how people come to their part."""

from dataclasses import dataclass, field
from datetime import date, datetime

from playwright.sync_api import Page

from tests.browser.browsing import Visitor
from tests.browser.conftest import Visit
from tests.browser.looking import Findings, look
from tests.browser.town import Town


@dataclass
class Life:
    """One channel's life: who is asked in, how, and what was wrong with the screens."""

    town: Town
    visit: Visit
    script: bool
    findings: Findings = field(default_factory=Findings)
    channel: int = 0

    @property
    def owner(self) -> str:
        """Who applies, and later leaves: somebody else in each of the two lives."""
        return "Olga" if self.script else "Oskar"

    @property
    def name(self) -> str:
        return "Simskolan i Exempelby" if self.script else "Babysim i Exempelby"

    @property
    def handle(self) -> str:
        return self.name.partition(" ")[0].lower() + ".exempelby"

    @property
    def card(self) -> str:
        return f"/kanal/{self.channel}/"

    @property
    def plan(self) -> str:
        return f"{self.card}avsluta-plan/"

    @property
    def status(self) -> object:
        sql = "SELECT status FROM channels_channel WHERE id = ?"
        return self.town.value(sql, self.channel)

    def enter(self, name: str = "") -> Visitor:
        """Let somebody in, signed in where a name is given."""
        return self.visit(self.town, name, java_script_enabled=self.script)

    def task(self, who: Visitor, words: str) -> Page:
        """Let somebody press what My day says that this channel waits for."""
        mine = who.go("/").locator(".duty").filter(has_text=self.name)
        with who.page.expect_navigation():
            mine.locator("a").filter(has_text=words).first.click()
        return who.page

    def look(self, page: Page) -> None:
        """Examine the screen that somebody stands at."""
        if self.script:
            look(page, self.findings)


def today() -> date:
    """Return the day that it is where the browser is."""
    return datetime.now().astimezone().date()


def mail(name: str) -> str:
    """Return the address by which a person is found."""
    return f"{name.lower()}@exempelby.example"
