"""The form for a channel's credentials, drawn from what its connector asks for."""

from typing import Any, Final, cast

from django import forms
from django.utils.translation import gettext as _
from pydantic import SecretStr, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from uppsikt.platforms import Platform

_SECRET: Final = {"autocomplete": "off", "spellcheck": "false"}
_LONGEST: Final = 2000


def form_for(kind: type[Platform]) -> type[forms.Form]:
    """Return the form whose fields are those of the connector's credentials.

    What is secret is a password field, and is never sent back to the browser.
    """
    fields = kind.Credentials.model_fields
    return cast(
        type[forms.Form],
        type(
            "CredentialsForm",
            (forms.Form,),
            {name: _field(name, info) for name, info in fields.items()},
        ),
    )


def put_faults(form: forms.Form, faults: ValidationError) -> None:
    """Say at each field what makes it no credential."""
    for fault in faults.errors(include_url=False, include_input=False):
        place = str(fault["loc"][0]) if fault["loc"] else None
        form.add_error(place if place in form.fields else None, _in_words(fault))


def _field(name: str, info: FieldInfo) -> forms.CharField:
    kept: dict[str, Any] = {"widget": forms.TextInput}
    if info.annotation is SecretStr:
        kept["widget"] = forms.PasswordInput(attrs=_SECRET, render_value=False)
    return forms.CharField(
        label=_(info.title or name),
        help_text=_(info.description) if info.description else "",
        required=info.is_required(),
        initial=None if info.is_required() else info.default,
        max_length=_LONGEST,
        **kept,
    )


def _in_words(fault: ErrorDetails) -> str:
    """Return our own sentence where the connector has one."""
    own = fault.get("ctx", {}).get("error")
    return _(str(own)) if own else _("This does not look right. Look at it again.")
