"""A citizen's comment on the real Bluesky reaches a librarian and is answered."""

import pytest

from tests.browser.conftest import Visit
from tests.browser.town import wait_for
from tests.servers.library import Library

pytestmark = [
    pytest.mark.browser,
    pytest.mark.servers,
    pytest.mark.xdist_group("bluesky"),
]


def test_a_citizens_comment_is_answered_from_the_inbox_and_seen_on_bluesky(
    library: Library, visit: Visit
) -> None:
    anna = visit(library.town, "Anna")
    item = library.item("question")
    page = anna.go("/inkorg/")
    assert "Har ni öppet på lördag?" in anna.text()
    anna.shoot("inkorg")
    page.goto(f"{library.town.url}/inkorg/{item}/")
    signed = page.locator('[name="text"]').first.input_value()
    anna.shoot("inkorg-arende")
    anna.send(f"/inkorg/{item}/svara/", text=f"Ja, klockan 10 till 15.{signed}")

    asked = library.comments["question"]
    (seen,) = wait_for(lambda: library.below(asked))
    assert seen.startswith("Ja, klockan 10 till 15.")
    assert "Anna, bibliotekarie" in seen
    wait_for(lambda: library.state("question") == "answered")
    below = [one["uri"] for one in library.server.thread(asked.uri)]
    assert len(below) > 1


def test_an_answer_that_a_colleague_gives_in_the_app_is_recognised(
    library: Library, visit: Visit
) -> None:
    item = library.item("in the app")
    asked = library.comments["in the app"]
    library.server.reply(library.account, asked.uri, "På torsdag. Anna, bibliotekarie")

    # A channel is read once a minute.
    wait_for(lambda: library.state("in the app") == "answered", seconds=120)
    anna = visit(library.town, "Anna")
    anna.go(f"/inkorg/{item}/")
    assert "På torsdag" in anna.page.content()
    assert not library.town.value(
        "SELECT count(*) FROM sending_outgoing WHERE about = ?", f"item:{item}"
    )


@pytest.mark.parametrize("javascript", [True, False])
def test_what_a_comment_has_in_it_is_shown_and_never_run(
    library: Library, visit: Visit, *, javascript: bool
) -> None:
    anna = visit(library.town, "Anna", java_script_enabled=javascript)
    said: list[str] = []
    anna.page.on("dialog", lambda dialog: said.append(dialog.message))
    for name in ("strange", "emoji"):
        text = library.server.posts(library.comments[name].uri)[0]["record"]["text"]
        page = anna.go(f"/inkorg/{library.item(name)}/")
        shown = page.locator("blockquote.said").text_content() or ""
        assert shown == text
    assert said == []
    assert not anna.page.locator("blockquote b").count()
