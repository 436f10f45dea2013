"""Section 3.2: every presence is known, and what is not ours is told apart (D-34)."""

from datetime import datetime, timedelta

import pytest

from tests.conftest import CARD, Cast
from uppsikt.channels import actions, finding
from uppsikt.channels.finding import AlreadyOurs, NotEntered
from uppsikt.channels.found_life import FoundLife
from uppsikt.channels.models import Channel, FoundAccount
from uppsikt.channels.verifying import Answer, verify
from uppsikt.governance import actors, moves
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Node, Step
from uppsikt.platforms.accounts import Account, canonical
from uppsikt.policy.roles import Role
from uppsikt.records import ledger, vault
from uppsikt.records.models import Blob, Entry

ANYBODY = Actor("anyone", None, ())
FALSE = "https://www.instagram.com/bibliioteket"
PERSON = "https://www.linkedin.com/in/kim-exempel"
HOUR = timedelta(hours=1)


def account(text: str) -> Account:
    found = canonical(text)
    assert isinstance(found, Account)
    return found


@pytest.fixture
def olle(person: Cast, municipality: Node, monday: datetime) -> Actor:
    """Olle, at the communications office."""
    user = person("Olle", "kommunikatör", Role.COMMUNICATIONS_OFFICE, municipality)
    return actors.of(user, at=monday)


@pytest.fixture
def reported(library_channel: Channel, monday: datetime) -> FoundAccount:
    said = "Ber om kontonummer"
    return finding.report(account(FALSE), said, actor=ANYBODY, at=monday)


def test_anybody_tells_of_an_account_and_gets_a_number(
    reported: FoundAccount, monday: datetime
) -> None:
    assert reported.receipt.startswith("K-")
    assert reported.state is FoundLife.reported
    assert reported.content is not None
    assert b"Ber om kontonummer" in vault.open_(reported.content)
    acts = Entry.objects.filter(subject=reported.subject).values_list("act", flat=True)
    assert set(acts) == {"found.report", "found.content"}
    assert verify(FALSE, at=monday).answer is Answer.UNKNOWN


def test_an_account_of_ours_cannot_be_told_of(
    library_channel: Channel, monday: datetime
) -> None:
    ours = account(library_channel.url)
    with pytest.raises(AlreadyOurs):
        finding.report(ours, "Är det här ni?", actor=ANYBODY, at=monday)
    assert not FoundAccount.objects.exists()


def test_only_the_communications_office_judges_and_with_a_reason(
    reported: FoundAccount, olle: Actor, anna: Actor, monday: datetime
) -> None:
    for move in finding.JUDGEMENTS:
        with pytest.raises(moves.NotYours):
            finding.judge(reported, move, why="skäl", actor=anna, at=monday)
        with pytest.raises(moves.NoReason):
            finding.judge(reported, move, why=" ", actor=olle, at=monday)
    with pytest.raises(moves.NotYours):
        finding.let_go(reported, actor=anna, at=monday)


def test_a_false_account_is_known_from_then_on_and_followed_until_it_is_gone(
    reported: FoundAccount, olle: Actor, monday: datetime
) -> None:
    finding.judge(
        reported, FoundLife.condemn, why="Härmar vår logotyp", actor=olle, at=monday
    )

    known = verify("instagram.com/Bibliioteket/p/1", at=monday)
    assert (known.answer, known.since, known.post) == (Answer.KNOWN_FALSE, monday, True)
    assert verify(FALSE, at=monday - HOUR).answer is Answer.UNKNOWN

    finding.tell_platform(
        reported,
        reference="IG-12",
        police=FoundAccount.Police.REPORTED,
        note="5000-K1-26",
        actor=olle,
        at=monday,
    )
    finding.vanish(reported, actor=olle, at=monday)

    reported.refresh_from_db()
    assert reported.state is FoundLife.gone
    assert (reported.platform_reference, reported.police_note) == (
        "IG-12",
        "5000-K1-26",
    )
    assert verify(FALSE, at=monday).answer is Answer.KNOWN_FALSE


