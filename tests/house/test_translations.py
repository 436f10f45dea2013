"""Every word on screen goes through gettext and has its Swedish translation."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from django.template.base import Lexer, TokenType

from scripts import words
from tests.house.source import PACKAGE

SWEDISH = PACKAGE / "locale" / "sv" / "LC_MESSAGES" / "django.po"
PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|\{(\w+)\}")
SHOWN_ATTRIBUTES = {"alt", "aria-label", "aria-description", "placeholder", "title"}
# Commands and keys are typed as they stand.
VERBATIM = {"script", "style", "code", "kbd", "pre"}
# Names are the same in every language.
NAMES = {"Uppsikt", "Bluesky", "Mastodon"}


def faults(translated: Catalog, used: Catalog) -> Iterator[str]:
    """Yield what is wrong in a translation, seen against the messages in use."""
    for message in used:
        if message.id:
            theirs = translated.get(message.id, message.context)
            yield from _faults_of(theirs) if theirs else [f"missing: {message.id}"]
    for message in translated:
        if message.id and not used.get(message.id, message.context):
            yield f"not used: {message.id}"


def _faults_of(message: Message) -> Iterator[str]:
    ids, strings = _forms(message.id), _forms(message.string)
    if message.fuzzy:
        yield f"fuzzy: {ids[0]}"
    if not all(strings) or len(strings) < len(ids):
        yield f"empty: {ids[0]}"
    elif not _filled_in(ids) >= _filled_in(strings) >= _needed(ids):
        yield f"other placeholders: {ids[0]}"
    elif ids == strings and " " in re.sub(PLACEHOLDER, "", ids[0]).strip():
        yield f"still English: {ids[0]}"


def _forms(text: object) -> list[str]:
    return [str(t) for t in text] if isinstance(text, list | tuple) else [str(text)]


def _filled_in(forms: list[str]) -> set[str]:
    return {"".join(found) for form in forms for found in PLACEHOLDER.findall(form)}


def _needed(ids: list[str]) -> set[str]:
    """Return the placeholders that no language may drop: those in every form."""
    return set.intersection(*(_filled_in([form]) for form in ids))


class Shown(HTMLParser):
    """Gather the words that a template shows without asking for a translation."""

    def __init__(self) -> None:
        super().__init__()
        self.hidden = 0
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in VERBATIM
        for name, value in attrs:
            if name in SHOWN_ATTRIBUTES:
                self.note(value or "")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in VERBATIM

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.note(data)

    def note(self, text: str) -> None:
        words = re.findall(r"[^\W\d_]+", text)
        self.found += [w for w in words if w not in NAMES and not w.isupper()]


def untranslated(template: str) -> list[str]:
    """Return the words in a template that stand outside `translate`."""
    shown = Shown()
    shown.feed(_plain(template))
    shown.close()
    return shown.found


def _plain(template: str) -> str:
    """Return a template's own text, with a mark where something is filled in."""
    text, skipping = [], ""
    for token in Lexer(template).tokenize():
        name = token.contents.split(" ")[0]
        if token.token_type is TokenType.BLOCK and name.startswith(("blockt", "comm")):
            skipping = f"end{name}"
        elif token.token_type is TokenType.BLOCK and name == skipping:
            skipping = ""
        elif not skipping:
            text.append(token.contents if token.token_type is TokenType.TEXT else "·")
    return "".join(text)


def templates() -> list[Path]:
    return [p for p in PACKAGE.rglob("*.html") if "templates" in p.parts]


def test_every_message_is_in_swedish() -> None:
    assert list(faults(words.read(SWEDISH), words.collect())) == []


def test_no_template_shows_words_that_cannot_be_translated() -> None:
    found = {p.name: hits for p in templates() if (hits := untranslated(p.read_text()))}
    assert found == {}


def used(*ids: str | tuple[str, str]) -> Catalog:
    catalog = Catalog()
    for one in ids:
        catalog.add(one)
    return catalog


@pytest.mark.parametrize(
    ("swedish", "said"),
    [
        (None, "missing: Take it down"),
        ("", "empty: Take it down"),
        ("Take it down", "still English: Take it down"),
        ("Ta bort %(name)s", "other placeholders: Take it down"),
        ("Ta bort", None),
    ],
)
def test_a_bad_translation_is_seen(swedish: str | None, said: str | None) -> None:
    translated = Catalog(locale="sv")
    if swedish is not None:
        translated.add("Take it down", swedish)

    found = list(faults(translated, used("Take it down")))

    assert found == ([said] if said else [])


def test_a_dropped_placeholder_is_seen() -> None:
    translated = Catalog(locale="sv")
    translated.add("Answer by %(when)s", "Svara i tid")
    assert list(faults(translated, used("Answer by %(when)s"))) == [
        "other placeholders: Answer by %(when)s"
    ]


def test_one_form_of_two_may_leave_the_number_out() -> None:
    translated = Catalog(locale="sv")
    translated.add(("one comment", "%(n)s comments"), ("en", "%(n)s kommentarer"))
    assert not list(faults(translated, used(("one comment", "%(n)s comments"))))


def test_a_guess_and_a_leftover_are_seen() -> None:
    translated = Catalog(locale="sv")
    translated.add("Take it down", "Ta bort", flags=["fuzzy"])
    translated.add("Old words", "Gamla ord")
    assert list(faults(translated, used("Take it down"))) == [
        "fuzzy: Take it down",
        "not used: Old words",
    ]


@pytest.mark.parametrize(
    "template",
    [
        "<p>Hello</p>",
        "<p>{{ name }} svarade</p>",
        '<img alt="Picture of it">',
        '<a title="Öppna {{ name }}"></a>',
    ],
)
def test_words_outside_translate_are_seen(template: str) -> None:
    assert untranslated(template)


@pytest.mark.parametrize(
    "template",
    [
        "{% translate 'Hello' %} · {{ name }} 12",
        "{% blocktranslate trimmed %}Hello {{ name }}{% endblocktranslate %}",
        "{# A note #}{% comment %}why{% endcomment %}",
        '<a class="button" href="/x" title="{% translate "Open" %}">PDF</a>',
        "<style>body { color: red }</style>",
        "<title>{{ page }}·Uppsikt</title><code>uppsikt start</code>",
    ],
)
def test_words_in_translate_and_names_are_let_be(template: str) -> None:
    assert untranslated(template) == []


def test_words_are_collected_from_code_and_templates(tmp_path: Path) -> None:
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "page.html").write_text('<p>\n  {% translate "It\'s here" %}\n</p>')
    (tmp_path / "views.py").write_text('ngettext("one", "%(n)s many", n)\nN_("a" "b")')

    found = {message.id for message in words.collect(tmp_path) if message.id}

    assert found == {"It's here", ("one", "%(n)s many"), "ab"}
