"""The handbook is shown as safe HTML, and its pages lead to each other."""

import re
from pathlib import Path

import pytest

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
