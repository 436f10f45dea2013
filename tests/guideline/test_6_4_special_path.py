"""Section 6.4 and the law above it: suspected abuse material is never kept (D-7).

Every way into the program is tried, and every one refuses: upload, picture, notice,
search, inbox, evidence, package. A note is all there is.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from tests.conftest import MONDAY, Cast
from tests.moderation.town import (
    TEXT,
    Bluesky,
    Lens,
    condemned,
    png,
    removed,
    work_through,
)
from uppsikt.governance import actors, moves
from uppsikt.governance.actors import Actor
from uppsikt.governance.models import Node, User
from uppsikt.inbox.models import Item
from uppsikt.moderation import actions, exporting, keeping, registering
from uppsikt.moderation.models import Case, Evidence, EvidenceFile, Report
from uppsikt.policy.roles import Role
from uppsikt.records import media, search
from uppsikt.records.models import Blob, Entry, Package, Registration, SearchDocument

NOTE = "Sett kl. 09.10 av Anna. Polisen kontaktad."
SignedIn = Callable[[User], Client]


@pytest.fixture
def special(insult: Item, anna: Actor, monday: datetime) -> Case:
    return actions.open_special(insult.channel, NOTE, insult, actor=anna, at=monday)


def test_only_a_note_is_kept_and_the_item_leaves_lists_and_search(
    special: Case,
    insult: Item,
    anna: Actor,
    monday: datetime,
) -> None:
    assert special.note == NOTE
    assert special.ground == "csam"
    assert not Evidence.objects.exists()
    assert insult not in Item.objects.visible_to(anna)
    assert not SearchDocument.objects.filter(subject=insult.subject).exists()
    assert not search.find("grovt", anna.sees).exists()


def test_the_note_is_registered_as_secret_and_names_nobody(special: Case) -> None:
    registration = Registration.objects.get(case=special)
    assert registration.secret
    assert registration.party == ""
    assert insult_free(registration.title)
    assert registration.files.count() == 0


def insult_free(title: str) -> bool:
    """Tell whether a title says nothing of whom or what."""
    return not {"kim", TEXT, "kommentar"} & set(title.lower().split())


def test_no_upload_is_taken_not_even_looked_at(
    special: Case, anna: Actor, monday: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = []
    monkeypatch.setattr(media, "checked", lambda *a: looked.append(a))
    stored = Blob.objects.count()
    for moment in Evidence.Moment:
        with pytest.raises(actions.SpecialPathOnly):
            actions.upload_evidence(special, png(), moment, actor=anna, at=monday)
    for act in (actions.remove_by_hand, actions.confirm):
        with pytest.raises(actions.SpecialPathOnly):
            act(special, actions.Proof(png()), actor=anna, at=monday)
    assert looked == []
    assert Blob.objects.count() == stored


def test_no_notice_report_picture_or_package_can_be_made_of_it(
    special: Case, anna: Actor, monday: datetime
) -> None:
    tries: list[Callable[[], object]] = [
        lambda: actions.notify(special, "Hej", actor=anna, at=monday),
        lambda: actions.cannot_notify(special, why="Nej", actor=anna, at=monday),
        lambda: actions.report(
            special, actions.Answer(Report.To.POLICE, made=True), actor=anna, at=monday
        ),
        lambda: actions.photograph_again(special, actor=anna, at=monday),
        lambda: exporting.pack_case(special, actor=anna, at=monday),
        lambda: keeping.keep(
            special,
            keeping.Capture(Evidence.Method.UPLOAD, [], "", monday),
            Evidence.Moment.BEFORE,
            actor=anna,
            at=monday,
        ),
    ]
    for one in tries:
        with pytest.raises(actions.SpecialPathOnly):
            one()
    assert not Evidence.objects.exists()
    assert not Package.objects.exists()


def test_the_worker_never_asks_platform_or_camera_about_it(
    special: Case,
    lens: Lens,
    bluesky: Bluesky,
    monday: datetime,
) -> None:
    Case.objects.filter(pk=special.pk).update(next_try_at=monday)
    work_through(monday + timedelta(hours=1))
    assert bluesky.asked == []
    assert lens.asked == []
    assert lens.html == ""


def test_the_ground_cannot_be_chosen_as_an_ordinary_decision(
    insult: Item,
    anna: Actor,
    monday: datetime,
) -> None:
    case = actions.open_case(
        insult, through="round", knowledge_at=monday, actor=anna, at=monday
    )
    decision = actions.Decision("csam", Case.Measure.HIDE)
    with pytest.raises(actions.SpecialPathOnly):
        actions.decide(case, decision, actor=anna, at=monday)
    case.refresh_from_db()
    assert (case.status, case.ground) == ("opened", "")


def test_no_ordinary_case_can_be_opened_about_what_is_locked(
    special: Case,
    insult: Item,
    anna: Actor,
    monday: datetime,
) -> None:
    actions.close_special(special, why="Polisen har tagit över", actor=anna, at=monday)
    with pytest.raises(actions.SpecialPathOnly):
        actions.open_case(
            insult, through="round", knowledge_at=monday, actor=anna, at=monday
        )


def test_a_later_choice_locks_what_was_kept_before_it(
    insult: Item,
    anna: Actor,
    monday: datetime,
) -> None:
    case = removed(insult, anna, monday)
    assert not EvidenceFile.objects.filter(blob__restricted=True).exists()

    actions.seclude(case, NOTE, actor=anna, at=monday)

    assert case.status == "special"
    assert case.evidence_entry is None
    assert not EvidenceFile.objects.filter(blob__restricted=False).exists()
    registration = Registration.objects.get(case=case)
    assert registration.secret
    assert registration.files.count() == 0
    with pytest.raises(actions.SpecialPathOnly):
        exporting.pack_case(case, actor=anna, at=monday)


def test_an_open_case_turns_special_when_somebody_else_chooses_the_path(
    insult: Item,
    anna: Actor,
    bluesky: Bluesky,
    monday: datetime,
) -> None:
    case = condemned(insult, anna, monday)
    same = actions.open_special(insult.channel, NOTE, insult, actor=anna, at=monday)
    assert same == case
    work_through(monday)
    assert bluesky.asked == []
    with pytest.raises(moves.TooLate):
        actions.open_special(insult.channel, NOTE, insult, actor=anna, at=monday)


def test_the_worker_keeps_nothing_when_the_path_is_chosen_while_it_pictures(
    insult: Item,
    anna: Actor,
    lens: Lens,
    bluesky: Bluesky,
    monday: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case = condemned(insult, anna, monday)
    stored = Blob.objects.count()
    told = Case.objects.get(pk=case.pk)

    def late(html: str, *args: object, **kw: object) -> object:
        actions.seclude(told, NOTE, actor=anna, at=monday)
        return Lens.photograph_html(lens, html, *args, **kw)  # type: ignore[arg-type]

    monkeypatch.setattr(lens, "photograph_html", late)
    work_through(monday)

    case.refresh_from_db()
    assert case.status == "special"
    assert Blob.objects.count() == stored
    assert not Evidence.objects.exists()
    assert bluesky.acts() == []


@pytest.mark.parametrize("field", ["evidence_entry", "measure", "note", "ground"])
def test_the_database_itself_refuses_evidence_on_the_path(
    special: Case, field: str
) -> None:
    changes = {
        "evidence_entry": _some_entry(),
        "measure": "hide",
        "note": "",
        "ground": "",
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=special.pk).update(**{field: changes[field]})


def _some_entry() -> Entry:
    return Entry.objects.earliest("pk")


def test_a_note_without_words_opens_nothing(
    insult: Item,
    anna: Actor,
    monday: datetime,
) -> None:
    with pytest.raises(actions.NoWords):
        actions.open_special(insult.channel, "  ", insult, actor=anna, at=monday)
    assert not Case.objects.exists()


def test_the_polices_number_can_be_added_to_the_note_by_those_who_read_it(
    special: Case, anna: Actor, cecilia: Actor, monday: datetime
) -> None:
    actions.annotate(special, "Polisens nummer K 1", actor=anna, at=monday)
    assert special.note == f"{NOTE}\n\nPolisens nummer K 1"
    with pytest.raises(moves.NotYours):
        actions.annotate(special, "Mer", actor=cecilia, at=monday)


def test_owner_substitute_and_registrar_see_it(
    special: Case, anna: Actor, rut: Actor, bengt_user: User, monday: datetime
) -> None:
    substitute = actors.of(bengt_user, at=monday)
    assert substitute.has(Role.DEPUTY)
    for sees in (anna, rut, substitute):
        assert special in Case.objects.visible_to(sees)
        assert special.registration in registering.seen_by(sees)


def test_nobody_else_sees_it_and_no_registrar_at_another_node(
    special: Case,
    cecilia: Actor,
    david: Actor,
    person: Cast,
    municipality: Node,
    school: Node,
) -> None:
    director = person("Karin", "chef", Role.COMMUNICATIONS_DIRECTOR, municipality)
    elsewhere = person("Rune", "registrator", Role.REGISTRAR, school)
    others = [actors.of(user, at=MONDAY) for user in (director, elsewhere)]
    for actor in (cecilia, david, *others):
        assert special not in Case.objects.visible_to(actor)
        assert special.registration not in registering.seen_by(actor)


def test_an_earlier_case_about_the_same_item_is_closed_to_all_others_too(
    insult: Item,
    anna: Actor,
    cecilia: Actor,
    bengt: Actor,
    monday: datetime,
) -> None:
    earlier = removed(insult, anna, monday)
    actions.restore(earlier, why="Fel", actor=bengt, at=monday)
    assert earlier in Case.objects.visible_to(cecilia)
    actions.open_special(insult.channel, NOTE, insult, actor=anna, at=monday)
    assert earlier not in Case.objects.visible_to(cecilia)
    assert not EvidenceFile.objects.filter(blob__restricted=False).exists()
