"""The tree against the definition in RFC 6962, for every small size and index."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppsikt.archive import merkle


def leaves(count: int) -> list[bytes]:
    return [merkle.leaf_hash(str(number).encode()) for number in range(count)]


def split(size: int) -> int:
    power = 1
    while power * 2 < size:
        power *= 2
    return power


def naive_root(hashes: list[bytes]) -> bytes:
    """MTH of RFC 6962, 2.1, letter by letter."""
    if not hashes:
        return hashlib.sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    k = split(len(hashes))
    both = naive_root(hashes[:k]) + naive_root(hashes[k:])
    return hashlib.sha256(b"\x01" + both).digest()


def naive_path(index: int, hashes: list[bytes]) -> list[bytes]:
    """PATH of RFC 6962, 2.1.1, letter by letter."""
    if len(hashes) == 1:
        return []
    k = split(len(hashes))
    if index < k:
        return [*naive_path(index, hashes[:k]), naive_root(hashes[k:])]
    return [*naive_path(index - k, hashes[k:]), naive_root(hashes[:k])]


def naive_subproof(first: int, hashes: list[bytes], *, whole: bool) -> list[bytes]:
    """SUBPROOF of RFC 6962, 2.1.2, letter by letter."""
    if first == len(hashes):
        return [] if whole else [naive_root(hashes)]
    k = split(len(hashes))
    if first <= k:
        left = naive_subproof(first, hashes[:k], whole=whole)
        return [*left, naive_root(hashes[k:])]
    right = naive_subproof(first - k, hashes[k:], whole=False)
    return [*right, naive_root(hashes[:k])]


sizes = st.integers(min_value=1, max_value=130)


@pytest.mark.parametrize("count", range(66))
def test_the_growing_tree_has_the_root_of_the_definition(count: int) -> None:
    assert merkle.root(leaves(count)) == naive_root(leaves(count))


def test_the_tree_gives_the_roots_that_certificate_transparency_publishes() -> None:
    data = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657"]
    data.append("606162636465666768696a6b6c6d6e6f")
    hashes = [merkle.leaf_hash(bytes.fromhex(item)) for item in data]
    assert hashes[0].hex() == (
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    )
    assert merkle.root(hashes[:2]).hex() == (
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"
    )
    assert merkle.root(hashes).hex() == (
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    )


@given(size=sizes, data=st.data())
def test_an_inclusion_proof_is_the_path_of_the_definition(
    size: int, data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, size - 1))
    assert merkle.inclusion_proof(index, leaves(size)) == naive_path(
        index, leaves(size)
    )


@pytest.mark.parametrize("size", range(1, 34))
def test_every_leaf_is_proved_and_no_other_leaf_or_place_is(size: int) -> None:
    hashes = leaves(size)
    root = merkle.root(hashes)
    for index, leaf in enumerate(hashes):
        proof = merkle.inclusion_proof(index, hashes)
        proved = [
            place
            for place in range(size + 1)
            if merkle.verify_inclusion(leaf, place, size, proof, root)
        ]
        assert proved == [index]
        assert not merkle.verify_inclusion(b"x" * 32, index, size, proof, root)
        assert not merkle.verify_inclusion(leaf, index, size, [*proof, root], root)


@given(size=sizes, data=st.data())
def test_a_bent_proof_proves_nothing(size: int, data: st.DataObject) -> None:
    hashes = leaves(size + 1)
    index = data.draw(st.integers(0, size))
    proof = merkle.inclusion_proof(index, hashes)
    at = data.draw(st.integers(0, len(proof) - 1))
    bent = [*proof]
    bent[at] = bytes([bent[at][0] ^ data.draw(st.integers(1, 255))]) + bent[at][1:]
    root = merkle.root(hashes)
    assert merkle.verify_inclusion(hashes[index], index, size + 1, proof, root)
    for wrong in (bent, proof[:at] + proof[at + 1 :]):
        assert not merkle.verify_inclusion(hashes[index], index, size + 1, wrong, root)


@given(size=sizes, data=st.data())
def test_a_consistency_proof_is_the_one_of_the_definition_and_holds(
    size: int, data: st.DataObject
) -> None:
    first = data.draw(st.integers(1, size))
    hashes = leaves(size)
    old, new = merkle.root(hashes[:first]), merkle.root(hashes)
    proof = merkle.consistency_proof(first, hashes)
    assert proof == naive_subproof(first, hashes, whole=True)
    assert merkle.verify_consistency(first, size, old, new, proof)
    if first < size:
        assert not merkle.verify_consistency(first, size, new, old, proof)
        assert not merkle.verify_consistency(first, size, old, new, proof[:-1])
        assert not merkle.verify_consistency(first, size, old, new, [*proof, old])


def test_a_rewritten_past_is_not_consistent() -> None:
    hashes = leaves(13)
    old = merkle.root(hashes[:6])
    hashes[2] = merkle.leaf_hash(b"rewritten")
    proof = merkle.consistency_proof(6, hashes)
    assert not merkle.verify_consistency(6, 13, old, merkle.root(hashes), proof)


def test_every_tree_goes_on_from_the_empty_one_and_none_shrinks() -> None:
    new = merkle.root(leaves(5))
    assert merkle.consistency_proof(0, leaves(5)) == []
    assert merkle.verify_consistency(0, 5, merkle.EMPTY_ROOT, new, [])
    assert not merkle.verify_consistency(0, 5, new, new, [])
    assert not merkle.verify_consistency(6, 5, new, new, [])
    assert merkle.verify_consistency(5, 5, new, new, [])


@given(size=sizes, data=st.data())
def test_stored_nodes_give_the_same_proofs_as_all_leaves(
    size: int, data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, size - 1))
    tree, nodes = merkle.Tree(), {}
    for leaf in leaves(size + 7):
        for level, number, node in tree.append(leaf):
            assert (level, number) not in nodes
            nodes[level, number] = node

    def store(level: int, number: int) -> bytes:
        return nodes[level, number]

    hashes = leaves(size)
    assert merkle.inclusion_proof_from(store, index, size) == (
        merkle.inclusion_proof(index, hashes)
    )
    assert merkle.consistency_proof_from(store, index + 1, size) == (
        merkle.consistency_proof(index + 1, hashes)
    )


@given(before=st.integers(0, 70), after=st.integers(0, 70))
def test_a_restored_tree_goes_on_where_it_stopped(before: int, after: int) -> None:
    hashes = leaves(before + after)
    first = merkle.Tree()
    for leaf in hashes[:before]:
        first.append(leaf)
    second = merkle.Tree.restore(first.size, first.frontier)
    for leaf in hashes[before:]:
        second.append(leaf)
    assert (second.size, second.root()) == (before + after, merkle.root(hashes))
    assert first.size == before


def test_a_frontier_that_does_not_fit_the_size_is_refused() -> None:
    with pytest.raises(merkle.OutOfTree):
        merkle.Tree.restore(3, [b"x" * 32])


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_no_proof_is_made_of_a_leaf_that_is_not_there(index: int, size: int) -> None:
    with pytest.raises(merkle.OutOfTree):
        merkle.inclusion_proof(index, leaves(size))


def test_no_proof_is_made_that_a_tree_grew_from_a_greater_one() -> None:
    with pytest.raises(merkle.OutOfTree):
        merkle.consistency_proof(4, leaves(3))