def test_a_judgement_that_was_wrong_is_taken_back_with_a_reason(
    reported: FoundAccount, olle: Actor, monday: datetime
) -> None:
    finding.judge(reported, FoundLife.condemn, why="Härmar", actor=olle, at=monday)
    with pytest.raises(moves.NoReason):
        finding.retract(reported, why="", actor=olle, at=monday)

    finding.retract(reported, why="Det är en förening", actor=olle, at=monday)

    assert verify(FALSE, at=monday).answer is Answer.UNKNOWN


def test_nothing_is_kept_of_a_private_persons_account(
    library_channel: Channel, olle: Actor, monday: datetime
) -> None:
    said = "Kim jobbar hos er"
    found = finding.report(account(PERSON), said, actor=ANYBODY, at=monday)
    blob, entry = found.content_id, found.content_entry
    assert entry is not None

    finding.let_go(found, actor=olle, at=monday)

    found.refresh_from_db()
    kept = {f.attname: getattr(found, f.attname) for f in found._meta.concrete_fields}
    assert "kim" not in str(kept).lower()
    assert Blob.objects.get(name=blob).disposed_at == monday
    entry.refresh_from_db()
    with pytest.raises(ledger.Disposed):
        ledger.opened(entry)
    for one in Entry.objects.filter(subject=found.subject).exclude(pk=entry.pk):
        assert "kim" not in str(ledger.opened(one)).lower()
    assert not Step.objects.filter(subject=found.subject).exclude(why="").exists()
    assert verify(PERSON, at=monday).answer is Answer.UNKNOWN


def test_a_second_report_of_a_private_account_is_recognised(
    library_channel: Channel, olle: Actor, monday: datetime
) -> None:
    found = finding.report(account(PERSON), "", actor=ANYBODY, at=monday)
    assert finding.judged_before(account(PERSON)) is None
    finding.let_go(found, actor=olle, at=monday)

    assert finding.judged_before(account(f"{PERSON}/?trk=x")) == found
    assert finding.judged_before(account(FALSE)) is None


def test_every_report_of_one_account_is_judged_at_once(
    reported: FoundAccount, olle: Actor, monday: datetime
) -> None:
    again = finding.report(account(FALSE), "Jag med", actor=ANYBODY, at=monday)
    other = finding.report(account(PERSON), "", actor=ANYBODY, at=monday)

    finding.judge(reported, FoundLife.dismiss, why="Satir", actor=olle, at=monday)

    for one in (again, other):
        one.refresh_from_db()
    assert again.state is FoundLife.nothing
    assert other.state is FoundLife.reported


def test_an_account_of_ours_is_entered_before_the_report_is_done(
    library_channel: Channel, library: Node, olle: Actor, monday: datetime
) -> None:
    ours = account("https://www.facebook.com/skrivarklubben")
    found = finding.report(ours, "Det är väl ni?", actor=ANYBODY, at=monday)
    finding.judge(found, FoundLife.claim, why="Startad 2019", actor=olle, at=monday)
    with pytest.raises(NotEntered):
        finding.register(found, actor=olle, at=monday)

    application = actions.Application(
        site=ours.site, handle=ours.handle, url=ours.url, name="Klubben", card=CARD
    )
    channel = actions.enter(library, application, actor=olle, at=monday)

    assert finding.register(found, actor=olle, at=monday) == channel
    assert verify(ours.url, at=monday).answer is Answer.UNKNOWN


def test_only_those_who_see_the_whole_municipality_see_what_is_reported(
    reported: FoundAccount, olle: Actor, anna: Actor
) -> None:
    assert list(FoundAccount.objects.visible_to(olle)) == [reported]
    assert not FoundAccount.objects.visible_to(anna).exists()
