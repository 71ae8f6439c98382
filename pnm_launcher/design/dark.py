"""A style sheet that gives dark mode the same brand: in dark mode the client paints no parameter, but loads
`custom_css_url`.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Final

from pnm_launcher.values import Values

from .audit import dark_passes, seen
from .pairs import PAIRS
from .regions import checked, color_of, painter
from .tones import Tone, nearest, shade, to_color, tone_of

_HEAD: Final = """\
/* Dark mode in the colours of this design. Put this file on a web server that answers with https, and give its address
   as custom_css_url. Light mode stays as it is: every rule begins with body.dark. */
"""
_STRONGER: Final = 3
"""Times the chroma of a light tint, which would be a mere grey in the dark."""
_VEIL: Final = "#000000b3"
"""Over a background picture, so that it does not dazzle in the dark."""


@dataclass(frozen=True, slots=True)
class _Rule:
    """One rule of the style sheet. `regions` get its colour, made from what the first of them has in light mode: in
    this lightness, with at most this chroma; None keeps it."""

    selector: str
    property: str
    regions: tuple[str, ...]
    lightness: float | None = None
    chroma: float = 0.2


_RULES: Final = (
    _Rule("header#main-header", "background", ("header",), 0.24, 0.06),
    _Rule("footer#main-footer", "background", ("footer",), 0.19, 0.04),
    _Rule("#main-area", "background", ("main_area",), 0.17, 0.04),
    _Rule(".side-panel-bg-color", "background", ("panel", "form", "notices"), 0.22, 0.05),
    _Rule(".footer-icon-bg", "background", ("square", "square_active"), 0.32, 0.08),
    _Rule(".footer-icon-bg", "color", ("footer_glyph", "locked_glyph"), 0.95, 0.03),
    _Rule(".bg-primary-color", "background", ("avatar", "primary_spot")),
    _Rule(".text-primary-color, .primaryColor", "color", ("pill_name", "menu_icon", "lock_sign"), 0.78),
    _Rule(".bg-secondary-color", "background", ("badge", "secondary_spot")),
    _Rule(".secondaryColor", "color", ("pill_mic",), 0.78),
    _Rule(".primary-button", "background", ("primary_button", "primary_hover")),
    _Rule(".primary-button", "color", ("primary_text", "primary_hover_text")),
    _Rule(".secondary-button", "background", ("secondary_button", "secondary_hover")),
    _Rule(".secondary-button", "color", ("secondary_text", "secondary_hover_text")),
)
"""In the order in which they are decided: each looks at those before it, and at the client's own colours."""
_BUTTON_OF: Final = {"primary_text": "primary_button", "secondary_text": "secondary_button"}
_OUTLINED: Final = ("square",)
"""In dark mode the squares of the footer have a border that can be seen (#4d6680), whatever their ground."""


def dark_css(design: Values) -> str:
    """The text of the style sheet, for the parameters that are set; only checked values stand in it.

    Raises `InvalidValue`.
    """
    values = checked(design)
    colors = dark_colors(values)
    lines = [
        _line(rule.selector, f"{rule.property}: {colors[rule.regions[0]]}")
        for rule in _RULES
        if rule.regions[0] in colors
    ]
    if "background_image" in values:
        picture = f'linear-gradient({_VEIL}, {_VEIL}), url("{values["background_image"]}") center / cover no-repeat'
        lines.append(_line("#main-area", f"background: {picture}"))
    if "tool" in colors:
        names = ("--color-primary", "--color-primary-darker", "--color-primary-darkest")
        accent = "; ".join(f"{name}: {colors['tool']}" for name in names)
        lines.append(_line(".excalidraw", f"{accent}; --color-primary-light: {colors['tool_ground']}"))
    return _HEAD + "".join(lines)


def dark_colors(design: Values) -> dict[str, str]:
    """The colours that the style sheet gives to regions in dark mode, by the region's id, as `#rrggbb`."""
    values = checked(design)
    rules = [rule for rule in _RULES if _is_painted(rule.regions[0], values)]
    colors: dict[str, str] = {}
    for place, rule in enumerate(rules):
        undecided = {id for later in rules[place + 1 :] for id in later.regions}
        color = _readable(_wish(rule, values), rule.regions, colors, undecided)
        if color is not None:
            colors |= dict.fromkeys(rule.regions, color)
    if "primary_color" in values and "pill_name" in colors:  # the whiteboard's accent, on the dark of its hue
        colors |= {"tool": colors["pill_name"], "tool_ground": shade(colors["pill_name"], 0.3, 0.08)}
    return colors


def _wish(rule: _Rule, values: Mapping[str, str]) -> str:
    light = seen(rule.regions[0], lambda id: color_of(id, values))
    if rule.lightness is None:
        return light
    _, chroma, hue = tone_of(light)
    return to_color(Tone(rule.lightness, min(rule.chroma, chroma * _STRONGER), hue))


def _is_painted(id: str, values: Mapping[str, str]) -> bool:
    """Whether the design paints a region with a colour; a painted button needs its text's colour too, so that the
    client does not change that below the pointer."""
    return painter(_BUTTON_OF.get(id, id), values) not in (None, "background_image")


def _readable(wish: str, regions: tuple[str, ...], colors: Mapping[str, str], undecided: Set[str]) -> str | None:
    """The nearest tone that can be read with the colours that are settled, and with the client's own for the rest;
    what is undecided yet will take its turn."""
    pairs = [
        pair
        for pair in PAIRS
        if pair.id not in _OUTLINED
        and not {pair.front, pair.ground}.isdisjoint(regions)
        and undecided.isdisjoint((pair.front, pair.ground))
    ]

    def reads(color: str) -> bool:
        now = {**colors, **dict.fromkeys(regions, color)}
        return all(dark_passes(pair, now) for pair in pairs)

    return nearest(wish, lambda color: True, reads)


def _line(selectors: str, declarations: str) -> str:
    selector = ", ".join(f"body.dark {one}" for one in selectors.split(", "))
    return f"{selector} {{ {declarations} }}\n"
