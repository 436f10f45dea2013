"""Taking a backup: database, vault and keys in one archive, each with its checksum.

The database is copied first: a file of the vault is on disk before its row is, so every
row in the copy finds its file. The archive holds keys, so only its owner may read it.
"""

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import BinaryIO, Final

from django.db import connection

from uppsikt.records import files
from uppsikt.web.commands import house
from uppsikt.web.commands.saying import followed
from uppsikt.web.commands.stops import Stop

MANIFEST: Final = "manifest.json"
SQLITE: Final = "uppsikt.sqlite3"
POSTGRESQL: Final = "uppsikt.dump"
FOLDERS: Final = ("vault", "keys")
SECRET: Final = "secret"  # noqa: S105 (a file's name)
CHUNK: Final = 1 << 20


def take(path: Path, at: datetime) -> int:
    """Write a backup to `path`, whole or not at all; return how many files it holds.

    Raises:
        Stop: there is something at `path`, or the database cannot be copied.
        files.NoRoom: the disk is full; nothing is left of it.
    """
    if path.exists():
        raise Stop(f"{path} finns redan. Välj ett annat namn.")
    with files.room(), tempfile.TemporaryDirectory(dir=house.folder()) as drafts:
        database = _copy_of_database(Path(drafts))
        kept = {database.name: database, **_kept_files(house.folder())}
        files.write(path, lambda out: _fill(out, kept, at))
    return len(kept)


def postgresql_tool(name: str) -> str:
    """Return the path of a program of PostgreSQL's.

    Raises:
        Stop: it is not installed.
    """
    if found := shutil.which(name):
        return found
    raise Stop(
        f"{name} saknas på den här maskinen. Installera PostgreSQL:s klientprogram "
        "(Debian: postgresql-client)."
    )


def postgresql_place() -> dict[str, str]:
    """Return the environment by which PostgreSQL's programs find our database.

    Not arguments: those can be read by everybody on the machine.
    """
    told = connection.settings_dict
    names = {"NAME": "PGDATABASE", "USER": "PGUSER", "PASSWORD": "PGPASSWORD"}
    names |= {"HOST": "PGHOST", "PORT": "PGPORT"}
    ours = {theirs: str(told[name]) for name, theirs in names.items() if told[name]}
    return {**os.environ, **ours}


def _copy_of_database(drafts: Path) -> Path:
    if connection.vendor == "sqlite":
        copy = drafts / SQLITE
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(copy)])
        return copy
    copy = drafts / POSTGRESQL
    command = [postgresql_tool("pg_dump"), "--format=custom", "--no-owner"]
    done = subprocess.run(  # noqa: S603 (a program of PostgreSQL's)
        [*command, f"--file={copy}"],
        env=postgresql_place(),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Stop(f"Databasen gick inte att kopiera: {done.stderr.strip()}")
    return copy


def _kept_files(data: Path) -> dict[str, Path]:
    found = [data / SECRET] if (data / SECRET).is_file() else []
    for name in FOLDERS:
        found += sorted(p for p in (data / name).rglob("*") if _is_kept(p))
    return {path.relative_to(data).as_posix(): path for path in found}


def _is_kept(path: Path) -> bool:
    return path.is_file() and not path.name.startswith(".")


def _fill(out: BinaryIO, kept: Mapping[str, Path], at: datetime) -> None:
    told: dict[str, dict[str, object]] = {}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name in followed(kept, len(kept), "Säkerhetskopia"):
            told[name] = _add(archive, name, kept[name])
        archive.writestr(MANIFEST, _manifest(told, at))


def _add(archive: zipfile.ZipFile, name: str, path: Path) -> dict[str, object]:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as source, archive.open(name, "w", force_zip64=True) as out:
        for chunk in chunks(source):
            digest.update(chunk)
            size += len(chunk)
            out.write(chunk)
    return {"sha256": digest.hexdigest(), "size": size}


def _manifest(told: Mapping[str, object], at: datetime) -> str:
    facts = {
        "program": "uppsikt",
        "version": version("uppsikt"),
        "made_at": at.isoformat(),
        "files": told,
    }
    return json.dumps(facts, indent=1)


def chunks(source: BinaryIO) -> Iterator[bytes]:
    """Yield what a file holds, a piece at a time."""
    while chunk := source.read(CHUNK):
        yield chunk
