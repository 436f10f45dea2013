"""A text is on the profile when its words are, or when its link has to do."""

import pytest

from tests.platforms.test_profile_fields import FULL, LINK, demanded
from uppsikt.platforms.comparing import shown
from uppsikt.platforms.fitting import fit
from uppsikt.platforms.profile_fields import FIELDS, Text
from uppsikt.policy.sameness import fingerprint


def found(site: str, **fields: str) -> frozenset[Text]:
    wanted = demanded()
    return shown(fields, fit(FIELDS[site], wanted), wanted)


@pytest.mark.parametrize("site", sorted(FIELDS))
def test_a_profile_filled_in_as_proposed_lacks_nothing(site: str) -> None:
    wanted = demanded()
    proposed = {one.field.name: one.text for one in fit(FIELDS[site], wanted)}

    assert found(site, **proposed) == set(Text)


def test_an_empty_profile_tells_nothing() -> None:
    assert found("bluesky", display_name="", description="") == frozenset()


def test_line_breaks_and_capitals_make_no_difference() -> None:
    assert Text.SENDER in found("bluesky", display_name="EXEMPELBY\n  kommun")


def test_a_changed_word_does() -> None:
    rules = FULL[Text.RULES].replace("Regel", "Regler", 1)
    assert Text.RULES not in found("other", bio=rules)


def test_a_link_stands_for_the_rules_only_where_they_have_no_room() -> None:
    bare = LINK.removeprefix("https://")

    assert Text.RULES in found("bluesky", description=f"Mer: {bare}")
    assert Text.RULES not in found("other", description=f"Mer: {bare}")
    assert Text.CONTACT not in found("bluesky", description=f"Mer: {bare}")


def test_the_first_sentences_of_the_description_will_do() -> None:
    assert Text.DESCRIPTION in found("bluesky", description="Fråga oss om böcker.")
    assert Text.DESCRIPTION not in found("bluesky", description="Vi svarar.")


def test_a_text_that_nobody_has_written_is_not_found_everywhere() -> None:
    wanted = demanded(contact="")
    fitted = fit(FIELDS["bluesky"], wanted)

    assert Text.CONTACT not in shown({"description": "Hej"}, fitted, wanted)


def test_a_fingerprint_is_of_the_words() -> None:
    assert fingerprint(" Vi  svarar\n") == fingerprint("vi svarar")
    assert fingerprint("Vi svarar") != fingerprint("Vi svarar inte")
    assert fingerprint(" \n") == ""
