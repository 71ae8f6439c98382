"""A design on its way to somebody else: for each way the text, where it goes, what is not in it, and how long it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from pnm_launcher.address import Address
from pnm_launcher.texts import Say, tr
from pnm_launcher.values import Values

from .length import Length, join_length
from .surface_names import FORMS, SURFACES, Surface
from .surfaces import Loss, export_design

Way = Surface | Literal["dark"]
WAYS: Final[Mapping[Way, str]] = dict(SURFACES) | {"dark": tr("Style sheet for dark mode")}
WHERE: Final[Mapping[Way, str]] = {
    "link": tr("For programs that make join addresses: the value of custom_design. Such programs percent-encode "
               "it, like every value of an address."),
    "url": tr("For join addresses: the design as part of the address. It takes the place of the server's own design."),
    "config": tr("For the administrator of the server: put it at the end of assets/config.js of the meeting's page. "
                 "Every meeting then looks like this, unless its address brings a design of its own."),
    "file": tr("To keep, and for colleagues: this program reads it again, in the window and on the command line."),
    "moodle": tr("For the settings of a plugNmeet activity in Moodle. Copy each value into the field of this name."),
    "wordpress": tr("For a room of the WordPress plugin. Copy each value into the field of this name."),
    "joomla": tr("For a room of the Joomla component. Copy each value into the field of this name."),
    "lti": tr("For learning platforms with LTI: paste these lines into the custom parameters of the tool."),
    "dark": tr("In dark mode meetings show no colour of a design, but they load its style sheet. Put this file on a "
               "web server with https, and its address into the design as “Style sheet”."),
}  # fmt: skip
MEASURED: Final = ("link", "url")
"""What ends up in a join address."""
SOME_PAGE: Final = Address("https", "meet.example.org", None, "")
"""Stands for the meeting's page where none is known: its address is as long as many are."""

Fit = Literal["fits", "tight", "too long"]
FITS: Final[Mapping[Fit, str]] = {
    "fits": tr("The join address is short enough."),
    "tight": tr("The join address is long: with a long token or many cookies the server may refuse it."),
    "too long": tr("The join address is too long: the server refuses the requests of the page (code 431)."),
}


@dataclass(frozen=True, slots=True)
class Handover:
    """`text` is "" where this way can take nothing of the design. `notes` are marked for translation; `length` is
    that of the join address, where the text ends up in one."""

    text: str
    lost: tuple[Loss, ...] = ()
    notes: tuple[str, ...] = ()
    length: Length | None = None


def hand_over(values: Values, way: Way, *, name: str = "", page: Address | None = None,
              say: Say = str) -> Handover:  # fmt: skip
    """Write a design for a way; `page` is the address of the meeting's page. `say` translates the comments in the
    text. Raises `InvalidValue`.

    Slow for `dark`, which needs the mathematics of colours.
    """
    if way == "dark":
        return _dark(values)
    export = export_design(values, way, page=page, name=name, say=say)
    if way in FORMS and len(export.lost) == len(values):
        return Handover("", export.lost, (tr("This form has no field for anything in this design."),))
    notes = (_NO_PAGE,) if way == "url" and page is None else ()
    length = join_length(page or SOME_PAGE, values) if way in MEASURED else None
    return Handover(export.text, export.lost, notes, length)


def fit(length: Length) -> Fit:
    """Whether the server takes an address of this length: surely, in most cases, or not."""
    if length.headers_estimate > length.limit:
        return "too long"
    return "tight" if length.too_long else "fits"


_NO_PAGE: Final = tr("No server is chosen, so this is only the part that is added to a join address.")


def _dark(values: Values) -> Handover:
    from .dark import dark_css

    text = dark_css(values)
    if "{" not in text:
        return Handover("", notes=(tr("This design sets nothing that could be carried over into dark mode."),))
    if "custom_css_url" in values:
        return Handover(text, notes=(tr("This design has a style sheet already, and takes only one: add these rules at "
                                        "the end of that file."),))  # fmt: skip
    return Handover(text)
