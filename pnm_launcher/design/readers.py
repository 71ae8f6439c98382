"""Reads what somebody wrote or copied, surface by surface; nothing of it is trusted before `settle`."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final
from urllib.parse import unquote

from pnm_launcher.errors import InvalidValue
from pnm_launcher.texts import tr

from .js_literal import Literal, Token, literal, tokens
from .settle import Note, Written
from .surface_names import FIELD_NAMES, FORMS, SENT_BY_LTI, Surface

_NAME: Final = "designCustomization"
_OLD_NAME: Final = "DESIGN_CUSTOMIZATION"
_LOGO_NAMES: Final = ("customLogo", "CUSTOM_LOGO")
_FORM_NAMES: Final = {
    own: path for form in FORMS for path, own in FIELD_NAMES[form].items()
} | SENT_BY_LTI  # fmt: skip
_VERSION: Final = 1


def detect(text: str) -> Surface:
    """Which surface a text comes from; the form that it fits best where it is one. Looks, and reads nothing."""
    start = text.lstrip()
    if re.match(r"https?://|[?&]?(\S*&)?(access_token|custom_design)=", start):
        return "url"
    if '"plugnmeet_design"' in start:
        return "file"
    if _NAME in text or _OLD_NAME in text:
        return "config"
    if start.startswith(("%7B", "%7b")) or _looks_like_json(start):
        return "link"
    if start.startswith(("{", "//", "/*", "window.")):
        return "config"
    return _form(text)


def _looks_like_json(start: str) -> bool:
    return bool(re.match(r'\{\s*(["}])', start)) and not re.search(r"//\s|/\*|'", start)


def _form(text: str) -> Surface:
    """The form whose names these are; the first of those that fit equally well."""
    names = {line.partition("=")[0].strip() for line in text.split("\n")}
    marks: tuple[tuple[Surface, str], ...] = (
        ("moodle", "customLogo"),
        ("wordpress", "logo"),
        ("joomla", "design_logo"),
    )
    for form, mark in marks:
        if mark in names:
            return form
    return "lti" if names & {*SENT_BY_LTI, "custom_logo"} else "moodle"


def read(text: str, surface: Surface) -> Written:
    """What a text of this surface says. Raises `InvalidValue` for the field `design`, and never repeats the text."""
    readers: dict[str, Callable[[str], Written]] = {
        "link": _read_link,
        "url": _read_url,
        "config": _read_config,
        "file": _read_file,
    }
    return readers.get(surface, _read_form)(text)


def _read_link(text: str) -> Written:
    text = text.strip()
    pairs = _object(unquoted(text) if re.match(r"%7b", text, re.IGNORECASE) else text)
    if not pairs and text != "{}":
        return Written(pairs, (Note(tr("This design sets nothing, and switches the server's own design off.")),))
    return Written(pairs)


def _read_url(text: str) -> Written:
    """The first `custom_design` of the address, as a browser reads it; everything else is dropped unread."""
    address, cut, _ = text.strip().partition("#")
    query = address.partition("?")[2] or address.lstrip("?&")
    parts = [part.partition("=") for part in query.split("&")]
    designs = [value for name, _, value in parts if name == "custom_design"]
    if not designs:
        raise InvalidValue("design", tr("There is no design in this address (custom_design is missing)."))
    notes = []
    if "access_token" in text:
        notes.append(Note(tr("The address held a key to a meeting (access_token). It was dropped; do not share it.")))
    try:
        return Written(_object(unquoted(designs[0].replace("+", " "))) if designs[0] else {}, tuple(notes))
    except InvalidValue:
        if cut:
            raise InvalidValue(
                "design", tr("The design in this address is cut off at a “#”, which must be written as %23.")
            ) from None
        raise


def _read_file(text: str) -> Written:
    content = _object(text)
    if "plugnmeet_design" not in content:
        return Written(content)
    version, name, values = content["plugnmeet_design"], content.get("name", ""), content.get("values")
    if version != _VERSION or isinstance(version, bool):
        raise InvalidValue("design", tr("This file was written by a newer version of this program."))
    if not isinstance(values, dict) or not isinstance(name, str):
        raise InvalidValue("design", tr("This design file is incomplete: it needs “values” with the parameters."))
    return Written(values, name=name)


def _read_form(text: str) -> Written:
    pairs: dict[str, str] = {}
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        name, equals, value = line.partition("=")
        path = _FORM_NAMES.get(name.strip(), name.strip())
        if not equals:
            raise InvalidValue("design", tr("Line {line} is not written as name = value."), line=number)
        if path in pairs:
            raise InvalidValue("design", tr("Line {line} sets a field that is set before."), line=number)
        pairs[path] = value.strip()
    return Written(pairs)


def _read_config(text: str) -> Written:
    script, comments = tokens(text)
    value = _assigned(script, _NAME)
    value = _assigned(script, _OLD_NAME) if value is None else value
    logo = next((found for name in _LOGO_NAMES if (found := _assigned(script, name)) is not None), None)
    if value is None and script and script[0].text == "{" and _is_bare(script):
        value = literal(script, 0)
    if value is None and logo is None:
        if any(_NAME in comment or _OLD_NAME in comment for comment in comments):
            raise InvalidValue("design", tr("The design stands in a comment, where it has no effect. Uncomment it."))
        raise InvalidValue("design", tr("There is no design here (designCustomization is missing)."))
    pairs = _object(value) if isinstance(value, str) else {} if value is None else value
    if not isinstance(pairs, dict):
        raise InvalidValue("design", tr("The design must be an object with the parameters."))
    return _with_logo(pairs, logo)


def _assigned(script: list[Token], name: str) -> Literal:
    """The value last given to a property or variable of this name; copies of other variables do not count."""
    value: Literal = None
    for place, token in enumerate(script):
        if token.text == name and token.sort != "mark":
            following = [after.text for after in script[place + 1 : place + 4]] + [""] * 3
            ahead = 2 if following[0] in (":", "=") else 3 if following[:2] == ["]", "="] else 0
            if ahead and following[ahead - 1] != "window":
                value = literal(script, place + ahead)
    return value


def _is_bare(script: list[Token]) -> bool:
    """Whether this is an object of parameters and not of the whole configuration."""
    return not any(token.text == "serverUrl" for token in script)


def _with_logo(pairs: Mapping[str, Any], logo: Literal) -> Written:
    """`config.js` may name the logo beside the design, one for each theme; a design has one for both."""
    if isinstance(logo, dict):
        light, dark = logo.get("main_logo_light"), logo.get("main_logo_dark")
        chosen, other = (light, dark) if light else (dark, light)
        two = bool(other) and other != chosen
    else:
        chosen, two = logo, False
    if not chosen or pairs.get("custom_logo"):
        return Written(pairs)
    note = (
        Note(tr("The dark theme's logo was left out: a design has one logo for light and dark."))
        if two
        else Note(tr("The logo was read from customLogo."))
    )
    return Written({**pairs, "custom_logo": chosen}, (note,))


def unquoted(text: str) -> str:
    """Percent-decoded, as UTF-8 and nothing else."""
    try:
        return unquote(text, errors="strict")
    except UnicodeDecodeError:
        raise InvalidValue("design", tr("The percent signs in this design do not give correct text.")) from None


def _object(text: str) -> dict[str, Any]:
    """One JSON object, each name once. The fault says where, and repeats nothing."""
    try:
        content = json.loads(text, object_pairs_hook=_each_once, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        raise InvalidValue("design", tr("This is not correct JSON (line {line}, column {column})."), line=error.lineno,
                           column=error.colno) from None  # fmt: skip
    except (ValueError, RecursionError):
        raise InvalidValue("design", tr("This is not correct JSON.")) from None
    if not isinstance(content, dict):
        raise InvalidValue("design", tr("The design must be an object with the parameters."))
    return content


def _each_once(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, value in pairs:
        if name in values:
            raise InvalidValue("design", tr("The name “{name}” appears twice."), name=name[:32])
        values[name] = value
    return values


def _refuse(name: str) -> float:
    raise ValueError(name)
