"""A Matrix room tells which plugNmeet meeting belongs to it, and people are invited to that in the room.

What is written is an address and a room's id, never a token: each person's own launcher gets its own. What is read was
written by somebody else: it is matched with the servers one has, and nothing is ever opened or added because of it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pnm_launcher.address import parse_address
from pnm_launcher.errors import InvalidValue
from pnm_launcher.meetings import Server
from pnm_launcher.schema import ROOM_ID
from pnm_launcher.strict_json import Odd
from pnm_launcher.texts import tr

from .client import MatrixClient
from .room_faults import RoomEncrypted

EVENT_TYPE: Final = "io.github.pnm_launcher.meeting"
"""The type of the room's state, with the empty key: a room has one meeting."""
FIELD: Final = "message"
_LONGEST: Final = 4_000
_A_KEY: Final = re.compile(r"access_token|\beyJ[\w-]{10,}\.", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class AnnouncedMeeting:
    """`server` is the canonical address of a plugNmeet server, `room_id` the room there."""

    server: str
    room_id: str

    def on_one_of(self, servers: Iterable[Server]) -> Server | None:
        """The one of the user's own servers that it is on."""
        return next((server for server in servers if server.address == self.server), None)


def announced_meeting(client: MatrixClient, room_id: str) -> AnnouncedMeeting | None:
    """What the room announces; None if that is nothing, or nothing that can be used. Raises `NotPermitted` outside."""
    content = client.state(room_id, EVENT_TYPE)
    try:
        if content and content.names():
            return _checked(content.text("server", required=True), content.text("room_id", required=True))
    except (Odd, InvalidValue):
        pass
    return None


def announce(client: MatrixClient, room_id: str, meeting: AnnouncedMeeting) -> None:
    """Write it into the room, in place of what was announced before. Raises `NotPermitted` for ordinary members."""
    checked = _checked(meeting.server, meeting.room_id)
    client.put_state(room_id, EVENT_TYPE, {"server": checked.server, "room_id": checked.room_id})


def withdraw(client: MatrixClient, room_id: str) -> None:
    """Announce nothing any more."""
    client.put_state(room_id, EVENT_TYPE, {})


def post_invitation(client: MatrixClient, room_id: str, text: str) -> None:
    """Send a message to the room. Raises `RoomEncrypted` where it could not be read by those it is for, and
    `InvalidValue` for a text with a key to a meeting in it, because that lets anybody in under one's own name."""
    if not text.strip() or len(text) > _LONGEST:
        raise InvalidValue(FIELD, tr("A message has 1 to {most} characters."), most=_LONGEST)
    if _A_KEY.search(text):
        raise InvalidValue(FIELD, tr("This text holds your own key to the meeting. Send the address alone."))
    if client.state(room_id, "m.room.encryption") is not None:
        raise RoomEncrypted
    client.send_text(room_id, text)


def _checked(server: str, room_id: str) -> AnnouncedMeeting:
    """Raises `InvalidValue`, also for a server on this computer, which nobody else can reach."""
    address = parse_address(server, "server")
    if address.scheme != "https":
        raise InvalidValue("server", tr("A server on this computer cannot be announced to others."))
    ROOM_ID.parse(room_id, "room_id")
    return AnnouncedMeeting(str(address), room_id)
