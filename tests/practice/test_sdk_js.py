"""The official JavaScript SDK as a client of the practice server. It sends its bodies in chunks."""

import json
import subprocess
from pathlib import Path

import pytest

VERSION = "1.4.1"
ROOT = Path(__file__).parents[2]
NPM = ROOT / "build" / "npm"
SDK = NPM / "node_modules" / "plugnmeet-sdk-js"
ROOM = {"room_id": "room01", "metadata": {"room_title": "Algebra", "room_features": {"allow_webcams": True}}}
ALICE = {"name": "Alice", "user_id": "alice-1", "is_admin": True}


@pytest.fixture(scope="session")
def sdk():
    """The folder of the SDK; it is installed at the first run, without running anything of it."""
    described = SDK / "package.json"
    if not described.is_file() or json.loads(described.read_text("utf-8"))["version"] != VERSION:
        NPM.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            ["npm", "install", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund",
             "--prefix", str(NPM), f"plugnmeet-sdk-js@{VERSION}"],
            check=True, timeout=110, capture_output=True,
        )  # fmt: skip
    return SDK


@pytest.fixture
def run(sdk, server):
    """Runs calls of the SDK and gives their answers; the key and secret are the server's unless told."""

    def run(*calls, key=server.api_key, secret=server.secret):
        request = {"sdk": str(sdk), "address": server.address, "key": key, "secret": secret, "calls": calls}
        script = Path(__file__).with_name("sdk_js.cjs")
        done = subprocess.run(
            ["node", str(script)], input=json.dumps(request), capture_output=True, text=True, timeout=60, check=True
        )
        return json.loads(done.stdout)

    return run


def test_it_makes_a_room_gets_a_token_and_reads_the_rooms(run, caller):
    asked = {"room_id": "room01"}
    before, made, token, active, room, rooms, past, files = run(
        ("isRoomActive", asked),
        ("createRoom", ROOM),
        ("getJoinToken", {"room_id": "room01", "user_info": ALICE}),
        ("isRoomActive", asked),
        ("getActiveRoomInfo", asked),
        ("getActiveRoomsInfo", None),
        ("fetchPastRoomsInfo", {"room_ids": ["room01"]}),
        ("getClientFiles", None),
    )
    assert before == {"status": True, "is_active": False, "msg": "room not found"}
    assert (made["status"], made["msg"], made["room_info"]["room_title"]) == (True, "success", "Algebra")
    assert active == {"status": True, "is_active": True, "msg": "room is active"}
    assert room["room"]["room_info"]["sid"] == made["room_info"]["sid"]
    assert [entry["room_info"]["room_id"] for entry in rooms["rooms"]] == ["room01"]
    assert past["result"]["rooms_list"][0]["ended"] == "0001-01-01T00:00:00Z"
    assert files["status"] is True
    user = caller.page("verify", token["token"])[1]["user"]
    assert (user["name"], user["is_admin"]) == ("Alice", True)


def test_it_ends_a_room(run):
    assert run(("createRoom", ROOM), ("endRoom", {"room_id": "room01"}), ("endRoom", {"room_id": "room01"}))[1:] == [
        {"status": True, "msg": "success"},
        {"status": False, "msg": "room not found or not active"},
    ]


def test_a_wrong_key_and_a_wrong_secret_are_told_apart(run):
    assert run(("getActiveRoomsInfo", None), key="wrong") == [{"status": False, "msg": "Invalid API key provided."}]
    assert run(("createRoom", ROOM), secret="wrong") == [
        {"status": False, "msg": "Failed to verify provided authentication details."}
    ]
    assert run(("createRoom", ROOM), key="") == [{"status": False, "msg": "Missing API-KEY header."}]


def test_it_is_told_what_is_wrong_with_a_request(run):
    answers = run(
        ("createRoom", {"room_id": "a b", "metadata": {"room_title": ""}}),
        ("createRoom", {**ROOM, "room_id": "user_1"}),
        ("createRoom", {**ROOM, "empty_timeout": -1}),
        ("getJoinToken", {"room_id": "room01"}),
        ("getJoinToken", {"room_id": "room01", "user_info": {**ALICE, "is_admin": "yes"}}),
        ("getJoinToken", {"room_id": "nowhere", "user_info": ALICE}),
        ("createRoom", ROOM),
        ("getJoinToken", {"room_id": "room01", "user_info": {**ALICE, "user_id": "sip_1"}}),
        ("getJoinToken", {"room_id": "room01", "user_info": {**ALICE, "user_id": "user_1"}}),
    )
    assert [answer["status"] for answer in answers] == [False] * 6 + [True] + [False] * 2
    assert [answer["msg"].replace("\N{NO-BREAK SPACE}", " ") for answer in answers] == [
        "validation errors:\n"
        " - room_id: room_id should only contain letters (a-z A-Z), digits (0-9) or -_\n"
        " - metadata.room_title: value is required\n"
        " - metadata.room_features: value is required",
        "RoomId cannot start with the reserved pattern 'user_'",
        "proto: (line 1:112): invalid value for uint32 field emptyTimeout: -1",
        "validation error: user_info: value is required",
        'proto: (line 1:80): invalid value for bool field isAdmin: "yes"',
        "room is not active",
        "success",
        "user_id: sip_1 is reserved for internal use only",
        "user_id cannot start with the reserved pattern 'user_'",
    ]
