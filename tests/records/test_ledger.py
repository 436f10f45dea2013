"""Every act in order, proved to a stranger, and gone when it has to be."""

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from uppsikt.archive import batch, canonical, commitment, merkle, note, proof
from uppsikt.records import keys, ledger, openings, tree
from uppsikt.records.models import Entry, Log, Opening, TreeNode

pytestmark = pytest.mark.django_db


def acted(at: datetime, number: int = 0) -> Entry:
    facts: dict[str, ledger.JsonValue] = {"ground": "insult", "number": number}
    return ledger.append("case.remove", "case:7", facts, actor="user:3", at=at)


def checks(entry: Entry) -> note.Checkpoint:
    """Check an entry's proof as a stranger would, who has the published key."""
    leaf = merkle.leaf_hash(bytes(entry.leaf))
    return proof.check(proof.read(ledger.proof(entry)), leaf, keys.verifier_key())


def test_an_act_opens_to_what_was_done_by_whom_and_when(noon: datetime) -> None:
    entry = acted(noon)

    assert ledger.opened(Entry.objects.get(pk=entry.pk)) == {
        "act": "case.remove",
        "subject": "case:7",
        "actor": "user:3",
        "at": "2026-03-02T13:00:00+01:00",
        "ground": "insult",
        "number": 0,
    }


def test_the_leaf_holds_a_commitment_and_nothing_of_the_act(noon: datetime) -> None:
    entry = acted(noon)

    opening = ledger.opening_of(entry)
    assert commitment.verify_opening(
        opening, bytes.fromhex(ledger.leaf_of(entry)["commitment"])
    )
    assert b"insult" not in bytes(entry.leaf)


def test_the_same_act_twice_gives_two_leaves_that_nobody_can_guess(
    noon: datetime,
) -> None:
    assert bytes(acted(noon).leaf) != bytes(acted(noon).leaf)


@pytest.mark.parametrize("name", ["act", "subject", "actor", "at"])
def test_no_fact_hides_a_field_that_every_act_has(noon: datetime, name: str) -> None:
    with pytest.raises(openings.ReservedName):
        ledger.append("a.b", "case:1", {name: "x"}, actor="user:1", at=noon)


def test_a_fraction_is_recorded_as_its_digits(noon: datetime) -> None:
    facts: dict[str, ledger.JsonValue] = {
        "share": 0.1,
        "list": [1, 2.5],
        "in": {"a": 1.5},
    }
    entry = ledger.append("a.b", "case:1", facts, actor="user:1", at=noon)

    told = ledger.opened(Entry.objects.get(pk=entry.pk))
    assert told["share"] == "0.1"
    assert told["list"] == [1, "2.5"]
    assert str(told["in"]) == "{'a': '1.5'}"


def test_what_is_no_number_cannot_be_recorded(noon: datetime) -> None:
    with pytest.raises(canonical.NotCanonical):
        ledger.append("a.b", "case:1", {"x": float("nan")}, actor="user:1", at=noon)


def test_an_act_that_is_rolled_back_leaves_no_trace(noon: datetime) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        acted(noon)
        raise RuntimeError

    assert not Entry.objects.exists()
    assert not Opening.objects.exists()


def test_an_entry_has_no_number_and_no_seal_until_it_is_sequenced(
    noon: datetime,
) -> None:
    entry = acted(noon)

    assert entry.number is None
    assert not ledger.is_sealed(entry)
    with pytest.raises(ledger.NotSealed):
        ledger.proof(entry)


def test_numbers_follow_the_order_of_insertion_and_go_on(noon: datetime) -> None:
    first = [acted(noon, n) for n in range(3)]
    assert ledger.sequence(noon) == 3
    second = acted(noon)
    assert ledger.sequence(noon) == 1

    numbers = [Entry.objects.get(pk=e.pk).number for e in [*first, second]]
    assert numbers == [0, 1, 2, 3]
    assert ledger.sequence(noon) == 0


def test_the_order_is_the_logs_although_the_clock_was_set_back(noon: datetime) -> None:
    later, earlier = acted(noon), acted(noon - timedelta(hours=1))
    ledger.sequence(noon)
    third = acted(noon - timedelta(days=1))
    ledger.sequence(noon - timedelta(days=2))

    rows = list(Entry.objects.order_by("number"))
    assert rows == [later, earlier, third]
    assert rows[1].at == noon - timedelta(hours=1)
    assert checks(rows[2]).size == 3


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 13])
def test_a_stranger_can_check_each_entry_by_its_proof_alone(
    noon: datetime, size: int
) -> None:
    entries = [acted(noon, n) for n in range(size)]
    ledger.sequence(noon)

    assert [checks(entry).size for entry in entries] == [size] * size


def test_a_changed_act_does_not_fit_its_proof(noon: datetime) -> None:
    entry, other = acted(noon), acted(noon)
    ledger.sequence(noon)

    text = proof.read(ledger.proof(entry))
    with pytest.raises(proof.NotInLog):
        proof.check(text, merkle.leaf_hash(bytes(other.leaf)), keys.verifier_key())


