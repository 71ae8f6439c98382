"""The calls of the API, each from its request's fields to its answer."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from pnm_launcher.paths import resource

from .answers import Answer, common, past_room, refused, room_info, room_with_participants, success
from .joining import JoinRefused, admit
from .protocol import Message, Values, requests
from .protojson import read
from .rooms import Rooms
from .rules import broken_rules, refusal_text
from .scanner import Malformed
from .tokens import Signer

_DEFAULT_LIMIT: Final = 20
_MOST_LISTED: Final = 100
_WIDEST: Final = {"roomId": 64, "room_title": 255, "webhook_url": 255}
"""The columns of the server's database, in characters."""


class Endpoints:
    """The API over some rooms; `answer` is called by one thread at a time."""

    def __init__(self, rooms: Rooms, signer: Signer) -> None:
        self._rooms = rooms
        self._signer = signer
        self._calls: Mapping[str, tuple[str, Callable[[Values, float], Answer]]] = {
            "/auth/getClientFiles": ("", self._client_files),
            "/auth/room/create": ("create", self._create),
            "/auth/room/getJoinToken": ("getJoinToken", self._join_token),
            "/auth/room/isRoomActive": ("roomOnly", self._is_active),
            "/auth/room/getActiveRoomInfo": ("roomOnly", self._active_room),
            "/auth/room/getActiveRoomsInfo": ("", self._active_rooms),
            "/auth/room/endRoom": ("roomOnly", self._end),
            "/auth/room/fetchPastRooms": ("fetchPastRooms", self._past_rooms),
        }

    def __contains__(self, path: object) -> bool:
        return path in self._calls

    def answer(self, path: str, body: bytes, now: float) -> Answer:
        """The answer to a signed request; refusals are answers too."""
        name, call = self._calls[path]
        try:
            values = _checked(body, requests()[name]) if name else {}
        except Malformed as error:
            return refused(str(error), "INVALID_PARAMETERS")
        except RulesBroken as error:
            return refused(str(error), "INVALID_PARAMETERS")
        return call(values, now)

    def _create(self, request: Values, now: float) -> Answer:
        room_id = request["room_id"]
        if "-FIELD_" in room_id:
            return refused("RoomId cannot contain the reserved pattern '-FIELD_'")
        if room_id.startswith("user_"):
            return refused("RoomId cannot start with the reserved pattern 'user_'")
        metadata = request["metadata"]
        stored = {"roomId": room_id, **{name: metadata.get(name, "") for name in ("room_title", "webhook_url")}}
        for column, width in _WIDEST.items():
            if len(stored[column]) > width:
                return refused(f"Error 1406 (22001): Data too long for column '{column}' at row 1")
        return success(room_info=room_info(self._rooms.create(request, now)))

    def _join_token(self, request: Values, now: float) -> Answer:
        room, wanted = self._rooms.active(request["room_id"], now), request["user_info"]
        if room is not None and wanted.get("user_id", "") in room.blocked:
            return refused("this user is blocked to join this session", "USER_BLOCKED")
        if room is None:
            return refused("room is not active", "ROOM_NOT_FOUND")
        try:
            who = admit(room, wanted, now)
        except JoinRefused as error:
            return refused(str(error))
        return success(token=self._signer.token(who, now))

    def _is_active(self, request: Values, now: float) -> Answer:
        if re.fullmatch(r"[-/_=.a-zA-Z0-9]+", request["room_id"]) is None:
            return refused("error getting room info from NATS", is_active=False)
        if self._rooms.active(request["room_id"], now) is None:
            return common(True, "room not found", "ROOM_NOT_FOUND", is_active=False)
        return common(True, "room is active", "SUCCESS", is_active=True)

    def _active_room(self, request: Values, now: float) -> Answer:
        room = self._rooms.active(request["room_id"], now)
        if room is None:
            return refused("room not found in active state", "ROOM_NOT_FOUND", room=None)
        return success(room=room_with_participants(room, now))

    def _active_rooms(self, request: Values, now: float) -> Answer:
        rooms = [room_with_participants(room, now) for room in self._rooms.all_active(now)]
        return success(rooms=rooms) if rooms else refused("no active room found", "NOT_FOUND", rooms=[])

    def _end(self, request: Values, now: float) -> Answer:
        room = self._rooms.active(request["room_id"], now)
        if room is None:
            return refused("room not found or not active", "ROOM_NOT_FOUND")
        room.end(now)
        return success()

    def _past_rooms(self, request: Values, now: float) -> Answer:
        order = "ASC" if request.get("order_by") == "ASC" else "DESC"
        start = request.get("from", 0)
        limit = min(request.get("limit", _DEFAULT_LIMIT), _MOST_LISTED)
        found = self._rooms.listed(request.get("room_ids", []), newest_first=order == "DESC")
        if not found:
            return refused("no room found", "NOT_FOUND")
        page = [past_room(room, now) for room in found[start : start + limit]]
        result = {"total_rooms": str(len(found)), "from": start, "limit": limit, "order_by": order, "rooms_list": page}
        return success(result=result)

    def _client_files(self, request: Values, now: float) -> Answer:
        """The page's files; the real server says UNKNOWN_STATUS here too, on success."""
        names = sorted(path.name for path in resource("practice/page").glob("*.*"))
        css, js = ([name for name in names if name.endswith(ending)] for ending in (".css", ".js"))
        return common(True, "success", "UNKNOWN_STATUS", css=css, js=js, css_files=css, js_files=js)


class RulesBroken(ValueError):
    """`str()` is the server's message."""


def _checked(body: bytes, message: Message) -> Values:
    values = read(body, message)
    if broken := list(broken_rules(values, message)):
        raise RulesBroken(refusal_text(broken))
    return values
