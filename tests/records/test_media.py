"""An uploaded file is what its contents show, or it is refused in clear words."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from uppsikt.records import media

PICTURES = [media.PNG, media.JPEG, media.WEBP]
ALL = [*PICTURES, media.PDF, media.TEXT]


def drawn(kind: str, size: tuple[int, int] = (40, 30)) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "teal").save(out, kind.partition("/")[2])
    return out.getvalue()


GOOD = {
    **{kind: drawn(kind) for kind in PICTURES},
    media.PDF: b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n",
    media.TEXT: "Räksmörgås\r\n\tinskickad av Åsa".encode(),
}


def refused(data: bytes, allowed: list[str] = ALL) -> str:
    with pytest.raises(media.NotWhatItSays) as fault:
        media.checked(data, allowed)
    return str(fault.value.reason)


@pytest.mark.parametrize("kind", ALL)
def test_each_kind_is_known_by_its_contents(kind: str) -> None:
    assert media.checked(GOOD[kind], ALL) == kind


@pytest.mark.parametrize("kind", ALL)
def test_a_kind_that_is_not_taken_here_is_refused(kind: str) -> None:
    others = [other for other in ALL if other != kind]
    assert "not of a kind" in refused(GOOD[kind], others)


@pytest.mark.parametrize("kind", PICTURES)
def test_a_picture_that_is_cut_off_is_refused(kind: str) -> None:
    whole = drawn(kind, (400, 300))
    assert "damaged" in refused(whole[: len(whole) * 2 // 3])


@pytest.mark.parametrize("kind", PICTURES)
def test_a_head_without_a_picture_is_refused(kind: str) -> None:
    assert "damaged" in refused(GOOD[kind][:12] + b"<script>alert(1)</script>")


def png_of(width: int, height: int) -> bytes:
    """Write a small file that says it is a large picture."""

    def chunk(name: bytes, data: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + crc

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes(1000))
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", body)
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("side", [8_000, 10_000, 30_000])
def test_a_picture_that_would_fill_the_memory_is_refused_unopened(side: int) -> None:
    assert refused(png_of(side, side))


def test_a_picture_in_too_many_frames_is_refused() -> None:
    frames = [
        Image.new("RGB", (9, 9), "white" if n % 2 else "black") for n in range(300)
    ]
    out = BytesIO()
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:])

    assert "too large" in refused(out.getvalue())


def test_a_pdf_without_its_end_is_refused() -> None:
    assert "cut off" in refused(GOOD[media.PDF].replace(b"%%EOF", b""))


@pytest.mark.parametrize(
    "data",
    [b"", b"  \n", b"a\x00b", b"\x7fELF\x02", b"MZ\x90\x00", "åäö".encode("latin-1")],
)
def test_what_is_no_text_is_not_taken_for_one(data: bytes) -> None:
    assert refused(data)


@pytest.mark.parametrize("kind", [media.TEXT, media.PDF])
def test_a_file_beyond_its_limit_is_refused_with_the_limit(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(media, "LARGEST", {kind: media.MEBIBYTE})

    assert "1 MB" in refused(GOOD[kind] + b" " * media.MEBIBYTE)
