"""Salted commitments, masking, batches, and the one spelling of JSON."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppsikt.archive import batch, canonical, commitment, merkle

FIELDS = {"kind": "removed", "actor": "a-17", "files": ["sha256:00"], "at": None}
SALTS = {name: bytes([at]) * 16 for at, name in enumerate(FIELDS)}
COMMITMENT = commitment.commit(FIELDS, SALTS)

scalars = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text()
values = scalars | st.lists(scalars, max_size=4)


def test_a_commitment_is_the_root_of_the_salted_fields_in_order() -> None:
    hashes = [
        merkle.leaf_hash(
            SALTS[name]
            + json.dumps([name, FIELDS[name]], separators=(",", ":")).encode()
        )
        for name in ("actor", "at", "files", "kind")
    ]
    assert merkle.root(hashes) == COMMITMENT


@given(
    fields=st.dictionaries(st.text(max_size=9), values, min_size=1, max_size=6),
    data=st.data(),
)
def test_any_masked_copy_belongs_to_its_original_and_to_no_other(
    fields: dict[str, canonical.Value], data: st.DataObject
) -> None:
    salts = commitment.new_salts(fields)
    sealed = commitment.commit(fields, salts)
    hidden = data.draw(st.sets(st.sampled_from(sorted(fields))))
    copy = commitment.mask(commitment.opening(fields, salts), hidden)
    stored = json.loads(json.dumps(copy))
    assert commitment.verify_opening(stored, sealed)
    assert commitment.masked_fields(stored) == sorted(hidden)
    assert commitment.open_fields(stored) == {
        name: value for name, value in fields.items() if name not in hidden
    }
    assert not commitment.verify_opening(stored, b"x" * 32)


def test_a_masked_field_tells_neither_value_nor_salt() -> None:
    copy = commitment.mask(commitment.opening(FIELDS, SALTS), ["actor"])
    assert "a-17" not in json.dumps(copy)
    assert SALTS["actor"].hex() not in json.dumps(copy)


def test_masking_what_is_not_there_is_refused() -> None:
    with pytest.raises(KeyError):
        commitment.mask(commitment.opening(FIELDS, SALTS), ["name"])


@pytest.mark.parametrize(
    "spoiled",
    [
        {"value": "a-18", "salt": SALTS["actor"].hex()},
        {"value": "a-17", "salt": "00" * 16},
        {"value": "a-17", "salt": SALTS["actor"].hex().upper() + "0"},
        {"value": "a-17", "salt": 3},
        {"value": "a-17", "salt": SALTS["actor"].hex(), "hash": "00" * 32},
        {"value": 1.5, "salt": SALTS["actor"].hex()},
        {"hash": "zz" * 32},
        {},
        "a-17",
    ],
)
def test_a_spoiled_field_does_not_open_the_commitment(spoiled: Any) -> None:
    opening = {**commitment.opening(FIELDS, SALTS), "actor": spoiled}
    assert not commitment.verify_opening(opening, COMMITMENT)


def test_a_field_taken_away_or_added_does_not_open_the_commitment() -> None:
    opening = dict(commitment.opening(FIELDS, SALTS))
    more = {**opening, "more": opening["actor"]}
    del opening["actor"]
    for wrong in (opening, more, {}):
        assert not commitment.verify_opening(wrong, COMMITMENT)


def test_nothing_is_committed_to_without_a_salt_of_its_own() -> None:
    for salts in ({}, {**SALTS, "more": b"x" * 16}, {**SALTS, "at": b"short"}):
        with pytest.raises(commitment.BadOpening):
            commitment.commit(FIELDS, salts)
    with pytest.raises(commitment.BadOpening):
        commitment.commit({}, {})


def test_salts_are_random_and_never_shared() -> None:
    salts = commitment.new_salts(["a", "b"])
    assert len({*salts.values(), *commitment.new_salts(["a", "b"]).values()}) == 4


def test_a_leaf_says_nothing_about_the_act() -> None:
    leaf = json.loads(commitment.leaf_data("entry", COMMITMENT))
    assert leaf == {"commitment": COMMITMENT.hex(), "kind": "entry", "v": 1}


@given(size=st.integers(1, 40), data=st.data())
def test_each_member_of_a_batch_leads_to_the_batchs_leaf(
    size: int, data: st.DataObject
) -> None:
    members = [bytes([number]) * 32 for number in range(size)]
    index = data.draw(st.integers(0, size - 1))
    place = batch.membership(index, members)
    leaf = batch.batch_leaf(members)
    assert batch.leaf_of(members[index], place) == leaf
    assert batch.leaf_of(b"\xff" * 32, place) != leaf


def test_a_batch_of_none_and_a_place_outside_are_refused() -> None:
    with pytest.raises(batch.EmptyBatch):
        batch.batch_leaf([])
    with pytest.raises(batch.NotMember):
        batch.leaf_of(COMMITMENT, batch.Membership(3, 3, ()))


@pytest.mark.parametrize(
    "value", [1.0, float("nan"), 2**53, "\ud800", {1: "a"}, b"a", {"a": [object()]}]
)
def test_a_value_without_one_spelling_is_refused(value: object) -> None:
    with pytest.raises(canonical.NotCanonical):
        canonical.dumps(value)


def test_json_has_sorted_keys_no_spaces_and_plain_letters() -> None:
    text = canonical.dumps({"ö": [True, None, -1], "a": {"c": "å\n", "b": 2}})
    assert text == '{"a":{"b":2,"c":"å\\n"},"ö":[true,null,-1]}'.encode()


@pytest.mark.parametrize(
    "data",
    [
        b'{"a": 1}',
        b'{"b":1,"a":1}',
        b'{"a":1,"a":1}',
        b"[1.0]",
        b"[NaN]",
        b'["\\u0041"]',
        b'"\xff"',
        b"[" * 100_000,
        b"",
        b"9" * 5000,
    ],
)
def test_another_spelling_of_json_is_refused(data: bytes) -> None:
    with pytest.raises(canonical.NotCanonical):
        canonical.loads(data)
