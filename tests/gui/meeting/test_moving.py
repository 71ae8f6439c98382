"""The meeting moves between window and browser, and is seen from both sides, with the right names and fresh tokens."""

import http.client
import webbrowser
from contextlib import closing
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton

from pnm_launcher import launch
from pnm_launcher.gui.meeting import engine
from pnm_launcher.gui.meeting.side_by_side import other_side
from pnm_launcher.meetings import Meeting


@pytest.fixture
def window(qtbot, school):
    school.start_room()
    qtbot.mouseClick(school.window.join, Qt.MouseButton.LeftButton)
    return opened(qtbot, school, "algebra")


def opened(qtbot, school, meeting_id):
    opening = school.program.furniture.opening
    qtbot.waitUntil(
        lambda: opening.window(meeting_id) is not None and opening.window(meeting_id).loaded, timeout=30_000
    )
    return opening.window(meeting_id)


def entry(window, text):
    return next(each for each in window.actions() if each.text() == text)


def questions():
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, QMessageBox) and each.isVisible()]


@pytest.fixture
def browser(monkeypatch):
    """A browser that follows the address it gets to the page itself."""
    pages = []

    def visit(address):
        parts = urlsplit(address)
        with closing(http.client.HTTPConnection(parts.hostname, parts.port, timeout=10)) as connection:
            connection.request("GET", parts.path)
            pages.append(connection.getresponse().read())
        return True

    monkeypatch.setattr(webbrowser, "open", visit)
    return pages


def test_joining_again_asks_for_one_more_token_and_nothing_else(qtbot, school, window):
    entry(window, "Join again").trigger()
    opening = school.program.furniture.opening
    qtbot.waitUntil(lambda: opening.window("algebra") not in (None, window), timeout=20_000)
    assert school.counter.count("getJoinToken") == 2
    assert not questions()


def test_nobody_is_asked_about_the_seat_that_is_left(qtbot, school, window, monkeypatch):
    """The server still lists the person for a while."""
    looked = launch.room_state

    def still_there(*arguments, **settings):
        return replace(looked(*arguments, **settings), same_user_online=True)

    monkeypatch.setattr(launch, "room_state", still_there)
    entry(window, "Join again").trigger()
    opening = school.program.furniture.opening
    qtbot.waitUntil(lambda: opening.window("algebra") not in (None, window), timeout=20_000)
    assert not questions()


def test_a_second_wish_to_join_again_does_not_close_what_is_opening(qtbot, school, window):
    entry(window, "Join again").trigger()
    school.program.furniture.desk._rejoin("algebra")
    opening = school.program.furniture.opening
    qtbot.waitUntil(lambda: opening.window("algebra") not in (None, window), timeout=20_000)
    assert school.counter.count("getJoinToken") == 2


def test_the_meeting_moves_to_the_browser_and_back_with_one_click_each(qtbot, school, window, browser):
    entry(window, "Move to the browser").trigger()
    banner = school.window.banner
    qtbot.waitUntil(lambda: "opened in your browser" in banner.text(), timeout=20_000)
    assert len(browser) == 1
    assert school.counter.count("getJoinToken") == 2
    assert school.program.furniture.opening.window("algebra") is None
    next(each for each in banner.findChildren(QPushButton) if each.text() == "Move it to a window").click()
    opened(qtbot, school, "algebra")
    assert school.counter.count("getJoinToken") == 3
    assert not questions(), "the same person, on purpose"


def test_one_click_shows_the_other_side_beside_this_one(qtbot, school, window):
    entry(window, "See it as an attendee too").trigger()
    opening = school.program.furniture.opening
    qtbot.waitUntil(lambda: len(opening._windows) == 2, timeout=20_000)
    other_id = next(each for each in opening._windows if each != "algebra")
    other = opened(qtbot, school, other_id)
    seen = opening.meeting(other_id)
    assert seen.user_id == "maria-weber-1a2b3c-attendee"
    assert seen.user_name == "Maria Weber (attendee)"
    assert not seen.join["user_info.is_admin"]
    assert seen.room_id == school.meeting.room_id
    qtbot.waitUntil(lambda: other.geometry().left() >= window.geometry().right() - 2, timeout=5_000)
    assert other.width() == window.width()
    assert seen.id not in {meeting.id for meeting in school.program.furniture.library.book.meetings}
    entry(window, "See it as an attendee too").trigger()
    qtbot.wait(300)
    assert len(opening._windows) == 2, "once is enough"


def test_an_attendee_sees_the_side_of_a_moderator():
    meeting = Meeting("m", "T", "s", {"user_info.name": "Ada", "user_info.user_id": "ada-1", "room_id": "r"})
    other = other_side(meeting)
    assert (other.user_name, other.user_id, other.join["user_info.is_admin"]) == (
        "Ada (moderator)",
        "ada-1-moderator",
        True,
    )
    assert other_side(other).join["user_info.is_admin"] is False


def test_joining_again_that_fails_is_said_where_the_user_looks(qtbot, school, window):
    """The window of the meeting has closed by then: the program's own comes to the front, with what went wrong."""
    qtbot.waitActive(window)
    school.window.showMinimized()
    server = school.practice
    server.counter.answers["/auth/room/getJoinToken"] = {"status": False, "msg": "the server is being repaired"}
    entry(window, "Join again").trigger()
    qtbot.waitUntil(lambda: "being repaired" in school.banner.text(), timeout=20_000)
    assert not school.window.isMinimized()
    qtbot.waitActive(school.window)
    assert school.program.furniture.opening.window("algebra") is None
    del server.counter.answers["/auth/room/getJoinToken"]
    next(each for each in school.banner.findChildren(QPushButton) if each.text() == "Try again").click()
    opened(qtbot, school, "algebra")


def test_a_first_join_that_fails_takes_nobody_away_from_another_window(qtbot, school, window):
    school.program.furniture.shelf.put(replace(school.meeting, id="physics", title="Physics"))
    school.practice.counter.answers["/auth/room/getJoinToken"] = {
        "status": False,
        "msg": "the server is being repaired",
    }
    school.program.furniture.desk._go(replace(school.meeting, id="physics"), "window")
    window.come_back()
    qtbot.waitActive(window)
    qtbot.waitUntil(lambda: "being repaired" in school.banner.text(), timeout=20_000)
    assert QApplication.activeWindow() is window


def test_where_web_pages_cannot_be_locked_in_nothing_is_joined_and_the_browser_is_offered(
    qtbot, school, browser, monkeypatch
):
    monkeypatch.setattr(engine, "unavailable_reason", lambda: "the program was started as root")
    school.start_room()
    qtbot.mouseClick(school.window.join, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "started as root" in school.banner.text(), timeout=10_000)
    assert school.counter.count("getJoinToken") == 0
    assert not school.program.furniture.opening._windows
    next(each for each in school.banner.findChildren(QPushButton) if each.text() == "Open in browser").click()
    qtbot.waitUntil(lambda: len(browser) == 1, timeout=20_000)
    assert school.counter.count("getJoinToken") == 1
