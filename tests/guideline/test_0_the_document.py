"""Section 0: the guideline is a decided document, with versions, texts and reasons."""

from datetime import date, datetime, timedelta

import pytest

from tests.conftest import LONG_AGO, Cast, SignedIn
from uppsikt.duties import municipality
from uppsikt.governance import actors, adopted_texts, adopting, rules
from uppsikt.governance.actors import CLOCK, Actor
from uppsikt.governance.adopted_texts import Upload
from uppsikt.governance.adopting import BadNumber, Decision, Unexplained
from uppsikt.governance.models import AdoptedText, Adoption, Node, User
from uppsikt.policy import editing
from uppsikt.policy.roles import Role
from uppsikt.policy.verdict import Outcome
from uppsikt.records import media

TEXT = """Riktlinjer

Dokumentägare: Kommunikationschef

6 Innehåll

Flera personer behöver ha tillgång till kontot. Alla ska bära hatt på jobbet.
"""
NUMBER = "2026/KS 0012"


@pytest.fixture
def office(person: Cast, municipality: Node, monday: datetime) -> Actor:
    user = person("Olga", "strateg", Role.COMMUNICATIONS_OFFICE, municipality)
    return actors.of(user, at=monday)


def changed(value: str = "5 working days") -> bytes:
    return editing.with_value(rules.packaged_file("tyreso"), "full_response", value)


def outcome(check: str, at: datetime) -> Outcome:
    found = municipality.findings(at=at)
    return next(f.verdict.outcome for f in found if f.control.check == check)


def test_each_day_has_the_one_version_that_was_decided_for_it(
    municipality: Node, monday: datetime
) -> None:
    decision = Decision("Kommundirektör", NUMBER, monday, "Kortare svarstid")
    adopting.adopt_file(changed(), decision, actor=CLOCK, at=monday)

    before = rules.in_force(monday - timedelta(seconds=1))
    assert before.text("full_response") == "10 working days"
    assert rules.in_force(monday).text("full_response") == "5 working days"
    with pytest.raises(rules.NoneInForce):
        rules.in_force(LONG_AGO - timedelta(days=1))


@pytest.mark.parametrize("said", ["", "  \n"])
def test_a_later_version_must_say_what_it_changes(
    said: str, municipality: Node, monday: datetime
) -> None:
    decision = Decision("Kommundirektör", NUMBER, monday, said)

    with pytest.raises(Unexplained):
        adopting.adopt_file(changed(), decision, actor=CLOCK, at=monday)

    assert Adoption.objects.count() == 1


@pytest.mark.parametrize("number", ["", "12", "2026/KS 12", "KS 0012/2026", "x" * 60])
def test_a_decision_needs_a_diary_number_as_they_look_here(
    number: str, municipality: Node, monday: datetime
) -> None:
    decision = Decision("Kommundirektör", number, monday, "Kortare svarstid")

    with pytest.raises(BadNumber):
        adopting.adopt_file(changed(), decision, actor=CLOCK, at=monday)

    Adoption.objects.update(registry_number=number)
    assert outcome("decision_has_number", monday) is Outcome.NOT_MET


def test_a_version_that_says_nothing_of_what_it_changed_is_a_finding(
    municipality: Node, monday: datetime
) -> None:
    assert outcome("revision_is_explained", monday) is Outcome.MET
    decision = Decision("Kommundirektör", NUMBER, monday, "Kortare svarstid")
    adopting.adopt_file(changed(), decision, actor=CLOCK, at=monday)
    assert outcome("revision_is_explained", monday) is Outcome.MET

    Adoption.objects.update(changed="")
    assert outcome("revision_is_explained", monday) is Outcome.NOT_MET


def test_a_guideline_decided_for_a_time_is_out_of_date_after_it(
    municipality: Node, monday: datetime
) -> None:
    assert outcome("guideline_is_valid", monday) is Outcome.MET
    last = date(2026, 3, 31)
    decision = Decision("Kommundirektör", NUMBER, monday, "Ett försök", last)
    adopting.adopt_file(changed(), decision, actor=CLOCK, at=monday)

    assert outcome("guideline_is_valid", monday) is Outcome.MET
    assert outcome("guideline_is_valid", monday + timedelta(days=29)) is Outcome.MET
    after = monday + timedelta(days=30)
    assert outcome("guideline_is_valid", after) is Outcome.NOT_MET


