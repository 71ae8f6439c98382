"""THE TABLE: every plugNmeet field a person can set, once. Form, validation, JSON, command line and docs read it.

Paths, types and rules are those of plugnmeet-protocol 23924bd2 (server 2.4); `tests/test_schema.py` holds the table
against the protocol's own list. Help texts say what the server really does where its documentation differs.
"""

from typing import Final

from .fields import Field, Schema, Section
from .kinds import Choice, Color, Number, Pairs, Resource, Rule, Text, Toggle, Url, Words
from .texts import tr

_CHARACTERS = Rule(r"\A[A-Za-z0-9_-]+\Z", tr("Use only the letters a to z and A to Z, digits, - and _."))
_NO_USER = Rule(r"\Auser_", tr("The server refuses IDs that begin with “user_”."), refuse=True)
_NO_FIELD = Rule(r"-FIELD_", tr("The server refuses IDs that contain “-FIELD_”."), refuse=True)
ROOM_ID: Final = Text((_CHARACTERS, _NO_USER, _NO_FIELD), max_bytes=64)
USER_ID: Final = Text(
    (
        _CHARACTERS,
        _NO_USER,
        _NO_FIELD,
        Rule(r"\A(ingres_|pnm_agent-|sip_|pnm_tts_agent-)",
             tr("The server keeps IDs that begin with ingres_, pnm_agent-, sip_ or pnm_tts_agent- for itself."), True),
        Rule(r"-native\Z", tr("The server keeps the ending “-native” for itself."), refuse=True),
        Rule(r"\A(RECORDER_BOT|RTMP_BOT)\Z", tr("RECORDER_BOT and RTMP_BOT are the recorder, which the room hides."),
             refuse=True),
    ),
    max_bytes=256,
)  # fmt: skip
NAME: Final = Text(
    (
        Rule(r"\APLUGNMEET_RECORDER_AUTH\Z", tr("The server keeps the name PLUGNMEET_RECORDER_AUTH for itself."), True),
        Rule(r"\S", tr("Type a name, so that the others know who you are.")),
    ),
    max_bytes=256,
)

LANGUAGES: Final = (
    ("en", "English"), ("es-ES", "Español"), ("de-DE", "Deutsch"), ("fr-FR", "Français"), ("it-IT", "Italiano"),
    ("pt-PT", "Português"), ("ar-SA", "اللغة العربية"), ("bn-BD", "বাংলা"), ("cs-CZ", "Čeština"), ("da-DK", "Dansk"),
    ("el-GR", "Ελληνικά"), ("et-EE", "Eesti"), ("fa-IR", "فارسی"), ("he-IL", "עברית"), ("hr-HR", "Hrvatski"),
    ("hu-HU", "Magyar"), ("id-ID", "Bahasa Indonesia"), ("ja-JP", "日本語"), ("ko-KR", "한국어"), ("lv-LV", "Latviešu"),
    ("nl-NL", "Nederlands"), ("no-NO", "Norsk"), ("pl-PL", "Polski"), ("ro-RO", "Română"), ("ru-RU", "Русский"),
    ("sv-SE", "Svenska"), ("tr-TR", "Türkçe"), ("uk-UA", "Українська"), ("vi-VN", "Tiếng Việt"), ("zh-CN", "简体中文"),
    ("zh-TW", "繁體中文"),
)  # fmt: skip

_LOCK = Toggle((tr("Left to the room"), tr("Locked"), tr("Allowed")))
LOCKS: Final = (
    Field("lock_microphone", tr("Microphone"), _LOCK, help=tr("Locked: enters muted, and only a moderator can let "
          "them speak.")),
    Field("lock_webcam", tr("Webcam"), _LOCK, help=tr("Locked: cannot switch the camera on.")),
    Field("lock_screen_sharing", tr("Screen sharing"), _LOCK, help=tr("A room that says nothing locks this.")),
    Field("lock_chat", tr("Chat"), _LOCK, help=tr("Locked: the public chat is closed; the other chat locks then "
          "make no difference.")),
    Field("lock_chat_send_message", tr("Sending chat messages"), _LOCK, help=tr("Locked: can read, but not write.")),
    Field("lock_chat_file_share", tr("Sending files in the chat"), _LOCK),
    Field("lock_private_chat", tr("Private chat"), _LOCK, help=tr("Locked: no chat between two people; writing to "
          "moderators stays possible.")),
    Field("lock_whiteboard", tr("Whiteboard"), _LOCK, help=tr("A room that says nothing locks this.")),
    Field("lock_shared_notepad", tr("Shared notepad"), _LOCK, help=tr("A room that says nothing locks this.")),
    Field("lock_reactions", tr("Reactions"), _LOCK, help=tr("Servers before 2.3 ignore this.")),
)  # fmt: skip
_WAS_OFF = tr("Servers from 2.3 on keep this on, whatever is set here; use a lock to restrict people reliably.")
_BOT = (
    Field("enable_auto_close_chat_panel", tr("Close the chat panel in the recording"), Toggle()),
    Field("duration_after_last_message", tr("… after the last message"), Number(unit=tr("seconds"))),
)


