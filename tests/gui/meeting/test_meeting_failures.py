"""What the window says when the page does not come, or stops."""

import os
import signal
import socket
import ssl

import pytest
import trustme
from meeting_pages import HELLO, TOKEN, Pages, serving
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from shiboken6 import isValid

from pnm_launcher.address import parse_address
from pnm_launcher.gui.meeting.meeting_window import MeetingWindow
from pnm_launcher.links import Link


def problem(meeting):
    """The failure page's text, once it is there."""
    meeting.qtbot.waitUntil(lambda: bool(buttons(meeting.window)), timeout=20_000)
    return meeting.window.curtain.text


def buttons(window):
    return {one.objectName(): one for one in window.curtain.findChildren(QPushButton) if one.isVisible()}


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (404, "There is no plugNmeet server at"),
        (502, "is not running (code 502)"),
        (503, "is not running (code 503)"),
        (500, "does not understand: HTTP 500"),
        (403, "does not understand: HTTP 403"),
    ],
)
def test_an_answer_that_is_no_meeting_is_said(pages, open_meeting, status, words):
    pages.answers["/"] = (status, {}, "<title>Oops</title>no")
    meeting = open_meeting()
    assert words in problem(meeting)
    assert set(buttons(meeting.window)) == {"join-again", "open-in-browser"}
    assert not meeting.window.loaded


def test_a_page_that_sends_visitors_on_to_another_site_is_not_followed(pages, open_meeting, outside):
    pages.answers["/"] = (302, {"Location": f"{pages.foreign}/sign-in"}, "")
    meeting = open_meeting()
    assert "sends visitors on to 127.0.0.1" in problem(meeting)
    assert pages.paths() == [pages.requests[0].path], "nothing was asked of the other site"
    assert outside.urls == []


def test_a_redirect_within_the_meetings_site_is_followed(pages, open_meeting):
    pages.answers["/"] = (302, {"Location": "/room"}, "")
    pages.answers["/room"] = HELLO
    assert open_meeting().loaded().js("location.pathname") == "/room"


class Elsewhere:
    """A meeting window for an address that is not the test's web server."""

    def __init__(self, qtbot, address):
        self.qtbot = qtbot
        self.window = MeetingWindow(Link(parse_address(address), TOKEN, "", "r", None), "Maths")
        self.window.show()


def test_a_server_that_is_off_is_said(qtbot, open_meeting):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        meeting = Elsewhere(qtbot, f"http://localhost:{unused.getsockname()[1]}")
        assert "does not accept connections" in problem(meeting)


def test_a_name_that_does_not_exist_is_said(qtbot, open_meeting):
    assert "No computer called meet.invalid was found" in problem(Elsewhere(qtbot, "https://meet.invalid"))


def test_a_certificate_that_is_not_valid_is_never_accepted(qtbot, open_meeting):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("localhost").configure_cert(context)
    with serving(Pages({"/": HELLO}), context) as pages:
        meeting = Elsewhere(qtbot, f"https://localhost:{pages.port}")
        assert "is not safe" in problem(meeting)
        assert pages.requests == []


def test_a_page_that_never_comes_is_given_up(pages, open_meeting):
    pages.answers["/"] = (302, {"Location": "/slow"}, "")
    meeting = open_meeting()
    meeting.qtbot.waitUntil(lambda: "/slow" in pages.paths(), timeout=10_000)
    assert meeting.window._timeout.isActive()
    assert meeting.window._timeout.interval() == 30_000
    meeting.window._timeout.setInterval(1)
    assert "did not answer within 30 s" in problem(meeting)


def test_the_failure_is_told_and_its_buttons_ask_for_what_they_say(pages, open_meeting):
    pages.answers["/"] = (503, {}, "")
    meeting = open_meeting()
    with meeting.qtbot.waitSignal(meeting.window.failed, timeout=15_000) as told:
        pass
    assert "503" in told.args[0]
    for name, wish in [("join-again", "rejoin_requested"), ("open-in-browser", "browser_requested")]:
        with meeting.qtbot.waitSignal(getattr(meeting.window, wish)):
            buttons(meeting.window)[name].click()
    assert len(pages.requests) == 1, "the window loads nothing by itself"


def test_the_failure_page_can_be_used_with_the_keyboard(pages, open_meeting):
    pages.answers["/"] = (503, {}, "")
    meeting = open_meeting()
    problem(meeting)
    meeting.qtbot.waitActive(meeting.window)
    meeting.qtbot.waitUntil(lambda: buttons(meeting.window)["join-again"].hasFocus())
    with meeting.qtbot.waitSignal(meeting.window.rejoin_requested):
        QTest.keyClick(meeting.window.focusWidget(), Qt.Key.Key_Space)
    assert meeting.window.curtain.accessibleName() == meeting.window.curtain.text


# --- a page that stops -------------------------------------------------------------------------------------------


def kill(window):
    os.kill(window.page.renderProcessPid(), signal.SIGKILL)


def test_a_page_that_dies_is_said_and_not_loaded_again(pages, meeting):
    meeting.loaded()
    before = len(pages.requests)
    kill(meeting.window)
    assert "stopped working" in problem(meeting)
    assert "You are no longer in the meeting" in meeting.window.curtain.text
    meeting.qtbot.wait(500)
    assert len(pages.requests) == before
    with meeting.qtbot.waitSignal(meeting.window.rejoin_requested):
        buttons(meeting.window)["join-again"].click()


def test_a_page_that_dies_in_full_screen_gives_the_screen_back(pages, open_meeting):
    pages.answers["/"] = HELLO + "<button id=full onclick='document.body.requestFullscreen()'>full</button>"
    meeting = open_meeting().loaded()
    meeting.click("#full")
    meeting.qtbot.waitUntil(lambda: meeting.window.isFullScreen(), timeout=5_000)
    kill(meeting.window)
    problem(meeting)
    meeting.qtbot.waitUntil(lambda: not meeting.window.isFullScreen(), timeout=5_000)


def test_a_room_that_dies_can_only_be_closed(pages, open_meeting):
    pages.answers["/room"] = HELLO
    meeting = open_meeting().loaded()
    meeting.js("(open('/room', '_blank', 'noopener'), 1)")
    meeting.qtbot.waitUntil(lambda: len(meeting.rooms()) == 1 and meeting.rooms()[0].loaded, timeout=10_000)
    [room] = meeting.rooms()
    kill(room)
    meeting.qtbot.waitUntil(lambda: bool(buttons(room)), timeout=10_000)
    assert set(buttons(room)) == {"close-meeting"}
    buttons(room)["close-meeting"].click()
    meeting.wait_gone(room)


def test_a_room_that_does_not_load_says_so(pages, open_meeting):
    meeting = open_meeting().loaded()
    meeting.js("(open('/nowhere'), 1)")
    meeting.qtbot.waitUntil(lambda: len(meeting.rooms()) == 1 and bool(buttons(meeting.rooms()[0])), timeout=10_000)
    assert "There is no plugNmeet server" in meeting.rooms()[0].curtain.text


def test_a_room_that_leads_elsewhere_does_not_appear(pages, open_meeting, outside):
    pages.answers["/room"] = (302, {"Location": f"{pages.foreign}/x"}, "")
    meeting = open_meeting().loaded()
    meeting.js("(room = open('/room'), 1)")
    meeting.wait_js("room.closed", True)
    assert not meeting.rooms()
    assert outside.urls == []
    assert isValid(meeting.window)
