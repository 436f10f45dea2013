"""Moments, messages and marks as a reader meets them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from django.template import Context, Template

from uppsikt.policy.guideline import Force
from uppsikt.policy.roles import Role
from uppsikt.policy.words import Message
from uppsikt.web import guideline, wording

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # Monday, 10.00 in Stockholm


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (datetime(2026, 3, 2, 15, 0, tzinfo=UTC), "i dag kl. 16.00"),
        (datetime(2026, 3, 2, 23, 30, tzinfo=UTC), "i morgon kl. 00.30"),
        (datetime(2026, 3, 1, 22, 59, tzinfo=UTC), "i går kl. 23.59"),
        (datetime(2026, 11, 20, 14, 40, tzinfo=UTC), "fredag 20 november kl. 15.40"),
        (datetime(2027, 7, 1, 6, 5, tzinfo=UTC), "1 juli 2027 kl. 08.05"),
        (date(2026, 3, 3), "i morgon"),
        (date(2026, 3, 6), "fredag 6 mars"),
    ],
)
def test_a_moment_is_said_as_people_say_it(moment: date, said: str) -> None:
    assert wording.near(moment, NOW) == said


def test_a_moment_in_full_stands_in_the_title() -> None:
    template = Template("{% load uppsikt %}{% when moment %}")
    moment = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)

    shown = template.render(Context({"moment": moment, "now": NOW}))

    assert shown == (
        '<time datetime="2026-03-02T15:00:00+00:00" title="2 mars 2026 kl. 16.00">'
        "i dag kl. 16.00</time>"
    )


def test_a_message_is_in_swedish_with_its_roles_and_moments() -> None:
    roles = (Role.LINE_MANAGER, Role.DEPARTMENT_DIRECTOR, Role.REGISTRAR)
    only = Message("Only %(roles)s may do this here.", {"roles": roles})
    exempt = Message(
        "Exempt until %(until)s: %(reason)s", {"until": NOW, "reason": "100 % klart"}
    )

    assert wording.sentence(only) == (
        "Bara närmaste chef, förvaltningschef eller registrator får göra det här."
    )
    assert wording.sentence(exempt) == (
        "Undantag till 2 mars 2026 kl. 10.00: 100 % klart"
    )
    assert wording.sentence(None) == ""
    assert (
        wording.sentence(
            Message(
                "%(now)d of at least %(at_least)d can reach it.",
                {"now": 1, "at_least": 2},
            )
        )
        == "1 av minst 2 kommer åt kontot."
    )


def test_names_keep_their_letters_and_are_not_a_choice() -> None:
    missing = Message(
        "Two-factor is not confirmed for %(who)s.", {"who": ("Olga", "Åke")}
    )

    assert wording.detail(("Olga Ek", "Nils Al")) == "Olga Ek, Nils Al"
    assert "Olga, Åke" in wording.sentence(missing)


@dataclass(frozen=True)
class Mark:
    span: tuple[int, int]
    message: Message


def marked(text: str, *spans: tuple[int, int]) -> str:
    marks = [Mark(span, Message("E-mail")) for span in spans]
    template = Template("{% load uppsikt %}{{ text|highlight:marks }}")
    return template.render(Context({"text": text, "marks": marks}))


def test_marks_stand_in_the_text_and_all_else_is_escaped() -> None:
    assert marked("<b>hej</b>", (3, 6)) == (
        '&lt;b&gt;<mark title="E-post">hej</mark>&lt;/b&gt;'
    )
    assert marked("<i>", (0, 3)) == '<mark title="E-post">&lt;i&gt;</mark>'
    assert marked("lugnt") == "lugnt"


def test_marks_that_overlap_become_one() -> None:
    assert marked("abcdef", (3, 5), (1, 4)) == 'a<mark title="E-post">bcde</mark>f'
    assert marked("abc", (1, 1)) == "abc"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("1 working day", "1 arbetsdag"),
        ("10 working days", "10 arbetsdagar"),
        ("at once", "genast"),
        ("6 months", "6 månader"),
        (False, "nej"),
        (2, "2"),
        (["dialogue:Skapa dialog", "service:Ge service"], "Skapa dialog, Ge service"),
        ("KS", "KS"),
    ],
)
def test_a_value_of_the_guideline_is_said_in_swedish(value: object, said: str) -> None:
    assert guideline.said(value) == said  # type: ignore[arg-type]


def test_every_move_that_the_guideline_gives_out_has_a_name(
    guideline_in_force: None,
) -> None:
    from uppsikt.governance import rules

    shown = guideline.sections(rules.in_force(NOW + timedelta(days=1)))

    numbers = [section.number for section in shown]
    assert numbers.index("6.2") < numbers.index("6.4") < numbers.index("9")
    assert {c.force for s in shown for c in s.controls} <= set(Force)
    assert all(str(right.label) for s in shown for right in s.rights)
