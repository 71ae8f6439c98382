"""What a plugNmeet server refuses, one class per reason, and the table that finds the class for an answer.

The texts on the left of the table are the server's own (v2.4, and older ones where they differed), as listed in the
contract; the status code alone is not enough, because most refusals share INTERNAL_SERVER_ERROR.
"""

import re
from typing import Final

from .errors import ServerRefused
from .texts import tr


class HeaderMissing(ServerRefused):
    sentence = tr("A part of the request did not reach the server: {message}")
    hint = tr("A proxy or firewall on the way may have removed it. Send this sentence to your administrator.")


class ApiKeyUnknown(ServerRefused):
    sentence = tr("The server does not know this API key.")
    hint = tr("Copy the key again from the server's config.yaml (client → api_key).")


class SecretWrong(ServerRefused):
    sentence = tr("The API secret does not match this API key.")
    hint = tr("Copy it again from the server's config.yaml (client → secret).")


class FieldRefused(ServerRefused):
    """One or more values broke a rule; `violations` pairs each field's path with the server's sentence."""

    sentence = tr("The server did not accept a value: {message}")
    hint = tr("Correct the field and try again.")

    def __init__(self, violations: tuple[tuple[str, str], ...] = (), **details: str | int) -> None:
        super().__init__(**details)
        self.violations = violations


class RequestMalformed(ServerRefused):
    sentence = tr("The server could not read the request: {message}")
    hint = tr("This server may be much older or newer than this program. Send this sentence to your administrator.")


class UserBlocked(ServerRefused):
    sentence = tr("This user ID was removed from the running meeting and blocked.")
    hint = tr("Wait until the meeting has ended, or ask its moderator.")


class RoomNotActive(ServerRefused):
    sentence = tr("The meeting is not running.")
    hint = tr("Start it: press Join and confirm, or wait for the moderator.")
    exit_code = 6


class NameReserved(ServerRefused):
    sentence = tr("The server keeps this name for itself.")
    hint = tr("Choose another name.")


class UserIdReserved(ServerRefused):
    sentence = tr("The server keeps user IDs that begin like this one for itself.")
    hint = tr("Do not begin it with ingres_, pnm_agent-, sip_ or pnm_tts_agent-.")


class UserIdSuffixReserved(ServerRefused):
    sentence = tr("The server keeps user IDs that end with -native for itself.")
    hint = tr("Choose another ending.")


class UserIdCharacters(ServerRefused):
    sentence = tr("The user ID has characters that the server refuses, or is empty.")
    hint = tr("Use only the letters a to z and A to Z, digits, - and _.")


class UserIdPattern(ServerRefused):
    sentence = tr("The user ID contains “-FIELD_”, which the server refuses.")
    hint = tr("Choose another user ID.")


class UserIdPrefix(ServerRefused):
    sentence = tr("The server refuses user IDs that begin with “user_”.")
    hint = tr("Leave the prefix out.")


class RoomIdReserved(ServerRefused):
    sentence = tr("The server refuses this room ID: {message}")
    hint = tr("It must not begin with “user_” or contain “-FIELD_”.")


class RoomIdTooLong(ServerRefused):
    sentence = tr("The room ID is too long for the server.")
    hint = tr("Use at most 64 characters.")


class RoomVanished(ServerRefused):
    sentence = tr("The meeting ended in this very moment.")
    hint = tr("Press Join again to start a new one.")
    exit_code = 6


class RoomBusy(ServerRefused):
    sentence = tr("The server is still closing the meeting before this one.")
    hint = tr("Wait a few seconds, then press Join again.")


class RoomNotEnded(ServerRefused):
    sentence = tr("The meeting could not be ended: {message}")
    hint = tr("It may be starting. Wait a few seconds and try again.")


class NobodyOnline(ServerRefused):
    sentence = tr("Nobody is in the meeting now.")
    hint = tr("Try again when someone has joined.")


