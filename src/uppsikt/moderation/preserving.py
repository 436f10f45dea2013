"""Picture what will be removed, before it is removed (R-6.4-24).

The platform's own page where it can be reached; else, and only then, our rendering of
what the platform answered. A page that opens but does not show the comment proves
nothing, so it stops the removal until a person has uploaded a picture of their own.
"""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from typing import Final

from django.utils.translation import gettext as _
from PIL import Image

from uppsikt.channels import connecting
from uppsikt.governance import moves, rules
from uppsikt.governance.actors import CLOCK, Actor
from uppsikt.governance.models import Node
from uppsikt.inbox.keeping import storable
from uppsikt.inbox.models import Item
from uppsikt.moderation import keeping, nearness, special
from uppsikt.moderation.keeping import Capture, Changed, File
from uppsikt.moderation.models import Case, Evidence, EvidenceFile
from uppsikt.platforms import Can, PlatformError, PlatformItem, Seen
from uppsikt.platforms.catalogue import SITES
from uppsikt.policy.roles import Right
from uppsikt.policy.words import N_, Message
from uppsikt.records import darkroom, media, rendering
from uppsikt.records.openings import JsonValue
from uppsikt.records.picture import Needle, NotReached, Picture

Clock = Callable[[], datetime]
Part = EvidenceFile.Part

UPLOADED: Final = (media.PNG, media.JPEG, media.WEBP, media.PDF)
LEFT_OUT: Final = N_(
    "Only this item was asked for and is shown. The rest of the thread is left out."
)
_THUMBNAIL: Final = (480, 960)
_JSON: Final = "application/json"


class Unreachable(Exception):
    """Neither page nor platform can be asked: a person must bring the picture."""

    def __init__(self, why: Message) -> None:
        super().__init__(str(why))
        self.message = Message(
            N_("We cannot picture the comment ourselves (%(why)s)."), {"why": why}
        )


def preserve(case: Case, *, clock: Clock, at: datetime) -> None:
    """Capture the comment and keep what was captured.

    Raises `NotInPicture`, `Changed` or `Unreachable` when a person is needed;
    `NotReached`, `BrowserMissing` or a passing `PlatformError` when it can be tried
    again; `moves.TooLate` or `SpecialPathOnly` when somebody has thought otherwise.
    """
    special.refuse(case)
    captured = capture(case, clock)
    keeping.keep_before(case, captured, actor=CLOCK, at=at)


def capture(case: Case, clock: Clock) -> Capture:
    """Return a capture of the comment by the best means there is.

    Beside something on the special path neither page nor thread is opened.
    """
    item = keeping.special_free(case)
    if nearness.near(item):
        return _alone(case, item, clock)
    if not (item.url and item.public and item.text.strip()):
        return _rendered(case, item, clock, Message(N_("it has no open page")))
    try:
        return _photographed(case, item, clock)
    except NotReached as refusal:
        return _rendered(case, item, clock, refusal.message)


def upload_evidence(
    case: Case, data: bytes, moment: Evidence.Moment, *, actor: Actor, at: datetime
) -> None:
    """Keep a person's own screenshot in the place of ours.

    Raises `SpecialPathOnly` before a byte is looked at, `media.NotWhatItSays`, or
    `moves.TooLate` for a case that waits for no such picture.
    """
    special.refuse(case)
    moves.must(Right.TELL, actor, case.path, at=at)
    captured = uploaded(case, data, at)
    if moment == Evidence.Moment.BEFORE:
        keeping.keep_before(case, captured, actor=actor, at=at)
    elif Case.objects.filter(pk=case.pk, removed_at__isnull=False).exists():
        keeping.keep(case, captured, moment, actor=actor, at=at)
    else:
        raise moves.TooLate


def uploaded(case: Case, data: bytes, at: datetime) -> Capture:
    """Return a person's screenshot as a capture, its contents checked."""
    item = keeping.special_free(case)
    kind = media.checked(data, UPLOADED)
    part = Part.PDF if kind == media.PDF else Part.PICTURE
    # Whoever uploads has been told to show nothing else of such a thread.
    alone = nearness.near(item)
    files = [File(part, data, kind)]
    return Capture(Evidence.Method.UPLOAD, files, item.url, at, alone=alone)


def photograph_again(case: Case, *, actor: Actor, at: datetime) -> None:
    """Let the worker try once more to picture what it could not."""
    special.refuse(case)
    moves.must(Right.TELL, actor, case.path, at=at)
    waiting = Case.objects.filter(pk=case.pk, status="condemned", evidence_entry=None)
    if not waiting.update(next_try_at=at, attempts=0, problem=""):
        raise moves.TooLate


def _photographed(case: Case, item: Item, clock: Clock) -> Capture:
    needle = Needle(item.text, item.author_name or item.author_handle)
    picture = darkroom.camera().photograph(item.url, needle, clock=clock)
    files = _files(case, picture)
    if answer := _answer_beside(item):
        files.append(answer)
    return Capture(
        Evidence.Method.PAGE, files, picture.url, picture.taken_at, _told(picture)
    )


