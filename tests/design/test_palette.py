"""Every proposal can be read, on every audited pair."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pnm_launcher.design.audit import audit
from pnm_launcher.design.contrast import luminance
from pnm_launcher.design.palette import from_color, proposals
from pnm_launcher.design.tones import distance, tone_of
from pnm_launcher.design.vision import KINDS, simulate
from pnm_launcher.errors import InvalidValue
from pnm_launcher.kinds import Color
from pnm_launcher.schema import DESIGN

COLORS = {row.path for row in DESIGN if isinstance(row.kind, Color)}
OPAQUE = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
DESIGNS = st.dictionaries(st.sampled_from(sorted({*COLORS, "right_side_bg_color"})), OPAQUE, max_size=6)


def failing(design):
    return {found.pair for found in audit(design) if not found.passes and not found.own}


@settings(max_examples=300, deadline=None)
@given(OPAQUE)
@example("#000000")
@example("#ffffff")
@example("#777777")
@example("#ffff00")
@example("#0000ff")
@example("#00a1f2")
def test_every_proposal_from_a_brand_colour_passes_on_every_pair(brand):
    proposal = from_color(brand)
    assert set(proposal) == COLORS
    assert failing(proposal) == set()
    assert proposal["primary_btn_bg_color"] == brand
    assert {found.pair for found in audit(proposal) if found.own} == {"signal", "panel_muted", "form_hint"}
    assert all(found.ratio > 2 for found in audit(proposal) if found.own)


@settings(max_examples=300, deadline=None)
@given(OPAQUE)
@example("#000000")
@example("#ffffff")
@example("#777777")
@example("#ffff00")
@example("#0000ff")
def test_every_choice_passes_on_every_pair_and_is_what_its_name_says(brand):
    choices = proposals(brand)
    assert choices[0].values == from_color(brand)
    assert choices[0].name == "Dark footer"
    for name, values in choices:
        assert failing(values) == set()
        assert set(values) == COLORS
        footer = values["footer_bg_color"]
        assert {"Dark footer": luminance(footer) < 0.18, "Light footer": luminance(footer) > 0.6,
                "Brand footer": footer == brand}[name]  # fmt: skip
    footers = [values["footer_bg_color"] for _, values in choices]
    assert all(distance(one, other) > 0.1 for one in footers for other in footers if one != other)
    assert len({*footers}) == len(choices)


def test_most_brands_can_choose_between_three_footers():
    brands = ("#0a66c2", "#c2410c", "#2e7d32", "#6951bd", "#00a1f2", "#e11d48")
    assert sum(len(proposals(brand)) for brand in brands) >= 15


def test_a_footer_of_ones_own_leaves_no_choice():
    assert len(proposals("#0a66c2", {"footer_bg_color": "#123456"})) == 1
    assert len(proposals("#0a66c2", {"header_bg_color": "#fefefe"})) == 3


@settings(max_examples=200, deadline=None)
@given(OPAQUE, DESIGNS)
def test_no_choice_is_harder_to_read_than_the_first(brand, design):
    first, *others = proposals(brand, design)
    assert first.values == from_color(brand, design)
    for other in others:
        assert len(failing({**design, **other.values})) == len(failing({**design, **first.values}))
        assert failing({**design, **other.values}) <= failing(design)


@settings(max_examples=200, deadline=None)
@given(OPAQUE, DESIGNS)
def test_proposals_fill_only_what_is_empty_and_spoil_nothing(brand, design):
    proposal = from_color(brand, design)
    assert proposal.keys().isdisjoint(design)
    assert failing({**design, **proposal}) <= failing(design)
    if "right_side_bg_color" in design:
        assert "side_panel_bg_color" not in proposal


@settings(max_examples=200, deadline=None)
@given(OPAQUE)
def test_grounds_have_the_hue_of_the_brand(brand):
    _, chroma, hue = tone_of(brand)
    if chroma > 0.05:
        proposal = from_color(brand)
        for name in ("primary_color", "footer_bg_color"):
            _, made, turned = tone_of(proposal[name])
            assert made < 0.02 or abs((hue - turned + 180) % 360 - 180) <= max(4, 0.35 / made)


def test_a_design_with_a_picture_gets_no_background_colour():
    assert "background_color" not in from_color("#0a66c2", {"background_image": "https://example.org/a.png"})


def test_a_colour_can_be_written_in_any_way_and_its_alpha_is_left_aside():
    assert from_color("rgb(10 102 194 / 40%)") == from_color("#0A66C2")


@pytest.mark.parametrize(("brand", "design"), [("red}", {}), ("", {}), ("red", {"header_bg_color": "x{}"})])
def test_hostile_values_are_refused(brand, design):
    with pytest.raises(InvalidValue):
        from_color(brand, design)


@pytest.mark.parametrize("kind", [kind for kind, _ in KINDS])
def test_greys_look_the_same_to_everybody(kind):
    for grey in ("#000000", "#808080", "#ffffff"):
        seen = [int(simulate(grey, kind)[place : place + 2], 16) for place in (1, 3, 5)]
        assert max(abs(part - int(grey[1:3], 16)) for part in seen) <= 2


def test_red_and_green_are_alike_without_red_or_green_and_differ_without_blue():
    for kind, alike in (("protanopia", True), ("deuteranopia", True), ("tritanopia", False)):
        hues = [tone_of(simulate(color, kind)).hue for color in ("#ff0000", "#00ff00")]
        assert (abs(hues[0] - hues[1]) < 15) is alike, kind


def test_a_simulated_colour_keeps_its_alpha_and_is_checked():
    assert simulate("#ff000080", "deuteranopia").endswith("80")
    with pytest.raises(InvalidValue):
        simulate("red}", "deuteranopia")
