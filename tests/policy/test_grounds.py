"""The catalogue of grounds: complete, in order, and never weaker than the law."""

import re
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from uppsikt.policy.grounds import BadGrounds, Ground, load_grounds

CODES = [
    "csam",
    "terror_incitement",
    "threat",
    "privacy_violation",
    "incitement",
    "agitation_against_population_group",
    "unlawful_violence",
    "copyright",
    "personal_data",
    "secrecy",
    "defamation",
    "insult",
    "identity_misuse",
    "pornography",
    "personal_attack",
    "profanity",
    "offensive",
    "advertising",
    "off_topic",
    "tone",
    "own_error",
    "rights_expired",
]
ROW = """
[[ground]]
code = "noise"
label = "Buller"
law = ""
statutory = false
published = true
internal = false
motive = "required"
preserve = "screenshot"
police = "no"
register = "yes"
target = "removal_p3"
explains = "Det låter."
"""


@pytest.fixture(scope="module")
def grounds() -> dict[str, Ground]:
    shipped = files("uppsikt.policy") / "guidelines" / "grounds.toml"
    with as_file(shipped) as path:
        return {ground.code: ground for ground in load_grounds(path)}


def test_the_catalogue_is_whole_and_the_special_path_comes_first(
    grounds: dict[str, Ground],
) -> None:
    assert list(grounds) == CODES
    assert [code for code, ground in grounds.items() if ground.special_path] == ["csam"]


def test_the_duty_to_remove_covers_what_the_act_lists(
    grounds: dict[str, Ground],
) -> None:
    """BBS-lagen 5 §: seven crimes and obvious infringement of copyright."""
    assert {code for code, ground in grounds.items() if ground.statutory} == {
        "csam",
        "terror_incitement",
        "threat",
        "privacy_violation",
        "incitement",
        "agitation_against_population_group",
        "unlawful_violence",
        "copyright",
    }


def test_the_special_path_keeps_nothing_and_calls_the_police_first(
    grounds: dict[str, Ground],
) -> None:
    csam = grounds["csam"]

    assert csam.label == "Misstänkt övergreppsmaterial på barn"
    assert (csam.preserve, csam.police, csam.register) == (
        "never",
        "always_first",
        "note",
    )
    assert "ingen skärmdump" in csam.explains


def test_a_vague_ground_needs_a_second_person(grounds: dict[str, Ground]) -> None:
    twos = [code for code, g in grounds.items() if g.motive == "second_person"]

    assert twos == ["offensive"]


def test_every_ground_names_a_parameter_and_no_number(
    grounds: dict[str, Ground],
) -> None:
    targets = {ground.target for ground in grounds.values()}

    assert targets == {"removal_p0", "removal_p1", "removal_p2", "removal_p3"}


def test_a_row_is_read_as_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "grounds.toml"
    path.write_text(ROW)

    assert [ground.label for ground in load_grounds(path)] == ["Buller"]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('motive = "required"', 'motive = "always"', "ground 1.motive"),
        ('law = ""\n', "", "ground 1.law"),
        ('explains = "Det låter."', 'explains = " "', "ground 1.explains"),
        ('code = "noise"', 'code = "Noise!"', "ground 1.code"),
        ("statutory = false", "statutory = true", "must name its law"),
        ('"screenshot"', '"never"', "belong together"),
        ('police = "no"', 'police = "always_first"', "belong together"),
        ('register = "yes"', 'register = "note"', "belong together"),
        ("internal = false", "internal = false\nextra = 1", "ground 1.extra"),
        ("[[ground]]", "[[grund]]", "ground: "),
        ("[[ground]]", "[[ground]", "grounds.toml"),
        (ROW, ROW + ROW, "more than one ground is called noise"),
    ],
)
def test_a_broken_row_is_refused_by_name(
    tmp_path: Path, old: str, new: str, fault: str
) -> None:
    path = tmp_path / "grounds.toml"
    path.write_text(ROW.replace(old, new))

    with pytest.raises(BadGrounds, match=re.escape(fault)):
        load_grounds(path)


def test_a_ground_cannot_be_changed(grounds: dict[str, Ground]) -> None:
    with pytest.raises(AttributeError):
        grounds["csam"].preserve = "screenshot"  # type: ignore[misc]
