"""A meeting as it is handed from person to person: a `.pnm` file or a `pnm-launcher:` link.

It says where, never as whom: who opens it stays who they are, as a participant. There is no place in it for a key, a
secret or a token, and whatever is not known here is refused, so that nothing can be slipped past the person who is
asked.
"""

import json
import os
import re
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, unquote, urlsplit

from . import product
from .address import parse_address
from .errors import InvalidValue, LauncherError
from .kinds import Text
from .meetings import PRACTICE, Meeting, Server, new_id
from .schema import DESIGN, JOIN, LOCKS, ROOM_ID
from .texts import Worded, tr
from .values import Value, Values

LARGEST: Final = 64 * 1024
"""Bytes of a meeting file."""
LONGEST_LINK: Final = 2_048
_FORMAT: Final = "pnm-launcher meeting"
_VERSION: Final = 1
_DEEPEST: Final = 4
_TITLE: Final = Text(max_bytes=480)
_LONGEST_TITLE: Final = 120
_LOCK: Final = "user_info.user_metadata.lock_settings."
_KEYS: Final = ("format", "version", "title", "server", "room", "role", "design", "locks")
_OF_SERVER: Final = ("name", "address")
_SECRET: Final = re.compile(r"secret|passw|token|key|credential", re.IGNORECASE)
_LINK: Final = re.compile(rf"{product.SCHEME}:(?://)?meeting/?\?([!#-;=?-\[\]_a-z~]+)", re.IGNORECASE)
_WORDS: Final = {"locked": True, "allowed": False}
_ROLE: Final = "attendee"
_LONGEST_PATH: Final = 8_192
_NEITHER: Final = tr("it is neither a meeting file of this computer nor a link of this program.")


