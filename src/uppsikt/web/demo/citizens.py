"""What citizens send the made-up municipality: suggestions and reported accounts."""

from datetime import datetime, timedelta
from functools import partial
from typing import Final

from uppsikt.channels import finding, suggesting
from uppsikt.channels.found_life import FoundLife
from uppsikt.channels.models import Channel, Feedback, FoundAccount
from uppsikt.governance.actors import Actor
from uppsikt.platforms.accounts import Account, canonical
from uppsikt.web.demo.beginning import OFFICE
from uppsikt.web.demo.story import Story
from uppsikt.web.demo.town import Place, Town

ANYBODY: Final = Actor("anyone", None, ())
_DAY: Final = timedelta(days=1)
_SAID: Final = (
    (26, "Kan ni skriva öppettiderna i presentationen?", "kim@example.org"),
    (9, "Bilderna saknar ofta beskrivning, så min skärmläsare säger inget.", ""),
    (2, "Tack för de snabba svaren om vattnet i går!", ""),
)
_OPINION: Final = (
    "I onsdags stod det i en kommentar från er att beslutet var dumt. "
    "Är det kommunen som tycker så?"
)
_SEEN: Final = (
    (20, "https://www.instagram.com/exempe1by/", "Ber om Swish i kommunens namn"),
    (6, "https://www.facebook.com/groups/exempelbyborna", "Är den här gruppen er?"),
    (1, "https://x.com/exempelby_support", "Vill ha personnummer av dem som klagar"),
)


def plan(town: Town, story: Story, now: datetime) -> None:
    """Let citizens send what they have seen, and the staff see to the oldest of it."""
    for place, (days, text, contact) in zip(town.places.values(), _SAID, strict=False):
        story.at(now - days * _DAY, partial(_suggest, story, place, text, contact))
    channel = list(town.places.values())[len(_SAID)].channel
    story.at(now - 3 * _DAY, partial(_complain, channel))
    for days, url, said in _SEEN:
        story.at(now - days * _DAY, partial(_tell, url, said))
    story.at(now - (_SEEN[0][0] - 1) * _DAY, partial(_judge, town))


def _suggest(story: Story, place: Place, text: str, contact: str, at: datetime) -> None:
    left = suggesting.leave(place.channel, text, contact=contact, actor=ANYBODY, at=at)
    if contact:
        answer = partial(suggesting.handle, left, "Nu står de överst.")
        story.at(at + _DAY, lambda then: answer(actor=place.owner, at=then))


def _complain(channel: Channel, at: datetime) -> None:
    """Let somebody hold that a text of ours is a private opinion."""
    kind = Feedback.Kind.OPINION
    suggesting.leave(channel, _OPINION, contact="", kind=kind, actor=ANYBODY, at=at)


def _tell(url: str, said: str, at: datetime) -> None:
    account = canonical(url)
    assert isinstance(account, Account)  # noqa: S101 (our own examples)
    finding.report(account, said, actor=ANYBODY, at=at)


def _judge(town: Town, at: datetime) -> None:
    """Let the communications office find the first one false, and tell the platform."""
    office, found = town.actor(OFFICE, at), FoundAccount.objects.earliest("pk")
    why = "Kontot använder vårt vapen och ber om pengar"
    finding.judge(found, FoundLife.condemn, why=why, actor=office, at=at)
    finding.tell_platform(
        found,
        reference="IG-4711",
        police=FoundAccount.Police.REPORTED,
        note="5000-K1234-26",
        actor=office,
        at=at,
    )
