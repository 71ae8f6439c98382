"""Rooms: made once, merged with the server's defaults, ended by call or by time, listed."""

import json
import re

import pytest


def metadata_of(info):
    return json.loads(info["metadata"])


def test_the_answer_to_create_has_the_protocols_keys_in_order(caller, clock):
    body = json.dumps({"room_id": "room01", "metadata": {"room_title": "Algebra", "room_features": {}}}).encode()
    _, headers, answer = caller.send("POST", "/auth/room/create", body, caller.headers_for(body))
    assert headers["Content-Type"] == "application/json"
    assert answer.startswith(
        b'{"status":true,"msg":"success","status_code":"SUCCESS","room_info":'
        b'{"room_title":"Algebra","room_id":"room01","sid":"'
    )
    info = json.loads(answer)["room_info"]
    sid, metadata = info.pop("sid"), info.pop("metadata")
    assert re.fullmatch(r"[0-9a-f-]{36}", sid)
    assert isinstance(metadata, str)
    assert list(info.items()) == [
        ("room_title", "Algebra"),
        ("room_id", "room01"),
        ("joined_participants", "0"),
        ("is_running", 1),
        ("is_recording", 0),
        ("is_active_rtmp", 0),
        ("webhook_url", ""),
        ("is_breakout_room", 0),
        ("parent_room_id", ""),
        ("creation_time", str(int(clock.now))),
    ]


def test_a_running_room_is_answered_as_it_is_and_not_changed(caller, clock):
    first = caller.create(metadata={"welcome_message": "Hello"})
    clock.now += 5
    second = caller.create(metadata={"room_title": "Other", "welcome_message": "Bye"}, features={"mute_on_start": True})
    assert second == first


def test_an_ended_room_is_made_anew(caller):
    first = caller.create()
    caller.call("endRoom", {"room_id": "room01"})
    second = caller.create(metadata={"room_title": "Other"})
    assert (second["room_title"], second["sid"] != first["sid"]) == ("Other", True)


ON = [
    "allow_webcams", "allow_screen_share", "allow_view_other_webcams", "allow_view_other_users_list",
    "enable_analytics", "recording_features.is_allow", "recording_features.is_allow_cloud",
    "recording_features.is_allow_local", "chat_features.is_allow", "chat_features.is_allow_file_upload",
    "shared_note_pad_features.is_allow", "whiteboard_features.is_allow", "external_media_player_features.is_allow",
    "display_external_link_features.is_allow", "ingress_features.is_allow", "polls_features.is_allow",
    "breakout_room_features.is_allow", "external_broadcasting_features.is_allow",
    "external_broadcasting_features.is_allow_rtmp",
]  # fmt: skip
OPTIONAL = ["allow_virtual_bg", "allow_raise_hand", "allow_reactions"]
OFF = [
    "mute_on_start", "admin_only_webcams", "recording_features.enable_auto_cloud_recording",
    "recording_features.only_record_admin_webcams", "waiting_room_features.is_active",
    "end_to_end_encryption_features.is_enabled", "sip_dial_in_features.hide_phone_number", "auto_gen_user_id",
]  # fmt: skip


def sent(path, value):
    head, _, rest = path.partition(".")
    return {head: sent(rest, value) if rest else value}


def found(features, path):
    for name in path.split("."):
        features = features[name]
    return features


@pytest.mark.parametrize("path", [*ON, *OPTIONAL])
def test_what_is_on_by_default_is_switched_off_only_where_the_protocol_knows_unset(caller, path):
    features = metadata_of(caller.create(features=sent(path, False)))["room_features"]
    assert found(features, path) is (path not in OPTIONAL)


@pytest.mark.parametrize("path", OFF)
def test_what_is_off_by_default_is_switched_on_by_true(caller, path):
    assert found(metadata_of(caller.create())["room_features"], path) is False
    caller.call("endRoom", {"room_id": "room01"})
    assert found(metadata_of(caller.create(features=sent(path, True)))["room_features"], path) is True


def test_the_old_name_does_switch_broadcasting_off(caller):
    broadcasting = metadata_of(caller.create(features={"allow_rtmp": False}))["room_features"][
        "external_broadcasting_features"
    ]
    assert (broadcasting["is_allow"], broadcasting["is_allow_rtmp"]) == (False, False)


