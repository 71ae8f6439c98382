"""The client against real HTTP on this computer: what is sent, what comes back, and every way it can fail."""

import hashlib
import hmac
import json
import logging
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from email.utils import formatdate
from pathlib import Path
from typing import Any

import pytest
from faults import FaultServer, Visit, after_request, answering, headers_of, reply

from pnm_launcher import errors, log, refusals
from pnm_launcher.address import Address, parse_address
from pnm_launcher.answers import ActiveRoom, ClientFiles, Participant, PastRooms, RoomInfo
from pnm_launcher.api import PATHS, Client, SignedRequest, request_for
from pnm_launcher.errors import LauncherError, UnexpectedAnswer
from pnm_launcher.session import Session
from pnm_launcher.work import Cancellation

KEY, SECRET = "plugnmeet", "zumyyYWqv7KR2kUqvYdq4z4sXg7XTBD2ljT6"
TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJl"
NBSP = "\N{NO-BREAK SPACE}"
JOIN = {"room_id": "room01", "user_info": {"name": "Zoë 日本", "user_id": "u-1", "is_admin": True}}

Ask = Callable[[Client], object]


@pytest.fixture
def session() -> Iterator[Session]:
    with Session() as made:
        yield made


def client_of(server: FaultServer, session: Session) -> Client:
    return Client(parse_address(f"http://localhost:{server.port}"), KEY, SECRET, session)


def ask(session: Session, answer: bytes, call: Ask) -> Any:
    with FaultServer(answering(answer)) as server:
        return call(client_of(server, session))


def fails(session: Session, answer: bytes, call: Ask) -> LauncherError:
    with FaultServer(answering(answer)) as server:
        with pytest.raises(LauncherError) as caught:
            call(client_of(server, session))
        assert sum(len(visit.heads) for visit in server.visits) == 1, "asked again"
    return caught.value


def ok(**values: object) -> bytes:
    return reply(body={"status": True, "msg": "success", "status_code": "SUCCESS", **values})


def no(message: str, code: str | None = "", status: str = "200 OK") -> bytes:
    body = {"status": False, "msg": message} | ({} if code is None else {"status_code": code})
    return reply(status, body)


ROOM = {
    "room_title": "Lesson", "room_id": "room01", "sid": "SID", "joined_participants": "3",
    "is_running": 1, "is_recording": 1, "is_active_rtmp": 0, "is_breakout_room": 0, "parent_room_id": "",
    "creation_time": "1724000000", "webhook_url": "", "metadata": '{"e2ee":"canary-metadata"}',
}  # fmt: skip
INFO = RoomInfo("room01", "Lesson", "SID", 3, 1724000000, True, False, False, '{"e2ee":"canary-metadata"}')

CALLS: dict[str, Ask] = {
    "isRoomActive": lambda client: client.is_room_active("room01"),
    "create": lambda client: client.create_room({"room_id": "room01"}),
    "getJoinToken": lambda client: client.join_token(JOIN),
    "getActiveRoomInfo": lambda client: client.active_room("room01"),
    "getActiveRoomsInfo": lambda client: client.active_rooms(),
    "endRoom": lambda client: client.end_room("room01"),
    "fetchPastRooms": lambda client: client.past_rooms(["room01"], first=20, limit=50, newest_first=False),
    "getClientFiles": lambda client: client.client_files(),
}
GOOD: dict[str, bytes] = {
    "isRoomActive": ok(is_active=True),
    "create": ok(room_info=ROOM),
    "getJoinToken": ok(token=TOKEN),
    "getActiveRoomInfo": ok(room={"room_info": ROOM, "participants_info": []}),
    "getActiveRoomsInfo": ok(rooms=[]),
    "endRoom": ok(),
    "fetchPastRooms": ok(result={"total_rooms": "0", "rooms_list": []}),
    "getClientFiles": ok(css=[], js=[]),
}


