"""What is demanded fits each platform's profile, or stands behind a link."""

import pytest

from uppsikt.platforms import PLATFORMS
from uppsikt.platforms.catalogue import SITES
from uppsikt.platforms.fitting import Demanded, Fitted, fit
from uppsikt.platforms.profile_fields import FIELDS, LABELS, Text

LINK = "https://uppsikt.exempelby.example/kanaler/bluesky-biblioteket"
FULL = {
    Text.SENDER: "Biblioteket – Exempelby kommun",
    Text.DESCRIPTION: "Fråga oss om böcker. Vi svarar på vardagar.",
    Text.CONTACT: "biblioteket@exempelby.example",
    Text.RULES: "Regel. " * 40,
    Text.VISIBILITY: "Alla ser det du skriver. " * 20,
}


def demanded(**changed: str) -> Demanded:
    full = {**FULL, **{Text(name): text for name, text in changed.items()}}
    return Demanded(full, "Exempelby kommun", f"Regler: {LINK}", LINK)


def bio(site: str, **changed: str) -> Fitted:
    """Return what should stand in the longest field of `site`."""
    return fit(FIELDS[site], demanded(**changed))[-1]


def test_every_platform_says_where_each_text_goes() -> None:
    assert set(FIELDS) == set(SITES)
    assert set(LABELS) == set(Text)
    for fields in FIELDS.values():
        assert {text for field in fields for text in field.holds} == set(Text)
        assert len({field.name for field in fields}) == len(fields)


def test_what_is_read_back_is_what_the_connector_reads() -> None:
    for name, fields in FIELDS.items():
        reads = PLATFORMS[SITES[name].connector].profile_fields
        assert {f.read_as for f in fields if f.read_as} <= reads


@pytest.mark.parametrize("site", sorted(FIELDS))
def test_what_should_stand_fits_in_its_field_and_names_the_municipality(
    site: str,
) -> None:
    for fitted in fit(FIELDS[site], demanded()):
        assert fitted.fits, fitted
        if Text.SENDER in fitted.field.holds:
            assert "Exempelby kommun" in fitted.text


def test_where_there_is_room_every_text_stands_in_full() -> None:
    fitted = bio("other")

    assert not fitted.linked
    assert all(text.strip() in fitted.text for text in FULL.values())


def test_where_there_is_little_room_the_rules_stand_behind_a_link() -> None:
    fitted = bio("bluesky")

    assert fitted.linked == (Text.RULES, Text.VISIBILITY)
    assert FULL[Text.DESCRIPTION] in fitted.text
    assert FULL[Text.CONTACT] in fitted.text
    assert fitted.text.endswith(LINK)


def test_a_long_description_is_cut_between_sentences() -> None:
    fitted = bio("bluesky", description="Fråga oss. " + "Vi svarar på allt. " * 20)

    assert "Fråga oss. Vi svarar på allt." in fitted.text
    assert fitted.text.count("svarar på allt.") == fitted.text.count("svarar")


def test_where_there_is_hardly_any_room_sender_and_link_are_left() -> None:
    fitted = bio("tiktok")

    assert fitted.text == f"Exempelby kommun {LINK}"
    assert set(fitted.linked) == set(Text) - {Text.SENDER}


def test_what_cannot_fit_says_so() -> None:
    long = Demanded(FULL, "Exempelby kommun", f"Regler: {LINK}{LINK}", LINK + LINK)

    assert not fit(FIELDS["tiktok"], long)[-1].fits


def test_a_text_that_is_not_written_leaves_no_empty_line() -> None:
    assert "\n\n\n" not in bio("other", description="").text
