"""One value for every way to write where a room is: an alias, an id, a `matrix:` URI, a matrix.to link.

Sources: matrix-spec, appendices, “URIs” (v1.18); MSC2312 for the parsing of `matrix:` URIs.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, unquote

from pnm_launcher.errors import InvalidValue
from pnm_launcher.texts import tr

from .ids import is_alias, is_event_id, is_room_id, is_server_name, server_of, shown

FIELD: Final = "matrix_room"
MOST_SERVERS: Final = 10
"""Servers of a link that are used; further ones are left out."""
MATRIX_TO: Final = "https://matrix.to/#/"
_LONGEST: Final = 8_192
_OF_PEOPLE: Final = ("u", "user")
_SIGNS: Final = {"r": "#", "room": "#", "roomid": "!"}
_UNCODED: Final = "-._~!$&'()*+,;=:@"
"""What MSC2312 leaves as it is: unreserved characters, sub-delims, “:” and “@”."""


@dataclass(frozen=True, slots=True)
class RoomAddress:
    """Where a room is. `room` is an alias or an id, `via` are servers that know the room, `event` is a message's id
    or "", and `join` tells that the link asks to join. Raises `InvalidValue` for what is none."""

    room: str
    via: tuple[str, ...] = ()
    event: str = ""
    join: bool = False

    def __post_init__(self) -> None:
        if not (is_alias(self.room) or is_room_id(self.room)):
            raise InvalidValue(FIELD, tr("“{text}” is not the address of a room."), text=shown(self.room))
        if self.event and not is_event_id(self.event):
            raise InvalidValue(FIELD, tr("The message in this link has no correct id."))
        for name in self.via:
            if not is_server_name(name):
                raise InvalidValue(FIELD, tr("“{name}” is not the name of a server."), name=shown(name))
        if len(self.via) > MOST_SERVERS:
            raise InvalidValue(FIELD, tr("Name {most} servers at most."), most=MOST_SERVERS)
        if len(set(self.via)) < len(self.via):
            raise InvalidValue(FIELD, tr("A server is named twice. Name each of them once."))

    @property
    def is_alias(self) -> bool:
        return self.room.startswith("#")

    @property
    def needs_via(self) -> bool:
        """An id without a server, which can be joined from elsewhere only through one of `via`."""
        return not self.is_alias and not server_of(self.room) and not self.via

    @property
    def shown(self) -> str:
        """The alias or id, safe to show; two different ones never look the same through invisible characters."""
        return shown(self.room)

    @property
    def uri(self) -> str:
        """The `matrix:` URI; it names the room, and asks to join where `join` is set."""
        path = ("r/" if self.is_alias else "roomid/") + quote(self.room[1:], safe=_UNCODED)
        if self.event:
            path += "/e/" + quote(self.event[1:], safe=_UNCODED)
        items = ["action=join"] if self.join else []
        return "matrix:" + path + _query([*items, *(f"via={quote(name, safe='')}" for name in self.via)])

    @property
    def matrix_to(self) -> str:
        """The matrix.to link. All of it is after the “#”, so that server never learns it."""
        extra = f"/{quote(self.event, safe='')}" if self.event else ""
        return (
            MATRIX_TO + quote(self.room, safe="") + extra + _query(f"via={quote(name, safe='')}" for name in self.via)
        )


def parse_room(text: str) -> RoomAddress:
    """Read an alias, a room id (`?via=` may follow), a `matrix:` URI or a matrix.to link; raises `InvalidValue`."""
    text = text.strip()
    if not text:
        raise _refused(tr("Type the address of a room, for example #team:example.org."))
    if len(text) > _LONGEST:
        raise _refused(tr("This is too long for the address of a room."))
    if re.match(r"matrix:", text, re.IGNORECASE):
        return _from_uri(text.partition(":")[2])
    if text.startswith(MATRIX_TO):
        return _from_matrix_to(text.removeprefix(MATRIX_TO))
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", text):
        raise _refused(tr("Only links that begin with https://matrix.to/#/ or matrix: lead to a room."))
    if re.match(r"%2[13]", text):
        return _from_matrix_to(text)
    return _plain(text)


