"""The starter for dark mode: the brand's colours, readable, and nothing in the file that is not a checked value."""

import json
from pathlib import Path

import pytest
import tinycss2
from hypothesis import given, settings
from hypothesis import strategies as st

from pnm_launcher.colors import to_hex
from pnm_launcher.design.audit import audit_dark
from pnm_launcher.design.contrast import ratio
from pnm_launcher.design.dark import dark_colors, dark_css
from pnm_launcher.design.pairs import PAIR
from pnm_launcher.design.palette import from_color
from pnm_launcher.design.regions import REGIONS
from pnm_launcher.design.tones import tone_of
from pnm_launcher.errors import InvalidValue
from pnm_launcher.kinds import Color
from pnm_launcher.schema import DESIGN

DATA = Path(__file__).parent.parent / "data"
INJECTIONS = json.loads((DATA / "injections.json").read_text(encoding="utf-8"))
COLORS = [row.path for row in DESIGN if isinstance(row.kind, Color)]
ANY = st.one_of(
    st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}"),
    st.integers(0, 0xFFFFFFFF).map(lambda number: f"#{number:08x}"),
)
DESIGNS = st.dictionaries(st.sampled_from([*COLORS, "right_side_bg_color"]), ANY)
PICTURE = "https://cdn.example.org/room.jpg?a=1&b=2"
BORDER = "#4d6680"
"""Around the squares of the footer in dark mode."""
PROPERTIES = {"background", "color", "--color-primary", "--color-primary-darker", "--color-primary-darkest",
              "--color-primary-light"}  # fmt: skip


def rules(css):
    """Selector and declarations of each rule; a parser error fails the test."""
    found = []
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        assert rule.type == "qualified-rule"
        declarations = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
        assert {one.type for one in declarations} == {"declaration"}
        found.append((tinycss2.serialize(rule.prelude).strip(),
                      {one.name: tinycss2.serialize(one.value).strip() for one in declarations}))  # fmt: skip
    return found


def broken(colors):
    """Pairs that fail in dark mode and of which the style sheet painted a side."""
    return {
        found.pair for found in audit_dark(colors)
        if not found.passes and {PAIR[found.pair].front, PAIR[found.pair].ground} & set(colors)
    }  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(DESIGNS)
def test_all_that_the_style_sheet_paints_can_be_read(design):
    assert broken(dark_colors(design)) <= {"square"}  # which has a border in dark mode


@settings(max_examples=200, deadline=None)
@given(DESIGNS)
def test_the_style_sheet_has_rules_for_dark_mode_only_with_plain_colours(design):
    for selectors, declarations in rules(dark_css(design)):
        assert all(one.strip().startswith("body.dark ") for one in selectors.split(","))
        assert set(declarations) <= PROPERTIES
        for value in declarations.values():
            assert to_hex(value) == value


def test_every_colour_has_a_rule():
    everything = rules(dark_css(from_color("#0a66c2")))
    assert len(everything) == 15
    for name in [*COLORS, "right_side_bg_color"]:
        background = {"primary_btn_bg_color": "red", "secondary_btn_bg_color": "red"} if "btn_text" in name else {}
        assert rules(dark_css({name: "#0a66c2", **background})), name
    assert rules(dark_css({})) == []
    assert rules(dark_css({"primary_btn_text_color": "red"})) == []


def test_the_brand_stays_recognisable():
    colors = dark_colors(from_color("#0a66c2"))
    assert colors["primary_button"] == "#0a66c2"
    hue = tone_of("#0a66c2").hue
    for id in ("header", "footer", "main_area", "panel", "avatar", "menu_icon"):
        assert abs(tone_of(colors[id]).hue - hue) < 15, id
    for id in ("header", "footer", "main_area", "panel"):
        assert tone_of(colors[id]).lightness < 0.4


def test_a_painted_button_keeps_a_text_that_can_be_read_below_the_pointer():
    colors = dark_colors({"primary_color": "#004d90"})
    assert (colors["primary_hover"], colors["primary_hover_text"]) == ("#004d90", "#ffffff")


@given(ANY)
def test_the_border_of_the_squares_can_be_seen_on_the_footer(color):
    assert ratio(BORDER, dark_colors({"footer_bg_color": color})["footer"]) >= 3


@settings(max_examples=50, deadline=None)
@given(ANY)
def test_the_chosen_tool_of_the_whiteboard_can_be_seen(color):
    colors = dark_colors({"primary_color": color})
    assert ratio(colors["tool"], colors["tool_ground"]) >= 3


def test_only_known_regions_are_painted():
    assert set(dark_colors(from_color("#c62828"))) < {place.id for place in REGIONS}


def test_a_background_picture_is_veiled_and_wins_over_the_colour():
    css = dark_css({"background_image": PICTURE, "background_color": "red"})
    assert [selector for selector, _ in rules(css)] == ["body.dark #main-area"]
    assert f'url("{PICTURE}")' in css
    assert "linear-gradient(#000000b3, #000000b3)" in css


@pytest.mark.parametrize("parameter", ["primary_color", "side_panel_bg_color", "right_side_bg_color",
                                       "background_image"])  # fmt: skip
def test_injections_are_refused(parameter):
    assert len(INJECTIONS) >= 200
    for text in INJECTIONS:
        with pytest.raises(InvalidValue):
            dark_css({parameter: text})


def test_injections_in_places_that_paint_nothing_do_not_reach_the_file():
    plain = dark_css({"primary_color": "#0a66c2"})
    for text in INJECTIONS:
        assert dark_css({"primary_color": "#0a66c2", "unknown": text, text: "red"}) == plain
