"""Section 3.2: the head of communications decides over every channel."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from tests.conftest import Cast, SignedIn
from tests.guideline.test_4_grounds_and_notice import outcome
from uppsikt.channels import actions, ordering, work
from uppsikt.channels.life import ChannelLife
from uppsikt.channels.models import Channel, PresenceOrder
from uppsikt.channels.order_life import OrderLife
from uppsikt.channels.ordering import Order
from uppsikt.governance import actors, moves
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Node, User
from uppsikt.policy.roles import Role
from uppsikt.policy.verdict import Outcome
from uppsikt.records import darkroom, vault
from uppsikt.records.models import Mail
from uppsikt.records.picture import Needle

DUE = date(2026, 3, 9)
CHANGE = Order(PresenceOrder.Kind.CHANGE, "Byt namn", "Ingen förstår det", DUE)
CLOSE = Order(PresenceOrder.Kind.CLOSE, "Avsluta", "Två kanaler gör samma sak", DUE)


@pytest.fixture
def karin(person: Cast, municipality: Node, monday: datetime) -> Actor:
    """Karin, head of communications."""
    role = Role.COMMUNICATIONS_DIRECTOR
    return actors.of(person("Karin", "chef", role, municipality), at=monday)


def test_an_order_reaches_the_people_and_falls_due(
    library_channel: Channel, karin: Actor, monday: datetime
) -> None:
    ordering.give(library_channel, CHANGE, actor=karin, at=monday)

    told = Mail.objects.filter(body__contains="Ingen förstår det")
    assert {m.to for m in told} == {
        "anna@exempelby.example",
        "bengt@exempelby.example",
    }
    assert outcome(library_channel, "3.2-orders", monday) is Outcome.DUE
    late = monday + timedelta(days=8)
    assert outcome(library_channel, "3.2-orders", late) is Outcome.NOT_MET


def test_an_order_that_is_carried_out_asks_for_nothing_more(
    library_channel: Channel, karin: Actor, anna: Actor, monday: datetime
) -> None:
    order = ordering.give(library_channel, CHANGE, actor=karin, at=monday)

    ordering.carry_out(order, why="Nytt namn sedan i dag", actor=anna, at=monday)

    assert order.state is OrderLife.carried_out
    assert outcome(library_channel, "3.2-orders", monday) is Outcome.MET


@pytest.mark.parametrize("who", ["anna", "bengt", "cecilia"])
def test_nobody_else_gives_orders(
    library_channel: Channel,
    who: str,
    request: pytest.FixtureRequest,
    monday: datetime,
) -> None:
    actor: Actor = request.getfixturevalue(who)
    with pytest.raises(moves.NotYours):
        ordering.give(library_channel, CHANGE, actor=actor, at=monday)


def test_an_order_says_why_and_gives_time(
    library_channel: Channel, karin: Actor, monday: datetime
) -> None:
    blank = Order(CHANGE.kind, "Byt namn", " ", DUE)
    with pytest.raises(moves.NoReason):
        ordering.give(library_channel, blank, actor=karin, at=monday)
    passed = Order(CHANGE.kind, "Byt namn", "Skäl", monday.date() - timedelta(days=1))
    with pytest.raises(ValidationError):
        ordering.give(library_channel, passed, actor=karin, at=monday)
    assert not PresenceOrder.objects.exists()


def test_an_order_to_close_is_carried_out_by_the_closing(
    library_channel: Channel, karin: Actor, anna: Actor, monday: datetime
) -> None:
    order = ordering.give(library_channel, CLOSE, actor=karin, at=monday)
    with pytest.raises(ordering.StillOpen):
        ordering.carry_out(order, why="Klart", actor=anna, at=monday)

    Channel.objects.filter(pk=library_channel.pk).update(status="closed")
    library_channel.refresh_from_db()
    ordering.closed(library_channel, why="Slås ihop", actor=karin, at=monday)

    order.refresh_from_db()
    assert order.state is OrderLife.carried_out


def test_the_head_of_communications_refuses_and_pauses_over_the_manager(
    library_channel: Channel, karin: Actor, monday: datetime
) -> None:
    with pytest.raises(moves.NoReason):
        actions.pause(library_channel, why=" ", actor=karin, at=monday)

    actions.pause(library_channel, why="Hatstorm", actor=karin, at=monday)

    assert library_channel.state is ChannelLife.paused


@pytest.fixture
def readers(
    anna_user: User, david_user: User, rut_user: User, signed_in: SignedIn
) -> tuple[Client, Client, Client]:
    """Anna, who owns the channel, David, who does not see it, and the registrar."""
    return signed_in(anna_user), signed_in(david_user), signed_in(rut_user)


def printed(monkeypatch: pytest.MonkeyPatch, at: datetime) -> list[Needle]:
    """Print the decisions that wait; return what was looked for in each."""
    needles: list[Needle] = []

    def photograph_html(_html: str, needle: Needle, **_kw: object) -> SimpleNamespace:
        needles.append(needle)
        return SimpleNamespace(pdf=b"%PDF-1.7")

    lens = SimpleNamespace(photograph_html=photograph_html)
    monkeypatch.setattr(darkroom, "camera", lambda: lens)
    assert work.print_decisions(at) == 2
    return needles


def test_an_order_is_a_document_sealed_registered_and_printed(
    library_channel: Channel,
    karin: Actor,
    monday: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    approval = library_channel.decisions.get()
    ordering.give(library_channel, CLOSE, actor=karin, at=monday)

    [made] = library_channel.decisions.exclude(pk=approval.pk)
    page = vault.open_(made.page).decode()
    for told in ("Karin", "Två kanaler gör samma sak", "9 mars 2026", "avsnitt 3.2"):
        assert told in page
    assert made.registration.diary_number is None
    assert list(made.registration.files.all()) == [made.page]
    assert library_channel.decisions.on_application().get() == approval
    assert printed(monkeypatch, monday)[-1].text in page


def test_an_order_is_read_by_those_who_see_the_channel_and_by_the_registrar(
    library_channel: Channel,
    karin: Actor,
    monday: datetime,
    readers: tuple[Client, Client, Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    order = ordering.give(library_channel, CLOSE, actor=karin, at=monday)
    page = vault.open_(library_channel.decisions.latest("pk").page)
    printed(monkeypatch, monday)

    place = f"/kanal/beslutat/{order.pk}"
    anna, david, rut = readers
    assert "Två kanaler gör samma sak" in anna.get(f"{place}/").content.decode()
    assert anna.get(f"{place}.html").content == page
    assert anna.get(f"{place}.pdf").content == b"%PDF-1.7"
    assert f"{place}/" in anna.get(f"/kanal/{library_channel.pk}/").content.decode()
    assert f"{place}/" in rut.get("/registrering/").content.decode()
    for end in ("/", ".html", ".pdf"):
        assert david.get(place + end).status_code == 404
