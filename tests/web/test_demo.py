"""The demonstration has all it promises, made by real acts, and its ledger is whole."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from tests.conftest import MONDAY
from uppsikt.channels.models import Channel, Connection
from uppsikt.governance.models import Assignment, Node, User
from uppsikt.inbox import watch
from uppsikt.inbox.models import Item, Tick
from uppsikt.moderation.models import Case
from uppsikt.policy.roles import Role
from uppsikt.policy.words import N_, Message
from uppsikt.records import audit
from uppsikt.records.camera import BrowserMissing, Camera
from uppsikt.records.models import Entry, Registration
from uppsikt.web import demo
from uppsikt.web.demo.story import Act, Story
from uppsikt.web.demo.town import told
from uppsikt.web.signin import MADE_UP

NOW = MONDAY + timedelta(hours=4)
WHOLE = {"closed", "removed", "restored"}


@pytest.fixture(scope="module", autouse=True)
def exempelby(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    """Exempelby on a Monday afternoon, made once for all that is asked of it here."""
    data = tmp_path_factory.mktemp("exempelby")
    with (
        django_db_blocker.unblock(),
        override_settings(DATA=data, VAULT=data / "vault"),
        pytest.MonkeyPatch.context() as patch,
        transaction.atomic(),
    ):
        patch.setattr(Camera, "__enter__", _no_browser)
        assert demo.fill(NOW)
        yield
        transaction.set_rollback(True)


def _no_browser(_: Camera) -> Camera:
    raise BrowserMissing(Message(N_("There is none.")))


def test_the_ledger_of_the_demonstration_is_whole() -> None:
    assert list(audit.verify_own()) == []
    assert not Entry.objects.filter(number=None).exists()
    assert not Entry.objects.filter(at__gt=NOW).exists()


def test_there_are_five_departments_and_seventeen_channels_on_many_platforms() -> None:
    assert Node.objects.filter(kind=Node.Kind.DEPARTMENT).count() == 5
    active = Channel.objects.open()
    assert active.count() == 17
    assert len(set(active.values_list("site", flat=True))) >= 8
    assert active.filter(site="bluesky").exists()
    assert not Connection.objects.exists(), "the demonstration uses no network"


def test_somebody_has_each_role_and_nobody_is_real() -> None:
    held = set(Assignment.objects.values_list("role", flat=True))

    assert held == set(Role) - {Role.CLOCK}
    assert not User.objects.exclude(email__endswith=MADE_UP).exists()


def test_six_hundred_comments_have_come_in_over_ninety_days() -> None:
    comments = Item.objects.filter(own=False)

    assert comments.exclude(status="history").count() >= 600
    assert comments.filter(status="history").exists()
    oldest = comments.order_by("published_at")[20]
    assert NOW - oldest.published_at > timedelta(days=75)
    assert len(set(comments.values_list("text", flat=True))) > 400


def test_comments_are_answered_promised_let_pass_and_forgotten() -> None:
    count = {
        s: Item.objects.filter(status=s).count() for s in ("answered", "passed_by")
    }

    assert min(count.values()) > 100
    assert Item.objects.overdue(NOW).count() >= 4
    assert Item.objects.open().filter(due_at__gt=NOW).exists()
    assert Item.objects.filter(promised_for__isnull=False).exists()


def test_each_channel_is_watched_daily_but_for_one_missed_week() -> None:
    channels = list(Channel.objects.open())
    missed = watch.missed_days(channels, at=NOW)

    assert {c.name: len(missed[c.pk]) for c in channels if missed[c.pk]} == {
        "Skogsskolan": 7
    }
    assert Tick.objects.count() > 14 * 85


def test_twelve_removals_stand_on_evidence_and_nine_have_a_diary_number() -> None:
    removed = Case.objects.filter(status__in=WHOLE)

    assert removed.count() == 12
    assert not removed.filter(evidence=None).exists()
    numbers = Registration.objects.exclude(diary_number=None)
    assert (numbers.count(), removed.filter(status="closed").count()) == (9, 9)
    assert Registration.objects.filter(diary_number=None).exists()


def test_every_stage_of_a_case_waits_for_somebody() -> None:
    statuses = set(Case.objects.values_list("status", flat=True))

    assert {"opened", "proposed", "by_hand", "left_up", "closed"} <= statuses


def test_two_applications_wait_and_one_of_them_since_long() -> None:
    waiting = Channel.objects.filter(status="applied")

    assert waiting.count() == 2
    assert waiting.filter(applied_at__lt=NOW - timedelta(days=30)).count() == 1


def test_it_is_not_made_twice_and_may_be_emptied() -> None:
    assert not demo.fill(NOW)
    assert demo.is_ours()


def test_a_municipality_with_a_real_address_in_it_is_never_emptied() -> None:
    with transaction.atomic():
        User.objects.create_user("anna@kommunen.example.org")
        assert not demo.is_ours()
        transaction.set_rollback(True)


def test_emptying_leaves_what_the_demonstration_did_not_make(tmp_path: Path) -> None:
    for name in ("uppsikt.sqlite3", "uppsikt.sqlite3-wal", "notes.txt"):
        (tmp_path / name).touch()
    (tmp_path / "vault").mkdir()

    demo.empty(tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_telephone_numbers_are_those_set_aside_for_fiction() -> None:
    texts = [row["text"] for row in told("removals")["case"]]
    numbers = told("talk")["slots"]["nummer"]

    assert all(number.startswith("070-174 06 ") for number in numbers)
    assert all("07" not in text.replace("070-174 06 ", "") for text in texts)


def test_a_story_is_told_in_the_order_of_time() -> None:
    story, heard = Story(), list[str]()
    story.at(NOW, lambda _: heard.append("second"))
    story.at(NOW - timedelta(hours=1), lambda at: story.at(at, _says(heard, "after")))
    story.at(NOW + timedelta(hours=1), lambda _: heard.append("too late"))

    assert story.tell(NOW) == 3
    assert heard == ["after", "second"]


def _says(heard: list[str], word: str) -> Act:
    return lambda _: heard.append(word)
