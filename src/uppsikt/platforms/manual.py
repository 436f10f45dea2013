"""The honest connector for a channel that no program can reach."""

from uppsikt.platforms.base import Platform, Secrets
from uppsikt.policy.words import N_


class Manual(Platform):
    """A channel where people read, answer and remove at the platform itself.

    What comes in is pasted in, and every control about it is attested by a person.
    """

    name = "manual"
    label = N_("Not connected: people work at the platform")
    can = frozenset()
    max_length = 10_000
    hides_truthfully = N_(
        "A person hides or deletes at the platform and shows it with a second picture."
    )
    profile_fields = frozenset()

    class Credentials(Secrets):
        """Nothing: no password of a channel is ever kept."""
