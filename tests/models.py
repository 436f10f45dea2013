"""Marks for tests that need what is optional: skipped in words where it is not here."""

import pytest

from uppsikt.checks import picture
from uppsikt.checks.picture import Eye

_QUIET = pytest.mark.filterwarnings("ignore")
"""What the models' own packages are warned of is not ours to mend."""


def needs_eyes(test: object) -> object:
    """Mark a test that looks at pictures with the real models."""
    here = picture.installed() == frozenset(Eye)
    words = "the extra [bild] is not here; add it by scripts/extras bild"
    for mark in (pytest.mark.extras, pytest.mark.skipif(not here, reason=words)):
        test = mark(test)
    return _QUIET(test)
