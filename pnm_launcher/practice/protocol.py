"""The protocol's messages as the practice server knows them, read from a description of its own.

It is independent of `schema`, so that the practice server can catch what the form's table gets wrong.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Final, Literal, TypeAlias

from pnm_launcher.paths import resource

Kind = Literal["bool", "string", "int32", "uint32", "int64", "uint64", "enum", "map", "message"]
Value: TypeAlias = Any
"""Numbers as int, enums as their number, repeated fields as list, messages and maps as dict."""
Values = dict[str, Value]
"""A message's populated fields, by their names in the protocol."""

_REQUIRED: Final = {"user_info", "metadata", "metadata.room_features"}
_OTHERS: Final[Mapping[str, Iterable[Mapping[str, Any]]]] = {
    "roomOnly": [{"path": "room_id", "type": "string", "rules": ["required"]}],
    "fetchPastRooms": [
        {"path": "room_ids", "type": "[string]"},
        {"path": "from", "type": "uint32"},
        {"path": "limit", "type": "uint32"},
        {"path": "order_by", "type": "string"},
    ],
}


@dataclass(frozen=True)
class Field:
    """One field. `optional` fields differ between unset and zero; the other scalars do not."""

    name: str
    kind: Kind
    repeated: bool = False
    optional: bool = False
    rules: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()
    message: "Message | None" = None

    @cached_property
    def json_name(self) -> str:
        first, *rest = self.name.split("_")
        return first + "".join(word[:1].upper() + word[1:] for word in rest)

    @property
    def keeps_zero(self) -> bool:
        return self.optional or self.kind == "message"

    @property
    def zero(self) -> Value:
        """The value of the field when it is not populated; None for a message."""
        if self.repeated:
            return []
        zeros: dict[Kind, Value] = {"bool": False, "string": "", "map": {}, "message": None}
        return zeros.get(self.kind, 0)


@dataclass(frozen=True)
class Message:
    fields: tuple[Field, ...]

    @cached_property
    def by_name(self) -> Mapping[str, Field]:
        """Fields by both of the names that JSON may use."""
        names = {field.name: field for field in self.fields}
        return names | {field.json_name: field for field in self.fields}

    def at(self, path: str) -> "Message":
        """The message at a dotted path below this one."""
        message = self
        for name in path.split("."):
            inner = message.by_name[name].message
            if inner is None:
                raise KeyError(path)
            message = inner
        return message


@lru_cache(maxsize=1)
def requests() -> Mapping[str, Message]:
    """The messages of the calls: `getJoinToken`, `create`, `fetchPastRooms`, and `roomOnly` for all others."""
    described = json.loads(resource("practice/upstream-fields.json").read_text("utf-8"))
    rows = {call: described[call] for call in ("getJoinToken", "create")} | dict(_OTHERS)
    return {call: _message(rows[call], "") for call in rows}


def _message(rows: Iterable[Mapping[str, Any]], above: str) -> Message:
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        groups.setdefault(str(row["path"]).removeprefix(above).split(".")[0], []).append(row)
    return Message(tuple(_field(name, group, above) for name, group in groups.items()))


def _field(name: str, group: list[Mapping[str, Any]], above: str) -> Field:
    path, row = above + name, group[0]
    if row["path"] != path:
        return Field(
            name, "message", rules=("required",) if path in _REQUIRED else (), message=_message(group, path + ".")
        )
    kind = str(row["type"])
    symbols = tuple(kind.removeprefix("enum ").split("|")) if kind.startswith("enum ") else ()
    plain = "enum" if symbols else "map" if kind.startswith("map<") else kind.strip("[]")
    return Field(
        name,
        plain,  # type: ignore[arg-type]  # the description is the program's own file
        repeated=kind.startswith("["),
        optional=bool(row.get("optional")) and plain != "map",
        rules=tuple(row.get("rules", ())),
        symbols=symbols,
    )
