"""The keys are the installation's own, and a lost one is not quietly replaced."""

from pathlib import Path

import pytest

from uppsikt.archive import note
from uppsikt.records import keys


def test_the_logs_key_is_made_once_and_readable_by_us_alone(home: Path) -> None:
    keys.make_log_key()
    first = keys.verifier_key()
    keys.make_log_key()

    assert keys.verifier_key() == first
    assert (home / "keys" / "log.key").stat().st_mode & 0o777 == 0o600
    assert (home / "keys").stat().st_mode & 0o077 == 0
    assert [path.name for path in (home / "keys").iterdir()] == ["log.key"]


def test_what_is_signed_can_be_checked_with_the_published_key() -> None:
    keys.make_log_key()

    assert note.verify(keys.sign("hej\n"), keys.verifier_key()) == "hej\n"
    assert note.parse_key(keys.verifier_key()).name == "test.example/liggare"


def test_a_missing_key_is_told() -> None:
    with pytest.raises(keys.KeyMissing):
        keys.log_key()
    with pytest.raises(keys.KeyMissing):
        keys.vault_key()


def test_a_file_that_is_no_key_is_told(home: Path) -> None:
    (home / "keys").mkdir(parents=True)
    (home / "keys" / "log.key").write_text("no key")

    with pytest.raises(keys.BadKey):
        keys.log_key()