# --- what is sent ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "signature"),
    [
        (b'{"room_id":"room01"}', "4b60a468df680c0739f6c7255626b31c8934efc1293b9e40667575b964bf24b5"),
        (b"{}", "d2a7003d22b6b6f94519230776f45e19d2086b20d1711a8eae6b0ee24d51cfeb"),
        (b"", "2ae261611f37f61d3aa5f83dbadfeaa0a299b4c9c6cb142cfd9675388e422ab7"),
        (
            b'{"room_id": "room01", "user_info": {"name": "Alice", "user_id": "alice-1", "is_admin": true}}',
            "f3a5caba3e53f6ef53c98f15abf76448ac63f5cd5179fe9af0113c0b0e95b689",
        ),
        (
            '{"room_id":"room01","user_info":{"name":"Zoë 日本","user_id":"u-1","is_admin":true}}'.encode(),
            "007f41aba8fa1180aa614f83fbaff0d9da4a3c00e1ae7571e6e794b39caa5980",
        ),
        (
            b'{"room_id": "room01", "user_info": {"name": "Zo\\u00eb \\u65e5\\u672c", "user_id": "u-1", '
            b'"is_admin": true}}',
            "460a2558d3f30fe06634354936b4361bed360e11e71301a521812ac9e1cf69dd",
        ),
    ],
)
def test_published_signatures(body: bytes, signature: str) -> None:
    assert SignedRequest("", body).signature(SECRET) == signature


def test_a_request_can_be_shown_without_a_secret() -> None:
    request = request_for(parse_address("meet.example/sub"), "getJoinToken", JOIN)
    assert request.url == "https://meet.example/sub/auth/room/getJoinToken"
    assert (
        request.body.decode() == '{"room_id":"room01","user_info":{"name":"Zoë 日本","user_id":"u-1","is_admin":true}}'
    )
    assert request.signature(SECRET) == "007f41aba8fa1180aa614f83fbaff0d9da4a3c00e1ae7571e6e794b39caa5980"


def test_a_number_that_json_does_not_know_is_never_sent() -> None:
    with pytest.raises(ValueError, match="Out of range"):
        request_for(parse_address("meet.example"), "create", {"x": float("nan")})


@pytest.mark.parametrize("call", CALLS)
def test_the_signature_covers_the_bytes_that_arrive(session: Session, call: str) -> None:
    with FaultServer(answering(GOOD[call])) as server:
        client = Client(Address("http", "localhost", server.port, "/sub"), KEY, SECRET, session)
        CALLS[call](client)
    [visit] = server.visits
    sent = headers_of(visit)
    assert visit.head.startswith(f"POST /sub{PATHS[call]} HTTP/1.1\r\n".encode())
    assert sent["api-key"] == KEY
    assert sent["hash-signature"] == hmac.new(SECRET.encode(), visit.body, hashlib.sha256).hexdigest()
    assert sent["content-type"] == "application/json"
    assert isinstance(json.loads(visit.body), dict)
    assert len(visit.heads) == 1


def test_past_rooms_are_asked_for_in_the_protocols_names(session: Session) -> None:
    with FaultServer(answering(GOOD["fetchPastRooms"])) as server:
        CALLS["fetchPastRooms"](client_of(server, session))
        asked = json.loads(server.visits[0].body)
    assert asked == {"room_ids": ["room01"], "from": 20, "limit": 50, "order_by": "ASC"}


def test_the_health_check_is_not_signed(session: Session) -> None:
    with FaultServer(answering(reply("200 OK", b"Healthy", "Content-Type: text/plain"))) as server:
        client_of(server, session).health()
    assert server.visits[0].head.startswith(b"GET /healthCheck HTTP/1.1\r\n")
    for name in (b"API-KEY", b"HASH-SIGNATURE"):
        assert name not in server.visits[0].head


@pytest.mark.parametrize(
    "text", ["", " key", "key ", "ke\ny", "key\r\nX: y", "ke\0y", "kéy", "key\N{ZERO WIDTH SPACE}", "key\x7f"]
)
def test_keys_and_secrets_that_could_change_the_headers_are_refused(session: Session, text: str) -> None:
    address = parse_address("http://localhost:9")
    with pytest.raises(errors.InvalidValue) as caught:
        Client(address, text, SECRET, session)
    assert caught.value.path == "api_key"
    with pytest.raises(errors.SecretInvalid) as invalid:
        Client(address, KEY, text, session)
    assert text.strip() == "" or text not in f"{invalid.value}"


# --- what comes back ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "active"),
    [
        (ok(is_active=True), True),
        (ok(is_active=False, msg="room not found", status_code="ROOM_NOT_FOUND"), False),
        (ok(is_active=False, msg="room is not active", status_code="ROOM_NOT_ACTIVE"), False),
        (reply(body={"status": True, "is_active": True, "msg": "room is active"}), True),
        (no("room is not active", None), False),
    ],
)  # fmt: skip
def test_is_room_active(session: Session, answer: bytes, active: bool) -> None:
    assert ask(session, answer, CALLS["isRoomActive"]) is active


