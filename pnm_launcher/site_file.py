"""What an organisation presets for everyone on a computer: a file that only its administrator can write.

Servers, meetings and designs of the file are in everybody's list; what the file says of them is put back whenever it
was changed, and the rest belongs to the user. Values under `fixed` hold for every meeting. The file never holds a
secret: each user keeps that in the own keyring. See `docs/managed.md`.
"""

import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, Final

from .address import parse_address
from .errors import InvalidValue, LauncherError
from .fields import Schema
from .meetings import PRACTICE, Book, Design, Meeting, Server
from .paths import APP
from .schema import CREATE, DESIGN, JOIN
from .texts import plain, tr
from .values import Value, Values, to_value

LARGEST: Final = 1024 * 1024
"""Bytes."""
_FORMAT: Final = "pnm-launcher site"
_VERSION: Final = 1
_KEYS: Final = ("format", "version", "servers", "meetings", "designs", "fixed", "updates")
_OF_SERVER: Final = ("id", "name", "address", "api_key", "page", "ca_file")
_OF_MEETING: Final = ("id", "title", "server", "join", "create", "design")
_OF_DESIGN: Final = ("id", "name", "values")
_OWN: Final = ("user_info.name", "user_info.user_id")
_TABLES: Final = {"join": JOIN, "create": CREATE, "design": DESIGN}


class SiteFileRefused(LauncherError):
    sentence = tr("The settings of your organisation cannot be used: {reason}")
    hint = tr("Show this to your administrator. The file is {path}; the program goes on without it.")
    exit_code = 2


