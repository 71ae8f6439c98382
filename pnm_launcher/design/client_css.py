"""The style sheet that plugNmeet's page makes of a design (`useClientCustomization.tsx` of client 2.4.1)."""

from collections.abc import Mapping
from typing import Final

from pnm_launcher.values import Values

from .regions import checked

_LIGHT: Final = "body:not(.dark)"
_GROUNDS: Final = ("#main-area", ".error-app-bg", ".waiting-room")
_PRIMARY: Final = {
    ".primaryColor": "color: {}",
    ".text-primary-color": "color: {}",
    r".placeholder\:text-primaryColor\/70::placeholder": "color: {}",
    ".bg-primary-color": "background: {} !important",
    r".hover\:bg-primaryColor:hover": "background: {} !important",
    ".border-primary-color": "border-color: {} !important",
    ".excalidraw": "--color-primary: {0}; --color-primary-darker: {0}; --color-primary-darkest: {0}",
}
_SECONDARY: Final = {
    ".secondaryColor": "color: {} !important",
    ".text-secondary-color": "color: {} !important",
    ".bg-secondary-color": "background: {} !important",
    r".hover\:text-secondaryColor:hover": "color: {} !important",
    r".group:hover .group-hover\:text-secondaryColor": "color: {} !important",
    ".border-secondary-color": "border-color: {} !important",
    ".excalidraw": "--color-primary-light: {}",
}
_AREAS: Final = {
    "header_bg_color": ("header#main-header", "background"),
    "footer_bg_color": ("footer#main-footer", "background"),
    "footer_icon_bg_color": (".footer-icon-bg", "background"),
    "footer_icon_color": (".footer-icon-bg", "color"),
}
_PICTURE: Final = (
    'background: url("{}") !important; background-position: center !important; '
    "background-repeat: no-repeat !important; background-size: cover !important"
)


def client_css(design: Values) -> str:
    """The rules for a design, for light mode as all of them are; "" for an empty one.

    Raises `InvalidValue` if it has a value that may not reach a style sheet.
    """
    values = checked(design)
    rules = [*_accents(values), *_grounds(values)]
    rules += [_rule(place, f"{what}: {values[name]}") for name, (place, what) in _AREAS.items() if name in values]
    rules += _button("primary", values) + _button("secondary", values)
    panel = values.get("side_panel_bg_color") or values.get("right_side_bg_color")
    if panel:
        rules.append(_rule(".side-panel-bg-color", f"background: {panel}"))
    return "".join(rules)


def _rule(selector: str, declarations: str) -> str:
    return f"{_LIGHT} {selector} {{ {declarations} }}\n"


def _accents(values: Mapping[str, str]) -> list[str]:
    return [
        _rule(selector, declarations.format(values[name]))
        for name, rules in (("primary_color", _PRIMARY), ("secondary_color", _SECONDARY))
        if name in values
        for selector, declarations in rules.items()
    ]


def _grounds(values: Mapping[str, str]) -> list[str]:
    """A picture wins over a colour."""
    if "background_image" in values:
        return [_rule(selector, _PICTURE.format(values["background_image"])) for selector in _GROUNDS]
    color = values.get("background_color")
    return [_rule(selector, f"background: {color} !important") for selector in _GROUNDS] if color else []


def _button(kind: str, values: Mapping[str, str]) -> list[str]:
    """A button's own colour, else the accent; its text's colour counts only where there is one of the two."""
    ground = values.get(f"{kind}_btn_bg_color") or values.get(f"{kind}_color")
    if not ground:
        return []
    text = values.get(f"{kind}_btn_text_color")
    rules = [_rule(f".{kind}-button", f"background: {ground}")]
    return [*rules, _rule(f".{kind}-button", f"color: {text}")] if text else rules
