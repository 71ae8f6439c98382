"""A real Matrix homeserver (Synapse) on this computer, and people who use it with plain HTTP, as other apps would."""

import hashlib
import hmac
import json
import os
import re
import secrets
import subprocess
import threading
import time
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qs, quote, urljoin

import requests
from faults import FaultServer, Visit, closed_port, reply

PYTHON = Path(__file__).parent.parent / ".venv" / "synapse" / "bin" / "python"
SERVER_NAME = "hs.test"
PASSWORD = "canary-password"

_ROOMY: dict[str, Any] = {"per_second": 1000, "burst_count": 1000}
UNLIMITED = {
    "rc_message": _ROOMY,
    "rc_login": {"address": _ROOMY, "account": _ROOMY, "failed_attempts": _ROOMY},
    "rc_joins": {"local": _ROOMY, "remote": _ROOMY},
    "rc_joins_per_room": _ROOMY,
    "rc_invites": {"per_room": _ROOMY, "per_user": _ROOMY, "per_issuer": _ROOMY},
}


@dataclass
class Person:
    """Somebody with an account, in another app: plain HTTP, and what the server answers."""

    address: str
    name: str
    token: str = field(repr=False, default="")
    device: str = ""

    @property
    def id(self) -> str:
        return f"@{self.name}:{SERVER_NAME}"

    def call(self, method: str, path: str, body: object = None, ok: bool = True) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        answer = requests.request(
            method, f"{self.address}/_matrix/client/{path}", json=body, headers=headers, timeout=30
        )
        assert not ok or answer.status_code == 200, answer.text
        return answer.json()

    def administer(self, method: str, path: str, body: object) -> None:
        """A call of Synapse's own API for administrators."""
        headers = {"Authorization": f"Bearer {self.token}"}
        answer = requests.request(
            method, f"{self.address}/_synapse/admin/{path}", json=body, headers=headers, timeout=30
        )
        assert answer.ok, answer.text

    def make_room(self, *, version: str = "", state: list[dict[str, Any]] | None = None, **settings: Any) -> str:
        body = {"preset": "private_chat", "initial_state": state or [], **settings}
        return self.call("POST", "v3/createRoom", body | ({"room_version": version} if version else {}))["room_id"]

    def alias(self, room_id: str, alias: str) -> str:
        self.call("PUT", f"v3/directory/room/{quote(alias, safe='')}", {"room_id": room_id})
        return alias

    def invite(self, room_id: str, user_id: str) -> None:
        self.call("POST", f"v3/rooms/{quote(room_id)}/invite", {"user_id": user_id})

    def membership(self, room_id: str, user_id: str) -> str:
        path = f"v3/rooms/{quote(room_id)}/state/m.room.member/{quote(user_id)}"
        return self.call("GET", path, ok=False).get("membership", "")

    def devices(self) -> list[str]:
        return [each["device_id"] for each in self.call("GET", "v3/devices")["devices"]]


class Cas:
    """A sign-in page of an organisation (CAS 2.0), which says of everybody that they are `user`."""

    def __init__(self) -> None:
        self.user = "casper"
        self.tickets: list[str] = []
        self._server = FaultServer(self._answer)

    def __enter__(self) -> Self:
        self._server.__enter__()
        return self

    def __exit__(self, *details: Any) -> None:
        self._server.__exit__(*details)

    @property
    def address(self) -> str:
        return str(self._server.address)

    def _answer(self, visit: Visit) -> None:
        visit.read_request()
        path, _, query = visit.head.split()[1].decode().partition("?")
        if path == "/login":
            service = parse_qs(query)["service"][0]
            self.tickets.append(f"ST-{len(self.tickets)}")
            visit.send(reply("302 Found", b"", f"Location: {service}&ticket={self.tickets[-1]}", "Connection: close"))
        else:
            ticket = parse_qs(query)["ticket"][0]
            assert ticket in self.tickets
            body = f"<c:authenticationSuccess><c:user>{self.user}</c:user></c:authenticationSuccess>"
            body = f"<c:serviceResponse xmlns:c='c'>{body}</c:serviceResponse>"
            visit.send(reply("200 OK", body.encode(), "Content-Type: text/xml", "Connection: close"))


