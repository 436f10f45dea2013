"""A file that says where it was taken is told of, and its place can be taken away."""

import pytest

from tests.drawing import opened, placed, plain, saved
from uppsikt.checks.picture import has_position, without_position

KINDS = ["JPEG", "PNG", "WEBP"]
XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><a exif:GPSLatitude="59,14.6N"/></x:xmpmeta>'
)


@pytest.mark.parametrize("kind", KINDS)
def test_a_place_in_the_file_is_seen(kind: str) -> None:
    assert has_position(placed(kind))
    assert not has_position(plain(kind=kind))


def test_a_place_written_by_an_editing_program_is_seen_too() -> None:
    plain_picture = opened(plain(kind="JPEG"))
    assert has_position(saved(plain_picture, "JPEG", xmp=XMP))


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_but_the_upright_picture_is_left(kind: str) -> None:
    clean = without_position(placed(kind, **({"xmp": XMP} if kind != "PNG" else {})))

    assert not has_position(clean)
    with opened(clean) as picture:
        assert picture.format == kind
        assert not picture.getexif()
        assert picture.size == (48, 64)
    assert b"Kamera" not in clean
    assert b"GPSLatitude" not in clean


def test_the_colours_are_kept_true() -> None:
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    given = saved(opened(plain()), "JPEG", icc_profile=profile)
    assert opened(without_position(given)).info["icc_profile"] == profile


def test_a_transparent_picture_stays_so() -> None:
    from PIL import Image

    clear = saved(Image.new("RGBA", (4, 4), (0, 0, 0, 0)))
    pixel = opened(without_position(clear)).convert("RGBA").getpixel((0, 0))
    assert pixel == (0, 0, 0, 0)
