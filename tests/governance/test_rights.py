"""Who has a right is what the guideline in force says, at the place where it is."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from uppsikt.channels.models import Channel
from uppsikt.governance import actors, adopting, moves, rules
from uppsikt.governance.actors import Actor
from uppsikt.governance.adopting import Decision
from uppsikt.policy.roles import Right

SAYS = 'says = "Bocka av dagens uppsikt"\n'
ROLES = 'roles = ["channel_owner", "deputy", "department_communications_officer"]\n'
TICK = SAYS + ROLES


def adopted(tmp_path: Path, old: str, new: str, *, since: datetime) -> None:
    text = rules.packaged_file("tyreso").decode()
    assert old in text
    path = tmp_path / "changed.toml"
    path.write_text(text.replace(old, new, 1))
    decision = Decision("Kommundirektör", "2026/KS 0001", since, "Nya rättigheter")
    adopting.adopt(path, decision, actor=actors.CLOCK, at=since)


def test_a_right_that_the_guideline_gives_away_is_gone_from_that_day(
    library_channel: Channel, anna: Actor, monday: datetime, tmp_path: Path
) -> None:
    tuesday = monday + timedelta(days=1)
    adopted(tmp_path, TICK, f'{SAYS}roles = ["deputy"]\n', since=tuesday)
    path = library_channel.path

    assert moves.may(Right.TICK, anna, path, at=monday)
    with pytest.raises(moves.NotYours, match="deputy"):
        moves.must(Right.TICK, anna, path, at=tuesday)


def test_what_the_adopted_file_has_no_word_of_is_refused_and_told(
    library_channel: Channel, anna: Actor, monday: datetime, tmp_path: Path
) -> None:
    text = rules.packaged_file("tyreso").decode()
    start = text.index('[[right]]\nid = "watch.tick"')
    row = text[start : text.index("[[", start + 2)]
    adopted(tmp_path, row, "", since=monday)
    with pytest.raises(moves.NotYours, match="does not say who"):
        moves.must(Right.TICK, anna, library_channel.path, at=monday)
