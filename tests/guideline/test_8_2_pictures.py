"""Section 8: pictures of our own are answered for before they are published."""

from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.conftest import SignedIn
from tests.drawing import lettered, peopled, placed
from tests.models import needs_eyes
from uppsikt.channels.models import Channel
from uppsikt.checks.picture import eyes, has_position
from uppsikt.governance import moves
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import User
from uppsikt.publishing import pictures, work
from uppsikt.publishing.models import OwnPicture
from uppsikt.publishing.pictures import Answers
from uppsikt.records import media, vault
from uppsikt.records.models import Entry

pytestmark = pytest.mark.django_db
Basis, Words = OwnPicture.Basis, OwnPicture.Words
NOBODY = Answers(Basis.NOBODY, Words.NONE)
SHOWS = "Barn läser i biblioteket"


@pytest.fixture
def own(library_channel: Channel, anna: Actor, monday: datetime) -> OwnPicture:
    return pictures.bring(library_channel, placed(), SHOWS, actor=anna, at=monday)


@pytest.fixture
def blind(monkeypatch: pytest.MonkeyPatch) -> None:
    """No model is installed."""
    monkeypatch.setattr(eyes, "is_installed", lambda _: False)


def text(browser: Client, address: str) -> str:
    return browser.get(address).content.decode()


def test_a_picture_of_somebody_is_not_taken_out_before_its_legal_basis_is_given(
    own: OwnPicture,
    anna: Actor,
    anna_user: User,
    signed_in: SignedIn,
    monday: datetime,
) -> None:
    browser, address = signed_in(anna_user), f"/bilder/{own.pk}/hamta/"
    assert browser.get(address).status_code == 302
    with pytest.raises(pictures.NoReference):
        answers = Answers(Basis.CONTRACT, Words.NONE, reference=" ")
        pictures.clear(own, answers, actor=anna, at=monday)

    answers = Answers(Basis.CONTRACT, Words.NONE, reference="Avtal 7")
    pictures.clear(own, answers, actor=anna, at=monday)

    taken = browser.get(address)
    assert taken.status_code == 200
    assert "attachment" in taken["Content-Disposition"]
    assert Entry.objects.filter(act="picture.clear", subject=own.subject).count() == 1


def test_the_place_where_it_was_taken_never_comes_further_than_the_door(
    own: OwnPicture, anna_user: User, signed_in: SignedIn
) -> None:
    assert own.had_position
    assert not has_position(vault.open_(own.blob))
    assert "Filen talade om var bilden är tagen" in text(
        signed_in(anna_user), f"/bilder/{own.pk}/"
    )


@pytest.mark.usefixtures("blind")
def test_where_no_program_looks_the_page_asks_the_person_to(
    own: OwnPicture, anna_user: User, signed_in: SignedIn, monday: datetime
) -> None:
    work.read(monday)
    shown = text(signed_in(anna_user), f"/bilder/{own.pk}/")
    assert "Inget program har letat efter detta" in shown
    assert "Går någon att känna igen?" in shown
    assert "Går det att läsa personuppgifter i bilden?" in shown


def test_it_is_brought_answered_and_weeded_on_its_page(
    library_channel: Channel, anna_user: User, signed_in: SignedIn
) -> None:
    browser = signed_in(anna_user)
    file = SimpleUploadedFile("bild.jpg", placed(), "image/jpeg")
    data = {"channel": library_channel.pk, "picture": file, "shows": SHOWS}
    there = browser.post("/bilder/ny/", data)["Location"]
    assert SHOWS in text(browser, "/bilder/")

    half = {"basis": "consent", "words": "none", "no_data": "on", "decent": "on"}
    assert browser.post(f"{there}svara/", half).status_code == 422
    assert browser.post(f"{there}svara/", {"basis": "nobody"}).status_code == 422
    answered = browser.post(f"{there}svara/", half | {"reference": "Blankett 3"})
    assert answered.status_code == 302
    assert "Får publiceras" in text(browser, there)
    assert SHOWS in text(browser, "/bilder/?flik=klara")

    assert browser.post(f"{there}rensa/").status_code == 302
    assert browser.get(there).status_code == 404
    with pytest.raises(vault.Disposed):
        vault.open_(OwnPicture.objects.get().blob)


def test_what_is_no_picture_is_refused_in_words(
    library_channel: Channel, anna_user: User, signed_in: SignedIn
) -> None:
    file = SimpleUploadedFile("bild.jpg", b"<script>", "image/jpeg")
    data = {"channel": library_channel.pk, "picture": file, "shows": SHOWS}
    answer = signed_in(anna_user).post("/bilder/ny/", data)
    assert answer.status_code == 422
    assert not OwnPicture.objects.exists()


def test_who_does_not_publish_in_the_channel_brings_and_answers_nothing(
    own: OwnPicture, library_channel: Channel, rut: Actor, monday: datetime
) -> None:
    with pytest.raises(moves.NotYours):
        pictures.bring(library_channel, placed(), SHOWS, actor=rut, at=monday)
    with pytest.raises(moves.NotYours):
        pictures.clear(own, NOBODY, actor=rut, at=monday)
    with pytest.raises(moves.NotYours):
        pictures.weed(own, actor=rut, at=monday)


def test_a_weeded_picture_is_neither_answered_for_nor_weeded_again(
    own: OwnPicture, anna: Actor, monday: datetime
) -> None:
    pictures.weed(own, actor=anna, at=monday)
    with pytest.raises(moves.TooLate):
        pictures.clear(own, NOBODY, actor=anna, at=monday)
    with pytest.raises(moves.TooLate):
        pictures.weed(own, actor=anna, at=monday)
    assert work.read(monday) == 0


def test_only_pictures_are_taken(
    library_channel: Channel, anna: Actor, monday: datetime
) -> None:
    with pytest.raises(media.NotWhatItSays):
        pictures.bring(library_channel, b"%PDF-1.4", SHOWS, actor=anna, at=monday)


@needs_eyes
def test_faces_and_personal_data_in_a_picture_are_told_before_anybody_answers(
    library_channel: Channel,
    anna: Actor,
    anna_user: User,
    signed_in: SignedIn,
    monday: datetime,
) -> None:
    browser, found = signed_in(anna_user), []
    for data in (lettered("Ring Kim, 19811218-9876"), peopled(2)):
        own = pictures.bring(library_channel, data, SHOWS, actor=anna, at=monday)
        work.read(monday)
        found.append(text(browser, f"/bilder/{own.pk}/"))

    assert "Det finns text i bilden." in found[0]
    assert "Ansikten som syns: 2." in found[1]
