"""A real practice server for each test, a clock that the test moves, and a caller that signs like any other client."""

import hashlib
import hmac
import http.client
import json
from urllib.parse import urlencode

import pytest

from pnm_launcher.practice.server import PracticeServer

ROOM = {"room_id": "room01", "metadata": {"room_title": "Algebra", "room_features": {}}}


class Clock:
    """Unix seconds that pass only when told to."""

    def __init__(self):
        self.now = 1_760_000_000.0

    def __call__(self):
        return self.now


class Caller:
    """Speaks HTTP to one server, byte by byte where a test needs it."""

    def __init__(self, server):
        self.server = server
        self.port = int(server.address.rsplit(":", 1)[1])

    def send(self, method, path, body=None, headers=None, host="127.0.0.1"):
        """The status, headers and body of the answer to a request exactly as given."""
        connection = http.client.HTTPConnection(host, self.port, timeout=20)
        try:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            return answer.status, dict(answer.headers), answer.read()
        finally:
            connection.close()

    def headers_for(self, body):
        signature = hmac.new(self.server.secret.encode(), body, hashlib.sha256).hexdigest()
        return {"API-KEY": self.server.api_key, "HASH-SIGNATURE": signature, "Content-Type": "application/json"}

    def post(self, path, body):
        """The signed bytes of a call below /auth, and the status and JSON of its answer."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        status, _, answer = self.send("POST", f"/auth{path}", data, self.headers_for(data))
        return status, json.loads(answer)

    def call(self, name, body=None):
        """The answer of a call below /auth/room, which must come with 200."""
        status, answer = self.post(f"/room/{name}", {} if body is None else body)
        assert status == 200
        return answer

    def create(self, metadata=(), features=(), **more):
        inner = {**ROOM["metadata"], **dict(metadata), "room_features": dict(features)}
        answer = self.call("create", {**ROOM, "metadata": inner, **more})
        assert answer["status"] is True, answer
        return answer["room_info"]

    def token(self, user_id="alice-1", room_id="room01", **user_info):
        user = {"name": user_id.title(), "user_id": user_id, **user_info}
        answer = self.call("getJoinToken", {"room_id": room_id, "user_info": user})
        assert answer["status"] is True, answer
        return answer["token"]

    def page(self, name, token="", method="POST", **query):
        """The status and JSON of a call of the room page."""
        path = f"/practice/{name}" + (f"?{urlencode(query)}" if query else "")
        status, _, answer = self.send(method, path, headers={"Authorization": token} if token else {})
        return status, json.loads(answer)

    def enter(self, token):
        status, answer = self.page("enter", token)
        assert (status, answer["status"]) == (200, True), answer
        return answer["session"]

    def events(self, session, after=0):
        status, answer = self.page("events", method="GET", session=session, after=after)
        assert status == 200, answer
        return answer["events"]

    def locks(self, token):
        return self.page("verify", token)[1]["user"]["lock_settings"]


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def start():
    """Starts a server as asked and gives a caller for it."""
    running = []

    def start(**settings):
        running.append(PracticeServer.start(**settings))
        return Caller(running[-1])

    yield start
    for server in running:
        server.close()


@pytest.fixture
def caller(start, clock):
    return start(clock=clock)


@pytest.fixture
def server(caller):
    return caller.server


@pytest.fixture
def room(caller):
    """A caller whose room01 is running."""
    caller.create()
    return caller
