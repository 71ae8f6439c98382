"""Where a homeserver's OAuth lives, as the homeserver itself tells.

Source: matrix-spec v1.18, client-server API, “Server metadata discovery” (MSC2965).
"""

from dataclasses import dataclass
from typing import Final

from pnm_launcher.address import Address, parse_address
from pnm_launcher.errors import InvalidValue
from pnm_launcher.strict_json import Odd, Reader, odd_value

from .calls import Calls, Request, understood
from .faults import NotMatrix
from .room_faults import CallUnknown, RoomNotFound

_METADATA: Final = ("/_matrix/client/v1/auth_metadata", "/_matrix/client/unstable/org.matrix.msc2965/auth_metadata")


@dataclass(frozen=True, slots=True)
class AuthServer:
    """`device` is None where there is no device flow; so are the others where the server has no such call."""

    token: Address
    registration: Address | None = None
    device: Address | None = None
    revocation: Address | None = None


def auth_server(calls: Calls) -> AuthServer | None:
    """None if the homeserver has no OAuth. Raises `MatrixNotUnderstood` for addresses that are not https."""
    for path in _METADATA:
        try:
            data = calls.call(Request("GET", path))
        except (CallUnknown, RoomNotFound, NotMatrix):
            continue
        try:
            return _read(data)
        except Odd as odd:
            fault = understood(calls.address, odd)
        raise fault
    return None


def _read(data: Reader) -> AuthServer:
    if not (token := _address(data, "token_endpoint")):
        raise odd_value("token_endpoint")
    others = ("registration_endpoint", "device_authorization_endpoint", "revocation_endpoint")
    return AuthServer(token, *(_address(data, name) for name in others))


def _address(data: Reader, name: str) -> Address | None:
    if not (text := data.text(name)):
        return None
    try:
        address = parse_address(text)
    except InvalidValue:
        raise odd_value(name) from None
    if str(address) != text:  # where a slash at the end was lost, the call would go elsewhere
        raise odd_value(name)
    return address