def test_a_room_that_cannot_be_asked_about_is_not_taken_for_inactive(session: Session) -> None:
    answer = no("error getting room info from NATS", "INTERNAL_SERVER_ERROR")
    assert type(fails(session, answer, CALLS["isRoomActive"])) is refusals.ServerTrouble


def test_create_returns_the_room_with_whole_numbers_and_hides_its_settings(session: Session) -> None:
    room = ask(session, ok(room_info=ROOM), CALLS["create"])
    assert room == INFO
    assert "canary" not in repr(room)


def test_the_join_token(session: Session) -> None:
    assert ask(session, ok(token=TOKEN), CALLS["getJoinToken"]) == TOKEN
    assert log.redact(f"x {TOKEN.encode().hex()}") == f"x {log.MASK}"


def test_an_active_room_lists_who_is_in_it(session: Session) -> None:
    person = {"sid": "PA", "identity": "alice-1", "name": "Alice", "joined_at": "1724000100", "metadata": "canary",
              "permission": None, "tracks": [], "attributes": {}}  # fmt: skip
    room = ask(session, ok(room={"room_info": ROOM, "participants_info": [person]}), CALLS["getActiveRoomInfo"])
    assert room == ActiveRoom(INFO, (Participant("alice-1", "Alice", 1724000100),))
    assert "canary" not in repr(room)


@pytest.mark.parametrize(
    "answer",
    [
        no("room not found in active state", "ROOM_NOT_FOUND"),
        no("room is not active", "ROOM_NOT_ACTIVE"),
        no("room is not active", None),
    ],
)
def test_a_room_that_is_not_running_is_none(session: Session, answer: bytes) -> None:
    assert ask(session, answer, CALLS["getActiveRoomInfo"]) is None


def test_active_rooms(session: Session) -> None:
    rooms = [{"room_info": ROOM, "participants_info": []}, {"room_info": ROOM | {"room_id": "r2"}}]
    found = ask(session, ok(rooms=rooms), CALLS["getActiveRoomsInfo"])
    assert [room.info.room_id for room in found] == ["room01", "r2"]
    none = reply(body={"status": False, "msg": "no active room found", "status_code": "NOT_FOUND", "rooms": []})
    assert ask(session, none, CALLS["getActiveRoomsInfo"]) == ()


def test_ending_a_room_returns_nothing(session: Session) -> None:
    assert ask(session, ok(), CALLS["endRoom"]) is None


@pytest.mark.parametrize(
    ("values", "files"),
    [
        (
            {"css": ["old.css"], "js": ["old.js"], "css_files": ["main.css"], "js_files": ["main-module.js"]},
            ClientFiles(("main.css",), ("main-module.js",), ""),
        ),
        ({"css": ["old.css"], "js": ["old.js"]}, ClientFiles(("old.css",), ("old.js",), "")),
        ({"css": None, "js": None}, ClientFiles((), (), "")),
        (
            {"css_files": [], "static_assets_path": "https://cdn.example/a"},
            ClientFiles((), (), "https://cdn.example/a"),
        ),
    ],
)
def test_client_files_of_new_and_old_servers(session: Session, values: dict[str, object], files: ClientFiles) -> None:
    answer = reply(body={"status": True, "msg": "success", "status_code": "UNKNOWN_STATUS", **values})
    assert ask(session, answer, CALLS["getClientFiles"]) == files


def test_past_rooms_leave_out_the_running_ones(session: Session) -> None:
    def past(room_id: str, ended: str) -> dict[str, str]:
        return {"room_title": "T", "room_id": room_id, "room_sid": "S", "joined_participants": "2", "webhook_url": "",
                "created": "2026-11-21T10:00:00Z", "ended": ended}  # fmt: skip

    result = {
        "total_rooms": "3", "from": 0, "limit": 20, "order_by": "DESC",
        "rooms_list": [past("r1", "2026-11-21T11:30:00.123456789+01:00"), past("r2", "0001-01-01T00:00:00Z"),
                       past("r3", "2026-11-21T12:00:00Z")],
    }  # fmt: skip
    rooms = ask(session, ok(result=result), CALLS["fetchPastRooms"])
    assert [room.room_id for room in rooms.rooms] == ["r1", "r3"]
    assert rooms.total == 3
    assert rooms.rooms[0].participants == 2
    assert rooms.rooms[0].ended.isoformat() == "2026-11-21T11:30:00.123456+01:00"
    assert ask(session, no("no room found", "NOT_FOUND"), CALLS["fetchPastRooms"]) == PastRooms()