def test_the_guideline_has_an_owner_while_somebody_holds_the_role(
    municipality: Node, person: Cast, monday: datetime
) -> None:
    assert outcome("owner_role_is_filled", monday) is Outcome.NOT_MET

    owner = person("Olle", "chef", Role.COMMUNICATIONS_DIRECTOR, municipality)
    assert outcome("owner_role_is_filled", monday) is Outcome.MET

    User.objects.filter(pk=owner.pk).update(is_active=False)
    assert outcome("owner_role_is_filled", monday) is Outcome.NOT_MET


def test_the_adopted_text_is_kept_whole_and_each_demand_shown_with_its_answer(
    office: Actor, monday: datetime, signed_in: SignedIn
) -> None:
    version = Adoption.objects.get()
    upload = Upload("riktlinje.txt", TEXT.encode())
    kept = adopted_texts.keep(version, upload, actor=office, at=monday)

    found = adopted_texts.covered(kept, rules.in_force(monday))
    answered = {each.text: [a.name for a in each.answers] for each in found}
    holders = answered["Flera personer behöver ha tillgång till kontot."]
    assert "4-several-holders" in holders
    assert answered["Alla ska bära hatt på jobbet."] == []
    assert kept.marks.count() == len(found)

    page = signed_in(office.person).get(f"/riktlinjen/versioner/{version.pk}/?utan=1")
    told = page.content.decode()
    assert "Alla ska bära hatt på jobbet." in told
    assert "Flera personer behöver" not in told
    document = signed_in(office.person).get(f"/riktlinjen/versioner/{version.pk}/text/")
    assert document.content == TEXT.encode()


@pytest.mark.parametrize(
    ("file", "text"),
    [
        (b"MZ\x00\x01", None),
        (b"%PDF-1.7 no end", None),
        (b"\xff\xfe\x00", None),
        (b"", None),
        (b"%PDF-1.7\n%%EOF", b"\x00"),
    ],
)
def test_what_is_no_document_is_refused_and_nothing_is_kept(
    file: bytes, text: bytes | None, office: Actor, monday: datetime
) -> None:
    version = Adoption.objects.get()
    with pytest.raises(media.NotWhatItSays):
        adopted_texts.keep(
            version, Upload("text.pdf", file, text), actor=office, at=monday
        )
    assert not AdoptedText.objects.exists()


def test_everybody_reads_who_may_do_what(
    municipality: Node, person: Cast, signed_in: SignedIn
) -> None:
    client = signed_in(person("Nils", "vikarie"))

    whole = client.get("/riktlinjen/ansvar/").content.decode()
    officer = client.get("/riktlinjen/ansvar/?roll=registrar").content.decode()

    assert "Sätta diarienummer" in whole
    assert "Utse kanalansvarig och ersättare" in whole
    assert "Sätta diarienummer" in officer
    assert "Utse kanalansvarig och ersättare" not in officer


def test_the_vision_is_one_click_from_the_guideline(
    municipality: Node, person: Cast, signed_in: SignedIn, monday: datetime
) -> None:
    client = signed_in(person("Nils", "vikarie"))
    link = "https://www.exempelby.example/vision"
    assert link not in client.get("/riktlinjen/").content.decode()

    data = editing.with_value(rules.packaged_file("tyreso"), "vision_url", link)
    decision = Decision("Kommundirektör", NUMBER, monday, "Länk till visionen")
    adopting.adopt_file(data, decision, actor=CLOCK, at=monday)

    assert f'href="{link}"' in client.get("/riktlinjen/").content.decode()


def test_the_guide_to_personal_data_is_one_click_from_the_guideline(
    municipality: Node, person: Cast, signed_in: SignedIn
) -> None:
    client = signed_in(person("Nils", "vikarie"))
    place = "/hjalp/personuppgifter/"
    assert f'href="{place}"' in client.get("/riktlinjen/").content.decode()

    guide = client.get(place).content.decode()

    for asked in (
        "Namn och bild",
        "Barn",
        "Samtycke",
        "skyddade personuppgifter",
        "Taggade personer",
        "När någon säger nej",
    ):
        assert asked in guide
