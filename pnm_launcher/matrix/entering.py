"""Enters a room, and tells what follows from that: the room it was moved to, and the meeting that belongs to it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from pnm_launcher.errors import Cancelled, LauncherError
from pnm_launcher.strict_json import Odd

from .announcement import AnnouncedMeeting, announced_meeting
from .client import MatrixClient
from .ids import is_room_id, is_user_id, server_of
from .room_address import RoomAddress
from .third_party import ThirdPartySigned

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Entered:
    """`successor` is where people have moved to, None unless the room was replaced; `meeting` is what it announces."""

    room_id: str
    successor: RoomAddress | None = None
    meeting: AnnouncedMeeting | None = None


def enter(client: MatrixClient, address: RoomAddress, *, reason: str = "",
          third_party: ThirdPartySigned | None = None) -> Entered:  # fmt: skip
    """Join a room and look around in it. What cannot be learned there counts as not there: the join has succeeded."""
    return looked_around(client, client.join(address, reason=reason, third_party=third_party))


def looked_around(client: MatrixClient, room_id: str) -> Entered:
    """What only members learn of a room, as far as it can be learned."""
    return Entered(
        room_id,
        _if_known(lambda: successor_of(client, room_id)),
        _if_known(lambda: announced_meeting(client, room_id)),
    )


def successor_of(client: MatrixClient, room_id: str) -> RoomAddress | None:
    """The room that has replaced this one; it is reached through the server of whoever replaced it (v1.19)."""
    event = client.state(room_id, "m.room.tombstone", whole=True)
    if not event:
        return None
    try:
        content = event.part("content") if "content" in event.names() else event  # older servers send it alone
        sender = event.text("sender") if content is not event else ""
        room = content.text("replacement_room")
    except Odd:
        return None
    if not is_room_id(room) or room == room_id:
        return None
    return RoomAddress(room, (server_of(sender),) if is_user_id(sender) else ())


def _if_known(look: Callable[[], _T]) -> _T | None:
    try:
        return look()
    except Cancelled:
        raise
    except LauncherError:
        return None
