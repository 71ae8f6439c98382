"""Who may join as whom: reserved names and ids, the kick of the same id, and the locks a user really gets."""

import re
import uuid
from typing import Final

from .protocol import Values
from .rooms import DUPLICATE, Room, User
from .tokens import Identity

_RESERVED_NAME: Final = "PLUGNMEET_RECORDER_AUTH"
_RESERVED_PREFIXES: Final = ("ingres_", "pnm_agent-", "sip_", "pnm_tts_agent-")
_RESERVED_SUFFIX: Final = "-native"


class JoinRefused(Exception):
    """`str()` is the server's message."""


def admit(room: Room, wanted: Values, now: float) -> Identity:
    """Register a user from `user_info`, or raise `JoinRefused`; whoever is online under that id is disconnected."""
    name, user_id = wanted["name"], wanted.get("user_id", "")
    _refuse_reserved(name, user_id)
    metadata = dict(wanted.get("user_metadata", {}))
    metadata["ex_user_id"] = metadata.get("ex_user_id") or user_id
    if room.features.get("auto_gen_user_id"):
        user_id = str(uuid.uuid4())
    else:
        if (before := room.users.get(user_id)) is not None:
            before.disconnect(DUPLICATE)
        _refuse_malformed(user_id)
    is_admin = wanted.get("is_admin", False)
    metadata |= _role_of_admin(room, now) if is_admin else _role_of_participant(room, metadata)
    metadata.setdefault("record_webcam", True)
    metadata["metadata_id"] = str(uuid.uuid4())
    room.users[user_id] = User(user_id, name, is_admin, metadata)
    return Identity(
        name,
        user_id,
        room.room_id,
        is_admin,
        wanted.get("is_hidden", False),
        1 if wanted.get("client_type") == 1 else 0,
    )


def _role_of_admin(room: Room, now: float) -> Values:
    """An admin has no locks but the whiteboard's, and that only where somebody else presents."""
    presents = not any(user.metadata.get("is_presenter") for user in room.online(now))
    default = room.metadata["default_lock_settings"].get("lock_whiteboard")
    locks = {} if presents or default is None else {"lock_whiteboard": default}
    return {"is_admin": True, "is_presenter": presents, "lock_settings": locks}


def _role_of_participant(room: Room, metadata: Values) -> Values:
    """Locks that were not sent are the room's; sent ones win, whether on or off."""
    locks = {**room.metadata["default_lock_settings"], **metadata.get("lock_settings", {})}
    waits = bool(room.features["waiting_room_features"].get("is_active"))
    return {"lock_settings": locks, "wait_for_approval": waits}


def _refuse_reserved(name: str, user_id: str) -> None:
    if name == _RESERVED_NAME:
        raise JoinRefused(f"name: {_RESERVED_NAME} is reserved for internal use only")
    if user_id.startswith(_RESERVED_PREFIXES):
        raise JoinRefused(f"user_id: {user_id} is reserved for internal use only")
    if user_id.endswith(_RESERVED_SUFFIX):
        raise JoinRefused(f"user_id: suffix {_RESERVED_SUFFIX} is reserved for internal use only")


def _refuse_malformed(user_id: str) -> None:
    if re.fullmatch("[a-zA-Z0-9_-]+", user_id) is None:
        raise JoinRefused("user_id should only contain ASCII letters (a-z A-Z), digits (0-9) or -_")
    if "-FIELD_" in user_id:
        raise JoinRefused("user_id cannot contain the reserved pattern '-FIELD_'")
    if user_id.startswith("user_"):
        raise JoinRefused("user_id cannot start with the reserved pattern 'user_'")
