"""The use case against the practice server over real HTTP: what is called, in which order, and what comes out."""

import json
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import product

import pytest
from faults import FaultServer, answering, reply

from pnm_launcher import launch
from pnm_launcher.address import Address, parse_address
from pnm_launcher.api import Client
from pnm_launcher.errors import Cancelled, ServerRefused
from pnm_launcher.meetings import Meeting
from pnm_launcher.refusals import ApiKeyUnknown, RoomNotActive, UserBlocked
from pnm_launcher.schema import LOCKS
from pnm_launcher.session import Answer, Session
from pnm_launcher.work import Cancellation

JOIN = {"room_id": "room01", "user_info.name": "Alice", "user_info.user_id": "alice-1"}
MEETING = Meeting("m1", "Algebra", "s1", JOIN)
MY_LOCK = "user_info.user_metadata.lock_settings.{}".format
ROOM_LOCK = "metadata.default_lock_settings.{}".format


class Recording(Session):
    """A session that notes each call; `before` may do something just before one is sent."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[str] = []
        self.bodies: list[bytes] = []
        self.before = lambda call: None

    def post(self, address: Address, path: str, body: bytes, *args: object, **kwargs: object) -> Answer:
        call = path.rpartition("/")[2]
        self.before(call)
        self.calls.append(call)
        self.bodies.append(body)
        return super().post(address, path, body, *args, **kwargs)  # type: ignore[arg-type]


@pytest.fixture
def session() -> Iterator[Recording]:
    with Recording() as session:
        yield session


@pytest.fixture
def page(practice) -> Address:
    return parse_address(practice.address)


@pytest.fixture
def client(practice, session, page) -> Client:
    return Client(page, practice.api_key, practice.secret, session)


def of_the_page(practice, name: str, token: str) -> dict:
    """What the meeting's page is told by the server."""
    request = urllib.request.Request(f"{practice.address}/practice/{name}", b"", {"Authorization": token})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)


# --- join --------------------------------------------------------------------------------------------------------


def test_a_running_meeting_is_joined_with_two_calls(client, session, page, practice):
    client.create_room(launch.create_body(MEETING))
    session.calls.clear()
    link = launch.join(MEETING, client, page=page, create=False)
    assert session.calls == ["isRoomActive", "getJoinToken"]
    assert link.room_id == "room01"
    assert link.url == f"{practice.address}/?access_token={link.token}"
    assert link.expires_at is not None
    assert of_the_page(practice, "verify", link.token)["user"]["name"] == "Alice"


def test_a_meeting_that_is_not_running_is_left_alone_unless_it_may_be_started(client, session, page):
    with pytest.raises(RoomNotActive):
        launch.join(MEETING, client, page=page, create=False)
    assert session.calls == ["isRoomActive"]


def test_a_meeting_that_is_not_running_is_started_before_the_token_is_asked_for(client, session, page):
    launch.join(MEETING, client, page=page, create=True)
    assert session.calls == ["isRoomActive", "create", "getJoinToken"]
    assert client.active_room("room01").info.title == "Algebra"


def test_a_running_meeting_is_never_created_again(client, session, page):
    launch.join(MEETING, client, page=page, create=True)
    session.calls.clear()
    launch.join(MEETING, client, page=page, create=True)
    assert session.calls == ["isRoomActive", "getJoinToken"]


def test_a_meeting_that_ends_in_between_is_an_error_and_nothing_is_tried_again(client, session, page, practice):
    client.create_room(launch.create_body(MEETING))
    with Session() as other:

        def end(call: str) -> None:
            if call == "getJoinToken":
                Client(page, practice.api_key, practice.secret, other).end_room("room01")

        session.calls.clear()
        session.before = end
        with pytest.raises(RoomNotActive):
            launch.join(MEETING, client, page=page, create=True)
    assert session.calls == ["isRoomActive", "getJoinToken"]


def test_a_refused_token_is_an_error_and_nothing_is_tried_again(client, session, page):
    client.create_room(launch.create_body(MEETING))
    session.calls.clear()
    bad = MEETING.with_values("join", {**JOIN, "user_info.user_id": "x-native"})
    with pytest.raises(ServerRefused):
        launch.join(bad, client, page=page, create=True)
    assert session.calls == ["isRoomActive", "getJoinToken"]


