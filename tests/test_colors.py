"""CSS colours: read in many ways, written in one, and never with anything beside the colour."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pnm_launcher.colors import rgba, to_hex
from pnm_launcher.errors import InvalidValue

HEX = {
    "#0a66c2": "#0a66c2",
    "#0A66C2": "#0a66c2",
    " #fff ": "#ffffff",
    "#fff8": "#ffffff88",
    "#0a66c280": "#0a66c280",
    "#0a66c2ff": "#0a66c2",
    "red": "#ff0000",
    "RebeccaPurple": "#663399",
    "transparent": "#00000000",
    "rgb(10, 102, 194)": "#0a66c2",
    "rgb(10 102 194 / 50%)": "#0a66c280",
    "rgba(10,102,194,.5)": "#0a66c280",
    "rgb(300, -5, 0)": "#ff0000",
    "rgb(1e400, 0, 0)": "#ff0000",
    "hsl(210, 100%, 50%)": "#0080ff",
    "hsl(-150deg 100% 50%)": "#0080ff",
    "hsla(120, 100%, 25%, 0.5)": "#00800080",
}
NO_COLOR = [
    "", "0a66c2", "#0a66c", "#gggggg", "blau", "currentcolor", "inherit", "rgb(1,2)", "rgb(1,2,3", "rgb(1,2,3))",
    "red;", "red}", "red !important", "red blue", "red/*", "red/**/", "r\\65 d", "url(x)", "var(--x)", "lab(50 0 0)",
    "hwb(0 0% 0%)", "red\0", "{}", "expression(alert(1))",
]  # fmt: skip


@pytest.mark.parametrize(("text", "written"), HEX.items())
def test_a_colour_is_written_as_hex_with_alpha_last(text, written):
    assert to_hex(text) == written
    assert to_hex(written) == written


@pytest.mark.parametrize("text", NO_COLOR)
def test_what_is_no_colour_is_refused_with_an_example(text):
    with pytest.raises(InvalidValue) as caught:
        to_hex(text, "primary_color")
    assert "for example #0a66c2" in str(caught.value)
    assert caught.value.path == "primary_color"


def test_parts_run_from_nought_to_one():
    assert rgba("rgb(255 51 0 / 20%)") == pytest.approx((1.0, 0.2, 0.0, 0.2))


_NUMBERS = st.one_of(
    st.floats().map(str), st.integers().map(str), st.sampled_from(["none", "50%", "1e999", "-1e999deg"])
)
_FUNCTIONS = st.builds(
    lambda name, parts, glue: f"{name}({glue.join(parts)})",
    st.sampled_from(["rgb", "rgba", "hsl", "hsla", "color"]),
    st.lists(_NUMBERS, min_size=2, max_size=5),
    st.sampled_from([",", " ", " / "]),
)


@given(st.one_of(st.text(max_size=30), _FUNCTIONS))
def test_any_text_is_refused_or_a_colour_that_cannot_end_its_style_rule(text):
    try:
        parts = rgba(text)
    except InvalidValue:
        return
    assert all(0.0 <= part <= 1.0 for part in parts)
    assert not set(text) & set("{};:\\*\"'<>@")
    assert text.count("(") == text.count(")")
