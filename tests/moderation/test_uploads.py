"""An upload that is too large is refused before any of it is read."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from uppsikt.moderation.forms import MOST_BYTES, PictureForm, ProofForm


class Heavy(SimpleUploadedFile):
    """A file of which reading a single byte is a fault."""

    def read(self, *_: object, **__: object) -> bytes:
        raise AssertionError("it was read")


@pytest.mark.parametrize(
    ("form", "field"), [(PictureForm, "picture"), (ProofForm, "second")]
)
def test_what_is_too_large_is_never_read(
    form: type[PictureForm] | type[ProofForm], field: str
) -> None:
    heavy = Heavy("bild.png", b"x")
    heavy.size = MOST_BYTES + 1

    asked = form({}, MultiValueDict({field: [heavy]}))

    assert "100 MB" in str(asked.errors[field])
    heavy.size = MOST_BYTES
    assert field not in form({}, MultiValueDict({field: [heavy]})).errors
