"""A message in the service counts wherever it came, also to a person (D-12, D-32)."""

from datetime import datetime, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from tests.conftest import Cast, SignedIn
from tests.inbox.test_message_pages import letters
from uppsikt.channels.models import Channel
from uppsikt.checks.channel import single_matters_are_moved
from uppsikt.duties import matrix
from uppsikt.governance import moves
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Node, User
from uppsikt.inbox import matters, telling, weighing
from uppsikt.inbox.message_life import MessageLife
from uppsikt.inbox.models import Conversation, PrivateMessage
from uppsikt.inbox.talk_life import TalkLife
from uppsikt.inbox.telling import InPerson
from uppsikt.inbox.weighing import Weighed
from uppsikt.policy.roles import Role
from uppsikt.policy.verdict import Outcome
from uppsikt.records import ledger, vault
from uppsikt.records.media import NotWhatItSays
from uppsikt.records.models import Entry, Mail, Registration

pytestmark = pytest.mark.django_db
FORM = "/meddelanden/beratta/"
TEXT = "Du jobbar ju på biblioteket, får jag låna lokalen?"
IN = Registration.Direction.RECEIVED


def drawn() -> bytes:
    out = BytesIO()
    Image.new("RGB", (4, 4)).save(out, "PNG")
    return out.getvalue()


def told(place: Channel | Node, at: datetime, **other: object) -> InPerson:
    given = {"direction": IN, "party": "Kim", "happened_at": at, "text": TEXT}
    return InPerson(place=place, **(given | other))  # type: ignore[arg-type]


@pytest.fixture
def eva(person: Cast, school: Node) -> User:
    """Eva, who works at the school and has nothing to do with any channel."""
    return person("Eva", "vaktmästare", Role.EMPLOYEE, school)


@pytest.fixture
def handed_in(
    eva: User, library_channel: Channel, now: datetime, signed_in: SignedIn
) -> PrivateMessage:
    data = {
        "place": f"kanal-{library_channel.pk}",
        "direction": "received",
        "party": "Kim",
        "happened_at": "2026-03-01T20:15",
        "text": TEXT,
        "picture": SimpleUploadedFile("bild.png", drawn(), "image/png"),
    }
    answer = signed_in(eva).post(FORM, data, follow=True)
    assert answer.status_code == 200, answer.content.decode()
    return PrivateMessage.objects.get()


@pytest.fixture
def now(monday: datetime, monkeypatch: pytest.MonkeyPatch) -> datetime:
    monkeypatch.setattr("django.utils.timezone.now", lambda: monday)
    return monday


def test_anybody_on_staff_hands_in_what_came_to_them_and_gets_a_receipt(
    handed_in: PrivateMessage, eva: User, anna: Actor
) -> None:
    assert handed_in.words == TEXT
    assert handed_in.received
    assert handed_in.told_by == eva
    assert handed_in.picture
    assert handed_in in PrivateMessage.objects.visible_to(anna)
    [letter] = Mail.objects.filter(to=eva.email)
    assert str(handed_in.pk) in letter.subject
    assert TEXT not in letter.body
    assert ledger.opened(Entry.objects.get(act="message.tell"))["file"]


def test_it_is_decided_on_like_any_other(
    handed_in: PrivateMessage, anna: Actor, now: datetime
) -> None:
    found = Weighed(MessageLife.register, "Fråga om lokal")

    asked = weighing.weigh([handed_in], found, actor=anna, at=now)

    assert asked
    files = list(asked.files.all())
    assert handed_in.picture in files
    assert any(TEXT.encode() in vault.open_(file) for file in files)


def test_who_handed_it_in_sees_how_it_goes_and_nothing_else(
    handed_in: PrivateMessage, eva: User, signed_in: SignedIn
) -> None:
    client = signed_in(eva)

    page = client.get(FORM).content.decode()

    assert f"Nummer {handed_in.pk}" in page
    assert TEXT not in page
    talk = f"/meddelanden/{handed_in.conversation_id}/"
    assert client.get(talk).status_code == 404


def test_nobody_is_asked_for_the_name_of_their_own_account(
    handed_in: PrivateMessage,
) -> None:
    kept = {f.name for f in PrivateMessage._meta.get_fields()}
    kept |= {f.name for f in Conversation._meta.get_fields()}

    assert not any("account" in name or "handle" in name for name in kept)


def test_it_may_concern_a_department_and_no_channel(
    eva: User, culture: Node, cecilia: Actor, david: Actor, monday: datetime
) -> None:
    from uppsikt.governance import actors

    teller = actors.of(eva, at=monday)
    message = telling.tell(told(culture, monday), actor=teller, at=monday)

    assert message in PrivateMessage.objects.visible_to(cecilia)
    assert message not in PrivateMessage.objects.visible_to(david)


