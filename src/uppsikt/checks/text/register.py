"""The register of rules: each with its version and what it is about.

A rule that is new, or whose version is raised, runs silent first: a municipality turns
it on when it has seen how it does there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from uppsikt.checks.text import (
    abuse,
    contact,
    identity,
    language,
    organisation,
    person,
    politics,
    question,
    spam,
    street,
)
from uppsikt.policy.words import N_


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule by its name, its version, and what it points at, as people say it.

    One that `counts` is what clocks start from, and is never silent.
    """

    name: str
    version: int
    about: str
    counts: bool = False


_ALL: Final = (
    Rule(
        "personal_data.identity_number",
        identity.VERSION,
        N_("Personal identity numbers"),
    ),
    Rule(
        "personal_data.coordination_number",
        identity.VERSION,
        N_("Coordination numbers"),
    ),
    Rule(
        "personal_data.organisation_number",
        organisation.VERSION,
        N_("Organisation numbers"),
    ),
    Rule("personal_data.phone", contact.VERSION, N_("Telephone numbers")),
    Rule("personal_data.email", contact.VERSION, N_("E-mail addresses")),
    Rule("personal_data.address", street.VERSION, N_("Private addresses")),
    Rule("personal_data.name", person.VERSION, N_("Names of persons")),
    Rule("attack", abuse.VERSION, N_("Attacks on a person")),
    Rule("profanity", abuse.VERSION, N_("Swear words")),
    Rule("obscenity", abuse.VERSION, N_("Obscene words")),
    Rule("agitation", abuse.VERSION, N_("Agitation against a group")),
    Rule("threat", abuse.VERSION, N_("Threats")),
    Rule("violence", abuse.VERSION, N_("Violence and pornography")),
    Rule("incitement", abuse.VERSION, N_("Incitement to crime")),
    Rule("spam", spam.VERSION, N_("Advertising and lures")),
    Rule("political", politics.VERSION, N_("Political questions")),
    Rule("language", language.VERSION, N_("Other languages than Swedish")),
    Rule("question", question.VERSION, N_("Questions"), counts=True),
)
RULES: Final[Mapping[str, Rule]] = {rule.name: rule for rule in _ALL}


def rule_of(name: str) -> str:
    """Return the rule that a signal's name belongs to: "language" for language.fi."""
    while name not in RULES and "." in name:
        name = name.rpartition(".")[0]
    return name
