"""The stage of moderation, for what falls to people of it."""

from tests.moderation.conftest import (  # noqa: F401 (fixtures)
    bluesky,
    connected,
    home,
    insult,
    lens,
)
