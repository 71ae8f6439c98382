"""What the room page asks: is the token good, go in, what happens in the room."""

import socket
import threading
import time

import jwt
import pytest

DUPLICATE = "notifications.room-disconnected-duplicate-entry"
ENDED = "notifications.room-disconnected-room-ended"


@pytest.fixture(autouse=True)
def looking_seldom(monkeypatch):
    """A waiting poll has to be told of what happens: it looks only every 12 s."""
    monkeypatch.setattr("pnm_launcher.practice.visits._LOOK_SECONDS", 12)


def people(event):
    assert event["type"] == "participants"
    return [person["user_id"] for person in event["participants"]]


def refusal(caller, token):
    """The status and message of verify, which must be those of enter as well."""
    answers = [caller.page(name, token) for name in ("verify", "enter")]
    assert answers[0] == answers[1]
    status, answer = answers[0]
    assert answer["status"] is False
    return status, answer


def listening(caller, session, after):
    """Start a poll; the returned function gives its answer, which must come before the server looks by itself."""
    heard = []
    thread = threading.Thread(target=lambda: heard.append(caller.events(session, after)))
    thread.start()

    def answer():
        thread.join(timeout=8)
        return heard[0]

    return answer


def until(holds, seconds=8):
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        threading.Event().wait(0.01)


# --- the token -----------------------------------------------------------------------------------------------------


def test_no_token(caller):
    assert refusal(caller, "") == (
        401,
        {
            "status": False,
            "msg": "notifications.auth-header-missing",
            "status_code": "MISSING_REQUIRED_PARAMETER",
        },
    )


def forged(secret="x" * 40, algorithm="HS256", **changes):
    claims = {"iss": "k", "nbf": 1_760_000_000, "exp": 1_760_000_600, "sub": "a", "name": "A", "user_id": "a",
              "room_id": "room01", **changes}  # fmt: skip
    claims = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode(claims, secret if algorithm != "none" else None, algorithm=algorithm)


@pytest.mark.parametrize(
    "token", ["x", "Bearer x", "a.b.c", "é", forged(), forged(algorithm="none"), forged(exp=None), "." * 500]
)
def test_a_token_that_is_none_of_ours(room, token):
    status, answer = refusal(room, token.encode("latin-1", "replace").decode("latin-1"))
    assert (status, answer["msg"]) == (401, "notifications.invalid-token")
    assert answer["status_code"] == "INVALID_TOKEN_OR_SIGNATURE"


@pytest.mark.parametrize("changes", [{"iss": "other"}, {"sub": "b"}, {"nbf": None}, {"exp": "soon"}, {"sub": None}])
def test_a_token_with_our_signature_but_wrong_claims(room, server, changes):
    claims = {"iss": server.api_key, **changes}
    assert refusal(room, forged(server.secret, **claims))[1]["msg"] == "notifications.invalid-token"


@pytest.mark.parametrize(
    ("later", "msg"),
    [(0, None), (660, None), (661, "notifications.token-expired"), (-61, "notifications.invalid-token")],
)
def test_a_token_works_ten_minutes_and_one_of_leeway(room, clock, later, msg):
    token = room.token("bob")
    clock.now += later
    status, answer = room.page("verify", token)
    assert (status, answer["status"]) == ((200, True) if msg is None else (401, False))
    assert msg in (None, answer["msg"])


def test_the_lifetime_can_be_set(start, clock):
    caller = start(clock=clock, token_seconds=5)
    caller.create()
    token = caller.token("bob")
    clock.now += 66
    assert refusal(caller, token)[1]["msg"] == "notifications.token-expired"


def test_a_room_that_ended(room):
    token = room.token("bob")
    room.call("endRoom", {"room_id": "room01"})
    status, answer = refusal(room, token)
    assert (status, answer["msg"], answer["status_code"]) == (401, "notifications.room-not-active", "ROOM_NOT_FOUND")


def test_a_token_of_an_earlier_sitting(room):
    token = room.token("bob")
    room.call("endRoom", {"room_id": "room01"})
    room.create()
    assert refusal(room, token) == (200, {"status": False, "msg": "notifications.user-info-not-found"})


def test_somebody_who_is_already_inside(room):
    token = room.token("bob")
    room.enter(token)
    assert refusal(room, token) == (200, {"status": False, "msg": DUPLICATE})


def test_the_same_token_works_again_after_leaving(room):
    token = room.token("bob")
    room.page("leave", session=room.enter(token))
    assert room.enter(token)


def test_somebody_blocked(room):
    moderator = room.enter(room.token("alice", is_admin=True))
    token = room.token("bob")
    room.page("remove", session=moderator, user_id="bob", block=1)
    assert refusal(room, token) == (200, {"status": False, "msg": "notifications.you-are-blocked"})


def test_a_full_room_gives_tokens_but_lets_nobody_in(caller):
    caller.create(max_participants=1)
    caller.enter(caller.token("alice"))
    assert refusal(caller, caller.token("bob")) == (
        200,
        {"status": False, "msg": "notifications.max-num-participates-exceeded"},
    )


