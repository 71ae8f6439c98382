"""The contrast audit: every pair a person sees, as the client really paints it with a design."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from pnm_launcher.values import Values

from .contrast import is_opaque, over, ratio
from .pairs import BEST, NEEDED, PAIRS, Pair
from .regions import ADDRESSES, CLEAR, checked, color_of, painter, region

Colors = Callable[[str], str]
"""The colour of a region by its id."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a person sees of one pair. The colours are opaque `#rrggbb`: what lies below a translucent one is mixed in.

    `ratio` is exact (1 to 21). `parameters` are those whose change shows here, the most particular first; none where
    no parameter can mend it. `own` is as in `Pair`.
    """

    pair: str
    label: str
    foreground: str
    background: str
    ratio: float
    needed: float
    grade: Literal["AAA", "AA", "fails"]
    parameters: tuple[str, ...]
    own: bool

    @property
    def passes(self) -> bool:
        return self.grade != "fails"

    @property
    def shown_ratio(self) -> str:
        """With two decimals, and never rounded up so far that what fails looks as if it passed."""
        rounded = round(self.ratio, 2)
        return f"{rounded if self.passes or rounded < self.needed else self.needed - 0.01:.2f}"


def audit(design: Values) -> tuple[Finding, ...]:
    """A finding for each pair in light mode; what lies on a background picture is left out, as its colour is unknown.

    Raises `InvalidValue` if the design has a value that may not reach a style sheet.
    """
    return audit_checked(checked(design))


def audit_checked(values: Mapping[str, str]) -> tuple[Finding, ...]:
    """`audit` for values that `regions.checked` returned."""
    return tuple(judge(pair, values) for pair in PAIRS if not _on_picture(pair.ground, values))


def judge(pair: Pair, values: Mapping[str, str]) -> Finding:
    """The finding for one pair that does not lie on a picture."""
    return _finding(pair, lambda id: color_of(id, values), _parameters(pair, values))


def passes(pair: Pair, values: Mapping[str, str]) -> bool:
    """`judge(…).passes`, without the rest."""
    return ratio(*_seen_pair(pair, lambda id: color_of(id, values))) >= NEEDED[pair.kind]


@cache
def pairs_of(parameter: str) -> frozenset[str]:
    """The pairs that a parameter can change, also by shining through."""
    return frozenset(pair.id for pair in PAIRS if any(_reaches(parameter, id) for id in (pair.front, pair.ground)))


def _reaches(parameter: str, id: str) -> bool:
    place = region(id)
    return parameter in (*place.parameters, *place.needs) or (bool(place.on) and _reaches(parameter, place.on))


def audit_dark(colors: Mapping[str, str]) -> tuple[Finding, ...]:
    """The same pairs in dark mode, where only a style sheet of one's own can have changed the colours of regions."""
    return tuple(_finding(pair, _dark(colors), ()) for pair in PAIRS)


def dark_passes(pair: Pair, colors: Mapping[str, str]) -> bool:
    """Whether a pair passes in `audit_dark`."""
    return ratio(*_seen_pair(pair, _dark(colors))) >= NEEDED[pair.kind]


def _dark(colors: Mapping[str, str]) -> Colors:
    return lambda id: colors.get(id, region(id).dark)


def seen(id: str, colors: Colors) -> str:
    """The opaque colour that a region has on the screen, with all that shines through it."""
    color = colors(id)
    below = region(id).on
    if is_opaque(color) or not below:
        return color[:7]
    return over(color, seen(below, colors))


def _finding(pair: Pair, colors: Colors, parameters: tuple[str, ...]) -> Finding:
    foreground, background = _seen_pair(pair, colors)
    contrast = ratio(foreground, background)
    needed = NEEDED[pair.kind]
    grade: Literal["AAA", "AA", "fails"] = (
        "AAA" if contrast >= BEST[pair.kind] else "AA" if contrast >= needed else "fails"
    )
    return Finding(pair.id, pair.label, foreground, background, contrast, needed, grade, parameters, pair.own)


def _seen_pair(pair: Pair, colors: Colors) -> tuple[str, str]:
    background = seen(pair.ground, colors)
    return over(colors(pair.front), background), background


def _parameters(pair: Pair, values: Mapping[str, str]) -> tuple[str, ...]:
    """What would change the pair if it were set or changed: nothing that something stronger covers."""
    if pair.own:
        return ()
    names = (*_in_reach(pair.front, values), *_in_reach(pair.ground, values))
    return tuple(dict.fromkeys(names))


def _in_reach(id: str, values: Mapping[str, str]) -> tuple[str, ...]:
    place = region(id)
    if place.needs and not any(name in values for name in place.needs):
        return ()
    names = place.parameters
    now = painter(id, values)
    strong = names if now is None else names[: names.index(now) + 1]
    return tuple(name for name in strong if name not in (*ADDRESSES, "right_side_bg_color"))


def _on_picture(id: str, values: Mapping[str, str]) -> bool:
    """Whether a background picture shows through a region."""
    if painter(id, values) in ADDRESSES:
        return True
    color = color_of(id, values)
    return bool(region(id).on) and (color == CLEAR or not is_opaque(color)) and _on_picture(region(id).on, values)
