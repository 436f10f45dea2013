"""One value of a guideline file is changed, and what differs is told row by row."""

import pytest

from uppsikt.governance import rules
from uppsikt.policy import difference, editing, laws
from uppsikt.policy import guideline as policy
from uppsikt.policy.difference import Kind

WHOLE = rules.packaged_file("tyreso")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("min_access_holders", 3),
        ("answer_approval", True),
        ("full_response", "5 working days"),
        ("standard_text", 'Citat "så här", snedstreck \\ och rad\nbrytning\x7f'),
        ("diary_pattern", r"\d{4}-\d+"),
        ("vision_url", "https://www.exempelby.example/å?a=1#b"),
    ],
)
def test_one_value_is_changed_and_all_else_is_left_as_written(
    name: str, value: editing.Simple
) -> None:
    changed = editing.with_value(WHOLE, name, value)

    before, after = policy.parse(WHOLE), policy.parse(changed)
    assert after.value(name) == value
    [change] = difference.between(before, after)
    assert (change.kind, change.name) == (Kind.PARAMETER, name)
    old, new = WHOLE.splitlines(), changed.splitlines()
    assert len(old) == len(new)
    assert sum(a != b for a, b in zip(old, new, strict=True)) == 1


@pytest.mark.parametrize("name", ["purposes", "working_calendar", "finns_inte"])
def test_what_is_no_single_value_is_not_changed_so(name: str) -> None:
    with pytest.raises(editing.NotSimple):
        editing.with_value(WHOLE, name, "x")


def test_a_value_over_several_lines_is_left_to_the_file() -> None:
    text = WHOLE.replace(
        b'[parameters.diary_series]\nvalue = "KS"',
        b'[parameters.diary_series]\nvalue = """\nKS"""',
    )
    with pytest.raises(editing.NotSimple):
        editing.with_value(text, "diary_series", "KFN")


def test_new_gone_and_changed_rows_are_told_with_what_of_them() -> None:
    before = policy.parse(WHOLE)
    first, *rest = before.control
    said = rest[0].model_copy(update={"says": "Något annat"})
    after = before.model_copy(update={"control": (said, *rest[1:])})

    gone, changed = difference.between(before, after)
    back = difference.between(after, before)

    assert (gone.name, gone.is_gone, gone.is_new) == (first.id, True, False)
    assert [(f.name, f.after) for f in changed.fields] == [("says", "Något annat")]
    assert [c.is_new for c in back if c.name == first.id] == [True]
    assert difference.between(before, before) == []


def test_each_law_has_its_own_name_and_a_source() -> None:
    names = [law.id for law in laws.register()]
    assert len(names) == len(set(names))
    assert {"bbs", "tf", "ygl", "osl", "arkiv", "fl", "kl", "gdpr"} <= set(names)
    assert laws.named("bbs").changed.isoformat() == "2024-12-01"
    assert any(law.usual_secrecy for law in laws.register())
    with pytest.raises(laws.NoSuchLaw):
        laws.named("finns-inte")
