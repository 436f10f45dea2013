"""A guideline file is refused, with every reason by name, before it is in force."""

from importlib.resources import files
from pathlib import Path

import pytest

from uppsikt import checks
from uppsikt.moderation.life import CaseLife
from uppsikt.policy import guideline as policy
from uppsikt.policy.guideline import Broken, Force, Guideline
from uppsikt.policy.lifecycle import Lifecycle
from uppsikt.policy.roles import Right
from uppsikt.web.lives import LIVES

GUIDELINES = Path(str(files("uppsikt.policy") / "guidelines"))


@pytest.fixture(scope="module")
def tyreso() -> Guideline:
    return policy.load(GUIDELINES / "tyreso.toml")


def written(tmp_path: Path, old: str, new: str) -> Path:
    """Write the Tyresö file with one thing changed."""
    text = (GUIDELINES / "tyreso.toml").read_text()
    assert old in text
    (tmp_path / "grounds.toml").write_text((GUIDELINES / "grounds.toml").read_text())
    path = tmp_path / "changed.toml"
    path.write_text(text.replace(old, new, 1))
    return path


def test_the_file_that_ships_can_be_carried_out(tyreso: Guideline) -> None:
    assert list(checks.faults(tyreso)) == []


def test_every_move_of_every_life_has_its_rule(tyreso: Guideline) -> None:
    moves = {str(m) for life in LIVES for m in life.moves.values()}
    assert {m.id for m in tyreso.move} == moves


def test_every_right_has_its_one_row(tyreso: Guideline) -> None:
    assert sorted(r.id for r in tyreso.right) == sorted(Right)


def test_a_right_or_move_that_the_file_is_silent_of_is_nobodys(
    tyreso: Guideline,
) -> None:
    silent = Guideline.model_validate({**tyreso.model_dump(), "right": (), "move": ()})
    assert silent.holders(Right.TICK) == frozenset()
    assert silent.rule("channel.launch").roles == ()


def test_every_gate_and_every_not_by_names_a_move(tyreso: Guideline) -> None:
    moves = {str(m) for life in LIVES for m in life.moves.values()}
    assert {g for c in tyreso.control for g in c.gates} <= moves
    assert {n for m in tyreso.move for n in m.not_by} <= moves


@pytest.mark.parametrize("life", LIVES, ids=lambda life: life.kind)
def test_every_state_can_be_reached(life: type[Lifecycle]) -> None:
    reached = {m.after.name for m in life.moves.values() if m.creates}
    for _ in life.moves:
        reached |= {
            m.after.name
            for m in life.moves.values()
            if reached & {s.name for s in m.before}
        }
    assert reached == set(life.states)


def test_nothing_is_removed_before_it_is_secured() -> None:
    assert CaseLife.remove.before == (CaseLife.secured,)
    assert CaseLife.secure.before == (CaseLife.condemned,)


def test_the_pixel_evidence_and_watch_can_never_be_exempted(tyreso: Guideline) -> None:
    exemptible = {c.id for c in tyreso.control if c.exemptible}
    assert not exemptible & {"6.6-pixel", "6.4-evidence", "6.4-watch", "6.4-ground"}


def test_an_applicant_never_approves(tyreso: Guideline) -> None:
    assert tyreso.rule("channel.approve").not_by == (
        "channel.apply",
        "channel.regularise",
    )


def test_no_control_repeats_a_number(tyreso: Guideline) -> None:
    names = {v for c in tyreso.control for v in (*c.args.values(), c.every) if v}
    assert names <= set(tyreso.parameters)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('force = "ska"', 'force = "kanske"', "control.0.force"),
        ('about = "channel"', 'about = "kanal"', "control.0.about"),
        ("[[control]]", "[[control]]\nfri_text = 1", "fri_text"),
        ("decided = 2017-09-19", 'decided = "i fjol"', "decided"),
        ('demands = ["R-2-2", "R-4-3"]', "demands = []", "control.0.demands"),
        ('roles = ["line_manager"', 'roles = ["chefen"', "roles"),
        ("[[control]]", "[[control", "Expected"),
        ('grounds = "grounds.toml"', 'grounds = "saknas.toml"', "saknas.toml"),
    ],
)
def test_a_broken_file_is_refused_with_the_place(
    tmp_path: Path, old: str, new: str, fault: str
) -> None:
    with pytest.raises(Broken) as refused:
        policy.load(written(tmp_path, old, new))
    assert any(fault in f for f in refused.value.faults)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            'check = "purpose_is_stated"',
            'check = "purpose_is_sated"',
            "2-purpose: no check 'purpose_is_sated' about channel",
        ),
        (
            'at_least = "min_access_holders"',
            'at_least = "min_holders"',
            "4-several-holders: no parameter 'min_holders'",
        ),
        (
            'at_least = "min_access_holders"',
            'most = "min_access_holders"',
            "4-several-holders: enough_access_holders takes ['at_least']",
        ),
        (
            'fact = "pixel_off"',
            'fact = "pixel_on"',
            "6.6-pixel: no fact 'pixel_on'",
        ),
    ],
)
def test_what_we_cannot_carry_out_is_said_plainly(
    tmp_path: Path, old: str, new: str, fault: str
) -> None:
    changed = policy.load(written(tmp_path, old, new))
    assert list(checks.faults(changed)) == [fault]


def test_should_advises_and_must_stops() -> None:
    assert {f for f in Force if f.binding} == {
        Force.MUST,
        Force.MUST_NOT,
        Force.MAY_NOT,
    }


def test_every_feature_is_shown_by_a_test_that_exists(tyreso: Guideline) -> None:
    root = Path(__file__).parents[2]
    for feature in tyreso.feature:
        path, _, name = feature.test.partition("::")
        assert f"def {name}(" in (root / path).read_text(), feature.test
