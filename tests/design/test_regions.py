"""What paints what, with the fall-backs of the real client (and of the practice room's `design.js`)."""

import re
from pathlib import Path

import pytest

from pnm_launcher.design.regions import CLEAR, REGIONS, checked, painted, painters, region, regions_of
from pnm_launcher.errors import InvalidValue
from pnm_launcher.schema import DESIGN, DESIGN_ALIASES

PAGE = Path(__file__).parent.parent.parent / "resources" / "practice" / "page"
A, B, C = "#123456", "#c86432", "#00ff0080"
PICTURE = "https://cdn.example.org/room.jpg"

FALL_BACKS = [
    ("primary_button", {}, "#00a1f2"),
    ("primary_button", {"primary_color": A}, A),
    ("primary_button", {"primary_btn_bg_color": A, "primary_color": B}, A),
    ("primary_text", {"primary_btn_text_color": B}, "#ffffff"),
    ("primary_text", {"primary_btn_text_color": B, "primary_color": A}, B),
    ("primary_text", {"primary_btn_text_color": B, "primary_btn_bg_color": A}, B),
    ("primary_text", {"primary_color": A}, "#ffffff"),
    ("primary_text", {"primary_btn_text_color": B, "secondary_color": A}, "#ffffff"),
    ("primary_hover", {}, "#ffffff"),
    ("primary_hover", {"primary_color": A}, A),
    ("primary_hover_text", {}, "#0c131a"),
    ("primary_hover_text", {"primary_color": A}, "#0c131a"),
    ("primary_hover_text", {"primary_btn_bg_color": A, "primary_btn_text_color": B}, B),
    ("secondary_button", {}, "#fafcff"),
    ("secondary_button", {"secondary_color": A}, A),
    ("secondary_button", {"secondary_btn_bg_color": A, "secondary_color": B}, A),
    ("secondary_text", {"secondary_btn_text_color": B}, "#000000"),
    ("secondary_text", {"secondary_btn_text_color": B, "secondary_color": A}, B),
    ("secondary_hover", {}, "#00a1f2"),
    ("secondary_hover", {"secondary_color": A}, A),
    ("secondary_hover_text", {"secondary_color": A}, "#ffffff"),
    ("panel", {"right_side_bg_color": A}, A),
    ("panel", {"side_panel_bg_color": B, "right_side_bg_color": A}, B),
    ("form", {"side_panel_bg_color": B}, B),
    ("main_area", {}, CLEAR),
    ("main_area", {"background_color": A}, A),
    ("main_area", {"background_image": PICTURE, "background_color": A}, CLEAR),
    ("pill_name", {}, "#000000"),
    ("pill_name", {"primary_color": A}, A),
    ("pill_mic", {"secondary_color": A}, A),
    ("locked_glyph", {}, "#fa3232"),
    ("locked_glyph", {"footer_icon_color": A}, A),
    ("square_active", {"footer_icon_bg_color": A}, A),
    ("header_title", {"header_bg_color": A, "primary_color": B}, "#0c131a"),
    ("end_call", {name: A for name in ("primary_color", "footer_icon_bg_color", "footer_bg_color")}, "#fa3232"),
    ("send", {"primary_color": A, "side_panel_bg_color": B}, "#00a1f2"),
    ("page", {"background_color": A}, "#f0f6fc"),
    ("header", {"header_bg_color": ""}, "#ffffff"),
    ("header", {"header_bg_color": "rgb(0 255 0 / 50%)"}, C),
    ("header", {"header_bg_color": "RebeccaPurple", "left_side_bg_color": "}"}, "#663399"),
]


@pytest.mark.parametrize(("id", "design", "color"), FALL_BACKS)
def test_region_is_painted_as_the_client_does(id, design, color):
    assert painted(id, design) == color


@pytest.mark.parametrize("place", REGIONS, ids=lambda place: place.id)
def test_no_parameter_paints_anything_in_dark_mode(place):
    everything = {row.path: (PICTURE if row.path in ("background_image", "custom_logo", "custom_css_url") else A)
                  for row in DESIGN}  # fmt: skip
    assert painted(place.id, everything, dark=True) == place.dark


def test_every_parameter_but_the_style_sheet_reaches_a_region_and_only_known_ones_do():
    reaching = {name for place in REGIONS for name in painters(place.id)}
    assert reaching == {row.path for row in DESIGN} - {"custom_css_url"} | set(DESIGN_ALIASES)
    assert regions_of("custom_css_url") == ()
    assert {place.id for place in regions_of("footer_bg_color")} == {"footer"}
    assert {place.id for place in regions_of("primary_color")} >= {"avatar", "menu_icon", "pill_name", "primary_button"}


def test_every_region_lies_on_another_down_to_the_page():
    for place in REGIONS:
        steps = [place]
        while steps[-1].on:
            steps.append(region(steps[-1].on))
            assert len(steps) < 6
        assert steps[-1].id == "page"
    assert len({place.id for place in REGIONS}) == len(REGIONS)


def test_selectors_name_things_of_the_practice_page():
    source = "\n".join(path.read_text(encoding="utf-8") for path in PAGE.iterdir() if path.suffix in (".js", ".html"))
    for place in REGIONS:
        for word in re.findall(r"[.#]([\w-]+)", place.selector):
            assert re.search(rf"(?<![\w-]){word}(?![\w-])", source), f"{place.id}: {word}"


def test_the_clients_own_colours_are_those_of_the_practice_page():
    theme = (PAGE / "theme.css").read_text(encoding="utf-8")
    light, dark = theme.split("body.dark {")
    names = {"page": "root", "header": "header", "footer": "bar", "panel": "soft", "form": "form", "square": "icon",
             "square_active": "icon-active", "menu_icon": "menu-icon", "menu_hover": "hover", "pill": "pill",
             "pill_name": "pill-text", "panel_close": "close", "panel_muted": "faint", "panel_label": "muted-text",
             "header_glyphs": "glyph", "header_title": "text", "panel_names": "text-2"}  # fmt: skip
    for id, name in names.items():
        for css, color in ((light, region(id).light), (dark, region(id).dark)):
            assert f"--{name}: {color};" in css, id


@pytest.mark.parametrize("value", [5, True, {"a": "b"}, ("red",), "red}", "url(x)", "#12"])
def test_what_is_no_colour_is_refused_with_its_parameter(value):
    with pytest.raises(InvalidValue) as caught:
        checked({"header_bg_color": value})
    assert caught.value.path == "header_bg_color"


def test_what_is_no_safe_address_is_refused():
    with pytest.raises(InvalidValue) as caught:
        checked({"background_image": 'https://example.org/") }'})
    assert caught.value.path == "background_image"
