"""Contrast as WCAG 2.2 defines it, and what a translucent colour looks like on another. Fast enough for every frame.

Colours are texts of the form `#rrggbb` or `#rrggbbaa`.
"""

from functools import lru_cache
from typing import Final

OPAQUE: Final = 255


def parts(color: str) -> tuple[int, int, int, int]:
    """Red, green, blue and alpha from 0 to 255."""
    red, green, blue, *alpha = bytes.fromhex(color[1:])
    return red, green, blue, alpha[0] if alpha else OPAQUE


@lru_cache(maxsize=4096)
def over(front: str, ground: str) -> str:
    """A colour on an opaque ground, blended in sRGB as browsers do."""
    *channels, alpha = parts(front)
    mixed = [
        int((mine * alpha + below * (OPAQUE - alpha)) / OPAQUE + 0.5)
        for mine, below in zip(channels, parts(ground)[:3], strict=True)
    ]
    return "#" + bytes(mixed).hex()


def is_opaque(color: str) -> bool:
    return parts(color)[3] == OPAQUE


@lru_cache(maxsize=4096)
def luminance(color: str) -> float:
    """Relative luminance of an opaque colour, from 0 to 1 (WCAG 2.2, “relative luminance”)."""
    red, green, blue = (_linear(channel / OPAQUE) for channel in parts(color)[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    """The contrast of two opaque colours, from 1 to 21 (WCAG 2.2, “contrast ratio”)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