def parse_via(text: str) -> tuple[str, ...]:
    """Servers' names as a person types them, with commas or white space between them; raises `InvalidValue`."""
    names = tuple(dict.fromkeys(text.replace(",", " ").split()))
    for name in names:
        if not is_server_name(name):
            raise InvalidValue("via", tr("“{name}” is not the name of a server."), name=shown(name))
    if len(names) > MOST_SERVERS:
        raise InvalidValue("via", tr("Name {most} servers at most."), most=MOST_SERVERS)
    return names


def _plain(text: str) -> RoomAddress:
    """An alias may hold any “?”, so arguments are looked for only after its server."""
    if text[0] == "@":
        raise _refused(tr("This is a person, not a room."))
    if text[0] == "+":
        raise _refused(tr("This is a group of the old kind, which Matrix no longer has."))
    parts = re.fullmatch(r"(![\w-]{43}|[#!][^:]*:[^?]*)(?:\?(.*))?", text, re.DOTALL | re.ASCII)
    if not parts:
        raise _refused(tr("A room is written as #name:server or !id:server, or as a link to it."))
    via, join = _arguments(parts[2] or "")
    return RoomAddress(parts[1], via, join=join)


def _from_uri(rest: str) -> RoomAddress:
    path, _, query = rest.partition("#")[0].partition("?")
    if path.startswith("//"):  # an authority, which MSC2312 wants to be ignored
        path = path[2:].partition("/")[2]
    parts = path.split("/")
    kind = parts[0].lower()
    if kind in _OF_PEOPLE and len(parts) == 2:
        raise _refused(tr("This is a person, not a room."))
    if len(parts) not in (2, 4) or kind not in _SIGNS or not all(parts):
        raise _refused(tr("This matrix: link does not lead to a room."))
    if len(parts) == 4 and parts[2].lower() not in ("e", "event"):
        raise _refused(tr("This matrix: link does not lead to a room."))
    event = "$" + _decoded(parts[3]) if len(parts) == 4 else ""
    via, join = _arguments(query)
    return RoomAddress(_SIGNS[kind] + _decoded(parts[1]), via, event, join)


def _from_matrix_to(fragment: str) -> RoomAddress:
    path, _, query = fragment.partition("?")
    path = path.strip("/")
    end = _end_of_name(path)
    name = _decoded(path[:end], lenient=True)
    if name[:1] == "@":
        raise _refused(tr("This is a person, not a room."))
    if name[:1] == "+":
        raise _refused(tr("This is a group of the old kind, which Matrix no longer has."))
    via, join = _arguments(query)
    return RoomAddress(name, via, _decoded(path[end:].lstrip("/"), lenient=True), join)


def _end_of_name(path: str) -> int:
    """Where the first name of a matrix.to link ends: at a “/” after its colon, because an alias that was not encoded
    may have one before it."""
    if hashed := re.match(r"(?:!|%21)[\w-]{43}(?=/|\Z)", path, re.ASCII):
        return hashed.end()
    colon = re.search(r":|%3[Aa]", path)
    end = path.find("/", colon.end()) if colon else -1
    return end if end >= 0 else len(path)


def _arguments(query: str) -> tuple[tuple[str, ...], bool]:
    """The servers of all `via` items, and whether the last `action` is to join; other items are ignored."""
    items = [(name.lower(), value) for name, _, value in (item.partition("=") for item in query.split("&"))]
    actions = [value.lower() for name, value in items if name == "action"]
    via = dict.fromkeys(_decoded(value) for name, value in items if name == "via")
    return tuple(via)[:MOST_SERVERS], actions[-1:] == ["join"]


def _decoded(text: str, *, lenient: bool = False) -> str:
    if not lenient and re.search(r"%(?![0-9A-Fa-f]{2})", text):
        raise _refused(tr("There is a “%” in this link that means nothing."))
    try:
        return unquote(text, errors="strict")
    except UnicodeDecodeError:
        raise _refused(tr("There are characters in this link that are no text.")) from None


def _query(items: Iterable[str]) -> str:
    found = "&".join(items)
    return f"?{found}" if found else ""


def _refused(sentence: str) -> InvalidValue:
    return InvalidValue(FIELD, sentence)
