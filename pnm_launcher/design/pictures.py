"""The brand's colours in a logo: what covers most of it, without its white, black or transparent ground."""

import warnings
from collections import Counter
from io import BytesIO
from typing import Final

from pnm_launcher.errors import InvalidValue
from pnm_launcher.texts import tr

from .tones import distance, tone_of

LARGEST: Final = 10 * 1024 * 1024
"""Bytes of a picture's file."""
MOST_PIXELS: Final = 40_000_000
FORMATS: Final = ("PNG", "JPEG", "WEBP")
_SOLID: Final = 128
"""The alpha from which on a pixel counts."""
_SIDE: Final = 192
"""Pixels of the longer side of what is counted."""
_SAME: Final = 0.09
"""Colours less different than this (OKLab) count as one: the soft edges and shades of a logo."""
_TRIED: Final = 256
"""Colours that are sorted into groups; a photograph has thousands."""
_MOST: Final = 6
_SHARE: Final = 0.01
"""Of the pixels that are no ground; what covers less is noise."""
_FLAT: Final = 0.3
"""Of all pixels; with less of them in flat places it is no logo."""
_NOISE: Final = 16
"""By how much a channel may differ in a flat place."""


def from_picture(data: bytes) -> tuple[str, ...]:
    """The dominant colours of a PNG, JPEG or WebP as `#rrggbb`, the most important first, at most six; none for a
    picture in black and white.

    Raises `InvalidValue` with the path `picture` for a file of another kind, a broken one, one of more than 10 MB or
    one of more than 40 megapixels (which is not unpacked).
    """
    if len(data) > LARGEST:
        raise InvalidValue("picture", tr("This picture is larger than {most} MB."), most=LARGEST // 1024**2)
    counted = _counted(data)
    whole = sum(counted.values())
    groups: Counter[str] = Counter()
    for color, count in counted.most_common(_TRIED):
        like = next((known for known in groups if distance(known, color) < _SAME), color)
        groups[like] += count
    large = {color: count for color, count in groups.items() if count >= whole * _SHARE}
    return tuple(sorted(large, key=lambda color: -large[color] * (0.05 + tone_of(color).chroma))[:_MOST])


def _counted(data: bytes) -> Counter[str]:
    """How often each colour stands in a small copy of the picture, the ground left out; near ones count as one."""
    groups: dict[tuple[int, int, int], Counter[str]] = {}
    for (red, green, blue, alpha), count in Counter(_flat(*_pixels(data))).items():
        color = f"#{red:02x}{green:02x}{blue:02x}"
        if alpha >= _SOLID and not _is_ground(color):
            groups.setdefault((red // 16, green // 16, blue // 16), Counter())[color] += count
    return Counter({group.most_common(1)[0][0]: group.total() for group in groups.values()})


def _flat(width: int, pixels: list[bytes]) -> list[bytes]:
    """The pixels that are like those before and above them: no soft edges. All of them for a photograph."""
    flat = [
        pixel
        for place, pixel in enumerate(pixels)
        if place >= width and place % width and _like(pixel, pixels[place - 1]) and _like(pixel, pixels[place - width])
    ]
    return flat if len(flat) > len(pixels) * _FLAT else pixels


def _like(one: bytes, other: bytes) -> bool:
    return one == other or all(abs(mine - theirs) <= _NOISE for mine, theirs in zip(one, other, strict=True))


def _is_ground(color: str) -> bool:
    lightness, chroma, _ = tone_of(color)
    return chroma < 0.03 and (lightness > 0.93 or lightness < 0.25)


def _pixels(data: bytes) -> tuple[int, list[bytes]]:
    """The width of a small copy, and its pixels: four bytes each, alpha last."""
    from PIL import Image  # not needed before somebody gives a picture

    too_many = InvalidValue("picture", tr("This picture has more than {most} million pixels."),
                            most=MOST_PIXELS // 1_000_000)  # fmt: skip
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the limit below is lower
            picture = Image.open(BytesIO(data), formats=FORMATS)
        with picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise too_many
            picture.thumbnail((_SIDE, _SIDE), Image.Resampling.NEAREST)  # nearest makes no colour that is not there
            raw = picture.convert("RGBA").tobytes()
            return picture.width, [raw[start : start + 4] for start in range(0, len(raw), 4)]
    except InvalidValue:
        raise
    except Image.DecompressionBombError:
        raise too_many from None
    except Exception:  # whatever a decoder meets in a stranger's file, it means one thing to a person
        raise InvalidValue("picture", tr("This is no PNG, JPEG or WebP picture, or the file is damaged.")) from None
