"""Pages of samples: as few queries however much is drawn, and what the file says."""

from datetime import datetime

import pytest

from tests.conftest import SignedIn
from tests.inbox.sampled import drawn, reviewed
from tests.inbox.tales import queries
from uppsikt.channels.models import Channel
from uppsikt.governance.actors import Actor
from uppsikt.inbox import sample_files, sample_review
from uppsikt.inbox.models import Item, Sample, SampledAnswer

pytestmark = pytest.mark.django_db
PAGE = "/stickprov/"


def test_the_pages_cost_as_many_questions_however_much_is_drawn(
    library_channel: Channel, cecilia: Actor, now: datetime, signed_in: SignedIn
) -> None:
    sample = drawn(library_channel, cecilia, now)
    browser = signed_in(cecilia.person)
    browser.get(PAGE)
    few = [queries(browser, url) for url in (PAGE, f"{PAGE}{sample.pk}/")]
    reviewed(sample, cecilia, now)
    reviewed(sample := again(library_channel, cecilia, now), cecilia, now)

    assert sample.answers.count() == 5
    many = [queries(browser, url) for url in (PAGE, f"{PAGE}{sample.pk}/")]
    assert many == few


def again(channel: Channel, actor: Actor, at: datetime) -> Sample:
    Sample.objects.all().delete()
    return drawn(channel, actor, at, count=7)


def test_an_officer_draws_in_all_that_waits_and_goes_from_answer_to_answer(
    library_channel: Channel, cecilia: Actor, now: datetime, signed_in: SignedIn
) -> None:
    browser = signed_in(cecilia.person)
    assert "Dra stickprov i 1 kanal" in browser.get(PAGE).text
    again(library_channel, cecilia, now)
    page = browser.get(PAGE).text
    assert "Dra stickprov" not in page
    first, second = SampledAnswer.objects.order_by("place")[:2]
    points = sample_review.points(now)
    marks = {f"point-{code}": "met" for code in points}

    wrong = browser.post(f"{PAGE}svar/{first.pk}/", {"note": "Bra"})
    right = browser.post(f"{PAGE}svar/{first.pk}/", {**marks, "note": "Bra"})

    assert wrong.status_code == 422
    assert right.headers["Location"] == f"{PAGE}svar/{second.pk}/"


def test_the_file_has_each_answer_and_hides_what_is_protected(
    library_channel: Channel, cecilia: Actor, now: datetime, signed_in: SignedIn
) -> None:
    sample = drawn(library_channel, cecilia, now)
    answer = sample.answers.get()
    browser = signed_in(cecilia.person)
    address = f"{PAGE}utdrag.csv?period=2026-h1"
    assert answer.text in browser.get(address).content.decode("utf-8-sig")

    assert answer.own
    Item.objects.filter(pk=answer.own.pk).update(restricted=True)
    answer.own.restricted = True
    nobody = Actor("anyone", None, ())
    rows = list(sample_files.by_answer([answer], sample_review.points(now), nobody))

    assert answer.text not in rows[1]
    assert browser.get(f"{PAGE}utdrag.xlsx").status_code == 200
    assert browser.get(f"{PAGE}utdrag.exe").status_code == 404
