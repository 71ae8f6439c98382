"""A plugNmeet server's calls: signed, sent once, and answered with values or with one error for each cause."""

import hashlib
import hmac
import json
import re
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any, Final, TypeVar

from . import log
from .address import Address
from .answers import ActiveRoom, ClientFiles, PastRooms, RoomInfo
from .errors import InvalidValue, SecretInvalid, UnexpectedAnswer
from .refusals import RecordNotFound, RoomNotActive
from .session import Answer, Session
from .strict_json import Odd, Reader, odd_value
from .texts import tr
from .verdict import accepted, check_health
from .work import Cancellation

_T = TypeVar("_T")

PATHS: Final[Mapping[str, str]] = {
    "getJoinToken": "/auth/room/getJoinToken",
    "isRoomActive": "/auth/room/isRoomActive",
    "create": "/auth/room/create",
    "getActiveRoomInfo": "/auth/room/getActiveRoomInfo",
    "getActiveRoomsInfo": "/auth/room/getActiveRoomsInfo",
    "endRoom": "/auth/room/endRoom",
    "fetchPastRooms": "/auth/room/fetchPastRooms",
    "getClientFiles": "/auth/getClientFiles",
}
"""The path of each call below the server's address (server `pkg/app/router.go`)."""

_SHORT_WAIT: Final = 15.0
_LONG_WAIT: Final = 30.0
"""Seconds. The server itself waits up to 15 for the lock of a room, 5 for a user to leave, 15 for LiveKit."""
_TOKEN: Final = re.compile(r"[A-Za-z0-9_=.-]{1,16384}")


@dataclass(frozen=True, slots=True)
class SignedRequest:
    """What is sent: `body` is exactly the bytes that the signature is made of."""

    url: str
    body: bytes

    def signature(self, secret: str) -> str:
        """The value of the header `HASH-SIGNATURE`: the HMAC-SHA256 of the body in lower-case hex."""
        return hmac.new(secret.encode(), self.body, hashlib.sha256).hexdigest()


