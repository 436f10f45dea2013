"""Section 6.1: what a channel's profile tells its visitors, and BBS-lagen 3 §."""

from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from uppsikt.channels import profile, profile_acts
from uppsikt.channels.listing import open_findings
from uppsikt.channels.models import Channel
from uppsikt.channels.profile_acts import Told
from uppsikt.governance import adopting, rules
from uppsikt.governance.actors import CLOCK, Actor
from uppsikt.governance.adopting import Decision
from uppsikt.governance.judging import Judge
from uppsikt.platforms.profile_fields import Text
from uppsikt.policy.verdict import Finding, Outcome

DAY = timedelta(days=1)
EACH = {
    Text.SENDER: "6.1-sender",
    Text.DESCRIPTION: "6.1-description-shown",
    Text.CONTACT: "6.1-contact-shown",
    Text.RULES: "6.1-standard-text",
    Text.VISIBILITY: "6.1-visibility",
}


def finding(channel: Channel, name: str, at: datetime) -> Finding:
    guideline = rules.in_force(at)
    control = next(c for c in guideline.control if c.id == name)
    judge = Judge(guideline, at)
    [found] = judge.judge([control], channel.facts(at), path=channel.path)
    return found


def outcome(channel: Channel, name: str, at: datetime) -> Outcome:
    return finding(channel, name, at).verdict.outcome


def filled(channel: Channel, at: datetime) -> dict[str, str]:
    """Return the profile filled in as it should be."""
    wanted = profile.wanted(channel, at=at)
    return {one.field.read_as: one.text for one in wanted.fitted}


def read(channel: Channel, fields: dict[str, str], at: datetime) -> None:
    profile_acts.keep(channel, fields, actor=CLOCK, at=at)


def saw(
    channel: Channel, *texts: Text, actor: Actor, at: datetime, why: str = ""
) -> None:
    """Let a person say that `texts` stand there, with a picture."""
    file = BytesIO()
    Image.new("RGB", (40, 20), "white").save(file, "PNG")
    version = profile_acts.version(profile.wanted(channel, at=at))
    told = Told(frozenset(texts), version, file.getvalue(), "Om-sidan", why)
    profile_acts.attest(channel, told, actor=actor, at=at)


@pytest.mark.parametrize("control", EACH.values())
def test_silence_is_no_answer_and_stands_among_what_is_to_be_done(
    library_channel: Channel, monday: datetime, control: str
) -> None:
    assert outcome(library_channel, control, monday) is Outcome.NOT_ASSESSED
    judge = Judge(rules.in_force(monday), monday)
    found = open_findings(library_channel, library_channel.facts(monday), judge)
    assert control in {f.control.id for f in found}


@pytest.mark.parametrize("control", EACH.values())
def test_a_profile_filled_in_as_proposed_meets_every_demand(
    library_channel: Channel, monday: datetime, control: str
) -> None:
    read(library_channel, filled(library_channel, monday), monday)
    assert outcome(library_channel, control, monday) is Outcome.MET


@pytest.mark.parametrize(("missing", "control"), EACH.items())
def test_each_text_that_is_missing_is_a_finding_of_its_own(
    library_channel: Channel,
    anna: Actor,
    monday: datetime,
    missing: Text,
    control: str,
) -> None:
    saw(library_channel, *(set(Text) - {missing}), actor=anna, at=monday)

    for text, name in EACH.items():
        wanted = Outcome.NOT_MET if text is missing else Outcome.MET
        assert outcome(library_channel, name, monday) is wanted


def test_a_new_version_of_the_rules_is_something_to_do_for_every_channel(
    library_channel: Channel, anna: Actor, monday: datetime, tmp_path: Path
) -> None:
    saw(library_channel, *Text, actor=anna, at=monday)
    later = monday + 10 * DAY
    _adopt_other_rules(tmp_path, later)

    assert outcome(library_channel, "6.1-standard-text", monday) is Outcome.MET
    assert outcome(library_channel, "6.1-standard-text", later) is Outcome.NOT_MET
    assert outcome(library_channel, "6.1-visibility", later) is Outcome.MET

    saw(library_channel, *Text, actor=anna, at=later + DAY)
    after = later + DAY
    assert outcome(library_channel, "6.1-standard-text", after) is Outcome.MET