class NoModeratorOnline(ServerRefused):
    sentence = tr("No moderator is in the meeting now.")
    hint = tr("Try again when one has joined.")


class RecordNotFound(ServerRefused):
    sentence = tr("The server found nothing for this.")
    hint = tr("It may have been deleted.")


class NotAllowed(ServerRefused):
    sentence = tr("The server does not allow this: {message}")
    hint = tr("Ask your administrator for the permission.")


class ServerTrouble(ServerRefused):
    sentence = tr("The server reported a fault of its own: {message}")
    hint = tr("Try again. If it stays, send this sentence to your administrator.")


_BY_TEXT: Final[tuple[tuple[str, type[ServerRefused]], ...]] = (
    (r"missing (api-key|hash-signature|room-id) header|hash signature value required", HeaderMissing),
    (r"invalid api key", ApiKeyUnknown),
    (r"failed to verify provided authentication|can't verify provided information", SecretWrong),
    (r"^validation errors?:", FieldRefused),
    (r"^proto: ", RequestMalformed),
    (r"userinfo required", FieldRefused),
    (r"blocked to join", UserBlocked),
    (r"name: \S+ is reserved", NameReserved),
    (r"suffix -native is reserved", UserIdSuffixReserved),
    (r"user_id: .* is reserved", UserIdReserved),
    (r"user_id should only contain", UserIdCharacters),
    (r"user_id cannot contain", UserIdPattern),
    (r"user_id cannot start", UserIdPrefix),
    (r"roomid cannot (contain|start)", RoomIdReserved),
    (r"data too long for column 'roomid'", RoomIdTooLong),
    (r"did not find correct room info|found in delete status", RoomVanished),
    (r"timeout waiting to acquire lock", RoomBusy),
    (r"failed to end room", RoomNotEnded),
    (r"^room (is )?not (active|found)", RoomNotActive),
    (r"^no online user found", NobodyOnline),
    (r"^no online admin user found", NoModeratorOnline),
    (r"^(no (past |active )?(room|recording|artifact) found|(recording|artifact) not found)$", RecordNotFound),
)

_BY_CODE: Final[dict[str, type[ServerRefused]]] = {
    "PERMISSION_DENIED": NotAllowed,
    "NOT_FOUND": RecordNotFound,
    "INVALID_TOKEN_OR_SIGNATURE": SecretWrong,
    "INVALID_API_KEY": ApiKeyUnknown,
    "INTERNAL_SERVER_ERROR": ServerTrouble,
    "INVALID_PARAMETERS": FieldRefused,
    "MISSING_REQUIRED_PARAMETER": HeaderMissing,
    "ROOM_NOT_FOUND": RoomNotActive,
    "ROOM_NOT_ACTIVE": RoomNotActive,
    "USER_NOT_FOUND": NobodyOnline,
    "USER_NOT_ACTIVE": NobodyOnline,
    "USER_BLOCKED": UserBlocked,
}

_VIOLATION = re.compile(r"^(?:validation error: | - )([\w.\[\]\"]+): (.*)$", re.MULTILINE)


def refusal(message: str, code: str) -> ServerRefused:
    """Turn a refused answer's `msg` and `status_code` into its error.

    `code` is "" for servers before 2.1.7, which send none; an unknown code and text give a plain `ServerRefused`
    that quotes the server.
    """
    text = message.replace("\N{NO-BREAK SPACE}", " ")
    found = next((kind for pattern, kind in _BY_TEXT if re.search(pattern, text, re.IGNORECASE)), None)
    kind = found or _BY_CODE.get(code, ServerRefused)
    shown = text or tr("it gave no reason")
    if issubclass(kind, FieldRefused):
        violations = tuple(_VIOLATION.findall(text))
        shown = "; ".join(": ".join(violation) for violation in violations) or shown
        return kind(violations, message=shown, code=code or "-")
    return kind(message=shown, code=code or "-")
