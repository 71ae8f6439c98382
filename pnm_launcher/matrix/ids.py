"""The names that Matrix gives to servers, people, rooms and events, by the specification's grammar.

Source: matrix-spec, appendices, “Identifier Grammar” (v1.18). Names are compared byte by byte: the specification knows
no case folding and no Unicode normalisation.
"""

import ipaddress
import re
import unicodedata
from typing import Final
from urllib.parse import quote

_MOST_BYTES: Final = 255
_SERVER: Final = re.compile(r"(?:\[([0-9A-Fa-f:.]{2,45})\]|([0-9A-Za-z.-]{1,255}))(?::([0-9]{1,5}))?")
_FOUR_NUMBERS: Final = re.compile(r"[0-9]+(?:\.[0-9]+){3}")
_HASHED_ROOM: Final = re.compile(r"![A-Za-z0-9_-]{43}")
_ODD: Final = ("Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp")


def is_server_name(text: str) -> bool:
    """A host name, an IPv4 address or an IPv6 address in brackets, each with or without a port."""
    parts = _SERVER.fullmatch(text)
    if not parts or len(text) > _MOST_BYTES or int(parts[3] or 1) not in range(1, 65536):
        return False
    number = parts[1] or (parts[2] if _FOUR_NUMBERS.fullmatch(parts[2]) else "")
    try:
        return not number or bool(ipaddress.ip_address(number))
    except ValueError:
        return False


def host_of(server_name: str) -> str:
    """A server's name without its port."""
    return server_name if server_name.endswith("]") else re.sub(r":[0-9]+\Z", "", server_name)


def is_user_id(text: str) -> bool:
    """`@name:server`; the name may have any characters but “:”, as in ids from before the present grammar."""
    return text[:1] == "@" and _is_named_on_server(text)


def is_alias(text: str) -> bool:
    """`#name:server`."""
    return text[:1] == "#" and _is_named_on_server(text)


def is_room_id(text: str) -> bool:
    """`!opaque:server`, or from room version 12 on `!` and 43 characters that are the hash of the room's creation."""
    return bool(_HASHED_ROOM.fullmatch(text)) or (text[:1] == "!" and text[1:2] != ":" and _is_named_on_server(text))


def is_event_id(text: str) -> bool:
    return text[:1] == "$" and len(text) > 1 and _is_opaque(text)


def server_of(text: str) -> str:
    """The server's name in a user id or an alias: all after the first colon. Never take it from a room id."""
    return text.partition(":")[2]


def segment(text: str) -> str:
    """A name as one segment of a path. It begins with its sign (`#`, `!` …), so it never reads as “.” or “..”."""
    if text[:1] not in ("#", "!", "@", "$"):
        raise ValueError(text)
    return quote(text, safe="")


def shown(text: str) -> str:
    """A name for people: characters that cannot be seen, or that turn the text around, are written as `%XX`."""
    return "".join(quote(char, errors="replace") if unicodedata.category(char) in _ODD else char for char in text)


def _is_named_on_server(text: str) -> bool:
    return _is_opaque(text.partition(":")[0]) and _is_opaque(text) and is_server_name(server_of(text))


def _is_opaque(text: str) -> bool:
    """No NUL, no half of a surrogate pair, and at most 255 bytes."""
    try:
        return "\0" not in text and len(text.encode()) <= _MOST_BYTES
    except UnicodeEncodeError:
        return False
