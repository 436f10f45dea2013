"""Passkeys: whose they are, where they work, and what they are called."""

from collections.abc import Sequence
from typing import Any

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from uppsikt.governance.models import User
from uppsikt.web import identity

_LONGEST = 60


class Factors(DefaultMFAAdapter):  # type: ignore[misc]
    """Binds passkeys to one host name, so that they work at no other's page."""

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Return who asks for a passkey: the name is told, the host is bound to it."""
        return {"id": settings.PASSKEY_HOST, "name": "Uppsikt"}

    def is_mfa_enabled(self, user: User, types: Sequence[str] | None = None) -> bool:
        """Tell whether a second step is to be asked for, or (no `types`) is there.

        Not asked for when the municipality's identity provider has asked already.
        """
        if types is not None and identity.vouched(context.request, user):
            return False
        return bool(super().is_mfa_enabled(user, types))

    def generate_authenticator_name(self, user: User, type: str) -> str:  # noqa: A002
        """Return what a new passkey is called, unless its owner says otherwise."""
        known = Authenticator.objects.filter(user=user, type=type).count()
        return _("Passkey %(n)d") % {"n": known + 1}


def _name(**kw: Any) -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("What you call it"),
        help_text=gettext_lazy("For example the computer or telephone it lies in."),
        max_length=_LONGEST,
        **kw,
    )


class AddForm(AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey, for signing in without a password unless one says otherwise."""

    # Not demanded: the passkey is made already when the form is sent.
    name = _name(required=False)
    passwordless = forms.BooleanField(
        label=gettext_lazy("Sign in with it alone, without a password"),
        help_text=gettext_lazy(
            "It then asks for your finger, your face or a code. Leave it empty for a "
            "security key that is only to be the second step."
        ),
        required=False,
        initial=True,
    )


class EditForm(EditWebAuthnForm):  # type: ignore[misc]
    """A new name for a passkey."""

    name = _name()
