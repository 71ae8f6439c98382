"""Fixes pass, keep the hue, and break nothing."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pnm_launcher.design.audit import audit
from pnm_launcher.design.fix import fix, fix_all
from pnm_launcher.design.regions import color_of, painted, regions_of
from pnm_launcher.design.tones import distance, nearest, shade, tone_of
from pnm_launcher.errors import InvalidValue
from pnm_launcher.kinds import Color
from pnm_launcher.schema import DESIGN

COLORS = [row.path for row in DESIGN if isinstance(row.kind, Color)]
OPAQUE = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
ANY = st.one_of(OPAQUE, st.integers(0, 0xFFFFFFFF).map(lambda number: f"#{number:08x}"))
DESIGNS = st.dictionaries(st.sampled_from(COLORS), ANY, max_size=6)


def finding(pair, design):
    return next(found for found in audit(design) if found.pair == pair)


def failing(design):
    return [found.pair for found in audit(design) if not found.passes and not found.own]


def same_hue(one, other):
    """Within 3°, or as near as 8 bits allow for a colour that is nearly grey."""
    (_, chroma, hue), (_, new_chroma, new_hue) = tone_of(one), tone_of(other)
    turned = abs((hue - new_hue + 180) % 360 - 180)
    least = min(chroma, new_chroma)
    return least < 0.02 or turned <= max(3, 0.35 / least)


@pytest.mark.parametrize(
    ("pair", "design", "changes"),
    [
        ("title", {"header_bg_color": "#2f6680"}, {"header_bg_color"}),
        ("panel_names", {"side_panel_bg_color": "#01140b"}, {"side_panel_bg_color"}),
        ("footer_glyph", {"footer_icon_color": "#eeeeee"}, {"footer_icon_color"}),
        ("initials", {"primary_color": "#ffeb3b", "primary_btn_bg_color": "#000000",
                      "primary_btn_text_color": "#ffffff"}, {"primary_color"}),
        ("primary", {"primary_btn_bg_color": "#00a1f2", "primary_btn_text_color": "#ffffff"},
         {"primary_btn_bg_color"}),
        ("primary", {}, {"primary_btn_bg_color", "primary_btn_text_color"}),
        ("primary_hover", {"primary_color": "#004d90"}, {"primary_btn_bg_color", "primary_btn_text_color"}),
    ],
)  # fmt: skip
def test_a_fix_changes_what_it_should(pair, design, changes):
    found = fix(design, finding(pair, design))
    assert set(found) <= changes
    assert finding(pair, {**design, **found}).passes
    assert not set(failing({**design, **found})) - set(failing(design))


def test_a_fix_of_the_default_button_is_the_nearest_blue_and_holds_below_the_pointer():
    changes = fix({}, finding("primary", {}))
    assert changes == {"primary_btn_bg_color": "#007cbd", "primary_btn_text_color": "#ffffff"}
    assert finding("primary_hover", changes).passes


def test_of_all_fixes_the_one_that_changes_least_of_what_is_seen_is_taken():
    changes = fix({}, finding("badge", {}))
    assert changes.pop("secondary_color") == "#007db7"
    assert changes == {"secondary_btn_bg_color": "#fafcff", "secondary_btn_text_color": "#000000"}  # as at rest
    assert set(fix({}, finding("secondary_hover", {}))) == {"secondary_btn_bg_color", "secondary_btn_text_color"}


def test_what_passes_needs_no_fix_and_what_is_the_clients_own_has_none():
    assert fix({}, finding("title", {})) == {}
    assert fix({}, finding("panel_muted", {})) is None
    with_picture = {"background_image": "https://example.org/a.png"}
    assert fix(with_picture, finding("room_text", {})) is None


def test_the_clients_own_design_can_be_mended_but_for_what_is_its_own():
    changes = fix_all({})
    assert failing(changes) == []
    assert {found.pair for found in audit(changes) if not found.passes} == {"signal", "panel_muted", "form_hint"}
    assert fix_all(changes) == {}


def test_alpha_is_kept_where_it_can_be_and_given_up_where_it_cannot():
    kept = fix({"footer_icon_color": "#dddddde0"}, finding("footer_glyph", {"footer_icon_color": "#dddddde0"}))
    assert kept["footer_icon_color"].endswith("e0")
    lost = fix({"footer_icon_color": "#ffffff10"}, finding("footer_glyph", {"footer_icon_color": "#ffffff10"}))
    assert len(lost["footer_icon_color"]) == 7


@pytest.mark.parametrize("value", ["red}", "url(x)", 7])
def test_hostile_values_are_refused(value):
    with pytest.raises(InvalidValue):
        fix_all({"primary_color": value})


@settings(max_examples=200, deadline=None)
@given(DESIGNS)
def test_every_fix_passes_keeps_the_hue_and_breaks_nothing(design):
    before = set(failing(design))
    for found in audit(design):
        changes = fix(design, found)
        if changes is None:
            continue
        after = {**design, **changes}
        assert finding(found.pair, after).passes
        assert not set(failing(after)) - before
        for name, color in changes.items():
            starts = {painted(place.id, design) for place in regions_of(name)}
            assert any(same_hue(start, color) for start in starts), (name, color, starts)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from(COLORS), OPAQUE))
def test_everything_together_is_mended_and_mending_twice_changes_nothing(design):
    after = {**design, **fix_all(design)}
    assert failing(after) == []
    assert fix_all(after) == {}


@settings(max_examples=200, deadline=None)
@given(OPAQUE, OPAQUE)
def test_no_tone_between_a_colour_and_its_nearest_passing_one_passes(color, ground):
    found = nearest(color, lambda one: finding("footer_glyph", glyph(one, ground)).passes)
    assume(found != color)
    start, end = tone_of(color).lightness, tone_of(found).lightness
    for part in (0.3, 0.6, 0.9):
        between = shade(color, start + (end - start) * part)
        if distance(between, found) > 0.01:
            assert not finding("footer_glyph", glyph(between, ground)).passes


def glyph(color, ground):
    return {"footer_icon_color": color, "footer_icon_bg_color": ground}


@given(ANY, st.floats(0.1, 1))
def test_a_shade_has_the_hue_and_the_alpha_of_its_colour(color, lightness):
    made = shade(color, lightness)
    assert made[7:] == color[7:]
    assert color_of("header", {"header_bg_color": made}) == made
    assert same_hue(color, made)
    assert tone_of(made).lightness == pytest.approx(lightness, abs=0.02)