def test_white_space_unknown_keys_and_absent_values_do_not_matter(session: Session) -> None:
    answer = reply(
        "200 OK", b'\n{"status": true,"new": {"x": [1.5, null, "\\ud83d\\ude00"]} , "room_info":\t{"room_id":"r"}}'
    )
    room = ask(session, answer, CALLS["create"])
    assert room == RoomInfo("r", "", "", 0, 0, False, False, False, "")


# --- the clock ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("offset", [-86400, -300, 0, 300, 86400])
def test_the_difference_of_the_clocks_is_known_after_an_answer(session: Session, offset: int) -> None:
    date = formatdate(time.time() + offset, usegmt=True)
    for answer in (ok(), no("room is not active")):
        with FaultServer(answering(answer.replace(b"\r\n", f"\r\nDate: {date}\r\n".encode(), 1))) as server:
            client = client_of(server, session)
            assert client.clock_skew is None
            with pytest.raises(refusals.RoomNotActive) if answer != ok() else nullcontext():
                client.end_room("room01")
        assert client.clock_skew == pytest.approx(offset, abs=1.5)


@pytest.mark.parametrize("date", ["", "yesterday", "Sat, 99 Nov 2026 99:99:99 GMT", "0"])
def test_a_date_that_is_none_is_no_failure(session: Session, date: str) -> None:
    with FaultServer(answering(reply("200 OK", {"status": True}, f"Date: {date}"))) as server:
        client = client_of(server, session)
        client.end_room("room01")
    assert client.clock_skew is None


# --- every refusal of the contract -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Refused:
    """A row of `data/refusals.tsv`: rows of one `cause` may share a sentence, others may not."""

    cause: str
    call: str
    status: str
    msg: str
    status_code: str
    kind: str

    def answer(self, code: str | None) -> bytes:
        return no(self.msg, code, {"200": "200 OK", "401": "401 Unauthorized"}[self.status])


