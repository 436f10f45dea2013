"""Evidence is kept whole, opened checked, and forgotten for good."""

import errno
import hashlib
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import OperationalError, transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from uppsikt.records import keys, vault
from uppsikt.records.models import Blob

pytestmark = pytest.mark.django_db

SMALL, LARGE = b"En liten text", os.urandom(200_000)
SIZES = pytest.mark.parametrize(
    "data", [b"", SMALL, LARGE], ids=["0", "small", "large"]
)
KINDS = pytest.mark.parametrize("restricted", [False, True], ids=["open", "restricted"])
Commit = DjangoCaptureOnCommitCallbacks


def lying(home: Path) -> list[Path]:
    return [path for path in (home / "vault").rglob("*") if path.is_file()]


def again(blob: Blob) -> Blob:
    return Blob.objects.get(pk=blob.pk)


@SIZES
@KINDS
def test_what_is_kept_comes_back_byte_for_byte(
    noon: datetime, data: bytes, *, restricted: bool
) -> None:
    blob = vault.keep(data, "text/plain", at=noon, restricted=restricted)

    kept = again(blob)
    assert vault.open_(kept) == data
    assert (kept.size, kept.media_type, kept.kept_at) == (len(data), "text/plain", noon)


def test_small_things_lie_in_the_row_and_large_ones_in_a_file(
    noon: datetime, home: Path
) -> None:
    assert not vault.keep(b"x" * vault.SMALL, "a/b", at=noon).in_file
    assert lying(home) == []

    blob = vault.keep(b"x" * (vault.SMALL + 1), "a/b", at=noon)
    assert blob.in_file
    assert [path.name for path in lying(home)] == [blob.name]


def test_the_name_tells_nobody_what_a_short_text_was(noon: datetime) -> None:
    one, two = (vault.keep(SMALL, "text/plain", at=noon) for _ in range(2))

    assert len({one.name, two.name, hashlib.sha256(SMALL).hexdigest()}) == 3


@SIZES
def test_restricted_evidence_is_unreadable_where_it_lies(
    noon: datetime, home: Path, data: bytes
) -> None:
    blob = again(vault.keep(data, "text/plain", at=noon, restricted=True))

    stored = lying(home)[0].read_bytes() if blob.in_file else bytes(blob.data or b"")
    assert len(stored) == len(data) + 12 + 16
    assert not data or data not in stored


def test_the_vaults_key_is_ours_alone(noon: datetime, home: Path) -> None:
    vault.keep(SMALL, "text/plain", at=noon, restricted=True)

    key = home / "keys" / "vault.key"
    assert key.stat().st_mode & 0o777 == 0o600