def _answer_beside(item: Item) -> File | None:
    """Return what the platform says too, if it says anything: the page stands alone."""
    if not connecting.can(item.channel, Can.LOOK):
        return None
    try:
        with connecting.reached(item.channel) as platform:
            return raw_file(platform.look(item.remote_id).raw)
    except (PlatformError, connecting.KeyLost):
        return None


def _rendered(case: Case, item: Item, clock: Clock, why: Message) -> Capture:
    try:
        with connecting.reached(item.channel) as platform:
            thread = platform.thread(item.remote_id)
            heard_at = clock()
    except (connecting.NotConnected, connecting.KeyLost) as fault:
        raise Unreachable(why) from fault
    subject = _the_same(thread, item)
    html = _page(item, thread, subject, heard_at)
    picture = darkroom.camera().photograph_html(
        html, rendering.needle(subject), clock=clock
    )
    files = [*_files(case, picture), raw_file([i.raw for i in thread])]
    told = {**_told(picture), "heard_at": heard_at.isoformat(), "page": str(why)}
    return Capture(Evidence.Method.RENDERING, files, item.url, picture.taken_at, told)


def _alone(case: Case, item: Item, clock: Clock) -> Capture:
    """Render the one comment, without its thread and without the raw answer.

    Neither the page nor the thread is asked for, and no id of a neighbour is kept.
    """
    try:
        with connecting.reached(item.channel) as platform:
            seen = platform.look(item.remote_id).item
            heard_at = clock()
    except (connecting.NotConnected, connecting.KeyLost) as fault:
        raise Unreachable(nearness.NEAR) from fault
    found = _the_same((seen,) if seen else (), item)
    subject = replace(found, parent_id=None, root_id=None)
    html = _page(item, (subject,), subject, heard_at, note=LEFT_OUT)
    picture = darkroom.camera().photograph_html(
        html, rendering.needle(subject), clock=clock
    )
    why = str(nearness.NEAR)
    told = {**_told(picture), "heard_at": heard_at.isoformat(), "page": why}
    files, taken_at = _files(case, picture), picture.taken_at
    method = Evidence.Method.RENDERING
    return Capture(method, files, item.url, taken_at, told, alone=True)


def _page(
    item: Item,
    thread: tuple[PlatformItem, ...],
    subject: PlatformItem,
    heard_at: datetime,
    note: str = "",
) -> str:
    return rendering.render(
        thread,
        subject,
        channel_name=item.channel.name,
        platform_label=_(SITES[item.channel.site].label),
        heard_at=heard_at,
        municipality=_municipality(),
        note=note,
    )


def _the_same(thread: tuple[PlatformItem, ...], item: Item) -> PlatformItem:
    subject = next((i for i in thread if i.remote_id == item.remote_id), None)
    if subject is None:
        raise Unreachable(Message(N_("the platform does not show it any more")))
    if storable(subject.text) != item.text:
        raise Changed
    return subject


def _files(case: Case, picture: Picture) -> list[File]:
    """Return what is kept of a picture: of infringing material only a small copy."""
    ground = rules.in_force(picture.began_at).grounds[case.ground]
    text = File(Part.TEXT, picture.text.encode(), media.TEXT)
    if ground.preserve == "link":
        return [File(Part.PICTURE, _thumbnail(picture.png), media.PNG), text]
    return [
        File(Part.PICTURE, picture.png, media.PNG),
        File(Part.PDF, picture.pdf, media.PDF),
        File(Part.DOM, picture.dom, "text/html"),
        text,
    ]


def _thumbnail(png: bytes) -> bytes:
    small = BytesIO()
    with Image.open(BytesIO(png)) as whole:
        whole.thumbnail(_THUMBNAIL)
        whole.save(small, "PNG")
    return small.getvalue()


def answered(item: Item, seen: Seen, measure: str, at: datetime) -> Capture:
    """Return what the platform answered when we looked after the removal.

    The answer may hold the thread's first post too: beside something on the special
    path nothing is kept of it but the state.
    """
    told: dict[str, JsonValue] = {"state": seen.state.value, "measure": measure}
    alone = nearness.near(item)
    file = raw_file({"state": seen.state.value} if alone else seen.raw)
    method = Evidence.Method.ANSWER
    return Capture(method, [file], item.url, at, told, alone=alone)


def raw_file(raw: object) -> File:
    """Return the platform's answer as a file."""
    data = json.dumps(raw, ensure_ascii=False, indent=1).encode()
    return File(Part.RAW, data, _JSON)


def _told(picture: Picture) -> dict[str, JsonValue]:
    return {
        "began_at": picture.began_at.isoformat(),
        "browser": picture.browser,
        "page_height": picture.page_height,
        "shown_from": picture.top,
        "shown_height": picture.height,
    }


def _municipality() -> str:
    top = Node.objects.filter(parent=None).values_list("name", flat=True)
    return top.first() or ""
