"""The decision as a document: sealed when made, registered, and printed afterwards."""

from collections.abc import Callable
from datetime import datetime
from types import SimpleNamespace

import pytest

from tests.channels.conftest import SignIn
from tests.conftest import GROUNDS, Cast
from uppsikt.channels import actions, work
from uppsikt.channels.life import ChannelLife
from uppsikt.channels.models import Channel, Decision, StartNotice
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Node, User
from uppsikt.platforms.catalogue import SITES
from uppsikt.policy.roles import Role
from uppsikt.policy.words import Message
from uppsikt.records import darkroom, diary, vault
from uppsikt.records.camera import BrowserMissing
from uppsikt.records.picture import Needle

TICKED = dict.fromkeys(GROUNDS, "on")


class Lens:
    """A camera that notes what it was shown, and prints it as bytes."""

    def __init__(self) -> None:
        self.shown: list[tuple[str, Needle]] = []

    def photograph_html(
        self, html: str, needle: Needle, *, clock: Callable[[], datetime]
    ) -> SimpleNamespace:
        self.shown.append((html, needle))
        return SimpleNamespace(pdf=b"%PDF-1.7 " + html.encode())


@pytest.fixture
def lens(monkeypatch: pytest.MonkeyPatch) -> Lens:
    lens = Lens()
    monkeypatch.setattr(darkroom, "camera", lambda: lens)
    return lens


@pytest.fixture
def decision(applied_channel: Channel, bengt: Actor, monday: datetime) -> Decision:
    why = "Bra underbyggt"
    actions.approve(applied_channel, confirmed=GROUNDS, actor=bengt, at=monday, why=why)
    return applied_channel.decisions.get()


def test_the_sealed_page_says_what_was_decided_by_whom_and_on_what_grounds(
    decision: Decision,
) -> None:
    page = vault.open_(decision.page).decode()
    for told in (
        "Bengt",
        "Bra underbyggt",
        "Fler läser",
        "Svar där de är",
        "avsnitt 4",
    ):
        assert told in page
    assert "Syftet och målgruppen är tydliga" in page
    assert "<script" not in page


def test_the_sealed_page_names_who_is_to_reach_the_account(
    applied_channel: Channel,
    anna_user: User,
    bengt_user: User,
    bengt: Actor,
    monday: datetime,
) -> None:
    applied_channel.proposed_holders.set([anna_user, bengt_user])

    actions.approve(applied_channel, confirmed=GROUNDS, actor=bengt, at=monday)

    page = vault.open_(applied_channel.decisions.get().page).decode()
    assert "De som ska komma åt kontot</dt><dd>Anna, Bengt</dd>" in page


def test_what_is_written_in_an_application_is_text_in_the_document(
    applied_channel: Channel, bengt: Actor, monday: datetime
) -> None:
    applied_channel.versions.model.objects.create(
        channel=applied_channel,
        at=monday,
        name="<script>alert(1)</script>",
        purpose="<b>fet</b>",
        purpose_codes=["dialogue"],
        audience_groups=["residents"],
        audience="Unga",
        goal_contribution="Mer",
        benefit="Mer",
    )
    actions.approve(applied_channel, confirmed=GROUNDS, actor=bengt, at=monday)

    page = vault.open_(applied_channel.decisions.get().page).decode()
    assert "<script" not in page
    assert "<b>fet" not in page


def test_a_decision_is_handed_over_to_be_registered_with_the_page(
    decision: Decision, monday: datetime
) -> None:
    row = decision.registration
    assert row.subject == decision.channel.subject
    assert row.diary_number is None
    assert row.party == "Bengt"
    assert list(row.files.all()) == [decision.page]

    style = diary.NumberFormat("{year}/{series} {serial:04d}", r"\d{4}/[A-Z]+ \d{4}")
    diary.number(row, by="user:1", at=monday, style=style)
    assert row.diary_number == "2026/KS 0001"


def test_the_registrar_finds_the_decision_from_the_registration(
    signed_in: SignIn, decision: Decision, rut_user: User
) -> None:
    shown = signed_in(rut_user).get("/registrering/").content.decode()
    assert f"/kanal/{decision.channel_id}/beslut/" in shown


def test_a_decline_is_a_document_too(
    applied_channel: Channel, bengt: Actor, monday: datetime
) -> None:
    actions.decline(applied_channel, why="Resurser saknas", actor=bengt, at=monday)

    page = vault.open_(applied_channel.decisions.get().page).decode()
    assert "Resurser saknas" in page


def test_the_pdf_is_printed_from_the_sealed_page_once(
    decision: Decision, lens: Lens, monday: datetime
) -> None:
    assert work.print_decisions(monday) == 1
    assert work.print_decisions(monday) == 0

    decision.refresh_from_db()
    [(html, needle)] = lens.shown
    assert html == vault.open_(decision.page).decode()
    assert needle.author == "Bengt"
    assert decision.pdf is not None
    assert vault.open_(decision.pdf).startswith(b"%PDF")
    assert decision.registration.files.count() == 2


def test_without_a_browser_the_page_stands_and_the_pdf_is_tried_again(
    decision: Decision, monkeypatch: pytest.MonkeyPatch, monday: datetime
) -> None:
    def missing() -> Lens:
        raise BrowserMissing(Message("No Chromium was found."))

    monkeypatch.setattr(darkroom, "camera", missing)
    assert work.print_decisions(monday) == 1

    decision.refresh_from_db()
    assert decision.pdf is None
    assert decision.problem == "No Chromium was found."
    assert decision.next_try_at is not None
    assert decision.next_try_at > monday


