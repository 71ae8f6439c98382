"""The program with an ordinary server: a real practice server that counts its calls, can be slow and can refuse."""

import http.client
import json
import secrets
import threading
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget

from pnm_launcher import launch
from pnm_launcher.address import parse_address
from pnm_launcher.api import Client
from pnm_launcher.keychain import KeyringSecrets
from pnm_launcher.loopback import serve
from pnm_launcher.meetings import Meeting, Server
from pnm_launcher.practice.application import THREADS, Application
from pnm_launcher.practice.server import PracticeServer
from pnm_launcher.practice.tokens import Signer
from pnm_launcher.session import Session

JOIN = {
    "room_id": "algebra-10b",
    "user_info.name": "Maria Weber",
    "user_info.user_id": "maria-weber-1a2b3c",
    "user_info.is_admin": True,
}


class Counter:
    """Before the practice server: notes each call, waits as long as told, and gives prepared answers."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self.paths: list[str] = []
        self.seconds = 0.0
        self.answers: dict[str, dict[str, object]] = {}
        self.closing = threading.Event()

    def count(self, call: str) -> int:
        return sum(path.endswith(f"/{call}") for path in self.paths)

    def __call__(self, environ, start_response):
        path = environ["PATH_INFO"]
        self.paths.append(path)
        self.closing.wait(self.seconds)
        if path not in self.answers:
            return self._application(environ, start_response)
        body = json.dumps(self.answers[path]).encode()
        start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
        return [body]


class CountedPractice(PracticeServer):
    """A practice server behind a `Counter`."""

    @classmethod
    def begin(cls, api_key: str = "", secret: str = "") -> "CountedPractice":
        api_key, secret = api_key or f"key-{time.monotonic_ns()}", secret or f"canary-{secrets.token_hex(20)}"
        application = Application(Signer(api_key, secret, 600), time.time)
        counter = Counter(application)
        made = cls(serve(counter, threads=THREADS, most_header_bytes=4096), application, api_key, secret)
        made.counter = counter
        return made

    def close(self) -> None:
        self.counter.closing.set()
        super().close()


@dataclass
class School:
    program: object
    practice: CountedPractice
    server: Server
    meeting: Meeting

    @classmethod
    def open(cls, program) -> "School":
        practice = CountedPractice.begin()
        server = Server("school", "Schule am See", practice.address, practice.api_key)
        KeyringSecrets().put(server, practice.secret)
        meeting = Meeting("algebra", "Algebra 10b", server.id, JOIN)
        program.furniture.library.apply(lambda book: book.with_server(server).with_meeting(meeting))
        return cls(program, practice, server, meeting)

    @property
    def counter(self) -> Counter:
        return self.practice.counter

    @property
    def window(self):
        return self.program.window

    @property
    def banner(self):
        return self.program.window.banner

    def client(self):
        return Client(parse_address(self.server.address), self.practice.api_key, self.practice.secret, Session())

    def start_room(self, room_id: str = "algebra-10b") -> None:
        """Somebody else starts the meeting."""
        self.client().create_room({"room_id": room_id, "metadata": {"room_title": "Algebra", "room_features": {}}})

    def enter(self, user_id: str, *, admin: bool = False, room_id: str = "algebra-10b") -> str:
        """Somebody is in the meeting, as far as the server knows; returns the key of that visit."""
        who = {"user_info.name": "Somebody", "user_info.user_id": user_id, "user_info.is_admin": admin}
        meeting = Meeting("x", "x", self.server.id, {"room_id": room_id, **who})
        token = self.client().join_token(launch.join_body(meeting))
        return self.page("enter", token)["session"]

    def page(self, call: str, token: str = "") -> dict[str, object]:
        """A call of the practice server's own page."""
        connection = http.client.HTTPConnection(urlsplit(self.practice.address).netloc, timeout=20)
        try:
            connection.request("POST", f"/practice/{call}", headers={"Authorization": token} if token else {})
            return json.loads(connection.getresponse().read())
        finally:
            connection.close()

    def close(self) -> None:
        self.practice.close()
        KeyringSecrets().forget(self.server)


def visible(kind: type[QWidget], within: QWidget) -> list[QWidget]:
    return [each for each in within.findChildren(kind) if each.isVisible()]


def dialog(qtbot, kind: type[QDialog], within: QWidget) -> QDialog:
    """The dialog of that kind, once it is on the screen."""
    qtbot.waitUntil(lambda: bool(visible(kind, within)), timeout=10_000)
    return visible(kind, within)[0]


def button(within: QWidget, text: str) -> QPushButton:
    """The visible button with that text."""
    found = [each for each in visible(QPushButton, within) if each.text() == text]
    assert len(found) == 1, (
        f"{len(found)} buttons say “{text}”: {[each.text() for each in visible(QPushButton, within)]}"
    )
    return found[0]


def activate(qtbot, window: QWidget) -> None:
    """Give a window the keyboard."""
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window, timeout=5_000)


def spoken_name(widget: QWidget) -> str:
    """By what name a screen reader calls a control; for combo boxes Qt leaves that to the label beside them."""
    found = QAccessible.queryAccessibleInterface(widget)
    labels = [label.text(QAccessible.Text.Name) for label, _ in found.relations(QAccessible.RelationFlag.Label)]
    own = "" if found.role() == QAccessible.Role.ComboBox else found.text(QAccessible.Text.Name)
    return own or " ".join(labels)