def test_a_good_token_is_answered_with_all_the_page_needs(caller, clock):
    caller.create(
        metadata={"welcome_message": "Hello", "logout_url": "https://x.org/bye"},
        features={"mute_on_start": True, "room_duration": 60},
    )
    caller.enter(caller.token("alice", is_admin=True))
    status, answer = caller.page("verify", caller.token("bob"))
    assert (status, list(answer)) == (200, ["status", "msg", "server_version", "room", "user", "participants"])
    assert (answer["msg"], answer["server_version"]) == ("token is valid", "2.4.0 (practice)")
    features = answer["room"].pop("room_features")
    assert (features["mute_on_start"], features["room_duration"]) == (True, "60")
    locks = dict.fromkeys(["lock_screen_sharing", "lock_whiteboard", "lock_shared_notepad"], True)
    assert answer["room"].pop("copyright_conf")["display"] is True
    assert answer["room"] == {
        "room_id": "room01",
        "room_title": "Algebra",
        "welcome_message": "Hello",
        "logout_url": "https://x.org/bye",
        "default_lock_settings": locks,
        "creation_time": str(int(clock.now)),
    }
    assert answer["participants"] == [
        {"user_id": "alice", "name": "Alice", "is_admin": True, "me": False, "wait_for_approval": False}
    ]


# --- inside --------------------------------------------------------------------------------------------------------


def test_each_page_hears_at_once_who_comes_and_goes(room):
    alice = room.enter(room.token("alice"))
    [first] = room.events(alice)
    assert (first["number"], people(first), first["participants"][0]["me"]) == (1, ["alice"], True)
    heard = listening(room, alice, after=1)
    bob = room.enter(room.token("bob"))
    [second] = heard()
    assert (second["number"], people(second)) == (2, ["alice", "bob"])
    room.page("leave", session=bob)
    assert [people(event) for event in room.events(alice, after=2)] == [["alice"]]


def test_events_not_yet_confirmed_come_again(room):
    session = room.enter(room.token("alice"))
    assert room.events(session) == room.events(session)


def test_a_poll_ends_when_nothing_happens(start, monkeypatch):
    monkeypatch.setattr("pnm_launcher.practice.visits._POLL_SECONDS", 0.2)
    caller = start()
    caller.create()
    session = caller.enter(caller.token("alice"))
    caller.events(session)
    started = time.monotonic()
    assert caller.events(session, after=1) == []
    assert 0.15 < time.monotonic() - started < 5


def test_a_new_token_for_the_same_user_disconnects_the_old_page(room):
    first = room.enter(room.token("bob"))
    room.events(first)
    heard = listening(room, first, after=1)
    second = room.enter(room.token("bob"))
    assert heard() == [{"number": 2, "type": "kicked", "reason": DUPLICATE}]
    assert people(room.events(second)[0]) == ["bob"]
    assert room.events(first, after=2) == []


def test_a_token_for_somebody_else_disconnects_nobody(room):
    bob = room.enter(room.token("bob"))
    room.token("Bob")
    assert [event["type"] for event in room.events(bob)] == ["participants"]


@pytest.mark.parametrize("by", ["call", "page"])
def test_the_end_of_the_room_is_heard_by_all(caller, by):
    caller.create(metadata={"logout_url": "https://x.org/bye"})
    moderator, bob = caller.enter(caller.token("alice", is_admin=True)), caller.enter(caller.token("bob"))
    caller.events(bob)
    heard = listening(caller, bob, after=1)
    if by == "call":
        caller.call("endRoom", {"room_id": "room01"})
    else:
        assert caller.page("end", session=moderator) == (200, {"status": True, "msg": "success"})
    assert heard() == [{"number": 2, "type": "ended", "reason": ENDED, "logout_url": "https://x.org/bye"}]
    assert caller.events(moderator)[-1]["type"] == "ended"


def test_a_moderator_lets_in_who_waits(caller):
    caller.create(features={"waiting_room_features": {"is_active": True}})
    alice, bob = caller.enter(caller.token("alice", is_admin=True)), caller.enter(caller.token("bob"))
    seen = caller.events(alice)[-1]["participants"]
    assert [(person["user_id"], person["wait_for_approval"]) for person in seen] == [("alice", False), ("bob", True)]
    caller.events(bob)
    assert caller.page("approve", session=alice, user_id="bob")[0] == 200
    assert "approved" in [event["type"] for event in caller.events(bob, after=1)]
    seen = caller.events(alice, after=1)[-1]["participants"]
    assert [person["wait_for_approval"] for person in seen] == [False, False]


def test_a_removed_user_hears_it_and_may_come_again_unless_blocked(room):
    alice, bob = room.enter(room.token("alice", is_admin=True)), room.enter(room.token("bob"))
    room.page("remove", session=alice, user_id="bob")
    assert [event["type"] for event in room.events(bob)] == ["kicked"]
    assert room.enter(room.token("bob"))


