"""The signed invitation that an identity server makes for a person who was invited by e-mail."""

import re
from dataclasses import dataclass
from typing import Any, Final

from pnm_launcher.errors import InvalidValue
from pnm_launcher.strict_json import Odd, Reader, odd_value
from pnm_launcher.texts import tr

from .ids import is_server_name, is_user_id

FIELD: Final = "third_party_signed"
_LONGEST: Final = 8_192
_KEYS: Final = {"sender", "mxid", "token", "signatures"}
_KEY_ID: Final = re.compile(r"ed25519:[A-Za-z0-9_]{1,64}")
_SIGNATURE: Final = re.compile(r"[A-Za-z0-9+/]{86}")
"""Unpadded base64 of the 64 bytes of an Ed25519 signature."""


@dataclass(frozen=True, slots=True)
class ThirdPartySigned:
    """`sender` invited `mxid`; `token` names the invitation; `signatures` are (server, key, signature).

    Source: matrix-spec v1.18, `definitions/third_party_signed.yaml`.
    """

    sender: str
    mxid: str
    token: str
    signatures: tuple[tuple[str, str, str], ...]

    def as_json(self) -> dict[str, Any]:
        signatures: dict[str, dict[str, str]] = {}
        for server, key, signature in self.signatures:
            signatures.setdefault(server, {})[key] = signature
        return {"sender": self.sender, "mxid": self.mxid, "token": self.token, "signatures": signatures}


def parse_third_party(text: str, user_id: str) -> ThirdPartySigned:
    """Read the JSON of an invitation for `user_id`; raises `InvalidValue` with what is wrong."""
    if len(text) > _LONGEST:
        raise InvalidValue(FIELD, tr("This is too long for a signed invitation."))
    try:
        found = _read(Reader.of(text.encode("utf-8", "surrogatepass")))
    except Odd as odd:
        reason = str(odd)
    else:
        if found.mxid == user_id:
            return found
        raise InvalidValue(FIELD, tr("This invitation is for {mxid}, and you are {user_id}."), mxid=found.mxid,
                           user_id=user_id)  # fmt: skip
    raise InvalidValue(FIELD, tr("This is not a signed invitation: {reason}."), reason=reason)


def _read(data: Reader) -> ThirdPartySigned:
    if extra := set(data.names()) - _KEYS:
        raise Odd(tr("“{name}” does not belong in it").format(name=min(extra)))
    people = {name: data.text(name, required=True) for name in ("sender", "mxid")}
    for name, user_id in people.items():
        if not is_user_id(user_id):
            raise odd_value(name)
    token = data.text("token", required=True)
    if len(token) > 255 or not token.isprintable():
        raise odd_value("token")
    signatures = tuple(_signatures(data.part("signatures")))
    if not signatures:
        raise odd_value("signatures")
    return ThirdPartySigned(people["sender"], people["mxid"], token, signatures)


def _signatures(data: Reader) -> list[tuple[str, str, str]]:
    found = []
    for server, keys in data.entries():
        if not is_server_name(server):
            raise odd_value(f"signatures.{server}")
        for key in keys.names():
            signature = keys.text(key, required=True)
            if not _KEY_ID.fullmatch(key) or not _SIGNATURE.fullmatch(signature):
                raise odd_value(f"signatures.{server}.{key}")
            found.append((server, key, signature))
    return found