def test_a_proof_needs_few_questions_however_long_the_log(noon: datetime) -> None:
    entries = [acted(noon, n) for n in range(100)]
    ledger.sequence(noon)

    with CaptureQueriesContext(connection) as asked:
        ledger.proof(Entry.objects.get(pk=entries[37].pk))
    assert len(asked) == 4


def test_a_missing_node_is_told_and_not_made_up(noon: datetime) -> None:
    acted(noon)
    ledger.sequence(noon)

    with pytest.raises(tree.Broken):
        tree.inclusion(0, 64)


def test_the_tree_is_stored_without_its_leaves(noon: datetime) -> None:
    for n in range(8):
        acted(noon, n)
    ledger.sequence(noon)

    levels = TreeNode.objects.order_by("pk").values_list("level", flat=True)
    assert sorted(levels) == [1, 1, 1, 1, 2, 2, 3]


def test_who_is_behind_takes_many_but_not_endlessly_many(
    noon: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "AT_ONCE", 2)
    for n in range(5):
        acted(noon, n)

    assert [ledger.sequence(noon) for _ in range(4)] == [2, 2, 1, 0]
    assert Log.objects.get().size == 5


def test_an_idle_log_is_not_written_to(noon: datetime) -> None:
    acted(noon)
    ledger.sequence(noon)

    with CaptureQueriesContext(connection) as asked:
        assert ledger.sequence(noon) == 0
    assert [query["sql"].split()[0] for query in asked] == ["SELECT"]


def test_a_log_whose_key_is_gone_numbers_nothing_and_says_so(
    noon: datetime, home: Path
) -> None:
    acted(noon)
    ledger.sequence(noon)
    (home / "keys" / "log.key").unlink()
    keys._read_log_key.cache_clear()
    waiting = acted(noon)

    with pytest.raises(keys.KeyMissing):
        ledger.sequence(noon)
    waiting.refresh_from_db()
    assert waiting.number is None


def test_a_fetch_is_one_leaf_and_each_member_can_be_proved_alone(
    noon: datetime,
) -> None:
    members: list[dict[str, ledger.JsonValue]] = [
        {"item": f"at://x/{n}", "text": f"blob:{n}"} for n in range(5)
    ]
    entry = ledger.append_batch(
        "inbox.fetch", "channel:1", members, {"seen": 5}, actor="clock", at=noon
    )
    ledger.sequence(noon)
    entry = Entry.objects.get(pk=entry.pk)

    assert ledger.opened(entry)["seen"] == 5
    assert ledger.members(entry) == members
    opening, place = ledger.opening_of(entry, 3), ledger.place_of(entry, 3)
    assert commitment.open_fields(opening) == members[2]
    assert place is not None
    known = commitment.commitment_of(opening)
    assert batch.leaf_of(known, place) == bytes(entry.leaf)
    assert checks(entry).size == 1


def test_a_batch_has_a_salt_of_its_own_for_each_field(noon: datetime) -> None:
    same: list[dict[str, ledger.JsonValue]] = [{"a": 1, "b": 1}] * 3
    entry = ledger.append_batch("a.b", "c:1", same, {}, actor="clock", at=noon)

    text = str([ledger.opening_of(entry, place) for place in range(4)])
    salts = re.findall("'salt': '([0-9a-f]{32})'", text)
    assert len(set(salts)) == len(salts) == 4 + 3 * 2


def test_a_batch_without_members_is_still_an_act(noon: datetime) -> None:
    entry = ledger.append_batch("a.b", "c:1", [], {}, actor="clock", at=noon)

    assert ledger.members(entry) == []
    assert ledger.opened(entry)["actor"] == "clock"


def test_a_member_has_something_to_show(noon: datetime) -> None:
    with pytest.raises(commitment.BadOpening):
        ledger.append_batch("a.b", "c:1", [{}], {}, actor="clock", at=noon)


def test_a_single_act_has_no_members(noon: datetime) -> None:
    entry = acted(noon)

    assert ledger.members(entry) == []
    assert ledger.place_of(entry) is None


def test_a_disposed_act_is_gone_and_its_proof_holds(noon: datetime) -> None:
    entry = acted(noon)
    ledger.sequence(noon)

    ledger.dispose(entry, under="KS 2019:44")

    entry = Entry.objects.get(pk=entry.pk)
    with pytest.raises(ledger.Disposed) as refused:
        ledger.opened(entry)
    assert refused.value.under == "KS 2019:44"
    assert checks(entry).size == 1


def test_a_checkpoint_is_signed_under_the_logs_own_name(noon: datetime) -> None:
    acted(noon)
    ledger.sequence(noon)

    newest = ledger.latest()
    assert newest is not None
    told = note.verify_checkpoint(newest.note, keys.verifier_key())
    assert (told.origin, told.size) == ("test.example/liggare", 1)
    assert told.root == bytes(newest.root)
