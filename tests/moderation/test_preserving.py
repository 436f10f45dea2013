"""What is to be removed is pictured and sealed first, or a person is asked."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.moderation.town import (
    PASSING,
    REFUSED,
    Bluesky,
    Killed,
    Lens,
    acts,
    arrives,
    comment,
    condemned,
    removed,
    work_through,
)
from uppsikt.channels.models import Channel
from uppsikt.governance.actors import Actor
from uppsikt.inbox.models import Item
from uppsikt.moderation import (
    actions,
    keeping,
    preserving,
    work,
)
from uppsikt.moderation.models import Case, Evidence, EvidenceFile
from uppsikt.platforms import SeenState
from uppsikt.policy.words import Message
from uppsikt.records import darkroom, files, ledger, vault
from uppsikt.records.camera import BrowserMissing
from uppsikt.records.picture import Needle, NotInPicture, NotReached, Picture

HIDDEN = NotInPicture(Message("The comment is covered."))


def test_a_comment_is_pictured_sealed_hidden_read_back_and_handed_to_the_registrar(
    insult: Item, anna: Actor, bluesky: Bluesky, monday: datetime
) -> None:
    case = removed(insult, anna, monday)

    assert bluesky.acts() == ["hide"]
    assert bluesky.states["reply-1"] is SeenState.HIDDEN
    assert acts(case) == [
        "case.open",
        "case.condemn",
        "case.preserve",
        "case.secure",
        "case.remove",
        "case.read_back",
    ]
    assert case.removed_at == monday
    registration = case.registration
    assert registration
    assert registration.subject == case.subject
    assert registration.series == "KS"
    assert not registration.secret
    assert registration.due_at > monday
    assert registration.files.count() == 6


def test_what_is_kept_stands_by_its_digest_in_the_ledger(
    insult: Item, anna: Actor, monday: datetime
) -> None:
    case = removed(insult, anna, monday)

    evidence = Evidence.objects.get(case=case, moment="before")
    named = ledger.opened(evidence.entry)["files"]
    kept = [vault.open_(f.blob) for f in evidence.files.order_by("pk")]
    assert named == [
        keeping.File(EvidenceFile.Part.RAW, data, "").digest for data in kept
    ]
    assert case.evidence_entry == evidence.entry
    assert evidence.author_shown == "Kim"
    assert evidence.content_at == insult.published_at


def test_nothing_is_removed_before_the_evidence_is_sealed(
    insult: Item, anna: Actor, bluesky: Bluesky, monday: datetime
) -> None:
    case = condemned(insult, anna, monday)
    work.preserve(monday)
    assert work.secure(monday) == 0
    assert work.remove(monday) == 0

    ledger.sequence(monday)
    assert work.secure(monday) == 1
    case.refresh_from_db()
    assert case.status == "secured"
    assert bluesky.acts() == []


def test_the_platforms_page_is_pictured_when_it_is_open(
    insult: Item, anna: Actor, lens: Lens, bluesky: Bluesky, monday: datetime
) -> None:
    lens.page = None
    case = condemned(insult, anna, monday)
    work.preserve(monday)

    evidence = Evidence.objects.get(case=case)
    assert evidence.method == "page"
    assert lens.asked == [insult.url]
    assert {f.part for f in evidence.files.all()} == {
        "picture",
        "pdf",
        "dom",
        "text",
        "raw",
    }


def test_an_unreachable_page_is_replaced_by_our_rendering_which_says_so(
    insult: Item, anna: Actor, lens: Lens, monday: datetime
) -> None:
    case = condemned(insult, anna, monday)
    work.preserve(monday)

    evidence = Evidence.objects.get(case=case)
    assert evidence.method == "rendering"
    assert insult.text in lens.html
    assert ledger.opened(evidence.entry)["page"] == "The site is down."
    raw = evidence.files.get(part="raw")
    assert json.loads(vault.open_(raw.blob)) == [{"id": "reply-1"}]


def test_a_page_that_hides_the_comment_stops_the_removal_and_asks_a_person(
    insult: Item, anna: Actor, lens: Lens, bluesky: Bluesky, monday: datetime
) -> None:
    lens.page = HIDDEN
    case = condemned(insult, anna, monday)

    for hours in range(3):
        work_through(monday + timedelta(hours=hours))

    case.refresh_from_db()
    assert case.status == "condemned"
    assert case.problem == "The comment is covered."
    assert case.next_try_at is None
    assert not Evidence.objects.exists()
    assert bluesky.asked == []
    assert lens.html == ""


@pytest.mark.parametrize("ground", ["privacy_violation", "secrecy"])
def test_what_may_hurt_somebody_is_kept_restricted_and_registered_as_secret(
    insult: Item, anna: Actor, ground: str, monday: datetime
) -> None:
    case = removed(insult, anna, monday, ground=ground)
    kept = EvidenceFile.objects.filter(evidence__case=case)
    assert all(f.blob.restricted for f in kept)
    assert case.registration
    assert case.registration.secret


def test_of_infringing_material_only_a_small_copy_is_kept(
    insult: Item, anna: Actor, monday: datetime
) -> None:
    case = removed(insult, anna, monday, ground="copyright")
    before = Evidence.objects.get(case=case, moment="before")
    assert {f.part for f in before.files.all()} == {"picture", "text", "raw"}
    picture = vault.open_(before.files.get(part="picture").blob)
    assert int.from_bytes(picture[16:20], "big") <= 480


def test_a_comment_changed_since_the_decision_is_not_removed(
    insult: Item, anna: Actor, bluesky: Bluesky, monday: datetime
) -> None:
    bluesky.items["reply-1"] = comment("reply-1", monday, text="Tack för svaret!")
    case = condemned(insult, anna, monday)
    work_through(monday)
    case.refresh_from_db()
    assert case.status == "condemned"
    assert case.problem
    assert not Evidence.objects.exists()


def test_a_comment_that_is_gone_from_the_platform_asks_a_person(
    insult: Item, anna: Actor, bluesky: Bluesky, monday: datetime
) -> None:
    bluesky.items.clear()
    case = condemned(insult, anna, monday)
    work_through(monday)
    case.refresh_from_db()
    assert (case.status, case.next_try_at) == ("condemned", None)
    assert case.problem


@pytest.mark.parametrize(
    "prepare",
    [
        lambda lens, bluesky: bluesky.faults.update(thread=PASSING),
        lambda lens, bluesky: setattr(
            lens, "rendering", NotReached(Message("Died."), permanent=False)
        ),
        lambda lens, bluesky: setattr(
            lens, "page", BrowserMissing(Message("No Chromium."))
        ),
        lambda lens, bluesky: setattr(lens, "page", files.NoRoom("full")),
    ],
    ids=["platform", "browser", "none", "disk"],
)
def test_what_passes_is_tried_again_and_then_done(
    insult: Item,
    anna: Actor,
    lens: Lens,
    bluesky: Bluesky,
    prepare: Callable[[Lens, Bluesky], None],
    monday: datetime,
) -> None:
    fine = replace(lens)
    prepare(lens, bluesky)
    case = condemned(insult, anna, monday)
    work_through(monday)
    case.refresh_from_db()
    assert case.status == "condemned"
    assert case.problem
    assert case.next_try_at
    assert case.next_try_at > monday

    bluesky.faults.clear()
    lens.page, lens.rendering = fine.page, fine.rendering
    work_through(monday + timedelta(hours=1))
    case.refresh_from_db()
    assert case.status == "removed"


def test_a_platform_that_refuses_for_good_leaves_the_picture_to_a_person(
    insult: Item, anna: Actor, bluesky: Bluesky, monday: datetime
) -> None:
    bluesky.faults["thread"] = REFUSED
    case = condemned(insult, anna, monday)
    work_through(monday)
    case.refresh_from_db()
    assert (case.status, case.next_try_at) == ("condemned", None)
    assert case.problem == "This cannot be hidden."


def test_a_channel_without_connection_gets_its_picture_from_a_person(
    library_channel: Channel, lens: Lens, anna: Actor, monday: datetime
) -> None:
    item = arrives(library_channel, comment("r", monday), monday)
    case = condemned(item, anna, monday, measure=Case.Measure.BY_HAND)
    work_through(monday)
    case.refresh_from_db()
    assert case.status == "condemned"
    assert "kan inte" in case.problem or "cannot picture" in case.problem


@pytest.mark.parametrize("step", ["capture", "keep", "_entry"])
def test_a_worker_killed_at_any_step_of_the_picture_keeps_one_set_of_evidence(
    insult: Item,
    anna: Actor,
    step: str,
    monday: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case = condemned(insult, anna, monday)
    with monkeypatch.context() as doomed:
        doomed.setattr(preserving if step == "capture" else keeping, step, _die)
        with pytest.raises(Killed):
            work.preserve(monday)
    assert not Evidence.objects.exists()

    for minutes in (4, 8):
        work_through(monday + timedelta(minutes=minutes))

    case.refresh_from_db()
    assert case.status == "removed"
    assert acts(case).count("case.preserve") == 1


def _die(*_: object, **__: object) -> None:
    raise Killed


def test_two_workers_do_not_do_the_same_case(
    insult: Item, anna: Actor, bluesky: Bluesky, monday: datetime
) -> None:
    case = condemned(insult, anna, monday)
    Case.objects.filter(pk=case.pk).update(lease_until=monday + timedelta(minutes=1))
    assert work.preserve(monday) == 0
    assert bluesky.asked == []


def test_a_call_off_while_the_picture_is_taken_wins_over_the_worker(
    insult: Item,
    anna: Actor,
    bluesky: Bluesky,
    monday: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case = condemned(insult, anna, monday)
    same = Case.objects.get(pk=case.pk)

    class Slow(Lens):
        def photograph_html(
            self, html: str, needle: Needle, *, clock: object
        ) -> Picture:
            actions.call_off(same, why="Fel kommentar", actor=anna, at=monday)
            return super().photograph_html(html, needle, clock=clock)

    slow = Slow()
    monkeypatch.setattr(darkroom, "camera", lambda: slow)
    work_through(monday)

    case.refresh_from_db()
    assert case.status == "opened"
    assert not Evidence.objects.exists()
    assert bluesky.acts() == []
