"""A kept picture is looked at once, and what was seen goes with the bytes."""

from datetime import datetime

import pytest

from tests.drawing import lettered, opened, peopled, placed, plain
from tests.models import needs_eyes
from uppsikt.checks.picture import Eye, eyes
from uppsikt.records import looking, vault
from uppsikt.records.models import Blob, PictureReading

pytestmark = pytest.mark.django_db


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """No model is installed."""
    monkeypatch.setattr(eyes, "is_installed", lambda _: False)


def kept(data: bytes, at: datetime, *, restricted: bool = False) -> Blob:
    kind = "image/jpeg" if data.startswith(b"\xff") else "image/png"
    return vault.keep(data, kind, at=at, restricted=restricted)


def again(blob: Blob) -> Blob:
    return Blob.objects.select_related("reading").get(pk=blob.pk)


def said(blob: Blob) -> list[str]:
    signs = looking.signs(again(blob))
    return [str(one) for one in (*signs.found, *signs.to_see)]


@pytest.mark.usefixtures("bare")
def test_without_models_the_place_is_told_and_the_rest_is_asked(
    monday: datetime,
) -> None:
    blob = kept(placed(), monday)
    assert list(looking.unread()) == [blob]

    assert looking.look(blob, at=monday)

    assert said(blob) == [
        "The file says where the picture was taken.",
        "Can personal data be read in the picture?",
        "Can anybody be recognised? Then there must be a legal basis for it.",
        "Is anybody undressed?",
    ]
    assert not looking.look(blob, at=monday)
    assert not looking.unread()


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize("way", ["lock", "dispose"])
def test_what_was_seen_is_forgotten_with_the_bytes(monday: datetime, way: str) -> None:
    blob = kept(placed(), monday)
    looking.look(blob, at=monday)
    if way == "lock":
        vault.restrict(again(blob))
    else:
        vault.dispose(again(blob), under="beslut", at=monday)

    assert not PictureReading.objects.exists()
    assert not looking.unread()
    # Even where somebody has it in hand already.
    assert not looking.look(blob, at=monday)
    assert not PictureReading.objects.exclude(read_at=None).exists()


@pytest.mark.usefixtures("bare")
def test_a_picture_that_is_passed_over_is_never_looked_at(monday: datetime) -> None:
    blob = kept(placed(), monday)
    looking.pass_over(blob, at=monday)
    assert not looking.unread()
    assert not looking.look(blob, at=monday)


def test_a_picture_is_looked_at_anew_when_a_model_has_come(
    monday: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(eyes, "is_installed", lambda _: False)
    blob = kept(plain(), monday)
    looking.look(blob, at=monday)
    monkeypatch.setattr(eyes, "is_installed", lambda eye: eye is Eye.FACES)
    monkeypatch.setattr(eyes, "faces", lambda _: 2)
    assert list(looking.unread()) == [blob]

    assert looking.look(blob, at=monday)

    words = "Faces that are seen: 2. Showing them takes a legal basis."
    assert words in said(blob)
    assert not looking.unread()


def test_what_shows_somebody_undressed_is_covered(
    monday: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(eyes, "is_installed", lambda eye: eye is Eye.NAKED)
    monkeypatch.setattr(eyes, "naked", lambda _: True)
    blob = kept(plain(), monday)
    assert looking.signs(again(blob)).covered  # nobody knows yet
    assert looking.signs(again(blob)).waiting

    looking.look(blob, at=monday)

    assert looking.signs(again(blob)).covered
    monkeypatch.setattr(eyes, "naked", lambda _: False)
    other = kept(plain(9, 9), monday)
    looking.look(other, at=monday)
    assert not looking.signs(again(other)).covered


def test_a_covered_picture_keeps_nothing_to_recognise() -> None:
    drawn = looking.blurred(lettered("Hemligt"))
    shades = picture_shades(drawn)
    assert shades < picture_shades(lettered("Hemligt")) / 2


def picture_shades(data: bytes) -> int:
    """How far the darkest and the lightest part lie from each other."""
    there = [
        n for n, count in enumerate(opened(data).convert("L").histogram()) if count
    ]
    return there[-1] - there[0]


@needs_eyes
def test_personal_data_in_a_picture_and_faces_are_told_and_not_kept(
    monday: datetime,
) -> None:
    letter = kept(lettered("Ring Kim, 19811218-9876"), monday)
    group = kept(peopled(2), monday)
    for blob in (letter, group):
        assert looking.look(blob, at=monday)

    assert "There is text in the picture." in said(letter)
    assert any("identity number" in one for one in said(letter))
    assert "9876" not in str(PictureReading.objects.values())
    assert "Faces that are seen: 2. Showing them takes a legal basis." in said(group)