def test_a_wrong_key_is_told_by_the_first_call(practice, session, page):
    with pytest.raises(ApiKeyUnknown):
        launch.join(MEETING, Client(page, "wrong", practice.secret, session), page=page, create=True)
    assert session.calls == ["isRoomActive"]


def test_a_cancelled_join_sends_no_more(client, session, page):
    cancellation = Cancellation()
    session.before = lambda call: cancellation.cancel() if call == "create" else None
    with pytest.raises(Cancelled):
        launch.join(MEETING, client, page=page, create=True, cancel=cancellation)
    assert "getJoinToken" not in session.calls


def test_the_page_may_be_elsewhere_and_the_design_goes_into_the_link(client, page):
    meeting = MEETING.with_values("design", {"primary_color": "#ff0000"})
    link = launch.join(meeting, client, page=parse_address("https://pages.example.org/room"), create=True)
    assert link.url.startswith("https://pages.example.org/room/?access_token=")
    assert link.url.endswith("&custom_design=%7B%22primary_color%22%3A%22%23ff0000%22%7D")


# --- the bodies --------------------------------------------------------------------------------------------------


def test_the_room_of_the_join_values_is_the_one_that_is_created():
    meeting = MEETING.with_values("create", {"room_id": "another", "max_participants": 5})
    body = launch.create_body(meeting)
    assert (body["room_id"], body["max_participants"]) == ("room01", 5)


def test_the_rooms_title_is_its_own_or_the_meetings():
    assert launch.create_body(MEETING)["metadata"]["room_title"] == "Algebra"
    own = MEETING.with_values("create", {"metadata.room_title": "Geometry"})
    assert launch.create_body(own)["metadata"]["room_title"] == "Geometry"


def test_features_are_always_sent():
    """The server refuses a room without them."""
    assert launch.create_body(MEETING)["metadata"]["room_features"]["allow_webcams"] is True


def test_the_join_body_is_the_tables():
    assert launch.join_body(MEETING) == {
        "room_id": "room01",
        "user_info": {"name": "Alice", "user_id": "alice-1", "is_admin": False, "is_hidden": False},
    }


# --- problems ----------------------------------------------------------------------------------------------------


def test_a_complete_meeting_has_no_problems():
    assert launch.problems(MEETING) == ()


def test_problems_name_their_table_and_the_room_is_told_once():
    meeting = Meeting("m", "", "s", {"room_id": "a b"}, {"max_participants": 0}, {"primary_color": "}"})
    assert [(problem.table, problem.error.path) for problem in launch.problems(meeting)] == [
        ("join", "room_id"),
        ("join", "user_info.name"),
        ("join", "user_info.user_id"),
        ("create", "metadata.room_title"),
        ("create", "max_participants"),
        ("design", "primary_color"),
    ]


def test_a_title_that_the_server_would_refuse_is_a_problem_of_the_room():
    problems = launch.problems(Meeting("m", "t" * 256, "s", JOIN))
    assert [(problem.table, problem.error.path) for problem in problems] == [("create", "metadata.room_title")]


# --- the state of a room -----------------------------------------------------------------------------------------


def test_a_room_that_is_not_running_is_asked_for_with_one_call(client, session):
    assert launch.room_state(client, "room01", "alice-1") == launch.RoomState(running=False)
    assert session.calls == ["isRoomActive"]


def test_a_running_room_tells_its_title_and_since_when(client, session):
    before = datetime.now(UTC).replace(microsecond=0)
    client.create_room(launch.create_body(MEETING))
    session.calls.clear()
    state = launch.room_state(client, "room01", "alice-1")
    assert session.calls == ["isRoomActive", "getActiveRoomInfo"]
    assert (state.running, state.title, state.people, state.same_user_online) == (True, "Algebra", 0, False)
    assert state.since is not None
    assert before <= state.since <= datetime.now(UTC)


def test_it_is_known_who_is_online(client, page, practice):
    link = launch.join(MEETING, client, page=page, create=True)
    of_the_page(practice, "enter", link.token)
    mine, anothers = (launch.room_state(client, "room01", user) for user in ("alice-1", "bob-1"))
    assert (mine.people, mine.same_user_online) == (1, True)
    assert (anothers.people, anothers.same_user_online) == (1, False)


