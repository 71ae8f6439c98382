"""A picture of a design as a small copy: its size, whether it moves or can be seen through, and pixels to show."""

import warnings
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Final, Literal
from xml.parsers import expat

from pnm_launcher.errors import InvalidValue
from pnm_launcher.texts import tr
from pnm_launcher.work import Monitor

if TYPE_CHECKING:
    from PIL import Image

MOST_PIXELS: Final = 25_000_000
"""Of a larger picture only the size is looked at: a small file can unfold to gigabytes."""
FORMATS: Final = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "ICO", "AVIF")
"""Pictures with pixels that Chromium, Firefox and Safari all show."""
LOGO_ROOM: Final = (480, 180)
"""Pixels of a logo's preview at most, four times those of the meeting: sharp on every screen."""
BACKGROUND_ROOM: Final = (640, 360)
_ICON_SIDE: Final = 256
"""Pixels of an icon's side at most; what is larger inside of an icon, browsers do not show."""
_ICON_PICTURES: Final = 64
_ORIENTATION: Final = 0x0112
"""The number of that tag in Exif."""
_unpacking: Final = Monitor()
"""One picture at a time: each may take 100 MB, and the filter of warnings is the whole program's."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Width and height in pixels, as a browser turns it; `transparent` if it has pixels one can see through, or too
    many pixels to know."""

    width: int
    height: int
    animated: bool
    transparent: bool

    @property
    def too_large(self) -> bool:
        return self.width * self.height > MOST_PIXELS


@dataclass(frozen=True, slots=True)
class Preview:
    """A small copy of a picture that needs no decoder: four bytes a pixel (red, green, blue, alpha), line by line.

    A logo is whole, at most 480 × 180 pixels; a background is cut to 16:9 as the meeting cuts it, 640 × 360 pixels. Of
    a moving picture the first frame.
    """

    width: int
    height: int
    pixels: bytes = field(repr=False)


def look(data: bytes, use: Literal["background", "logo"]) -> tuple[Picture, Preview | None]:
    """What a picture is like, and its preview; None for one with too many pixels.

    Raises `InvalidValue` with the path `picture` for what no browser shows, and for what is too large to be opened.
    """
    from PIL import Image  # 60 ms, and only for this check

    with _unpacking, warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the limit here is lower
        try:
            _check_icon(data)
            with Image.open(BytesIO(data), formats=FORMATS) as image:
                picture = _measured(image)
                return (picture, None) if picture.too_large else _copied(image, picture, use)
        except Image.DecompressionBombError:
            template = tr("It has more than {most} million pixels, too many for a weak computer.")
            raise InvalidValue("picture", template, most=MOST_PIXELS // 1_000_000) from None
        except Exception:  # whatever a decoder meets in a stranger's file, it means one thing to a person
            template = tr("It is no picture that every browser shows. Use PNG, JPEG, WebP, GIF or SVG.")
            raise InvalidValue("picture", template) from None


def _check_icon(data: bytes) -> None:
    """Raises `ValueError` for an icon with larger pictures inside, which Pillow would unpack when it opens the file."""
    from PIL import Image

    if data[:4] != b"\0\0\1\0":
        return
    if (count := int.from_bytes(data[4:6], "little")) > _ICON_PICTURES:
        raise ValueError
    for entry in range(6, 6 + 16 * count, 16):
        start = int.from_bytes(data[entry + 12 : entry + 16], "little")
        with Image.open(BytesIO(data[start:]), formats=("PNG", "DIB")) as inside:
            if inside.width > _ICON_SIDE or inside.height > 2 * _ICON_SIDE:  # a DIB has its mask below it
                raise ValueError


def _measured(image: "Image.Image") -> Picture:
    large = image.width * image.height > MOST_PIXELS
    # Phones write it, browsers follow it. To look for it, a PNG is unpacked if it is not among what was read already.
    turned = (not large or "exif" in image.info) and image.getexif().get(_ORIENTATION, 1) in (5, 6, 7, 8)
    width, height = reversed(image.size) if turned else image.size
    return Picture(width, height, bool(getattr(image, "is_animated", False)), transparent=True)


def _copied(image: "Image.Image", picture: Picture, use: Literal["background", "logo"]) -> tuple[Picture, Preview]:
    from PIL import ImageOps

    small = image.convert("RGBA")
    transparent = any(small.getchannel("A").histogram()[:255])
    ImageOps.exif_transpose(small, in_place=True)
    if use == "logo":
        small.thumbnail(LOGO_ROOM)
    else:
        small = ImageOps.fit(small, BACKGROUND_ROOM)
    found = Picture(picture.width, picture.height, picture.animated, transparent)
    return found, Preview(*small.size, small.tobytes())


def check_svg(data: bytes) -> None:
    """Raises `InvalidValue` unless this is well-formed with the root browsers ask for. What it names is not loaded."""
    elements: list[str] = []
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = lambda name, _: None if elements else elements.append(name)
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        elements = []
    if elements != ["http://www.w3.org/2000/svg svg"]:
        raise InvalidValue("picture", tr("It is no SVG drawing, or the file is damaged."))
