"""A change of a public card that waits for the communications office."""

from datetime import datetime, timedelta

from uppsikt.channels import changing
from uppsikt.web.demo.story import Story
from uppsikt.web.demo.town import Town

_AGO = timedelta(days=2)
_MORE = " Fråga oss gärna."


def plan(town: Town, story: Story, now: datetime) -> None:
    """Let the owner of the first channel propose a longer description."""
    place = next(iter(town.places.values()))

    def propose(at: datetime) -> None:
        told = {"description": place.channel.description + _MORE}
        changing.edit_card(place.channel, told, actor=place.owner, at=at)

    story.at(now - _AGO, propose)
