"""Join tokens: who gets one, what is in it, which locks bind its bearer."""

import json
import uuid

import jwt
import pytest

ALL_LOCKS = {
    "lock_microphone", "lock_webcam", "lock_screen_sharing", "lock_chat", "lock_chat_send_message",
    "lock_chat_file_share", "lock_private_chat", "lock_whiteboard", "lock_shared_notepad", "lock_reactions",
}  # fmt: skip
DEFAULT_LOCKS = {"lock_screen_sharing", "lock_whiteboard", "lock_shared_notepad"}


def locked(caller, token):
    locks = caller.locks(token)
    assert set(locks) == ALL_LOCKS
    assert set(map(type, locks.values())) == {bool}
    return {name for name, on in locks.items() if on}


def claims(server, token):
    return jwt.decode(token, server.secret, algorithms=["HS256"], options={"verify_exp": False, "verify_nbf": False})


def test_the_answer_has_status_message_code_and_token(room):
    answer = room.call("getJoinToken", {"room_id": "room01", "user_info": {"name": "A", "user_id": "a"}})
    assert list(answer) == ["status", "msg", "status_code", "token"]
    assert (answer["status"], answer["msg"], answer["status_code"]) == (True, "success", "SUCCESS")


def test_a_token_has_the_documented_header_and_claims_in_order(room, server, clock):
    token = room.token("alice-1", name="Alice", is_admin=True)
    assert jwt.get_unverified_header(token) == {"alg": "HS256", "typ": "JWT"}
    assert list(claims(server, token).items()) == [
        ("iss", server.api_key),
        ("nbf", int(clock.now)),
        ("exp", int(clock.now) + 600),
        ("sub", "alice-1"),
        ("name", "Alice"),
        ("user_id", "alice-1"),
        ("room_id", "room01"),
        ("is_admin", True),
    ]


def test_flags_that_are_off_are_not_in_the_token(room, server):
    assert not {"is_admin", "is_hidden", "client_type"} & set(claims(server, room.token("bob")))
    hybrid = claims(server, room.token("carol", is_hidden=True, client_type="HYBRID_WEB"))
    assert (hybrid["is_hidden"], hybrid["client_type"]) == (True, 1)


@pytest.mark.parametrize(
    ("user", "msg"),
    [
        ({"name": "PLUGNMEET_RECORDER_AUTH"}, "name: PLUGNMEET_RECORDER_AUTH is reserved for internal use only"),
        ({"user_id": "ingres_1"}, "user_id: ingres_1 is reserved for internal use only"),
        ({"user_id": "pnm_agent-1"}, "user_id: pnm_agent-1 is reserved for internal use only"),
        ({"user_id": "sip_1"}, "user_id: sip_1 is reserved for internal use only"),
        ({"user_id": "pnm_tts_agent-1"}, "user_id: pnm_tts_agent-1 is reserved for internal use only"),
        ({"user_id": "x-native"}, "user_id: suffix -native is reserved for internal use only"),
        ({"user_id": "a@b"}, "user_id should only contain ASCII letters (a-z A-Z), digits (0-9) or -_"),
        ({"user_id": "é"}, "user_id should only contain ASCII letters (a-z A-Z), digits (0-9) or -_"),
        ({"user_id": "a\n"}, "user_id should only contain ASCII letters (a-z A-Z), digits (0-9) or -_"),
        ({"user_id": ""}, "user_id should only contain ASCII letters (a-z A-Z), digits (0-9) or -_"),
        ({"user_id": "a-FIELD_b"}, "user_id cannot contain the reserved pattern '-FIELD_'"),
        ({"user_id": "user_1"}, "user_id cannot start with the reserved pattern 'user_'"),
    ],
)
def test_reserved_and_malformed_users_are_refused(room, user, msg):
    answer = room.call("getJoinToken", {"room_id": "room01", "user_info": {"name": "A", "user_id": "a", **user}})
    assert answer == {"status": False, "msg": msg, "status_code": "INTERNAL_SERVER_ERROR"}


@pytest.mark.parametrize("user_id", ["Alice_1", "-", "_", "9", "users_1", "nativex", "User_1", "RECORDER_BOT"])
def test_other_user_ids_are_taken(room, user_id):
    assert room.token(user_id)


def test_there_is_no_token_for_a_room_that_does_not_run(caller):
    request = {"room_id": "nowhere", "user_info": {"name": "A", "user_id": "sip_1"}}
    refusal = {"status": False, "msg": "room is not active", "status_code": "ROOM_NOT_FOUND"}
    assert caller.call("getJoinToken", request) == refusal
    caller.create(room_id="nowhere")
    caller.call("endRoom", {"room_id": "nowhere"})
    assert caller.call("getJoinToken", request) == refusal