@dataclass(frozen=True, slots=True)
class Site:
    """The file, checked. Ids begin with `site-`; `fixed` has paths with their table's name in front
    (`create.metadata.room_features.allow_webcams`); `updates` is where to look for newer versions, "" for nowhere, None
    if the file does not say."""

    servers: tuple[Server, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    designs: tuple[Design, ...] = ()
    fixed: Mapping[str, Value] = field(default_factory=dict)
    updates: str | None = None

    def applied(self, book: Book, who: Callable[[Book], Values]) -> Book:
        """The book with everything the site says in it; `who` gives the person for meetings that are new to them."""
        for server in self.servers:
            book = book.with_server(server)
        for design in self.designs:
            mine = next((each for each in book.designs if each.id == design.id), design)
            book = book.with_design(replace(mine, name=design.name, values=design.values))
        for preset in self.meetings:
            known = next((each for each in book.meetings if each.id == preset.id), None)
            book = book.with_meeting(_merged(known, preset) if known else _new(preset, who(book)))
        return replace(book, meetings=tuple(self._held(meeting) for meeting in book.meetings))

    def _held(self, meeting: Meeting) -> Meeting:
        for name in _TABLES:
            prefix = f"{name}."
            fixed = {path.removeprefix(prefix): value for path, value in self.fixed.items() if path.startswith(prefix)}
            if any(meeting.values(name).get(path) != value for path, value in fixed.items()):
                meeting = meeting.with_values(name, {**meeting.values(name), **fixed})
        return meeting


def path() -> Path:
    """Where the file is on this system."""
    if sys.platform == "win32":
        return Path(os.environ.get("PROGRAMDATA", r"C:\ProgramData"), APP, "site.json")
    return Path("/Library/Application Support" if sys.platform == "darwin" else "/etc", APP, "site.json")


def load(file: Path) -> Site:
    """Read the file; without one everything is left to the user. Raises `SiteFileRefused`."""
    try:
        with file.open("rb") as stream:
            data = stream.read(LARGEST + 1)
            writable = sys.platform != "win32" and os.fstat(stream.fileno()).st_mode & 0o002
    except FileNotFoundError:
        return Site()
    except OSError as error:
        raise _refused(file, error.strerror or str(error)) from None
    if writable or (sys.platform == "win32" and not _is_administrators(file)):
        raise _refused(file, tr("everybody on this computer can change the file."))
    try:
        return _site(data)
    except _Odd as odd:
        raise _refused(file, str(odd)) from None


def _is_administrators(file: Path) -> bool:
    from .ownership import belongs_to_administrators  # on Windows alone

    return belongs_to_administrators(file)


class _Odd(Exception):
    """What cannot be used; the text says what and why."""


def _site(data: bytes) -> Site:
    content = _parsed(data)
    _only(content, _KEYS)
    if content.get("format") != _FORMAT or content.get("version") != _VERSION:
        raise _Odd(tr("the file is not a site file of this version."))
    servers = tuple(_server(each) for each in _list(content, "servers"))
    known = {server.id for server in servers} | {PRACTICE}
    updates = content.get("updates")
    if updates not in (None, ""):
        updates = _checked("updates", lambda: str(parse_address(_text(content, "updates"), "updates")))
    return Site(
        servers,
        tuple(_meeting(each, known) for each in _list(content, "meetings")),
        tuple(_design(each) for each in _list(content, "designs")),
        _fixed(_object(content, "fixed")),
        updates,
    )


def _parsed(data: bytes) -> Mapping[str, Any]:
    try:
        content = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_each_once)
        json.dumps(content, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        content = None
    if len(data) > LARGEST or not isinstance(content, dict):
        raise _Odd(tr("the file is not correct JSON, or too large."))
    return content


def _server(raw: Mapping[str, Any]) -> Server:
    _only(raw, _OF_SERVER)
    address = _checked("address", lambda: str(parse_address(_text(raw, "address"))))
    page = _text(raw, "page", "")
    page = page and _checked("page", lambda: str(parse_address(page)))
    return Server(_id(raw), _text(raw, "name"), address, _text(raw, "api_key"), page, _text(raw, "ca_file", ""))


def _meeting(raw: Mapping[str, Any], servers: Iterable[str]) -> Meeting:
    _only(raw, _OF_MEETING)
    server = _text(raw, "server")
    server = server if server == PRACTICE else f"site-{server}"
    if server not in servers:
        raise _Odd(tr("a meeting names the server “{name}”, which is not in the file.").format(name=plain(server)))
    tables = {name: _values(schema, _object(raw, name)) for name, schema in _TABLES.items()}
    if "room_id" not in tables["join"] or any(path in tables["join"] for path in _OWN):
        raise _Odd(tr("a meeting needs a “room_id”, and no name or user ID: those are each user's own."))
    return Meeting(_id(raw), _text(raw, "title"), server, tables["join"], tables["create"], tables["design"])


def _design(raw: Mapping[str, Any]) -> Design:
    _only(raw, _OF_DESIGN)
    return Design(_id(raw), _text(raw, "name"), _values(DESIGN, _object(raw, "values")))


def _fixed(raw: Mapping[str, Any]) -> Values:
    values: dict[str, Value] = {}
    for whole, item in raw.items():
        name, _, inner = whole.partition(".")
        if name not in _TABLES or inner in ("room_id", *_OWN):
            raise _Odd(tr("“{name}” cannot be fixed.").format(name=plain(whole)))
        values |= {f"{name}.{key}": value for key, value in _values(_TABLES[name], {inner: item}).items()}
    return values


def _values(schema: Schema, raw: Mapping[str, Any]) -> Values:
    values: dict[str, Value] = {}
    for inner, item in raw.items():
        value = to_value(item)
        if inner not in schema or value is None:
            raise _Odd(tr("there is no field “{name}”, or its value is of another kind.").format(name=plain(inner)))
        _checked(inner, partial(schema.field(inner).kind.check, value, inner))
        values[inner] = value
    return values


def _new(preset: Meeting, who: Values) -> Meeting:
    return replace(preset, join={**who, **preset.join})


def _merged(mine: Meeting, preset: Meeting) -> Meeting:
    """A user's meeting with what the site says of it."""
    return replace(mine, title=preset.title, server=preset.server, join={**mine.join, **preset.join},
                   create={**mine.create, **preset.create}, design={**mine.design, **preset.design})  # fmt: skip


def _id(raw: Mapping[str, Any]) -> str:
    return f"site-{_text(raw, 'id')}"


def _only(raw: object, known: tuple[str, ...]) -> None:
    for name in raw if isinstance(raw, dict) else (raw,):
        if name not in known:
            raise _Odd(tr("the file holds “{name}”, which is not known.").format(name=plain(str(name))))


def _list(raw: Mapping[str, Any], name: str) -> list[Any]:
    items = raw.get(name, [])
    if not isinstance(items, list):
        raise _Odd(tr("“{name}” is of another kind.").format(name=name))
    return items


def _object(raw: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = raw.get(name, {})
    if not isinstance(part, dict):
        raise _Odd(tr("“{name}” is of another kind.").format(name=name))
    return part


def _text(raw: Mapping[str, Any], name: str, default: str | None = None) -> str:
    text = raw.get(name, default)
    if not isinstance(text, str) or not text.isprintable() or (default is None and not text):
        raise _Odd(tr("“{name}” is missing or not a text.").format(name=name))
    return text


def _checked(name: str, parse: Callable[[], Any]) -> Any:  # noqa: ANN401 - what the parser gives
    try:
        return parse()
    except InvalidValue as problem:
        raise _Odd(tr("{field}: {problem}").format(field=name, problem=str(problem))) from None


def _refused(file: Path, reason: str) -> SiteFileRefused:
    return SiteFileRefused(reason=reason, path=str(file))


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) != len(pairs):
        raise ValueError
    return values
