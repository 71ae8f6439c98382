"""The calls of one signed-in account: looking at rooms, entering and leaving them, and reading and writing in them."""

import json
import uuid
from collections.abc import Callable, Mapping
from typing import Any, Final, Protocol, TypeVar
from urllib.parse import quote

from pnm_launcher.strict_json import Odd, Reader, odd_value
from pnm_launcher.texts import tr

from .calls import Bearer, Calls, Request, understood
from .faults import SignedOut, TooOldServer
from .ids import is_user_id, segment
from .room_address import RoomAddress
from .room_faults import CallUnknown, NotPermitted, RoomNotFound
from .rooms import Invite, Resolved, RoomSummary, read_invites, read_resolved, read_room_id, read_summary
from .third_party import ThirdPartySigned
from .versions import Versions

_T = TypeVar("_T")
_SYNC_FILTER: Final[dict[str, Any]] = {
    "account_data": {"types": []},
    "room": {
        "timeline": {"limit": 1, "types": []},
        "ephemeral": {"types": []},
        "account_data": {"types": []},
        "state": {"types": []},
    },
}
"""With no presence either, leaves only invitations and knocks; an empty list of rooms would hide these too."""
_MOST_OF_SYNC: Final = 16 * 1024 * 1024
_JOIN_SECONDS: Final = 90.0
"""Entering a room on other servers may take the homeserver a minute."""


class Keys(Protocol):
    """Where a client gets its token from."""

    def bearer(self) -> Bearer:
        """Raises `SecretError` where there is none."""

    def renewed(self, refused: Bearer, fault: SignedOut) -> Bearer:
        """A newer token than the refused one; raises the fault if there is none to be had."""


