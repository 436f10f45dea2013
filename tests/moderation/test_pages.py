"""The pages of moderation, as a browser without JavaScript meets them."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.moderation.town import (
    TEXT,
    Bluesky,
    Lens,
    condemned,
    png,
    removed,
    work_through,
)
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import User
from uppsikt.inbox.models import Item
from uppsikt.moderation import actions
from uppsikt.moderation.models import Case, Evidence, EvidenceFile, Report
from uppsikt.policy.words import Message
from uppsikt.records import ledger, vault
from uppsikt.records.models import Entry, Package
from uppsikt.records.picture import NotInPicture
from uppsikt.sending.models import Outgoing

SignedIn = Callable[[User], Client]


@pytest.fixture
def annas(anna: Actor, anna_user: User, signed_in: SignedIn) -> Client:
    return signed_in(anna_user)


@pytest.fixture
def ruts(rut_user: User, signed_in: SignedIn) -> Client:
    return signed_in(rut_user)


def picture(name: str = "bild.png", data: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, png() if data is None else data, "image/png")


def of(case: Case, name: str = "case") -> str:
    return reverse(name, args=[case.pk])


def test_a_case_is_opened_by_choosing_a_ground_and_decided_on_its_page(
    insult: Item, annas: Client, monday: datetime
) -> None:
    new = f"{reverse('case-new')}?item={insult.pk}"
    now = timezone.localtime().strftime("%Y-%m-%dT%H:%M")
    found = {"through": "round", "knowledge_at": now}
    assert annas.post(new, found).status_code == 422
    answer = annas.post(new, {**found, "ground": "tone"})
    case = Case.objects.get(item=insult)
    assert answer.headers["Location"] == f"{of(case)}?grund=tone#decide"

    page = annas.get(f"{of(case)}?grund=tone").content.decode()
    assert 'name="motive"' in page
    assert 'type="file"' not in page
    told = {"ground": "tone", "measure": "hide", "motive": "Hånfull", "milder": "Nej"}
    missing = annas.post(of(case, "case-decide"), {**told, "motive": ""})
    assert missing.status_code == 422
    annas.post(of(case, "case-decide"), told)
    case.refresh_from_db()
    assert (case.status, case.milder) == ("condemned", "Nej")


def test_the_text_is_covered_until_it_is_asked_for_and_nothing_loads_by_itself(
    insult: Item, anna: Actor, annas: Client, monday: datetime
) -> None:
    case = condemned(insult, anna, monday)
    assert TEXT not in annas.get(reverse("cases")).content.decode()
    page = annas.get(of(case)).content.decode()
    before = page[: page.index(TEXT)]
    assert before.rindex("<details") > before.rfind("</details>")
    assert "<img" not in page


def test_the_queue_has_the_most_urgent_first_and_an_empty_one_says_so(
    insult: Item, anna: Actor, annas: Client, monday: datetime
) -> None:
    empty = annas.get(reverse("cases")).content.decode()
    assert 'class="empty"' in empty
    case = condemned(insult, anna, monday)
    for tab in ("mina", "alla"):
        page = annas.get(reverse("cases"), {"flik": tab}).content.decode()
        assert of(case) in page
        assert 'data-due="late"' in page
    ended = annas.get(reverse("cases"), {"flik": "avslutade"}).content.decode()
    assert of(case) not in ended


def test_a_stopped_picture_says_why_and_takes_a_persons_own(
    insult: Item, anna: Actor, annas: Client, lens: Lens, monday: datetime
) -> None:
    lens.page = NotInPicture(Message("Kommentaren syns inte."))
    case = condemned(insult, anna, monday)
    work_through(monday)
    page = annas.get(of(case)).content.decode()
    assert "Kommentaren syns inte." in page
    assert 'type="file"' in page

    lie = annas.post(of(case, "case-upload"), {"picture": picture(data=b"MZ ej bild")})
    assert lie.status_code == 422
    assert not Evidence.objects.exists()
    annas.post(of(case, "case-upload"), {"picture": picture()})
    assert Evidence.objects.get(case=case).method == "upload"


def test_the_program_is_asked_to_try_the_picture_again(
    insult: Item, anna: Actor, annas: Client, lens: Lens, monday: datetime
) -> None:
    lens.page = NotInPicture(Message("Kommentaren syns inte."))
    case = condemned(insult, anna, monday)
    work_through(monday)
    annas.post(reverse("case-move", args=[case.pk, "fotografera"]))
    case.refresh_from_db()
    assert case.next_try_at
    assert case.problem == ""


def test_the_author_is_told_from_the_page_with_the_text_filled_in(
    insult: Item, anna: Actor, annas: Client, monday: datetime
) -> None:
    case = removed(insult, anna, monday)
    page = annas.get(of(case)).content.decode()
    assert "En person har bedömt" in page
    long = annas.post(of(case, "case-notify"), {"text": "x" * 301})
    assert long.status_code == 422
    assert "301" in long.content.decode()
    annas.post(of(case, "case-notify"), {"text": "Din kommentar är borttagen."})
    assert Outgoing.objects.get().kind == "notice"
    again = annas.post(of(case, "case-notify"), {"text": "Igen"})
    assert again.status_code == 302
    assert Outgoing.objects.count() == 1


def test_both_reports_are_answered_on_the_page_and_what_is_missing_is_shown(
    insult: Item, anna: Actor, annas: Client, monday: datetime
) -> None:
    case = removed(insult, anna, monday)
    page = annas.get(of(case)).content.decode()
    assert page.count('class="finding"') == 3
    url = of(case, "case-report")
    assert annas.post(url, {"to": "police", "made": "no"}).status_code == 422
    annas.post(url, {"to": "police", "made": "yes", "reference": "K 1"})
    annas.post(url, {"to": "platform", "made": "no", "why": "Behövs inte"})
    assert set(Report.objects.values_list("to", "made")) == {
        ("police", True),
        ("platform", False),
    }
    assert annas.post(url, {"to": "pressen"}).status_code == 404


def test_a_removal_by_hand_asks_for_a_picture_or_words(
    insult: Item, anna: Actor, annas: Client, monday: datetime
) -> None:
    case = condemned(insult, anna, monday, measure=Case.Measure.BY_HAND)
    work_through(monday)
    url = of(case, "case-prove")
    assert annas.post(url, {}).status_code == 422
    wrong = annas.post(url, {"second": picture(data=b"ingen bild")})
    assert wrong.status_code == 422
    annas.post(url, {"second": picture()})
    case.refresh_from_db()
    assert case.status == "removed"


def test_a_move_that_asks_for_a_reason_is_not_made_without_one(
    insult: Item, anna: Actor, annas: Client, monday: datetime
) -> None:
    case = actions.open_case(
        insult, through="round", knowledge_at=monday, actor=anna, at=monday
    )
    url = reverse("case-move", args=[case.pk, "lamna-kvar"])
    annas.post(url, {"why": " "})
    case.refresh_from_db()
    assert case.status == "opened"
    annas.post(url, {"why": "Hård kritik är tillåten"})
    case.refresh_from_db()
    assert case.status == "left_up"
    nowhere = reverse("case-move", args=[case.pk, "forstor"])
    assert annas.post(nowhere).status_code == 404
    assert annas.get(url).status_code == 404


def test_a_call_off_that_comes_too_late_is_told_in_words(
    insult: Item, anna: Actor, annas: Client, bluesky: Bluesky, monday: datetime
) -> None:
    bluesky.deaf = True
    case = condemned(insult, anna, monday)
    work_through(monday)
    url = reverse("case-move", args=[case.pk, "avbryt"])
    page = annas.post(url, {"why": "Fel"}, follow=True).content.decode()
    assert 'data-color="danger"' in page
    case.refresh_from_db()
    assert case.status == "secured"


def test_evidence_is_handed_out_as_a_file_that_no_browser_runs(
    insult: Item, anna: Actor, annas: Client, monday: datetime
) -> None:
    case = removed(insult, anna, monday)
    dom = EvidenceFile.objects.get(evidence__case=case, part="dom")
    answer = annas.get(reverse("evidence-file", args=[dom.pk]))
    assert answer.content == vault.open_(dom.blob)
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="fore-1-kallkod.html"'
    )


def test_restricted_evidence_is_closed_to_most_and_each_opening_is_recorded(
    insult: Item,
    anna: Actor,
    annas: Client,
    cecilia_user: User,
    signed_in: SignedIn,
    monday: datetime,
) -> None:
    case = removed(insult, anna, monday, ground="secrecy")
    file = EvidenceFile.objects.filter(evidence__case=case)[0]
    url = reverse("evidence-file", args=[file.pk])
    assert signed_in(cecilia_user).get(url).status_code == 403
    assert not Entry.objects.filter(act="evidence.open").exists()
    assert annas.get(url).status_code == 200
    opening = Entry.objects.get(act="evidence.open")
    assert ledger.opened(opening)["opened"] == [file.blob.name]
    assert ledger.opened(opening)["actor"] == anna.name


def test_what_has_been_disposed_of_says_by_which_decision(
    insult: Item, anna: Actor, annas: Client, monday: datetime
) -> None:
    case = removed(insult, anna, monday)
    file = EvidenceFile.objects.filter(evidence__case=case)[0]
    vault.dispose(file.blob, under="KS 2026/1", at=monday)
    answer = annas.get(reverse("evidence-file", args=[file.pk]))
    assert answer.status_code == 410
    assert "KS 2026/1" in answer.content.decode()


def test_a_package_is_built_and_downloaded(
    insult: Item, anna: Actor, annas: Client, monday: datetime
) -> None:
    case = removed(insult, anna, monday)
    annas.post(of(case, "case-package"))
    assert not Package.objects.exists()

    ledger.sequence(timezone.now())
    made = annas.post(of(case, "case-package"))
    package = Package.objects.get()
    assert made.headers["Location"] == reverse("package", args=[package.pk])
    answer = annas.get(made.headers["Location"])
    assert answer.content == vault.open_(package.blob)
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_somebody_elsewhere_finds_nothing_at_any_address(
    insult: Item,
    anna: Actor,
    david: Actor,
    david_user: User,
    signed_in: SignedIn,
    monday: datetime,
) -> None:
    case = removed(insult, anna, monday)
    file = EvidenceFile.objects.filter(evidence__case=case)[0]
    browser = signed_in(david_user)
    for url in (
        of(case),
        of(case, "case-seclude"),
        reverse("evidence-file", args=[file.pk]),
        f"{reverse('case-new')}?item={insult.pk}",
    ):
        assert browser.get(url).status_code == 404
    for name in ("case-decide", "case-notify", "case-report", "case-package"):
        assert browser.post(of(case, name)).status_code == 404
    assert of(case) not in browser.get(reverse("cases")).content.decode()
    assert "Kim" not in browser.get(reverse("registrations")).content.decode()


def test_the_registrar_gives_the_next_number_with_one_click(
    insult: Item, anna: Actor, ruts: Client, monday: datetime
) -> None:
    registration = removed(insult, anna, monday).registration
    assert registration
    assert "Kim" in ruts.get(reverse("registrations")).content.decode()
    url = reverse("register", args=[registration.pk])
    wrong = ruts.post(url, {"number": "sjutton"})
    assert wrong.status_code == 422
    assert "sjutton" in wrong.content.decode()
    ruts.post(url)
    registration.refresh_from_db()
    assert registration.diary_number
    done = {"flik": "klara", "q": registration.diary_number[-4:]}
    page = ruts.get(reverse("registrations"), done).content.decode()
    assert registration.diary_number in page
    ruts.post(url)
    assert Entry.objects.filter(act="diary.number").count() == 1


def test_several_are_registered_at_once(
    insult: Item, anna: Actor, ruts: Client, monday: datetime
) -> None:
    registration = removed(insult, anna, monday).registration
    assert registration
    many = reverse("register-many")
    ruts.post(many, {})
    assert not Entry.objects.filter(act="diary.number").exists()
    ruts.post(many, {"pk": [str(registration.pk), "x"]})
    registration.refresh_from_db()
    assert registration.diary_number


def test_an_owner_sees_what_waits_for_the_registrar_but_numbers_nothing(
    insult: Item, anna: Actor, annas: Client, monday: datetime
) -> None:
    registration = removed(insult, anna, monday).registration
    assert registration
    page = annas.get(reverse("registrations")).content.decode()
    assert registration.title in page
    url = reverse("register", args=[registration.pk])
    assert url not in page
    assert annas.post(url).status_code == 403
    registration.refresh_from_db()
    assert registration.diary_number is None
