"""Pictures that the made-up channels mean to publish, drawn for the purpose."""

from datetime import datetime, timedelta
from functools import partial
from io import BytesIO
from typing import Final

from PIL import ExifTags, Image, ImageDraw

from uppsikt.publishing import pictures
from uppsikt.publishing.models import OwnPicture
from uppsikt.publishing.pictures import Answers
from uppsikt.web.demo.story import Story
from uppsikt.web.demo.town import Place, Town

_SIZE: Final = (900, 500)
_HOUR: Final = timedelta(hours=1)
_NOBODY: Final = OwnPicture.Basis.NOBODY
_INTEREST: Final = OwnPicture.Basis.PUBLIC_INTEREST
_ROWS: Final = (
    (
        "Affisch för sagostunden på lördag klockan elva",
        "Sagostund lördag 11.00\nFri entré, ingen anmälan",
        Answers(_NOBODY, OwnPicture.Words.IN_POST),
    ),
    (
        "Parkens nya lekplats en solig morgon",
        "",
        Answers(
            _INTEREST, OwnPicture.Words.NONE, "Nämndens plan för parkerna, §\u00a014"
        ),
    ),
    ("Vandringsleden vid sjön, med skylten till badplatsen", "Badplatsen 400 m", None),
)


def plan(town: Town, story: Story, now: datetime) -> None:
    """Let a few channels check a picture, and one of them not be done with it."""
    for number, (place, row) in enumerate(
        zip(town.places.values(), _ROWS, strict=False)
    ):
        story.at(now - (30 - 9 * number) * _HOUR, partial(_bring, story, place, row))


def _bring(
    story: Story, place: Place, row: tuple[str, str, Answers | None], at: datetime
) -> None:
    shows, text, answers = row
    data = _drawn(text)
    own = pictures.bring(place.channel, data, shows, actor=place.owner, at=at)
    if answers:
        story.at(at + _HOUR, partial(_clear, place, own, answers))


def _clear(place: Place, own: OwnPicture, answers: Answers, at: datetime) -> None:
    pictures.clear(own, answers, actor=place.owner, at=at)


def _drawn(text: str) -> bytes:
    """Draw a landscape with a sign, as a telephone would save it: with its place."""
    picture = Image.new("RGB", _SIZE, "#bcd9ea")
    pen = ImageDraw.Draw(picture)
    pen.ellipse((-200, 260, 700, 900), fill="#7fa65a")
    pen.ellipse((300, 320, 1200, 900), fill="#5f8a4a")
    pen.ellipse((740, 40, 840, 140), fill="#f5d76e")
    if text:
        pen.rectangle((120, 90, 700, 260), fill="white", outline="#444")
        pen.multiline_text((150, 125), text, fill="black", font_size=44)
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (59.0, 15.0, 0.0)
    out = BytesIO()
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()
