"""Reads an answer's JSON strictly: what is missing or of another kind is never guessed."""

import json
import math
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Self

from .texts import tr


class Odd(ValueError):
    """The answer cannot be understood; the text says why, as the end of a sentence."""


def odd_value(name: str) -> Odd:
    """The fault for a value that is not there, or not as it must be; `name` is its place, such as `room.sid`."""
    return Odd(tr("“{name}” is missing or wrong").format(name=name))


class Reader:
    """One object of an answer. Each method reads a key and raises `Odd` for a value of another kind.

    Unset values are absent or null in the protocol's JSON: without `required` they read as empty, 0 or false.
    """

    def __init__(self, values: object, place: str = "") -> None:
        if not isinstance(values, dict):
            raise odd_value(place) if place else Odd(tr("the data is not a JSON object"))
        self._values: dict[str, Any] = values
        self._place = place

    @classmethod
    def of(cls, body: bytes) -> Self:
        """Read JSON: UTF-8 without a mark in front, each key once, only finite numbers, only whole characters."""
        return cls(_parse(body))

    def text(self, key: str, *, required: bool = False) -> str:
        value = self._get(key, required)
        if value is not None and not isinstance(value, str):
            raise self._odd(key)
        if required and not value:
            raise self._odd(key)
        return value or ""

    def whole(self, key: str) -> int:
        """A whole number; 64-bit ones come as text."""
        value = self._get(key)
        if isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,20}", value):
            return int(value)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
            raise self._odd(key)
        return value or 0

    def flag(self, key: str, *, required: bool = False) -> bool:
        value = self._get(key, required)
        if value is not None and not isinstance(value, bool):
            raise self._odd(key)
        return value or False

    def mark(self, key: str) -> bool:
        """What the protocol writes as 1 or 0, and its documentation as true or false."""
        return self.flag(key) if isinstance(self._get(key), bool) else self.whole(key) != 0

    def moment(self, key: str) -> datetime:
        """A date and time as in RFC 3339."""
        try:
            return datetime.fromisoformat(self.text(key, required=True))
        except ValueError:
            raise self._odd(key) from None

    def texts(self, key: str) -> tuple[str, ...]:
        value = self._get(key) or []
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self._odd(key)
        return tuple(value)

    def part(self, key: str) -> "Reader":
        """An object inside this one, which must be there."""
        return Reader(self._get(key, required=True), self._path(key))

    def parts(self, key: str) -> "tuple[Reader, ...]":
        value = self._get(key) or []
        if not isinstance(value, list):
            raise self._odd(key)
        return tuple(Reader(item, self._path(key)) for item in value)

    def part_or_empty(self, key: str) -> "Reader":
        """An object inside this one; an empty one if it is missing."""
        return Reader(self._get(key) or {}, self._path(key))

    def names(self) -> tuple[str, ...]:
        return tuple(self._values)

    def entries(self) -> "Iterator[tuple[str, Reader]]":
        """All keys whose value is an object, with it; others are left out."""
        return ((key, Reader(item, self._path(key))) for key, item in self._values.items() if isinstance(item, dict))

    def _get(self, key: str, required: bool = False) -> Any:  # noqa: ANN401 - JSON is what it is
        value = self._values.get(key)
        if value is None and required:
            raise self._odd(key)
        return value

    def _odd(self, key: str) -> Odd:
        return odd_value(self._path(key))

    def _path(self, key: str) -> str:
        return f"{self._place}.{key}".lstrip(".")


def _parse(body: bytes) -> object:
    try:
        data = json.loads(body.decode(), parse_constant=_refuse, parse_float=_finite, object_pairs_hook=_each_once)
        if b"\\u" in body:
            json.dumps(data, ensure_ascii=False).encode()  # fails for half of a surrogate pair
    except RecursionError:
        pass
    except ValueError:  # among them: wrong UTF-8, and numbers of more than 4,300 digits
        pass
    else:
        return data
    raise Odd(tr("the data is not correct JSON"))


def _refuse(name: str) -> float:
    raise ValueError(name)


def _finite(text: str) -> float:
    if not math.isfinite(number := float(text)):
        raise ValueError(text)
    return number


def _each_once(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key, value in pairs:
        if key in values:
            raise ValueError(key)
        values[key] = value
    return values
