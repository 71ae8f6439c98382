"""What a room gets when it is made: the server's defaults under the request, then the server's own corrections.

The defaults and corrections are those of plugNmeet 2.4 (its protocol's `utils/create_room.go`), for a server that has
no transcription, no telephony and room for small uploads.
"""

import secrets
from typing import Any, Final

from .protocol import Values, requests
from .protojson import merge

MOST_UPLOAD_MB: Final = 1
_ALLOWED: Final = {"is_allow": True}
_FILE_TYPES: Final = ["jpg", "png", "zip", "pdf"]
_MOST_BREAKOUT_ROOMS: Final = 16
_WHITEBOARD_FILE_MB: Final = 30
_SHORTEST_EMPTY_TIMEOUT: Final = 120
_EMPTY_TIMEOUT: Final = 1800
_DEFAULTS: Final[Values] = {
    "room_features": {
        "allow_webcams": True,
        "allow_screen_share": True,
        "allow_view_other_webcams": True,
        "allow_view_other_users_list": True,
        "enable_analytics": True,
        "allow_virtual_bg": True,
        "allow_raise_hand": True,
        "allow_reactions": True,
        "auto_gen_user_id": False,
        "recording_features": {"is_allow": True, "is_allow_cloud": True, "is_allow_local": True},
        "chat_features": {"is_allow": True, "is_allow_file_upload": True},
        "shared_note_pad_features": _ALLOWED,
        "whiteboard_features": _ALLOWED,
        "external_media_player_features": _ALLOWED,
        "waiting_room_features": {},
        "breakout_room_features": {"is_allow": True, "allowed_number_rooms": 6},
        "display_external_link_features": _ALLOWED,
        "ingress_features": _ALLOWED,
        "end_to_end_encryption_features": {},
        "polls_features": _ALLOWED,
        "insights_features": {
            "is_allow": True,
            "transcription_features": {"is_allow": True, "max_selected_trans_langs": 2},
            "chat_translation_features": {"is_allow": True, "max_selected_trans_langs": 5},
            "ai_features": {
                "is_allow": True,
                "ai_text_chat_features": _ALLOWED,
                "meeting_summarization_features": _ALLOWED,
            },
        },
        "sip_dial_in_features": _ALLOWED,
        "external_broadcasting_features": {"is_allow": True, "is_allow_rtmp": True},
    },
    "default_lock_settings": {"lock_screen_sharing": True, "lock_whiteboard": True, "lock_shared_notepad": True},
    "copyright_conf": {
        "display": True,
        "text": 'Powered by <a href="https://www.plugnmeet.org" target="_blank">plugNmeet</a>',
    },
}


def room_metadata(asked: Values) -> Values:
    """The metadata of a new room, from the `metadata` of the request."""
    metadata = merge(_DEFAULTS, asked, requests()["create"].at("metadata"))
    _correct(metadata["room_features"])
    return metadata


def empty_timeout(asked: int | None) -> int:
    """After that many seconds without anybody inside, the room ends."""
    return asked if asked is not None and asked >= _SHORTEST_EMPTY_TIMEOUT else _EMPTY_TIMEOUT


def _correct(features: Values) -> None:
    recording, chat, broadcasting = (
        features[f"{name}_features"] for name in ("recording", "chat", "external_broadcasting")
    )
    if not recording.get("is_allow"):
        _forbid(recording, "is_allow_cloud", "is_allow_local", "enable_auto_cloud_recording")
    if chat.get("is_allow_file_upload"):
        chat["allowed_file_types"] = chat.get("allowed_file_types") or _FILE_TYPES
        chat["max_file_size"] = MOST_UPLOAD_MB
    if "allow_rtmp" in features:  # the old name still decides, also when it is off
        broadcasting |= {"is_allow": features["allow_rtmp"], "is_allow_rtmp": features["allow_rtmp"]}
    features["whiteboard_features"]["max_allowed_file_size"] = _WHITEBOARD_FILE_MB
    breakout = features["breakout_room_features"]
    breakout["allowed_number_rooms"] = min(breakout["allowed_number_rooms"], _MOST_BREAKOUT_ROOMS)
    _correct_for_encryption(features)
    _forbid_insights(features["insights_features"])
    _forbid(features["sip_dial_in_features"], "is_allow")


def _correct_for_encryption(features: Values) -> None:
    encryption = features["end_to_end_encryption_features"]
    if not encryption.get("is_enabled"):
        _forbid(encryption, "enabled_self_insert_encryption_key", "included_chat_messages", "included_whiteboard")
        return
    _forbid(features["ingress_features"], "is_allow")
    if encryption.get("enabled_self_insert_encryption_key"):
        _forbid(features["external_broadcasting_features"], "is_allow")
        _forbid(features["recording_features"], "is_allow_cloud", "enable_auto_cloud_recording")
    else:
        encryption["encryption_key"] = secrets.token_hex(16)


def _forbid_insights(insights: Values) -> None:
    """All of it: the practice server has no provider for it, like a server without one in its configuration."""
    _forbid(insights, "is_allow", "is_allow_translation")
    for part in insights.values():
        if isinstance(part, dict):
            _forbid_insights(part)


def _forbid(values: dict[str, Any], *names: str) -> None:
    for name in names:
        values.pop(name, None)
