"""The rooms of the practice server: what was made, who may come, who is inside. All in memory, gone at its end.

Nothing here locks: `hall` lets one thread at a time in.
"""

import secrets
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from .features import empty_timeout, room_metadata
from .protocol import Values

LOCKS: Final = (
    "lock_microphone", "lock_webcam", "lock_screen_sharing", "lock_chat", "lock_chat_send_message",
    "lock_chat_file_share", "lock_private_chat", "lock_whiteboard", "lock_shared_notepad", "lock_reactions",
)  # fmt: skip
DUPLICATE: Final = "notifications.room-disconnected-duplicate-entry"
ROOM_ENDED: Final = "notifications.room-disconnected-room-ended"
REMOVED: Final = "notifications.room-disconnected-participant-removed"
_OFFLINE_AFTER_SECONDS: Final = 25
"""A page that has not asked for events for so long counts as gone."""


@dataclass(eq=False)
class Session:
    """One open page of a user, and the events it has not fetched yet."""

    key: str = field(default_factory=lambda: secrets.token_urlsafe(16), repr=False)
    events: list[dict[str, Any]] = field(default_factory=list)
    over: bool = False
    seen: float = 0.0
    waiting: int = 0
    told: list[dict[str, Any]] | None = None
    _count: int = 0

    def tell(self, kind: str, **details: object) -> None:
        self._count += 1
        self.events.append({"number": self._count, "type": kind, **details})

    def is_online(self, now: float) -> bool:
        return not self.over and (self.waiting > 0 or now - self.seen <= _OFFLINE_AFTER_SECONDS)


@dataclass(eq=False)
class User:
    """Somebody who was given a token; `metadata` is the protocol's UserMetadata."""

    user_id: str
    name: str
    is_admin: bool
    metadata: Values
    session: Session | None = None
    sid: str = field(default_factory=lambda: "PA_" + secrets.token_hex(6))
    joined: float = 0.0

    def is_online(self, now: float) -> bool:
        return self.session is not None and self.session.is_online(now)

    def locks(self) -> dict[str, bool]:
        """All ten locks as they bind this user."""
        given = self.metadata.get("lock_settings", {})
        return {lock: bool(given.get(lock)) for lock in LOCKS}

    def disconnect(self, reason: str) -> None:
        if self.session is not None:
            self.session.tell("kicked", reason=reason)
            self.session.over = True
            self.session = None


@dataclass(eq=False)
class Room:
    """One sitting of a meeting; a new one under the same id is another room."""

    room_id: str
    metadata: Values
    created: float
    empty_timeout: int
    max_participants: int = 0
    sid: str = field(default_factory=lambda: str(uuid.uuid4()))
    ended: float | None = None
    users: dict[str, User] = field(default_factory=dict)
    blocked: set[str] = field(default_factory=set)
    last_count: int = 0

    @property
    def title(self) -> str:
        return str(self.metadata["room_title"])

    @property
    def features(self) -> Values:
        features: Values = self.metadata["room_features"]
        return features

    def online(self, now: float) -> list[User]:
        return [user for user in self.users.values() if user.is_online(now)]

    def is_over(self, now: float) -> bool:
        """Whether its time is up: of the room as a whole, or of an empty one."""
        minutes = self.features.get("room_duration", 0)
        if minutes and now - self.created > minutes * 60:
            return True
        return now - self.created > self.empty_timeout and not self.online(now)

    def participants(self, now: float, me: User) -> list[dict[str, Any]]:
        return [
            {
                "user_id": user.user_id,
                "name": user.name,
                "is_admin": user.is_admin,
                "me": user is me,
                "wait_for_approval": bool(user.metadata.get("wait_for_approval")),
            }
            for user in self.online(now)
        ]

    def end(self, now: float) -> None:
        self.last_count, self.ended = len(self.online(now)), now
        for user in self.users.values():
            if user.session is not None:
                user.session.tell("ended", reason=ROOM_ENDED, logout_url=self.metadata.get("logout_url", ""))
                user.session.over = True


class Rooms:
    """All rooms in the order they were made, as the server's database has them."""

    def __init__(self) -> None:
        self._all: list[Room] = []

    def active(self, room_id: str, now: float) -> Room | None:
        return next((room for room in self.all_active(now) if room.room_id == room_id), None)

    def all_active(self, now: float) -> Iterator[Room]:
        for room in self._all:
            if room.ended is None and room.is_over(now):
                room.end(now)
            if room.ended is None:
                yield room

    def create(self, request: Values, now: float) -> Room:
        """The running room of that id as it is, or a new one; the request changes nothing of a running one."""
        running = self.active(request["room_id"], now)
        if running is not None:
            return running
        metadata = room_metadata(request["metadata"])
        metadata |= {"started_at": int(now), "metadata_id": str(uuid.uuid4())}
        room = Room(
            request["room_id"],
            metadata,
            now,
            empty_timeout(request.get("empty_timeout")),
            request.get("max_participants", 0),
        )
        self._all.append(room)
        return room

    def listed(self, room_ids: list[str], *, newest_first: bool) -> list[Room]:
        """What the server lists as past rooms: the running ones too, which is a fault of its own."""
        found = [room for room in self._all if not room_ids or room.room_id in room_ids]
        return found[::-1] if newest_first else found
