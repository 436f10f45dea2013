"""Signed notes, checkpoints and the proofs that carry them."""

from collections.abc import Callable
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from uppsikt.archive import merkle, note, proof

ORIGIN = "kommun.example/liggare"
KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
VKEY = note.verifier_key(ORIGIN, KEY.public_key())
OTHER = Ed25519PrivateKey.from_private_bytes(b"o" * 32)
LEAVES = [merkle.leaf_hash(bytes([number])) for number in range(11)]


def checkpoint_note(name: str = ORIGIN) -> str:
    checkpoint = note.Checkpoint(ORIGIN, len(LEAVES), merkle.root(LEAVES))
    return note.sign(checkpoint.text(), name, KEY)


def test_a_note_made_by_gos_implementation_verifies() -> None:
    vkey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    text = (
        "If you think cryptography is the answer to your problem,\n"
        "then you don't know what your problem is.\n"
    )
    signature = (
        "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfq"
        "dngotpRZb6KE6RyyBwJnAM="
    )
    assert note.verify(f"{text}\n— PeterNeumann {signature}\n", vkey) == text


def test_what_is_signed_is_returned() -> None:
    assert note.verify(note.sign("a\n\nb\n", ORIGIN, KEY), VKEY) == "a\n\nb\n"


def test_a_witness_may_sign_beside_the_log() -> None:
    ours = checkpoint_note()
    theirs = note.sign(note.verify(ours, VKEY), "granne.example/liggare", OTHER)
    both = ours + theirs.splitlines()[-1] + "\n"
    granne = note.verifier_key("granne.example/liggare", OTHER.public_key())
    assert note.verify(both, VKEY) == note.verify(both, granne)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda signed: signed.replace("a\n", "b\n", 1),
        lambda signed: signed[:-1],
        lambda signed: signed + "\n",
        lambda signed: signed + "not a signature\n",
        lambda signed: signed.replace("— ", "- "),
        lambda signed: signed.replace("\n\n", "\n"),
        lambda signed: signed.replace("=\n", "\n"),
        lambda signed: signed.replace("a\n", "a\r\n", 1),
        lambda signed: "",
    ],
)
def test_a_spoiled_note_is_not_signed(spoil: Callable[[Any], Any]) -> None:
    with pytest.raises(note.NotSigned):
        note.verify(spoil(note.sign("a\n", ORIGIN, KEY)), VKEY)


def test_each_changed_sign_of_a_note_is_noticed() -> None:
    signed = checkpoint_note()
    for at, sign in enumerate(signed):
        other = "B" if sign != "B" else "C"
        with pytest.raises(note.NotSigned):
            note.verify(signed[:at] + other + signed[at + 1 :], VKEY)


def test_another_key_of_the_same_name_has_not_signed() -> None:
    with pytest.raises(note.NotSigned):
        note.verify(checkpoint_note(), note.verifier_key(ORIGIN, OTHER.public_key()))


@pytest.mark.parametrize(
    "vkey",
    [
        "",
        "a+b",
        VKEY[:-4],
        VKEY.replace("kommun", "komman"),
        VKEY.replace("+A", "+B"),
        f"a b{VKEY}",
        f"\udc80{VKEY}",
        VKEY + "\n",
    ],
)
def test_what_is_not_a_key_is_refused(vkey: str) -> None:
    with pytest.raises(note.BadKey):
        note.parse_key(vkey)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\u00a0b", "a\nb", " a"])
def test_a_name_that_would_break_the_note_is_refused(name: str) -> None:
    with pytest.raises(note.BadName):
        note.sign("a\n", name, KEY)


def test_a_text_that_is_not_whole_lines_is_not_signed() -> None:
    for text in ("a", "a\tb\n", ""):
        with pytest.raises(ValueError, match="whole lines"):
            note.sign(text, ORIGIN, KEY)


def test_a_checkpoint_reads_as_it_was_written() -> None:
    checkpoint = note.Checkpoint(ORIGIN, 0, merkle.EMPTY_ROOT)
    assert note.Checkpoint.parse(checkpoint.text()) == checkpoint


@pytest.mark.parametrize(
    "text",
    [
        "",
        "o\n1\n",
        "o\n01\n" + "A" * 43 + "=\n",
        "o\n-1\n" + "A" * 43 + "=\n",
        "o\n٣\n" + "A" * 43 + "=\n",
        "o\n1\n" + "A" * 42 + "B=\n",
        "o\n1\nAAAA\n",
        "\n1\n" + "A" * 43 + "=\n",
        "o\n1\n" + "A" * 43 + "=\nmore\n",
        "o\n" + "9" * 9999 + "\n" + "A" * 43 + "=\n",
    ],
)
def test_what_is_not_a_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(note.NotCheckpoint):
        note.Checkpoint.parse(text)


def test_a_log_signs_its_checkpoints_in_its_own_name() -> None:
    name = "annan.example/liggare"
    with pytest.raises(note.NotSigned):
        note.verify_checkpoint(
            checkpoint_note(name), note.verifier_key(name, KEY.public_key())
        )


def test_a_proof_reads_as_it_was_written_and_holds_for_its_entry_only() -> None:
    path = merkle.inclusion_proof(4, LEAVES)
    text = proof.write(4, path, checkpoint_note(), extra=b"context")
    read = proof.read(text)
    assert read == proof.Proof(4, tuple(path), checkpoint_note(), b"context")
    assert proof.check(read, LEAVES[4], VKEY).size == len(LEAVES)
    with pytest.raises(proof.NotInLog):
        proof.check(read, LEAVES[5], VKEY)


def test_a_proof_under_a_forged_checkpoint_does_not_hold() -> None:
    root = merkle.root(LEAVES[:1])
    forged = note.sign(note.Checkpoint(ORIGIN, 1, root).text(), ORIGIN, OTHER)
    with pytest.raises(note.NotSigned):
        proof.check(proof.read(proof.write(0, [], forged)), LEAVES[0], VKEY)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "c2sp.org/tlog-proof@v1\n\n",
        "c2sp.org/tlog-proof@v2\nindex 1\n\n",
        "c2sp.org/tlog-proof@v1\nindex 01\n\n",
        "c2sp.org/tlog-proof@v1\nindex 1\nAAAA\n\n",
        "c2sp.org/tlog-proof@v1\nindex 1\nextra AAAA\n\n",
        "c2sp.org/tlog-proof@v1\nextra ?\nindex 1\n\n",
        "c2sp.org/tlog-proof@v1\nindex 1",
        "c2sp.org/tlog-proof@v1\nindex 1\n" + ("A" * 43 + "=\n") * 65 + "\n",
    ],
)
def test_what_is_not_a_proof_is_refused(text: str) -> None:
    with pytest.raises(proof.NotProof):
        proof.read(text)
