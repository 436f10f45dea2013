"""Every address of the program, with what to fill it in with and who may open it.

A new page needs a row here; the tests fail until it has one.
"""

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum, auto

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.web.belongings import World


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


def unit(world: World) -> Mapping[str, object]:
    return {"pk": world.channel.node.parent_id}


def channel(world: World) -> Mapping[str, object]:
    return {"pk": world.channel.pk}


def item(world: World) -> Mapping[str, object]:
    return {"pk": world.version.item_id}


def outgoing(world: World) -> Mapping[str, object]:
    return {"pk": world.outgoing.pk}


def case(world: World) -> Mapping[str, object]:
    return {"pk": world.case.pk}


SAMPLES: dict[str, Sample] = {
    "home": (Whose.OWN, nothing),
    "channel-list": (Whose.ANYBODY, nothing),
    "channel-list-json": (Whose.ANYBODY, nothing),
    "channel-public": (Whose.ANYBODY, lambda w: {"slug": w.channel.slug}),
    "channels": (Whose.OWN, nothing),
    "channel-apply": (Whose.OWN, nothing),
    "channel": (Whose.SOME, channel),
    "channel-withdraw": (Whose.SOME, channel),
    "channel-approve": (Whose.SOME, channel),
    "channel-decline": (Whose.SOME, channel),
    "channel-launch": (Whose.SOME, channel),
    "channel-close": (Whose.SOME, channel),
    "channel-edit": (Whose.SOME, channel),
    "channel-appoint": (Whose.SOME, channel),
    "channel-access": (Whose.SOME, channel),
    "channel-access-end": (
        Whose.SOME,
        lambda w: {"pk": w.channel.pk, "holder": w.holder.pk},
    ),
    "channel-attest": (
        Whose.SOME,
        lambda w: {"pk": w.channel.pk, "fact": "resources"},
    ),
    "channel-connect": (Whose.SOME, channel),
    "channel-disconnect": (Whose.SOME, channel),
    "compliance": (Whose.OWN, nothing),
    "inbox": (Whose.OWN, nothing),
    "item": (Whose.SOME, item),
    "item-answer": (Whose.SOME, item),
    "item-promise": (Whose.SOME, item),
    "item-pass-by": (Whose.SOME, item),
    "item-reopen": (Whose.SOME, item),
    "item-claim": (Whose.SOME, item),
    "item-release": (Whose.SOME, item),
    "item-picture": (Whose.SOME, lambda w: {"pk": w.version.pk}),
    "item-new": (Whose.OWN, nothing),
    "outgoing-stop": (Whose.SOME, outgoing),
    "outgoing-retry": (Whose.SOME, outgoing),
    "outgoing-post": (Whose.SOME, outgoing),
    "outgoing-vouch": (Whose.SOME, outgoing),
    "outgoing-declare-lost": (Whose.SOME, outgoing),
    "outgoing-approve": (Whose.SOME, outgoing),
    "outgoing-send-back": (Whose.SOME, outgoing),
    "approvals": (Whose.OWN, nothing),
    "watch": (Whose.OWN, nothing),
    "watch-tick-all": (Whose.OWN, nothing),
    "watch-channel": (Whose.SOME, channel),
    "watch-tick": (Whose.SOME, channel),
    "watch-undo": (Whose.SOME, lambda w: {"pk": w.tick.pk}),
    "cases": (Whose.OWN, nothing),
    "case-new": (Whose.OWN, nothing),
    "case-new-special": (Whose.OWN, nothing),
    "case": (Whose.SOME, case),
    "case-seclude": (Whose.SOME, case),
    "case-move": (Whose.SOME, lambda w: {"pk": w.case.pk, "name": "leave_up"}),
    "case-decide": (Whose.SOME, case),
    "case-notify": (Whose.SOME, case),
    "case-cannot-notify": (Whose.SOME, case),
    "case-order-report": (Whose.SOME, case),
    "case-posted": (Whose.SOME, case),
    "case-report": (Whose.SOME, case),
    "case-upload": (Whose.SOME, case),
    "case-prove": (Whose.SOME, case),
    "case-annotate": (Whose.SOME, case),
    "case-package": (Whose.SOME, case),
    "evidence-file": (Whose.SOME, lambda w: {"pk": w.evidence.pk}),
    "package": (Whose.SOME, lambda w: {"pk": w.package.pk}),
    "registrations": (Whose.OWN, nothing),
    "register": (Whose.SOME, lambda w: {"pk": w.registration.pk}),
    "register-many": (Whose.OWN, nothing),
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
    "describe": (Whose.SOME, anna),
    "organisation": (Whose.SOME, nothing),
    "place": (Whose.SOME, unit),
    "place-add": (Whose.SOME, unit),
    "place-rename": (Whose.SOME, unit),
    "place-close": (Whose.SOME, unit),
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
    "account_set_password": (Whose.OWN, nothing),
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
