"""The stage of moderation, for the tests of section 6.4."""

from tests.moderation.conftest import (  # noqa: F401 (fixtures)
    bluesky,
    connected,
    home,
    insult,
    lens,
)
