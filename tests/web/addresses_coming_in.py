"""The addresses of coming in, with its second steps: see `addresses`."""

from typing import Final

from tests.web.filling import Sample, Whose, nothing

COMING_IN: Final[dict[str, Sample]] = {
    "account_login": (Whose.ANYBODY, nothing),
    "account_logout": (Whose.ANYBODY, nothing),
    "account_inactive": (Whose.ANYBODY, nothing),
    "account_signup": (Whose.ANYBODY, nothing),
    "account_reauthenticate": (Whose.OWN, nothing),
    "account_change_password": (Whose.OWN, nothing),
    "account_set_password": (Whose.OWN, nothing),
    "account_reset_password": (Whose.ANYBODY, nothing),
    "account_reset_password_done": (Whose.ANYBODY, nothing),
    "account_reset_password_from_key": (
        Whose.ANYBODY,
        lambda _: {"uidb36": "1", "key": "x"},
    ),
    "account_reset_password_from_key_done": (Whose.ANYBODY, nothing),
    "openid_connect_login": (Whose.ANYBODY, lambda _: {"provider_id": "kommunen"}),
    "openid_connect_callback": (Whose.ANYBODY, lambda _: {"provider_id": "kommunen"}),
    "mfa_index": (Whose.OWN, nothing),
    "mfa_authenticate": (Whose.ANYBODY, nothing),
    "mfa_reauthenticate": (Whose.OWN, nothing),
    "mfa_activate_totp": (Whose.OWN, nothing),
    "mfa_deactivate_totp": (Whose.OWN, nothing),
    "mfa_list_webauthn": (Whose.OWN, nothing),
    "mfa_add_webauthn": (Whose.OWN, nothing),
    "mfa_login_webauthn": (Whose.ANYBODY, nothing),
    "mfa_reauthenticate_webauthn": (Whose.OWN, nothing),
    "mfa_edit_webauthn": (Whose.OWN, lambda _: {"pk": 0}),
    "mfa_remove_webauthn": (Whose.OWN, lambda _: {"pk": 0}),
    "mfa_view_recovery_codes": (Whose.OWN, nothing),
    "mfa_generate_recovery_codes": (Whose.OWN, nothing),
    "mfa_download_recovery_codes": (Whose.OWN, nothing),
}
