"""A platform and a camera that do as they are told, for tests of moderation."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO

from PIL import Image

from uppsikt.channels.models import Channel
from uppsikt.governance.actors import CLOCK, Actor
from uppsikt.inbox import intake
from uppsikt.inbox.models import Item
from uppsikt.moderation import actions, telling
from uppsikt.moderation import work as moderation
from uppsikt.moderation.models import Case, Report
from uppsikt.platforms import (
    Author,
    Batch,
    ItemKind,
    PlatformError,
    PlatformItem,
    ReportCategory,
    Seen,
    SeenState,
    Sent,
)
from uppsikt.policy.words import Message
from uppsikt.records import ledger
from uppsikt.records.models import Entry
from uppsikt.records.picture import Method, Needle, NotReached, Picture

TEXT = "Den som skrev det här är en [grovt skällsord]"
OFFLINE = NotReached(Message("The site is down."), permanent=False)
PASSING = PlatformError("The platform is tired.", permanent=False)
REFUSED = PlatformError("This cannot be hidden.", permanent=True)


class Killed(BaseException):
    """The worker died here."""


def png(width: int = 640, height: int = 900) -> bytes:
    """Return a picture that can be decoded."""
    out = BytesIO()
    Image.new("RGB", (width, height), "white").save(out, "PNG")
    return out.getvalue()


def comment(remote_id: str, at: datetime, **changes: object) -> PlatformItem:
    """Return a comment below a post of the library's."""
    told: dict[str, object] = {
        "remote_id": remote_id,
        "parent_id": "post-1",
        "root_id": "post-1",
        "kind": ItemKind.REPLY,
        "author": Author(handle="kim.test", display_name="Kim", remote_id="did:kim"),
        "text": TEXT,
        "published_at": at,
        "url": f"https://bsky.example/{remote_id}",
        "public": True,
        "own": False,
        "raw": {"id": remote_id},
    }
    return PlatformItem(**{**told, **changes})  # type: ignore[arg-type]


def arrives(channel: Channel, told: PlatformItem, at: datetime) -> Item:
    """Let a comment come in from the platform."""
    batch = Batch(items=(told,), cursor="")
    intake.take_in(channel, batch, how=Item.How.API, actor=CLOCK, at=at)
    return Item.objects.select_related("channel__node").get(remote_id=told.remote_id)


@dataclass
class Bluesky:
    """What stands at the platform, what was asked of it, and where it fails."""

    items: dict[str, PlatformItem] = field(default_factory=dict)
    states: dict[str, SeenState] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    deaf: bool = False
    reports: list[tuple[str, str, ReportCategory]] = field(default_factory=list)
    faults: dict[str, BaseException] = field(default_factory=dict)
    dies_after: str = ""

    def acts(self) -> list[str]:
        """Return what was changed at the platform, in order."""
        return [word for word in self.asked if word not in ("look", "thread")]

    def look(self, remote_id: str) -> Seen:
        self._ask("look")
        state = self.states.get(remote_id, SeenState.GONE)
        return Seen(state=state, item=self.items.get(remote_id), raw={"is": state})

    def thread(self, remote_id: str) -> tuple[PlatformItem, ...]:
        self._ask("thread")
        return (self.items[remote_id],) if remote_id in self.items else ()

    def hide(self, remote_id: str, root_id: str) -> Sent:
        return self._set("hide", remote_id, SeenState.HIDDEN)

    def unhide(self, remote_id: str, root_id: str) -> Sent:
        return self._set("unhide", remote_id, SeenState.VISIBLE)

    def delete(self, remote_id: str) -> None:
        self._set("delete", remote_id, SeenState.GONE)

    def report(self, remote_id: str, reason: str, category: ReportCategory) -> str:
        self._ask("report")
        if self.dies_after == "report":
            self.dies_after = ""
            raise Killed
        self.reports.append((remote_id, reason, category))
        return f"no. {len(self.reports)}"

    def _set(self, what: str, remote_id: str, state: SeenState) -> Sent:
        self._ask(what)
        if not self.deaf:
            self.states[remote_id] = state
        if self.dies_after == what:
            self.dies_after = ""
            raise Killed
        return Sent(remote_id=remote_id, url="", raw={})

    def _ask(self, what: str) -> None:
        if fault := self.faults.get(what):
            raise fault
        self.asked.append(what)


@dataclass
class Lens:
    """A camera that pictures what it is told to, or says why not."""

    page: BaseException | None = OFFLINE
    rendering: BaseException | None = None
    asked: list[str] = field(default_factory=list)
    html: str = ""

    def photograph(self, url: str, needle: Needle, *, clock: object) -> Picture:
        self.asked.append(url)
        if self.page:
            raise self.page
        return self._picture(url, Method.PAGE, clock)

    def photograph_html(self, html: str, needle: Needle, *, clock: object) -> Picture:
        self.html = html
        if self.rendering:
            raise self.rendering
        return self._picture("", Method.RENDERING, clock)

    def _picture(self, url: str, method: Method, clock: object) -> Picture:
        assert callable(clock)
        return Picture(
            png=png(),
            pdf=b"%PDF-1.7 bild %%EOF",
            dom=b"<html></html>",
            text=TEXT,
            url=url,
            method=method,
            began_at=clock(),
            taken_at=clock(),
            title="",
            width=640,
            height=900,
            top=0,
            page_height=900,
            browser="Chromium test",
        )


@contextmanager
def reached_as(platform: Bluesky) -> Iterator[Bluesky]:
    """Hand out the platform as `connecting.reached` does."""
    yield platform


def condemned(
    item: Item,
    actor: Actor,
    at: datetime,
    *,
    ground: str = "threat",
    measure: Case.Measure = Case.Measure.HIDE,
    motive: str = "",
) -> Case:
    """Open a case and decide to remove, through the real acts."""
    case = actions.open_case(item, through="round", knowledge_at=at, actor=actor, at=at)
    decision = actions.Decision(ground, measure, motive=motive)
    actions.decide(case, decision, actor=actor, at=at)
    return case


def work_through(at: datetime) -> None:
    """Let the worker do all that it can with cases at `at`, once over."""
    moderation.preserve(at)
    ledger.sequence(at)
    moderation.secure(at)
    moderation.remove(at)
    moderation.restore(at)
    moderation.close_done(at)


def removed(item: Item, actor: Actor, at: datetime, *, ground: str = "threat") -> Case:
    """Return a case about `item` that the worker has removed."""
    case = condemned(item, actor, at, ground=ground, motive="Bryter mot reglerna")
    work_through(at)
    case.refresh_from_db()
    assert case.status == "removed", case.problem
    return case


def answered(case: Case, actor: Actor, at: datetime) -> None:
    """Answer both questions about reports."""
    for to in Report.To:
        told = telling.Answer(to, made=False, why="Ingen misstanke om brott")
        actions.report(case, told, actor=actor, at=at)


def acts(case: Case) -> list[str]:
    """Return what the ledger has of a case, in order."""
    rows = Entry.objects.filter(subject=case.subject).order_by("pk")
    return list(rows.values_list("act", flat=True))