def rows() -> list[Refused]:
    lines = (Path(__file__).parent / "data" / "refusals.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return [Refused(*line.encode().decode("unicode_escape").split("\t")) for line in lines]


REFUSED = rows()
WITHOUT_A_KNOWN_TEXT = {"ServerTrouble", "NotAllowed", "ServerRefused"}


@pytest.mark.parametrize("row", REFUSED, ids=lambda row: row.msg)
def test_each_refusal_has_its_own_class_with_or_without_a_status_code(session: Session, row: Refused) -> None:
    error = fails(session, row.answer(row.status_code), CALLS[row.call])
    assert type(error).__name__ == row.kind
    assert_readable(error)
    if row.kind not in WITHOUT_A_KNOWN_TEXT:
        old = fails(session, row.answer(None), CALLS[row.call])
        assert type(old) is type(error)
        assert str(old) == str(error)


def test_different_causes_have_different_sentences() -> None:
    causes: dict[str, str] = {}
    for row in REFUSED:
        sentence = str(refusals.refusal(row.msg, row.status_code))
        assert causes.setdefault(sentence, row.cause) == row.cause, sentence
    assert len(causes) >= 40


def assert_readable(error: LauncherError) -> None:
    for text in (str(error), error.next_step):
        assert 10 < len(text) < 450
        assert "{" not in text
        assert "<" not in text
        assert text.isprintable()
        assert NBSP not in text


def test_the_fields_that_the_server_refuses_are_named(session: Session) -> None:
    message = (
        'validation errors:\n - metadata.extra_data["k"]: must be short\n'
        " - metadata.room_features.chat_features.allowed_file_types[0]: a - b: c"
    )
    error = fails(session, no(message, "INVALID_PARAMETERS"), CALLS["create"])
    assert isinstance(error, refusals.FieldRefused)
    assert error.violations == (
        ('metadata.extra_data["k"]', "must be short"),
        ("metadata.room_features.chat_features.allowed_file_types[0]", "a - b: c"),
    )
    assert "validation errors" not in str(error)


def test_what_a_server_says_is_shown_as_one_plain_short_line(session: Session) -> None:
    message = "<script>alert(1)</script>\n\x1b[31m\u202e" + "x" * 5000
    error = fails(session, no(message, "CONFLICT"), CALLS["endRoom"])
    assert str(error).startswith("The server refused: <script>alert(1)</script> [31mxxx")
    assert len(str(error)) < 330


# --- answers that are not the server's ---------------------------------------------------------------------------

PAGE = "<!DOCTYPE html><title>Canary</title>"
TEXT = "Content-Type: text/plain"
STRANGE: list[tuple[bytes, type[LauncherError], str]] = [
    (reply("404 Not Found", b"not found", TEXT), errors.PageNotFound, "http://localhost:"),
    (reply("404 Not Found", PAGE), errors.PageNotFound, "http://localhost:"),
    (reply("404 Not Found", {"error": "no"}), errors.PageNotFound, "http://localhost:"),
    (reply("413 Too Large", b"Request Entity Too Large", TEXT), errors.BodyTooLarge, "too long"),
    (reply("413 Too Large", PAGE), errors.BodyTooLarge, "too long"),
    (reply("431 Too Large", b"", TEXT), errors.HeadersTooLarge, "too long"),
    (reply("414 Too Long", PAGE), errors.HeadersTooLarge, "too long"),
    (reply("500 Oops", b"runtime error: nil pointer", TEXT), errors.ServerCrashed, "nil pointer"),
    (reply("500 Oops", PAGE), errors.ServerCrashed, "code 500"),
    (reply("500 Oops", b"", TEXT), errors.ServerCrashed, "code 500"),
    (reply("501 Oops", b"Not implemented", TEXT), errors.ServerCrashed, "Not implemented"),
    *((reply(f"{status} Oops", PAGE), errors.GatewayFailed, f"code {status}") for status in (502, 503, 504, 520, 530)),
    (reply("511 Sign in", PAGE), errors.NotPlugNmeet, "web page"),
    (reply("200 OK", PAGE), errors.NotPlugNmeet, "web page"),
    (reply("200 OK", PAGE.encode(), "Content-Type: application/json"), errors.NotPlugNmeet, "web page"),
    (reply("401 Unauthorized", PAGE), errors.NotPlugNmeet, "web page"),
    (reply("403 Forbidden", PAGE), errors.NotPlugNmeet, "web page"),
    (reply("401 Unauthorized", b"no", TEXT), UnexpectedAnswer, "code 401"),
    (reply("401 Unauthorized", {"error": "no"}), UnexpectedAnswer, "code 401"),
    (reply("429 Slowly", b"slowly", TEXT), UnexpectedAnswer, "code 429"),
    (reply("204 No Content"), UnexpectedAnswer, "code 204"),
    (reply("201 Created", {"status": True}), UnexpectedAnswer, "code 201"),
    (reply("302 Found", b"", "Location: https://portal.example/login"), errors.Redirected, "https://portal.example/login"),
    (reply("200 OK", b"Healthy", TEXT), UnexpectedAnswer, "not correct JSON"),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "kind", "part"), STRANGE, ids=[row[0][9:60].decode() for row in STRANGE])
def test_an_answer_of_something_else_is_told_apart(
    session: Session, answer: bytes, kind: type[LauncherError], part: str
) -> None:
    error = fails(session, answer, CALLS["endRoom"])
    assert type(error) is kind
    assert part in str(error)
    assert_readable(error)
    assert "Canary" not in f"{error}{error.next_step}"


NOT_JSON = [
    b"", b" ", b"not json", b"{", b'{"status":tr', b'{"status":true}x', b"{'status':true}", b'{"status":true,}',
    b"[" * 100_000, b'{"status":true,"x":' + b"[" * 100_000 + b"]" * 100_000 + b"}", b'{"a":' * 100_000,
    b'{"status":true,"x":' + b"9" * 5000 + b"}", b'{"status":true,"x":NaN}', b'{"status":true,"x":Infinity}',
    b'{"status":true,"x":-Infinity}', b'{"status":true,"x":1e999}', b'{"status":false,"status":true}',
    b'{"status":true,"x":{"y":1,"y":1}}', b'{"status":true,"x":"\\ud800"}', b'{"status":true,"\\udfff":1}',
    b'{"status":true,"x":"a\0b"}', b'\xef\xbb\xbf{"status":true}', '{"status":true}'.encode("utf-16"),
    '{"status":true,"x":"é"}'.encode("latin-1"), b'{"status":true,"x":"\xed\xa0\x80"}',
]  # fmt: skip


