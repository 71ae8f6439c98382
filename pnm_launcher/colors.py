"""CSS colours, read by tinycss2 and written as `#rrggbb` or `#rrggbbaa`: alpha last, unlike Qt's `#aarrggbb`."""

import re
from colorsys import hls_to_rgb

from tinycss2.color4 import parse_color

from .errors import InvalidValue
from .texts import tr


def rgba(text: str, path: str = "color") -> tuple[float, float, float, float]:
    """Red, green, blue and alpha from 0 to 1 of any sRGB colour that CSS knows by hex, name, rgb() or hsl().

    Raises `InvalidValue`: the meeting's page pastes the text into a style sheet without escaping it, so nothing that
    is not a colour may pass.
    """
    unsafe = re.search(r"[\\*]", text) or text.count("(") != text.count(")")  # escapes, comments, open ends
    color = None if unsafe else parse_color(text.strip())
    if color is None or color == "currentcolor" or color.space not in ("srgb", "hsl"):
        raise InvalidValue(path, tr("Write a colour, for example #0a66c2 or rgb(10, 102, 194)."))
    first, second, third = (0.0 if part is None else float(part) for part in color.coordinates)
    if color.space == "hsl":
        first, second, third = hls_to_rgb(first % 360 / 360, _unit(third / 100), _unit(second / 100))
    return _unit(first), _unit(second), _unit(third), _unit(float(color.alpha))


def to_hex(text: str, path: str = "color") -> str:
    """The canonical text of a colour: lower case, without alpha where it is opaque."""
    parts = [int(part * 255 + 0.500001) for part in rgba(text, path)]
    return "#" + "".join(f"{part:02x}" for part in (parts if parts[3] != 255 else parts[:3]))


def _unit(number: float) -> float:
    return min(1.0, max(0.0, number))
