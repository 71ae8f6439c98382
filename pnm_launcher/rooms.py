"""What is known of a room on the server."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class RoomState:
    """What the server tells about a room. `people` counts those who are connected now."""

    running: bool
    title: str = ""
    since: datetime | None = None
    people: int = 0
    same_user_online: bool = False
    recording: bool = False