@pytest.mark.parametrize("name", ["end", "approve", "remove"])
def test_only_a_moderator_who_is_inside_may_do_a_moderators_things(room, name):
    token = room.token("alice", is_admin=True)
    alice, bob = room.enter(token), room.enter(room.token("bob"))
    no = (403, {"status": False, "msg": "only admin can perform this task"})
    assert room.page(name, session=bob, user_id="alice") == no
    room.page("leave", session=alice)
    assert room.page(name, session=alice, user_id="bob") == no
    assert room.call("isRoomActive", {"room_id": "room01"})["is_active"] is True


@pytest.mark.parametrize("name", ["leave", "end", "approve", "remove", "events"])
@pytest.mark.parametrize("session", ["", "x", "é"])
def test_a_session_that_never_was_is_not_found(room, name, session):
    assert room.page(name, method="GET" if name == "events" else "POST", session=session)[0] == 404


@pytest.mark.parametrize("after", ["", "x", "-1", "9" * 5, "²", "1.5"])
def test_an_odd_number_after_which_to_listen_is_no_error(room, after, monkeypatch):
    monkeypatch.setattr("pnm_launcher.practice.visits._POLL_SECONDS", 0)
    session = room.enter(room.token("alice"))
    assert room.page("events", method="GET", session=session, after=after)[0] == 200


def test_a_page_that_stops_asking_is_gone_after_25_seconds(room, clock):
    token = room.token("bob")
    room.events(room.enter(token))
    clock.now += 25
    assert room.page("verify", token)[1]["msg"] == DUPLICATE
    clock.now += 1
    assert room.call("getActiveRoomInfo", {"room_id": "room01"})["room"]["participants_info"] == []
    assert room.page("verify", token)[1]["status"] is True


def test_a_page_that_wakes_up_is_inside_again(room, clock):
    bob = room.enter(room.token("bob"))
    clock.now += 100
    room.events(bob)
    assert room.call("getActiveRoomInfo", {"room_id": "room01"})["room"]["room_info"]["joined_participants"] == "1"


def test_a_sleeping_page_is_told_when_its_user_came_in_elsewhere(room, clock):
    token = room.token("bob")
    asleep = room.enter(token)
    room.events(asleep)
    clock.now += 100
    room.enter(token)
    assert room.events(asleep, after=1) == [{"number": 2, "type": "kicked", "reason": DUPLICATE}]


def test_who_waits_for_events_is_inside_however_long(room, clock):
    bob = room.enter(room.token("bob"))
    room.events(bob)
    heard = listening(room, bob, after=1)
    clock.now += 1000
    asked = {"room_id": "room01"}
    until(lambda: room.call("getActiveRoomInfo", asked)["room"]["room_info"]["joined_participants"] == "1")
    room.call("endRoom", {"room_id": "room01"})
    assert heard()[-1]["type"] == "ended"


def test_a_poll_whose_caller_went_away_is_given_up(room, server, clock, monkeypatch):
    monkeypatch.setattr("pnm_launcher.practice.visits._LOOK_SECONDS", 0.2)
    session = room.enter(room.token("bob"))
    last = room.events(session)[-1]["number"]
    polls = vars(vars(server)["_application"])["_visits"]
    with socket.create_connection(("127.0.0.1", room.port)) as one:
        path = f"/practice/events?session={session}&after={last}"
        one.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost:{room.port}\r\n\r\n".encode())
        until(lambda: vars(polls)["_polls"] == 1)
    until(lambda: vars(polls)["_polls"] == 0)
    clock.now += 26
    assert room.call("getActiveRoomInfo", {"room_id": "room01"})["room"]["participants_info"] == []


def test_closing_the_server_ends_all_polls_at_once(room, server):
    sessions = [room.enter(room.token(f"u{number}")) for number in range(4)]
    last = [room.events(session)[-1]["number"] for session in sessions]
    heard = [listening(room, *pair) for pair in zip(sessions, last, strict=True)]
    polls = vars(vars(server)["_application"])["_visits"]
    until(lambda: vars(polls)["_polls"] == 4)
    started = time.monotonic()
    server.close()
    assert time.monotonic() - started < 3
    assert [answer() for answer in heard] == [[], [], [], []]


def test_many_waiting_pages_do_not_keep_the_server_from_answering(room):
    sessions = [room.enter(room.token(f"u{number}")) for number in range(20)]
    last = [room.events(session)[-1]["number"] for session in sessions]
    heard = [listening(room, *pair) for pair in zip(sessions, last, strict=True)]
    for _ in range(20):
        started = time.monotonic()
        assert room.call("isRoomActive", {"room_id": "room01"})["is_active"] is True
        assert time.monotonic() - started < 3
    room.call("endRoom", {"room_id": "room01"})
    for answer in heard:
        answer()
