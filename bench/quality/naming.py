"""Which signal of the functional suite a rule of ours stands for."""

from uppsikt.checks.text import analyse

NAMED = {
    "personal_data.identity_number": "identity",
    "personal_data.coordination_number": "identity",
    "personal_data.organisation_number": "organisation_number",
    "personal_data.phone": "phone",
    "personal_data.email": "email",
    "personal_data.address": "address",
    "personal_data.name": "name",
}
"""The beginning of a rule's name, and the suite's word for it. A rule that is not
here goes by the first part of its name: "threat" for `threat.aimed`."""

SILENT = ("model.",)
"""Rules that judge a text as a whole; the suite asks for what it names."""


def signal_of(rule: str) -> str:
    """Return the suite's word for a rule."""
    parts = rule.split(".")
    for size in range(len(parts), 0, -1):
        if known := NAMED.get(".".join(parts[:size])):
            return known
    return ":".join(parts[:2]) if parts[0] == "language" else parts[0]


def raised(text: str) -> frozenset[str]:
    """Return the suite's words for all that the analysis says of a text."""
    rules = (signal.rule for signal in analyse(text))
    return frozenset(signal_of(rule) for rule in rules if not rule.startswith(SILENT))
