"""What we write ourselves: signed, to "du", plainly, without identity numbers."""

import pytest

from tests.checks.text.tables import rows
from uppsikt.checks.text import Signature, examine_draft
from uppsikt.checks.text.address import find_officialese, find_polite_address
from uppsikt.checks.text.signature import NoTitle, is_signed

ANNA = Signature("Anna", "bibliotekarie", "Tyresö bibliotek")
BO = Signature("Bo Erik", "IT-samordnare (vik.)")
DESK = Signature("", "Kundtjänst", "Servicecenter")


@pytest.mark.parametrize(
    ("signature", "line"),
    [
        (ANNA, "Anna, bibliotekarie, Tyresö bibliotek"),
        (Signature(" Anna ", "bibliotekarie", " "), "Anna, bibliotekarie"),
        (DESK, "Kundtjänst, Servicecenter"),
    ],
)
def test_a_signature_is_one_line(signature: Signature, line: str) -> None:
    assert signature.as_line() == line


@pytest.mark.parametrize("signature", [ANNA, BO, DESK])
@pytest.mark.parametrize("before", ["Vi öppnar.\n", "Svar.\n\n/", "Nej. ", "Hej\n"])
def test_a_text_that_ends_with_the_line_is_signed(
    signature: Signature, before: str
) -> None:
    assert is_signed(before + signature.as_line(), signature)


@pytest.mark.parametrize(
    "text",
    [
        "Vi öppnar kl. 10. /Anna, bibliotekarie",
        "Vi öppnar.\n/ anna, Bibliotekarie\n\n",
        "Vi öppnar.\nAnna, bibliotekarie, Enheten",
        "Vi öppnar.\nHälsningar Anna, bibliotekarie",
        "Vi öppnar.\nMed vänlig hälsning\nAnna\nbibliotekarie\nTyresö bibliotek",
        "Vi öppnar.\n– Anna, bibliotekarie.",
        "Vi öppnar.\nMvh, Anna bibliotekarie",
    ],
)
def test_other_ways_to_sign_are_accepted(text: str) -> None:
    assert is_signed(text, ANNA)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Vi öppnar kl. 10.",
        "Vi öppnar.\nAnna",
        "Vi öppnar.\nbibliotekarie",
        "Vi öppnar.\nSusanna, bibliotekarie",
        "Vi öppnar.\nAnna, bibliotekariens vikarie",
        "Anna, bibliotekarie\n\nVi öppnar klockan tio.\nVälkommen.\nVi ses!\nHej\nDå",
        "Tala med Anna, bibliotekarie",
        "Vi öppnar.\nBeata, bibliotekarie",
    ],
)
def test_a_text_without_name_and_title_last_is_not_signed(text: str) -> None:
    assert not is_signed(text, ANNA)


def test_a_signature_needs_a_title() -> None:
    with pytest.raises(NoTitle):
        Signature("Anna", " ")


@pytest.mark.parametrize(("expected", "text"), rows("address.tsv"))
def test_the_polite_form_is_told_from_the_plural(expected: str, text: str) -> None:
    assert any(find_polite_address(text)) == (expected == "polite")


def test_a_capital_inside_a_sentence_is_surest() -> None:
    [capital] = find_polite_address("Tack för Er fråga.")
    [small] = find_polite_address("Tack för er fråga.")
    assert capital.certainty > small.certainty


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Vi har frågor avseende bygglov.", "avseende"),
        ("Du kan Erhålla hjälp.", "Erhålla"),
        ("Det  sker i enlighet\nmed lagen.", "i enlighet\nmed"),
        ("Vi svarar dig om bygglov.", None),
        ("Du skrev ”avseende bygglov”.", None),
    ],
)
def test_officialese_gets_a_plainer_word(text: str, word: str | None) -> None:
    found = [text[slice(*hint.span)] for hint in find_officialese(text)]
    assert found == ([word] if word else [])


def test_a_good_reply_has_no_remarks() -> None:
    text = f"Hej Eva! Du kan bada från måndag.\n{ANNA.as_line()}"
    assert examine_draft(text, signature=ANNA) == ()


def test_a_reply_must_be_signed_but_a_post_need_not() -> None:
    reply = examine_draft("Vi öppnar i dag.", signature=ANNA)
    assert [hint.rule for hint in reply] == ["response.unsigned"]
    assert "Anna, bibliotekarie, Tyresö bibliotek" in str(reply[0].message)
    assert examine_draft("Vi öppnar i dag.", signature=None) == ()


def test_an_identity_number_in_our_own_reply_is_pointed_out() -> None:
    text = f"Är det du, 121212-1212?\n{ANNA.as_line()}"
    [hint] = examine_draft(text, signature=ANNA)
    assert hint.rule == "personal_data.identity_number"


def test_hints_on_a_draft_suggest_no_removal_and_come_in_order() -> None:
    text = "Skicka ditt personnummer, Ni får jävla snabbt svar avseende 121212-1212"
    hints = examine_draft(text, signature=ANNA)
    assert {hint.suggests for hint in hints} == {""}
    assert [hint.rule for hint in hints] == [
        "message.asks_identity_number",
        "text.not_du",
        "profanity.swearing",
        "text.officialese",
        "personal_data.identity_number",
        "response.unsigned",
    ]
