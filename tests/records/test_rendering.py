"""Our rendering of a platform's answer shows all that was told, and nothing else."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from django.utils import translation
from django.utils.translation import gettext

from uppsikt.platforms.base import Author, ItemKind, Media, PlatformItem
from uppsikt.records import rendering
from uppsikt.records.camera import Camera

HEARD = datetime(2026, 3, 2, 9, 0, 5, tzinfo=UTC)


def item(
    remote_id: str, text: str = "Hej", parent_id: str | None = None
) -> PlatformItem:
    return PlatformItem(
        remote_id=remote_id,
        parent_id=parent_id,
        root_id=None,
        kind=ItemKind.REPLY if parent_id else ItemKind.POST,
        author=Author(handle="kim.test", display_name="Kim Exempel", remote_id="u1"),
        text=text,
        published_at=datetime(2026, 3, 1, 22, 30, 1, 250000, tzinfo=UTC),
        url=f"https://social.example/{remote_id}",
        public=True,
        own=False,
        raw=None,
    )


def rendered(*thread: PlatformItem, subject: PlatformItem | None = None) -> str:
    return rendering.render(
        thread,
        subject or thread[-1],
        channel_name="Biblioteket",
        platform_label="Bluesky",
        heard_at=HEARD,
        municipality="Exempelby kommun",
    )


class Reader(HTMLParser):
    """Reads a document as a browser would: its tags, its text, its items."""

    def __init__(self, document: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.items: list[tuple[str, str]] = []
        self.text = ""
        self.feed(document)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "li":
            self.items.append((dict(attrs)["class"] or "", ""))

    def handle_data(self, data: str) -> None:
        self.text += data
        if self.items:
            kind, so_far = self.items[-1]
            self.items[-1] = kind, so_far + data


def swedish(msgid: str) -> str:
    with translation.override("sv"):
        return gettext(msgid)


def test_answers_stand_below_what_they_answer_and_are_indented() -> None:
    post, later = item("p", "Inlägg"), item("q", "Nästa inlägg")
    first, second = item("a", "Svar ett", "p"), item("b", "Svar två", "p")
    below = item("c", "Svar på svar", "a")

    read = Reader(rendered(post, later, first, second, below))

    starts = ("Inlägg", "Svar", "Nästa")
    lines = [text.split("\n") for _, text in read.items]
    order = [next(one for one in item if one.startswith(starts)) for item in lines]
    assert order == ["Inlägg", "Svar ett", "Svar på svar", "Svar två", "Nästa inlägg"]
    assert [kind.split()[0] for kind, _ in read.items] == ["d0", "d1", "d2", "d1", "d0"]


def test_only_the_item_in_question_is_marked_and_with_a_word() -> None:
    post, answer = item("p"), item("a", "Svar", "p")

    read = Reader(rendered(post, answer))

    mark = swedish("This is the item in question")
    assert [mark in text for _, text in read.items] == [False, True]
    assert [attrs.get("id") for tag, attrs in read.tags if tag == "li"] == [
        None,
        "subject",
    ]


def test_an_item_outside_the_thread_is_not_rendered() -> None:
    with pytest.raises(rendering.NotInThread):
        rendered(item("p"), subject=item("another"))


def test_it_says_that_it_is_a_rendering_whose_and_of_which_answer() -> None:
    read = Reader(rendered(item("p")))

    note = swedish("Pictures and films are listed, not fetched.")
    assert note in read.text
    assert "Exempelby kommun" in read.text
    assert "2026-03-02 10:00:05+01:00 (CET)" in read.text


def test_times_are_exact_and_name_their_zone_in_summer_and_winter() -> None:
    summer = replace(item("p"), edited_at=datetime(2026, 7, 1, 12, tzinfo=UTC))

    read = Reader(rendered(summer))

    assert "2026-03-01 23:30:01.250000+01:00 (CET)" in read.text
    assert "2026-07-01 14:00:00+02:00 (CEST)" in read.text


def test_author_handle_ids_and_address_are_shown_as_text() -> None:
    read = Reader(rendered(item("at://x/1")))

    for shown in (
        "Kim Exempel",
        "kim.test",
        "u1",
        "at://x/1",
        "https://social.example/at://x/1",
    ):
        assert shown in read.text
    assert not [tag for tag, _ in read.tags if tag == "a"]


def test_an_account_without_a_name_goes_by_its_handle_then_its_id() -> None:
    nameless = replace(
        item("p"), author=Author(handle="kim.test", display_name=" ", remote_id="u1")
    )
    bare = replace(item("p"), author=Author(handle="", display_name="", remote_id="u1"))

    assert rendering.needle(nameless).author == "kim.test"
    assert rendering.needle(bare).author == "u1"


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "</style></title><b>",
        "{{ rows }}{% include 'x' %}",
        "<!-- --><li class='subject'>",
    ],
)
def test_nothing_in_an_answer_becomes_markup(hostile: str) -> None:
    harmless = replace(
        item("p", "text"),
        media=(Media(url="https://x.example", alt="alt", kind="image"),),
    )
    nasty = replace(
        item(hostile, hostile),
        author=Author(handle=hostile, display_name=hostile + "2", remote_id=hostile),
        url=hostile,
        media=(Media(url=hostile, alt=hostile, kind="image"),),
    )

    read = Reader(rendered(nasty))

    assert [tag for tag, _ in read.tags] == [
        t for t, _ in Reader(rendered(harmless)).tags
    ]
    assert read.text.count(hostile) >= 6


def test_nothing_is_fetched_and_the_document_forbids_it() -> None:
    film = replace(
        item("p"),
        media=(Media(url="https://cdn.example/a.mp4", alt="En katt", kind="video"),),
    )

    read = Reader(rendered(film))

    assert not [
        attrs for _, attrs in read.tags if {"src", "href", "srcset"} & attrs.keys()
    ]
    assert not {tag for tag, _ in read.tags} & {
        "script",
        "img",
        "video",
        "iframe",
        "link",
    }
    assert "https://cdn.example/a.mp4" in read.text
    assert "En katt" in read.text
    policy = next(a["content"] for t, a in read.tags if a.get("http-equiv"))
    assert policy is not None
    assert policy.startswith("default-src 'none'")


def test_control_characters_become_signs_and_unseen_ones_are_named() -> None:
    read = Reader(rendered(item("p", "a\0b\x1bc\x85d\u202ee\ud800f")))

    assert "a\ufffdb\ufffdc\ufffdd\u202ee\ufffdf" in read.text
    assert "U+0000 (1)" in read.text
    assert "U+202E RIGHT-TO-LEFT OVERRIDE (1)" in read.text
    rendered(item("p", "\ud800")).encode()


def test_direction_marks_stay_within_their_own_text() -> None:
    read = Reader(rendered(item("p", "שלום \u202eabc")))

    assert [a["dir"] for t, a in read.tags if t == "div" and "dir" in a] == ["auto"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\n\nb", "a\n\nb"),
        ("a\n\n\nb", "a\n¶¶\nb"),
        ("a\n \n\t\n\nb", "a\n¶¶¶\nb"),
        ("a\r\nb\rc", "a\nb\nc"),
    ],
)
def test_empty_lines_cannot_push_the_rest_away(text: str, shown: str) -> None:
    assert rendering.visible(text) == shown


def test_a_text_of_very_many_lines_is_run_on() -> None:
    shown = rendering.visible(".\n" * 4_000)

    assert "\n" not in shown
    assert shown.count("¶") == 4_000


def test_a_long_text_is_whole() -> None:
    text = "ord " * 25_000

    assert text in Reader(rendered(item("p", text))).text


def test_items_that_answer_each_other_in_a_ring_are_shown_once() -> None:
    read = Reader(rendered(item("a", "A", "b"), item("b", "B", "a"), item("p")))

    assert len(read.items) == 3


def test_a_thread_a_thousand_answers_deep_is_rendered() -> None:
    chain = [
        item("0"),
        *(item(str(n), f"svar {n}", str(n - 1)) for n in range(1, 1000)),
    ]

    assert len(Reader(rendered(*chain)).items) == 1000


def test_an_answer_to_something_outside_the_thread_says_so() -> None:
    read = Reader(rendered(item("a", "Svar", "borta")))

    assert "borta" in read.text
    assert swedish("not in the platform's answer") in read.text


@pytest.fixture(scope="module")
def camera() -> Iterator[Camera]:
    with Camera() as camera:
        yield camera


@pytest.mark.browser
@pytest.mark.parametrize(
    "text",
    [
        "Varför är biblioteket\n\nstängt på lördagar?",
        "👍🏽👩‍💻❤️",
        "a\0b\x1bc\x85d\ud800f",
        "שלום \u202eabc\u202c مرحبا",
        "Z" + "\u0335\u0336\u0337\u0338" * 200 + " algo",
        "ord " * 25_000,
        "字" * 100_000,
        ".\n" * 5_000,
        "\n" * 9_999 + "slut",
        "<b>inte fet</b> &amp; {{ rå }}",
        "",
        "\u200b",
    ],
    ids=str.__len__,
)
def test_whatever_was_written_can_be_pictured_as_evidence(
    camera: Camera, text: str
) -> None:
    subject = item("a", text, "p")

    picture = camera.photograph_html(
        rendered(item("p"), subject, item("b", "Efteråt", "p"), subject=subject),
        rendering.needle(subject),
        clock=lambda: HEARD,
    )

    assert swedish("This is the item in question") in picture.text


@pytest.mark.browser
def test_the_last_answer_of_a_long_thread_is_in_the_picture(camera: Camera) -> None:
    thread = [item("0"), *(item(str(n), f"Svar {n}", "0") for n in range(1, 400))]

    picture = camera.photograph_html(
        rendered(*thread), rendering.needle(thread[-1]), clock=lambda: HEARD
    )

    assert picture.top > 0
    assert picture.top + picture.height == picture.page_height
