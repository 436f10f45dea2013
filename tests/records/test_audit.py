"""One changed byte anywhere in the ledger or the vault is told in words."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.records.flushing import lifted
from uppsikt.records import audit, keys, ledger, vault
from uppsikt.records.models import Blob, Checkpoint, Entry, Opening

pytestmark = pytest.mark.django_db

LARGE = b"bild" * 50_000
Tamper = Callable[[str], None]


@pytest.fixture(autouse=True)
def kept(noon: datetime) -> None:
    """Three checkpoints over eleven entries, one that waits, one disposed of."""
    for size in (4, 1, 5):
        for n in range(size):
            ledger.append("a.b", f"case:{n}", {"n": n}, actor="user:1", at=noon)
        ledger.sequence(noon)
    members: list[dict[str, ledger.JsonValue]] = [{"item": "a"}, {"item": "b"}]
    ledger.append_batch("c.d", "case:9", members, {}, actor="user:1", at=noon)
    ledger.sequence(noon)
    ledger.append("a.b", "case:10", {"n": 10}, actor="user:1", at=noon)
    ledger.dispose(Entry.objects.get(number=1), under="KS 2019:44")
    vault.keep(b"text", "text/plain", at=noon)
    vault.keep(LARGE, "image/png", at=noon, restricted=True)
    vault.dispose(vault.keep(b"x", "text/plain", at=noon), under="x", at=noon)


@pytest.fixture
def tamper() -> Tamper:
    """Return what changes the database as somebody could who owns it."""

    def change(statement: str) -> None:
        with lifted(), connection.cursor() as cursor:
            cursor.execute(statement)

    return change


@contextmanager
def opened(**which: object) -> Iterator[dict[str, Any]]:
    """Open an opening to be changed, and put it back."""
    opening = Opening.objects.get(**which)
    fields: Any = opening.fields
    yield fields
    with lifted():
        opening.save()


def faults() -> list[str]:
    return [str(fault) for fault in audit.verify_own()]


def test_an_untouched_ledger_is_whole() -> None:
    assert faults() == []


def test_an_empty_ledger_is_whole(tamper: Tamper) -> None:
    for table in ("opening", "entry", "treenode", "checkpoint", "log", "blob"):
        tamper(f"DELETE FROM records_{table}")

    assert faults() == []


def test_a_changed_fact_is_told_with_its_entry() -> None:
    with opened(entry__number=3) as fields:
        fields["n"]["value"] = 99

    assert faults() == ["Entry 3 (a.b, case:3) has been changed."]


def test_a_changed_member_of_a_batch_is_told() -> None:
    with opened(entry__number=10) as fields:
        fields["members"][2]["item"] = "z"

    assert faults() == ["Entry 10 (c.d, case:9) has been changed."]


@pytest.mark.parametrize("fields", ["{}", "[]", '{"n": 1}', '{"n": {"value": 1}}', "7"])
def test_an_opening_that_is_none_is_told(tamper: Tamper, fields: str) -> None:
    tamper(
        f"UPDATE records_opening SET fields = '{fields}' WHERE entry_id = "
        "(SELECT id FROM records_entry WHERE number = 3)"
    )

    assert faults() == ["Entry 3 (a.b, case:3) has been changed."]


@pytest.mark.parametrize("column", ["act = 'x.y'", "subject = 'case:99'"])
def test_a_row_that_says_something_else_is_told(tamper: Tamper, column: str) -> None:
    tamper(f"UPDATE records_entry SET {column} WHERE number = 3")

    (fault,) = faults()
    assert fault.startswith("The row of entry 3")


def test_a_moved_clock_is_told(tamper: Tamper) -> None:
    tamper("UPDATE records_entry SET at = '2020-01-01 00:00:00+00' WHERE number = 3")

    (fault,) = faults()
    assert fault.startswith("The row of entry 3")


def test_a_leaf_that_was_exchanged_breaks_every_later_checkpoint(
    tamper: Tamper,
) -> None:
    tamper(
        "UPDATE records_entry SET leaf = (SELECT leaf FROM records_entry "
        "WHERE number = 0) WHERE number = 2"
    )

    told = "\n".join(faults())
    assert "Entry 2 (a.b, case:2) has been changed." in told
    for size in (4, 5, 10, 11):
        assert f"The checkpoint at {size} entries has another root." in told


def test_an_entry_that_is_gone_is_told(tamper: Tamper) -> None:
    tamper(
        "DELETE FROM records_opening WHERE entry_id = "
        "(SELECT id FROM records_entry WHERE number = 6)"
    )
    assert faults() == ["The contents of entry 6 (a.b, case:1) are gone."]

    tamper("DELETE FROM records_entry WHERE number = 6")
    assert "Entry 6 is missing from the ledger." in faults()


def test_a_ledger_that_was_cut_off_is_told(tamper: Tamper) -> None:
    for table, column in (("opening", "entry_id"), ("entry", "id")):
        tamper(
            f"DELETE FROM records_{table} WHERE {column} IN "
            "(SELECT id FROM records_entry WHERE number > 7)"
            if table == "opening"
            else f"DELETE FROM records_{table} WHERE number > 7"
        )

    assert "The ledger ends before its checkpoint at 10 entries." in faults()


def test_a_changed_node_is_told(tamper: Tamper) -> None:
    tamper(
        "UPDATE records_treenode SET hash = (SELECT root FROM records_checkpoint "
        'WHERE size = 4) WHERE level = 1 AND "index" = 1'
    )

    assert faults() == ["The ledger's tree does not fit entry 3."]


def test_a_checkpoint_signed_by_somebody_else_is_told(tamper: Tamper) -> None:
    tamper(
        "UPDATE records_checkpoint SET note = (SELECT note FROM records_checkpoint "
        "WHERE size = 5) WHERE size = 10"
    )

    assert faults() == ["The checkpoint at 10 entries is not rightly signed."]


def test_a_log_row_that_was_set_back_is_told(tamper: Tamper) -> None:
    tamper("UPDATE records_log SET size = 4")

    assert faults() == ["The ledger has forgotten how far it reached."]


def test_an_act_that_waits_is_checked_too() -> None:
    with opened(entry__number=None) as fields:
        fields["n"]["value"] = 99

    (fault,) = faults()
    assert "(a.b, case:10) has been changed." in fault


def test_evidence_that_is_damaged_or_gone_is_told() -> None:
    Blob.objects.filter(size=4).update(data=b"taxt")
    large = Blob.objects.get(size=len(LARGE))
    vault.path_of(large.name, restricted=True).unlink()

    told = faults()
    assert len(told) == 2
    assert all("is damaged or missing" in fault for fault in told)


def test_evidence_without_its_key_is_told(home: Path) -> None:
    (home / "keys" / "vault.key").unlink()

    (fault,) = faults()
    assert "its key is missing" in fault


def test_a_ledger_without_its_key_is_told(home: Path) -> None:
    (home / "keys" / "log.key").write_text("no key")
    keys._read_log_key.cache_clear()

    assert faults() == ["The ledger's key is missing or damaged."]


def test_what_is_numbered_under_another_name_of_the_log_still_holds(
    noon: datetime, settings: "object"
) -> None:
    settings.UPPSIKT_ORIGIN = "nytt.example/liggare"  # type: ignore[attr-defined]
    ledger.sequence(noon)

    assert Checkpoint.objects.count() == 5
    assert faults() == []