def _on(path: str, label: str, help: str = _WAS_OFF) -> Field:
    return Field(path, label, Toggle(), True, help=help)


def _off(path: str, label: str, help: str = "") -> Field:
    return Field(path, label, Toggle(), False, help=help)


JOIN: Final = Schema("join", (
    Section.at("", tr("Room"),
        Field("room_id", tr("Room ID"), ROOM_ID, required=True,
              help=tr("Letters, digits, - and _. Everyone who meets uses the same one."))),
    Section.at("user_info", tr("You"),
        Field("name", tr("Name"), NAME, required=True, help=tr("What the others see.")),
        Field("user_id", tr("User ID"), USER_ID, required=True,
              help=tr("Identifies you in the room. Joining again with the same ID ends your other connection.")),
        Field("is_admin", tr("Role"), Toggle((tr("Server decides"), tr("Moderator"), tr("Participant"))), False,
              help=tr("Moderators are never locked: the server drops all their locks.")),
        Field("is_hidden", tr("Hidden"), Toggle(), False,
              help=tr("Has no effect on today's servers: you are listed like everyone else."))),
    Section.at("user_info.user_metadata", tr("In the meeting"),
        Field("profile_pic", tr("Picture"), Url(("https", "http", "data"), 65_536),
              help=tr("Address of your picture. All participants load it from there.")),
        Field("preferred_lang", tr("Language"), Choice(LANGUAGES), help=tr("Language of the meeting's page, for you.")),
        Field("record_webcam", tr("Record my webcam"), Toggle(), help=tr("Recorded unless switched off here.")),
        Field("ex_user_id", tr("External user ID"), Text(max_bytes=256),
              help=tr("Your ID in another system, for its reports. Without one the server repeats the user ID.")),
        Field("extra_data", tr("Extra data"), Pairs(),
              help=tr("Names and texts stored with you. Everyone in the room can read them."))),
    Section.at("user_info.user_metadata.lock_settings", tr("Locks for you"), *LOCKS,
        help=tr("Locks apply to participants. Moderators lose every lock; only the whiteboard follows the room while "
                "another moderator presents.")),
))  # fmt: skip

