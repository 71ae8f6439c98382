"""How requests are read, against what the protocol's own libraries answered to the same bytes."""

import json
from pathlib import Path

import pytest

from pnm_launcher.practice.protocol import requests
from pnm_launcher.practice.protojson import emitted, merge, read, text

MEASURED = json.loads((Path(__file__).parent / "protocol-answers.json").read_text("utf-8"))
ANSWERS = MEASURED["answers"]
CALLS = {"getJoinToken": "getJoinToken", "create": "create", "fetchPastRooms": "fetchPastRooms"}


def bytes_of(body):
    return body[7:].encode("latin-1") if body.startswith("latin1:") else body.encode()


@pytest.mark.parametrize("measured", [row for row in ANSWERS if "msg" in row], ids=lambda row: row["body"][:60])
def test_a_bad_request_is_refused_with_the_words_of_the_real_server(caller, measured):
    answer = caller.call(measured["call"], bytes_of(measured["body"]))
    assert answer["msg"].replace("\N{NO-BREAK SPACE}", " ") == measured["msg"]
    assert answer == {"status": False, "msg": answer["msg"], "status_code": "INVALID_PARAMETERS"}


@pytest.mark.parametrize("measured", [row for row in ANSWERS if "parsed" in row], ids=lambda row: row["body"][:60])
def test_a_good_request_is_understood_and_written_as_by_the_real_server(measured):
    message = requests()[CALLS.get(measured["call"], "roomOnly")]
    assert text(emitted(read(bytes_of(measured["body"]), message), message)) == measured["parsed"]


@pytest.mark.parametrize("measured", [row for row in ANSWERS if "merged" in row], ids=lambda row: row["body"][:60])
def test_a_request_is_laid_over_defaults_as_by_the_real_server(measured):
    message = requests()["create"]
    laid = merge(MEASURED["below"], read(bytes_of(measured["body"]), message), message)
    assert text(emitted(laid, message)) == measured["merged"]


def test_the_measured_answers_cover_refusals_acceptance_and_merging():
    assert sum("msg" in row for row in ANSWERS) > 150
    assert sum("parsed" in row for row in ANSWERS) > 40
    assert sum("merged" in row for row in ANSWERS) > 30


def test_parser_errors_begin_with_a_no_break_space(caller):
    assert caller.call("create", b"")["msg"] == "proto:\N{NO-BREAK SPACE}syntax error (line 1:1): unexpected token "


@pytest.mark.parametrize("room_id", ["a" * 64, "A-b_9"])
def test_a_room_id_of_the_right_characters_and_length_is_taken(caller, room_id):
    assert caller.create(room_id=room_id)["room_id"] == room_id


@pytest.mark.parametrize(
    ("changes", "msg"),
    [
        ({"room_id": "user_1"}, "RoomId cannot start with the reserved pattern 'user_'"),
        ({"room_id": "a-FIELD_b"}, "RoomId cannot contain the reserved pattern '-FIELD_'"),
        ({"room_id": "a" * 65}, "Error 1406 (22001): Data too long for column 'roomId' at row 1"),
        (
            {"metadata": {"room_title": "é" * 256, "room_features": {}}},
            "Error 1406 (22001): Data too long for column 'room_title' at row 1",
        ),
        (
            {"metadata": {"room_title": "T", "room_features": {}, "webhook_url": "https://x.org/" + "a" * 250}},
            "Error 1406 (22001): Data too long for column 'webhook_url' at row 1",
        ),
    ],
)
def test_what_only_the_server_itself_refuses_about_a_room(caller, changes, msg):
    request = {"room_id": "room01", "metadata": {"room_title": "T", "room_features": {}}, **changes}
    assert caller.call("create", request) == {"status": False, "msg": msg, "status_code": "INTERNAL_SERVER_ERROR"}
    assert caller.call("getActiveRoomsInfo")["rooms"] == []


def test_a_list_and_a_huge_number_in_unknown_fields_are_ignored(caller):
    body = b'{"room_id":"x","more":[1e999,{"a":[[[]]]},"\\ud83d\\ude00"],"user_info":{"name":7}}'
    assert caller.call("isRoomActive", body)["msg"] == "room not found"


@pytest.mark.parametrize("number", [b"1" * 6000, b"1" + b"0" * 6000, b"1e" + b"9" * 6000, b"0." + b"0" * 6000 + b"1"])
def test_a_number_of_thousands_of_digits_is_refused_and_not_computed(caller, number):
    answer = caller.call("fetchPastRooms", b'{"limit":' + number + b"}")
    assert answer["status_code"] == "INVALID_PARAMETERS"