def test_the_server_corrects_what_it_cannot_do(caller):
    features = metadata_of(
        caller.create(
            features={
                "breakout_room_features": {"allowed_number_rooms": 99},
                "chat_features": {"max_file_size": 500, "allowed_file_types": ["odt"]},
                "insights_features": {"transcription_features": {"is_allow": True, "is_allow_translation": True}},
                "sip_dial_in_features": {"is_allow": True},
            }
        )
    )["room_features"]
    assert features["breakout_room_features"]["allowed_number_rooms"] == 16
    assert features["chat_features"]["max_file_size"] == "1"
    assert features["chat_features"]["allowed_file_types"] == ["odt"]
    assert found(features, "insights_features.is_allow") is False
    assert found(features, "insights_features.transcription_features.is_allow") is False
    assert found(features, "insights_features.transcription_features.is_allow_translation") is False
    assert found(features, "sip_dial_in_features.is_allow") is False


def test_encryption_gets_a_key_unless_people_bring_their_own(caller):
    made = metadata_of(caller.create(features={"end_to_end_encryption_features": {"is_enabled": True}}))
    assert len(made["room_features"]["end_to_end_encryption_features"]["encryption_key"]) == 32
    assert found(made["room_features"], "ingress_features.is_allow") is False
    caller.call("endRoom", {"room_id": "room01"})
    own = {"is_enabled": True, "enabled_self_insert_encryption_key": True}
    made = metadata_of(caller.create(features={"end_to_end_encryption_features": own}))
    assert "encryption_key" not in made["room_features"]["end_to_end_encryption_features"]
    assert found(made["room_features"], "recording_features.is_allow_cloud") is False
    assert found(made["room_features"], "external_broadcasting_features.is_allow") is False


def test_one_rooms_settings_never_reach_the_next_room(caller):
    before = metadata_of(caller.create(room_id="one"))
    caller.create(room_id="two", features={"chat_features": {"allowed_file_types": ["odt"]}, "mute_on_start": True},
                  metadata={"extra_data": {"a": "b"}})  # fmt: skip
    after = metadata_of(caller.create(room_id="three"))
    for changing in ("metadata_id",):
        assert before.pop(changing) != after.pop(changing)
    assert before == after


def test_metadata_is_written_with_every_field_and_64_bit_numbers_as_text(caller, clock):
    metadata = metadata_of(caller.create(features={"room_duration": 45}, metadata={"extra_data": {"a": "b"}}))
    assert metadata["started_at"] == str(int(clock.now))
    assert metadata["room_features"]["room_duration"] == "45"
    assert metadata["room_features"]["ingress_features"]["input_type"] == "RTMP_INPUT"
    assert metadata["extra_data"] == {"a": "b"}
    assert metadata["default_lock_settings"] == dict.fromkeys(
        ["lock_screen_sharing", "lock_whiteboard", "lock_shared_notepad"], True
    )
    assert "webhook_url" not in metadata
    assert metadata["room_features"]["recording_features"]["recorder_bot_options"] is None


# --- is it running? ------------------------------------------------------------------------------------------------


def test_a_room_is_active_from_create_to_end(caller):
    asked = {"room_id": "room01"}
    no = {"status": True, "msg": "room not found", "status_code": "ROOM_NOT_FOUND", "is_active": False}
    assert caller.call("isRoomActive", asked) == no
    caller.create()
    assert caller.call("isRoomActive", asked) == {
        "status": True,
        "msg": "room is active",
        "status_code": "SUCCESS",
        "is_active": True,
    }
    assert caller.call("endRoom", asked) == {"status": True, "msg": "success", "status_code": "SUCCESS"}
    assert caller.call("isRoomActive", asked) == no
    assert caller.call("endRoom", asked) == {
        "status": False,
        "msg": "room not found or not active",
        "status_code": "ROOM_NOT_FOUND",
    }


def test_a_room_id_that_the_store_refuses_is_an_error_of_its_own(caller):
    assert caller.call("isRoomActive", {"room_id": "a b"}) == {
        "status": False,
        "msg": "error getting room info from NATS",
        "status_code": "INTERNAL_SERVER_ERROR",
        "is_active": False,
    }


@pytest.mark.parametrize(("asked", "seconds"), [(None, 1800), (1, 1800), (119, 1800), (120, 120), (7200, 7200)])
def test_an_empty_room_ends_after_its_time_out_which_is_never_under_two_minutes(caller, clock, asked, seconds):
    caller.create(**({} if asked is None else {"empty_timeout": asked}))
    clock.now += seconds
    assert caller.call("isRoomActive", {"room_id": "room01"})["is_active"] is True
    clock.now += 1
    assert caller.call("isRoomActive", {"room_id": "room01"})["is_active"] is False


def test_a_room_with_somebody_inside_outlives_its_time_out(room, clock):
    session = room.enter(room.token("bob"))
    clock.now += 1801
    room.page("events", method="GET", session=session, after=0)
    assert room.call("isRoomActive", {"room_id": "room01"})["is_active"] is True


