"""A colour, and a text in its colours, as small SVG pictures, which are printed whatever the printer leaves out."""

from html import escape
from typing import Final

_TEXT: Final = "Aa"
_SQUARES: Final = "M0 0h12v12H0zM24 0h12v12H24zM12 12h12v12H12zM36 12h12v12H36z"
_CHEQUERED: Final = f'<path d="M0 0h48v24H0z" fill="#fff"/><path d="{_SQUARES}" fill="#bbb"/>'


def swatch(color: str) -> str:
    """A checked colour, on a chequered ground that shows through what is translucent."""
    return _svg(48, 24, _CHEQUERED * (len(color) > 7) + f'<path d="M0 0h48v24H0z" {_fill(color)}/>')


def sample(foreground: str, background: str) -> str:
    """Letters on their ground, both opaque `#rrggbb`."""
    letters = (
        f'<text x="24" y="17" text-anchor="middle" font-size="15" font-weight="600" {_fill(foreground)}>{_TEXT}</text>'
    )
    return _svg(48, 24, f'<path d="M0 0h48v24H0z" {_fill(background)}/>{letters}')


def _fill(color: str) -> str:
    """The alpha apart, as older programs for SVG want it."""
    opacity = f' fill-opacity="{int(color[7:9], 16) / 255:.3f}"' if len(color) > 7 else ""
    return f'fill="{escape(color[:7])}"{opacity}'


def _svg(width: int, height: int, content: str) -> str:
    return (f'<svg class="swatch" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
            f'aria-hidden="true">{content}</svg>')  # fmt: skip