@pytest.mark.parametrize(
    ("other", "stop"),
    [
        ({"picture": b"MZ\x90\x00 a program"}, NotWhatItSays),
        ({"happened_at": datetime.fromisoformat("2027-01-01T00:00Z")}, telling.NotYet),
    ],
)
def test_what_is_not_so_is_not_kept(
    library_channel: Channel,
    anna: Actor,
    monday: datetime,
    other: dict[str, object],
    stop: type[Exception],
) -> None:
    with pytest.raises(stop):
        telling.tell(told(library_channel, monday, **other), actor=anna, at=monday)

    assert not PrivateMessage.objects.exists()


def test_nobody_hands_in_anything_without_signing_in(
    library_channel: Channel, now: datetime
) -> None:
    assert Client().get(FORM).status_code == 302


def test_what_may_show_the_abuse_of_a_child_is_locked_and_leads_to_the_special_path(
    handed_in: PrivateMessage, anna: Actor, now: datetime, signed_in: SignedIn
) -> None:
    client = signed_in(anna.person)
    talk = handed_in.conversation

    answer = client.post(f"/meddelanden/{talk.pk}/las/")

    assert "sarskil" in answer["Location"] or "special" in answer["Location"]
    handed_in.refresh_from_db()
    assert handed_in.picture
    assert handed_in.picture.restricted
    assert not PrivateMessage.objects.visible_to(anna).exists()
    assert client.get(f"/meddelanden/{talk.pk}/").status_code == 404
    assert client.get(f"/meddelanden/bild/{handed_in.pk}/").status_code == 404


# ---- Single matters are moved to a safe channel (D-32) ------------------------------


@pytest.fixture
def talk(library_channel: Channel, monday: datetime) -> Conversation:
    letters(library_channel, "Hur söker jag bygglov?", at=monday)
    return Conversation.objects.get(channel=library_channel)


def outcome(channel: Channel, at: datetime) -> Outcome:
    facts = matrix.facts([channel], at)[channel.pk]
    return single_matters_are_moved(facts, at=at).outcome


def test_a_conversation_that_goes_on_for_long_asks_to_be_moved(
    talk: Conversation, library_channel: Channel, monday: datetime
) -> None:
    assert outcome(library_channel, monday) is Outcome.MET

    letters(library_channel, *(f"Och en sak till, {n}" for n in range(5)), at=monday)

    assert outcome(library_channel, monday) is Outcome.NOT_MET
    assert matters.signs(talk, at=monday).turns == 6


def test_personal_data_in_a_message_asks_it_to_be_moved(
    talk: Conversation, library_channel: Channel, monday: datetime
) -> None:
    letters(library_channel, "Mitt personnummer är 19121212-1212", at=monday)

    assert matters.signs(talk, at=monday).personal
    assert outcome(library_channel, monday) is Outcome.NOT_MET


def test_a_person_marks_it_and_says_where_it_went(
    talk: Conversation, library_channel: Channel, anna: Actor, monday: datetime
) -> None:
    matters.judge(talk, TalkLife.mark, why="", actor=anna, at=monday)
    assert outcome(library_channel, monday) is Outcome.NOT_MET
    with pytest.raises(moves.NoReason):
        matters.judge(talk, TalkLife.move, why="", actor=anna, at=monday)

    later = monday + timedelta(hours=1)
    where = "E-tjänsten för bygglov"
    matters.judge(talk, TalkLife.move, why=where, actor=anna, at=later)

    assert outcome(library_channel, later) is Outcome.MET


def test_a_person_says_that_it_is_none_and_why(
    talk: Conversation, library_channel: Channel, anna: Actor, monday: datetime
) -> None:
    letters(library_channel, *(f"Och en sak till, {n}" for n in range(5)), at=monday)

    why = "Allmänna frågor om öppettider"
    matters.judge(talk, TalkLife.clear, why=why, actor=anna, at=monday)

    assert outcome(library_channel, monday) is Outcome.MET


def test_the_page_says_why_and_what_to_do(
    talk: Conversation,
    library_channel: Channel,
    anna: Actor,
    now: datetime,
    signed_in: SignedIn,
) -> None:
    letters(library_channel, *(f"Och en sak till, {n}" for n in range(5)), at=now)
    client = signed_in(anna.person)

    page = client.get(f"/meddelanden/{talk.pk}/").content.decode()
    assert "det har pågått i 6 meddelanden" in page
    listed = client.get("/meddelanden/?flik=arenden").content.decode()
    assert "Kim" in listed

    client.post(f"/meddelanden/{talk.pk}/bedom/flyttat/", {"why": "Telefon"})

    talk.refresh_from_db()
    assert talk.state is TalkLife.moved
    assert "Kim" not in client.get("/meddelanden/?flik=arenden").content.decode()
