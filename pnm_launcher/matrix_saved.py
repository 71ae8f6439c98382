"""What is saved of Matrix: accounts, and the room of a meeting, as frozen values. Tokens are in the keyring alone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from .address import parse_address
from .errors import InvalidValue

_OF_ACCOUNT: Final = ("id", "homeserver", "user_id", "device_id", "client_id", "ca_file", "web_client")
_OF_ROOM: Final = ("account", "room")


@dataclass(frozen=True, slots=True)
class MatrixAccount:
    """An account at a homeserver. `homeserver` and `web_client` are canonical addresses (`address.parse_address`).

    `device_id` is kept for the next sign-in; `client_id` is this program's name at a server that signs in with OAuth,
    and "" elsewhere; `ca_file` is as in `Server`; `web_client` is the organisation's own Element Web, or "". `other`
    is as in `Meeting`.
    """

    id: str
    homeserver: str
    user_id: str
    device_id: str = ""
    client_id: str = ""
    ca_file: str = ""
    web_client: str = ""
    other: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def account(self) -> str:
        """The name of the tokens' entry in the keyring."""
        return f"matrix {self.user_id} {self.homeserver}"

    @property
    def name(self) -> str:
        return self.user_id


@dataclass(frozen=True, slots=True)
class MatrixRoom:
    """The Matrix room of a meeting: the account's id, and the room as a `matrix:` URI (`matrix.room_address`)."""

    account: str
    room: str


def read_account(raw: Any) -> MatrixAccount | None:  # noqa: ANN401 - JSON is what it is
    """An entry of the meetings file without its `other`; None if it cannot be used."""
    if not isinstance(raw, dict) or not all(isinstance(raw.get(name, ""), str) for name in _OF_ACCOUNT):
        return None
    values: dict[str, Any] = {name: raw.get(name, "") for name in _OF_ACCOUNT}
    try:
        for name in ("homeserver", "web_client"):
            if name == "homeserver" or values[name]:
                values[name] = str(parse_address(values[name]))
    except InvalidValue:
        return None
    return MatrixAccount(**values) if values["user_id"].startswith("@") else None


def unknown_of_account(raw: Mapping[str, Any]) -> dict[str, Any]:
    return {name: item for name, item in raw.items() if name not in _OF_ACCOUNT}


def write_account(account: MatrixAccount) -> dict[str, Any]:
    values = {name: getattr(account, name) for name in _OF_ACCOUNT}
    sparse = {name: text for name, text in values.items() if text or name in _OF_ACCOUNT[:3]}
    return sparse | {name: rest for name, rest in account.other.items() if name not in sparse}


def read_room(raw: Any) -> MatrixRoom | None:  # noqa: ANN401
    """The `matrix` of a meeting in the file; None if it is missing, or of a form that this version cannot keep."""
    if not isinstance(raw, dict) or set(raw) != set(_OF_ROOM):
        return None
    texts = [raw[name] for name in _OF_ROOM]
    return MatrixRoom(*texts) if all(isinstance(text, str) for text in texts) else None


def write_room(room: MatrixRoom) -> dict[str, str]:
    return {"account": room.account, "room": room.room}
