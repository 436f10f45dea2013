"""Identity numbers, e-mail addresses and telephone numbers (R-6.4-8, D-32)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.checks.text.tables import rows
from uppsikt.checks.text import analyse
from uppsikt.checks.text.contact import find_contacts
from uppsikt.checks.text.identity import (
    checks_out,
    find_identity_numbers,
    find_requests_for_number,
)
from uppsikt.checks.text.person import find_people
from uppsikt.checks.text.street import find_addresses

RULES = {
    "identity": {"personal_data.identity_number"},
    "coordination": {"personal_data.coordination_number"},
    "email": {"personal_data.email"},
    "phone": {"personal_data.phone"},
    "-": set(),
}


@pytest.mark.parametrize(("expected", "text"), rows("identity.tsv"))
def test_identity_numbers_are_told_from_other_digits(expected: str, text: str) -> None:
    assert {found.rule for found in find_identity_numbers(text)} == RULES[expected]


@pytest.mark.parametrize(("expected", "text"), rows("contact.tsv"))
def test_contacts_are_told_from_other_text(expected: str, text: str) -> None:
    assert {found.rule for found in find_contacts(text)} == RULES[expected]


@pytest.mark.parametrize("digit", range(10))
def test_one_check_digit_only_fits(digit: int) -> None:
    assert checks_out(f"121212121{digit}") == (digit == 2)


@pytest.mark.parametrize(
    ("number", "date"),
    [("000229", "2000"), ("040229", "2004"), ("960229", "1996")],
)
def test_the_leap_day_is_a_birthday_in_a_leap_year_only(number: str, date: str) -> None:
    assert _found(number, date[:2])
    assert not _found("010229", date[:2])


def _found(date: str, century: str) -> bool:
    """Tell whether some serial number makes `date` a number that is found."""
    serial = next(n for n in range(1000, 1010) if checks_out(f"{date}{n}"))
    return any(find_identity_numbers(f"{century}{date}-{serial}"))


def test_a_sign_tells_where_the_number_stands() -> None:
    [signal] = analyse("hans nr är 121212-1212!")
    assert (signal.span, signal.suggests) == ((11, 22), "personal_data")
    assert signal.certainty > 0.9


def test_digits_are_not_both_an_identity_number_and_a_telephone_number() -> None:
    number = next(f"070101-{n}" for n in range(2380, 2400) if checks_out(f"070101{n}"))
    assert [s.rule for s in analyse(f"pnr {number}")] == [
        "personal_data.identity_number"
    ]


def test_two_telephone_numbers_are_two() -> None:
    text = "070-123 45 67 eller 08-123 45 67"
    assert [text[slice(*s.span)] for s in find_contacts(text)] == [
        "070-123 45 67",
        "08-123 45 67",
    ]


def test_a_number_that_an_office_may_share_is_less_certain() -> None:
    [office] = find_contacts("08-123 45 00")
    [own] = find_contacts("08-123 45 67")
    assert office.certainty < own.certainty


@pytest.mark.parametrize(
    ("asks", "text"),
    [
        (True, "Skicka ditt personnummer i ett meddelande."),
        (True, "Vi behöver ditt personnummer för att hjälpa dig."),
        (True, "Uppge namn och personnummer"),
        (False, "Skriv aldrig ditt personnummer här."),
        (False, "Skicka inte ditt personnummer."),
        (False, "Vi frågar inte efter personnummer."),
        (False, "Personnummer är en personuppgift."),
        (False, "Skriv till oss. Personnummer tar vi i telefon."),
    ],
)
def test_a_draft_that_asks_for_a_number_is_noticed(*, asks: bool, text: str) -> None:
    assert any(find_requests_for_number(text)) == asks


@given(st.dates(), st.integers(0, 999), st.sampled_from(["-", "", " "]))
def test_every_number_made_by_the_rules_is_found(
    date: object, serial: int, divider: str
) -> None:
    nine = f"{date:%y%m%d}{serial:03d}"
    whole = next(f"{nine}{d}" for d in range(10) if checks_out(f"{nine}{d}"))
    text = f"nr 19{whole[:6]}{divider}{whole[6:]}."
    leap_only = f"{date:%m%d}" == "0229" and int(whole[:2]) % 4
    leap_only = leap_only or whole[:6] == "000229"
    assert any(find_identity_numbers(text)) == (not leap_only and whole[6:] != "0000")


@pytest.mark.parametrize(("expected", "text"), rows("person.tsv"))
def test_full_names_are_told_from_other_words(expected: str, text: str) -> None:
    found = [text[slice(*signal.span)] for signal in find_people(text)]
    assert found == ([] if expected == "-" else [expected])


@pytest.mark.parametrize(("expected", "text"), rows("street.tsv"))
def test_where_somebody_lives_is_told_from_other_places(
    expected: str, text: str
) -> None:
    found = [text[slice(*signal.span)] for signal in find_addresses(text)]
    assert found == ([] if expected == "-" else [expected])


def test_an_organisation_number_is_nobodys_number() -> None:
    [signal] = analyse("Fakturan gäller 212000-0092, tack")
    assert signal.rule == "personal_data.organisation_number"
    assert signal.suggests == ""
