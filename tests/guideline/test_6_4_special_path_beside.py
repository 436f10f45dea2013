"""The special path beside other things: its thread, its texts, its copies (D-7).

A neighbour's removal never copies what is locked, nothing more is said of it, and it
can be hidden at once with nothing kept.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.moderation.town import (
    TEXT,
    Bluesky,
    Lens,
    arrives,
    comment,
    condemned,
    png,
    removed,
    work_through,
)
from uppsikt.channels.models import Channel
from uppsikt.governance import moves
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import User
from uppsikt.inbox import actions as inbox
from uppsikt.inbox import by_hand
from uppsikt.inbox import known as inbox_known
from uppsikt.inbox.models import Item
from uppsikt.moderation import actions, exporting, hiding, known, preserving
from uppsikt.moderation.models import Case, Evidence, EvidenceFile
from uppsikt.platforms import Author, Media, PlatformItem, SeenState
from uppsikt.policy import facts as f
from uppsikt.records import ledger, media, vault
from uppsikt.records.models import Blob, Package
from uppsikt.sending.models import Outgoing

NOTE = "Sett kl. 09.10 av Anna. Polisen kontaktad."
SECRET = "Det som ingen får spara"
SignedIn = Callable[[User], Client]


@pytest.fixture
def neighbour(
    insult: Item, connected: Channel, bluesky: Bluesky, monday: datetime
) -> Item:
    """Another comment in the thread of the insult: the one that becomes special."""
    told = comment("reply-2", monday, text=SECRET)
    bluesky.items["reply-2"] = told
    bluesky.states["reply-2"] = SeenState.VISIBLE
    return arrives(connected, told, monday)


@pytest.fixture
def talkative(bluesky: Bluesky, monkeypatch: pytest.MonkeyPatch) -> Bluesky:
    """The platform, answering with the whole thread as a real one does."""

    def thread(remote_id: str) -> tuple[PlatformItem, ...]:
        bluesky.asked.append("thread")
        return tuple(bluesky.items.values())

    monkeypatch.setattr(bluesky, "thread", thread)
    return bluesky


@pytest.fixture
def special(neighbour: Item, anna: Actor, monday: datetime) -> Case:
    return actions.open_special(
        neighbour.channel, NOTE, neighbour, actor=anna, at=monday
    )


def test_beside_a_special_case_neither_page_nor_thread_is_opened_and_one_item_is_kept(
    insult: Item,
    special: Case,
    anna: Actor,
    lens: Lens,
    talkative: Bluesky,
    monday: datetime,
) -> None:
    lens.page = None
    case = removed(insult, anna, monday)

    assert lens.asked == []
    assert "thread" not in talkative.asked
    assert TEXT in lens.html
    assert SECRET not in lens.html
    assert "post-1" not in lens.html
    kept = [vault.open_(x.blob) for x in EvidenceFile.objects.all()]
    assert not [data for data in kept if SECRET.encode() in data]
    before = Evidence.objects.get(case=case, moment="before")
    assert before.method == "rendering"
    assert not before.files.filter(part="raw").exists()
    after = Evidence.objects.get(case=case, moment="after").files.get()
    assert vault.open_(after.blob) == b'{\n "state": "hidden"\n}'


def test_a_special_case_without_an_item_closes_the_channels_pages_while_it_is_open(
    insult: Item, anna: Actor, lens: Lens, monday: datetime
) -> None:
    lens.page = None
    special = actions.open_special(insult.channel, NOTE, None, actor=anna, at=monday)
    case = condemned(insult, anna, monday)
    preserving.capture(case, lambda: monday)
    assert lens.asked == []

    actions.close_special(special, why="Polisen har tagit över", actor=anna, at=monday)
    preserving.capture(case, lambda: monday)
    assert lens.asked == [insult.url]


def test_a_page_pictured_while_the_path_was_chosen_for_a_neighbour_is_not_kept(
    insult: Item,
    neighbour: Item,
    anna: Actor,
    lens: Lens,
    monday: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lens.page = None
    case = condemned(insult, anna, monday)
    taken = lens.photograph

    def late(*args: object, **kw: object) -> object:
        channel = neighbour.channel
        actions.open_special(channel, NOTE, neighbour, actor=anna, at=monday)
        return taken(*args, **kw)  # type: ignore[arg-type]

    monkeypatch.setattr(lens, "photograph", late)
    stored = Blob.objects.count()
    work_through(monday)
    assert Blob.objects.count() == stored
    assert not Evidence.objects.exists()

    work_through(monday + timedelta(hours=1))
    case.refresh_from_db()
    assert case.status == "removed"
    assert Evidence.objects.get(case=case, moment="before").method == "rendering"


def test_what_was_kept_of_the_thread_before_is_locked_and_handed_out_to_nobody(
    insult: Item,
    neighbour: Item,
    anna: Actor,
    anna_user: User,
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
    browser = signed_in(anna_user)
    assert [browser.get(url).status_code for url in urls] == [200, 200]

    actions.open_special(neighbour.channel, NOTE, neighbour, actor=anna, at=monday)

    assert [browser.get(url).status_code for url in urls] == [404, 404]
    assert not EvidenceFile.objects.filter(blob__restricted=False).exists()
    assert Package.objects.get(pk=package.pk).blob.restricted
    ledger.sequence(monday)
    later = exporting.pack_case(case, actor=anna, at=monday + timedelta(hours=1))
    again = browser.get(reverse("package", args=[later.pk]))
    assert again.status_code == 200
    names = ZipFile(BytesIO(again.content)).namelist()
    assert not [n for n in names if n.endswith((".png", ".pdf", ".html"))]
    page = browser.get(reverse("case", args=[case.pk])).content.decode()
    assert urls[0] not in page


def test_a_person_is_told_in_words_not_to_open_the_thread(
    insult: Item,
    special: Case,
    anna: Actor,
    anna_user: User,
    signed_in: SignedIn,
    monday: datetime,
) -> None:
    case = condemned(insult, anna, monday)
    page = signed_in(anna_user).get(reverse("case", args=[case.pk])).content.decode()
    warning = page.index("Öppna inte tråden")
    assert warning < page.index('type="file"')


def test_texts_that_wait_about_it_are_stopped(
    insult: Item,
    anna: Actor,
    rut: Actor,
    monday: datetime,
) -> None:
    text = "Hej!\n\nAnna, bibliotekarie, Biblioteket"
    ordered = inbox.answer(insult, text, actor=anna, at=monday)
    assert ordered.status == "ordered"

    actions.open_special(insult.channel, NOTE, insult, actor=rut, at=monday)

    ordered.refresh_from_db()
    assert (ordered.status, ordered.next_try_at) == ("stopped", None)
    insult.refresh_from_db()
    with pytest.raises(moves.TooLate):
        inbox.answer(insult, text, actor=anna, at=monday)


@pytest.mark.parametrize("status", ["awaiting", "by_hand", "failed"])
def test_whatever_waits_about_it_goes_out_no_more(
    insult: Item, anna: Actor, monday: datetime, status: str
) -> None:
    text = "Hej!\n\nAnna, bibliotekarie, Biblioteket"
    waiting = inbox.answer(insult, text, actor=anna, at=monday)
    Outgoing.objects.filter(pk=waiting.pk).update(status=status)
    actions.open_special(insult.channel, NOTE, insult, actor=anna, at=monday)
    waiting.refresh_from_db()
    assert waiting.status == "stopped"


def test_approvals_never_show_its_text(
    insult: Item,
    anna: Actor,
    anna_user: User,
    signed_in: SignedIn,
    monday: datetime,
) -> None:
    text = "Hej!\n\nAnna, bibliotekarie, Biblioteket"
    waiting = inbox.answer(insult, text, actor=anna, at=monday)
    Outgoing.objects.filter(pk=waiting.pk).update(status="awaiting")
    browser = signed_in(anna_user)
    assert TEXT in browser.get(reverse("approvals")).content.decode()
    Item.objects.filter(pk=insult.pk).update(secluded=True)
    assert TEXT not in browser.get(reverse("approvals")).content.decode()
    approve = reverse("outgoing-approve", args=[waiting.pk])
    assert browser.post(approve).status_code == 404


def test_it_is_no_late_answer_but_a_late_removal_until_it_is_hidden(
    insult: Item, anna: Actor, monday: datetime
) -> None:
    late = monday + timedelta(days=30)
    channel = insult.channel

    def seen() -> tuple[object, object]:
        answers = inbox_known.of([channel], at=late)[channel.pk]
        cases = known.of_channels([channel], at=late)[channel.pk]
        values = {s.fact: s.value for s in [*answers, *cases]}
        return values[f.FULL_OVERDUE], values[f.REMOVALS_OVERDUE]

    assert seen() == (1, 0)
    case = actions.open_special(channel, NOTE, insult, actor=anna, at=monday)
    assert seen() == (0, 1)
    hiding.hidden_by_hand(case, actor=anna, at=monday)
    assert seen() == (0, 0)


def test_packages_raw_answers_and_addresses_of_pictures_are_locked_too(
    connected: Channel,
    bluesky: Bluesky,
    lens: Lens,
    anna: Actor,
    monday: datetime,
) -> None:
    shot = Media(kind="image", url="https://bilder.example/1.jpg", alt="")
    told = comment("reply-9", monday, media=(shot,))
    bluesky.items["reply-9"] = told
    bluesky.states["reply-9"] = SeenState.VISIBLE
    item = arrives(connected, told, monday)
    case = removed(item, anna, monday)
    ledger.sequence(monday)
    package = exporting.pack_case(case, actor=anna, at=monday)
    version = item.versions.get()
    assert version.media[0]["url"] == shot.url
    before = vault.open_(version.raw)

    actions.seclude(case, NOTE, actor=anna, at=monday)

    version = item.versions.select_related("raw").get()
    assert version.media == []
    assert version.raw.restricted
    assert before not in (bytes(version.raw.data or b""), b"")
    assert vault.open_(version.raw) == before
    package.blob.refresh_from_db()
    assert package.blob.restricted


def test_what_a_person_enters_again_is_refused_before_a_picture_is_looked_at(
    insult: Item,
    anna: Actor,
    monday: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    actions.open_special(insult.channel, NOTE, insult, actor=anna, at=monday)
    looked = []
    monkeypatch.setattr(media, "checked", lambda *a: looked.append(a))
    told = by_hand.Told("Ny text", "Kim", monday, url=insult.url, picture=png())
    stored = Blob.objects.count()
    with pytest.raises(by_hand.SealedOff):
        inbox.enter(insult.channel, told, actor=anna, at=monday)
    assert looked == []
    assert Blob.objects.count() == stored


def test_the_special_path_stands_before_every_control_that_takes_a_file(
    insult: Item,
    anna: Actor,
    anna_user: User,
    signed_in: SignedIn,
    monday: datetime,
) -> None:
    case = condemned(insult, anna, monday)
    pages = {reverse("case", args=[case.pk]): reverse("case-seclude", args=[case.pk])}
    browser = signed_in(anna_user)
    pages[reverse("item-new")] = reverse("case-new-special")
    for url, path in pages.items():
        page = browser.get(url).content.decode()
        assert page.index(f'href="{path}"') < page.index('type="file"')
    Case.objects.filter(pk=case.pk).update(measure="by_hand")
    work_through(monday)
    page = browser.get(reverse("case", args=[case.pk])).content.decode()
    path = reverse("case-seclude", args=[case.pk])
    assert page.index(f'href="{path}"') < page.index('type="file"')


def test_a_thread_is_told_by_its_first_post_too(
    connected: Channel,
    bluesky: Bluesky,
    lens: Lens,
    anna: Actor,
    monday: datetime,
) -> None:
    us = Author(handle="vi.test", display_name="Vi", remote_id="did:vi")
    top = replace(
        comment("post-1", monday), parent_id=None, root_id=None, own=True, author=us
    )
    post = arrives(connected, top, monday)
    told = comment("reply-3", monday)
    bluesky.items["reply-3"] = told
    reply = arrives(connected, told, monday)
    actions.open_special(connected, NOTE, post, actor=anna, at=monday)
    lens.page = None
    preserving.capture(condemned(reply, anna, monday), lambda: monday)
    assert lens.asked == []


def picture() -> SimpleUploadedFile:
    """Return a screenshot as a browser sends it."""
    return SimpleUploadedFile("bild.png", png(), "image/png")


def test_the_page_for_entering_by_hand_says_why_it_refuses(
    insult: Item,
    anna: Actor,
    anna_user: User,
    signed_in: SignedIn,
    monday: datetime,
) -> None:
    actions.open_special(insult.channel, NOTE, insult, actor=anna, at=monday)
    told = {
        "channel": insult.channel_id,
        "kind": "reply",
        "text": "Ny",
        "author": "Kim",
        "published_at": "2026-03-01T10:00",
        "url": insult.url,
        "picture": picture(),
    }
    answer = signed_in(anna_user).post(reverse("item-new"), told)
    assert answer.status_code == 422
    assert "särskilt ärende" in answer.content.decode()