def test_a_room_ends_when_its_duration_is_over_whoever_is_inside(caller, clock):
    caller.create(features={"room_duration": 2})
    session = caller.enter(caller.token("bob"))
    clock.now += 119
    caller.events(session)
    clock.now += 2
    assert caller.call("isRoomActive", {"room_id": "room01"})["is_active"] is False
    assert caller.events(session, after=1)[-1]["type"] == "ended"


# --- lists ---------------------------------------------------------------------------------------------------------


def test_one_active_room_is_shown_with_who_is_inside(room, clock):
    clock.now += 60
    room.enter(room.token("alice", is_admin=True, user_metadata={"extra_data": {"a": "b"}}))
    room.token("bob")
    answer = room.call("getActiveRoomInfo", {"room_id": "room01"})
    assert list(answer) == ["status", "msg", "status_code", "room"]
    assert list(answer["room"]) == ["room_info", "participants_info"]
    assert answer["room"]["room_info"]["joined_participants"] == "1"
    [alice] = answer["room"]["participants_info"]
    assert list(alice) == [
        "sid", "identity", "state", "tracks", "metadata", "joined_at", "joined_at_ms", "name", "version", "permission",
        "region", "is_publisher", "kind", "attributes", "disconnect_reason", "kind_details",
    ]  # fmt: skip
    assert (alice["identity"], alice["name"], alice["state"]) == ("alice", "Alice", "ACTIVE")
    assert (alice["joined_at"], alice["joined_at_ms"]) == (str(int(clock.now)), str(int(clock.now * 1000)))
    metadata = json.loads(alice["metadata"])
    assert (metadata["is_admin"], metadata["is_presenter"], metadata["extra_data"]) == (True, True, {"a": "b"})


def test_a_room_that_does_not_run_is_shown_as_null(caller):
    assert caller.call("getActiveRoomInfo", {"room_id": "room01"}) == {
        "status": False,
        "msg": "room not found in active state",
        "status_code": "ROOM_NOT_FOUND",
        "room": None,
    }


def test_all_active_rooms_are_shown_and_none_is_a_refusal_with_an_empty_list(caller):
    assert caller.call("getActiveRoomsInfo", b"this is not read") == {
        "status": False,
        "msg": "no active room found",
        "status_code": "NOT_FOUND",
        "rooms": [],
    }
    caller.create(room_id="one")
    caller.create(room_id="two")
    rooms = caller.call("getActiveRoomsInfo")["rooms"]
    assert [room["room_info"]["room_id"] for room in rooms] == ["one", "two"]


def test_past_rooms_are_listed_with_the_running_ones_among_them(caller, clock):
    assert caller.call("fetchPastRooms") == {"status": False, "msg": "no room found", "status_code": "NOT_FOUND"}
    first = caller.create(metadata={"webhook_url": "https://x.org/hook"})
    caller.enter(caller.token("bob"))
    clock.now += 10
    caller.call("endRoom", {"room_id": "room01"})
    caller.create(room_id="running")
    answer = caller.call("fetchPastRooms")
    result = answer["result"]
    assert {name: result[name] for name in result if name != "rooms_list"} == {
        "total_rooms": "2",
        "from": 0,
        "limit": 20,
        "order_by": "DESC",
    }
    running, past = result["rooms_list"]
    assert (running["room_id"], running["ended"]) == ("running", "0001-01-01T00:00:00Z")
    assert list(past.items()) == [
        ("room_title", "Algebra"),
        ("room_id", "room01"),
        ("room_sid", first["sid"]),
        ("joined_participants", "1"),
        ("webhook_url", "https://x.org/hook"),
        ("created", "2025-10-09T08:53:20Z"),
        ("ended", "2025-10-09T08:53:30Z"),
    ]


def test_past_rooms_are_chosen_ordered_and_cut(caller):
    for number in range(25):
        caller.create(room_id=f"room{number:02}")

    def listed(**request):
        result = caller.call("fetchPastRooms", request)["result"]
        return [room["room_id"] for room in result["rooms_list"]], result["total_rooms"]

    assert listed() == ([f"room{number:02}" for number in range(24, 4, -1)], "25")
    assert listed(order_by="ASC", limit=2, **{"from": 3}) == (["room03", "room04"], "25")
    assert listed(order_by="asc", limit="1") == (["room24"], "25")
    assert listed(room_ids=["room07", "room03", "none"]) == (["room07", "room03"], "2")
    assert listed(**{"from": 99}) == ([], "25")
    assert caller.call("fetchPastRooms", {"limit": 1000})["result"]["limit"] == 100


def test_client_files_come_with_the_real_servers_unknown_status(caller):
    status, answer = caller.post("/getClientFiles", b"")
    assert (status, answer["status"], answer["status_code"]) == (200, True, "UNKNOWN_STATUS")
    assert list(answer) == ["status", "msg", "status_code", "css", "js", "css_files", "js_files"]