class MatrixClient:
    """Each call may raise `ConnectionFailed`, `AnswerUnusable`, `MatrixRefused` or `SecretError`, and may take long:
    never call it on the GUI thread."""

    def __init__(self, calls: Calls, versions: Versions, keys: Keys) -> None:
        self.versions = versions
        self._calls = calls
        self._keys = keys

    def __repr__(self) -> str:
        return f"MatrixClient({self._calls.address})"

    def whoami(self) -> tuple[str, str]:
        """The user id and the device id ("" if there is none) that the token belongs to."""
        return self._read(Request("GET", f"{self.versions.root}/account/whoami"), read_whoami)

    def resolve(self, alias: str) -> Resolved:
        """What an alias stands for. Raises `RoomNotFound`."""
        return self._read(Request("GET", f"{self.versions.root}/directory/room/{segment(alias)}"), read_resolved)

    def summary(self, address: RoomAddress) -> RoomSummary:
        """What can be known of a room before joining it; where the server has no summaries, what it tells otherwise.

        Raises `RoomNotFound` for an alias or a room that is not there or may not be seen.
        """
        resolved = self.resolve(address.room) if address.is_alias else Resolved(address.room, ())
        via = tuple(dict.fromkeys((*address.via, *resolved.servers)))
        try:
            return self._summary(resolved, via)
        except CallUnknown:
            return self._pieced_together(resolved, address)

    def join(self, address: RoomAddress, *, reason: str = "", third_party: ThirdPartySigned | None = None) -> str:
        """Enter a room, or accept an invitation to it; returns its id. Joining twice does no harm."""
        body: dict[str, Any] = {"reason": reason} if reason and self.versions.at_least(1, 1) else {}
        if third_party:
            body["third_party_signed"] = third_party.as_json()
        path = f"{self.versions.root}/join/{segment(address.room)}{self._query(address.via)}"
        return self._read(Request("POST", path, body, "join", _JOIN_SECONDS), read_room_id)

    def knock(self, address: RoomAddress, *, reason: str = "") -> str:
        """Ask to be let into a room; returns its id. Asking twice does no harm."""
        if not self.versions.at_least(1, 1):
            raise TooOldServer(host=self._calls.address.host, what=tr("asking to join"))
        path = f"{self.versions.root}/knock/{segment(address.room)}{self._query(address.via)}"
        return self._read(Request("POST", path, {"reason": reason} if reason else {}, "knock", _JOIN_SECONDS),
                          read_room_id)  # fmt: skip

    def leave(self, room_id: str, *, reason: str = "") -> None:
        """Leave a room, decline an invitation to it, or take back a request to join."""
        body = {"reason": reason} if reason and self.versions.at_least(1, 1) else {}
        self._call(Request("POST", f"{self._room(room_id)}/leave", body))

    def joined_rooms(self) -> tuple[str, ...]:
        """The ids of all rooms one is in."""
        return self._read(Request("GET", f"{self.versions.root}/joined_rooms"),
                          lambda data: data.texts("joined_rooms"))  # fmt: skip

    def invites(self, user_id: str) -> tuple[Invite, ...]:
        """Invitations and one's own requests to join. Does not show the person as online."""
        # Synapse repeats its answer to the same question for two minutes: each question is another one.
        once = _SYNC_FILTER | {"presence": {"types": [], "not_types": [uuid.uuid4().hex]}}
        chosen = quote(json.dumps(once, separators=(",", ":")), safe="")
        path = f"{self.versions.root}/sync?timeout=0&set_presence=offline&filter={chosen}"
        return self._read(Request("GET", path, seconds=60.0, most=_MOST_OF_SYNC),
                          lambda data: read_invites(data, user_id))  # fmt: skip

    def state(self, room_id: str, event_type: str, *, whole: bool = False) -> Reader | None:
        """The content of a room's state with the empty key, or the `whole` event where the server gives it; None if
        there is none. Raises `NotPermitted` outside of the room."""
        query = "?format=event" if whole else ""
        try:
            return self._call(Request("GET", f"{self._state(room_id, event_type)}{query}", purpose="state"))
        except RoomNotFound:
            return None

    def put_state(self, room_id: str, event_type: str, content: Mapping[str, Any]) -> None:
        """Raises `NotPermitted` for those whose role does not allow it."""
        self._call(Request("PUT", self._state(room_id, event_type), content, "state"))

    def send_text(self, room_id: str, text: str) -> None:
        """Send a message as plain text. The server drops a repetition of the same request."""
        path = f"{self._room(room_id)}/send/m.room.message/{uuid.uuid4().hex}"
        self._call(Request("PUT", path, {"msgtype": "m.text", "body": text}, "state"))

    def _summary(self, resolved: Resolved, via: tuple[str, ...]) -> RoomSummary:
        query = "&".join(f"via={quote(name, safe='')}" for name in via)
        for root in ("/_matrix/client/v1/room_summary", "/_matrix/client/unstable/im.nheko.summary/summary"):
            try:
                return self._read(Request("GET", f"{root}/{segment(resolved.room_id)}{query and '?'}{query}"),
                                  lambda data: read_summary(data, resolved.servers))  # fmt: skip
            except CallUnknown as fault:
                unknown = fault
        raise unknown

    def _pieced_together(self, resolved: Resolved, address: RoomAddress) -> RoomSummary:
        """What the state of a room tells its members, for servers from before room summaries (v1.15)."""
        room_id, alias = resolved.room_id, address.room if address.is_alias else ""
        if room_id not in self.joined_rooms():
            return RoomSummary(room_id, alias=alias, servers=resolved.servers)
        texts = {name: self._state_text(room_id, name) for name in ("name", "topic", "join_rules")}
        encrypted = self.state(room_id, "m.room.encryption") is not None
        return RoomSummary(room_id, texts["name"], texts["topic"], alias, join_rule=texts["join_rules"],
                           encrypted=encrypted, membership="join", servers=resolved.servers)  # fmt: skip

    def _state_text(self, room_id: str, name: str) -> str:
        key = {"join_rules": "join_rule"}.get(name, name)
        try:
            content = self.state(room_id, f"m.room.{name}")
            return content.text(key) if content else ""
        except (Odd, NotPermitted):
            return ""

    def _query(self, via: tuple[str, ...]) -> str:
        query = self.versions.servers_query(via)
        return f"?{query}" if query else ""

    def _room(self, room_id: str) -> str:
        return f"{self.versions.root}/rooms/{segment(room_id)}"

    def _state(self, room_id: str, event_type: str) -> str:
        return f"{self._room(room_id)}/state/{quote(event_type, safe='')}/"

    def _read(self, request: Request, read: Callable[[Reader], _T]) -> _T:
        data = self._call(request)
        try:
            return read(data)
        except Odd as odd:
            fault = understood(self._calls.address, odd)
        raise fault

    def _call(self, request: Request) -> Reader:
        bearer = self._keys.bearer()
        try:
            return self._calls.call(request, bearer)
        except SignedOut as fault:
            renewed = self._keys.renewed(bearer, fault)
        return self._calls.call(request, renewed)


def read_whoami(data: Reader) -> tuple[str, str]:
    """The user id and the device id of `/account/whoami` or `/login`; raises `Odd`."""
    user_id = data.text("user_id", required=True)
    if not is_user_id(user_id):
        raise odd_value("user_id")
    return user_id, data.text("device_id")
