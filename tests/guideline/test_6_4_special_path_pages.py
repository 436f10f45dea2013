"""The pages of the special path: words, telephone numbers, no way to send a file.

Every address that takes or hands out something is tried, and answers that it is not
there (requirements 3.4).
"""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.moderation.town import (
    TEXT,
    arrives,
    comment,
    png,
    removed,
)
from uppsikt.channels.models import Channel
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import User
from uppsikt.inbox.models import Item
from uppsikt.moderation import actions, exporting
from uppsikt.moderation.models import Case, Evidence, EvidenceFile
from uppsikt.records import ledger
from uppsikt.records.models import Blob, SearchDocument

NOTE = "Sett kl. 09.10 av Anna. Polisen kontaktad."
SignedIn = Callable[[User], Client]


@pytest.fixture
def special(insult: Item, anna: Actor, monday: datetime) -> Case:
    return actions.open_special(insult.channel, NOTE, insult, actor=anna, at=monday)


def test_lists_say_special_case_and_nothing_more(
    special: Case,
    anna_user: User,
    signed_in: SignedIn,
) -> None:
    browser = signed_in(anna_user)
    for page in (reverse("cases"), reverse("registrations"), reverse("home")):
        shown = browser.get(page).content.decode()
        assert TEXT not in shown
        assert "kim.test" not in shown
        assert "bsky.example" not in shown
        assert NOTE not in shown


def test_its_own_page_has_no_file_field_no_picture_and_no_address(
    special: Case,
    insult: Item,
    anna_user: User,
    signed_in: SignedIn,
) -> None:
    browser = signed_in(anna_user)
    pages = [
        reverse("case", args=[special.pk]),
        reverse("case-new-special"),
    ]
    for page in pages:
        shown = browser.get(page).content.decode()
        assert 'type="file"' not in shown
        assert "<img" not in shown
        assert TEXT not in shown
        assert insult.url not in shown
        assert "114 14" in shown


def test_the_way_to_it_shows_instructions_before_anything_else(
    insult: Item,
    anna_user: User,
    signed_in: SignedIn,
) -> None:
    browser = signed_in(anna_user)
    first = browser.get(reverse("case-new"), {"item": insult.pk}).content.decode()
    special_url = f"{reverse('case-new-special')}?item={insult.pk}"
    assert first.index(special_url) < first.index('type="radio"')
    assert 'type="file"' not in first
    assert "<img" not in first

    page = browser.get(special_url).content.decode()
    assert 'type="file"' not in page
    assert insult.url not in page
    assert TEXT not in page
    assert page.index('href="tel:112"') < page.index("<textarea")

    answer = browser.post(special_url, {"note": NOTE, "file": _file()})
    case = Case.objects.get(item=insult)
    assert answer.headers["Location"] == reverse("case", args=[case.pk])
    assert not Evidence.objects.exists()


def _file() -> SimpleUploadedFile:
    return SimpleUploadedFile("bild.png", png(), "image/png")


@pytest.fixture
def addresses(special: Case) -> list[tuple[str, dict[str, object]]]:
    pk = special.pk
    return [
        (reverse("case-decide", args=[pk]), {"ground": "threat", "measure": "hide"}),
        (reverse("case-notify", args=[pk]), {"text": "Hej"}),
        (reverse("case-cannot-notify", args=[pk]), {"why": "Nej"}),
        (reverse("case-report", args=[pk]), {"to": "police", "made": "yes"}),
        (reverse("case-upload", args=[pk]), {"picture": _file()}),
        (reverse("case-prove", args=[pk]), {"second": _file()}),
        (reverse("case-package", args=[pk]), {}),
    ]


def test_every_address_that_takes_or_gives_something_answers_that_it_is_not_there(
    special: Case,
    addresses: list[tuple[str, dict[str, object]]],
    anna_user: User,
    signed_in: SignedIn,
) -> None:
    browser = signed_in(anna_user)
    stored = Blob.objects.count()
    for url, told in addresses:
        assert browser.post(url, told).status_code == 404, url
    assert Blob.objects.count() == stored


def test_evidence_and_package_from_before_are_not_there_for_anybody(
    insult: Item,
    anna: Actor,
    anna_user: User,
    rut_user: User,
    signed_in: SignedIn,
    monday: datetime,
) -> None:
    case = removed(insult, anna, monday)
    ledger.sequence(monday)
    package = exporting.pack_case(case, actor=anna, at=monday)
    file = EvidenceFile.objects.filter(evidence__case=case)[0]
    urls = [
        reverse("evidence-file", args=[file.pk]),
        reverse("package", args=[package.pk]),
    ]
    for url in urls:
        assert signed_in(anna_user).get(url).status_code == 200

    actions.seclude(case, NOTE, actor=anna, at=monday)
    for user in (anna_user, rut_user):
        for url in urls:
            assert signed_in(user).get(url).status_code == 404


def test_the_item_is_not_to_be_found_in_the_inbox(
    special: Case,
    insult: Item,
    anna_user: User,
    signed_in: SignedIn,
) -> None:
    browser = signed_in(anna_user)
    assert browser.get(reverse("case-new"), {"item": insult.pk}).status_code == 404


def test_what_the_platform_tells_of_it_later_is_not_stored(
    special: Case,
    insult: Item,
    connected: Channel,
    monday: datetime,
) -> None:
    later = monday + timedelta(hours=1)
    arrives(connected, comment("reply-1", monday, text="Ny text"), later)
    assert insult.versions.count() == 1
    assert not SearchDocument.objects.filter(subject=insult.subject).exists()
