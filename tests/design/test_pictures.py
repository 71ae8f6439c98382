"""Brand colours of pictures that are made here, and pictures that are none."""

import struct
import zlib
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from pnm_launcher.design.palette import from_picture
from pnm_launcher.design.pictures import LARGEST
from pnm_launcher.design.tones import distance
from pnm_launcher.errors import InvalidValue


def logo(kind="PNG", ground="#ffffff", mode="RGBA", **options):
    picture = Image.new(mode, (400, 300), ground)
    draw = ImageDraw.Draw(picture)
    draw.ellipse((50, 50, 250, 250), fill="#c2185b")
    draw.rectangle((260, 100, 380, 160), fill="#00897b")
    draw.rectangle((260, 180, 380, 200), fill="#000000")
    return saved(picture, kind, **options)


def saved(picture, kind="PNG", **options):
    file = BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


@pytest.mark.parametrize("ground", ["#ffffff", "#000000", "#00000000", "#fdfdfb"])
def test_a_logo_gives_its_colours_without_its_ground(ground):
    assert from_picture(logo(ground=ground)) == ("#c2185b", "#00897b")


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(logo("JPEG", mode="RGB", quality=90), id="jpeg"),
        pytest.param(logo("WEBP", quality=90), id="webp"),
        pytest.param(saved(Image.open(BytesIO(logo(mode="RGB"))).convert("CMYK"), "JPEG", quality=95), id="cmyk"),
        pytest.param(saved(Image.open(BytesIO(logo(mode="RGB"))).quantize(16)), id="palette"),
    ],
)
def test_other_kinds_of_file_give_nearly_the_same(data):
    found = from_picture(data)
    assert len(found) >= 2
    assert distance(found[0], "#c2185b") < 0.06
    assert distance(found[1], "#00897b") < 0.06


def test_soft_edges_and_noise_are_no_brand_colours():
    picture = Image.open(BytesIO(logo(mode="RGB"))).resize((150, 100), Image.Resampling.BICUBIC)
    picture.putpixel((0, 0), (0, 0, 255))
    assert len(from_picture(saved(picture))) == 2


def test_a_photograph_without_flat_places_gives_colours_too():
    picture = Image.effect_noise((120, 120), 200).convert("L")
    assert len(from_picture(saved(Image.merge("RGB", (picture, picture.rotate(90), picture.rotate(180)))))) > 2


@pytest.mark.parametrize("ground", ["#ffffff", "#000000", "#00000000"])
def test_a_picture_of_ground_alone_has_no_brand_colour(ground):
    assert from_picture(saved(Image.new("RGBA", (20, 20), ground))) == ()


def test_strong_colours_come_before_a_larger_grey():
    picture = Image.new("RGB", (100, 100), "#9a9a9a")
    picture.paste("#e53935", (0, 0, 100, 30))
    assert from_picture(saved(picture))[0] == "#e53935"


def bomb(width, height):
    """A PNG whose head promises more pixels than it has."""

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(99))) + chunk(b"IEND", b"")


@pytest.mark.parametrize(("width", "height"), [(8000, 6000), (12_000, 9_000), (60_000, 60_000), (2**31 - 1, 2**31 - 1)])
def test_a_picture_with_too_many_pixels_is_refused_before_it_is_unpacked(width, height):
    with pytest.raises(InvalidValue, match="more than 40 million pixels") as caught:
        from_picture(bomb(width, height))
    assert caught.value.path == "picture"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg'/>", id="svg"),
        pytest.param(logo("GIF", mode="RGB"), id="gif"),
        pytest.param(logo("BMP", mode="RGB"), id="bmp"),
        pytest.param(logo()[:600], id="truncated png"),
        pytest.param(logo("JPEG", mode="RGB")[:2000], id="truncated jpeg"),
        pytest.param(logo("WEBP")[:400], id="truncated webp"),
        pytest.param(logo()[:60] + bytes(200), id="damaged"),
        pytest.param(bomb(100, 100), id="less than promised"),
        pytest.param(bomb(0, 100), id="no width"),
    ],
)
def test_what_is_no_whole_picture_is_refused(data):
    with pytest.raises(InvalidValue, match="no PNG, JPEG or WebP picture, or the file is damaged"):
        from_picture(data)


def test_a_file_that_is_too_large_is_refused_unread():
    with pytest.raises(InvalidValue, match="larger than 10 MB"):
        from_picture(bytes(LARGEST + 1))


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(["PNG", "JPEG", "WEBP"]), st.integers(0, 10**6), st.binary(min_size=1, max_size=20))
def test_a_damaged_file_is_refused_or_read_and_nothing_else(kind, place, junk):
    data = logo(kind, mode="RGB")
    place %= len(data)
    try:
        found = from_picture(data[:place] + junk + data[place + len(junk) :])
    except InvalidValue:
        return
    assert all(len(color) == 7 for color in found)
