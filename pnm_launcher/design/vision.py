"""How people who do not see all colours see one, and a whole page: a simulation, for the views of the design studio."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from pnm_launcher.texts import tr

GREY: Final = "achromatopsia"
KINDS: Final = (
    ("protanopia", tr("Without red (protanopia)")),
    ("deuteranopia", tr("Without green (deuteranopia)")),
    ("tritanopia", tr("Without blue (tritanopia)")),
    (GREY, tr("Without any colour")),
)
_FILTERS: Final = {"protanopia": "protan", "deuteranopia": "deutan", "tritanopia": "tritan"}

Triple = tuple[float, float, float]
Matrix = tuple[Triple, Triple, Triple]
_BASIS: Final[Matrix] = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))


@dataclass(frozen=True, slots=True)
class Lens:
    """A simulation as mathematics on linear red, green and blue (0 to 1), as SVG's `feColorMatrix` calculates.

    A colour of which the product with `edge` is above 0 is seen through `beyond`, any other through `matrix`. On the
    edge the two agree. `edge` is zero where one matrix is enough.
    """

    matrix: Matrix
    beyond: Matrix
    edge: Triple


def simulate(color: str, kind: str) -> str:
    """A CSS colour as seen by a person of that kind, as `#rrggbb` or `#rrggbbaa`; raises `InvalidValue`.

    The methods are those of coloraide: Viénot, Brettel and Mollon (1999) for red and green, Brettel and others (1997)
    for blue. Without any colour it is the grey of the same luminance, which WCAG's contrast is made of.
    """
    from coloraide import Color as Coloraide  # takes long to load, as do tinycss2 and what needs it

    from pnm_launcher.colors import to_hex

    text = to_hex(color)
    seen = Coloraide("srgb-linear", _seen(Coloraide(text[:7]).convert("srgb-linear")[:3], kind)).convert("srgb")
    return f"{seen.to_string(hex=True, fit='clip')}{text[7:]}"


@cache
def lens(kind: str) -> Lens:
    """What `simulate` does to any colour, found by doing it to red, green and blue and to what is opposite to each.

    Grey is on the edge between the two halves, so the parts of `edge` make zero: the largest has the other sign.
    """
    columns = [_seen(axis, kind) for axis in _BASIS]
    opposite = [[-part for part in _seen((-red, -green, -blue), kind)] for red, green, blue in _BASIS]
    apart = [
        sum(abs(one - other) for one, other in zip(*each, strict=True)) for each in zip(columns, opposite, strict=True)
    ]
    ahead = apart.index(max(apart))
    beyond = [columns[place] if place == ahead else opposite[place] for place in range(3)]
    within = [opposite[place] if place == ahead else columns[place] for place in range(3)]
    edge = [apart[place] if place == ahead else -apart[place] for place in range(3)]
    return Lens(_rows(within), _rows(beyond), _triple(edge))


def _seen(linear: Sequence[float], kind: str) -> Triple:
    from coloraide import Color as Coloraide  # takes long to load

    color = Coloraide("srgb-linear", linear)
    if kind == GREY:
        grey = color.convert("xyz-d65")["y"]
        return grey, grey, grey
    return _triple(color.filter(_FILTERS[kind], out_space="srgb-linear")[:3])


def _rows(columns: Sequence[Sequence[float]]) -> Matrix:
    red, green, blue = zip(*columns, strict=True)
    return _triple(red), _triple(green), _triple(blue)


def _triple(parts: Sequence[float]) -> Triple:
    red, green, blue = parts
    return red, green, blue
