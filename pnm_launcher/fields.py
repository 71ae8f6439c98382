"""What a field is, and what a table of fields can do: check values and build the JSON body. Knows nothing of Qt."""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from .errors import InvalidValue, UnknownField
from .kinds import Kind
from .texts import tr
from .values import Value, Values

_NEEDED: Final = tr("This is needed.")


@dataclass(frozen=True, slots=True)
class Field:
    """One row of the table. `path` is its place in the JSON body and its name everywhere.

    `default` None means: left out unless set, and the server decides. Any other default is always sent, because a
    plain protocol boolean that is missing reads as false on some servers.
    """

    path: str
    label: str
    kind: Kind
    default: Value | None = None
    required: bool = False
    help: str = ""

    def parse(self, text: str) -> Value:
        """The value of a text that a person typed; raises `InvalidValue`."""
        if self.required and not text:
            raise InvalidValue(self.path, _NEEDED)
        return self.kind.parse(text, self.path)


@dataclass(frozen=True, slots=True)
class Section:
    """Rows that belong together, under one heading."""

    title: str
    fields: tuple[Field, ...]
    help: str = ""

    @classmethod
    def at(cls, prefix: str, title: str, *fields: Field, help: str = "") -> "Section":
        """Place rows below a JSON path, so that the ten locks can stand in two places."""
        placed = tuple(replace(row, path=f"{prefix}.{row.path}" if prefix else row.path) for row in fields)
        return cls(title, placed, help)


@dataclass(frozen=True)
class Schema:
    """A table: `name` prefixes its paths where several tables meet (`join.room_id`)."""

    name: str
    sections: tuple[Section, ...]
    _by_path: dict[str, Field] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_path", {row.path: row for row in self})

    def __iter__(self) -> Iterator[Field]:
        return (row for section in self.sections for row in section.fields)

    def __contains__(self, path: object) -> bool:
        return path in self._by_path

    def field(self, path: str) -> Field:
        """The row at a path; raises `UnknownField` with the nearest path."""
        if path in self._by_path:
            return self._by_path[path]
        raise UnknownField(path=path, nearest=difflib.get_close_matches(path, self._by_path, 1, 0.0)[0])

    def problems(self, values: Values) -> tuple[InvalidValue, ...]:
        """What is wrong with these values, in the table's order; unknown paths are ignored, as they are never sent."""
        return tuple(problem for row in self if (problem := self._problem(row, values.get(row.path))))

    @staticmethod
    def _problem(row: Field, value: Value | None) -> InvalidValue | None:
        if row.required and value in (None, ""):
            return InvalidValue(row.path, _NEEDED)
        if value is None:
            return None
        try:
            row.kind.check(value, row.path)
        except InvalidValue as problem:
            return problem
        return None

    def payload(self, values: Values) -> dict[str, Any]:
        """The JSON body: set values and always-sent defaults, nested along their paths. Keys keep the table's order."""
        body: dict[str, Any] = {}
        for row in self:
            value = values.get(row.path, row.default)
            if value is None:
                continue
            *parents, name = row.path.split(".")
            place = body
            for parent in parents:
                place = place.setdefault(parent, {})
            place[name] = _to_json(value)
        return body


def _to_json(value: Value) -> Any:  # noqa: ANN401 - JSON is what it is
    if isinstance(value, tuple):
        return list(value)
    return dict(value) if isinstance(value, Mapping) else value
