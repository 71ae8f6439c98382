"""The answers of the API's calls, with the keys in the protocol's order."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from .protocol import requests
from .protojson import emitted, text
from .rooms import Room, User

Answer = dict[str, object]
_NEVER: Final = "0001-01-01T00:00:00Z"
"""When a running room ended, as the server says it."""


def common(status: bool, msg: str, code: str, **more: object) -> Answer:
    return {"status": status, "msg": msg, "status_code": code, **more}


def success(**more: object) -> Answer:
    return common(True, "success", "SUCCESS", **more)


def refused(msg: str, code: str = "INTERNAL_SERVER_ERROR", **more: object) -> Answer:
    return common(False, msg, code, **more)


def room_info(room: Room, joined: int = 0) -> Answer:
    """The protocol's ActiveRoomInfo of a running room."""
    return {
        "room_title": room.title,
        "room_id": room.room_id,
        "sid": room.sid,
        "joined_participants": str(joined),
        "is_running": 1,
        "is_recording": 0,
        "is_active_rtmp": 0,
        "webhook_url": room.metadata.get("webhook_url", ""),
        "is_breakout_room": 0,
        "parent_room_id": "",
        "creation_time": str(int(room.created)),
        "metadata": text(shown_metadata(room)),
    }


def shown_metadata(room: Room) -> Mapping[str, Any]:
    return emitted(room.metadata, requests()["create"].at("metadata"))


def room_with_participants(room: Room, now: float) -> Answer:
    online = room.online(now)
    return {
        "room_info": room_info(room, len(online)),
        "participants_info": [_participant_info(user) for user in online],
    }


def _participant_info(user: User) -> Answer:
    """LiveKit's ParticipantInfo of somebody who is inside and publishes nothing."""
    metadata = emitted(user.metadata, requests()["getJoinToken"].at("user_info.user_metadata"))
    return {
        "sid": user.sid,
        "identity": user.user_id,
        "state": "ACTIVE",
        "tracks": [],
        "metadata": text(metadata),
        "joined_at": str(int(user.joined)),
        "joined_at_ms": str(int(user.joined * 1000)),
        "name": user.name,
        "version": 1,
        "permission": None,
        "region": "",
        "is_publisher": False,
        "kind": "STANDARD",
        "attributes": {},
        "disconnect_reason": "UNKNOWN_REASON",
        "kind_details": [],
    }


def past_room(room: Room, now: float) -> Answer:
    return {
        "room_title": room.title,
        "room_id": room.room_id,
        "room_sid": room.sid,
        "joined_participants": str(room.last_count if room.ended else len(room.online(now))),
        "webhook_url": room.metadata.get("webhook_url", ""),
        "created": _date(room.created),
        "ended": _date(room.ended) if room.ended else _NEVER,
    }


def _date(seconds: float) -> str:
    return datetime.fromtimestamp(int(seconds), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
