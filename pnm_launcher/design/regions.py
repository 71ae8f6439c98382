"""What paints what: every region of the meeting's page, the client's own colours, and the parameters that reach it.

The rules are those of client 2.4.1 (`useClientCustomization.tsx`), which the practice room's `design.js` follows too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from pnm_launcher.errors import InvalidValue
from pnm_launcher.kinds import Color, Resource
from pnm_launcher.texts import tr
from pnm_launcher.values import Values

CLEAR: Final = "#00000000"
PRIMARY_BUTTON: Final = ("primary_btn_bg_color", "primary_color")
SECONDARY_BUTTON: Final = ("secondary_btn_bg_color", "secondary_color")
PANEL: Final = ("side_panel_bg_color", "right_side_bg_color")
ADDRESSES: Final = ("background_image", "custom_logo", "custom_css_url")


@dataclass(frozen=True, slots=True)
class Region:
    """One thing that a person sees. `light` and `dark` are the client's own colours (a picture has `CLEAR`).

    `parameters` paint it in light mode, the first that is set wins; but none of them does where `needs` is not empty
    and nothing of it is set. In dark mode no parameter paints anything but the logo. `on` is the region below it.
    `selector` finds it in the practice room's page.
    """

    id: str
    property: Literal["background", "color", "picture"]
    light: str
    dark: str
    selector: str
    parameters: tuple[str, ...] = ()
    on: str = "page"
    needs: tuple[str, ...] = ()


def _ground(id: str, colors: str, selector: str, *parameters: str, on: str = "page") -> Region:
    light, dark = colors.split()
    return Region(id, "background", light, dark, selector, parameters, on)


def _glyph(id: str, colors: str, selector: str, *parameters: str, on: str, needs: tuple[str, ...] = ()) -> Region:
    light, dark = colors.split()
    return Region(id, "color", light, dark, selector, parameters, on, needs)


REGIONS: Final = (
    _ground("page", "#f0f6fc #001222", "#plugNmeet-app", on=""),
    _ground("card", "#f0f6fc #001222", ".landing-card"),
    _ground("header", "#ffffff #01102b", "#main-header", "header_bg_color"),
    Region("logo", "picture", CLEAR, CLEAR, ".header-logo", ("custom_logo",), "header"),
    _glyph("header_title", "#0c131a #ffffff", ".header-title", on="header"),
    _glyph("header_bell", "#0c131a #ffffff", ".header-button.bell", on="header"),
    _glyph("header_glyphs", "#364153 #ffffff", ".header-button", on="header"),
    _glyph("header_signal", "#22c55e #22c55e", ".signal", on="header"),
    _ground("theme_switch", "#d3e5f7 #4d6680", ".theme-switch", on="header"),
    Region("main_area", "background", CLEAR, CLEAR, "#main-area", ("background_image", "background_color"), "page"),
    _glyph("room_text", "#233240 #ffffff", "#main-area", on="main_area"),
    _ground("tile", "#000000 #000000", ".tile", on="main_area"),
    _ground("speaking", "#00a1f2 #00a1f2", ".tile.speaking", on="main_area"),
    _ground("pill", "#ffffff #233240", ".speaker-pill", on="main_area"),
    _glyph("pill_name", "#000000 #ffffff", ".speaker-pill .primaryColor", "primary_color", on="pill"),
    _glyph("pill_mic", "#000000 #ffffff", ".speaker-pill .secondaryColor", "secondary_color", on="pill"),
    _ground("footer", "#fafcff #01102b", "#main-footer", "footer_bg_color"),
    _ground("square", "#ffffff #233240", ".footer-icon-bg", "footer_icon_bg_color", on="footer"),
    _ground("square_active", "#f3f4f6 #4d6680", ".footer-icon.active .footer-icon-bg", "footer_icon_bg_color",
            on="footer"),
    _glyph("footer_glyph", "#0c131a #ffffff", ".footer-icon-bg", "footer_icon_color", on="square"),
    _glyph("locked_glyph", "#fa3232 #fa3232", ".footer-icon.locked .footer-icon-bg", "footer_icon_color", on="square"),
    _glyph("lock_sign", "#fa3232 #fa3232", ".lock-badge.primaryColor", "primary_color", on="square"),
    _ground("end_call", "#fa3232 #fa3232", ".end-call", on="footer"),
    _glyph("end_call_glyph", "#ffffff #ffffff", ".end-call .icon", on="end_call"),
    _ground("badge", "#24aef7 #24aef7", ".unread-badge", "secondary_color", on="square"),
    _glyph("badge_text", "#ffffff #ffffff", ".unread-badge", on="badge"),
    _ground("panel", "#fafcff #01102b", ".side-panel", *PANEL),
    _ground("notices", "#fafcff #01102b", ".notice-box", *PANEL, on="header"),
    _glyph("panel_title", "#0c131a #ffffff", ".panel-head h2", on="panel"),
    _glyph("panel_names", "#233240 #ffffff", ".participant-name", on="panel"),
    _glyph("panel_label", "#4d6680 #c2daf2", ".recipient", on="panel"),
    _glyph("panel_close", "#7493b2 #ffffff", ".close-button", on="panel"),
    _glyph("panel_muted", "#7493b2 #c2daf2", ".system-message", on="panel"),
    _ground("avatar", "#004d90 #004d90", ".avatar", "primary_color", on="panel"),
    _glyph("initials", "#ffffff #ffffff", ".avatar", on="avatar"),
    _ground("chat_avatar", "#006699 #006699", ".chat-avatar", on="panel"),
    _ground("form", "#ffffff #001222", ".message-form", *PANEL, on="panel"),
    _glyph("form_text", "#0c131a #ffffff", ".message-box textarea", on="form"),
    _glyph("form_hint", "#7493b2 #ffffff", ".message-box textarea", on="form"),
    _ground("send", "#00a1f2 #00a1f2", ".send-button", on="form"),
    _ground("menu", "#ffffff #01102b", ".menu[role=menu]", on="header"),
    _ground("menu_hover", "#f0f6fc #0b2d65", ".menu-item", on="menu"),
    _glyph("menu_icon", "#004d90 #00a1f2", ".menu-icon.text-primary-color", "primary_color", on="menu"),
    _ground("primary_button", "#00a1f2 #00a1f2", ".primary-button", *PRIMARY_BUTTON, on="card"),
    _glyph("primary_text", "#ffffff #ffffff", ".primary-button", "primary_btn_text_color", on="primary_button",
           needs=PRIMARY_BUTTON),
    _ground("primary_hover", "#ffffff #ffffff", ".primary-button:hover", *PRIMARY_BUTTON, on="card"),
    _glyph("primary_hover_text", "#0c131a #0c131a", ".primary-button:hover", "primary_btn_text_color",
           on="primary_hover", needs=PRIMARY_BUTTON),
    _ground("secondary_button", "#fafcff #fafcff", ".secondary-button", *SECONDARY_BUTTON, on="card"),
    _glyph("secondary_text", "#000000 #000000", ".secondary-button", "secondary_btn_text_color", on="secondary_button",
           needs=SECONDARY_BUTTON),
    _ground("secondary_hover", "#00a1f2 #00a1f2", ".secondary-button:hover", *SECONDARY_BUTTON, on="card"),
    _glyph("secondary_hover_text", "#ffffff #ffffff", ".secondary-button:hover", "secondary_btn_text_color",
           on="secondary_hover", needs=SECONDARY_BUTTON),
    _ground("primary_spot", "#004d90 #004d90", ".bg-primary-color", "primary_color"),
    _ground("secondary_spot", "#24aef7 #24aef7", ".bg-secondary-color", "secondary_color"),
    _glyph("tool", "#4a47b1 #4a47b1", ".excalidraw .tool", "primary_color", on="tool_ground"),
    _ground("tool_ground", "#e3e2fe #e3e2fe", ".excalidraw .tool", "secondary_color", on="tile"),
)  # fmt: skip

_BY_ID: Final = {region.id: region for region in REGIONS}
_COLORS: Final = tuple(dict.fromkeys(name for region in REGIONS for name in region.parameters if name not in ADDRESSES))


def region(id: str) -> Region:
    return _BY_ID[id]


def painters(id: str) -> tuple[str, ...]:
    """The parameters that can paint a region, the strongest first."""
    return _BY_ID[id].parameters


def regions_of(parameter: str) -> tuple[Region, ...]:
    """The regions that a parameter can reach, fall-backs included; none for `custom_css_url`, which can be anything."""
    return tuple(region for region in REGIONS if parameter in region.parameters)


def checked(design: Values) -> dict[str, str]:
    """The set parameters, colours as `#rrggbb` or `#rrggbbaa`; empty texts and unknown names are left out.

    Raises `InvalidValue` for what is no colour and no address, before anything of it can reach a style sheet.
    """
    return {
        name: _checked_value(name, design[name])
        for name in (*_COLORS, *ADDRESSES)
        if design.get(name) not in ("", None)
    }


def _checked_value(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise InvalidValue(name, tr("Write a text."))
    return Resource().parse(value, name) if name in ADDRESSES else Color().parse(value, name)


def painter(id: str, values: Mapping[str, str]) -> str | None:
    """The parameter that paints a region with these checked values, or None where the client's own colour stays."""
    region = _BY_ID[id]
    if region.needs and not any(name in values for name in region.needs):
        return None
    return next((name for name in region.parameters if name in values), None)


def color_of(id: str, values: Mapping[str, str]) -> str:
    """`painted` for values that are checked already."""
    name = painter(id, values)
    if name is None:
        return _BY_ID[id].light
    return CLEAR if name in ADDRESSES else values[name]


def painted(id: str, design: Values, *, dark: bool = False) -> str:
    """The colour that the client gives a region; `CLEAR` where a picture lies instead. Raises `InvalidValue`."""
    values = checked(design)
    return _BY_ID[id].dark if dark else color_of(id, values)
