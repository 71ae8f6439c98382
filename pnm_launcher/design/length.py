"""How long a design makes the join address, and which of its values could be left out without anybody seeing it."""

from dataclasses import dataclass
from typing import Final

from pnm_launcher.address import Address
from pnm_launcher.links import LONGEST, Link, design_json
from pnm_launcher.schema import DESIGN
from pnm_launcher.values import Values

from .audit import seen
from .regions import ADDRESSES, REGIONS, checked, color_of

LIMIT: Final = 4_096
"""Bytes of a request's first line and headers together that the server takes (fiber 3.5, `ReadBufferSize`)."""
_BROWSERS_HEADERS: Final = 1_200


@dataclass(frozen=True, slots=True)
class Length:
    """`url` counts the characters of the join address, `headers_estimate` the bytes of the largest request that the
    meeting's page makes: the browser's own headers, the address as `Referer`, and the token as `Authorization`."""

    url: int
    headers_estimate: int
    limit: int
    too_long: bool


def join_length(page: Address, design: Values, token_length: int = 350) -> Length:
    """Measure the join address of a design at a page. Raises `InvalidValue` for a design that no link can carry."""
    url = len(Link(page, "t" * token_length, design_json(design), "", None).url)
    headers = _BROWSERS_HEADERS + url + token_length
    return Length(url, headers, LIMIT, url > LONGEST or headers > LIMIT)


def without_defaults(design: Values) -> Values:
    """The design without the colours that change nothing on the screen, resting or below the pointer.

    They equal the client's own colour of all they paint, or something else of the design covers them. Mind that a
    link without any value left shows the server's own design. Raises `InvalidValue`.
    """
    values = checked(design)
    look = _look(values)
    for path in [row.path for row in reversed(list(DESIGN)) if row.path not in ADDRESSES]:
        fewer = {name: value for name, value in values.items() if name != path}
        if path in values and _look(fewer) == look:
            values = fewer
    return {row.path: values[row.path] for row in DESIGN if row.path in values}


def _look(values: dict[str, str]) -> list[str]:
    return [seen(region.id, lambda id: color_of(id, values)) for region in REGIONS if region.property != "picture"]
