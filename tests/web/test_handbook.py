"""The handbook is shown as safe HTML, and its pages lead to each other."""

import re
from pathlib import Path

import pytest
from django.test import Client

from uppsikt.web import handbook
from uppsikt.web.handbook import FOLDER, Page


@pytest.mark.parametrize("page", handbook.pages(), ids=lambda page: page.name)
def test_each_page_has_a_title_a_lead_and_text(page: Page) -> None:
    assert page.title
    assert page.lead.endswith(".")
    assert "<p>" in page.html
    assert "<h1" not in page.html


def test_the_pages_come_in_the_order_a_beginner_reads_them() -> None:
    names = [page.name for page in handbook.pages()]

    assert names[0] == "kom-igang"
    assert names.index("inkorgen") < names.index("drift")


def test_links_between_pages_lead_to_pages() -> None:
    names = {page.name for page in handbook.pages()}
    text = "\n".join(path.read_text() for path in FOLDER.glob("*.md"))

    assert set(re.findall(r"\]\(([\w-]+)\.md", text)) <= names


def test_what_could_run_in_a_page_is_taken_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = (
        "# Titel\n\nIngress.\n\n<script>x()</script>[här](javascript:x()) "
        '<b onclick="x()">hej</b>\n\n| a |\n|---|\n| b |\n'
    )
    (tmp_path / "sida.md").write_text(body)
    monkeypatch.setattr(handbook, "FOLDER", tmp_path)
    handbook.pages.cache_clear()

    page = handbook.page("sida")
    handbook.pages.cache_clear()

    assert page.title == "Titel"
    assert "script" not in page.html.replace("javascript:x()", "")
    assert 'href="javascript' not in page.html
    assert "onclick" not in page.html
    assert '<div class="scroll" tabindex="0"><table' in page.html


def test_an_unknown_page_is_told() -> None:
    with pytest.raises(handbook.NoSuchPage):
        handbook.page("finns-inte")


def shown() -> list[tuple[str, str]]:
    """Return the alternative text and the file of every picture in the pages."""
    text = "\n".join(path.read_text() for path in sorted(FOLDER.glob("*.md")))
    return re.findall(r"!\[([^\]]*)\]\(([^)]*)\)", text)


@pytest.mark.django_db
@pytest.mark.parametrize(("says", "file"), shown())
def test_each_picture_is_small_says_what_it_shows_and_is_served(
    says: str, file: str, client: Client
) -> None:
    folder, _, name = file.partition("/")
    answer = client.get(f"/static/handbok/{name}")
    answer.close()

    assert folder == handbook.PICTURES
    assert len(says.split()) > 4
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/webp"
    assert (FOLDER / file).stat().st_size < 60_000


def test_every_picture_is_shown_once_and_all_together_are_light() -> None:
    files = [Path(file).name for _, file in shown()]
    there = list((FOLDER / handbook.PICTURES).iterdir())

    assert sorted(files) == sorted(path.name for path in there)
    assert sum(path.stat().st_size for path in there) < 500_000


def test_pages_show_their_pictures_from_our_own_address() -> None:
    html = handbook.page("kontroll").html

    assert html.count("<img") == 1
    assert re.search(r'<img src="/static/handbok/kontroll\.webp[^"]*" alt="Sidan', html)
    assert re.search(r'width="\d+" height="\d+"', html)


@pytest.mark.parametrize(
    "source",
    [
        "![En bild](https://example.org/bild.webp)",
        "![En bild](//example.org/bilder/kontroll.webp)",
        "![En bild](bilder/../../settings.py)",
        "![En bild](bilder/finns-inte.webp)",
        "![En bild](data:image/webp;base64,AAAA)",
        '<img src="bilder/kontroll.webp">',
        '<img src=x onerror="x()" alt="En bild">',
    ],
)
def test_a_picture_that_is_not_ours_or_says_nothing_is_left_out(source: str) -> None:
    assert "<img" not in handbook.rendered(source)


def test_what_a_picture_says_cannot_break_out_of_it() -> None:
    html = handbook.rendered('![a"onload="x() <b>](bilder/kontroll.webp)')

    assert html.count("<img") == 1
    assert 'alt="a&quot;onload=&quot;x() &lt;b&gt;"' in html
