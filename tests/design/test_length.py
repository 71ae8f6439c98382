"""The length of the join address, and the values nobody would miss."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pnm_launcher.address import parse_address
from pnm_launcher.design.audit import seen
from pnm_launcher.design.length import LIMIT, join_length, without_defaults
from pnm_launcher.design.regions import REGIONS, color_of
from pnm_launcher.errors import InvalidValue
from pnm_launcher.kinds import Color
from pnm_launcher.links import make_link
from pnm_launcher.schema import DESIGN

PAGE = parse_address("https://meet.example.org")
FULL = {row.path: "#00a1f28c" if isinstance(row.kind, Color) else "https://mydomain.example/custom_background.png"
        for row in DESIGN}  # fmt: skip


def test_the_address_is_measured_as_it_will_be():
    token = "a" * 350
    assert join_length(PAGE, FULL).url == len(make_link(PAGE, token, FULL, "room01").url)
    assert join_length(PAGE, {}, token_length=10).url == len("https://meet.example.org/?access_token=") + 10
    assert join_length(PAGE, {}).url < join_length(parse_address("https://meet.example.org/a/long/path"), {}).url


def test_a_full_design_fits_and_a_very_long_address_does_not():
    fits = join_length(PAGE, FULL)
    assert (fits.too_long, fits.limit) == (False, LIMIT)
    assert fits.headers_estimate < LIMIT
    longer = join_length(PAGE, FULL | {"custom_logo": "https://a.example/" + "x" * 1500})
    assert longer.too_long


def test_a_long_token_counts_twice():
    short, long = join_length(PAGE, FULL, 350), join_length(PAGE, FULL, 750)
    assert (long.url - short.url, long.headers_estimate - short.headers_estimate) == (400, 800)


@pytest.mark.parametrize("length", [1990, 2000, 2001])
def test_the_limit_is_that_of_the_links_warning(length):
    rest = len(make_link(PAGE, "", {"custom_logo": "https://a.example/"}, "").url)
    design = {"custom_logo": "https://a.example/" + "x" * (length - rest)}
    assert join_length(PAGE, design, 0).too_long is make_link(PAGE, "", design, "").too_long is (length > 2000)


@pytest.mark.parametrize(
    ("design", "left"),
    [
        ({"header_bg_color": "#fff", "footer_bg_color": "#FAFCFF"}, {}),
        ({"header_bg_color": "#fffffe"}, {"header_bg_color": "#fffffe"}),
        ({"background_color": "#f0f6fc"}, {}),
        ({"background_color": "red", "background_image": "https://a.example/b.png"},
         {"background_image": "https://a.example/b.png"}),
        ({"primary_btn_text_color": "red"}, {}),
        ({"primary_btn_text_color": "red", "primary_color": "blue"},
         {"primary_color": "#0000ff", "primary_btn_text_color": "#ff0000"}),
        ({"primary_color": "#004d90"}, {"primary_color": "#004d90"}),  # it paints the buttons too
        ({"primary_color": "red", "primary_btn_bg_color": "red"}, {"primary_color": "#ff0000"}),
        ({"custom_css_url": "https://a.example/x.css"}, {"custom_css_url": "https://a.example/x.css"}),
        ({}, {}),
    ],
)  # fmt: skip
def test_only_what_changes_nothing_is_dropped(design, left):
    assert without_defaults(design) == left


def test_a_hostile_value_is_refused():
    with pytest.raises(InvalidValue):
        without_defaults({"header_bg_color": "red} body{"})


DEFAULTS = st.sampled_from(sorted({region.light for region in REGIONS} | {"#ff0000", "#ff000080"}))
COLORS = [row.path for row in DESIGN if isinstance(row.kind, Color)]


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from(COLORS), DEFAULTS, max_size=8))
def test_nobody_sees_a_difference(design):
    fewer = without_defaults(design)
    assert {*fewer} <= {*design}
    for region in REGIONS:
        before = seen(region.id, lambda id: color_of(id, design))
        assert seen(region.id, lambda id: color_of(id, fewer)) == before
    assert without_defaults(fewer) == fewer
