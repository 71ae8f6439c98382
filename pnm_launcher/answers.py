"""What the server's calls return, as frozen values."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

from .strict_json import Reader


@dataclass(frozen=True, slots=True)
class RoomInfo:
    """A running room. `created_at` is in seconds since 1970; `participants` are those online now.

    `metadata` is JSON text of all its settings, the key of an encrypted meeting included.
    """

    room_id: str
    title: str
    sid: str
    participants: int
    created_at: int
    is_recording: bool
    is_broadcasting: bool
    is_breakout: bool
    metadata: str = field(repr=False)

    @classmethod
    def read(cls, data: Reader) -> Self:
        return cls(
            room_id=data.text("room_id", required=True),
            title=data.text("room_title"),
            sid=data.text("sid"),
            participants=data.whole("joined_participants"),
            created_at=data.whole("creation_time"),
            is_recording=data.mark("is_recording"),
            is_broadcasting=data.mark("is_active_rtmp"),
            is_breakout=data.mark("is_breakout_room"),
            metadata=data.text("metadata"),
        )


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody in the room; `joined_at` is in seconds since 1970."""

    user_id: str
    name: str
    joined_at: int

    @classmethod
    def read(cls, data: Reader) -> Self:
        return cls(data.text("identity", required=True), data.text("name"), data.whole("joined_at"))


@dataclass(frozen=True, slots=True)
class ActiveRoom:
    info: RoomInfo
    participants: tuple[Participant, ...]

    @classmethod
    def read(cls, data: Reader) -> Self:
        people = tuple(Participant.read(item) for item in data.parts("participants_info"))
        return cls(RoomInfo.read(data.part("room_info")), people)


@dataclass(frozen=True, slots=True)
class ClientFiles:
    """The names of the files of the server's own page; `assets` is where they are, "" for the server itself."""

    css: tuple[str, ...]
    js: tuple[str, ...]
    assets: str

    @classmethod
    def read(cls, data: Reader) -> Self:
        css, js = (data.texts(f"{kind}_files") or data.texts(kind) for kind in ("css", "js"))
        return cls(css, js, data.text("static_assets_path"))


@dataclass(frozen=True, slots=True)
class PastRoom:
    room_id: str
    title: str
    sid: str
    participants: int
    created: datetime
    ended: datetime

    @classmethod
    def read(cls, data: Reader) -> Self:
        return cls(
            room_id=data.text("room_id", required=True),
            title=data.text("room_title"),
            sid=data.text("room_sid"),
            participants=data.whole("joined_participants"),
            created=data.moment("created"),
            ended=data.moment("ended"),
        )


@dataclass(frozen=True, slots=True)
class PastRooms:
    """One page of the list; `total` counts all of them, also the running ones that the server lists here."""

    rooms: tuple[PastRoom, ...] = ()
    total: int = 0

    @classmethod
    def read(cls, data: Reader) -> Self:
        """Leaves out running rooms: the server lists them as ended in the year 1."""
        rooms = (PastRoom.read(item) for item in data.parts("rooms_list"))
        return cls(tuple(room for room in rooms if room.ended.year > 1), data.whole("total_rooms"))
