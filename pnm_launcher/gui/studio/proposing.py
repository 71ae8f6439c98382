"""What the dialog of proposals asks for in a thread: whole designs for a colour, and the colours of a picture."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pnm_launcher.errors import InvalidValue
from pnm_launcher.texts import tr

if TYPE_CHECKING:
    from pnm_launcher.design.audit import Finding


@dataclass(frozen=True, slots=True)
class Look:
    """How a design is seen: the opaque colour of each region by its id, and what the audit finds."""

    values: Mapping[str, str]
    colors: Mapping[str, str]
    findings: "tuple[Finding, ...]"

    @property
    def has_picture(self) -> bool:
        return "background_image" in self.values


@dataclass(frozen=True, slots=True)
class Variant:
    """One proposal. `changes` are the parameters to set, "" clears one; `look` is the design with them."""

    name: str
    changes: Mapping[str, str]
    look: Look


def look_of(design: Mapping[str, str]) -> Look:
    """Raises `InvalidValue` if the design has a value that may not reach a style sheet."""
    from pnm_launcher.design.audit import audit_checked, seen  # loads the mathematics of colours
    from pnm_launcher.design.regions import REGIONS, checked, color_of

    values = checked(design)
    colors = {region.id: seen(region.id, lambda id: color_of(id, values)) for region in REGIONS}
    return Look(values, colors, audit_checked(values))


def variants(color: str, design: Mapping[str, str], *, anew: bool) -> tuple[Variant, ...]:
    """Proposals for a brand colour, the best first. `anew` replaces the design's colours, not its pictures and style
    sheet. Raises `InvalidValue`."""
    from pnm_launcher.design.palette import proposals
    from pnm_launcher.design.regions import ADDRESSES, checked

    given = checked(design)
    kept = {name: value for name, value in given.items() if name in ADDRESSES} if anew else given
    made = []
    for name, proposed in proposals(color, kept):
        cleared = {name: "" for name in given if name not in kept and name not in proposed}
        made.append(Variant(name, {**cleared, **proposed}, look_of({**kept, **proposed})))
    return tuple(made)


def colors_of_file(path: str) -> tuple[str, ...]:
    """The dominant colours of a picture's file, the strongest first. Raises `InvalidValue`."""
    from pnm_launcher.design.pictures import LARGEST

    file = Path(path)
    try:
        if not file.is_file():  # a pipe would be waited for without end
            raise InvalidValue("picture", tr("This is no file."))
        with file.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InvalidValue("picture", tr("The file cannot be read: {reason}."), reason=reason) from None
    return colors_of_data(data)


def colors_of_data(data: bytes) -> tuple[str, ...]:
    """The same for a picture that is not in a file."""
    from pnm_launcher.design.pictures import from_picture

    colors = from_picture(data)
    if not colors:
        raise InvalidValue("picture", tr("This picture is black and white, so it has no colour to begin with."))
    return colors