def test_the_vaults_key_may_come_from_the_environment(
    noon: datetime, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(keys.ENVIRONMENT, "A" * 43 + "=")
    blob = vault.keep(SMALL, "text/plain", at=noon, restricted=True)

    assert not (home / "keys" / "vault.key").exists()
    monkeypatch.setenv(keys.ENVIRONMENT, "B" * 43 + "=")
    with pytest.raises(vault.Damaged):
        vault.open_(blob)


@pytest.mark.parametrize("key", ["no base64", "QUJD"])
def test_a_bad_key_is_refused_before_anything_is_kept(
    noon: datetime, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    monkeypatch.setenv(keys.ENVIRONMENT, key)

    with pytest.raises(keys.BadKey):
        vault.keep(SMALL, "text/plain", at=noon, restricted=True)
    assert not Blob.objects.exists()


def test_a_lost_key_is_told_and_not_replaced(noon: datetime, home: Path) -> None:
    blob = vault.keep(SMALL, "text/plain", at=noon, restricted=True)
    (home / "keys" / "vault.key").unlink()

    with pytest.raises(keys.KeyMissing):
        vault.open_(blob)


@KINDS
def test_one_changed_byte_in_a_file_is_seen(
    noon: datetime, home: Path, *, restricted: bool
) -> None:
    blob = vault.keep(LARGE, "image/png", at=noon, restricted=restricted)
    path = lying(home)[0]
    changed = bytearray(path.read_bytes())
    changed[1000] ^= 1
    path.write_bytes(changed)

    with pytest.raises(vault.Damaged):
        vault.open_(blob)


@KINDS
def test_one_changed_byte_in_the_row_is_seen(
    noon: datetime, *, restricted: bool
) -> None:
    blob = vault.keep(SMALL, "text/plain", at=noon, restricted=restricted)
    changed = bytearray(bytes(blob.data or b""))
    changed[-1] ^= 1
    Blob.objects.filter(pk=blob.pk).update(data=bytes(changed))

    with pytest.raises(vault.Damaged):
        vault.open_(again(blob))


def test_a_file_that_is_gone_is_damage(noon: datetime, home: Path) -> None:
    blob = vault.keep(LARGE, "image/png", at=noon)
    lying(home)[0].unlink()

    with pytest.raises(vault.Damaged):
        vault.open_(blob)


@KINDS
@SIZES
def test_what_is_disposed_of_is_gone_with_its_salt(
    noon: datetime, home: Path, data: bytes, commit: Commit, *, restricted: bool
) -> None:
    blob = vault.keep(data, "text/plain", at=noon, restricted=restricted)

    with commit(execute=True):
        vault.dispose(blob, under="KS 2019:44", at=noon)

    kept = again(blob)
    assert (kept.data, bytes(kept.salt), kept.disposed_at) == (None, b"", noon)
    assert lying(home) == []
    with pytest.raises(vault.Disposed) as refused:
        vault.open_(kept)
    assert refused.value.under == "KS 2019:44"


def test_a_disposal_that_is_rolled_back_keeps_the_file(
    noon: datetime, commit: Commit
) -> None:
    blob = vault.keep(LARGE, "image/png", at=noon)
    with commit(execute=True), pytest.raises(RuntimeError), transaction.atomic():
        vault.dispose(again(blob), under="x", at=noon)
        raise RuntimeError

    assert vault.open_(again(blob)) == LARGE


@pytest.fixture
def commit(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> DjangoCaptureOnCommitCallbacks:
    return django_capture_on_commit_callbacks


@pytest.mark.parametrize("data", [SMALL, LARGE], ids=["small", "large"])
def test_what_turns_out_to_need_it_is_restricted_afterwards(
    noon: datetime, home: Path, data: bytes, commit: Commit
) -> None:
    blob = vault.keep(data, "text/plain", at=noon)
    with commit(execute=True):
        vault.restrict(blob)

    kept = again(blob)
    assert kept.restricted
    assert vault.open_(kept) == data
    assert all(data not in path.read_bytes() for path in lying(home))
    assert data not in bytes(kept.data or b"")


def test_what_a_crash_left_behind_is_swept_and_nothing_else(
    noon: datetime, home: Path
) -> None:
    kept = vault.keep(LARGE, "image/png", at=noon)
    locked = vault.keep(LARGE, "image/png", at=noon, restricted=True)
    orphan, draft = home / "vault" / "ab" / ("ab" * 32), home / "vault" / ".draft-1"
    orphan.parent.mkdir(exist_ok=True)
    for path in (orphan, draft):
        path.write_bytes(b"left")
    now = datetime.fromtimestamp(orphan.stat().st_mtime, UTC)

    assert vault.sweep(now + timedelta(hours=1)) == 0, "it may be under way"
    assert vault.sweep(now + timedelta(days=2)) == 2
    assert vault.open_(again(kept)) == vault.open_(again(locked)) == LARGE


def test_a_file_whose_row_was_disposed_of_is_swept(noon: datetime, home: Path) -> None:
    blob = vault.keep(LARGE, "image/png", at=noon)
    Blob.objects.filter(pk=blob.pk).update(disposed_at=noon, salt=b"")
    now = datetime.fromtimestamp(lying(home)[0].stat().st_mtime, UTC)

    assert vault.sweep(now + timedelta(days=2)) == 1
    assert lying(home) == []


def fails(code: int) -> Callable[..., None]:
    def fail(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    return fail


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_told_and_nothing_is_half_stored(
    noon: datetime, home: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    monkeypatch.setattr(os, "fsync", fails(code))

    with pytest.raises(vault.NoRoom, match="disk is full"):
        vault.keep(LARGE, "image/png", at=noon)
    assert lying(home) == []
    assert not Blob.objects.exists()


def test_another_trouble_with_the_disk_is_not_called_full(
    noon: datetime, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", fails(errno.EIO))

    with pytest.raises(OSError, match="nput/output"):
        vault.keep(LARGE, "image/png", at=noon)
    assert lying(home) == []


@pytest.mark.parametrize("data", [SMALL, LARGE], ids=["small", "large"])
def test_a_full_database_is_told_and_leaves_no_file(
    noon: datetime, home: Path, monkeypatch: pytest.MonkeyPatch, data: bytes
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(Blob, "save", full)

    with pytest.raises(vault.NoRoom, match="database's disk is full"):
        vault.keep(data, "text/plain", at=noon)
    assert lying(home) == []


@pytest.mark.parametrize("data", [SMALL, LARGE], ids=["small", "large"])
@KINDS
def test_a_file_is_kept_like_bytes_and_left_to_its_owner(
    noon: datetime, tmp_path: Path, data: bytes, *, restricted: bool
) -> None:
    path = tmp_path / "given"
    path.write_bytes(data)

    blob = vault.keep_file(path, "application/zip", at=noon, restricted=restricted)

    assert vault.open_(again(blob)) == path.read_bytes() == data