_FEATURES = "metadata.room_features"
CREATE: Final = Schema("create", (
    Section.at("", tr("Room"),
        Field("room_id", tr("Room ID"), ROOM_ID, required=True, help=tr("The same as on the first page.")),
        Field("metadata.room_title", tr("Title"), Text(max_bytes=255), required=True,
              help=tr("Shown at the top of the meeting.")),
        Field("metadata.welcome_message", tr("Welcome message"), Text(lines=4), help=tr("First message in the chat.")),
        Field("max_participants", tr("Most participants"), Number(1), help=tr("Unset: as many as the server allows.")),
        Field("empty_timeout", tr("End when empty for"), Number(120, unit=tr("seconds")),
              help=tr("Unset: 1800. The server replaces values below 120 by 1800.")),
        Field("metadata.logout_url", tr("Page after the meeting"), Url(), help=tr("Opens 3 seconds after the end.")),
        Field("metadata.webhook_url", tr("Webhook address"), Url(max_bytes=255),
              help=tr("The server reports events of this room there.")),
        Field("metadata.extra_data", tr("Extra data"), Pairs(), help=tr("Names and texts stored with the room."))),
    Section.at("metadata.default_lock_settings", tr("Locks for everyone"), *LOCKS,
        help=tr("For participants whose own locks are left to the room.")),
    Section.at(_FEATURES, tr("People"),
        _on("allow_webcams", tr("Webcams")),
        _off("mute_on_start", tr("Everyone starts muted")),
        _on("allow_screen_share", tr("Screen sharing")),
        _on("allow_view_other_webcams", tr("Participants see each other's webcams")),
        _on("allow_view_other_users_list", tr("Participants see the list of people")),
        _off("admin_only_webcams", tr("Only moderators may show their webcam")),
        Field("allow_virtual_bg", tr("Virtual backgrounds"), Toggle()),
        Field("allow_raise_hand", tr("Raising hands"), Toggle()),
        Field("allow_reactions", tr("Reactions"), Toggle()),
        Field("auto_gen_user_id", tr("Server makes user IDs"), Toggle(),
              help=tr("Everyone gets a random ID at each joining; someone who was blocked can come back.")),
        Field("room_duration", tr("Longest duration"), Number(0, 2**53, unit=tr("minutes")),
              help=tr("0 or unset: no limit of its own.")),
        _on("enable_analytics", tr("Analytics"))),
    Section.at(f"{_FEATURES}.waiting_room_features", tr("Waiting room"),
        _off("is_active", tr("Waiting room"), tr("Participants wait until a moderator lets them in.")),
        Field("waiting_room_msg", tr("Message while waiting"), Text(lines=3))),
    Section.at(f"{_FEATURES}.recording_features", tr("Recording"),
        _on("is_allow", tr("Recording")),
        _on("is_allow_cloud", tr("Recording on the server")),
        _off("enable_auto_cloud_recording", tr("Start recording on the server by itself")),
        _on("is_allow_local", tr("Recording on one's own computer")),
        _off("only_record_admin_webcams", tr("Record moderators' webcams only"))),
    Section.at(f"{_FEATURES}.recording_features.recorder_bot_options", tr("Recording: chat panel"), *_BOT),
    Section.at(f"{_FEATURES}.chat_features", tr("Chat"),
        _on("is_allow", tr("Chat")),
        _on("is_allow_file_upload", tr("Files in the chat")),
        Field("allowed_file_types", tr("Allowed file types"), Words(), help=tr("Unset: the server's own list.")),
        Field("max_file_size", tr("Largest file"), Number(1, 2**53, unit=tr("MB")),
              help=tr("Today's servers replace it by their own limit."))),
    Section.at(f"{_FEATURES}.shared_note_pad_features", tr("Shared notepad"), _on("is_allow", tr("Shared notepad"))),
    Section.at(f"{_FEATURES}.whiteboard_features", tr("Whiteboard"),
        _on("is_allow", tr("Whiteboard")),
        Field("preload_file", tr("File to open at the start"), Url(), help=tr("The server downloads it."))),
    Section.at(f"{_FEATURES}.external_media_player_features", tr("Shared videos"),
        _on("is_allow", tr("Playing a video for everyone"))),
    Section.at(f"{_FEATURES}.display_external_link_features", tr("Shared web pages"),
        _on("is_allow", tr("Showing a web page to everyone"))),
    Section.at(f"{_FEATURES}.breakout_room_features", tr("Breakout rooms"),
        _on("is_allow", tr("Breakout rooms")),
        Field("allowed_number_rooms", tr("Most breakout rooms"), Number(1, 16), help=tr("Unset: 6."))),
    Section.at(f"{_FEATURES}.polls_features", tr("Polls"), _on("is_allow", tr("Polls"))),
    Section.at(f"{_FEATURES}.ingress_features", tr("Streams from outside"),
        _on("is_allow", tr("Showing a stream (RTMP, WHIP) in the room"))),
    Section.at(f"{_FEATURES}.external_broadcasting_features", tr("Broadcasting"),
        _on("is_allow", tr("Broadcasting")),
        _on("is_allow_rtmp", tr("Broadcasting by RTMP"))),
    Section.at(f"{_FEATURES}.external_broadcasting_features.recorder_bot_options", tr("Broadcast: chat panel"), *_BOT),
    Section.at(f"{_FEATURES}.end_to_end_encryption_features", tr("End-to-end encryption"),
        _off("is_enabled", tr("End-to-end encryption"), tr("Switches dial-in and streams from outside off.")),
        _off("included_chat_messages", tr("Also for chat messages")),
        _off("included_whiteboard", tr("Also for the whiteboard")),
        _off("enabled_self_insert_encryption_key", tr("Participants type the key themselves"),
             tr("Also switches broadcasting, recording on the server and transcription off."))),
    Section.at(f"{_FEATURES}.insights_features", tr("Insights and AI"),
        _on("is_allow", tr("Insights")),
        _on("transcription_features.is_allow", tr("Transcription")),
        _off("transcription_features.is_allow_translation", tr("Translation of the transcription")),
        _off("transcription_features.is_allow_speech_synthesis", tr("Spoken translation")),
        _on("chat_translation_features.is_allow", tr("Translation of the chat")),
        _on("ai_features.is_allow", tr("AI")),
        _on("ai_features.ai_text_chat_features.is_allow", tr("Chat with an AI")),
        _on("ai_features.meeting_summarization_features.is_allow", tr("AI summary of the meeting")),
        Field("ai_features.meeting_summarization_features.summarization_prompt", tr("Prompt for the summary"),
              Text(lines=4))),
    Section.at(f"{_FEATURES}.sip_dial_in_features", tr("Telephone"),
        _on("is_allow", tr("Dial-in by telephone")),
        _off("enable_dial_in_on_create", tr("Open for calls from the start")),
        _off("hide_phone_number", tr("Hide telephone numbers"))),
    Section.at("metadata.copyright_conf", tr("Copyright line"),
        Field("display", tr("Show a copyright line"), Toggle(), help=tr("Only where the server allows it.")),
        Field("text", tr("Text of the copyright line"), Text(lines=2))),
    Section.at(_FEATURES, tr("Old servers"),
        Field("allow_rtmp", tr("Broadcasting (old name)"), Toggle(),
              help=tr("Deprecated, but “off” is the one way to switch broadcasting off on servers from 2.3 on."))),
))  # fmt: skip

