"""What is removed in Exempelby: each case the whole way, or as far as it has come."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from uppsikt.governance.actors import Actor
from uppsikt.inbox import actions as inbox
from uppsikt.inbox.models import Item
from uppsikt.moderation import actions as moderation
from uppsikt.moderation import registering, telling, work
from uppsikt.moderation.actions import Decision
from uppsikt.moderation.models import Case, Evidence, Report
from uppsikt.moderation.removing import Proof
from uppsikt.moderation.telling import Answer
from uppsikt.platforms import PlatformItem
from uppsikt.records import ledger
from uppsikt.sending import actions as sending
from uppsikt.web.demo.daily import Days
from uppsikt.web.demo.pictures import Take
from uppsikt.web.demo.story import Act
from uppsikt.web.demo.talk import Comment
from uppsikt.web.demo.town import Place, told

if TYPE_CHECKING:
    from concurrent.futures import Future

ENDS = ("opened", "proposed", "left_up", "by_hand", "removed", "reported", "")
"""How far a case comes, in order; the last is the whole way."""

MILDER = "Att dölja räcker inte: kommentaren syns då fortfarande för en del."


@dataclass(slots=True)
class Removal:
    """A row of `removals.toml`, with its comment and a picture of it."""

    row: dict[str, Any]
    place: Place
    item: PlatformItem
    picture: "Future[bytes] | None" = None

    def comes_to(self, stage: str) -> bool:
        """Tell whether the case comes as far as `stage`."""
        return ENDS.index(self.row.get("until", "")) >= ENDS.index(stage)


class Removals:
    """Puts the cases into the story."""

    def __init__(self, days: Days, chance: Random, take: Take) -> None:
        self.days, self.chance, self.take = days, chance, take
        self.town, self.story = days.town, days.story

    def plan(self) -> None:
        """Put every case into the story."""
        for row in told("removals")["case"]:
            self._begin(self._removal(row))

    def _removal(self, row: dict[str, Any]) -> Removal:
        place = self.town.places[row["channel"]]
        comment = Comment(
            place, self._written(row), self.days.talkers.author(), row["text"], "", ""
        )
        item = self.days.written(comment, link=False)
        removal = Removal(row, place, item)
        if removal.comes_to("by_hand"):
            removal.picture = self.take(item, place.channel.name)
        return removal

    def _written(self, row: dict[str, Any]) -> datetime:
        now = self.days.now
        if not row["days"]:
            return now - timedelta(hours=3)
        day = timezone.localtime(now).date() - timedelta(days=row["days"])
        clock = time(6, self.chance.randrange(60), self.chance.randrange(60))
        return timezone.make_aware(datetime.combine(day, clock))

    def _begin(self, removal: Removal) -> None:
        at = self.days.read_after(removal.item.published_at)
        at = min(at, self.days.now - timedelta(minutes=50))
        self.story.at(at, partial(self._come_in, removal))

    def _come_in(self, removal: Removal, at: datetime) -> None:
        self.days.take_in(removal.place, [removal.item], at)
        item = Item.objects.get(
            channel=removal.place.channel, remote_id=removal.item.remote_id
        )
        self._after(at, 4, partial(self._open, removal, item))

    def _open(self, removal: Removal, item: Item, at: datetime) -> None:
        case = moderation.open_case(
            item, through="round", knowledge_at=at, actor=removal.place.owner, at=at
        )
        if removal.row.get("until") == "left_up":
            self._after(at, 25, partial(_leave_up, removal, case))
        elif removal.comes_to("proposed"):
            self._after(at, 7, partial(self._decide, removal, case))

    def _decide(self, removal: Removal, case: Case, at: datetime) -> None:
        motive = removal.row.get("motive", "")
        decision = Decision(
            removal.row["ground"],
            Case.Measure.BY_HAND,
            motive,
            milder=MILDER if motive else "",
            obvious=not motive,
        )
        moderation.decide(case, decision, actor=removal.place.owner, at=at)
        if removal.comes_to("by_hand"):
            self._after(at, 3, partial(self._secure, removal, case))

    def _secure(self, removal: Removal, case: Case, at: datetime) -> None:
        """Keep the screenshot, let the ledger seal it, and hand the removal over."""
        assert removal.picture is not None  # noqa: S101 (asked for when it was planned)
        moderation.upload_evidence(
            case,
            removal.picture.result(),
            Evidence.Moment.BEFORE,
            actor=removal.place.owner,
            at=at,
        )
        ledger.sequence(at)
        work.secure(at)
        work.remove(at)
        if removal.comes_to("removed"):
            self._after(at, 6, partial(self._remove, removal, case))

    def _remove(self, removal: Removal, case: Case, at: datetime) -> None:
        case.refresh_from_db()
        gone = "Inlägget finns inte kvar, så det finns inget att ta en bild av."
        moderation.remove_by_hand(
            case, Proof(why_none=gone), actor=removal.place.owner, at=at
        )
        if removal.comes_to("reported"):
            self._after(at, 5, partial(self._tell, removal, case))

    def _tell(self, removal: Removal, case: Case, at: datetime) -> None:
        case.refresh_from_db()
        owner = removal.place.owner
        if why := removal.row.get("impossible"):
            telling.cannot_notify(case, why=why, actor=owner, at=at)
        else:
            text = telling.notice_text(case, owner.person, at=at)
            notice = telling.notify(case, text, actor=owner, at=at)
            url = f"{removal.place.channel.url}/besked/{case.pk}"
            sending.post(notice, url=url, actor=owner, at=at)
        self._report(removal, case, owner, at)
        if removal.comes_to(""):
            when = self.days.working(at, self.chance.uniform(1, 6))
            self.story.at(when, partial(self._register, case))

    def _report(self, removal: Removal, case: Case, owner: Actor, at: datetime) -> None:
        for to in (Report.To.POLICE, Report.To.PLATFORM):
            said = removal.row.get(str(to), "")
            why = "" if said else "Bedöms inte behövas: inget brott och ingen fara."
            answer = Answer(to, bool(said), said, why)
            telling.report(case, answer, actor=owner, at=at)

    def _register(self, case: Case, at: datetime) -> None:
        case.refresh_from_db()
        assert case.registration is not None  # noqa: S101 (removed cases have one)
        registrar = self.town.actor("rut", at)
        registering.register(case.registration, actor=registrar, at=at)
        ledger.sequence(at)
        work.close_done(at)

    def _after(self, at: datetime, minutes: int, act: Act) -> None:
        self.story.at(at + timedelta(minutes=minutes), act)


def _leave_up(removal: Removal, case: Case, at: datetime) -> None:
    owner, why = removal.place.owner, removal.row["why"]
    moderation.leave_up(case, why=why, actor=owner, at=at)
    inbox.pass_by(_item(case), why=why, actor=owner, at=at)


def _item(case: Case) -> Item:
    assert case.item is not None  # noqa: S101 (none here is special)
    return case.item
