"""One account stands in the register once, however it is written (R-3.2-3)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.channels.lists import BIBBLAN, HEADS, taken_in, uploaded, with_
from tests.conftest import MONDAY
from tests.records.sheets import excel
from uppsikt.channels import actions, import_acts
from uppsikt.channels.models import Channel
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Node

DID = "did:plc:z72i7hdynmk6r22z27h6tvur"
pytestmark = pytest.mark.usefixtures("places")


def entered(
    library: Node, kim: Actor, site: str, handle: str, url: str, name: str = "En"
) -> Channel:
    told = actions.Application(site, handle, url, name)
    return actions.enter(library, told, actor=kim, at=MONDAY)


@pytest.mark.parametrize(
    ("site", "first", "again"),
    [
        (
            "facebook",
            ("biblioteket", "https://www.facebook.com/biblioteket"),
            ("bib.lioteket", "https://m.facebook.com/Bib.Lioteket/?ref=page"),
        ),
        (
            "x",
            ("biblioteket", "https://x.com/biblioteket"),
            ("Biblioteket igen", "https://twitter.com/Biblioteket/status/1"),
        ),
        (
            "other",
            ("torget.example/vi", "https://torget.example/vi"),
            ("vi", "https://TORGET.example/vi/?utm_source=brev"),
        ),
    ],
)
def test_another_spelling_of_an_account_is_the_same_account(
    library: Node,
    kim: Actor,
    site: str,
    first: tuple[str, str],
    again: tuple[str, str],
) -> None:
    entered(library, kim, site, *first)

    with pytest.raises(actions.TakenHandle):
        entered(library, kim, site, *again, "Två")

    assert [c.name for c in Channel.objects.all()] == ["En"]
    assert not Node.objects.filter(name="Två").exists()


def test_an_account_is_known_by_its_stable_id_under_another_name(
    library: Node, kim: Actor
) -> None:
    old = entered(
        library, kim, "bluesky", "bib.test", "https://bsky.app/profile/bib.test"
    )
    Channel.objects.filter(pk=old.pk).update(remote_id=DID)

    with pytest.raises(actions.TakenHandle):
        entered(library, kim, "bluesky", DID, f"https://bsky.app/profile/{DID}")


def test_the_same_name_elsewhere_is_another_account(library: Node, kim: Actor) -> None:
    entered(library, kim, "x", "biblioteket", "https://x.com/biblioteket")
    there = "https://www.instagram.com/biblioteket"

    entered(library, kim, "instagram", "biblioteket", there)

    assert Channel.objects.standing().count() == 2


def test_an_account_that_was_let_go_of_is_free(library: Node, kim: Actor) -> None:
    url = "https://x.com/biblioteket"
    struck = entered(library, kim, "x", "biblioteket", url)
    actions.strike(struck, why="Fel", actor=kim, at=MONDAY)

    again = entered(library, kim, "x", "Biblioteket", url)

    assert list(Channel.objects.standing()) == [again]


def test_a_list_tells_an_account_under_another_spelling_as_known_or_as_twice(
    kim: Actor,
) -> None:
    taken_in(excel([HEADS, BIBBLAN]), kim)
    other = BIBBLAN[2].replace("www.", "m.").rstrip("/")
    spelled = with_(Namn="Igen", Länk=f"{other[:-1]}.{other[-1:]}/?ref=x")
    twice = [with_(Namn=n, Länk=f"https://facebook.com/{n}") for n in ("b.c", "bc")]

    source = uploaded(excel([HEADS, spelled, *twice]), kim)
    _layout, rows = import_acts.look_through(source, None, at=MONDAY)

    assert [row.outcome for row in rows] == ["known", "ok", "fault"]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer")
def test_two_who_ask_at_once_ask_one_after_the_other(library: Node, kim: Actor) -> None:
    with CaptureQueriesContext(connection) as asked:
        entered(library, kim, "x", "biblioteket", "https://x.com/biblioteket")

    said = [query["sql"] for query in asked]
    locked = next(n for n, sql in enumerate(said) if "FOR NO KEY UPDATE" in sql)
    read = next(n for n, sql in enumerate(said) if '"remote_id"' in sql)
    assert locked < read
