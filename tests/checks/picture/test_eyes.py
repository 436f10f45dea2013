"""The models see what is drawn for them, on this machine and without a connection."""

import socket

import pytest

from tests.drawing import lettered, peopled, plain
from tests.models import needs_eyes
from uppsikt.checks import picture
from uppsikt.checks.picture import Eye, Seen, eyes

NUMBER = "19811218-9876"


@needs_eyes
def test_text_in_a_picture_is_read_with_its_swedish_letters() -> None:
    seen = picture.look(lettered("Min granne bor på Ågatan 3", f"och har {NUMBER}"))
    assert seen.words == f"Min granne bor på Ågatan 3\noch har {NUMBER}"
    assert seen.faces == 0
    assert seen.naked is False


@needs_eyes
@pytest.mark.parametrize("count", [1, 3])
def test_faces_are_counted(count: int) -> None:
    assert picture.look(peopled(count)).faces == count


@needs_eyes
def test_an_empty_picture_shows_nothing() -> None:
    for data in (plain(), plain(1, 1), plain(4000, 10)):
        assert picture.look(data) == Seen(
            position=False, words="", faces=0, naked=False
        )


@needs_eyes
def test_nothing_is_fetched_to_look(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[object] = []
    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(
            f"socket.socket.{name}", lambda _, *there: tried.append(there)
        )
    monkeypatch.setattr(socket, "getaddrinfo", lambda *there, **_: tried.append(there))
    for model in (eyes._reader, eyes._finder, eyes._watcher):
        model.cache_clear()

    picture.look(lettered("Välkommen"))

    assert tried == []


@pytest.mark.parametrize(
    ("name", "sure", "bare"),
    [
        ("FEMALE_BREAST_EXPOSED", 0.41, True),
        ("FEMALE_BREAST_EXPOSED", 0.29, False),
        ("FEMALE_BREAST_COVERED", 0.9, False),
        ("FACE_FEMALE", 0.9, False),
        ("MALE_BREAST_EXPOSED", 0.9, False),
        ("BUTTOCKS_EXPOSED", 0.5, True),
    ],
)
def test_only_what_is_surely_bare_counts(
    name: str,
    sure: float,
    bare: bool,  # noqa: FBT001 (an example)
) -> None:
    assert eyes.shows_naked([{"class": name, "score": sure}]) is bare


def test_without_its_model_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(eyes, "is_installed", lambda _: False)
    assert picture.look(peopled(1)) == Seen(position=False)


def test_a_model_that_cannot_start_is_as_if_it_were_not_there(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_: object) -> int:
        raise ImportError("libGL.so.1")

    monkeypatch.setattr(eyes, "is_installed", lambda eye: eye is Eye.FACES)
    monkeypatch.setattr(eyes, "faces", broken)

    assert picture.look(plain()) == Seen(position=False)
    assert "libGL" in caplog.text
