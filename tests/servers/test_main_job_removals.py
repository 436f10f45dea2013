"""A comment is removed from the real Bluesky: with evidence first, or not at all."""

import zipfile
from pathlib import Path

import pytest

from tests.browser.browsing import Visitor
from tests.browser.conftest import Visit
from tests.browser.town import wait_for
from tests.servers.conftest import COMMENTS
from tests.servers.library import PAGE, WALLED, Library, pages

pytestmark = [
    pytest.mark.browser,
    pytest.mark.servers,
    pytest.mark.xdist_group("bluesky"),
]

AUTHOR = "Åsa Öberg"
METHODS = "SELECT moment, method FROM moderation_evidence WHERE case_id = ? ORDER BY id"
UNSEALED = "SELECT count(*) FROM records_entry WHERE number IS NULL"
NUMBER = """
SELECT r.id, r.diary_number FROM records_registration r
JOIN moderation_case c ON c.registration_id = r.id WHERE c.id = ?
"""


def decide(anna: Visitor, case: int) -> None:
    """Let Anna decide to hide what the case is about."""
    page = anna.page
    assert not page.locator("input[type=file]").count()
    assert not page.get_by_role("heading", name="Bevis").count()
    anna.shoot("arende-beslut")
    anna.send(
        f"/moderering/{case}/besluta/",
        milder="Nej, det är ren reklam.",
        measure="hide",
    )


def report_nothing(anna: Visitor, case: int) -> None:
    """Let Anna answer that it is reported neither to the police nor to the platform."""
    for _ in range(2):
        anna.go(f"/moderering/{case}/")
        why = "Reklam är inget brott."
        anna.send(f"/moderering/{case}/anmalan/", made="no", why=why)


ALL_SEALED = "SELECT count(*) = 0 FROM records_entry WHERE number IS NULL"


def register(rut: Visitor, library: Library, case: int) -> str:
    """Let Rut register the removal; return the number it got."""
    ((registration, _),) = library.town.rows(NUMBER, case)
    rut.go("/registrering/")
    rut.send(f"/registrering/{registration}/")
    ((_, number),) = library.town.rows(NUMBER, case)
    assert number in rut.go("/registrering/?flik=klara").content()
    return str(number)


def package(rut: Visitor, case: int, to: Path) -> Path:
    """Let Rut build the package of a case, once all is sealed, and download it."""
    wait_for(lambda: rut.town.value(ALL_SEALED))
    # Only what stands under a checkpoint goes out, and the case closed a moment ago.
    wait_for(lambda: not rut.town.value(UNSEALED))
    page = rut.go(f"/moderering/{case}/")
    button = page.locator(f'form[action="/moderering/{case}/paket/"] button')
    with page.expect_download() as download:
        button.click()
    path = to / "paket.zip"
    download.value.save_as(path)
    return path


def test_a_comment_is_removed_registered_and_handed_out_with_its_proofs(
    library: Library, visit: Visit, tmp_path: Path
) -> None:
    anna = visit(library.town, "Anna")
    rut = visit(library.town, "Rut")
    comment = library.comments["advertisement"]
    case = library.open_case(anna, "advertisement", "advertising")
    assert comment.uri not in library.hidden()
    decide(anna, case)
    library.reach(case, "removed")

    assert library.town.rows(METHODS, case) == [
        ("before", "rendering"),
        ("after", "answer"),
    ]
    assert library.hidden().count(comment.uri) == 1
    below = [one["uri"] for one in library.server.thread(library.root.uri)]
    aside = [one["uri"] for one in library.server.thread(library.root.uri, other=True)]
    assert comment.uri not in below
    assert comment.uri in aside

    anna.go(f"/moderering/{case}/")
    anna.shoot("arende-borttaget")
    anna.send(f"/moderering/{case}/besked/")
    (told,) = wait_for(lambda: library.below(comment))
    assert "Anna, bibliotekarie" in told
    report_nothing(anna, case)
    number = register(rut, library, case)
    library.reach(case, "closed")
    assert number in anna.go(f"/moderering/{case}/").content()
    anna.shoot("arende-avslutat")
    _the_package_proves_it(library, package(rut, case, tmp_path), tmp_path)


def _the_package_proves_it(library: Library, whole: Path, folder: Path) -> None:
    verify = ("-m", "uppsikt.archive.verify")
    found = library.town.run(*verify, str(whole), check=False)
    assert found.returncode == 0, found.stdout + found.stderr

    data = bytearray(whole.read_bytes())
    with zipfile.ZipFile(whole) as archive:
        (name,) = [n for n in archive.namelist() if n.endswith(".pdf")]
        info = archive.getinfo(name)
    data[info.header_offset + 30 + len(name.encode()) + info.file_size // 2] ^= 1
    spoiled = folder / "andrat.zip"
    spoiled.write_bytes(data)
    found = library.town.run(*verify, str(spoiled), check=False)
    assert found.returncode == 1
    assert name in found.stdout + found.stderr


def test_the_platforms_own_page_is_pictured_where_it_can_be_opened(
    library: Library, visit: Visit
) -> None:
    anna = visit(library.town, "Anna")
    name = "on a page"
    with pages(post=(PAGE, AUTHOR, COMMENTS[name])) as site:
        library.point(name, f"{site}post")
        case = library.open_case(anna, name, "advertising")
        decide(anna, case)
        library.reach(case, "removed")

    assert library.town.rows(METHODS, case)[0] == ("before", "page")
    assert library.comments[name].uri in library.hidden()
    anna.go(f"/moderering/{case}/")
    why = "Kontot går inte längre att nå."
    anna.send(f"/moderering/{case}/inget-besked/", why=why)
    anna.go(f"/moderering/{case}/")
    assert why in anna.page.content()
    assert library.below(library.comments[name]) == []


def test_a_page_that_hides_the_comment_stops_the_removal(
    library: Library, visit: Visit
) -> None:
    anna = visit(library.town, "Anna")
    name = "behind a wall"
    with pages(wall=(WALLED, AUTHOR, COMMENTS[name])) as site:
        library.point(name, f"{site}wall")
        case = library.open_case(anna, name, "advertising")
        decide(anna, case)
        problem = "SELECT problem FROM moderation_case WHERE id = ?"
        wait_for(lambda: library.town.value(problem, case))

    assert library.standing(case) == "condemned"
    assert library.town.rows(METHODS, case) == []
    assert library.comments[name].uri not in library.hidden()
    anna.go(f"/moderering/{case}/")
    assert library.town.value(problem, case) in anna.text()
    assert anna.page.locator("input[type=file]").count() == 1
