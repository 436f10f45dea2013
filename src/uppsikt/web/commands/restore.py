"""Restoring a backup into an empty place, after every byte of it has been checked."""

import hashlib
import json
import os
import subprocess
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import IO, Any, Final, cast

from uppsikt.web.commands.saying import followed
from uppsikt.web.commands.stops import Stop

MANIFEST: Final = "manifest.json"
POSTGRESQL: Final = "uppsikt.dump"
_CHUNK = 1 << 20
_LONGEST_MANIFEST = 1 << 28

Files = Mapping[str, Mapping[str, object]]


def restore(path: Path, data: Path) -> int:
    """Restore the backup at `path` into the folder `data`; return how many files.

    Nothing is in its place before everything has been checked.

    Raises:
        Stop: the folder is not empty, or the backup is damaged or no backup.
    """
    if data.exists() and any(data.iterdir()):
        raise Stop(
            f"{data} är inte tom. Återställ till en tom mapp, så att inget skrivs "
            "över: välj en annan med --data."
        )
    data.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=data.parent, prefix=".restore-") as drafts:
        whole = Path(drafts) / "data"
        whole.mkdir(mode=0o700)
        told = _unpack(path, whole)
        if POSTGRESQL in told:
            _into_postgresql(whole / POSTGRESQL)
        if data.exists():
            data.rmdir()
        whole.replace(data)
    return len(told)


def _unpack(path: Path, whole: Path) -> Files:
    try:
        with zipfile.ZipFile(path) as archive:
            told = _manifest(archive)
            for name in followed(told, len(told), "Återställning"):
                _take_out(archive, name, told[name], whole)
    except (zipfile.BadZipFile, KeyError, EOFError) as fault:
        raise _damaged(f"{path.name}: {fault}") from fault
    return told


def _manifest(archive: zipfile.ZipFile) -> Files:
    info = archive.getinfo(MANIFEST)
    if info.file_size > _LONGEST_MANIFEST:
        raise _damaged(MANIFEST)
    try:
        told: Any = json.loads(archive.read(info))
    except ValueError as fault:
        raise _damaged(MANIFEST) from fault
    if not isinstance(told, dict) or told.get("program") != "uppsikt":
        raise Stop("Filen är ingen säkerhetskopia från Uppsikt.")
    return cast(Files, told["files"])


def _take_out(
    archive: zipfile.ZipFile, name: str, told: Mapping[str, object], whole: Path
) -> None:
    place = PurePosixPath(name)
    if place.is_absolute() or ".." in place.parts:
        raise _damaged(name)
    target = whole / place
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with archive.open(name) as source, os.fdopen(handle, "wb") as out:
        if _copied(source, out) != told["sha256"]:
            raise _damaged(name)


def _copied(source: IO[bytes], out: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while chunk := source.read(_CHUNK):
        digest.update(chunk)
        out.write(chunk)
    out.flush()
    os.fsync(out.fileno())
    return digest.hexdigest()


def _into_postgresql(dump: Path) -> None:
    """Read the dump into the database that DATABASE_URL names, which must be empty."""
    if not os.environ.get("DATABASE_URL"):
        raise Stop(
            "Säkerhetskopian är tagen från PostgreSQL. Sätt DATABASE_URL till en tom "
            "databas och försök igen."
        )
    from uppsikt.web.commands import backup

    _refuse_tables()
    command = [backup.postgresql_tool("pg_restore"), "--no-owner", "--exit-on-error"]
    place = backup.postgresql_place()
    target = f"--dbname={place['PGDATABASE']}"
    done = subprocess.run(  # noqa: S603 (a program of PostgreSQL's)
        [*command, "--single-transaction", target, str(dump)],
        env=place,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Stop(f"Databasen gick inte att återställa: {done.stderr.strip()}")
    dump.unlink()


def _refuse_tables() -> None:
    from django.db import connection

    if connection.introspection.table_names():
        raise Stop("Databasen i DATABASE_URL är inte tom. Återställ till en tom.")


def _damaged(what: str) -> Stop:
    return Stop(f"Säkerhetskopian är skadad och används inte ({what}).")
