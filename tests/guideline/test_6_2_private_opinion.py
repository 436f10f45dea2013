"""Section 6.2: private opinions are kept out, and what is wrong mended (R-6.2-12)."""

from datetime import datetime, timedelta

import pytest

from tests.conftest import Cast, SignedIn
from tests.inbox.tales import fetched, told
from uppsikt.channels.models import Channel
from uppsikt.checks.channel import own_texts_are_corrected
from uppsikt.duties import matrix
from uppsikt.governance import moves
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Node, Step
from uppsikt.inbox import actions, lapsing
from uppsikt.inbox.lapse_life import LapseLife
from uppsikt.inbox.models import Item, Lapse
from uppsikt.moderation import registering
from uppsikt.policy.roles import Role
from uppsikt.policy.verdict import Outcome
from uppsikt.records import vault
from uppsikt.sending.models import Outgoing

pytestmark = pytest.mark.django_db
PAGES = "/rattelser/"
TEXT = "Jag tycker att taxan är fel"
CORRECTED = "Rättelse: inlägget innehöll en personlig åsikt."


@pytest.fixture
def ours(library_channel: Channel, monday: datetime) -> Item:
    fetched(library_channel, told(TEXT, own=True, parent_id=None), at=monday)
    return Item.objects.get(own=True)


@pytest.fixture
def now(monday: datetime, monkeypatch: pytest.MonkeyPatch) -> datetime:
    monkeypatch.setattr("django.utils.timezone.now", lambda: monday)
    return monday


@pytest.fixture
def lapse(ours: Item, anna: Actor, monday: datetime) -> Lapse:
    seen = lapsing.Seen("opinion", TEXT, said="Låter privat", item=ours)
    return lapsing.report(ours.channel, seen, actor=anna, at=monday)


def outcome(channel: Channel, at: datetime) -> Outcome:
    facts = matrix.facts([channel], at)[channel.pk]
    return own_texts_are_corrected(facts, at=at).outcome


def test_anybody_on_staff_reports_a_text_of_ours(
    ours: Item,
    person: Cast,
    school: Node,
    cecilia: Actor,
    now: datetime,
    signed_in: SignedIn,
) -> None:
    eva = person("Eva", "vaktmästare", Role.EMPLOYEE, school)
    data = {
        "channel": ours.channel_id,
        "kind": "opinion",
        "quoted": TEXT,
        "url": ours.url,
        "said": "Låter privat",
    }

    answer = signed_in(eva).post(f"{PAGES}ny/", data, follow=True)

    lapse = Lapse.objects.get()
    assert answer.status_code == 200
    assert (lapse.reported_by, lapse.item) == (eva, ours)
    assert lapse in Lapse.objects.visible_to(cecilia)


def test_it_is_late_when_nobody_has_looked_in_time(
    lapse: Lapse, library_channel: Channel, monday: datetime
) -> None:
    assert outcome(library_channel, monday) is Outcome.MET
    late = lapse.due_at + timedelta(minutes=1)
    assert outcome(library_channel, late) is Outcome.NOT_MET


def test_it_is_judged_corrected_registered_and_closed_in_that_order(
    lapse: Lapse, anna: Actor, rut: Actor, monday: datetime
) -> None:
    lapsing.uphold(lapse, why="Värderar ett beslut", actor=anna, at=monday)
    outgoing = lapsing.correct(lapse, CORRECTED, actor=anna, at=monday)
    assert outgoing
    with pytest.raises(lapsing.NotOutYet):
        lapsing.close(lapse, actor=anna, at=monday)

    Outgoing.objects.filter(pk=outgoing.pk).update(sent_at=monday)
    _post_it(outgoing, anna, monday)
    lapse = Lapse.objects.get()
    with pytest.raises(moves.NotReady):
        lapsing.close(lapse, actor=anna, at=monday)
    assert lapse.registration
    registering.register(lapse.registration, actor=rut, at=monday)
    lapsing.close(Lapse.objects.get(), actor=anna, at=monday)

    lapse.refresh_from_db()
    assert lapse.state is LapseLife.closed
    [file] = lapse.registration.files.all()
    assert TEXT in vault.open_(file).decode()


def _post_it(outgoing: Outgoing, actor: Actor, at: datetime) -> None:
    url = "https://bsky.app/profile/biblioteket.test/post/9"
    actions.post(outgoing, url=url, actor=actor, at=at)


def test_there_is_no_correction_without_words_or_a_removal(
    lapse: Lapse, anna: Actor, rut: Actor, monday: datetime
) -> None:
    lapsing.uphold(lapse, why="Värderar ett beslut", actor=anna, at=monday)
    with pytest.raises(lapsing.NothingCorrected):
        lapsing.correct(lapse, " ", actor=anna, at=monday)

    Item.objects.filter(pk=lapse.item_id or 0).update(removed_at=monday)
    lapse = Lapse.objects.get()
    assert lapsing.correct(lapse, "", actor=anna, at=monday) is None
    assert lapse.registration
    registering.register(lapse.registration, actor=rut, at=monday)
    lapsing.close(Lapse.objects.get(), actor=anna, at=monday)


def test_it_is_dismissed_with_a_reason(
    lapse: Lapse, library_channel: Channel, anna: Actor, monday: datetime
) -> None:
    with pytest.raises(moves.NoReason):
        lapsing.dismiss(lapse, why="", actor=anna, at=monday)

    lapsing.dismiss(lapse, why="Citat ur beslutet", actor=anna, at=monday)

    step = Step.objects.get(subject=lapse.subject, move="lapse.dismiss")
    assert step.why == "Citat ur beslutet"
    assert outcome(library_channel, lapse.due_at + timedelta(days=1)) is Outcome.MET


def test_nobody_elsewhere_sees_or_judges_it(
    lapse: Lapse, david: Actor, now: datetime, signed_in: SignedIn
) -> None:
    client = signed_in(david.person)

    assert client.get(f"{PAGES}{lapse.pk}/").status_code == 404
    assert TEXT not in client.get(PAGES).content.decode()
    with pytest.raises(moves.NotYours):
        lapsing.uphold(lapse, why="Fel", actor=david, at=now)


def test_a_person_goes_through_it_in_the_browser(
    lapse: Lapse, anna: Actor, now: datetime, signed_in: SignedIn
) -> None:
    client = signed_in(anna.person)
    url = f"{PAGES}{lapse.pk}/"
    assert TEXT in client.get(PAGES).content.decode()
    assert "Låter privat" in client.get(url).content.decode()

    client.post(f"{url}uphold/", {"why": "Värderar ett beslut"})
    wrong = client.post(f"{url}ratta/", {"text": ""})
    assert wrong.status_code == 422
    assert "Skriv rättelsen" in wrong.content.decode()
    client.post(f"{url}ratta/", {"text": CORRECTED})
    answer = client.post(f"{url}close/", follow=True)

    assert "Rättelsen är inte ute än." in answer.content.decode()
    lapse.refresh_from_db()
    assert lapse.state is LapseLife.corrected
    assert CORRECTED in client.get(url).content.decode()
    assert client.get(f"/inkorg/{lapse.item_id}/").status_code == 200
