"""Remove, look again, and only then call it removed (R-6.4-25); and put back (D-5).

The worker looks before it acts, so that nothing is done twice, and looks after it has
acted, so that nothing is called done that is not. Where it cannot, a person does both.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from uppsikt.channels import connecting
from uppsikt.governance import moves, rules
from uppsikt.governance.actors import CLOCK, Actor
from uppsikt.inbox import removal, verdicts
from uppsikt.inbox.keeping import storable
from uppsikt.inbox.models import Item
from uppsikt.moderation import keeping, measures, preserving, special
from uppsikt.moderation.keeping import Capture
from uppsikt.moderation.life import CaseLife
from uppsikt.moderation.models import Case, Evidence
from uppsikt.platforms import Can, Platform, Seen, SeenState
from uppsikt.policy import clocks
from uppsikt.policy.lifecycle import Move
from uppsikt.policy.roles import Right
from uppsikt.policy.words import N_, Message
from uppsikt.records import diary, ledger
from uppsikt.records.models import Blob, Registration

DONE: Final = {
    Case.Measure.HIDE: (SeenState.HIDDEN, SeenState.GONE),
    Case.Measure.DELETE: (SeenState.GONE,),
}
NEEDS: Final = {Case.Measure.HIDE: Can.HIDE, Case.Measure.DELETE: Can.DELETE}


class StillThere(Exception):
    """The platform has taken the order, but the comment stands as before."""


class NotByUs(Exception):
    """The program cannot do this at the platform, so a person has to."""

    message = Message(
        N_("The program cannot do this at the platform. Do it there, then tell us.")
    )


class NoProof(Exception):
    """Neither a second picture nor the reason why there is none."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What a person shows of a removal by hand: a picture, or why there is none."""

    picture: bytes = b""
    why_none: str = ""


def carry_out(case: Case, *, at: datetime) -> None:
    """Hide or delete, unless it is done already, and record what was seen afterwards.

    Raises `NotByUs`, `StillThere`, `keeping.Changed` when it reads otherwise than what
    was decided on, or the `PlatformError` that stopped it.
    """
    special.refuse(case)
    item = keeping.special_free(case)
    measure = Case.Measure(case.measure)
    if measure not in NEEDS or not measures.by_program(case.channel, NEEDS[measure]):
        raise NotByUs
    with connecting.reached(case.channel) as platform:
        seen = platform.look(item.remote_id)
        if seen.state not in DONE[measure] and case.acted_at is None:
            _as_decided(case, item, seen)
            _begin(case, at)
            _act(platform, measure, item)
            _acted(case, at)
            seen = platform.look(item.remote_id)
    if seen.state not in DONE[measure]:
        raise StillThere
    capture = preserving.answered(item, seen, case.measure, at)
    finish(CaseLife.remove, case, capture, actor=CLOCK, at=at)


def remove_by_hand(case: Case, proof: Proof, *, actor: Actor, at: datetime) -> None:
    """Tell that it is removed at the platform, with a second picture or why none."""
    _by_a_person(CaseLife.remove_by_hand, case, proof, actor=actor, at=at)


def confirm(case: Case, proof: Proof, *, actor: Actor, at: datetime) -> None:
    """Tell, after looking, that what could not be confirmed is removed."""
    _by_a_person(CaseLife.confirm, case, proof, actor=actor, at=at)


def still_there(case: Case, *, actor: Actor, at: datetime) -> None:
    """Tell that it can still be seen although it was removed by hand."""
    moves.make(CaseLife.doubt, case, actor=actor, at=at)


@transaction.atomic
def finish(
    move: Move, case: Case, capture: Capture | None, *, actor: Actor, at: datetime
) -> None:
    """Make `move` to removed and hand the case over for registration, or neither.

    What was seen is kept last, when the move has held (R-6.4-7, D-9).
    """
    registration = case.registration or _ask(case, at)
    changes = {
        "removed_at": at,
        "removed_by": actor.user,
        "registration": registration,
        "next_try_at": None,
        "lease_until": None,
        "problem": "",
    }
    moves.make(move, case, actor=actor, at=at, changes=changes)
    removal.removed(keeping.special_free(case), at=at)
    verdicts.removed(keeping.special_free(case), case.ground, at=at)
    if capture is not None:
        keeping.keep(case, capture, Evidence.Moment.AFTER, actor=actor, at=at)
    registration.files.set(Blob.objects.filter(evidencefile__evidence__case=case))