def _adopt_other_rules(folder: Path, at: datetime) -> None:
    """Take a version into force that words the rules in another way."""
    text = rules.packaged_file("tyreso").decode()
    mark = "Vi förbehåller oss rätten"
    assert mark in text
    file = folder / "ny.toml"
    file.write_text(text.replace(mark, "Kommunen förbehåller sig rätten", 1))
    decision = Decision("Kommundirektör", "2026/KS 0001", at, "Ny ordalydelse")
    adopting.adopt(file, decision, actor=CLOCK, at=at)


def test_a_changed_description_or_contact_has_to_be_put_on_the_profile(
    library_channel: Channel, monday: datetime
) -> None:
    fields = filled(library_channel, monday)
    read(library_channel, {**fields, "description": "Annat"}, monday)

    for control in ("6.1-description-shown", "6.1-contact-shown"):
        assert outcome(library_channel, control, monday) is Outcome.NOT_MET
    assert outcome(library_channel, "6.1-sender", monday) is Outcome.MET


def test_what_a_person_saw_half_a_year_ago_has_to_be_looked_at_again(
    library_channel: Channel, anna: Actor, monday: datetime
) -> None:
    saw(library_channel, *Text, actor=anna, at=monday)

    for control in EACH.values():
        assert outcome(library_channel, control, monday + 180 * DAY) is Outcome.MET
        assert outcome(library_channel, control, monday + 185 * DAY) is Outcome.DUE


def test_where_the_rules_cannot_stand_a_reason_is_given_and_nothing_else_is_excused(
    library_channel: Channel, anna: Actor, monday: datetime
) -> None:
    why = "Plattformen har inget fält"
    saw(library_channel, Text.SENDER, actor=anna, at=monday, why=why)

    found = finding(library_channel, "6.1-standard-text", monday)
    assert found.verdict.outcome is Outcome.NOT_APPLICABLE
    assert found.verdict.message is not None
    assert why in str(found.verdict.message)
    assert outcome(library_channel, "6.1-visibility", monday) is Outcome.NOT_MET


def test_a_change_that_nobody_owns_to_is_a_finding(
    library_channel: Channel, anna: Actor, monday: datetime
) -> None:
    fields = filled(library_channel, monday)
    read(library_channel, fields, monday)
    read(library_channel, {**fields, "display_name": "Gratis mobil"}, monday + DAY)
    control = "6.1-profile-unchanged"

    assert outcome(library_channel, control, monday) is Outcome.MET
    assert outcome(library_channel, control, monday + DAY) is Outcome.NOT_MET
    profile_acts.own_to(library_channel, actor=anna, at=monday + 2 * DAY)
    assert outcome(library_channel, control, monday + 2 * DAY) is Outcome.MET


def test_the_visibility_text_says_all_that_the_law_and_the_municipality_ask_for(
    library_channel: Channel, monday: datetime
) -> None:
    text = profile.wanted(library_channel, at=monday).demanded.full[Text.VISIBILITY]

    for words in (
        "drivs av Exempelby kommun",
        "kan alla läsa",
        "allmän handling",
        "personuppgifter: https://",
        "varje dag",
        "känsliga uppgifter",
    ):
        assert words in text
    assert "%(" not in text


def test_no_visibility_text_is_offered_before_its_link_is_filled_in(
    library_channel: Channel, monday: datetime
) -> None:
    decision = Decision("Kommundirektör", "2026/KS 0012", monday, "Ny version")
    adopting.adopt_file(rules.packaged_file("tyreso"), decision, actor=CLOCK, at=monday)

    wanted = profile.wanted(library_channel, at=monday)

    assert wanted.demanded.full[Text.VISIBILITY] == ""
    assert all("Så behandlar vi" not in one.text for one in wanted.fitted)
    seen = wanted.seen_in({"description": wanted.demanded.link})
    assert (bool(seen[Text.RULES]), seen[Text.VISIBILITY]) == (True, "")


def test_nobody_is_exempt_from_saying_who_sees_it(
    guideline_in_force: None, monday: datetime
) -> None:
    controls = {c.id: c for c in rules.in_force(monday).control}
    assert not controls["6.1-visibility"].exemptible
    assert controls["6.1-standard-text"].exemptible
