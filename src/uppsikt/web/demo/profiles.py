"""What stands on the made-up channels' profiles, and what some are exempt from."""

from datetime import datetime, timedelta
from functools import partial
from io import BytesIO
from textwrap import wrap
from typing import Final

from PIL import Image, ImageDraw

from uppsikt.channels import profile, profile_acts
from uppsikt.channels.profile_acts import Told
from uppsikt.governance import exempting
from uppsikt.governance.actors import CLOCK
from uppsikt.governance.exempting import Terms
from uppsikt.governance.models import Exemption
from uppsikt.platforms.profile_fields import Text
from uppsikt.web.demo.story import Story
from uppsikt.web.demo.town import Place, Town

CHIEF: Final = "johan"
_DAY: Final = timedelta(days=1)
_CONTROL: Final = "6-visual-identity"
_WANTED: Final = (
    (60, 110, "Plattformen tar bara en rund bild, så logotypen får inte plats.", 80),
    (30, 200, "Kanalen är en film i veckan och har ingen omslagsbild.", 20),
    (3, 180, "Vi vill använda sommarens kampanjbild i stället för vapnet.", 0),
)
"""Days ago, days wanted, the reason, and days granted (0: nobody has decided)."""
_OFTEN_MISSING: Final = frozenset({Text.RULES, Text.VISIBILITY})
_SIZE: Final = (700, 380)


def plan(town: Town, story: Story, now: datetime) -> None:
    """Let the owners look at their profiles, and ask to be spared the logotype."""
    for number, place in enumerate(town.places.values()):
        when = now - (70 - 2 * number) * _DAY
        look = _read if place.channel.site == "bluesky" else _look
        # One in four has not looked; one in four finds the rules missing.
        if number % 4 or place.channel.site == "bluesky":
            missing = _OFTEN_MISSING if number % 4 == 1 else frozenset[Text]()
            story.at(when, partial(look, place, missing))
    for place, wanted in zip(list(town.places.values())[2:], _WANTED, strict=False):
        story.at(now - wanted[0] * _DAY, partial(_ask, town, story, place, wanted))


def _look(place: Place, missing: frozenset[Text], at: datetime) -> None:
    wanted = profile.wanted(place.channel, at=at)
    texts = frozenset(Text) - missing
    picture = _drawn([one.text for one in wanted.fitted])
    told = Told(texts, profile_acts.version(wanted), picture, "Under Om")
    profile_acts.attest(place.channel, told, actor=place.owner, at=at)


def _read(place: Place, missing: frozenset[Text], at: datetime) -> None:
    wanted = profile.wanted(place.channel, at=at)
    answer = {one.field.read_as: one.text for one in wanted.fitted}
    if missing:
        answer["description"] = place.channel.description
    profile_acts.keep(place.channel, answer, actor=CLOCK, at=at)


def _ask(
    town: Town,
    story: Story,
    place: Place,
    wanted: tuple[int, int, str, int],
    at: datetime,
) -> None:
    _ago, days, reason, granted = wanted
    asked = exempting.ask(
        place.channel.node,
        _CONTROL,
        reason=reason,
        until=(at + days * _DAY).date(),
        actor=place.owner,
        at=at,
    )
    if granted:
        story.at(at + 2 * _DAY, partial(_grant, town, asked, granted))


def _grant(town: Town, asked: Exemption, days: int, at: datetime) -> None:
    terms = Terms(at.date(), (at + days * _DAY).date(), "Vapnet visas i första bilden.")
    exempting.grant(asked, terms, actor=town.actor(CHIEF, at), at=at)


def _drawn(texts: list[str]) -> bytes:
    """Draw the profile as the person saw it."""
    picture = Image.new("RGB", _SIZE, "white")
    pen = ImageDraw.Draw(picture)
    written = "\n".join(wrap(" ".join(texts)[:900], 85))
    pen.multiline_text((20, 20), written, fill="black", font_size=15)
    file = BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()
