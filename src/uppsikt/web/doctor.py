"""Examining the installation: what is well, what is not, and what to do about it."""

import os
import shutil
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.mail import get_connection
from django.db import Error as DatabaseError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Max

from uppsikt.governance import rules
from uppsikt.policy.guideline import Broken, Guideline
from uppsikt.records import chromium, keys, vault
from uppsikt.records.models import Blob, Checkpoint, Entry, Mail
from uppsikt.web.models import WorkerBeat
from uppsikt.web.worker import LANES

LEAST_ROOM: Final = 1 << 30
MOST_SKEW: Final = timedelta(seconds=5)
MOST_BACKLOG: Final = timedelta(seconds=30)
OLDEST_PYTHON: Final = (3, 11)
_SAMPLE: Final = 20


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of one thing. `cure` says what to do when it is not well."""

    what: str
    well: bool
    says: str
    cure: str = ""


def examine(now: datetime, ours: datetime) -> list[Found]:
    """Examine everything at `now` by the database's clock and `ours` by this machine's.

    Without its database nothing more can be told, and that is then the last of it.
    """
    found = [python(), room(Path(settings.DATA)), modes(Path(settings.DATA)), browser()]
    reached = database()
    if not reached.well:
        return [*found, reached]
    return [*found, reached, *_in_database(now, ours)]


def _in_database(now: datetime, ours: datetime) -> Iterator[Found]:
    yield clock(now, ours)
    for look in EXAMINATIONS:
        yield look(now)
    yield post()


def python() -> Found:
    """See that Python is new enough."""
    version = ".".join(map(str, sys.version_info[:3]))
    cure = "Installera Python 3.11 eller nyare."
    return Found("Python", sys.version_info >= OLDEST_PYTHON, version, cure)


def room(folder: Path) -> Found:
    """See that there is room for evidence in the data folder."""
    free = shutil.disk_usage(folder).free
    says = f"{free / (1 << 30):.1f} GB ledigt i {folder}"
    cure = "Frigör plats. Under 1 GB ryms inte underlagen för en vecka."
    return Found("Disk", free >= LEAST_ROOM, says, cure)


def modes(folder: Path) -> Found:
    """See that nobody but our own account can read keys and secrets."""
    secret = [folder / "secret", *sorted((folder / "keys").glob("*"))]
    names = [p.name for p in secret if p.is_file() and _open_to_others(p)]
    says = f"läsbara för andra: {', '.join(names)}" if names else "bara vårt eget konto"
    cure = f"Kör: chmod 600 på {', '.join(names)} i {folder}."
    return Found("Nycklar", not names, says, cure)


def browser() -> Found:
    """See that there is a Chromium to take pictures of evidence with."""
    try:
        path = chromium.find(os.environ)
    except chromium.BrowserMissing:
        cure = "Installera chromium (Debian: apt install chromium) eller peka ut den "
        return Found(
            "Chromium", well=False, says="saknas", cure=cure + "med UPPSIKT_CHROMIUM."
        )
    return Found("Chromium", well=True, says=str(path))


def database() -> Found:
    """See that the database answers and has the tables of this version."""
    try:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as fault:
        cure = "Starta databasen, eller rätta DATABASE_URL."
        says = str(fault).strip().partition("\n")[0]
        return Found("Databas", well=False, says=says, cure=cure)
    says = f"{connection.vendor}, {len(plan)} migreringar saknas"
    cure = "Kör uppsikt start, som säkerhetskopierar först och sedan migrerar."
    return Found("Databas", not plan, says, cure)


def clock(now: datetime, ours: datetime) -> Found:
    """See that this machine's clock is the database's, and has not been set back."""
    skew = abs(ours - now)
    heard = _latest_known()
    cure = "Ställ klockan efter en tidsserver (NTP)."
    if heard is not None and heard > now + MOST_SKEW:
        says = f"tillbakaställd: liggaren har poster från {heard:%Y-%m-%d %H:%M:%S} UTC"
        return Found("Klocka", well=False, says=says, cure=cure)
    says = f"{skew.total_seconds():.1f} s från databasens"
    return Found("Klocka", skew <= MOST_SKEW, says, cure)


def worker(now: datetime) -> Found:
    """See that every lane of some worker has been heard of lately."""
    silent = [
        lane.name for lane in LANES if not _is_heard(lane.name, lane.patience, now)
    ]
    says = f"tyst: {', '.join(silent)}" if silent else "hörs av"
    cure = "Starta den: uppsikt work (uppsikt start har den med)."
    return Found("Arbetare", not silent, says, cure)


def sequencer(now: datetime) -> Found:
    """See that what is written in the ledger is numbered and signed soon after."""
    waiting = Entry.objects.filter(number=None)
    oldest = waiting.order_by("pk").first()
    signed = Checkpoint.objects.aggregate(last=Max("at"))["last"]
    late = oldest is not None and (signed is None or signed < now - MOST_BACKLOG)
    says = f"{waiting.count()} poster väntar på nummer"
    cure = "Starta arbetaren, och se i dess logg varför liggaren inte växer."
    return Found("Liggare", not late, says, cure)


def evidence(_: datetime) -> Found:
    """See that what was last kept in the vault can be opened."""
    latest = Blob.objects.filter(disposed_at=None).order_by("-kept_at")[:_SAMPLE]
    damaged = [blob.name[:12] for blob in latest if not _opens(blob)]
    says = f"går inte att öppna: {', '.join(damaged)}" if damaged else "läsbart"
    cure = "Återställ filerna (eller nyckeln) ur säkerhetskopian: uppsikt verify."
    return Found("Valv", not damaged, says, cure)


def guideline(now: datetime) -> Found:
    """See that a guideline is in force and can be read; say when ours has moved on."""
    cure = "Kör uppsikt start."
    try:
        adopted = rules.in_force(now)
    except rules.NoneInForce:
        return Found("Riktlinje", well=False, says="ingen gäller", cure=cure)
    except (vault.Damaged, vault.Disposed):
        cure = "Återställ valvet ur säkerhetskopian, eller anta filen igen."
        says = "den antagna filen går inte att läsa"
        return Found("Riktlinje", well=False, says=says, cure=cure)
    return Found("Riktlinje", well=True, says=adopted.id + _moved_on(adopted))


def values(now: datetime) -> Found:
    """See that the municipality has filled in what only it can know."""
    try:
        empty = rules.in_force(now).left_open
    except (rules.NoneInForce, vault.Damaged, vault.Disposed):
        return Found("Värden", well=True, says="ingen riktlinje att läsa dem ur")
    says = " ".join(f"{one.says} saknas: {one.without}" for one in empty)
    cure = (
        "Skriv in dem i ett förslag till ny riktlinje, under Värden, och fatta beslut."
    )
    return Found("Värden", not empty, says or "ifyllda", cure)


def _moved_on(adopted: Guideline) -> str:
    """Say that the file which comes with the program is another, and what to do."""
    try:
        ours = rules.packaged(adopted.id)
    except Broken:
        return ""  # the municipality's own
    if _filled_in(ours, adopted) == adopted:
        return ""
    path = files("uppsikt.policy") / "guidelines" / f"{adopted.id}.toml"
    return (
        f"; den antagna gäller. Programmets fil säger annat: {path}. Vill ni ha den, "
        "fatta beslut och kör uppsikt guideline adopt"
    )


def _filled_in(ours: Guideline, adopted: Guideline) -> Guideline:
    """Return our file with what it leaves open as the municipality has filled it in."""
    filled = {
        name: adopted.parameters.get(name, one) if one.is_left_open else one
        for name, one in ours.parameters.items()
    }
    return ours.model_copy(update={"parameters": filled})


def letters(now: datetime) -> Found:
    """See that no letter has been given up or waits since long."""
    stuck = Mail.objects.filter(sent_at=None).exclude(problem="")
    late = stuck.filter(asked_at__lt=now - timedelta(minutes=10)).count()
    says = f"{late} brev har inte gått fram" if late else "inget väntar"
    cure = "Se vad e-postservern svarar: kolumnen problem, och UPPSIKT_SMTP."
    return Found("Brev", not late, says, cure)


def post() -> Found:
    """See that the mail server answers, or say where letters are laid."""
    if not settings.EMAIL_HOST:
        return Found("E-post", well=True, says=f"läggs i {settings.EMAIL_FILE_PATH}")
    sender = get_connection(timeout=10)
    try:
        sender.open()
        sender.close()
    except OSError as fault:
        cure = "Rätta UPPSIKT_SMTP, eller starta e-postservern."
        return Found("E-post", well=False, says=str(fault), cure=cure)
    return Found("E-post", well=True, says=settings.EMAIL_HOST)


EXAMINATIONS: Final[tuple[Callable[[datetime], Found], ...]] = (
    guideline,
    values,
    worker,
    sequencer,
    evidence,
    letters,
)


def _open_to_others(path: Path) -> bool:
    return bool(stat.S_IMODE(path.stat().st_mode) & 0o077)


def _latest_known() -> datetime | None:
    """Return the latest moment that the program has written down by its own clock."""
    signed: datetime | None = Checkpoint.objects.aggregate(last=Max("at"))["last"]
    beat: datetime | None = WorkerBeat.objects.aggregate(last=Max("seen_at"))["last"]
    return max((m for m in (signed, beat) if m is not None), default=None)


def _is_heard(lane: str, patience: float, now: datetime) -> bool:
    since = now - timedelta(seconds=patience)
    return WorkerBeat.objects.filter(lane=lane, seen_at__gte=since).exists()


def _opens(blob: Blob) -> bool:
    try:
        vault.open_(blob)
    except (vault.Damaged, keys.KeyMissing, keys.BadKey):
        return False
    except vault.Disposed:
        return True
    return True
