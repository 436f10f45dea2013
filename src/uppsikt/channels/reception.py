"""Who receives what anybody sends us without signing in: the program, in their name."""

import hashlib
import ipaddress
from datetime import timedelta
from typing import Final

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from uppsikt.governance.actors import Actor
from uppsikt.policy.roles import Role

HONEY: Final = "webbplats"
"""The field that people do not see, and that programs fill in."""


def receiver(actor: Actor) -> Actor:
    """Return `actor` as one whose words the program takes in, whoever it is."""
    return Actor(actor.name, actor.user, ((Role.CLOCK, ""),))


def too_many(
    request: HttpRequest, act: str, *, at_most: int, within: timedelta
) -> bool:
    """Count one more `act` from the asker's address, and tell if it is one too many.

    The address is never kept: a keyed digest of it is, in the cache, for `within`.
    """
    address = network(get_adapter(request).get_client_ip(request) or "")
    digest = salted_hmac("uppsikt.channels.reception", address, algorithm="sha256")
    key = hashlib.sha256(f"{act}:{digest.hexdigest()}".encode()).hexdigest()
    if cache.add(key, 1, within.total_seconds()):
        return False
    try:
        return cache.incr(key) > at_most
    except ValueError:  # it was forgotten just now
        return False


def network(address: str) -> str:
    """Return what one asker has: an IPv4 address, or a whole /64 of IPv6 (RFC 6177)."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 4:  # noqa: PLR2004 (the version of the protocol)
        return str(found)
    inner = found.ipv4_mapped
    return str(inner or ipaddress.ip_network((found, 64), strict=False))
