"""Section 6.4: the analysis points, people judge, and its rules are judged by that."""

from datetime import datetime, timedelta

import pytest

from tests.checks.text.tables import rows
from tests.conftest import Cast
from tests.inbox.tales import one
from tests.moderation.town import arrives, comment, condemned, work_through
from uppsikt.channels.models import Channel
from uppsikt.checks.text import ANALYSIS_VERSION, analyse
from uppsikt.checks.text.register import RULES
from uppsikt.governance import actors, moves
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Node
from uppsikt.inbox import actions, precision, rereading, showing, verdicts
from uppsikt.inbox.item_page import ItemPage
from uppsikt.inbox.listing import Reach
from uppsikt.inbox.models import Item, ItemSignal, ItemVersion, SignalRule, Verdict
from uppsikt.inbox.precision import Period
from uppsikt.policy.roles import Role
from uppsikt.records import search
from uppsikt.records.models import Entry, SearchDocument

PHONE = "personal_data.phone"
TEXT = "Ring grannen på 070-174 06 05 om det"
COARSE = next(
    text
    for expected, text in rows("abuse.tsv")
    if expected != "-"
    and any(one.suggests and one.certainty > 0.9 for one in analyse(text))
)


@pytest.fixture
def cilla(person: Cast, municipality: Node, monday: datetime) -> Actor:
    """Cilla, of the communications office."""
    user = person("Cilla", "kommunikatör", Role.COMMUNICATIONS_OFFICE, municipality)
    return actors.of(user, at=monday)


@pytest.fixture
def pointed(library_channel: Channel, monday: datetime) -> Item:
    """A comment with a telephone number."""
    showing.declare(monday)
    return one(library_channel, at=monday, text=TEXT)


def rule(name: str = PHONE) -> SignalRule:
    return SignalRule.objects.get(name=name, version=RULES[name].version)


def page(item: Item, actor: Actor, at: datetime) -> ItemPage:
    fresh = Item.objects.select_related("channel__node").get(pk=item.pk)
    return ItemPage(fresh, Reach.of(actor, at=at), at)


def row(at: datetime, name: str = PHONE) -> precision.Row:
    rows = precision.table(Period.MONTH, at=at)
    return next(r for r in rows if r.rule == rule(name))


def test_the_analysis_points_and_changes_nothing_at_the_platform(
    pointed: Item, anna: Actor, monday: datetime
) -> None:
    assert pointed.flagged
    assert [s.rule for s in page(pointed, anna, monday).marks] == [PHONE]
    assert pointed.status == "waiting"
    assert pointed.removed_at is None
    assert pointed.in_case is None


def test_what_came_with_the_program_is_shown_and_what_comes_later_runs_silent(
    municipality: Node, monday: datetime
) -> None:
    assert showing.declare(monday) == len(RULES)
    assert rule().shown
    rule().delete()

    assert showing.declare(monday) == 1
    assert not rule().shown
    assert showing.declare(monday) == 0


def test_a_silent_rule_is_kept_and_counted_but_not_seen(
    library_channel: Channel, anna: Actor, cilla: Actor, monday: datetime
) -> None:
    showing.declare(monday)
    showing.silence(rule(), actor=cilla, at=monday)
    item = one(library_channel, at=monday, text=TEXT)

    assert ItemSignal.objects.filter(rule=PHONE).exists()
    assert not item.flagged
    assert page(item, anna, monday).signals == []


def test_a_rule_is_shown_and_silenced_by_the_office_alone_and_in_the_ledger(
    pointed: Item, anna: Actor, cilla: Actor, monday: datetime
) -> None:
    with pytest.raises(moves.NotYours):
        showing.silence(rule(), actor=anna, at=monday)

    showing.silence(rule(), actor=cilla, at=monday)
    assert not Item.objects.filter(flagged=True).exists()

    showing.show(rule(), actor=cilla, at=monday)
    assert Item.objects.get(flagged=True) == pointed
    acts = Entry.objects.filter(subject=f"rule:{PHONE}").order_by("pk")
    assert list(acts.values_list("act", flat=True)) == ["signal.silence", "signal.show"]


def test_questions_start_clocks_and_are_never_silent(
    cilla: Actor, monday: datetime
) -> None:
    showing.declare(monday)
    with pytest.raises(showing.NeverSilent):
        showing.silence(rule("question"), actor=cilla, at=monday)


def test_not_a_problem_is_one_click_and_can_be_undone(
    pointed: Item, anna: Actor, monday: datetime
) -> None:
    [signal] = page(pointed, anna, monday).marks
    said = verdicts.dismiss(signal, actor=anna, at=monday)

    assert page(pointed, anna, monday).marks == []
    assert row(monday).wrong == 1
    with pytest.raises(verdicts.SaidAlready):
        verdicts.dismiss(signal, actor=anna, at=monday)

    verdicts.take_back(said, actor=anna, at=monday)
    assert page(pointed, anna, monday).marks == [signal]
    assert row(monday).wrong == 0


