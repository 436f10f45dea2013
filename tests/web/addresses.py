"""Every address of the program, with what to fill it in with and who may open it.

A new page needs a row here; the tests fail until it has one.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum, auto

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from uppsikt.channels.models import Channel
from uppsikt.governance.models import Assignment, User


@dataclass(frozen=True, slots=True)
class World:
    """The library as the tests know it: what an outsider must not see or touch."""

    channel: Channel
    anna: User
    token: str

    @property
    def role(self) -> Assignment:
        return self.anna.assignments.earliest("pk")


class Whose(StrEnum):
    """Who may open an address."""

    ANYBODY = auto()  # without signing in
    OWN = auto()  # everybody signed in, each with their own content
    SOME = auto()  # those whose roles reach it


Sample = tuple[Whose, Callable[[World], Mapping[str, object]]]


def nothing(world: World) -> Mapping[str, object]:
    return {}


def anna(world: World) -> Mapping[str, object]:
    return {"pk": world.anna.pk}


SAMPLES: dict[str, Sample] = {
    "home": (Whose.OWN, nothing),
    "preferences": (Whose.OWN, nothing),
    "guideline": (Whose.OWN, nothing),
    "help": (Whose.OWN, nothing),
    "help_page": (Whose.OWN, lambda _: {"name": "kom-igang"}),
    "people": (Whose.SOME, nothing),
    "invite": (Whose.SOME, nothing),
    "person": (Whose.SOME, anna),
    "assign": (Whose.SOME, anna),
    "reset_factor": (Whose.SOME, anna),
    "deactivate": (Whose.SOME, anna),
    "end_assignment": (Whose.SOME, lambda w: {"pk": w.role.pk}),
    "alive": (Whose.ANYBODY, nothing),
    "ready": (Whose.ANYBODY, nothing),
    "accept": (Whose.ANYBODY, lambda w: {"token": w.token}),
    "demo_signin": (Whose.ANYBODY, anna),
    "account_login": (Whose.ANYBODY, nothing),
    "account_logout": (Whose.ANYBODY, nothing),
    "account_inactive": (Whose.ANYBODY, nothing),
    "account_signup": (Whose.ANYBODY, nothing),
    "account_reauthenticate": (Whose.OWN, nothing),
    "account_change_password": (Whose.OWN, nothing),
    "account_reset_password": (Whose.ANYBODY, nothing),
    "account_reset_password_done": (Whose.ANYBODY, nothing),
    "account_reset_password_from_key": (
        Whose.ANYBODY,
        lambda _: {"uidb36": "1", "key": "x"},
    ),
    "account_reset_password_from_key_done": (Whose.ANYBODY, nothing),
    "mfa_index": (Whose.OWN, nothing),
    "mfa_authenticate": (Whose.ANYBODY, nothing),
    "mfa_reauthenticate": (Whose.OWN, nothing),
    "mfa_activate_totp": (Whose.OWN, nothing),
    "mfa_deactivate_totp": (Whose.OWN, nothing),
    "mfa_view_recovery_codes": (Whose.OWN, nothing),
    "mfa_generate_recovery_codes": (Whose.OWN, nothing),
    "mfa_download_recovery_codes": (Whose.OWN, nothing),
}


def names(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[str]:
    """Yield the name of every address; one without a name by its pattern."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            inner = f"{one.namespace}:" if one.namespace else ""
            yield from names(one, prefix + inner)
        elif isinstance(one, URLPattern):
            yield prefix + (one.name or str(one.pattern))


def those(*whose: Whose) -> list[str]:
    """Return the names of the addresses that are open to `whose`."""
    return [name for name, (open_to, _) in SAMPLES.items() if open_to in whose]


def path(name: str, world: World) -> str:
    """Return the address called `name`, filled in."""
    return reverse(name, kwargs=dict(SAMPLES[name][1](world)))
