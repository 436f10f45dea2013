"""Section 6.2: each half-year a sample of the answers is reviewed (R-6.2-9)."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from tests.conftest import Cast, SignedIn
from tests.inbox.conftest import home as home  # noqa: PLC0414 (a fixture)
from tests.inbox.conftest import platform as platform  # noqa: PLC0414 (a fixture)
from tests.inbox.sampled import ALL_MET, OPINION, SEED, answered, drawn, reviewed
from tests.inbox.tales import SIGNED, FakePlatform, connected, one
from uppsikt.channels.models import Channel, Feedback
from uppsikt.checks.review import answers_are_sampled
from uppsikt.duties import matrix, samples
from uppsikt.governance import moves
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Node
from uppsikt.inbox import actions, sample_review, sampling, work
from uppsikt.inbox.models import Item, Lapse, Sample, SampledAnswer
from uppsikt.policy import lottery
from uppsikt.policy.roles import Role
from uppsikt.policy.verdict import Outcome
from uppsikt.records.models import Entry
from uppsikt.sending import work as post_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def now(monday: datetime, monkeypatch: pytest.MonkeyPatch) -> datetime:
    monkeypatch.setattr("django.utils.timezone.now", lambda: monday)
    return monday


def outcome(channel: Channel, at: datetime) -> Outcome:
    facts = matrix.facts([channel], at)[channel.pk]
    verdict = answers_are_sampled(facts, every="6 months", remind="1 month", at=at)
    return verdict.outcome


def test_the_draw_can_be_made_again_from_what_is_kept(
    library_channel: Channel, cecilia: Actor, monday: datetime
) -> None:
    sample = drawn(library_channel, cecilia, monday, count=9)

    names = sampling.taking_part(library_channel, sample.since, sample.drawn_at)
    again = lottery.drawn(names, sample.seed, 5)
    kept = [f"item:{pk}" for pk in sample.answers.values_list("own", flat=True)]
    assert (sample.population, sorted(kept)) == (9, sorted(again))
    assert sample.fingerprint == lottery.fingerprint(names)
    assert Entry.objects.filter(act="sample.content").exists()


def test_what_is_sent_from_here_and_what_is_written_at_the_platform_takes_part_once(
    library_channel: Channel,
    anna: Actor,
    cecilia: Actor,
    monday: datetime,
    platform: FakePlatform,
) -> None:
    connected(library_channel, anna.person, monday)
    item = one(library_channel, at=monday, published_at=monday)
    actions.answer(item, SIGNED, actor=anna, at=monday)
    soon = monday + timedelta(minutes=1)
    post_room.send(soon)
    work.note_answers(soon)
    answered(library_channel, soon)

    sample = sampling.draw(library_channel, seed=SEED, actor=cecilia, at=soon)

    told = {(a.text, a.asked) for a in sample.answers.select_related("asked")}
    assert {text for text, _ in told} == {SIGNED, "Du är välkommen kl. 0."}
    assert item in {asked for _, asked in told}


def test_nothing_restricted_or_sealed_off_and_no_private_message_is_drawn(
    library_channel: Channel, cecilia: Actor, monday: datetime
) -> None:
    answered(library_channel, monday, count=3)
    pks = list(Item.objects.values_list("pk", flat=True))
    Item.objects.filter(pk=pks[0]).update(secluded=True)
    Item.objects.filter(pk=pks[1]).update(restricted=True)
    Item.objects.filter(pk=pks[2]).update(public=False)

    sample = sampling.draw(library_channel, seed=SEED, actor=cecilia, at=monday)

    assert (sample.population, sample.status) == (0, "passed")


def test_only_those_who_answer_for_the_words_draw_and_review(
    library_channel: Channel, anna: Actor, cecilia: Actor, monday: datetime
) -> None:
    with pytest.raises(moves.NotYours):
        sampling.draw(library_channel, seed=SEED, actor=anna, at=monday)

    sample = drawn(library_channel, cecilia, monday)
    with pytest.raises(moves.NotYours):
        reviewed(sample, anna, monday)


def test_nobody_reviews_an_answer_of_their_own(
    library_channel: Channel,
    anna: Actor,
    cecilia: Actor,
    monday: datetime,
    platform: FakePlatform,
) -> None:
    connected(library_channel, anna.person, monday)
    item = one(library_channel, at=monday, published_at=monday)
    actions.answer(item, SIGNED, actor=anna, at=monday)
    post_room.send(monday + timedelta(minutes=1))
    item.refresh_from_db()
    assert item.outgoing
    item.outgoing.written_by = cecilia.person
    item.outgoing.save(update_fields=["written_by"])
    at = monday + timedelta(minutes=2)
    sample = sampling.draw(library_channel, seed=SEED, actor=cecilia, at=at)

    with pytest.raises(sample_review.OwnAnswer):
        reviewed(sample, cecilia, at)


def test_every_point_of_the_guideline_is_marked(
    library_channel: Channel, cecilia: Actor, monday: datetime
) -> None:
    sample = drawn(library_channel, cecilia, monday)

    assert list(sample_review.points(monday)) == list(ALL_MET)
    with pytest.raises(sample_review.Unmarked):
        reviewed(sample, cecilia, monday, marks={"du": True})


def test_what_falls_short_is_followed_up_and_what_does_not_is_done(
    library_channel: Channel, cecilia: Actor, monday: datetime
) -> None:
    sample = drawn(library_channel, cecilia, monday)
    reviewed(sample, cecilia, monday, marks=OPINION)
    sample.refresh_from_db()

    assert (sample.share, sample.status) == (80, "short")
    assert outcome(library_channel, monday) is Outcome.NOT_MET
    assert samples.waiting(cecilia, monday).total == 1
    with pytest.raises(moves.NoReason):
        sample_review.follow_up(sample, "", actor=cecilia, at=monday)

    sample_review.follow_up(sample, "Vi gick igenom det", actor=cecilia, at=monday)

    assert (sample.status, sample.todo) == ("followed", "Vi gick igenom det")
    assert outcome(library_channel, monday) is Outcome.MET
    assert samples.waiting(cecilia, monday).total == 0


def test_it_comes_back_each_half_year(
    library_channel: Channel, cecilia: Actor, monday: datetime
) -> None:
    assert library_channel.launched_at
    launched = library_channel.launched_at
    assert outcome(library_channel, launched + timedelta(days=10)) is Outcome.MET
    assert outcome(library_channel, launched + timedelta(days=170)) is Outcome.DUE
    assert outcome(library_channel, monday) is Outcome.NOT_MET

    reviewed(drawn(library_channel, cecilia, monday), cecilia, monday)

    assert outcome(library_channel, monday + timedelta(days=10)) is Outcome.MET
    assert outcome(library_channel, monday + timedelta(days=190)) is Outcome.NOT_MET


def test_a_sample_waits_for_the_one_before_and_begins_where_that_ended(
    library_channel: Channel, cecilia: Actor, monday: datetime
) -> None:
    first = drawn(library_channel, cecilia, monday)
    with pytest.raises(sampling.StillOpen):
        sampling.draw(library_channel, seed=SEED, actor=cecilia, at=monday)
    reviewed(first, cecilia, monday)

    later = monday + timedelta(days=30)
    second = drawn(library_channel, cecilia, later, count=2)

    assert (second.since, second.population) == (first.drawn_at, 2)


def test_a_private_opinion_in_a_sample_leads_to_its_correction(
    library_channel: Channel, cecilia: Actor, now: datetime, signed_in: SignedIn
) -> None:
    sample = drawn(library_channel, cecilia, now)
    answer = sample.answers.get()
    client = signed_in(cecilia.person)
    marks = {f"point-{code}": "met" for code in ALL_MET}

    reviewing = client.post(
        f"/stickprov/svar/{answer.pk}/",
        {**marks, "point-objective": "unmet", "note": "Låter privat"},
    )
    page = client.get(reviewing.headers["Location"])
    form = page.context["form"]
    data = {name: form.initial.get(name, "") for name in form.fields}
    client.post(reviewing.headers["Location"], data)

    lapse = Lapse.objects.get()
    assert (lapse.sampled, lapse.item, lapse.said) == (
        answer,
        answer.own,
        "Låter privat",
    )
    assert f"/rattelser/{lapse.pk}/" in client.get(f"/stickprov/{sample.pk}/").text


def test_anybody_outside_tells_of_a_private_opinion_and_staff_take_it_up(
    library_channel: Channel,
    cecilia: Actor,
    now: datetime,
    signed_in: SignedIn,
    client: Client,
) -> None:
    said = "Inlägget i går lät som någons egen åsikt"
    data = {"kanal": library_channel.slug, "slag": "opinion", "text": said}
    client.post("/synpunkt", data, follow=True)
    told = Feedback.objects.get()
    staff = signed_in(cecilia.person)

    page = staff.get(f"/synpunkter/{told.pk}/").text
    address = f"/rattelser/ny/?synpunkt={told.pk}"
    report = {
        "channel": library_channel.pk,
        "kind": "opinion",
        "quoted": "Jag tycker att taxan är fel",
        "said": said,
    }
    staff.post(address, report)

    assert told.kind == Feedback.Kind.OPINION
    assert address in page
    assert Lapse.objects.get().feedback == told
    assert "Rättelse" in staff.get(f"/synpunkter/{told.pk}/").text


def test_who_has_no_role_there_sees_no_sample(
    library_channel: Channel, cecilia: Actor, david: Actor, monday: datetime
) -> None:
    sample = drawn(library_channel, cecilia, monday)

    assert sample not in Sample.objects.visible_to(david)
    assert not SampledAnswer.objects.visible_to(david).exists()


def test_an_auditor_reads_and_changes_nothing(
    library_channel: Channel,
    cecilia: Actor,
    municipality: Node,
    person: Cast,
    now: datetime,
    signed_in: SignedIn,
) -> None:
    sample = drawn(library_channel, cecilia, now)
    auditor = signed_in(person("Rebecka", "revisor", Role.AUDITOR, municipality))

    assert "Dra stickprov" not in auditor.get("/stickprov/").text
    page = auditor.get(f"/stickprov/svar/{sample.answers.get().pk}/")
    assert page.status_code == 200
    assert "point-du" not in page.text
