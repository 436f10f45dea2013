"""Section 6.4: private messages are documents, and a person weighs each (R-6.4-11)."""

from datetime import date, datetime, timedelta

import pytest

from tests.inbox.tales import fetched, told
from uppsikt.channels.models import Channel
from uppsikt.checks.channel import messages_are_decided
from uppsikt.duties import matrix
from uppsikt.governance import local_decisions, moves
from uppsikt.governance.actors import Actor
from uppsikt.governance.local_decisions import Disposal, Kind
from uppsikt.governance.models import Node, Step
from uppsikt.inbox import actions, by_hand, weighing
from uppsikt.inbox.message_life import MessageLife
from uppsikt.inbox.models import Conversation, Item, PrivateMessage
from uppsikt.inbox.weighing import Weighed
from uppsikt.moderation import registering
from uppsikt.platforms import ItemKind
from uppsikt.policy.verdict import Outcome
from uppsikt.records import diary, ledger, search, vault
from uppsikt.records.models import Entry, Registration, SearchDocument

pytestmark = pytest.mark.django_db
TEXT = "Min dotter fyller tre, hur söker vi plats?"
KEEP, MINOR = Weighed(MessageLife.keep), Weighed(MessageLife.belittle)


def letter(text: str = TEXT, **other: object) -> by_hand.Told:
    """Return a private message as a person enters it."""
    given: dict[str, object] = {
        "text": text,
        "author": "Kim",
        "published_at": datetime.fromisoformat("2026-03-02T08:00+00:00"),
        "kind": ItemKind.MESSAGE,
        "public": False,
    }
    return by_hand.Told(**(given | other))  # type: ignore[arg-type]


@pytest.fixture
def came(library_channel: Channel, anna: Actor, monday: datetime) -> PrivateMessage:
    item = actions.enter(library_channel, letter(), actor=anna, at=monday)
    return PrivateMessage.objects.get(item=item)


def test_what_comes_in_is_received_and_waits_for_a_decision(
    came: PrivateMessage, library_channel: Channel, monday: datetime
) -> None:
    assert came.received
    assert came.state is MessageLife.undecided
    assert came.conversation.party == "Kim"
    assert came.due_at == datetime.fromisoformat("2026-03-04T09:00+00:00")

    def outcome(at: datetime) -> Outcome:
        facts = matrix.facts([library_channel], at)[library_channel.pk]
        return messages_are_decided(facts, at=at).outcome

    assert outcome(monday) is Outcome.MET
    assert outcome(came.due_at + timedelta(minutes=1)) is Outcome.NOT_MET


def test_our_answer_is_dispatched_when_it_is_out_and_not_before(
    came: PrivateMessage, library_channel: Channel, anna: Actor, monday: datetime
) -> None:
    assert came.item
    signed = "Hej Kim! Sök på webben.\n\nAnna, bibliotekarie, Biblioteket"
    outgoing = actions.answer(came.item, signed, actor=anna, at=monday)
    assert PrivateMessage.objects.count() == 1

    url = "https://bsky.app/messages/1"
    actions.post(outgoing, url=url, actor=anna, at=monday)

    sent = PrivateMessage.objects.get(outgoing=outgoing)
    assert sent.direction == Registration.Direction.DRAWN_UP
    assert sent.conversation == came.conversation
    assert sent.words == signed


def test_what_the_platform_shows_of_our_own_is_in_the_conversation_too(
    library_channel: Channel, monday: datetime
) -> None:
    theirs = told(
        "Hej", kind=ItemKind.MESSAGE, public=False, root_id="chat-1", parent_id=None
    )
    ours = told(
        "Hej själv",
        kind=ItemKind.MESSAGE,
        public=False,
        own=True,
        root_id="chat-1",
        parent_id=None,
    )
    fetched(library_channel, theirs, ours, at=monday)
    fetched(library_channel, theirs, ours, at=monday)

    talk = Conversation.objects.get(channel=library_channel)
    assert [m.received for m in talk.messages.order_by("pk")] == [True, False]


def test_a_comment_in_the_open_is_no_private_message(
    library_channel: Channel, monday: datetime
) -> None:
    fetched(library_channel, told(), at=monday)

    assert not PrivateMessage.objects.exists()


def test_registered_goes_to_the_diary_and_its_number_comes_back(
    came: PrivateMessage, anna: Actor, rut: Actor, monday: datetime
) -> None:
    found = Weighed(MessageLife.register, "Fråga om förskoleplats")
    asked = weighing.weigh([came], found, actor=anna, at=monday)

    assert asked
    assert (asked.party, asked.direction) == ("Kim", "received")
    assert asked.title == "Fråga om förskoleplats"
    assert asked.happened_at == came.happened_at
    [file] = asked.files.all()
    assert TEXT in vault.open_(file).decode()
    registering.register(asked, actor=rut, at=monday)
    came.refresh_from_db()
    assert came.state is MessageLife.registered
    assert came.registration
    assert came.registration.diary_number == "2026/KS 0001"


def test_each_decision_stands_in_the_ledger(
    came: PrivateMessage, anna: Actor, monday: datetime
) -> None:
    weighing.weigh([came], KEEP, actor=anna, at=monday)

    step = Step.objects.get(subject=came.subject, move="message.keep")
    assert step.by == anna.user
    entry = Entry.objects.get(act="message.weigh")
    assert ledger.opened(entry)["decision"] == "keep"
    assert ledger.opened(entry)["messages"] == [came.pk]


