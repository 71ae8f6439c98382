"""Rooms that announce their meeting, invitations in them, and rooms that were replaced; on a real homeserver."""

from urllib.parse import quote

import pytest

from pnm_launcher.errors import InvalidValue
from pnm_launcher.matrix import room_faults
from pnm_launcher.matrix.announcement import (
    EVENT_TYPE,
    AnnouncedMeeting,
    announce,
    announced_meeting,
    post_invitation,
    withdraw,
)
from pnm_launcher.matrix.client import MatrixClient
from pnm_launcher.matrix.entering import Entered, enter, successor_of
from pnm_launcher.matrix.room_address import RoomAddress
from pnm_launcher.meetings import Server

MEETING = AnnouncedMeeting("https://meet.example.org", "maths")
ENCRYPTED = [{"type": "m.room.encryption", "state_key": "", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}]


@pytest.fixture
def host(homeserver):
    return homeserver.person("host")


@pytest.fixture
def ana(homeserver):
    return homeserver.person("ana")


@pytest.fixture
def room(host) -> RoomAddress:
    return RoomAddress(host.make_room(preset="public_chat"))


def state_of(person, room: RoomAddress, content: object) -> None:
    person.call("PUT", f"v3/rooms/{quote(room.room)}/state/{EVENT_TYPE}/", content)


# --- the meeting of a room ---------------------------------------------------------------------------------------


def test_a_room_announces_its_meeting_to_those_who_enter(client, host, ana, room):
    announce(client(host), room.room, MEETING)
    assert enter(client(ana), room) == Entered(room.room, None, MEETING)
    withdraw(client(host), room.room)
    assert announced_meeting(client(ana), room.room) is None


def test_nothing_but_the_address_and_the_room_is_written(client, host, room):
    announce(client(host), room.room, AnnouncedMeeting("https://MEET.example.org/", "maths"))
    written = host.call("GET", f"v3/rooms/{quote(room.room)}/state/{EVENT_TYPE}/")
    assert written == {"server": "https://meet.example.org", "room_id": "maths"}


def test_ordinary_members_cannot_announce_and_outsiders_cannot_read(client, ana, room):
    with pytest.raises(room_faults.NotPermitted):
        announced_meeting(client(ana), room.room)
    enter(client(ana), room)
    with pytest.raises(room_faults.NotPermitted):
        announce(client(ana), room.room, MEETING)


HOSTILE = [
    {}, {"server": "https://meet.example.org"}, {"room_id": "maths"}, {"server": 5, "room_id": "maths"},
    {"server": "http://meet.example.org", "room_id": "maths"}, {"server": "http://localhost:8080", "room_id": "maths"},
    {"server": "javascript:alert(1)", "room_id": "maths"}, {"server": "https://a@b", "room_id": "maths"},
    {"server": "https://meet.example.org?access_token=x", "room_id": "maths"},
    {"server": "https://meet.example.org", "room_id": "../../x"}, {"server": "https://meet.example.org", "room_id": ""},
]  # fmt: skip


@pytest.mark.parametrize("content", HOSTILE, ids=str)
def test_what_others_write_is_used_only_if_it_is_right(client, host, room, content):
    state_of(host, room, content)
    assert announced_meeting(client(host), room.room) is None


def test_more_than_the_address_and_the_room_is_not_read(client, host, room):
    state_of(host, room, {"server": "https://meet.example.org", "room_id": "maths", "access_token": "x", "title": "y"})
    assert announced_meeting(client(host), room.room) == MEETING


def test_a_meeting_on_this_computer_is_not_announced(client, host, room):
    with pytest.raises(InvalidValue, match="this computer"):
        announce(client(host), room.room, AnnouncedMeeting("http://localhost:8080", "maths"))


def test_only_ones_own_servers_count():
    mine = Server("s1", "School", "https://meet.example.org", "key")
    assert MEETING.on_one_of([Server("s0", "Other", "https://meet.example.org.evil.org", "key"), mine]) == mine
    assert AnnouncedMeeting("https://evil.example.org", "maths").on_one_of([mine]) is None


def test_a_join_succeeds_even_if_nothing_can_be_learned_in_the_room(client, ana, room, monkeypatch):
    def fails(*_, **__):
        raise room_faults.NotPermitted(message="", code="", host="")

    monkeypatch.setattr(MatrixClient, "state", fails)
    assert enter(client(ana), room) == Entered(room.room)


# --- messages ----------------------------------------------------------------------------------------------------


def messages(person, room_id: str) -> list[str]:
    found = person.call("GET", f"v3/rooms/{quote(room_id)}/messages?dir=b&limit=20")["chunk"]
    return [each["content"].get("body", "") for each in found if each["type"] == "m.room.message"]


def test_an_invitation_is_posted_as_plain_text(client, host, ana, room):
    text = "Join us: https://meet.example.org <b>now</b>"
    enter(client(ana), room)
    post_invitation(client(ana), room.room, text)
    assert messages(host, room.room) == [text]
    found = host.call("GET", f"v3/rooms/{quote(room.room)}/messages?dir=b&limit=1")["chunk"][0]["content"]
    assert found == {"msgtype": "m.text", "body": text}


def test_nothing_is_ever_posted_to_an_encrypted_room(client, host):
    room_id = host.make_room(state=ENCRYPTED)
    with pytest.raises(room_faults.RoomEncrypted):
        post_invitation(client(host), room_id, "Join us")
    assert messages(host, room_id) == []


@pytest.mark.parametrize(
    "text",
    ["", " \n", "x" * 4001, "https://meet.example.org/?access_token=eyJhbGciOiJIUzI1NiJ9.e30.x",
     "eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjF9.abc", "…?ACCESS_TOKEN=x"],
)  # fmt: skip
def test_a_text_with_a_key_in_it_is_not_posted(client, host, room, text):
    with pytest.raises(InvalidValue):
        post_invitation(client(host), room.room, text)
    assert messages(host, room.room) == []


def test_outsiders_cannot_post(client, ana, room):
    with pytest.raises(room_faults.NotPermitted):
        post_invitation(client(ana), room.room, "Hello")


# --- rooms that were replaced ------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", ["11", "12"])
def test_an_upgraded_room_leads_to_its_successor(client, host, ana, version):
    old = RoomAddress(host.make_room(preset="public_chat", version="10"))
    new = host.call("POST", f"v3/rooms/{quote(old.room)}/upgrade", {"new_version": version})["replacement_room"]
    entered = enter(client(ana), old)
    assert entered.successor == RoomAddress(new, ("hs.test",))
    assert client(ana).join(entered.successor) == new


@pytest.mark.parametrize(
    "content", [{"replacement_room": 5}, {"replacement_room": "#x:y"}, {"replacement_room": "!x:y/../../logout"}]
)
def test_a_bogus_successor_is_none(client, host, room, content):
    host.call("PUT", f"v3/rooms/{quote(room.room)}/state/m.room.tombstone/", content)
    assert successor_of(client(host), room.room) is None
