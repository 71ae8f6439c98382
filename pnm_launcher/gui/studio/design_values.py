"""What of a saved design can be used, and in what two designs differ. A file may hold anything."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

from pnm_launcher.errors import InvalidValue
from pnm_launcher.kinds import Color
from pnm_launcher.meetings import Book, Meeting
from pnm_launcher.schema import DESIGN
from pnm_launcher.texts import plain
from pnm_launcher.values import Values

COLORS: Final = tuple(field.path for field in DESIGN if isinstance(field.kind, Color))
_LONGEST: Final = 2_048
"""Characters; no value of a design may be longer (`kinds.Resource`)."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A parameter in two designs; "" where it is not set."""

    parameter: str
    left: str
    right: str

    @property
    def differs(self) -> bool:
        return self.left != self.right


def readable(values: Values) -> dict[str, str]:
    """The set parameters in their canonical form, in the table's order, without what must not reach a style sheet."""
    found = {field.path: _canonical(field.path, values.get(field.path)) for field in DESIGN}
    return {path: text for path, text in found.items() if text}


def refused(values: Values) -> tuple[str, ...]:
    """The names, safe to show, of what `readable` leaves out although it is set."""
    good = readable(values)
    return tuple(plain(path, 60) for path, value in values.items() if value not in ("", None) and path not in good)


def whole(values: Values) -> dict[str, str]:
    """All parameters, "" for each that is not set: what replaces another design as a whole."""
    good = readable(values)
    return {field.path: good.get(field.path, "") for field in DESIGN}


def colors_of(values: Values) -> tuple[str, ...]:
    """The set colours, in the table's order."""
    good = readable(values)
    return tuple(good[path] for path in COLORS if path in good)


def differences(left: Values, right: Values) -> tuple[Difference, ...]:
    """Every parameter, with its values on both sides."""
    one, other = whole(left), whole(right)
    return tuple(Difference(path, one[path], other[path]) for path in one)


def meetings_with(book: Book, values: Values) -> tuple[Meeting, ...]:
    """The meetings whose design has equal values; none for a design without any."""
    wanted = readable(values)
    return tuple(each for each in book.meetings if wanted and each.design and readable(each.design) == wanted)


def time_of(saved: str) -> datetime | None:
    """When a design was saved, in this computer's time zone; None where the text is no time."""
    try:
        read = datetime.fromisoformat(saved)
        return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone()
    except (ValueError, OverflowError, OSError):  # the last two for years that no clock knows
        return None


def _canonical(path: str, value: object) -> str:
    return _parsed(path, value) if isinstance(value, str) and 0 < len(value) <= _LONGEST else ""


@lru_cache(8_192)
def _parsed(path: str, text: str) -> str:
    try:
        return str(DESIGN.field(path).parse(text))
    except InvalidValue:
        return ""