def test_nobody_judges_a_signal_elsewhere(
    pointed: Item, david: Actor, monday: datetime
) -> None:
    signal = ItemSignal.objects.get(rule=PHONE)
    with pytest.raises(moves.NotYours):
        verdicts.dismiss(signal, actor=david, at=monday)


def test_what_is_removed_on_the_ground_suggested_speaks_for_the_rule(
    insult: Item, anna: Actor, connected: Channel, monday: datetime
) -> None:
    showing.declare(monday)
    told = comment("reply-9", monday, text=TEXT)
    item = arrives(connected, told, monday)
    verdicts.removed(item, "personal_data", at=monday)
    assert row(monday).precision == 100

    other = arrives(connected, comment("reply-8", monday, text=TEXT + "!"), monday)
    verdicts.removed(other, "threat", at=monday)
    assert row(monday).precision == 50


def test_a_removal_by_the_worker_is_learnt_from(
    insult: Item, anna: Actor, monday: datetime
) -> None:
    showing.declare(monday)
    version = ItemVersion.objects.get(item=insult)
    ItemSignal.objects.create(
        version=version,
        rule=PHONE,
        rule_version=1,
        start=0,
        end=3,
        certainty=0.9,
        msgid="A telephone number.",
        suggests="threat",
    )
    case = condemned(insult, anna, monday, ground="threat", motive="Hot")
    work_through(monday)
    case.refresh_from_db()

    assert case.status == "removed"
    said = Verdict.objects.filter(item=insult, rule=PHONE)
    assert [v.said for v in said] == [Verdict.Said.RIGHT]


def test_what_people_pass_by_is_counted_once(
    pointed: Item, anna: Actor, monday: datetime
) -> None:
    assert verdicts.learn(monday) == 0
    actions.pass_by(pointed, why="Inget svar behövs", actor=anna, at=monday)

    assert verdicts.learn(monday) == 1
    assert verdicts.learn(monday) == 0
    assert row(monday).passed == 1
    assert row(monday + timedelta(days=31)).judged == 0


def test_what_an_earlier_analysis_read_is_read_again(
    pointed: Item, monday: datetime
) -> None:
    assert rereading.reread(monday) == 0
    ItemVersion.objects.update(analysis=ANALYSIS_VERSION - 1)
    ItemSignal.objects.all().delete()
    Item.objects.update(flagged=False)

    assert rereading.reread(monday) == 1
    assert rereading.reread(monday) == 0
    pointed.refresh_from_db()
    assert pointed.flagged
    assert ItemSignal.objects.filter(rule=PHONE).count() == 1


def test_an_earlier_signal_stands_while_the_new_version_runs_silent(
    pointed: Item, anna: Actor, monday: datetime
) -> None:
    ItemSignal.objects.update(rule_version=0)
    SignalRule.objects.filter(name=PHONE).update(version=0)
    showing.declare(monday)
    ItemVersion.objects.update(analysis=0)

    rereading.reread(monday)
    kept = ItemSignal.objects.filter(rule=PHONE).order_by("rule_version")
    assert [s.rule_version for s in kept] == [0, RULES[PHONE].version]
    assert [s.rule_version for s in page(pointed, anna, monday).marks] == [0]


def test_what_another_stemmer_made_is_indexed_again(
    pointed: Item, monday: datetime
) -> None:
    SearchDocument.objects.update(version="older")

    assert rereading.reindex(monday) == 1
    assert list(search.outdated("item:")) == []
    Item.objects.update(restricted=True)
    SearchDocument.objects.update(version="older")
    assert rereading.reindex(monday) == 1
    assert not SearchDocument.objects.filter(subject=pointed.subject).exists()


def test_a_coarse_text_is_covered_until_it_is_chosen(
    library_channel: Channel, anna: Actor, monday: datetime
) -> None:
    item = one(library_channel, at=monday, text=COARSE)
    assert item.covered
    shown = page(item, anna, monday)
    assert shown.covers

    for signal in shown.pointed_at:
        verdicts.dismiss(signal, actor=anna, at=monday)
    assert not page(item, anna, monday).covers


def test_no_list_of_persons_is_made_by_ground_or_topic() -> None:
    """D-16: neither verdicts nor signals hold who wrote, nor can be sought by it."""
    for model in (Verdict, ItemSignal, SignalRule, SearchDocument):
        fields = {field.name for field in model._meta.get_fields()}
        assert not {name for name in fields if "author" in name or "person" in name}
    examples = {"item", "rule", "rule_version", "said", "at", "by", "undone_at", "id"}
    assert {field.name for field in Verdict._meta.fields} == examples