@pytest.mark.parametrize(("created", "since"), [
    ("0", None),
    ("1724000000", datetime(2024, 8, 18, 16, 53, 20, tzinfo=UTC)),
    ("9223372036854775807", None),
    ("-9223372036854775808", None),
])  # fmt: skip
def test_any_moment_a_server_may_tell_is_understood(session, created, since):
    active = reply(body={"status": True, "is_active": True})
    room = {"room_info": {"room_id": "room01", "creation_time": created}, "participants_info": []}
    with FaultServer(answering(active, reply(body={"status": True, "room": room}))) as server:
        state = launch.room_state(Client(server.address, "key", "secret", session), "room01", "alice-1")
    assert (state.running, state.since) == (True, since)


def test_a_room_that_ends_while_it_is_asked_for_is_not_running(session):
    active = reply(body={"status": True, "is_active": True})
    gone = reply(body={"status": False, "msg": "room is not active", "status_code": "ROOM_NOT_ACTIVE"})
    with FaultServer(answering(active, gone)) as server:
        state = launch.room_state(Client(server.address, "key", "secret", session), "room01", "alice-1")
    assert state == launch.RoomState(running=False)


def test_other_refusals_are_errors(session):
    blocked = reply(body={"status": False, "msg": "this user is blocked to join this session", "status_code": ""})
    with FaultServer(answering(blocked)) as server, pytest.raises(UserBlocked):
        launch.room_state(Client(server.address, "key", "secret", session), "room01", "alice-1")


# --- locks -------------------------------------------------------------------------------------------------------


def locks(meeting: Meeting, room: dict[str, bool] | None = None) -> dict[str, bool | None]:
    return {lock.name: lock.locked for lock in launch.effective_locks(meeting, room)}


def test_a_room_that_says_nothing_locks_three_things():
    assert [name for name, locked in locks(MEETING).items() if locked] == [
        "lock_screen_sharing", "lock_whiteboard", "lock_shared_notepad"]  # fmt: skip


def test_ones_own_locks_come_before_the_rooms():
    meeting = MEETING.with_values("create", {ROOM_LOCK("lock_chat"): True, ROOM_LOCK("lock_whiteboard"): False})
    assert locks(meeting)["lock_chat"] is True
    assert locks(meeting)["lock_whiteboard"] is False
    mine = meeting.with_values("join", {**JOIN, MY_LOCK("lock_chat"): False, MY_LOCK("lock_webcam"): True})
    assert (locks(mine)["lock_chat"], locks(mine)["lock_webcam"]) == (False, True)


def test_a_running_rooms_locks_come_before_the_meetings_settings():
    meeting = MEETING.with_values("create", {ROOM_LOCK("lock_chat"): True})
    assert locks(meeting, {"lock_chat": False, "lock_webcam": True})["lock_chat"] is False
    assert locks(meeting, {"lock_webcam": True})["lock_webcam"] is True


def test_moderators_lose_every_lock_but_the_whiteboard_while_another_one_presents():
    values = {**JOIN, "user_info.is_admin": True, MY_LOCK("lock_chat"): True}
    moderator = MEETING.with_values("join", values)
    assert {name: locked for name, locked in locks(moderator).items() if locked is not False} == {
        "lock_whiteboard": None
    }
    assert locks(moderator, {"lock_whiteboard": False})["lock_whiteboard"] is False


def test_every_lock_is_told_with_its_label():
    assert [(lock.name, lock.label) for lock in launch.effective_locks(MEETING)] == [
        (row.path, row.label) for row in LOCKS]  # fmt: skip


@pytest.mark.parametrize("is_admin", [False, True])
def test_the_server_applies_the_same_locks(client, page, practice, is_admin):
    """Every combination of mine and everyone's, spread over the ten locks of two rooms."""
    states = list(product((None, True, False), repeat=2))
    names = [row.path for row in LOCKS]
    for shift in (0, 4):
        mine, everyones = {}, {}
        for place, name in enumerate(names):
            own, others = states[(place + shift) % len(states)]
            mine |= {} if own is None else {MY_LOCK(name): own}
            everyones |= {} if others is None else {ROOM_LOCK(name): others}
        join = {**JOIN, **mine, "room_id": f"room{shift}", "user_info.is_admin": is_admin}
        meeting = Meeting("m", "Locks", "s", join, everyones)
        link = launch.join(meeting, client, page=page, create=True)
        applied = of_the_page(practice, "verify", link.token)["user"]["lock_settings"]
        expected = {name: bool(locked) for name, locked in locks(meeting).items() if locked is not None}
        assert {name: bool(applied.get(name)) for name in expected} == expected