def test_what_may_be_secret_is_not_only_kept_in_order(
    came: PrivateMessage, anna: Actor, monday: datetime
) -> None:
    with pytest.raises(weighing.SecretIsRegistered):
        weighing.weigh(
            [came], Weighed(MessageLife.keep, secret=True), actor=anna, at=monday
        )

    secret = Weighed(MessageLife.register, "Fråga till biblioteket", secret=True)
    asked = weighing.weigh([came], secret, actor=anna, at=monday)

    assert asked
    assert asked.secret
    assert all(file.restricted for file in asked.files.all())
    came.refresh_from_db()
    assert came.closed
    assert came.item
    assert came.item.restricted


def test_minor_names_the_disposal_decision_that_it_falls_under(
    came: PrivateMessage,
    anna: Actor,
    municipality: Node,
    monday: datetime,
    request: pytest.FixtureRequest,
) -> None:
    weighing.weigh([came], MINOR, actor=anna, at=monday)
    came.refresh_from_db()
    assert came.disposal is None  # without a decision nothing is disposed of

    decided = _disposal(municipality, request, monday)
    weighing.reconsider(came, why="Nu finns ett beslut", actor=anna, at=monday)
    came.refresh_from_db()
    weighing.weigh([came], MINOR, actor=anna, at=monday)

    came.refresh_from_db()
    assert came.disposal == decided


def _disposal(
    municipality: Node, request: pytest.FixtureRequest, at: datetime
) -> object:
    from tests.conftest import LONG_AGO
    from uppsikt.governance import actors
    from uppsikt.policy.roles import Role

    person = request.getfixturevalue("person")
    archivist = person("Arvid", "arkivarie", Role.ARCHIVIST, municipality)
    told_ = local_decisions.Told(
        title="Gallring av ringa betydelse",
        text="Direktmeddelanden av ringa betydelse gallras.",
        decided_by="Kommunstyrelsen",
        decided_on=date(2026, 1, 10),
        diary_number="2026/KS 0100",
        valid_from=date(2026, 1, 15),
        disposal=Disposal("messages", "3 months"),
    )
    actor = actors.of(archivist, at=LONG_AGO)
    return local_decisions.decide(
        Kind.DISPOSAL, municipality, told_, actor=actor, at=at
    )


def test_a_decision_is_changed_with_a_reason_and_the_diary_lets_go(
    came: PrivateMessage, anna: Actor, rut: Actor, monday: datetime
) -> None:
    found = Weighed(MessageLife.register, "Fråga")
    weighing.weigh([came], found, actor=anna, at=monday)
    came.refresh_from_db()
    with pytest.raises(moves.NoReason):
        weighing.reconsider(came, why=" ", actor=anna, at=monday)

    weighing.reconsider(came, why="Det var bara ett tack", actor=anna, at=monday)

    came.refresh_from_db()
    assert came.state is MessageLife.undecided
    assert not Registration.objects.filter(subject=came.conversation.subject).exists()
    asked = weighing.weigh([came], found, actor=anna, at=monday)
    assert asked
    registering.register(asked, actor=rut, at=monday)
    came.refresh_from_db()
    with pytest.raises(diary.AlreadyRegistered):
        weighing.reconsider(came, why="Ångrade mig", actor=anna, at=monday)


def test_a_conversation_is_decided_on_at_once_and_has_one_number(
    came: PrivateMessage, library_channel: Channel, anna: Actor, monday: datetime
) -> None:
    assert came.item
    ours = letter("Hej, sök här", own=True, root=came.item.root_id)
    actions.enter(library_channel, ours, actor=anna, at=monday)
    talk = came.conversation
    both = list(talk.messages.select_related("conversation__node", "item"))

    asked = weighing.weigh(
        both, Weighed(MessageLife.register, "Förskoleplats"), actor=anna, at=monday
    )

    assert asked
    assert asked.messages.count() == 2
    [file] = asked.files.all()
    text = vault.open_(file).decode()
    assert TEXT in text
    assert "Hej, sök här" in text


def test_somebody_elsewhere_neither_sees_nor_decides(
    came: PrivateMessage, david: Actor, monday: datetime
) -> None:
    assert not PrivateMessage.objects.visible_to(david).exists()
    assert not Conversation.objects.visible_to(david).exists()
    with pytest.raises(moves.NotYours):
        weighing.weigh([came], KEEP, actor=david, at=monday)


def test_no_search_finds_what_is_not_public(came: PrivateMessage, anna: Actor) -> None:
    assert not SearchDocument.objects.filter(subject=f"item:{came.item_id}").exists()
    assert not search.find("dotter", list(anna.sees)).exists()


def test_what_a_special_case_seals_off_leaves_with_its_whole_conversation(
    came: PrivateMessage, anna: Actor, cecilia: Actor, monday: datetime
) -> None:
    found = Weighed(MessageLife.register, "Fråga")
    asked = weighing.weigh([came], found, actor=anna, at=monday)
    assert asked in registering.seen_by(cecilia)
    Item.objects.filter(message=came).update(secluded=True)

    assert not Conversation.objects.visible_to(anna).exists()
    assert not PrivateMessage.objects.visible_to(anna).exists()
    assert asked not in registering.seen_by(cecilia)
