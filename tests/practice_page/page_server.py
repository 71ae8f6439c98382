"""A small practice server for the page's tests: it serves the page and answers its calls from a `Meeting`."""

import json
import queue
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from pnm_launcher.paths import resource

PAGE: Final = resource("practice") / "page"
TYPES: Final = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".woff2": "font/woff2"}
TOKEN: Final = "token-1"
LOCKS: Final = (
    "microphone",
    "webcam",
    "screen_sharing",
    "chat",
    "chat_send_message",
    "chat_file_share",
    "private_chat",
    "whiteboard",
    "shared_notepad",
    "reactions",
)
LOGO: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="30"><rect width="60" height="30" fill="red"/></svg>'
)


def person(user_id: str, name: str, *, admin: bool = False, me: bool = False) -> dict[str, Any]:
    return {"user_id": user_id, "name": name, "is_admin": admin, "me": me}


@dataclass
class Meeting:
    """What the server answers; a test changes it before it loads the page."""

    user: dict[str, Any] = field(default_factory=dict)
    room: dict[str, Any] = field(default_factory=dict)
    locked: tuple[str, ...] = ()
    people: list[dict[str, Any]] = field(default_factory=list)
    refusal: tuple[int, str] | None = None
    events: "queue.Queue[dict[str, Any]]" = field(default_factory=queue.Queue)
    calls: list[str] = field(default_factory=list)
    broken: bool = False
    garbled: bool = False

    def verified(self, token: str) -> tuple[int, dict[str, Any]]:
        if self.refusal:
            return self.refusal[0], {"status": False, "msg": self.refusal[1]}
        if token != TOKEN:
            return 401, {"status": False, "msg": "notifications.invalid-token"}
        user = {
            "user_id": "alice",
            "name": "Alice Admin",
            "is_admin": True,
            "is_presenter": True,
            "wait_for_approval": False,
            "preferred_lang": "",
            "record_webcam": True,
            "lock_settings": {f"lock_{name}": name in self.locked for name in LOCKS},
            "extra_data": {},
        } | self.user
        room = {
            "room_id": "room01",
            "room_title": "Mock room title",
            "welcome_message": "Welcome to the mock",
            "logout_url": "",
            "room_features": {},
            "default_lock_settings": {},
            "creation_time": "1760000000",
        } | self.room
        people = self.people or [
            person(user["user_id"], user["name"], admin=user["is_admin"], me=True),
            person("bob", "Bob Brown"),
            person("carol", "Carol Chen"),
        ]
        answer = {"status": True, "msg": "token is valid", "server_version": "2.4.0 (practice)"}
        return 200, answer | {"room": room, "user": user, "participants": people}


class Stub(ThreadingHTTPServer):
    """Serves on `http://localhost:<port>/` in a thread of its own, until `close()`."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.meeting = Meeting()
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    def url(self, query: str = f"access_token={TOKEN}", host: str = "localhost") -> str:
        return f"http://{host}:{self.server_port}/?{query}"

    def close(self) -> None:
        self.shutdown()
        self.server_close()


class _Answers(BaseHTTPRequestHandler):
    server: Stub
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        if parts.path == "/practice/events":
            self._events(int(parse_qs(parts.query)["after"][0]))
        elif parts.path == "/logo.svg":
            self._answer(200, LOGO.encode(), "image/svg+xml")
        elif parts.path == "/custom.css":
            self._answer(
                200, b"#main-header { background: rgb(1, 2, 3); } #main-footer { color: rgb(4, 5, 6); }", "text/css"
            )
        else:
            self._file("index.html" if parts.path == "/" else parts.path.removeprefix("/assets/"))

    def do_POST(self) -> None:
        meeting = self.server.meeting
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        meeting.calls.append(self.path)
        parts = urlsplit(self.path)
        if parts.path == "/practice/verify":
            status, answer = meeting.verified(self.headers.get("Authorization", ""))
        elif parts.path == "/practice/enter":
            status, answer = 200, {"status": True, "session": "session-1"}
        else:
            status, answer = 200, {"status": True}
            if parts.path == "/practice/end":
                reason = "notifications.room-disconnected-room-ended"
                meeting.events.put({"type": "ended", "reason": reason, "logout_url": ""})
        body = b"<html>" if meeting.garbled else json.dumps(answer).encode()
        self._answer(status, body, "application/json")

    def _events(self, after: int) -> None:
        if self.server.meeting.broken:
            self._answer(500, b"", "text/plain")
            return
        try:
            events = [self.server.meeting.events.get(timeout=0.5) | {"number": after + 1}]
        except queue.Empty:
            events = []
        self._answer(200, json.dumps({"events": events}).encode(), "application/json")

    def _file(self, name: str) -> None:
        path = PAGE / name
        if "/" in name or not path.is_file():
            self._answer(404, b"", "text/plain")
        else:
            self._answer(200, path.read_bytes(), TYPES[path.suffix])

    def _answer(self, status: int, body: bytes, kind: str) -> None:
        try:
            self.send_response(status)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            """The page has gone."""
