"""Pages of the analysis: the table, one rule, and what people say of a signal."""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.conftest import Cast, SignedIn
from tests.guideline.test_6_4_analysis import COARSE, PHONE, TEXT
from tests.inbox.tales import one
from uppsikt.channels.models import Channel
from uppsikt.governance.models import Node
from uppsikt.inbox import showing, verdicts
from uppsikt.inbox.models import Item, ItemSignal, SignalRule, Verdict
from uppsikt.policy.roles import Role


@pytest.fixture
def office(
    now: datetime, person: Cast, municipality: Node, signed_in: SignedIn
) -> Client:
    """The communications office in front of a browser."""
    role = Role.COMMUNICATIONS_OFFICE
    return signed_in(person("Cilla", "kommunikatör", role, municipality))


@pytest.fixture
def pointed(library_channel: Channel, now: datetime) -> Item:
    showing.declare(now)
    return one(library_channel, at=now, text=TEXT)


def test_before_the_worker_has_run_the_page_says_so(browser: Client) -> None:
    page = browser.get(reverse("signal-rules"))
    assert "Ingen regel är registrerad än" in page.text


def test_the_table_shows_each_rule_and_takes_as_many_queries_whatever_it_holds(
    browser: Client,
    pointed: Item,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_max_num_queries(12):
        page = browser.get(reverse("signal-rules"), {"period": "30"})
    assert "Telefonnummer" in page.text
    assert "Ännu inget bedömt" in page.text
    assert "Visa för alla" not in page.text


def test_the_office_silences_a_rule_and_shows_it_again(
    office: Client, pointed: Item
) -> None:
    rule = SignalRule.objects.get(name=PHONE)
    office.post(reverse("signal-silence", args=[rule.pk]))
    page = office.get(reverse("signal-rule", args=[rule.pk]))
    assert "Visa för alla" in page.text

    office.post(reverse("signal-show", args=[rule.pk]))
    rule.refresh_from_db()
    assert rule.shown


def test_the_rule_for_questions_cannot_be_silenced(
    office: Client, pointed: Item
) -> None:
    rule = SignalRule.objects.get(name="question")
    page = office.post(reverse("signal-silence", args=[rule.pk]), follow=True)
    assert "Klockor startar från den här regeln" in page.text


def test_a_signal_is_dismissed_and_comes_back_by_undo(
    browser: Client, pointed: Item
) -> None:
    signal = ItemSignal.objects.get(rule=PHONE)
    page = browser.post(reverse("signal-dismiss", args=[signal.pk]), follow=True)
    assert "inget problem, säger Anna" in page.text

    again = browser.post(reverse("signal-dismiss", args=[signal.pk]), follow=True)
    assert "Någon har redan bedömt" in again.text

    verdict = Verdict.objects.get()
    page = browser.post(reverse("signal-take-back", args=[verdict.pk]), follow=True)
    assert "Signalen gäller igen" in page.text


def test_examples_are_never_of_a_restricted_or_secluded_text(
    browser: Client, pointed: Item, now: datetime
) -> None:
    verdicts.removed(pointed, "personal_data", at=now)
    address = reverse("signal-rule", args=[SignalRule.objects.get(name=PHONE).pk])
    assert TEXT in browser.get(address).text

    Item.objects.update(restricted=True)
    assert TEXT not in browser.get(address).text
    Item.objects.update(restricted=False, secluded=True)
    assert TEXT not in browser.get(address).text


def test_a_coarse_text_stays_behind_a_fold_in_list_and_item(
    browser: Client, library_channel: Channel, now: datetime
) -> None:
    item = one(library_channel, at=now, text=COARSE)
    for address in (reverse("inbox"), reverse("item", args=[item.pk])):
        page = browser.get(address).text
        assert '<details class="covered"><summary>' in page
