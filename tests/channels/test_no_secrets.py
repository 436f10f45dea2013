"""What looks like a password or a code is refused; a place and a role are not."""

import pytest

from uppsikt.channels.no_secrets import looks_secret


@pytest.mark.parametrize(
    "text",
    [
        "lösenord: hejsan",
        "Lösenordet är hejsan",
        "password=hejsan",
        "PIN: 4711",
        "Sommar2026!",
        "kod 483 920",
        "483920",
        "a1b2-c3d4-e5f6-g7h8",
        "qX7vL2mN9pR4sT6w",
        "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
        "Återställningskoder: 1234-5678",
    ],
)
def test_a_credential_is_seen_for_what_it_is(text: str) -> None:
    assert looks_secret(text)


@pytest.mark.parametrize(
    "text",
    [
        "Administratör för sidan",
        "Sociala medier / Biblioteket / Facebook",
        "https://valv.exempelby.example/#/vault?itemId=8f3a1c2e-0b1d-4c5e-9f00-aa12bb34cc56",
        "Valvet: mappen Kanaler 2026",
        "Full kontroll i Meta Business Suite",
        "Brand Account Manager",
        "Post 12, Kommunikationsstabens valv",
    ],
)
def test_a_place_or_a_role_is_not_taken_for_one(text: str) -> None:
    assert not looks_secret(text)