def test_locks_that_were_not_sent_are_the_rooms(caller):
    caller.create(metadata={"default_lock_settings": {"lock_chat": True, "lock_whiteboard": False}})
    assert locked(caller, caller.token("bob")) == {"lock_chat", "lock_screen_sharing", "lock_shared_notepad"}


def test_a_room_without_locks_of_its_own_has_the_servers_three(room):
    assert locked(room, room.token("bob")) == DEFAULT_LOCKS


@pytest.mark.parametrize("lock", sorted(ALL_LOCKS))
def test_a_sent_lock_wins_over_the_room_whether_on_or_off(caller, lock):
    for default, sent in [(True, False), (False, True), (None, True), (True, None)]:
        caller.create(metadata={"default_lock_settings": {lock: default}})
        token = caller.token("bob", user_metadata={"lock_settings": {lock: sent}})
        assert caller.locks(token)[lock] is (default if sent is None else sent)
        caller.call("endRoom", {"room_id": "room01"})


def test_a_moderator_loses_every_lock(caller):
    caller.create(metadata={"default_lock_settings": dict.fromkeys(ALL_LOCKS, True)})
    sent = {"lock_settings": dict.fromkeys(ALL_LOCKS, True)}
    assert locked(caller, caller.token("alice", is_admin=True, user_metadata=sent)) == set()


def test_a_moderator_who_does_not_present_has_the_rooms_lock_of_the_whiteboard(room):
    room.enter(room.token("first", is_admin=True))
    token = room.token("second", is_admin=True)
    assert room.page("verify", token)[1]["user"]["is_presenter"] is False
    assert locked(room, token) == {"lock_whiteboard"}


def test_the_first_moderator_presents_while_nobody_else_does(room):
    room.enter(room.token("bob"))
    first = room.token("first", is_admin=True)
    assert room.page("verify", first)[1]["user"]["is_presenter"] is True
    session = room.enter(first)
    assert room.page("verify", room.token("second", is_admin=True))[1]["user"]["is_presenter"] is False
    room.page("leave", session=session)
    assert room.page("verify", room.token("third", is_admin=True))[1]["user"]["is_presenter"] is True


def test_only_participants_wait_for_approval(caller):
    caller.create(features={"waiting_room_features": {"is_active": True}})
    assert caller.page("verify", caller.token("bob"))[1]["user"]["wait_for_approval"] is True
    assert caller.page("verify", caller.token("alice", is_admin=True))[1]["user"]["wait_for_approval"] is False


def test_what_was_sent_of_a_user_is_what_the_page_is_told(room):
    sent = {
        "profile_pic": "https://x.org/a.png",
        "preferred_lang": "de-DE",
        "record_webcam": False,
        "extra_data": {"class": "5b"},
    }
    user = room.page("verify", room.token("bob", name="Bob ♞", user_metadata=sent))[1]["user"]
    assert user["name"] == "Bob ♞"
    assert {name: user[name] for name in sent} == sent


def test_what_was_not_sent_of_a_user_has_the_servers_defaults(room):
    user = room.page("verify", room.token("bob"))[1]["user"]
    del user["lock_settings"]
    assert user == {
        "user_id": "bob",
        "name": "Bob",
        "is_admin": False,
        "is_presenter": False,
        "wait_for_approval": False,
        "profile_pic": "",
        "preferred_lang": "",
        "record_webcam": True,
        "extra_data": {},
    }


def test_a_room_may_choose_the_ids_itself_and_keeps_the_sent_one_beside(caller, server):
    caller.create(features={"auto_gen_user_id": True})
    first, second = caller.token("not a valid id!"), caller.token("", name="B")
    drawn = claims(server, first)["user_id"]
    assert uuid.UUID(drawn).version == 4
    assert drawn != claims(server, second)["user_id"]
    caller.enter(first)
    [info] = caller.call("getActiveRoomInfo", {"room_id": "room01"})["room"]["participants_info"]
    assert (info["identity"], json.loads(info["metadata"])["ex_user_id"]) == (drawn, "not a valid id!")
    refused = caller.call("getJoinToken", {"room_id": "room01", "user_info": {"name": "A", "user_id": "sip_1"}})
    assert refused["msg"] == "user_id: sip_1 is reserved for internal use only"


def test_a_removed_and_blocked_user_gets_no_token_in_this_sitting(room):
    moderator = room.enter(room.token("alice", is_admin=True))
    room.enter(room.token("bob"))
    room.page("remove", session=moderator, user_id="bob", block=1)
    request = {"room_id": "room01", "user_info": {"name": "Bob", "user_id": "bob"}}
    assert room.call("getJoinToken", request) == {
        "status": False,
        "msg": "this user is blocked to join this session",
        "status_code": "USER_BLOCKED",
    }
    room.call("endRoom", {"room_id": "room01"})
    room.create()
    assert room.call("getJoinToken", request)["status"] is True