DESIGN: Final = Schema("design", (
    Section.at("", tr("Colours"),
        Field("primary_color", tr("Primary"), Color(), help=tr("Avatars in the list of people, menu icons, and primary "
              "buttons unless they have a colour of their own.")),
        Field("secondary_color", tr("Secondary"), Color(), help=tr("Unread badges, and secondary buttons unless they "
              "have a colour of their own.")),
        Field("background_color", tr("Room background"), Color(), help=tr("Between header and footer; hidden when a "
              "background picture is set.")),
        Field("header_bg_color", tr("Header"), Color(), help=tr("Bar at the top of the room. Its texts keep their "
              "colour.")),
        Field("footer_bg_color", tr("Footer"), Color(), help=tr("Bar at the bottom of the room.")),
        Field("footer_icon_bg_color", tr("Footer icon background"), Color(), help=tr("Squares behind the icons; their "
              "hover and active colours vanish.")),
        Field("footer_icon_color", tr("Footer icon"), Color(), help=tr("The glyphs, also the red one of a lock.")),
        Field("side_panel_bg_color", tr("Side panels"), Color(), help=tr("People, chat, polls, notifications."))),
    Section.at("", tr("Buttons"),
        Field("primary_btn_bg_color", tr("Primary button"), Color(), help=tr("Unset: the primary colour.")),
        Field("primary_btn_text_color", tr("Primary button text"), Color(), help=tr("Works only when the button or the "
              "primary colour is set.")),
        Field("secondary_btn_bg_color", tr("Secondary button"), Color(), help=tr("Unset: the secondary colour.")),
        Field("secondary_btn_text_color", tr("Secondary button text"), Color(), help=tr("Works only when the button or "
              "the secondary colour is set."))),
    Section.at("", tr("Pictures and CSS"),
        Field("background_image", tr("Background picture"), Resource(), help=tr("Fills the room's background.")),
        Field("custom_logo", tr("Logo"), Resource(), help=tr("In the room's header, on light and on dark.")),
        Field("custom_css_url", tr("Style sheet"), Resource(), help=tr("Your own CSS, light and dark; the colours "
              "above are applied after it."))),
))  # fmt: skip

DESIGN_ALIASES: Final = {"right_side_bg_color": "side_panel_bg_color"}
SCHEMAS: Final = (JOIN, CREATE, DESIGN)

LEFT_OUT: Final = {
    "getJoinToken": {
        "user_info.user_metadata.is_admin": "the server sets it; sent alone it shows moderators' menus to others",
        "user_info.user_metadata.is_presenter": "the server manages it and refuses any other value",
        "user_info.user_metadata.raised_hand.is_raised": "the server manages it; older servers want another type",
        "user_info.user_metadata.raised_hand.raised_at": "the server manages it; older servers want another type",
        "user_info.user_metadata.wait_for_approval": "the server manages it and refuses any other value",
        "user_info.user_metadata.metadata_id": "the server makes it and refuses any other value",
        "user_info.client_type": "HYBRID_WEB hides the media controls of the page this program opens",
    },
    "create": {
        "metadata.room_features.whiteboard_features.total_pages": "the server counts the pages of its own file",
        "metadata.room_features.display_external_link_features.link": "set in the running room when a page is shown",
        "metadata.room_features.display_external_link_features.shared_by": "set in the running room",
        "metadata.room_features.ingress_features.input_type": "set in the running room when a stream is added",
    },
}
"""Upstream paths that are no rows, with the reason. Those whose rule is `must-be-…` in create are left out for that."""
