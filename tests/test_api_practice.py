"""The client against the practice server: the whole life of a meeting, over real HTTP."""

from collections.abc import Iterator

import jwt
import pytest

from pnm_launcher import errors, refusals
from pnm_launcher.address import Address, parse_address
from pnm_launcher.api import Client
from pnm_launcher.practice.server import PracticeServer
from pnm_launcher.session import Session

CREATE = {
    "room_id": "room01",
    "metadata": {"room_title": "Lesson 日本", "room_features": {"allow_webcams": True}, "extra_data": {"k": "v"}},
}


def join(**user: object) -> dict[str, object]:
    return {"room_id": "room01", "user_info": {"name": "Zoë", "user_id": "zoe-1", **user}}


@pytest.fixture
def server() -> Iterator[PracticeServer]:
    running = PracticeServer.start()
    yield running
    running.close()


@pytest.fixture
def session() -> Iterator[Session]:
    with Session() as made:
        yield made


@pytest.fixture
def client(server: PracticeServer, session: Session) -> Client:
    return Client(parse_address(server.address), server.api_key, server.secret, session)


def test_the_life_of_a_meeting(client: Client, server: PracticeServer) -> None:
    client.health()
    client.client_files()
    assert client.clock_skew == pytest.approx(0, abs=1.5)
    assert client.is_room_active("room01") is False
    assert client.active_room("room01") is None
    assert client.active_rooms() == ()
    assert client.past_rooms().rooms == ()

    room = client.create_room(CREATE)
    assert (room.room_id, room.title, room.participants) == ("room01", "Lesson 日本", 0)
    assert room.created_at > 1_700_000_000
    assert room.metadata not in repr(room)
    assert client.create_room(CREATE).sid == room.sid
    assert client.is_room_active("room01") is True
    assert [active.info.sid for active in client.active_rooms()] == [room.sid]

    claims = jwt.decode(client.join_token(join(is_admin=True)), server.secret, algorithms=["HS256"])
    assert (claims["sub"], claims["name"], claims["room_id"], claims["is_admin"]) == ("zoe-1", "Zoë", "room01", True)
    assert client.past_rooms().rooms == ()

    client.end_room("room01")
    assert client.is_room_active("room01") is False
    [past] = client.past_rooms(["room01"]).rooms
    assert (past.room_id, past.title, past.sid) == ("room01", "Lesson 日本", room.sid)
    assert past.ended >= past.created
    assert client.past_rooms(["another"]).rooms == ()


@pytest.mark.parametrize(
    ("user", "kind"),
    [
        ({"user_id": "user_1"}, refusals.UserIdPrefix),
        ({"user_id": "sip_1"}, refusals.UserIdReserved),
        ({"user_id": "x-native"}, refusals.UserIdSuffixReserved),
        ({"user_id": "a-FIELD_b"}, refusals.UserIdPattern),
        ({"user_id": "a b"}, refusals.UserIdCharacters),
        ({"user_id": ""}, refusals.UserIdCharacters),
        ({"name": "PLUGNMEET_RECORDER_AUTH"}, refusals.NameReserved),
        ({"name": ""}, refusals.FieldRefused),
        ({"user_metadata": {"profile_pic": ""}}, refusals.FieldRefused),
        ({"is_admin": "true"}, refusals.RequestMalformed),
    ],
)
def test_refused_people(client: Client, user: dict[str, object], kind: type[errors.ServerRefused]) -> None:
    client.create_room(CREATE)
    with pytest.raises(errors.ServerRefused) as caught:
        client.join_token(join(**user))
    assert type(caught.value) is kind


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ({}, refusals.FieldRefused),
        (CREATE | {"room_id": "a b"}, refusals.FieldRefused),
        (CREATE | {"room_id": "user_1"}, refusals.RoomIdReserved),
        (CREATE | {"room_id": "a-FIELD_b"}, refusals.RoomIdReserved),
        (CREATE | {"room_id": "a" * 65}, refusals.RoomIdTooLong),
        (CREATE | {"room_id": 5}, refusals.RequestMalformed),
        (CREATE | {"max_participants": 0}, refusals.FieldRefused),
    ],
)
def test_refused_rooms(client: Client, body: dict[str, object], kind: type[errors.ServerRefused]) -> None:
    with pytest.raises(errors.ServerRefused) as caught:
        client.create_room(body)
    assert type(caught.value) is kind
    assert client.active_rooms() == ()


def test_a_meeting_that_is_not_running(client: Client) -> None:
    for call in (lambda: client.join_token(join()), lambda: client.end_room("room01")):
        with pytest.raises(refusals.RoomNotActive):
            call()


def test_wrong_keys_and_secrets_are_told_apart(server: PracticeServer, session: Session) -> None:
    address = parse_address(server.address)
    with pytest.raises(refusals.ApiKeyUnknown):
        Client(address, "another-key", server.secret, session).client_files()
    with pytest.raises(refusals.SecretWrong):
        Client(address, server.api_key, "another-secret", session).client_files()


def test_a_wrong_path_is_no_server(server: PracticeServer, session: Session) -> None:
    address = Address("http", "localhost", parse_address(server.address).port, "/sub")
    client = Client(address, server.api_key, server.secret, session)
    with pytest.raises(errors.PageNotFound):
        client.client_files()
    with pytest.raises(errors.PageNotFound):
        client.health()


def test_a_server_that_stopped(client: Client, server: PracticeServer) -> None:
    client.client_files()
    server.close()
    with pytest.raises((errors.ConnectionRefused, errors.ConnectionBroken)):
        client.client_files()
