"""An account that the platform calls something else now: the same account (R-3.2-3).

A name and an address can change; the platform's own id cannot, and tells that it is
another account. What ours were called is nobody's to trust: a name that is let go of
can be taken by anybody.
"""

from collections.abc import Mapping

from uppsikt.channels import addresses, taken, verifying
from uppsikt.channels.models import Channel
from uppsikt.channels.models.version import NAME_FIELDS


class TakenAccount(Exception):
    """Another channel in the register has the account."""


class AnotherAccount(Exception):
    """The address tells another id than the account's: it is no new name of it."""


def must_be_the_same(channel: Channel, told: Mapping[str, object]) -> None:
    """Raise unless what is told of the channel's account can be a new name of it.

    Nothing is asked where neither name nor address changes. Called in the transaction
    that writes it, so that two channels are never given one account.

    Raises:
        TakenAccount, AnotherAccount
    """
    wanted = {n: str(told.get(n, getattr(channel, n))) for n in NAME_FIELDS}
    if all(wanted[n] == getattr(channel, n) for n in NAME_FIELDS):
        return
    told_id = addresses.id_in(wanted["url"])
    if channel.remote_id and told_id and told_id != channel.remote_id:
        raise AnotherAccount
    keys = verifying.keys(channel.site, wanted["handle"], wanted["url"])
    if taken.is_taken([keys], but=channel):
        raise TakenAccount
