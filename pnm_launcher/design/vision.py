"""How people who do not see all colours see one: a simulation, for the views of the design studio."""

from typing import Final

from coloraide import Color as Coloraide

from pnm_launcher.colors import to_hex
from pnm_launcher.texts import tr

KINDS: Final = (
    ("protanopia", tr("Without red (protanopia)")),
    ("deuteranopia", tr("Without green (deuteranopia)")),
    ("tritanopia", tr("Without blue (tritanopia)")),
)
_FILTERS: Final = {"protanopia": "protan", "deuteranopia": "deutan", "tritanopia": "tritan"}


def simulate(color: str, kind: str) -> str:
    """A CSS colour as seen by a person of that kind, as `#rrggbb` or `#rrggbbaa`; raises `InvalidValue`.

    The methods are those of coloraide: Viénot, Brettel and Mollon (1999) for red and green, Brettel and others (1997)
    for blue.
    """
    text = to_hex(color)
    seen = Coloraide(text[:7]).filter(_FILTERS[kind], out_space="srgb")
    return f"{seen.to_string(hex=True, fit='clip')}{text[7:]}"
