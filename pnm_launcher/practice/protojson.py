"""The JSON form of protocol messages: read as protobuf-go reads it, written with every field and protocol names."""

import json
import re
from collections.abc import Mapping
from typing import Any, Final

from .protocol import Field, Message, Value, Values
from .scanner import Malformed, Scanner, Token

_NUMBER: Final = re.compile(r"(-?)(\d+)(?:\.(\d+))?(?:[eE]([-+]?\d*))?")
_RANGES: Final = {
    "int32": range(-(2**31), 2**31),
    "int64": range(-(2**63), 2**63),
    "uint32": range(2**32),
    "uint64": range(2**64),
}
_MOST_DIGITS: Final = 20
"""A 64-bit number has at most that many; longer ones are refused before they are computed."""


def read(body: bytes, message: Message) -> Values:
    """The populated fields of a body; raises `Malformed`. Unknown fields and enum names are ignored."""
    scanner = Scanner(body)
    values = _read_message(scanner, message)
    token = scanner.read()
    if token.kind != "end":
        raise scanner.unexpected(token)
    return values


def _read_message(scanner: Scanner, message: Message) -> Values:
    _expect(scanner, "{")
    values: Values = {}
    seen: set[str] = set()
    while (token := scanner.read()).kind != "}":
        if token.kind != "name":
            raise scanner.unexpected(token)
        field = message.by_name.get(token.value)
        if field is None:
            _skip_value(scanner)
            continue
        if field.name in seen:
            raise scanner.fault(token.start, f"duplicate field {token.raw}")
        seen.add(field.name)
        if scanner.peek().kind == "null":
            scanner.read()
            continue
        value = _read_field(scanner, field)
        if value is not None and (field.keeps_zero or value != field.zero):
            values[field.name] = value
    return values


def _read_field(scanner: Scanner, field: Field) -> Value:
    if field.message is not None:
        return _read_message(scanner, field.message)
    if field.kind == "map":
        return _read_map(scanner)
    if not field.repeated:
        return _read_scalar(scanner, field)
    _expect(scanner, "[")
    items = []
    while scanner.peek().kind != "]":
        items.append(_read_scalar(scanner, field))
    scanner.read()
    return items


def _read_map(scanner: Scanner) -> dict[str, str]:
    _expect(scanner, "{")
    entries: dict[str, str] = {}
    while (token := scanner.read()).kind != "}":
        if token.kind != "name":
            raise scanner.unexpected(token)
        if token.value in entries:
            raise scanner.fault(token.start, f"duplicate map key {token.raw}")
        entries[token.value] = _read_scalar(scanner, Field("value", "string"))
    return entries


def _read_scalar(scanner: Scanner, field: Field) -> Value:
    """A bool, text or number; None for an enum name that the protocol does not have."""
    token = scanner.read()
    if field.kind == "bool" and token.kind == "bool":
        return token.raw == "true"
    if field.kind == "string" and token.kind == "string":
        return token.value
    if field.kind == "enum" and token.kind == "string":
        return field.symbols.index(token.value) if token.value in field.symbols else None
    number = _number(token, quoted=field.kind != "enum")
    if number is not None and number in _RANGES.get("int32" if field.kind == "enum" else field.kind, ()):
        return number
    raise scanner.fault(token.start, f"invalid value for {field.kind} field {field.json_name}: {token.raw}")


def _number(token: Token, *, quoted: bool) -> int | None:
    """The whole number that a token stands for (`10`, `10.0`, `1e1`, and quoted where allowed), or None."""
    text = token.raw if token.kind == "number" else ""
    if token.kind == "string" and quoted and _is_number(token.value):
        text = token.value
    parts = _NUMBER.fullmatch(text)
    if parts is None or parts[4] in ("+", "-"):
        return None
    sign, whole, fraction, exponent = parts.groups("")
    digits = (whole + fraction).lstrip("0").rstrip("0") or "0"
    trailing = len(whole + fraction) - len((whole + fraction).rstrip("0"))
    if digits == "0" or len(exponent) > _MOST_DIGITS:
        return 0 if digits == "0" else None
    shift = int(exponent or 0) - len(fraction) + trailing
    return int(sign + digits + "0" * shift) if 0 <= shift <= _MOST_DIGITS - len(digits) else None


def _is_number(text: str) -> bool:
    try:
        token = Scanner(text.encode()).read()
    except Malformed:
        return False
    return token.kind == "number" and token.raw == text


def _skip_value(scanner: Scanner) -> None:
    depth = 0
    while True:
        kind = scanner.read().kind
        depth += {"{": 1, "[": 1, "}": -1, "]": -1}.get(kind, 0)
        if depth == 0:
            return


def _expect(scanner: Scanner, kind: str) -> None:
    token = scanner.read()
    if token.kind != kind:
        raise scanner.unexpected(token)


def emitted(values: Mapping[str, Any], message: Message) -> dict[str, Any]:
    """All fields in the protocol's order: unset optional ones absent, unset messages null, 64-bit numbers as text."""
    shown: dict[str, Any] = {}
    for field in message.fields:
        if field.optional and field.name not in values:
            continue
        shown[field.name] = _emitted_value(values.get(field.name, field.zero), field)
    return shown


def _emitted_value(value: Value, field: Field) -> Value:
    if field.message is not None:
        return None if value is None else emitted(value, field.message)
    if field.kind in ("int64", "uint64"):
        return str(value)
    if field.kind == "enum":
        return field.symbols[value] if value in range(len(field.symbols)) else value
    return value


def text(answer: Mapping[str, Any]) -> str:
    """Compact JSON in the order of the mapping, in UTF-8 characters."""
    return json.dumps(answer, separators=(",", ":"), ensure_ascii=False)


def merge(below: Mapping[str, Any], above: Mapping[str, Any], message: Message) -> Values:
    """Values laid over others as `proto.Merge` does it: what is not populated above stays as it is below.

    So a plain `false` never switches off what is `true` below; an `optional` one does. Nothing is shared with either.
    """
    merged: Values = {}
    for field in message.fields:
        if field.name in below or field.name in above:
            merged[field.name] = _merged_value(below.get(field.name), above.get(field.name), field)
    return merged


def _merged_value(lower: Value, upper: Value, field: Field) -> Value:
    if field.message is not None:
        return merge(lower or {}, upper or {}, field.message)
    if field.repeated:
        return [*(lower or ()), *(upper or ())]
    if field.kind == "map":
        return {**(lower or {}), **(upper or {})}
    return lower if upper is None else upper
