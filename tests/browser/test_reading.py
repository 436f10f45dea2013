"""The walk's own eyes: what it takes for words, for shape and for a way on."""

from tests.browser.looking import foreign
from tests.browser.reading import read

HERE = "http://localhost/kanaler"


def page(body: str, lang: str = "sv") -> str:
    return f'<html lang="{lang}"><head><meta charset="utf-8"></head>{body}</html>'


def faults(body: str, lang: str = "sv") -> list[str]:
    return foreign(read(page(body, lang), HERE))


def test_english_words_and_places_left_open_are_seen() -> None:
    assert faults("<p>Sök bland channels</p>") == ["channels"]
    assert faults('<img src="a" alt="Save"><p>Hej %(name)s</p>') == ["save", "%(name)"]
    assert faults("<p>Hej</p>", lang="en") == ["lang is not sv"]


def test_what_others_said_and_what_is_marked_english_is_not_ours() -> None:
    body = '<p lang="en">and <b>the</b></p><q data-said>channel</q><script>0</script>'

    assert faults(body + "<p>Slut</p>") == []
    assert faults(body + "<p>the end</p>") == ["the"]


def test_a_shape_is_told_by_kinds_of_elements_and_not_by_words() -> None:
    shape = read(page('<ul><li class="row">Ett</li></ul>'), HERE).kinds

    more = '<ul><li class="row">Två</li><li class="row">Tre</li></ul>'
    assert read(page(more), HERE).kinds == shape
    assert read(page('<ul><li class="late">Ett</li></ul>'), HERE).kinds != shape


def test_links_are_followed_from_where_the_page_stands() -> None:
    seen = read(page('<br><a href="?sida=2">Nästa</a><a href="/nej/">Nej</a>'), HERE)

    assert seen.links == [f"{HERE}?sida=2", "http://localhost/nej/"]