def show_again(case: Case, *, at: datetime) -> None:
    """Show again what a decision restored, unless it is shown already (D-5).

    Raises `NotByUs`, `StillThere` while it is hidden, or a `PlatformError`.
    """
    special.refuse(case)
    item = keeping.special_free(case)
    hidden = case.measure == Case.Measure.HIDE
    if not (hidden and measures.by_program(case.channel, Can.UNHIDE)):
        raise NotByUs
    with connecting.reached(case.channel) as platform:
        seen = platform.look(item.remote_id)
        if seen.state is SeenState.HIDDEN and case.acted_at is None:
            _begin(case, at)
            platform.unhide(item.remote_id, item.root_id)
            _acted(case, at)
            seen = platform.look(item.remote_id)
    if seen.state is SeenState.HIDDEN:
        raise StillThere
    _shown(case, seen.state.value, actor=CLOCK, at=at)


def shown_by_hand(case: Case, *, actor: Actor, at: datetime) -> None:
    """Tell that a restored comment is shown again by hand at the platform."""
    special.refuse(case)
    moves.must(Right.TELL, actor, case.path, at=at)
    _shown(case, SeenState.VISIBLE.value, actor=actor, at=at)


@transaction.atomic
def _shown(case: Case, state: str, *, actor: Actor, at: datetime) -> None:
    waiting = Case.objects.filter(pk=case.pk, status=CaseLife.restored.name)
    done = {"next_try_at": None, "lease_until": None, "problem": ""}
    if not waiting.exclude(next_try_at=None, problem="").update(**done):
        raise moves.TooLate
    told = {"state": state}
    ledger.append("case.shown_again", case.subject, told, actor=actor.name, at=at)
    case.refresh_from_db()


def _by_a_person(
    move: Move, case: Case, proof: Proof, *, actor: Actor, at: datetime
) -> None:
    special.refuse(case)
    if not (proof.picture or proof.why_none.strip()):
        raise NoProof
    capture = preserving.uploaded(case, proof.picture, at) if proof.picture else None
    with transaction.atomic():
        finish(move, case, capture, actor=actor, at=at)
        if capture is None:
            _without_picture(case, proof.why_none.strip(), actor=actor, at=at)


def _without_picture(case: Case, why: str, *, actor: Actor, at: datetime) -> None:
    case.no_second_picture = why
    case.save(update_fields=["no_second_picture"])
    told = {"why": why}
    ledger.append("case.no_second_picture", case.subject, told, actor=actor.name, at=at)


def _as_decided(case: Case, item: Item, seen: Seen) -> None:
    """Raise `keeping.Changed` if its author has written something else since."""
    keeping.as_decided(case)
    if seen.item is not None and storable(seen.item.text) != item.text:
        raise keeping.Changed


def _begin(case: Case, at: datetime) -> None:
    """Mark that the platform is about to be asked, unless the case was taken back."""
    here = Case.objects.filter(pk=case.pk, status=case.status)
    if not here.filter(decided_at=case.decided_at).update(begun_at=at):
        raise moves.TooLate
    case.begun_at = at


def _act(platform: Platform, measure: Case.Measure, item: Item) -> None:
    if measure is Case.Measure.HIDE:
        platform.hide(item.remote_id, item.root_id)
    else:
        platform.delete(item.remote_id)


def _acted(case: Case, at: datetime) -> None:
    Case.objects.filter(pk=case.pk).update(acted_at=at, attempts=0)
    case.acted_at, case.attempts = at, 0


def _ask(case: Case, at: datetime) -> Registration:
    """Hand the removal over to be registered; the subject names nobody (OSL 5:2)."""
    item = keeping.special_free(case)
    guideline = rules.in_force(at)
    span = rules.span(guideline, "registration_target")
    directions = Registration.Direction
    return diary.ask(
        case.subject,
        path=case.path,
        series=guideline.text("diary_series"),
        title=_("Removed from %(channel)s") % {"channel": case.channel.name},
        direction=directions.DRAWN_UP if item.own else directions.RECEIVED,
        party=item.author_name or item.author_handle,
        happened_at=item.published_at,
        secret=guideline.grounds[case.ground].preserve == "restricted",
        due_at=clocks.due(at, span, guideline.working_calendar).at,
        at=at,
    )