def test_the_decision_is_read_and_taken_away_by_those_who_see_the_channel(
    signed_in: SignIn,
    decision: Decision,
    lens: Lens,
    anna_user: User,
    david_user: User,
    monday: datetime,
) -> None:
    place = f"/kanal/{decision.channel_id}/beslut"
    anna, david = signed_in(anna_user), signed_in(david_user)
    assert anna.get(f"{place}.pdf").status_code == 404
    work.print_decisions(monday)

    assert "Bra underbyggt" in anna.get(f"{place}/").content.decode()
    sealed = anna.get(f"{place}.html")
    assert sealed.content == vault.open_(decision.page)
    assert "sandbox" in sealed["Content-Security-Policy"]
    assert anna.get(f"{place}.pdf")["Content-Type"] == "application/pdf"
    for end in ("/", ".html", ".pdf"):
        assert david.get(place + end).status_code == 404


def test_a_manager_who_forgets_a_tick_is_told_and_nothing_is_lost(
    signed_in: SignIn, applied_channel: Channel, bengt_user: User
) -> None:
    told = {**TICKED, "why": "Bra"}
    del told["resources"]
    answer = signed_in(bengt_user).post(f"/kanal/{applied_channel.pk}/godkann/", told)

    assert answer.status_code == 422
    form = answer.context["approve"]
    assert list(form.errors) == ["resources"]
    assert form["why"].value() == "Bra"
    assert form["purpose_clear"].value() is True
    applied_channel.refresh_from_db()
    assert applied_channel.state is ChannelLife.applied
    assert not StartNotice.objects.exists()


EXISTING = {
    "url": "https://www.instagram.com/bibblan/",
    "site": "",
    "handle": "",
    "name": "Bibblan",
    "purpose": "",
}


def test_an_account_that_exists_is_entered_flagged_and_applied_for(
    signed_in: SignIn,
    library: Node,
    anna_user: User,
    bengt_user: User,
    cecilia_user: User,
) -> None:
    cecilia = signed_in(cecilia_user)
    cecilia.post("/kanal/befintlig/", {**EXISTING, "unit": str(library.pk)})
    channel = Channel.objects.get()
    assert channel.state is ChannelLife.found
    mine = signed_in(bengt_user).get("/").content.decode()
    assert "Konton som ingen har godkänt" in mine or "nobody has approved" in mine

    answers = {
        "name": "Bibblan",
        "purpose_codes": ["dialogue"],
        "purpose": "Läslust",
        "audience_groups": ["children"],
        "audience": "Unga",
        "goal_contribution": "Fler läser",
        "benefit": "Tips",
        "hours_per_week": "2",
        "horizon_months": "12",
        "staffing": "Anna",
        "description": "Böcker",
        "contact": "bib@exempelby.example",
        "owner": "Anna",
        "deputy": "Bengt",
        "holders": "Anna\nBengt",
    }
    place = f"/kanal/{channel.pk}/ansok/"
    assert cecilia.get(place).status_code == 200
    assert cecilia.post(place, {**answers, "benefit": " "}).status_code == 422
    cecilia.post(place, answers)

    channel.refresh_from_db()
    assert channel.state is ChannelLife.applied
    assert channel.proposed_owner == anna_user
    assert channel.applied_by == cecilia_user
    assert set(channel.proposed_holders.all()) == {anna_user, bengt_user}


def test_only_the_communications_side_enters_accounts(
    signed_in: SignIn, library: Node, anna_user: User
) -> None:
    anna = signed_in(anna_user)
    told = {**EXISTING, "unit": str(library.pk)}
    assert anna.get("/kanal/befintlig/").status_code == 403
    assert anna.post("/kanal/befintlig/", told).status_code == 403
    assert not Channel.objects.exists()


def test_an_order_is_given_carried_out_and_shown_on_the_card(
    signed_in: SignIn,
    library_channel: Channel,
    anna_user: User,
    municipality: Node,
    person: Cast,
) -> None:
    head = person("Karin", "chef", Role.COMMUNICATIONS_DIRECTOR, municipality)
    karin, anna = signed_in(head), signed_in(anna_user)
    place = f"/kanal/{library_channel.pk}/"
    told = {"kind": "change", "what": "Byt namn", "reason": "", "due_on": "2099-01-01"}
    assert anna.get(place).context["order"] is None
    assert karin.post(f"{place}beordra/", told).status_code == 422
    karin.post(f"{place}beordra/", {**told, "reason": "Ingen förstår det"})

    [shown] = anna.get(place).context["orders"]
    assert [act.move.name for act in shown.acts] == ["carry_out"]
    anna.post(shown.acts[0].url, {"why": "Klart"})
    [shown] = anna.get(place).context["orders"]
    assert [step.why for step in shown.said] == ["Ingen förstår det", "Klart"]
    assert shown.acts == []


def test_a_password_in_the_form_is_refused_and_not_shown_again(
    signed_in: SignIn, library_channel: Channel, anna_user: User, cecilia_user: User
) -> None:
    told = {
        "recipient": str(cecilia_user.pk),
        "kind": "vault",
        "reference": "lösenord: Sommar2026!",
    }
    answer = signed_in(anna_user).post(
        f"/kanal/{library_channel.pk}/rattigheter/", told
    )
    assert answer.status_code == 422
    assert "reference" in answer.context["handover"].errors
    assert "Sommar2026" not in answer.content.decode()


def test_staff_read_what_each_platform_allows(
    signed_in: SignIn, library_channel: Channel, anna_user: User
) -> None:
    shown = signed_in(anna_user).get("/plattformar/")
    counted = {site.name: count for site, count in shown.context["platforms"]}
    assert counted["bluesky"] == 1
    assert counted["facebook"] == 0
    page = shown.content.decode()
    assert counted.keys() == SITES.keys()
    assert "Dölja andras kommentarer" in page