@pytest.mark.parametrize("body", NOT_JSON, ids=lambda body: repr(body[:40]))
def test_json_that_is_not_quite_json_is_one_clear_error(session: Session, body: bytes) -> None:
    error = fails(session, reply("200 OK", body), CALLS["endRoom"])
    assert type(error) is UnexpectedAnswer
    assert "the data is not correct JSON" in str(error)


@pytest.mark.parametrize(
    "body",
    [[], None, "x", 1, True, {}, {"status": "true"}, {"status": 1}, {"status": None}, {"status": []},
     {"msg": "success"}, {"status": False, "msg": 5}, {"status": False, "msg": "x", "status_code": 7}],
    ids=repr,
)  # fmt: skip
def test_success_is_nothing_but_a_status_that_is_true(session: Session, body: object) -> None:
    error = fails(session, reply("200 OK", json.dumps(body).encode()), CALLS["endRoom"])
    assert type(error) is UnexpectedAnswer
    assert_readable(error)


ODD: list[tuple[str, dict[str, object], str]] = [
    *(("getJoinToken", {"token": value}, "token") for value in (
        None, "", 5, True, [], {}, "a" * 16_385, "a b", f"{TOKEN}\n", "a\0", "日本", "a&b=c", '"><script>')),
    ("getJoinToken", {}, "token"),
    *(("isRoomActive", {"is_active": value}, "is_active") for value in (None, "true", 1, 0, [])),
    ("isRoomActive", {}, "is_active"),
    *(("create", {"room_info": value}, "room_info") for value in (None, [], "x", 5)),
    ("create", {}, "room_info"),
    ("create", {"room_info": {}}, "room_info.room_id"),
    ("create", {"room_info": ROOM | {"room_id": ""}}, "room_info.room_id"),
    ("create", {"room_info": ROOM | {"room_title": 5}}, "room_info.room_title"),
    ("create", {"room_info": ROOM | {"metadata": {}}}, "room_info.metadata"),
    *(("create", {"room_info": ROOM | {"creation_time": value}}, "room_info.creation_time")
      for value in ("x", "1.5", 1.5, True, "9" * 21, "１", " 1", [])),
    ("create", {"room_info": ROOM | {"is_recording": "yes"}}, "room_info.is_recording"),
    ("getActiveRoomInfo", {"room": None}, "room"),
    ("getActiveRoomInfo", {"room": {"participants_info": []}}, "room.room_info"),
    ("getActiveRoomInfo", {"room": {"room_info": ROOM, "participants_info": {"a": 1}}}, "room.participants_info"),
    ("getActiveRoomInfo", {"room": {"room_info": ROOM, "participants_info": [{}]}}, "room.participants_info.identity"),
    ("getActiveRoomsInfo", {"rooms": "x"}, "rooms"),
    ("getActiveRoomsInfo", {"rooms": [1]}, "rooms"),
    ("fetchPastRooms", {}, "result"),
    ("fetchPastRooms", {"result": {"rooms_list": [{"room_id": "r", "created": "soon"}]}}, "result.rooms_list.created"),
    ("getClientFiles", {"css_files": [1]}, "css_files"),
    ("getClientFiles", {"js": "main.js"}, "js"),
]  # fmt: skip


@pytest.mark.parametrize(("call", "values", "part"), ODD, ids=[f"{row[0]}-{str(row[1])[:40]}" for row in ODD])
def test_a_missing_or_odd_part_is_named_and_never_guessed(
    session: Session, call: str, values: dict[str, object], part: str
) -> None:
    error = fails(session, ok(**values), CALLS[call])
    assert type(error) is UnexpectedAnswer
    assert f"“{part}”" in str(error)


