"""A made-up homeserver with OAuth, because a Synapse that has it needs another server beside it.

What it does follows matrix-spec v1.18, “OAuth 2.0 API” (registration: RFC 7591; device flow: RFC 8628; errors:
RFC 6749, 5.2).
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs

from faults import FaultServer, Visit, reply

CLIENT = "/_matrix/client"
DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"


def refused(error: str, status: str = "400 Bad Request") -> bytes:
    return reply(status, {"error": error, "error_description": "Words"})


class AuthServer:
    """A homeserver with OAuth. `waiting` are the answers to the next polls; then it hands out tokens by number."""

    def __init__(self) -> None:
        self.waiting: list[bytes] = []
        self.refreshing: list[bytes] = []
        self.forms: list[tuple[str, dict[str, str]]] = []
        self.registered: dict[str, object] = {}
        self.number = 0
        self.good = ""
        self.metadata: dict[str, object] = {}
        self.device: dict[str, object] = {}
        self.server = FaultServer(self._visit, host="localhost")

    @property
    def address(self) -> str:
        return str(self.server.address)

    def _visit(self, visit: Visit) -> None:
        while visit.read_request():
            method, path = visit.head.split()[:2]
            if not (answer := self.answer(method.decode(), path.decode(), visit)):
                return  # and close the connection
            visit.send(answer)

    def answer(self, method: str, path: str, visit: Visit) -> bytes:
        if path == f"{CLIENT}/versions":
            return reply("200 OK", {"versions": ["v1.18"]})
        if path == f"{CLIENT}/v1/auth_metadata":
            return reply("200 OK", self.metadata)
        if path == f"{CLIENT}/v3/account/whoami":
            return self._whoami(visit.header("authorization"))
        if path == "/register":
            assert visit.header("content-type") == "application/json"
            self.registered = json.loads(visit.body)
            return reply("201 Created", {"client_id": "client-1"})
        if method == "POST" and path in ("/device", "/token", "/revoke"):
            assert visit.header("content-type") == "application/x-www-form-urlencoded"
            form = {name: values[0] for name, values in parse_qs(visit.body.decode()).items()}
            self.forms.append((path, form))
            return {"/device": self._device, "/token": self._token, "/revoke": self._revoke}[path](form)
        return reply("404 Not Found", {"errcode": "M_UNRECOGNIZED", "error": "Unrecognized"})

    def _whoami(self, header: str) -> bytes:
        if self.good and header == f"Bearer {self.good}":
            return reply("200 OK", {"user_id": "@ana:hs.test", "device_id": "ABCDEFGHIJ"})
        return reply("401 No", {"errcode": "M_UNKNOWN_TOKEN", "error": "No", "soft_logout": True})

    def _device(self, form: dict[str, str]) -> bytes:
        return reply("200 OK", self.device)

    def _token(self, form: dict[str, str]) -> bytes:
        waiting = self.waiting if form["grant_type"] == DEVICE_GRANT else self.refreshing
        return waiting.pop(0) if waiting else self.pair()

    def _revoke(self, form: dict[str, str]) -> bytes:
        self.good = ""
        return reply("200 OK", b"")

    def pair(self) -> bytes:
        self.number += 1
        self.good = f"canary-access-{self.number}"
        return reply("200 OK", {"access_token": self.good, "refresh_token": f"canary-refresh-{self.number}",
                                "token_type": "Bearer", "expires_in": 300})  # fmt: skip


@contextmanager
def oauth_homeserver() -> Iterator[AuthServer]:
    made = AuthServer()
    with made.server:
        names = {"token": "token", "registration": "register", "device_authorization": "device", "revocation": "revoke"}
        made.metadata = {f"{name}_endpoint": f"{made.address}/{path}" for name, path in names.items()}
        made.metadata["issuer"] = f"{made.address}/"
        made.device = {"device_code": "canary-device-code", "user_code": "ABCD-1234", "interval": 1, "expires_in": 600,
                       "verification_uri": f"{made.address}/link",
                       "verification_uri_complete": f"{made.address}/link?code=ABCD-1234"}  # fmt: skip
        yield made