def request_for(address: Address, call: str, body: Mapping[str, Any]) -> SignedRequest:
    """The request of a call of `PATHS`; needs no secret, so that it can be shown instead of being sent."""
    data = json.dumps(body, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    return SignedRequest(f"{address}{PATHS[call]}", data)


class Client:
    """Makes the calls of one server. Each may raise `ConnectionFailed`, `AnswerUnusable` or `ServerRefused`.

    `clock_skew` is how many seconds the server's clock is ahead of this computer's, to within a second, after the
    first answer that told its time. Nothing is ever sent twice.
    """

    def __init__(self, address: Address, api_key: str, secret: str, session: Session) -> None:
        """Raises `InvalidValue` or `SecretInvalid` for a key or secret that could change the request's headers."""
        if not _is_plain(api_key):
            raise InvalidValue("api_key", tr("An API key has no line breaks, accents or invisible characters."))
        if not _is_plain(secret):
            raise SecretInvalid(reason=tr("it has line breaks, accents or invisible characters"))
        self._address = address
        self._api_key = api_key
        self._secret = secret
        self._session = session
        self.clock_skew: float | None = None

    def __repr__(self) -> str:
        return f"Client({self._address})"

    def is_room_active(self, room_id: str, *, cancel: Cancellation | None = None) -> bool:
        """Whether the room was created and has not ended; somebody need not be inside."""
        with suppress(RoomNotActive):  # an answer in the form of a refusal
            return self._call("isRoomActive", {"room_id": room_id}, _is_active, cancel=cancel)
        return False

    def create_room(self, body: Mapping[str, Any], *, cancel: Cancellation | None = None) -> RoomInfo:
        """Start a room. A running room is returned as it is: the server ignores the new settings then."""
        return self._call("create", body, _room_info, _LONG_WAIT, cancel)

    def join_token(self, body: Mapping[str, Any], *, cancel: Cancellation | None = None) -> str:
        """Register a participant and return the token of the join link.

        Call it only when somebody joins: the server disconnects a participant who is online with the same user id.
        """
        token = self._call("getJoinToken", body, _token, _LONG_WAIT, cancel)
        log.hide(token)
        return token

    def active_room(self, room_id: str, *, cancel: Cancellation | None = None) -> ActiveRoom | None:
        """The room and who is in it; None if it is not running."""
        with suppress(RoomNotActive):
            return self._call("getActiveRoomInfo", {"room_id": room_id}, _active_room, _LONG_WAIT, cancel)
        return None

    def active_rooms(self, *, cancel: Cancellation | None = None) -> tuple[ActiveRoom, ...]:
        """All running rooms."""
        with suppress(RecordNotFound):
            return self._call("getActiveRoomsInfo", {}, _active_rooms, _LONG_WAIT, cancel)
        return ()

    def end_room(self, room_id: str, *, cancel: Cancellation | None = None) -> None:
        """End a room for everybody. The server goes on cleaning up for about ten seconds after its answer."""
        self._call("endRoom", {"room_id": room_id}, _nothing, _LONG_WAIT, cancel)

    def client_files(self, *, cancel: Cancellation | None = None) -> ClientFiles:
        """The files of the server's page. Changes nothing, and fails unless address, key and secret are right."""
        return self._call("getClientFiles", {}, ClientFiles.read, cancel=cancel)

    def past_rooms(self, room_ids: Sequence[str] = (), *, first: int = 0, limit: int = 20, newest_first: bool = True,
                   cancel: Cancellation | None = None) -> PastRooms:  # fmt: skip
        """Ended rooms, of these ids or of all, at most 100 at a time from the `first` one on."""
        order = "DESC" if newest_first else "ASC"
        body = {"room_ids": list(room_ids), "from": first, "limit": limit, "order_by": order}
        with suppress(RecordNotFound):
            return self._call("fetchPastRooms", body, _past_rooms, cancel=cancel)
        return PastRooms()

    def health(self, *, cancel: Cancellation | None = None) -> None:
        """Ask, without signing in, whether the server's parts work; raises `ServerUnhealthy` with the broken one."""
        answer = self._session.get(self._address, "/healthCheck", seconds=_SHORT_WAIT, cancel=cancel)
        self._compare_clocks(answer)
        check_health(answer, self._address)

    def _call(self, call: str, body: Mapping[str, Any], read: Callable[[Reader], _T], seconds: float = _SHORT_WAIT,
              cancel: Cancellation | None = None) -> _T:  # fmt: skip
        log.hide(self._secret)
        request = request_for(self._address, call, body)
        headers = {
            "API-KEY": self._api_key,
            "HASH-SIGNATURE": request.signature(self._secret),
            "Content-Type": "application/json",
        }
        answer = self._session.post(self._address, PATHS[call], request.body, headers, seconds=seconds, cancel=cancel)
        self._compare_clocks(answer)
        data = accepted(answer, self._address)
        try:
            return read(data)
        except Odd as odd:
            reason = str(odd)
        raise UnexpectedAnswer(host=self._address.host, reason=reason)

    def _compare_clocks(self, answer: Answer) -> None:
        if answer.date:
            with suppress(ValueError, OverflowError):
                self.clock_skew = parsedate_to_datetime(answer.date).timestamp() + 0.5 - time.time()


def _is_plain(text: str) -> bool:
    return bool(re.fullmatch(r"[!-~](?:[ -~]*[!-~])?", text))


def _nothing(_: Reader) -> None:
    return None


def _is_active(data: Reader) -> bool:
    return data.flag("is_active", required=True)


def _room_info(data: Reader) -> RoomInfo:
    return RoomInfo.read(data.part("room_info"))


def _token(data: Reader) -> str:
    token = data.text("token", required=True)
    if not _TOKEN.fullmatch(token):
        raise odd_value("token")
    return token


def _active_room(data: Reader) -> ActiveRoom:
    return ActiveRoom.read(data.part("room"))


def _active_rooms(data: Reader) -> tuple[ActiveRoom, ...]:
    return tuple(ActiveRoom.read(room) for room in data.parts("rooms"))


def _past_rooms(data: Reader) -> PastRooms:
    return PastRooms.read(data.part("result"))
