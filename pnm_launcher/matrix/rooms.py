"""What is known of a Matrix room before and after joining it, read from a homeserver's answers as hostile text."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from pnm_launcher.strict_json import Odd, Reader, odd_value

from .ids import is_alias, is_room_id, is_server_name, is_user_id
from .room_address import MOST_SERVERS

Membership = Literal["", "join", "invite", "knock", "leave", "ban"]
Way = Literal["open", "join", "knock", "waiting", "invited only", "banned"]
_MEMBERSHIPS: tuple[Membership, ...] = ("join", "invite", "knock", "leave", "ban")
_KNOCKABLE = ("knock", "knock_restricted")
_RESTRICTED = ("restricted", "knock_restricted")


@dataclass(frozen=True, slots=True)
class RoomSummary:
    """A room as it looks from outside. Texts are the server's: show them through `texts.plain` only.

    `members` and `encrypted` are None, and `join_rule` and `version` "", where the server does not tell. `servers` are
    those that an alias names; `membership` is "" for a room one has nothing to do with.
    """

    room_id: str
    name: str = ""
    topic: str = ""
    alias: str = ""
    members: int | None = None
    join_rule: str = ""
    encrypted: bool | None = None
    is_space: bool = False
    version: str = ""
    membership: Membership = ""
    servers: tuple[str, ...] = ()

    @property
    def way(self) -> Way:
        """What can be done: it is open already, join, knock (ask to join), wait for an answer, or nothing.

        A room whose rule is unknown or restricted is worth a try: only joining tells.
        """
        known: dict[Membership, Way] = {"join": "open", "invite": "join", "ban": "banned", "knock": "waiting"}
        if self.membership in known:
            return known[self.membership]
        if self.join_rule == "knock":
            return "knock"
        return "invited only" if self.join_rule in ("invite", "private") else "join"

    @property
    def may_knock(self) -> bool:
        return self.join_rule in _KNOCKABLE and self.membership in ("", "leave")

    @property
    def restricted(self) -> bool:
        """Members of certain other rooms or spaces may enter without an invitation."""
        return self.join_rule in _RESTRICTED


@dataclass(frozen=True, slots=True)
class Resolved:
    """What an alias stands for today; aliases can be moved to another room at any time."""

    room_id: str
    servers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Invite:
    """A room one is invited to, or has asked to join (`knocked`). `inviter` is a user id or "".

    All of it comes unsigned from the inviter's server: nothing here is certain until the room is joined.
    """

    room_id: str
    name: str = ""
    topic: str = ""
    alias: str = ""
    inviter: str = ""
    encrypted: bool = False
    knocked: bool = False


def read_room_id(data: Reader, key: str = "room_id") -> str:
    """Raises `Odd` for anything but a correct room id."""
    room_id = data.text(key, required=True)
    if not is_room_id(room_id):
        raise odd_value(key)
    return room_id


def read_summary(data: Reader, servers: tuple[str, ...] = ()) -> RoomSummary:
    """The answer of `/room_summary` (MSC3266). Raises `Odd` without a correct `room_id`."""
    members = _whole(data, "num_joined_members")
    membership = _text(data, "membership")
    alias = _text(data, "canonical_alias")
    return RoomSummary(
        room_id=read_room_id(data),
        name=_text(data, "name"),
        topic=_text(data, "topic"),
        alias=alias if is_alias(alias) else "",
        members=members if members and members > 0 else None,
        join_rule=_text(data, "join_rule") or "public",  # the specification's default
        encrypted=bool(_text(data, "encryption") or _text(data, "im.nheko.summary.encryption")),
        is_space=_text(data, "room_type") == "m.space",
        version=_text(data, "room_version"),
        membership=membership_of(membership),
        servers=servers,
    )


def read_resolved(data: Reader) -> Resolved:
    """The answer of `/directory/room`; servers with impossible names are left out."""
    return Resolved(read_room_id(data), tuple(filter(is_server_name, data.texts("servers")))[:MOST_SERVERS])


def read_invites(data: Reader, user_id: str) -> tuple[Invite, ...]:
    """Invitations first, then one's own requests to join, from one answer of `/sync`."""
    rooms = data.part_or_empty("rooms")
    found = list(_invites(rooms.part_or_empty("invite").entries(), "invite_state", user_id))
    return (*found, *_invites(rooms.part_or_empty("knock").entries(), "knock_state", user_id))


def membership_of(text: str) -> Membership:
    return next((known for known in _MEMBERSHIPS if known == text), "")


def _invites(rooms: Iterable[tuple[str, Reader]], part: str, user_id: str) -> Iterator[Invite]:
    for room_id, room in rooms:
        if is_room_id(room_id):
            with suppress(Odd):
                events = room.part_or_empty(part).parts("events")
                yield _from_stripped(room_id, events, user_id, knocked=part == "knock_state")


def _from_stripped(room_id: str, events: Iterable[Reader], user_id: str, *, knocked: bool) -> Invite:
    found: dict[str, Reader] = {}
    inviter = ""
    for event in events:
        with suppress(Odd):
            kind, content = event.text("type", required=True), event.part("content")
            if kind != "m.room.member":
                found[kind] = content
            elif event.text("state_key") == user_id and is_user_id(sender := event.text("sender")):
                inviter = sender
    alias = _text(found.get("m.room.canonical_alias"), "alias")
    return Invite(
        room_id=room_id,
        name=_text(found.get("m.room.name"), "name"),
        topic=_text(found.get("m.room.topic"), "topic"),
        alias=alias if is_alias(alias) else "",
        inviter="" if knocked else inviter,
        encrypted="m.room.encryption" in found,
        knocked=knocked,
    )


def _text(data: Reader | None, key: str) -> str:
    """A text that is not needed: one of another kind counts as missing."""
    if data:
        with suppress(Odd):
            return data.text(key)
    return ""


def _whole(data: Reader, key: str) -> int | None:
    with suppress(Odd):
        return data.whole(key)
    return None