class InvitationRefused(LauncherError):
    sentence = tr("This meeting file or link cannot be used: {reason}")
    hint = tr("Nothing was changed. Ask whoever gave it to you for a new one.")
    exit_code = 2


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a meeting file or link asks for, checked. `address` is canonical, "" for the practice server; `locks` have
    the paths of the table `JOIN`."""

    title: str
    address: str
    server_name: str
    room_id: str
    design: Values = field(default_factory=dict)
    locks: Values = field(default_factory=dict)

    def meeting(self, server_id: str, who: Values) -> Meeting:
        """The meeting to save: as the person `who` (paths of `JOIN`), always as a participant."""
        join: dict[str, Value] = {**who, "room_id": self.room_id, "user_info.is_admin": False, **self.locks}
        return Meeting(new_id(), self.title, server_id, join, design=self.design)

    @property
    def hosts(self) -> tuple[str, ...]:
        """Other computers that its design loads pictures and style sheets from, each once."""
        found = (urlsplit(text).netloc for text in self.design.values() if isinstance(text, str) and "://" in text)
        return tuple(dict.fromkeys(found))


def read(opened: str, folder: str = "") -> Invitation:
    """What the system handed over: a link, or the path of a file, which may be relative to a folder, or its `file:`
    address. Reads at most 64 KiB, of ordinary files only. Raises `InvitationRefused`."""
    if len(opened) > _LONGEST_PATH or "\0" in opened:
        raise _refused(_NEITHER)
    scheme = re.match(r"[A-Za-z][A-Za-z0-9+.-]+:", opened)  # of one letter it is a drive of Windows
    if scheme and scheme[0].lower() == f"{product.SCHEME}:":
        return from_link(opened)
    if scheme and scheme[0].lower() == "file:":
        address = urlsplit(opened)
        if address.netloc not in ("", "localhost") or address.query or address.fragment:
            raise _refused(_NEITHER)
        opened = unquote(address.path)
        opened = opened.lstrip("/") if re.match(r"/[A-Za-z]:", opened) else opened
    elif scheme:  # another program's link
        raise _refused(_NEITHER)
    if re.match(r"[\\/]([\\/]|\?\?[\\/])", opened):  # on another computer, to which Windows would send the user's name
        raise _refused(_NEITHER)
    return from_file(_content(Path(folder, opened)))


def _content(path: Path) -> bytes:
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as stream:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise _refused(tr("it is no file."))
            return stream.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else "") or str(error)
        raise _refused(tr("the file cannot be read ({why})."), why=reason) from None


def from_file(data: bytes) -> Invitation:
    """Read a meeting file. Raises `InvitationRefused`."""
    if len(data) > LARGEST:
        raise _refused(tr("it is too large to be a meeting file."))
    try:
        content = json.loads(data.decode(), object_pairs_hook=_each_once, parse_constant=_no_number)
        json.dumps(content, ensure_ascii=False).encode()  # fails for half of a character
    except (ValueError, RecursionError):
        raise _refused(tr("it is damaged, or something else than a meeting file.")) from None
    if not isinstance(content, dict) or content.get("format") != _FORMAT:
        raise _refused(tr("it is something else than a meeting file."))
    if content.get("version") != _VERSION or isinstance(content["version"], bool):
        raise _refused(tr("it was made by a newer version of this program."))
    return _invitation(content)


def from_link(text: str) -> Invitation:
    """Read a link such as `pnm-launcher:meeting?server=https://meet.example.org&room=maths`.

    Further parts: `title`, `server.name`, `design.PARAMETER`, and `lock.NAME` (`locked` or `allowed`). Raises
    `InvitationRefused`.
    """
    match = _LINK.fullmatch(text) if len(text) <= LONGEST_LINK else None
    if not match or re.search(r"%(?![0-9A-Fa-f]{2})", text):
        raise _refused(tr("it is too long, damaged, or something else than a link to a meeting."))
    try:
        pairs = parse_qsl(match[1], keep_blank_values=True, strict_parsing=True, errors="strict", max_num_fields=40)
        values = _each_once(pairs)
    except ValueError:
        raise _refused(tr("it is too long, damaged, or something else than a link to a meeting.")) from None
    content: dict[str, Any] = {"server": {"address": values.pop("server", "")}}
    for name, value in values.items():
        group, _, rest = name.partition(".")
        if group == "lock" and rest:
            content.setdefault("locks", {})[f"lock_{rest}"] = _WORDS.get(value, value)
        elif group in ("design", "server") and rest:
            content.setdefault(group, {})[rest] = value
        else:
            content[name] = value
    return _invitation(content)


def to_file(meeting: Meeting, server: Server | None) -> bytes:
    """A meeting as a file to hand on; `server` is None for the practice server. Who joins, and what only the server's
    owner may know, is left out; so is what could not be read back."""
    place = {"name": server.name, "address": server.address} if server else {"address": PRACTICE}
    content: dict[str, Any] = {"format": _FORMAT, "version": _VERSION, "title": meeting.title[:_LONGEST_TITLE],
                               "server": place, "room": meeting.room_id, "role": _ROLE}  # fmt: skip
    bad = {problem.path for problem in DESIGN.problems(meeting.design)}
    if design := {path: value for path, value in meeting.design.items() if path in DESIGN and path not in bad}:
        content["design"] = design
    locks = {path.removeprefix(_LOCK): value for path, value in meeting.join.items() if path.startswith(_LOCK)}
    if locks:
        content["locks"] = locks
    from_file(data := json.dumps(content, ensure_ascii=False, indent=2).encode() + b"\n")
    return data


def _invitation(content: Mapping[str, Any]) -> Invitation:
    _only(content, _KEYS)
    if content.get("role", _ROLE) != _ROLE:
        raise _refused(tr("it asks for a role. Such files and links can only bring participants."))
    server = _part(content, "server")
    _only(server, _OF_SERVER)
    room = _checked(tr("Room"), lambda: ROOM_ID.parse(_text(content, "room"), "room"))
    title = _text(content, "title", room)
    _checked(tr("Title"), lambda: _TITLE.check(title, "title"))
    if len(title) > _LONGEST_TITLE or not title.strip():
        raise _refused(tr("its title is empty or too long."))
    name = _text(server, "name", "")
    if name:
        _checked(tr("Server"), lambda: _TITLE.check(name, "server"))
    given = _text(server, "address")
    address = "" if given == PRACTICE else _checked(tr("Server"), lambda: str(parse_address(given)))
    return Invitation(title, address, name[:_LONGEST_TITLE], room, _design(content), _locks(content))


def _design(content: Mapping[str, Any]) -> Values:
    design = _part(content, "design")
    _only(design, tuple(row.path for row in DESIGN))
    values: dict[str, Value] = {}
    for path in design:
        row = DESIGN.field(path)
        text = _text(design, path)
        values[path] = _checked(row.label, lambda row=row, text=text: row.parse(text))
    return values


def _locks(content: Mapping[str, Any]) -> Values:
    locks = _part(content, "locks")
    _only(locks, tuple(row.path for row in LOCKS))
    for path, value in locks.items():
        if not isinstance(value, bool):
            raise _refused(tr("its locks are not readable."))
        JOIN.field(_LOCK + path)
    return {_LOCK + path: value for path, value in locks.items()}


def _only(values: Mapping[str, Any], known: tuple[str, ...]) -> None:
    for name in values:
        if name not in known:
            if _SECRET.search(name):
                raise _refused(tr("it holds a secret, “{name}”, which must never be handed on."), name=name)
            raise _refused(tr("it holds “{name}”, which this version does not know."), name=name)


def _part(values: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = values.get(name, {})
    if not isinstance(part, dict):
        raise _refused(tr("“{name}” in it is not readable."), name=name)
    return part


def _text(values: Mapping[str, Any], name: str, default: str | None = None) -> str:
    text = values.get(name, default)
    if not isinstance(text, str):
        raise _refused(tr("“{name}” is missing or not readable."), name=name)
    return text


def _checked(label: str, parse: Any) -> Any:  # noqa: ANN401 - what the parser gives
    try:
        return parse()
    except InvalidValue as problem:
        raise _refused(tr("{field}: {problem}"), field=label, problem=str(problem)) from None


def _refused(reason: Worded, **details: str) -> InvitationRefused:
    return InvitationRefused(reason=reason.format_map(details))


def _each_once(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, value in pairs:
        if name in values:
            raise ValueError(name)
        values[name] = value
    return values


def _no_number(name: str) -> float:
    raise ValueError(name)
