"""What is saved: servers, meetings, designs and accounts, as frozen values. Secrets are in the keyring instead."""

import os
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal, TypeVar

from .errors import UnknownDesign, UnknownMatrixAccount, UnknownMeeting, UnknownServer
from .matrix_saved import MatrixAccount, MatrixRoom
from .values import Values

Opener = Literal["window", "browser"]
MOST_VERSIONS: Final = 20
"""Earlier states of a design that are kept."""
PRACTICE: Final = "practice"
"""The id of the built-in practice server, which is never saved and has another address at each start."""


@dataclass(frozen=True, slots=True)
class Server:
    """A plugNmeet server. `address` and `page` are canonical (`address.parse_address`); `page` is where the meeting's
    page is when that is not the address itself; `ca_file` is a PEM file of the organisation's own certificates;
    `other` is as in `Meeting`."""

    id: str
    name: str
    address: str
    api_key: str
    page: str = ""
    ca_file: str = ""
    other: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def account(self) -> str:
        """The name of the secret's entry in the keyring."""
        return f"{self.api_key}@{self.address}"

    @property
    def page_base(self) -> str:
        return self.page or self.address


@dataclass(frozen=True, slots=True)
class Meeting:
    """One card of the list: where and as whom to join, with sparse values of the three tables, and a Matrix room if
    it has one.

    `other` holds what a newer version saved and this one does not know; it is written back untouched.
    """

    id: str
    title: str
    server: str
    join: Values
    create: Values = field(default_factory=dict)
    design: Values = field(default_factory=dict)
    pinned: bool = False
    opener: Opener = "window"
    other: Mapping[str, Any] = field(default_factory=dict)
    matrix: MatrixRoom | None = None

    @property
    def room_id(self) -> str:
        return str(self.join.get("room_id", ""))

    @property
    def user_id(self) -> str:
        return str(self.join.get("user_info.user_id", ""))

    @property
    def user_name(self) -> str:
        return str(self.join.get("user_info.name", ""))

    def values(self, table: str) -> Values:
        """The values of the table of that name: join, create or design."""
        return {"join": self.join, "create": self.create, "design": self.design}[table]

    def with_values(self, table: str, values: Values) -> "Meeting":
        changes: dict[str, Any] = {table: values}
        return replace(self, **changes)


@dataclass(frozen=True, slots=True)
class DesignVersion:
    """An earlier state of a design, as it was until it was changed; `saved` and `other` are as in `Design`."""

    saved: str
    values: Values
    note: str = ""
    other: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Design:
    """A design with a name, for any meeting. `saved` is when it got this state (ISO 8601, UTC) or ""; `versions` are
    its earlier states, newest first; `other` is as in `Meeting`."""

    id: str
    name: str
    values: Values
    note: str = ""
    saved: str = ""
    versions: tuple[DesignVersion, ...] = ()
    other: Mapping[str, Any] = field(default_factory=dict)

    def changed(self, values: Values, *, saved: str, note: str = "") -> "Design":
        """The design with other values; its present state becomes a version."""
        before = DesignVersion(self.saved, self.values, self.note)
        return replace(
            self, values=values, note=note, saved=saved, versions=(before, *self.versions)[:MOST_VERSIONS]
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Book:
    """All that is saved, in the order of the list."""

    servers: tuple[Server, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    designs: tuple[Design, ...] = ()
    other: Mapping[str, Any] = field(default_factory=dict)
    matrix_accounts: tuple[MatrixAccount, ...] = ()

    def server(self, name: str) -> Server:
        """By id or by name (case does not matter); raises `UnknownServer`."""
        for server in self.servers:
            if name in (server.id, server.address) or name.casefold() == server.name.casefold():
                return server
        raise UnknownServer(name=name)

    def meeting(self, name: str) -> Meeting:
        """By id or by title (case does not matter); raises `UnknownMeeting`."""
        for meeting in self.meetings:
            if name == meeting.id or name.casefold() == meeting.title.casefold():
                return meeting
        raise UnknownMeeting(name=name)

    def design(self, name: str) -> Design:
        """By id or by name (case does not matter); raises `UnknownDesign`."""
        for design in self.designs:
            if name == design.id or name.casefold() == design.name.casefold():
                return design
        raise UnknownDesign(name=name)

    def matrix_account(self, name: str) -> MatrixAccount:
        """By id or by user id; raises `UnknownMatrixAccount`."""
        for account in self.matrix_accounts:
            if name in (account.id, account.user_id):
                return account
        raise UnknownMatrixAccount(name=name)

    def with_server(self, server: Server) -> "Book":
        return replace(self, servers=_put(self.servers, server))

    def without_server(self, server_id: str) -> "Book":
        return replace(self, servers=tuple(server for server in self.servers if server.id != server_id))

    def with_meeting(self, meeting: Meeting, position: int | None = None) -> "Book":
        """Replace the meeting of that id in its place, or insert it (at the end unless told)."""
        return replace(self, meetings=_put(self.meetings, meeting, position))

    def without_meeting(self, meeting_id: str) -> "Book":
        return replace(self, meetings=tuple(meeting for meeting in self.meetings if meeting.id != meeting_id))

    def with_design(self, design: Design, position: int | None = None) -> "Book":
        """Replace the design of that id in its place, or insert it (at the end unless told)."""
        return replace(self, designs=_put(self.designs, design, position))

    def without_design(self, design_id: str) -> "Book":
        return replace(self, designs=tuple(design for design in self.designs if design.id != design_id))

    def with_matrix_account(self, account: MatrixAccount) -> "Book":
        return replace(self, matrix_accounts=_put(self.matrix_accounts, account))

    def without_matrix_account(self, account_id: str) -> "Book":
        kept = tuple(account for account in self.matrix_accounts if account.id != account_id)
        return replace(self, matrix_accounts=kept)


_T = TypeVar("_T", Server, Meeting, Design, MatrixAccount)


def _put(items: tuple[_T, ...], item: _T, position: int | None = None) -> tuple[_T, ...]:
    if any(old.id == item.id for old in items):
        return tuple(item if old.id == item.id else old for old in items)
    longer = list(items)
    longer.insert(len(items) if position is None else position, item)
    return tuple(longer)


def new_id() -> str:
    """A short random id for a server, a meeting or a design."""
    return os.urandom(6).hex()


def user_id_for(name: str) -> str:
    """A valid user id made from a name: readable where the name has ASCII letters, and unlike anybody else's.

    The random ending keeps two people of one name from disconnecting each other. It is made once, when a meeting is
    made, and saved with it.
    """
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:40].strip("-") or "guest"
    return f"{words}-{os.urandom(3).hex()}"
