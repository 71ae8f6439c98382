"""The lens of a kind of colour blindness does to every colour what `simulate` does, whose methods are coloraide's."""

import random

import pytest
from coloraide import Color

from pnm_launcher.design.contrast import luminance
from pnm_launcher.design.vision import GREY, KINDS, lens, simulate

RANDOM = random.Random(3)
COLORS = [f"#{RANDOM.randrange(1 << 24):06x}" for _ in range(400)] + ["#000000", "#ffffff", "#ff0000", "#0000ff"]
METHODS = {"protanopia": "protan", "deuteranopia": "deutan", "tritanopia": "tritan"}


def through(color: str, kind: str) -> list[float]:
    """A colour seen through the lens, as bytes."""
    seen = lens(kind)
    linear = Color(color).convert("srgb-linear")[:3]
    beyond = sum(part * weight for part, weight in zip(linear, seen.edge, strict=True)) > 0
    rows = seen.beyond if beyond else seen.matrix
    mixed = [sum(part * weight for part, weight in zip(linear, row, strict=True)) for row in rows]
    return parts(Color("srgb-linear", mixed).convert("srgb").to_string(hex=True, fit="clip"))


def parts(color: str) -> list[float]:
    return [float(part) for part in bytes.fromhex(color[1:7])]


@pytest.mark.parametrize("kind", [kind for kind, _ in KINDS])
def test_the_lens_shows_what_is_simulated(kind: str) -> None:
    for color in COLORS:
        assert through(color, kind) == pytest.approx(parts(simulate(color, kind)), abs=1), color


@pytest.mark.parametrize("kind", METHODS)
def test_the_simulation_is_that_of_coloraide(kind: str) -> None:
    for color in COLORS:
        seen = Color(color).filter(METHODS[kind], out_space="srgb").to_string(hex=True, fit="clip")
        assert simulate(color, kind) == seen


def test_blue_blindness_needs_both_halves_and_the_others_one() -> None:
    assert lens("tritanopia").matrix != lens("tritanopia").beyond
    for kind in ("protanopia", "deuteranopia", GREY):
        assert not any(lens(kind).edge)


def test_without_any_colour_the_luminance_stays() -> None:
    for color in COLORS:
        grey = simulate(color, GREY)
        assert len(set(parts(grey))) == 1
        assert luminance(grey) == pytest.approx(luminance(color), abs=0.006)
