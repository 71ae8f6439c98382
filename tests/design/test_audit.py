"""The contrast audit: measured numbers, what shines through, and what can be changed."""

import json
from pathlib import Path

import pytest
from coloraide import Color
from hypothesis import given
from hypothesis import strategies as st

from pnm_launcher.design.audit import Finding, audit
from pnm_launcher.design.contrast import luminance, over, ratio
from pnm_launcher.design.pairs import PAIRS
from pnm_launcher.design.regions import REGIONS, region
from pnm_launcher.errors import InvalidValue

INJECTIONS = json.loads((Path(__file__).parent.parent / "data" / "injections.json").read_text(encoding="utf-8"))
OPAQUE = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
TRANSLUCENT = st.integers(0, 0xFFFFFFFF).map(lambda number: f"#{number:08x}")


def finding(pair: str, design: dict[str, str]) -> Finding:
    return next(found for found in audit(design) if found.pair == pair)


@pytest.mark.parametrize(
    ("pair", "design", "shown"),
    [
        ("primary", {}, "2.85"),
        ("title", {"header_bg_color": "#2f6680"}, "2.97"),
        ("secondary_spot", {"secondary_color": "#24AEF7"}, "2.28"),
        ("initials", {}, "8.52"),
    ],
)
def test_measured_contrasts_are_reproduced(pair, design, shown):
    assert finding(pair, design).shown_ratio == shown


def test_the_clients_own_failures_are_found():
    failing = {found.pair for found in audit({}) if not found.passes}
    assert failing == {"primary", "secondary_hover", "badge", "secondary_spot", "square", "signal", "panel_muted",
                       "form_hint"}  # fmt: skip
    assert {found.pair for found in audit({}) if found.own} == {"signal", "panel_muted", "form_hint"}


def test_hover_with_the_primary_colour_alone_is_the_trap_it_is_in_the_client():
    found = finding("primary_hover", {"primary_color": "#004d90"})
    assert (found.foreground, found.background, found.grade) == ("#0c131a", "#004d90", "fails")
    assert finding("primary_hover", {"primary_color": "#004d90", "primary_btn_text_color": "#fff"}).grade == "AAA"


@pytest.mark.parametrize(
    ("pair", "design", "foreground", "background"),
    [
        ("title", {"header_bg_color": "#00000080"}, "#0c131a", over("#00000080", "#f0f6fc")),
        ("footer_glyph", {"footer_icon_color": "#ffffff80"}, "#ffffff", "#ffffff"),
        ("square", {"footer_bg_color": "#000000", "footer_icon_bg_color": "#ffffff80"}, "#808080", "#000000"),
        ("footer_glyph", {"footer_bg_color": "#000", "footer_icon_bg_color": "transparent"}, "#0c131a", "#000000"),
        ("initials", {"primary_color": "#00000000", "side_panel_bg_color": "#800000"}, "#ffffff", "#800000"),
        ("form_text", {"side_panel_bg_color": "#00000080"}, "#0c131a",
         over("#00000080", over("#00000080", "#f0f6fc"))),
        ("room_text", {"background_color": "transparent"}, "#233240", "#f0f6fc"),
    ],
)  # fmt: skip
def test_what_lies_below_shines_through(pair, design, foreground, background):
    found = finding(pair, design)
    assert (found.foreground, found.background) == (foreground, background)


def test_nothing_is_said_of_text_on_a_picture():
    with_picture = {found.pair for found in audit({"background_image": "https://example.org/a.png"})}
    assert {found.pair for found in audit({})} - with_picture == {"room_text"}


@pytest.mark.parametrize(
    ("pair", "design", "parameters"),
    [
        ("primary", {}, ("primary_btn_bg_color", "primary_color")),
        ("primary", {"primary_color": "red"}, ("primary_btn_text_color", "primary_btn_bg_color", "primary_color")),
        ("primary", {"primary_btn_bg_color": "red"}, ("primary_btn_text_color", "primary_btn_bg_color")),
        ("panel_names", {"right_side_bg_color": "red"}, ("side_panel_bg_color",)),
        ("lock_sign", {}, ("primary_color", "footer_icon_bg_color")),
        ("end_call", {}, ()),
        ("panel_muted", {}, ()),
    ],
)
def test_a_finding_names_what_would_change_it(pair, design, parameters):
    assert finding(pair, design).parameters == parameters


@given(st.sampled_from([found for found in audit({}) if found.parameters]), OPAQUE, OPAQUE)
def test_what_a_finding_names_does_change_it(found, one, other):
    for parameter in found.parameters:
        changed = [finding(found.pair, {parameter: color}) for color in (one, other)]
        assert ((changed[0].foreground, changed[0].background) == (changed[1].foreground, changed[1].background)) == (
            one == other
        )


def test_pairs_are_of_regions_that_lie_on_each_other():
    assert len({pair.id for pair in PAIRS}) == len(PAIRS)
    for pair in PAIRS:
        assert region(pair.front) in REGIONS
        assert region(pair.ground).property == "background"


def test_pairs_left_to_the_client_cannot_be_mended_without_breaking_another():
    """Any ground is as good as the grey of its luminance, as the other colours of these pairs are fixed."""
    greys = [f"#{level:02x}{level:02x}{level:02x}" for level in range(256)]
    for own, other, parameter in [
        ("signal", "title", "header_bg_color"),
        ("panel_muted", "panel_names", "side_panel_bg_color"),
        ("form_hint", "panel_names", "side_panel_bg_color"),
    ]:
        for grey in greys:
            assert not (finding(own, {parameter: grey}).passes and finding(other, {parameter: grey}).passes)


def test_a_contrast_just_below_the_limit_does_not_look_as_if_it_passed():
    found = Finding("p", "", "#000000", "#ffffff", 4.4999, 4.5, "fails", (), False)
    assert found.shown_ratio == "4.49"


@given(OPAQUE, OPAQUE)
def test_contrast_is_that_of_an_independent_library(one, other):
    assert ratio(one, other) == pytest.approx(Color(one).contrast(other, method="wcag21"), abs=0.01)
    assert 1 <= ratio(one, other) <= 21
    assert luminance("#ffffff") == pytest.approx(1)


@given(TRANSLUCENT, OPAQUE)
def test_blending_is_that_of_an_independent_library(front, ground):
    expected = Color.layer([Color(front), Color(ground)], space="srgb")
    for mine, theirs in zip(Color(over(front, ground)).coords(), expected.coords(), strict=True):
        assert mine == pytest.approx(theirs, abs=0.5 / 255 + 1e-6)


@pytest.mark.parametrize("text", INJECTIONS)
def test_an_injection_is_refused(text):
    for parameter in ("primary_color", "background_image"):
        with pytest.raises(InvalidValue):
            audit({parameter: text})


@given(st.dictionaries(st.sampled_from(sorted({name for place in REGIONS for name in place.parameters
                                               if name.endswith("color")})), TRANSLUCENT))  # fmt: skip
def test_every_design_gets_a_finding_for_every_pair(design):
    found = audit(design)
    assert [one.pair for one in found] == [pair.id for pair in PAIRS]
    for one in found:
        assert one.ratio == ratio(one.foreground, one.background)
        assert one.passes == (one.ratio >= one.needed)
