"""The one use case: is the meeting running, start it if wanted, get a token, make the link. Pure composition."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from .address import Address
from .api import Client
from .errors import InvalidValue
from .links import Link, make_link
from .meetings import Meeting
from .refusals import RoomNotActive
from .rooms import RoomState
from .schema import CREATE, DESIGN, JOIN, LOCKS
from .values import Values
from .work import Cancellation

_TITLE: Final = "metadata.room_title"
_MINE: Final = "user_info.user_metadata.lock_settings"
_EVERYONES: Final = "metadata.default_lock_settings"
_LOCKED_UNLESS_TOLD: Final = ("lock_screen_sharing", "lock_whiteboard", "lock_shared_notepad")
"""What the server locks in a room that says nothing (protocol `utils/create_room.go`)."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A value that keeps a meeting from being joined: in which table (join, create or design), and what is wrong."""

    table: str
    error: InvalidValue


@dataclass(frozen=True, slots=True)
class EffectiveLock:
    """One lock as the server will apply it to this person; `locked` None means: while another moderator presents."""

    name: str
    label: str
    locked: bool | None


def join_body(meeting: Meeting) -> dict[str, Any]:
    """What getJoinToken is sent."""
    return JOIN.payload(meeting.join)


def create_body(meeting: Meeting) -> dict[str, Any]:
    """What create is sent: the room that is joined, under the meeting's title unless the room has one of its own."""
    return CREATE.payload(_create_values(meeting))


def problems(meeting: Meeting) -> tuple[Problem, ...]:
    """Everything that keeps a meeting from being joined or started, in the tables' order. The room ID is told once."""

    def found() -> Iterator[Problem]:
        yield from (Problem("join", error) for error in JOIN.problems(meeting.join))
        for error in CREATE.problems(_create_values(meeting)):
            if error.path != "room_id":
                yield Problem("create", error)
        yield from (Problem("design", error) for error in DESIGN.problems(meeting.design))

    return tuple(found())


def _create_values(meeting: Meeting) -> Values:
    title = {_TITLE: meeting.title} if meeting.title else {}
    return {**title, **meeting.create, "room_id": meeting.room_id}


def room_state(client: Client, room_id: str, user_id: str, *, cancel: Cancellation | None = None) -> RoomState:
    """What the server tells about a room, without any effect on it. Raises as `Client` does."""
    room = client.active_room(room_id, cancel=cancel) if client.is_room_active(room_id, cancel=cancel) else None
    if room is None:
        return RoomState(running=False)
    return RoomState(
        running=True,
        title=room.info.title,
        since=_moment(room.info.created_at),
        people=max(room.info.participants, len(room.participants)),
        same_user_online=any(person.user_id == user_id for person in room.participants),
        recording=room.info.is_recording,
    )


def _moment(seconds: int) -> datetime | None:
    with suppress(ValueError, OverflowError, OSError):  # a server may send any number
        return datetime.fromtimestamp(seconds, UTC) if seconds else None
    return None


def join(meeting: Meeting, client: Client, *, page: Address, create: bool, cancel: Cancellation | None = None) -> Link:
    """Join a meeting: this registers the user, and ends a connection of the same user ID.

    A meeting that is not running is started if `create`, otherwise `RoomNotActive` is raised. Nothing is tried twice:
    a room that ends in between is an error of its own. Raises as `Client` does.
    """
    if not client.is_room_active(meeting.room_id, cancel=cancel):
        if not create:
            raise RoomNotActive(message="", code="")
        client.create_room(create_body(meeting), cancel=cancel)
    token = client.join_token(join_body(meeting), cancel=cancel)
    return make_link(page, token, meeting.design, meeting.room_id)


def effective_locks(meeting: Meeting, room: Mapping[str, bool] | None = None) -> tuple[EffectiveLock, ...]:
    """What the server will lock for this person.

    `room` holds a running room's own locks by name (`lock_chat`); without it the meeting's room settings count.
    """
    return tuple(EffectiveLock(lock.path, lock.label, _locked(meeting, lock.path, room)) for lock in LOCKS)


def _locked(meeting: Meeting, name: str, room: Mapping[str, bool] | None) -> bool | None:
    told = room.get(name) if room is not None else meeting.create.get(f"{_EVERYONES}.{name}")
    everyone = bool(told) if told is not None else name in _LOCKED_UNLESS_TOLD
    if meeting.join.get("user_info.is_admin"):
        return None if everyone and name == "lock_whiteboard" else False
    mine = meeting.join.get(f"{_MINE}.{name}")
    return everyone if mine is None else bool(mine)
