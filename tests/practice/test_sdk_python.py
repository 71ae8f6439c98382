"""The Python SDK of another author as a client of the practice server; it sends `null` for all it was not given."""

import asyncio
import dataclasses

import pytest
from plugnmeet_sdk import PlugNMeet
from plugnmeet_sdk.exceptions import RequestErrorException
from plugnmeet_sdk.schemas.data import _data as data
from plugnmeet_sdk.schemas.requests import _requests as requests

FEATURES = data.RoomFeatures(
    allow_webcams=True, mute_on_start=True, allow_screen_share=True, allow_rtmp=False, admin_only_webcams=False,
    allow_view_other_webcams=True, allow_view_other_users_list=True,
    recording_features=data.RecordingFeatures(True, True, True, False), chat_features=data.ChatFeatures(True, True),
    shared_note_pad_features=data.SharedNotePadFeatures(True), whiteboard_features=data.WhiteboardFeatures(True),
    external_media_player_features=data.ExternalMediaPlayerFeatures(True),
    waiting_room_features=data.WaitingRoomFeatures(False), breakout_room_features=data.BreakoutRoomFeatures(True, 3),
    display_external_link_features=data.DisplayExternalLinkFeatures(True),
)  # fmt: skip
ROOM = requests.CreateRoomRequest("room01", data.RoomMetadata("Algebra", FEATURES))
ALICE = data.UserInfo("Alice", "alice-1", True, data.UserMetadata())


@pytest.fixture
def sdk(server):
    return PlugNMeet(server.address, server.api_key, server.secret)


def join(**changes):
    return requests.JoinRoomRequest("room01", dataclasses.replace(ALICE, **changes))


def test_it_makes_a_room_gets_a_token_and_reads_the_rooms(sdk, caller):
    async def calls():
        status = requests.RoomStatusRequest("room01")
        return [
            await sdk.isRoomActive(status),
            await sdk.createRoom(ROOM),
            await sdk.getJoinToken(join()),
            await sdk.isRoomActive(status),
            await sdk.getActiveRoomInfo(requests.GetActiveRoomInfoRequest("room01")),
            await sdk.getActiveRoomsInfo(),
            await sdk.fetchPastRoomsInfo(requests.FetchPastRoomsInfoRequest(["room01"])),
            await sdk.getClientFiles(requests.GetClientFilesRequest()),
            await sdk.endRoom(requests.EndRoomRequest("room01")),
        ]

    answers = asyncio.run(calls())
    assert [status for status, _ in answers] == [200] * 9
    before, made, token, active, room, rooms, past, files, ended = (answer for _, answer in answers)
    assert (before["is_active"], active["is_active"], ended["msg"]) == (False, True, "success")
    assert made["room_info"]["room_title"] == "Algebra"
    assert room["room"]["room_info"]["sid"] == made["room_info"]["sid"]
    assert len(rooms["rooms"]) == 1
    assert past["result"]["total_rooms"] == "1"
    assert files["status_code"] == "UNKNOWN_STATUS"
    assert token["token"].count(".") == 2


def test_the_token_of_a_room_it_made_lets_its_user_in(sdk, caller):
    async def calls():
        await sdk.createRoom(ROOM)
        return (await sdk.getJoinToken(join()))[1]["token"]

    answer = caller.page("verify", asyncio.run(calls()))[1]
    assert (answer["user"]["user_id"], answer["room"]["room_features"]["mute_on_start"]) == ("alice-1", True)
    assert answer["room"]["room_features"]["breakout_room_features"]["allowed_number_rooms"] == 3


@pytest.mark.parametrize(
    ("key", "secret", "msg"),
    [
        ("wrong", None, "Invalid API key provided."),
        ("", None, "Missing API-KEY header."),
        (None, "wrong", "Failed to verify provided authentication details."),
    ],
)
def test_a_wrong_key_and_a_wrong_secret_are_told_apart(server, key, secret, msg):
    wrong = PlugNMeet(server.address, server.api_key if key is None else key, secret or server.secret)
    status, answer = asyncio.run(wrong.createRoom(ROOM))
    assert (status, answer["status"], answer["msg"]) == (401, False, msg)


@pytest.mark.parametrize(
    ("request_", "msg"),
    [
        (
            requests.JoinRoomRequest("room 01", ALICE),
            "validation error: room_id: room_id should only contain letters (a-z A-Z), digits (0-9) or -_",
        ),
        (join(name=""), "validation error: user_info.name: value is required"),
        (
            join(user_metadata=data.UserMetadata(profile_pic="")),
            "validation error: user_info.user_metadata.profile_pic: value is empty, which is not a valid URI",
        ),
        (
            join(user_metadata=data.UserMetadata(extra_data="text")),
            'proto: syntax error (line 1:214): unexpected token "text"',
        ),
        (join(is_admin=1), "proto: (line 1:88): invalid value for bool field isAdmin: 1"),
        (requests.JoinRoomRequest("nowhere", ALICE), "room is not active"),
        (join(user_id="pnm_agent-1"), "user_id: pnm_agent-1 is reserved for internal use only"),
        (join(user_id="a-native"), "user_id: suffix -native is reserved for internal use only"),
        (join(user_id="user_1"), "user_id cannot start with the reserved pattern 'user_'"),
    ],
)
def test_it_is_told_what_is_wrong_with_a_request(sdk, caller, request_, msg):
    caller.create()
    status, answer = asyncio.run(sdk.getJoinToken(request_))
    assert (status, answer["status"]) == (200, False)
    assert answer["msg"].replace("\N{NO-BREAK SPACE}", " ") == msg


def test_a_path_that_the_practice_server_does_not_know_is_plain_text_for_it(sdk):
    with pytest.raises(RequestErrorException):
        asyncio.run(sdk.fetchRecordings(requests.FetchRecordingsRequest([])))
