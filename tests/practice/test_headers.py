"""What comes before every call: key, signature, path and method."""

import hashlib
import hmac
import json
from pathlib import Path

import pytest

from pnm_launcher.practice.server import PracticeServer

PUBLISHED = ("plugnmeet", "zumyyYWqv7KR2kUqvYdq4z4sXg7XTBD2ljT6")
VECTORS = [
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
        b'{"room_id": "room01", "user_info": {"name": "Zo\\u00eb \\u65e5\\u672c", "user_id": "u-1", "is_admin": true}}',
        "460a2558d3f30fe06634354936b4361bed360e11e71301a521812ac9e1cf69dd",
    ),
]


@pytest.fixture
def published(start):
    return start(credentials=PUBLISHED)


@pytest.mark.parametrize(("body", "signature"), VECTORS, ids=lambda value: len(value))
def test_a_published_signature_is_accepted_and_any_other_is_not(published, body, signature):
    headers = {"API-KEY": PUBLISHED[0], "HASH-SIGNATURE": signature}
    assert published.send("POST", "/auth/getClientFiles", body, headers)[0] == 200
    assert published.send("POST", "/auth/getClientFiles", body + b" ", headers)[0] == 401
    headers["HASH-SIGNATURE"] = signature.upper()
    assert published.send("POST", "/auth/getClientFiles", body, headers)[0] == 401


def test_a_multipart_request_signs_the_room_id_instead_of_the_body(published):
    headers = {"API-KEY": PUBLISHED[0], "Content-Type": "multipart/form-data; boundary=x", "Room-Id": "room01"}
    headers["HASH-SIGNATURE"] = "aef1a8b4b83362eff743c6a33d8767c80530ce9043e54659ed1042cb19a58709"
    assert published.send("POST", "/auth/getClientFiles", b"whatever", headers)[0] == 200
    del headers["Room-Id"]
    status, _, body = published.send("POST", "/auth/getClientFiles", b"whatever", headers)
    assert (status, json.loads(body)["msg"]) == (401, "Missing Room-Id header for multipart request.")


REFUSALS = [
    ({}, b'{"status":false,"msg":"Missing API-KEY header.","status_code":"MISSING_REQUIRED_PARAMETER"}'),
    ({"API-KEY": ""}, b'{"status":false,"msg":"Missing API-KEY header.","status_code":"MISSING_REQUIRED_PARAMETER"}'),
    (
        {"HASH-SIGNATURE": "ok"},
        b'{"status":false,"msg":"Missing API-KEY header.","status_code":"MISSING_REQUIRED_PARAMETER"}',
    ),
    (
        {"API-KEY": "wrong"},
        b'{"status":false,"msg":"Invalid API key provided.","status_code":"INVALID_API_KEY"}',
    ),
    (
        {"API-KEY": "wrong", "HASH-SIGNATURE": "wrong"},
        b'{"status":false,"msg":"Invalid API key provided.","status_code":"INVALID_API_KEY"}',
    ),
    (
        {"API-KEY": PUBLISHED[0]},
        b'{"status":false,"msg":"Missing HASH-SIGNATURE header.","status_code":"MISSING_REQUIRED_PARAMETER"}',
    ),
    (
        {"API-KEY": PUBLISHED[0], "HASH-SIGNATURE": "wrong"},
        b'{"status":false,"msg":"Failed to verify provided authentication details.",'
        b'"status_code":"INVALID_TOKEN_OR_SIGNATURE"}',
    ),
    (
        {"API-KEY": PUBLISHED[0], "HASH-SIGNATURE": "\xe9"},
        b'{"status":false,"msg":"Failed to verify provided authentication details.",'
        b'"status_code":"INVALID_TOKEN_OR_SIGNATURE"}',
    ),
]


@pytest.mark.parametrize(("headers", "answer"), REFUSALS)
@pytest.mark.parametrize("method", ["POST", "GET"])
@pytest.mark.parametrize("path", ["/auth/room/create", "/auth/room/nowhere", "/auth"])
def test_headers_are_checked_in_order_on_every_path_below_auth(published, method, path, headers, answer):
    status, answered, body = published.send(method, path, b"not even json", headers)
    assert (status, answered["Content-Type"], body) == (401, "application/json", answer)


def test_a_signature_made_with_another_secret_is_refused(published):
    signature = hmac.new(b"another", b"{}", hashlib.sha256).hexdigest()
    headers = {"API-KEY": PUBLISHED[0], "HASH-SIGNATURE": signature}
    assert b"INVALID_TOKEN_OR_SIGNATURE" in published.send("POST", "/auth/room/isRoomActive", b"{}", headers)[2]


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/auth/room/nowhere"), ("POST", "/auth"), ("GET", "/auth/room/create"), ("PUT", "/auth/getClientFiles")],
)
def test_with_good_headers_an_unknown_path_or_method_is_not_found(caller, method, path):
    status, headers, body = caller.send(method, path, b"{}", caller.headers_for(b"{}"))
    assert (status, headers["Content-Type"], body) == (404, "text/plain; charset=utf-8", b"not found")


@pytest.mark.parametrize("method", ["GET", "POST", "HEAD", "OPTIONS"])
def test_health_is_told_to_anybody_by_any_method(caller, method):
    status, _, body = caller.send(method, "/healthCheck")
    assert (status, body) == (200, b"" if method == "HEAD" else b"Healthy")


def test_key_and_secret_are_new_for_each_server_and_shown_by_no_repr(server):
    other = PracticeServer.start()
    other.close()
    assert server.api_key != other.api_key
    assert server.secret != other.secret
    assert len(server.secret) >= 32
    shown = repr(server) + repr(vars(server)["_application"]) + repr(vars(vars(server)["_application"]))
    assert server.secret not in shown


def test_the_module_loads_neither_the_server_nor_the_token_library():
    import subprocess
    import sys

    code = "import sys, pnm_launcher.practice.server; print(sorted({'waitress', 'jwt'} & set(sys.modules)))"
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
