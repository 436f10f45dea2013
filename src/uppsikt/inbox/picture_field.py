"""A screenshot that a person shows us: looked at by its contents, and never too big."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from uppsikt.inbox.by_hand import PICTURES
from uppsikt.records import media

WARNING: Final = gettext_lazy(
    "PNG, JPEG or WebP. Never save or upload what may show the abuse of "
    "a child: take no picture, call the police."
)


class PictureField(forms.FileField):
    """A screenshot, or none."""

    def __init__(self) -> None:
        super().__init__(
            label=gettext_lazy("Screenshot"), required=False, help_text=WARNING
        )

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Refuse what is too large before any of it is read into memory."""
        picture = super().clean(data, initial)
        limit = max(media.LARGEST[kind] for kind in PICTURES)
        if picture and picture.size > limit:
            words = _("The file is larger than %(limit)d MB, which is the most.")
            raise forms.ValidationError(words % {"limit": limit // media.MEBIBYTE})
        return picture


def shown(picture: Any) -> bytes:
    """Return the bytes of what a `PictureField` holds; none where there is none."""
    return bytes(picture.read()) if picture else b""
