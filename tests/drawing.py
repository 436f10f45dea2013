"""Pictures that the tests draw: of text, of faces, and with a place in the file."""

from io import BytesIO

from PIL import ExifTags, Image, ImageDraw, ImageFilter, ImageFont

SKIN = (222, 184, 150)
SHADE = (188, 156, 127)
HAIR = (60, 40, 30)


def plain(width: int = 64, height: int = 48, kind: str = "PNG") -> bytes:
    return saved(Image.new("RGB", (width, height), "seagreen"), kind)


def saved(picture: Image.Image, kind: str = "PNG", **told: object) -> bytes:
    out = BytesIO()
    picture.save(out, kind, **told)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


def placed(kind: str = "JPEG", **told: object) -> bytes:
    """A picture whose file says where it was taken, turned a quarter round."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Make] = "Kamera"
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(
        {
            ExifTags.GPS.GPSLatitudeRef: "N",
            ExifTags.GPS.GPSLatitude: (59.0, 14.0, 40.0),
            ExifTags.GPS.GPSLongitudeRef: "E",
            ExifTags.GPS.GPSLongitude: (18.0, 13.0, 40.0),
        }
    )
    picture = Image.new("RGB", (64, 48), "seagreen")
    picture.putpixel((0, 0), (255, 255, 255))
    return saved(picture, kind, exif=exif, **told)


def lettered(*lines: str) -> bytes:
    """A white poster with a line of text for each of `lines`."""
    picture = Image.new("RGB", (1000, 120 + 70 * len(lines)), "white")
    pen, face = ImageDraw.Draw(picture), _letters()
    for number, line in enumerate(lines):
        pen.text((40, 40 + 70 * number), line, fill="black", font=face)
    return saved(picture)


def peopled(count: int) -> bytes:
    """A picture with so many drawn faces side by side."""
    picture = Image.new("RGB", (300 * count + 100, 400), (200, 210, 190))
    face = _face().resize((200, 250))
    for number in range(count):
        picture.paste(face, (60 + 300 * number, 80))
    return saved(picture)


def _letters() -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    try:
        return ImageFont.truetype("DejaVuSans.ttf", 40)
    except OSError:
        return ImageFont.load_default(40)


def _face() -> Image.Image:
    face = Image.new("RGB", (400, 500), (120, 140, 160))
    pen = ImageDraw.Draw(face)
    pen.ellipse((60, 20, 340, 330), fill=HAIR)
    pen.rectangle((150, 380, 250, 500), fill=SHADE)
    pen.ellipse((90, 60, 310, 420), fill=SKIN)
    pen.pieslice((80, 30, 320, 260), 180, 360, fill=HAIR)
    for x in (155, 245):
        pen.arc((x - 38, 165, x + 38, 215), 200, 340, fill=HAIR, width=8)
        pen.ellipse((x - 26, 205, x + 26, 235), fill=(245, 245, 240))
        pen.ellipse((x - 13, 206, x + 13, 234), fill=(70, 50, 30))
        pen.ellipse((x - 6, 212, x + 6, 226), fill=(10, 10, 10))
        pen.arc((x - 28, 200, x + 28, 240), 190, 350, fill=HAIR, width=5)
    pen.polygon([(200, 220), (180, 300), (220, 300)], fill=SHADE)
    pen.ellipse((155, 335, 245, 365), fill=(170, 70, 70))
    pen.line((158, 350, 242, 350), fill=(100, 30, 30), width=4)
    return face.filter(ImageFilter.GaussianBlur(4))
