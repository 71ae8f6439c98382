"""The text of the meetings file: a `Book` as JSON and back.

What this version cannot read is kept in `other` and written back: keys of a newer version, broken entries, values no
kind can hold. Only what looks like a secret is left out, because a secret belongs into the keyring.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final, TypeVar, get_args

from .address import parse_address
from .errors import InvalidValue
from .matrix_saved import MatrixAccount, read_account, read_room, unknown_of_account, write_account, write_room
from .meetings import PRACTICE, Book, Design, DesignVersion, Meeting, Opener, Server
from .saved_json import parse
from .values import Values, to_value

VERSION: Final = 1
_SECRET: Final = re.compile(r"secret|passw|token", re.IGNORECASE)
_TABLES: Final = ("join", "create", "design")
_OF_SERVER: Final = ("id", "name", "address", "api_key", "page", "ca_file")
_OF_MEETING: Final = ("id", "title", "server", *_TABLES, "pinned", "opener", "matrix")
_OF_DESIGN: Final = ("id", "name", "values", "note", "saved", "versions")
_OF_VERSION: Final = ("saved", "values", "note")
_LISTS: Final = ("servers", "meetings", "designs", "matrix_accounts")
_T = TypeVar("_T", Server, Meeting, Design, MatrixAccount)


class NewerBook(Exception):
    """A newer version of this program wrote it."""


def encode(book: Book) -> bytes:
    """The file's content: UTF-8, indented, in the book's order, without what is at its default."""
    content: dict[str, Any] = {
        "version": VERSION,
        "servers": [_from_server(server) for server in book.servers if server.id != PRACTICE],
        "meetings": [_from_meeting(meeting) for meeting in book.meetings],
    }
    if book.designs:
        content["designs"] = [_from_design(design) for design in book.designs]
    if book.matrix_accounts:
        content["matrix_accounts"] = [write_account(account) for account in book.matrix_accounts]
    for name, rest in book.other.items():
        if name in _LISTS:
            content[name] = content.get(name, []) + rest
        else:
            content.setdefault(name, rest)
    text = json.dumps(content, ensure_ascii=False, indent=2, default=dict)
    return text.encode("utf-8", "backslashreplace") + b"\n"  # a lone surrogate becomes \udc80, as JSON writes it


def decode(data: bytes) -> tuple[Book, int]:
    """A book, and how many parts of it could not be read. Raises `NotABook` or `NewerBook`.

    The same bytes always give the same book: an entry without a usable id gets one from its place.
    """
    content = parse(data)
    version = content.get("version")
    if isinstance(version, int | float) and version > VERSION:
        raise NewerBook
    reader = _Reader()
    servers = tuple(reader.readable(content, "servers", reader.server))
    meetings = tuple(reader.readable(content, "meetings", reader.meeting))
    designs = tuple(reader.readable(content, "designs", reader.design))
    accounts = tuple(reader.readable(content, "matrix_accounts", reader.matrix_account))
    other = _unknown(content, ("version", *_LISTS)) | reader.aside
    return Book(servers, meetings, designs, other, accounts), reader.unread


class _Reader:
    """Reads entry by entry, puts the broken ones aside, and never gives an id twice."""

    def __init__(self) -> None:
        self.aside: dict[str, list[Any]] = {}
        self.unread = 0
        self._ids: set[tuple[str, str]] = set()

    def readable(self, content: dict[str, Any], sort: str, read: Callable[[Any], _T | None]) -> Iterator[_T]:
        raws = content.get(sort) or []
        for raw in raws if isinstance(raws, list) else [raws]:
            entry = read(raw)
            if entry:
                yield entry
            else:
                self.unread += 1
                self.aside.setdefault(sort, []).append(_without_secrets(raw))

    def server(self, raw: Any) -> Server | None:  # noqa: ANN401 - JSON is what it is
        if not isinstance(raw, dict) or not all(isinstance(raw.get(name, ""), str) for name in _OF_SERVER):
            return None
        values = {name: raw.get(name, "") for name in _OF_SERVER}
        try:
            values["address"] = str(parse_address(values["address"]))
            values["page"] = str(parse_address(values["page"])) if values["page"] else ""
        except InvalidValue:
            return None
        if values["id"] == PRACTICE:
            return None
        values["id"] = self._id("server", values["id"])
        return Server(**values, other=_unknown(raw, _OF_SERVER))

    def meeting(self, raw: Any) -> Meeting | None:  # noqa: ANN401
        if not isinstance(raw, dict):
            return None
        other = _unknown(raw, _OF_MEETING)
        tables = {name: self._values(raw, name, name, other) for name in _TABLES}
        pinned, opener = raw.get("pinned", False), raw.get("opener", "window")
        if not isinstance(pinned, bool):
            other["pinned"], pinned = pinned, False
        if opener not in get_args(Opener):
            other["opener"], opener = opener, "window"
        matrix = read_room(raw.get("matrix"))
        if not matrix and "matrix" in raw:
            other["matrix"] = _without_secrets(raw["matrix"])
        title, server = (_text(raw.get(name, "")) for name in ("title", "server"))
        return Meeting(self._id("meeting", raw.get("id")), title, server, **tables,
                       pinned=pinned, opener=opener, other=other, matrix=matrix)  # fmt: skip

    def matrix_account(self, raw: Any) -> MatrixAccount | None:  # noqa: ANN401
        account = read_account(raw)
        if not account:
            return None
        other = _without_secrets(unknown_of_account(raw))
        return replace(account, id=self._id("account", account.id), other=other)

    def design(self, raw: Any) -> Design | None:  # noqa: ANN401
        if not isinstance(raw, dict):
            return None
        other = _unknown(raw, _OF_DESIGN)
        values = self._values(raw, "values", "design", other)
        name, note, saved = (_text(raw.get(key, "")) for key in ("name", "note", "saved"))
        versions = tuple(self._versions(raw, other))
        return Design(self._id("design", raw.get("id")), name, values, note, saved, versions, other)

    def _versions(self, raw: dict[str, Any], others: dict[str, Any]) -> Iterator[DesignVersion]:
        listed = raw.get("versions") or []
        for entry in listed if isinstance(listed, list) else [listed]:
            if isinstance(entry, dict):
                other = _unknown(entry, _OF_VERSION)
                values = self._values(entry, "values", "design", other)
                yield DesignVersion(_text(entry.get("saved", "")), values, _text(entry.get("note", "")), other)
            else:
                self.unread += 1
                others.setdefault("versions", []).append(_without_secrets(entry))

    def _values(self, raw: dict[str, Any], name: str, kind: str, other: dict[str, Any]) -> Values:
        """The values at `name`, which are of the table `kind`. Where no kind of value could hold one it becomes its
        text, so that the form shows the problem; but those of fields that this version does not know are kept as they
        are."""
        table = raw.get(name, {})
        if not isinstance(table, dict):
            self.unread += 1
            other[name] = _without_secrets(table)
            return {}
        table = {path: item for path, item in table.items() if not _SECRET.search(path)}
        values = {path: value for path, item in table.items() if (value := to_value(item)) is not None}
        odd = {path: item for path, item in table.items() if path not in values}
        known = _known(kind, odd)
        if rest := {path: _without_secrets(item) for path, item in odd.items() if path not in known}:
            other[name] = rest
        return values | {path: _text(odd[path]) for path in known if odd[path] is not None}

    def _id(self, sort: str, raw: object) -> str:
        wanted = raw if isinstance(raw, str) and raw else f"{sort}-{len(self._ids) + 1}"
        free, number = wanted, 1
        while (sort, free) in self._ids:
            number += 1
            free = f"{wanted}-{number}"
        self._ids.add((sort, free))
        return free


def _known(table: str, paths: Iterable[str]) -> set[str]:
    """Those of the paths that are in the table of fields."""
    if not paths:
        return set()
    from .schema import CREATE, DESIGN, JOIN  # the whole table, which a file without odd values does not need

    schema = {"join": JOIN, "create": CREATE, "design": DESIGN}[table]
    return {path for path in paths if path in schema}


def _unknown(raw: dict[str, Any], known: tuple[str, ...]) -> dict[str, Any]:
    other: dict[str, Any] = _without_secrets({name: item for name, item in raw.items() if name not in known})
    return other


def _without_secrets(raw: Any) -> Any:  # noqa: ANN401 - JSON is what it is
    if isinstance(raw, dict):
        return {name: _without_secrets(item) for name, item in raw.items() if not _SECRET.search(name)}
    return [_without_secrets(item) for item in raw] if isinstance(raw, list) else raw


def _text(raw: object) -> str:
    return raw if isinstance(raw, str) else json.dumps(raw, ensure_ascii=False)


def _from_server(server: Server) -> dict[str, Any]:
    values = {name: getattr(server, name) for name in _OF_SERVER}
    sparse = {name: text for name, text in values.items() if text or name not in ("page", "ca_file")}
    return sparse | {name: rest for name, rest in server.other.items() if name not in sparse}


def _from_meeting(meeting: Meeting) -> dict[str, Any]:
    content: dict[str, Any] = {"id": meeting.id, "title": meeting.title, "server": meeting.server}
    for name in _TABLES:
        table = _table(getattr(meeting, name), meeting.other.get(name, {}))
        if table or name == "join":
            content[name] = table
    if meeting.pinned:
        content["pinned"] = True
    if meeting.opener != "window":
        content["opener"] = meeting.opener
    if meeting.matrix:
        content["matrix"] = write_room(meeting.matrix)
    return content | {name: rest for name, rest in meeting.other.items() if name not in content}


def _from_design(design: Design) -> dict[str, Any]:
    content: dict[str, Any] = {"id": design.id, "name": design.name}
    content |= _state(design)
    versions = [_state(version) | _rest(version) for version in design.versions]
    if versions := versions + list(design.other.get("versions", ())):
        content["versions"] = versions
    return content | {name: rest for name, rest in design.other.items() if name not in content}


def _state(design: Design | DesignVersion) -> dict[str, Any]:
    texts = {name: text for name in ("saved", "note") if (text := getattr(design, name))}
    return {**texts, "values": _table(design.values, design.other.get("values", {}))}


def _rest(version: DesignVersion) -> dict[str, Any]:
    return {name: rest for name, rest in version.other.items() if name not in _OF_VERSION}


def _table(values: Values, rest: object) -> object:
    """Values with those that this version could not read."""
    return {**rest, **values} if isinstance(rest, Mapping) else values or rest
