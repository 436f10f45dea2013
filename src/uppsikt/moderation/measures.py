"""By which measures something can be removed at its platform, said truthfully.

Hidden is not gone at most platforms: its author, their friends or whoever clicks once
more still sees it (R-6.4-25), and who decides must know it before deciding.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from uppsikt.channels import connecting
from uppsikt.channels.models import Channel
from uppsikt.inbox.models import Item
from uppsikt.moderation.models import Case
from uppsikt.platforms import Can
from uppsikt.platforms.catalogue import SITES, Hiding
from uppsikt.policy.words import N_

HIDDEN_MEANS = {
    Hiding.FROM_ALL: N_("Hidden from everybody but the channel's own people."),
    Hiding.STILL_SEEN_BY_SOME: N_(
        "Hidden from most people. The author, and perhaps the author's friends, still "
        "see it."
    ),
    Hiding.ONE_CLICK_AWAY: N_(
        "Moved out of sight. Whoever asks to see hidden answers still finds it."
    ),
}
DELETES = N_("Deleted: gone for everybody, and it cannot be put back.")
BY_HAND = N_(
    "You remove it yourself at the platform, when the evidence is sealed, and show it "
    "with a second picture."
)


@dataclass(frozen=True, slots=True)
class Offer:
    """One measure: what it means for the public.

    `stops_spread` tells whether nobody of the public sees the thing afterwards, as the
    law demands of what it orders removed (BBS-lagen 5 §).
    """

    measure: Case.Measure
    means: str
    stops_spread: bool


def by_program(channel: Channel, what: Can) -> bool:
    """Tell whether the program can do `what` and see afterwards that it is done."""
    return connecting.can(channel, what) and connecting.can(channel, Can.LOOK)


def offered(item: Item) -> Iterator[Offer]:
    """Yield the measures for `item`, first those that the program carries out."""
    site = SITES[item.channel.site]
    if item.own and by_program(item.channel, Can.DELETE):
        yield Offer(Case.Measure.DELETE, DELETES, stops_spread=True)
    elif not item.own and by_program(item.channel, Can.HIDE):
        means = connecting.connector(item.channel).hides_truthfully
        yield Offer(Case.Measure.HIDE, means, stops_spread=site.hide_is_real)
    whole = item.own or site.can_delete_comments
    yield Offer(Case.Measure.BY_HAND, BY_HAND, stops_spread=whole)


def hiding(channel: Channel) -> str:
    """Return what hiding by hand means at the channel's platform, or "" without it."""
    return HIDDEN_MEANS.get(SITES[channel.site].hiding, "")
