"""Where a picture was taken, as the camera wrote it into the file; and how it goes."""

from io import BytesIO
from typing import Any, Final

from PIL import ExifTags, Image, ImageOps

_COORDINATES: Final = (ExifTags.GPS.GPSLatitude, ExifTags.GPS.GPSLongitude)
# XMP, a second place where cameras and editing programs write it, as text.
_IN_XMP: Final = b"GPSLatitude"
_QUALITY: Final = 95


def has_position(data: bytes) -> bool:
    """Tell whether the file says where it was taken: in its EXIF or in its XMP."""
    with Image.open(BytesIO(data)) as picture:
        gps = picture.getexif().get_ifd(ExifTags.IFD.GPSInfo)
        xmp = picture.info.get("xmp") or picture.info.get("XML:com.adobe.xmp") or b""
    text = xmp.encode() if isinstance(xmp, str) else xmp
    return any(gps.get(tag) for tag in _COORDINATES) or _IN_XMP in text


def without_position(data: bytes) -> bytes:
    """Return the picture upright and with nothing but its pixels and their colours.

    Position, time, camera, owner's name and thumbnail are left out: nobody who sees the
    picture needs them. An animation keeps its first frame only.
    """
    out = BytesIO()
    with Image.open(BytesIO(data)) as picture:
        kind, colours = picture.format, picture.info.get("icc_profile")
        clean = ImageOps.exif_transpose(picture)
    clean.info = {}
    told: dict[str, Any] = {"icc_profile": colours} if colours else {}
    if kind in ("JPEG", "WEBP"):
        told["quality"] = _QUALITY
    clean.save(out, kind, exif=b"", **told)
    return out.getvalue()
