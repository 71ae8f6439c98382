"""Colours made from others in OKLCH: the same hue, lighter or darker, never outside what a screen can show."""

from collections.abc import Callable
from functools import lru_cache
from typing import Final, NamedTuple

from coloraide import Color

GREY: Final = 0.02
"""Below this chroma a colour has no hue worth keeping."""
_STEPS: Final = 12
"""Halvings of the lightness: finer than a channel of 8 bits."""
_SAMPLES: Final = 32
Check = Callable[[str], bool]


class Tone(NamedTuple):
    """Lightness from 0 to 1, chroma from 0 to about 0.37, hue in degrees."""

    lightness: float
    chroma: float
    hue: float


@lru_cache(maxsize=1024)
def tone_of(color: str) -> Tone:
    """The tone of `#rrggbb` or `#rrggbbaa`; a grey has chroma and hue 0."""
    lightness, chroma, hue = Color(color[:7]).convert("oklch").coords(nans=False)
    return Tone(lightness, chroma, hue) if chroma > 1e-4 else Tone(lightness, 0.0, 0.0)


@lru_cache(maxsize=8192)
def to_color(tone: Tone, alpha: str = "") -> str:
    """The nearest `#rrggbb` of this lightness and hue that a screen can show, with less chroma if need be."""
    color = Color("oklch", [min(1.0, max(0.0, tone.lightness)), tone.chroma, tone.hue])
    fitted = color.convert("srgb").fit(method="raytrace", pspace="oklch")
    return f"{fitted.to_string(hex=True, fit='clip')}{alpha}"


def shade(color: str, lightness: float, chroma: float | None = None) -> str:
    """A colour's hue and alpha in another lightness, with at most this chroma."""
    tone = tone_of(color)
    return to_color(Tone(lightness, tone.chroma if chroma is None else min(chroma, tone.chroma), tone.hue), color[7:])


def distance(one: str, other: str) -> float:
    """How different two colours look, alpha left aside: 0 to 1 (Euclidean in OKLab)."""
    return float(Color(one[:7]).delta_e(Color(other[:7]), method="ok"))


def nearest(color: str, passes: Check, keeps: Check = lambda color: True) -> str | None:
    """The nearest lighter or darker tone of a colour that passes and keeps; the alpha stays if that is possible at all.

    `passes` must stay true once it is true on the way to black, and on the way to white, as a contrast does. `keeps`
    may be true anywhere.
    """
    for start in dict.fromkeys((color, color[:7])):
        if passes(start) and keeps(start):
            return start
        found = [end for goal in (0.0, 1.0) if (end := _towards(start, goal, passes, keeps)) is not None]
        if found:
            return min(found, key=lambda one: distance(one, start))
    return None


def _towards(color: str, goal: float, passes: Check, keeps: Check) -> str | None:
    if not passes(shade(color, goal)):
        return None
    start = tone_of(color).lightness
    near = start if passes(color) else _limit(color, start, goal, passes)

    def suits(candidate: str) -> bool:
        return passes(candidate) and keeps(candidate)

    if suits(shade(color, near)):
        return shade(color, near)
    for step in range(1, _SAMPLES + 1):
        before, there = (near + (goal - near) * count / _SAMPLES for count in (step - 1, step))
        if suits(shade(color, there)):
            return shade(color, _limit(color, before, there, suits))
    return None


def _limit(color: str, fails: float, passing: float, passes: Check) -> float:
    """The lightness nearest to one that fails, on the way to one that passes, that still passes."""
    for _ in range(_STEPS):
        middle = (fails + passing) / 2
        if passes(shade(color, middle)):
            passing = middle
        else:
            fails = middle
    return passing
