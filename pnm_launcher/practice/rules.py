"""The server's rules for values, and its sentences for the broken ones (those of protovalidate v1.3)."""

import ipaddress
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import unquote_to_bytes

from .protocol import Field, Message, Value

_ROOM_ID: Final = "this.matches('^[a-zA-Z0-9-_]+$')"
_PCT: Final = "%[0-9A-Fa-f]{2}"
_FREE: Final = "A-Za-z0-9._~!$&'()*+,;="
_PATH_CHAR: Final = rf"(?:[{_FREE}:@-]|{_PCT})"
_URI: Final = re.compile(
    rf"[A-Za-z][A-Za-z0-9+.-]*:"
    rf"(?://(?:(?:[{_FREE}:-]|{_PCT})*@)?(?:\[(?P<literal>[^\]]*)\]|(?P<host>(?:[{_FREE}-]|{_PCT})*))(?::[0-9]*)?(?:/{_PATH_CHAR}*)*"
    rf"|/(?:{_PATH_CHAR}+(?:/{_PATH_CHAR}*)*)?|{_PATH_CHAR}+(?:/{_PATH_CHAR}*)*|)"
    rf"(?:\?(?:{_PATH_CHAR}|[/?])*)?(?:#(?:{_PATH_CHAR}|[/?])*)?"
)


def broken_rules(values: Mapping[str, Any], message: Message, above: str = "") -> Iterator[tuple[str, str]]:
    """Each broken rule as the field's path and the sentence, in the protocol's order."""
    for field in message.fields:
        path = above + field.name
        value = values.get(field.name, field.zero)
        populated = field.name in values
        if "required" in field.rules and not (populated and value != ""):
            yield path, "value is required"
        elif populated or not field.keeps_zero:
            yield from ((path, sentence) for rule in field.rules if (sentence := _broken(rule, field, value)))
        if field.message is not None and populated:
            yield from broken_rules(value, field.message, path + ".")


def refusal_text(broken: list[tuple[str, str]]) -> str:
    """The `msg` for broken rules: one line for one of them, a list for several."""
    lines = [f"{path}: {sentence}" for path, sentence in broken]
    if len(lines) == 1:
        return f"validation error: {lines[0]}"
    return "\n - ".join(["validation errors:", *lines])


def _broken(rule: str, field: Field, value: Value) -> str | None:
    """The sentence for a broken rule, None for a kept one; `required` is not asked here."""
    if rule == "uri":
        if value == "":
            return "value is empty, which is not a valid URI"
        return None if _is_uri(value) else "must be a valid URI"
    if rule == _ROOM_ID:
        fits = re.fullmatch("[a-zA-Z0-9_-]+", value)
        return None if fits else "room_id should only contain letters (a-z A-Z), digits (0-9) or -_"
    if rule == "> 0":
        return None if value > 0 else "must be greater than 0"
    if not value or rule == "required":
        return None
    empty = "must contain no more than 0 item(s)" if field.repeated else f"{field.name} should not contain any value"
    return {"must-be-false": "must equal false", "must-be-0": "must equal 0", "must-be-empty": empty}[rule]


def _is_uri(text: str) -> bool:
    """Whether a text is an absolute URI by RFC 3986, with a host that is UTF-8."""
    found = _URI.fullmatch(text)
    if found is None:
        return False
    if found["literal"] is not None:
        return _is_address(found["literal"])
    try:
        unquote_to_bytes(found["host"] or "").decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_address(literal: str) -> bool:
    if re.fullmatch(rf"[vV][0-9A-Fa-f]+\.[{_FREE}:-]+", literal):
        return True
    address, zone, name = literal.partition("%25")
    try:
        ipaddress.IPv6Address(address)
    except ValueError:
        return False
    return "%" not in address and (not zone or re.fullmatch(rf"(?:[A-Za-z0-9._~-]|{_PCT})+", name) is not None)
