"""Tokens that are too old, servers that go away, networks that are cut: said, and put right by one click."""

import socket
import threading
import time
from contextlib import closing, suppress
from urllib.parse import urlsplit

import pytest
from PySide6.QtWidgets import QPushButton

from pnm_launcher import launch
from pnm_launcher.address import parse_address
from pnm_launcher.api import Client
from pnm_launcher.gui.meeting.meeting_window import MeetingWindow
from pnm_launcher.meetings import Meeting
from pnm_launcher.practice.server import PracticeServer
from pnm_launcher.session import Session

MEETING = Meeting("m1", "Maths", "s1", {"room_id": "maths", "user_info.name": "Ada", "user_info.user_id": "ada-1"})


@pytest.fixture
def later():
    """A practice server whose clock the test moves."""
    offset = [0.0]
    server = PracticeServer.start(token_seconds=60, clock=lambda: time.time() + offset[0])
    server.offset = offset
    yield server
    server.close()


@pytest.fixture
def opened(qtbot):
    windows = []

    def open_window(server, seen_at=""):
        address = parse_address(server.address)
        with Session() as session:
            client = Client(address, server.api_key, server.secret, session)
            link = launch.join(MEETING, client, page=parse_address(seen_at or server.address), create=True)
        window = MeetingWindow(link, "Maths")
        windows.append(window)
        return window

    yield open_window
    from pnm_launcher.gui.meeting import page_window

    for window in list(page_window._open):
        window.close()
    qtbot.waitUntil(lambda: not page_window._open, timeout=10_000)


def test_an_expired_token_ends_in_the_page_that_says_so_and_offers_a_fresh_one(qtbot, later, opened):
    window = opened(later)
    later.offset[0] = 3_600
    window.show()
    qtbot.waitUntil(lambda: "no longer in this meeting" in window.curtain.text, timeout=15_000)
    assert window.curtain.isVisible()
    with qtbot.waitSignal(window.rejoin_requested):
        window.curtain.findChild(QPushButton, "join-again").click()
    again = opened(later)
    again.show()
    qtbot.waitUntil(lambda: again.loaded, timeout=15_000)
    qtbot.wait(1_500)
    assert again.in_meeting


def enter(qtbot, window):
    qtbot.waitUntil(lambda: window.loaded, timeout=15_000)
    found = []

    def in_the_room():
        window.page.runJavaScript(
            "document.querySelector('.secondary-button')?.click(); !!document.querySelector('#main-footer')",
            found.append,
        )
        return bool(found) and found[-1] is True

    qtbot.waitUntil(in_the_room, timeout=15_000)


def test_the_practice_room_leads_to_the_page_that_tries_everything(qtbot, later, opened):
    window = opened(later)
    window.show()
    enter(qtbot, window)
    window.page.runJavaScript("document.querySelector('.practice-badge').click()")
    from pnm_launcher.gui.meeting import page_window

    def rooms():
        return [each for each in page_window._open if each is not window and each.loaded]

    qtbot.waitUntil(lambda: len(rooms()) == 1, timeout=15_000)
    qtbot.waitUntil(lambda: "What this window can do" in rooms()[0].windowTitle(), timeout=5_000)


def test_a_server_that_goes_away_for_good_ends_the_meeting_in_words(qtbot, later, opened):
    window = opened(later)
    window.show()
    enter(qtbot, window)
    later.close()
    qtbot.waitUntil(lambda: window.curtain.isVisible(), timeout=40_000)
    assert "no longer in this meeting" in window.curtain.text
    assert window.curtain.findChild(QPushButton, "join-again").isVisible()
    assert not window.in_meeting


# --- a network that is cut -----------------------------------------------------------------------------------------


class Line:
    """The network between the window and the server, which can be cut: nothing goes through, nothing answers."""

    def __init__(self, port):
        self._to, self._cut, self._open = ("127.0.0.1", port), threading.Event(), []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self._names = f"localhost:{self.port}".encode(), f"localhost:{port}".encode()  # the server knows its own only
        self.refused = 0
        self._run(self._accept)

    @staticmethod
    def _run(work, *arguments):
        threading.Thread(target=work, args=arguments, daemon=True).start()

    def _accept(self):
        with suppress(OSError):
            while True:
                ends = self._listening.accept()[0], socket.create_connection(self._to)
                self._open += ends
                if self._cut.is_set():
                    self.refused += 1
                    self._hang_up()
                    continue
                self._run(self._carry, *ends)
                self._run(self._carry, *reversed(ends))

    def _carry(self, source, target):
        with suppress(OSError):
            while data := source.recv(65_536):
                target.sendall(data.replace(*self._names))
        for end in (source, target):
            end.close()

    def _hang_up(self):
        for end in self._open:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        self._open.clear()

    def cut(self):
        self._cut.set()
        self._hang_up()

    def restore(self):
        self._cut.clear()

    def close(self):
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._hang_up()


def test_a_network_that_is_cut_for_a_moment_does_not_end_the_meeting(qtbot, later, opened):
    with closing(Line(urlsplit(later.address).port)) as line:
        window = opened(later, f"http://localhost:{line.port}")
        window.show()
        enter(qtbot, window)
        line.cut()
        qtbot.waitUntil(lambda: line.refused >= 2, timeout=10_000)
        assert window.in_meeting
        line.restore()
        with Session() as session:
            client = Client(parse_address(later.address), later.api_key, later.secret, session)
            client.end_room("maths")
        qtbot.waitUntil(lambda: "The room has been closed" in window.curtain.text, timeout=20_000)
