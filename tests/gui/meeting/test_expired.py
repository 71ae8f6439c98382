"""Tokens that are too old and servers that go away: said, and put right by one click with a fresh token."""

import time

import pytest
from PySide6.QtWidgets import QPushButton

from pnm_launcher import launch
from pnm_launcher.address import parse_address
from pnm_launcher.api import Client
from pnm_launcher.gui.meeting_window import MeetingWindow
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

    def open_window(server):
        address = parse_address(server.address)
        with Session() as session:
            client = Client(address, server.api_key, server.secret, session)
            link = launch.join(MEETING, client, page=address, create=True)
        window = MeetingWindow(link, "Maths")
        windows.append(window)
        return window

    yield open_window
    from pnm_launcher.gui import page_window

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
    from pnm_launcher.gui import page_window

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