@pytest.mark.parametrize(
    ("answer", "kind", "part"),
    [
        (reply("503 x", b"DB connection error", TEXT), errors.ServerUnhealthy, "DB connection error"),
        (reply("503 x", b"Redis connection error", TEXT), errors.ServerUnhealthy, "Redis connection error"),
        (reply("503 x", b"Nats connection error\n", TEXT), errors.ServerUnhealthy, "Nats connection error"),
        (reply("503 x", PAGE), errors.GatewayFailed, "code 503"),
        (reply("503 x", b"upstream failed", TEXT), errors.GatewayFailed, "code 503"),
        (reply("404 x", b"not found", TEXT), errors.PageNotFound, "http://localhost:"),
        (reply("200 OK", PAGE), errors.NotPlugNmeet, "web page"),
        (reply("200 OK", b"OK", TEXT), UnexpectedAnswer, "whether it is healthy"),
        (reply("403 x", b"no", TEXT), UnexpectedAnswer, "code 403"),
        (reply("200 OK", b"\xff\xfe", TEXT), UnexpectedAnswer, "whether it is healthy"),
    ],
)
def test_an_unhealthy_server_names_its_broken_part(
    session: Session, answer: bytes, kind: type[LauncherError], part: str
) -> None:
    error = fails(session, answer, lambda client: client.health())
    assert type(error) is kind
    assert part in str(error)
    assert_readable(error)


# --- time, cancelling, secrets -----------------------------------------------------------------------------------


@pytest.mark.parametrize("call", [*CALLS, "health"])
def test_each_call_can_be_cancelled(session: Session, call: str) -> None:
    cancel = Cancellation()
    cancel.cancel()
    calls: dict[str, Ask] = {
        "isRoomActive": lambda client: client.is_room_active("r", cancel=cancel),
        "create": lambda client: client.create_room({}, cancel=cancel),
        "getJoinToken": lambda client: client.join_token({}, cancel=cancel),
        "getActiveRoomInfo": lambda client: client.active_room("r", cancel=cancel),
        "getActiveRoomsInfo": lambda client: client.active_rooms(cancel=cancel),
        "endRoom": lambda client: client.end_room("r", cancel=cancel),
        "fetchPastRooms": lambda client: client.past_rooms(cancel=cancel),
        "getClientFiles": lambda client: client.client_files(cancel=cancel),
        "health": lambda client: client.health(cancel=cancel),
    }
    with FaultServer(Visit.until_gone) as server:
        with pytest.raises(errors.Cancelled):
            calls[call](client_of(server, session))
        assert server.visits == []


@pytest.mark.parametrize(("call", "seconds"), [("getJoinToken", 30.0), ("create", 30.0), ("isRoomActive", 15.0)])
def test_calls_wait_as_long_as_the_server_may_take(
    session: Session, call: str, seconds: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    real = Session.post

    def spy(self: Session, *args: Any, **kwargs: Any) -> Any:
        waited.append(kwargs["seconds"])
        return real(self, *args, **kwargs)

    monkeypatch.setattr(Session, "post", spy)
    ask(session, GOOD[call], CALLS[call])
    assert waited == [seconds]


CUT = b'HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{"status":true,"token":"' + TOKEN.encode()


@pytest.mark.parametrize(
    "behaviour",
    [
        answering(no("x", "CONFLICT")),
        answering(reply("500 Oops", b"x")),
        answering(ok(token=f"{TOKEN}!")),
        answering(reply("200 OK", b'{"token":"' + TOKEN.encode())),
        answering(reply("200 OK", b'{"token":"\\ud800' + TOKEN.encode() + b'"}')),
        after_request(CUT),
        after_request(),
    ],
)
def test_no_secret_token_or_signature_is_in_a_failure_a_log_or_a_repr(
    session: Session, caplog: pytest.LogCaptureFixture, behaviour: Callable[[Visit], None]
) -> None:
    caplog.set_level(logging.DEBUG)
    with FaultServer(behaviour) as server:
        client = client_of(server, session)
        with pytest.raises(LauncherError) as caught:
            client.join_token(JOIN)
        signature = headers_of(server.visits[0])["hash-signature"]
    shown = [repr(client), str(client), caplog.text]
    waiting: list[BaseException | None] = [caught.value]
    while waiting:
        if error := waiting.pop():
            shown += ["".join(traceback.format_exception(error)), repr(error), repr(vars(error))]
            waiting += [error.__cause__, error.__context__]
    for canary in (SECRET, TOKEN, TOKEN[-15:], signature, "Zoë"):
        assert canary not in "\n".join(shown)
    assert log.redact(f"{SECRET} {SECRET.encode().hex()}") == f"{log.MASK} {log.MASK}"


def test_the_hidden_secret_stays_hidden_however_many_tokens_follow(session: Session) -> None:
    for number in range(150):
        log.hide(f"token-{number}")
    ask(session, GOOD["endRoom"], CALLS["endRoom"])
    assert log.redact(SECRET) == log.MASK
