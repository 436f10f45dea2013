"""The fixture `library`: a connected channel; and the browser to visit it with."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.browsing import Visitor, visiting
from tests.browser.conftest import chromium as chromium  # noqa: PLC0414 (a fixture)
from tests.browser.conftest import visit as visit  # noqa: PLC0414 (another)
from tests.browser.town import Town, wait_for
from tests.servers.bluesky import BlueskyServer
from tests.servers.library import Library

COMMENTS = {
    "question": "Har ni öppet på lördag?",
    "in the app": "När kommer den nya boken in?",
    "advertisement": "Köp billiga klockor hos oss, skriv till mig",
    "on a page": "Billiga klockor igen, sista chansen",
    "behind a wall": "Klockor, klockor, klockor",
    "strange": "<b>Fet</b> &amp; \u202ebaklänges\u202c <script>alert(1)</script>",
    "emoji": "🎉🎉🎉",
}


@pytest.fixture(scope="session")
def installed(
    bluesky: BlueskyServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Library]:
    """A town whose library has an account with comments, and is not connected yet."""
    account = bluesky.create_account("biblioteket", display_name="Biblioteket")
    citizen = bluesky.create_account("medborgare", display_name="Åsa Öberg")
    town = Town(tmp_path_factory.mktemp("library"))
    town.found(account.handle)
    root = bluesky.post(account, "Fråga oss om böcker och öppettider.")
    library = Library(town, bluesky, account, citizen, root)
    for name, text in COMMENTS.items():
        library.comments[name] = bluesky.reply(citizen, root.uri, text)
    with town.open():
        yield library


@pytest.fixture(scope="module")
def library(installed: Library, chromium: Browser) -> Library:
    """The library's channel, which Anna connects on its card, once."""
    town = installed.town
    if not town.value("SELECT count(*) FROM channels_connection"):
        with visiting(chromium, town) as anna:
            _connect(anna.become("Anna"), installed)
    wait_for(lambda: town.value("SELECT heard_at FROM channels_connection"))
    return installed


def _connect(anna: Visitor, library: Library) -> None:
    channel = library.town.known["channels"]["library"]
    anna.go(f"/kanal/{channel}/")
    anna.send(
        f"/kanal/{channel}/anslut/",
        identifier=library.account.handle,
        app_password=library.account.app_password,
        server=library.server.url,
    )
    assert library.account.app_password not in anna.page.content()
    anna.shoot("kort-anslutet")