class Browser:
    """A browser that follows redirects and presses the only link of the page in between; `seen` are its addresses."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.pages: list[str] = []

    def __call__(self, address: str) -> bool:
        threading.Thread(target=self.visit, args=[address], daemon=True).start()
        return True

    def visit(self, address: str) -> None:
        cookies = requests.Session()
        while address:
            self.seen.append(address)
            answer = cookies.get(address, allow_redirects=False, timeout=30)
            self.pages.append(answer.text)
            links = re.findall(r'href="(http://127[^"]*)"', answer.text)
            found = answer.headers.get("Location") or (links[0].replace("&amp;", "&") if links else "")
            address = urljoin(address, found) if found else ""


class Synapse:
    """A running server. Its client API is at `address`; everybody's password is `PASSWORD`."""

    def __init__(self, port: int, shared_secret: str, folder: Path) -> None:
        self.address = f"http://localhost:{port}"
        self.folder = folder
        self._shared_secret = shared_secret
        self._numbers: dict[str, int] = {}

    def person(self, name: str = "ana", *, admin: bool = False) -> Person:
        """A new account whose name begins so, signed in."""
        self._numbers[name] = number = self._numbers.get(name, 0) + 1
        path = f"{self.address}/_synapse/admin/v1/register"
        nonce = requests.get(path, timeout=30).json()["nonce"]
        user = f"{name}{number}"
        text = f"{nonce}\0{user}\0{PASSWORD}\0{'admin' if admin else 'notadmin'}".encode()
        mac = hmac.new(self._shared_secret.encode(), text, hashlib.sha1).hexdigest()
        body = {"nonce": nonce, "username": user, "password": PASSWORD, "admin": admin, "mac": mac}
        made = requests.post(path, json=body, timeout=30).json()
        return Person(self.address, user, made["access_token"], made["device_id"])

    def guest(self) -> Person:
        """Somebody without an account."""
        made = requests.post(f"{self.address}/_matrix/client/v3/register?kind=guest", json={}, timeout=30).json()
        return Person(self.address, made["user_id"].split(":")[0][1:], made["access_token"], made["device_id"])


@contextmanager
def synapse(folder: Path, **settings: Any) -> Iterator[Synapse]:
    """Start a server with these settings, and end it. Nothing of it reaches any other computer."""
    assert PYTHON.exists(), "the Matrix server of the tests is missing: run scripts/setup test"
    port = closed_port()
    shared_secret = secrets.token_hex(8)
    config = {**_config(folder, port, shared_secret), **settings}
    if "user_consent" in settings:
        config["listeners"][0]["resources"][0]["names"].append("consent")
    (folder / "homeserver.yaml").write_text(json.dumps(config))  # JSON is YAML
    (folder / "key").write_text(f"ed25519 a_test {b64encode(secrets.token_bytes(32)).decode().rstrip('=')}\n")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    command = [PYTHON, "-m", "synapse.app.homeserver", "-c", folder / "homeserver.yaml"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
    try:
        made = Synapse(port, shared_secret, folder)
        _wait_for(made, process, folder / "log")
        yield made
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _config(folder: Path, port: int, shared_secret: str) -> Mapping[str, Any]:
    return {
        "server_name": SERVER_NAME,
        "public_baseurl": f"http://localhost:{port}/",
        "pid_file": str(folder / "pid"),
        "listeners": [{"port": port, "bind_addresses": ["127.0.0.1"], "type": "http", "tls": False,
                       "resources": [{"names": ["client"]}]}],
        "database": {"name": "sqlite3", "args": {"database": str(folder / "db")}},
        "signing_key_path": str(folder / "key"),
        "media_store_path": str(folder / "media"),
        "macaroon_secret_key": secrets.token_hex(8),
        "form_secret": secrets.token_hex(8),
        "registration_shared_secret": shared_secret,
        "report_stats": False,
        "allow_guest_access": True,
        "bcrypt_rounds": 4,
        "trusted_key_servers": [],
        "federation_domain_whitelist": [],
        "login_via_existing_session": {"enabled": True, "require_ui_auth": False},
        **UNLIMITED,
    }  # fmt: skip


def _wait_for(server: Synapse, process: subprocess.Popen[bytes], log: Path) -> None:
    ends = time.monotonic() + 90
    while True:
        assert process.poll() is None, log.read_text()[-3000:]
        try:
            if requests.get(f"{server.address}/health", timeout=5).ok:
                return
        except requests.RequestException:
            assert time.monotonic() < ends, log.read_text()[-3000:]
        time.sleep(0.05)
