"""Leaving a meeting: asked once, ended for everyone by moderators only, and said when it is over."""

import pytest
from meeting_pages import HELLO
from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton

from pnm_launcher.errors import ConnectionRefused
from pnm_launcher.gui.meeting.meeting_home import Home

ENDED = (
    "<script>function over(after) { document.body.innerHTML ="
    "'<div id=errorPage><h2>Disconnected</h2><p>The session has <b>ended</b></p></div>';"
    "if (after) setTimeout(() => { location.href = after }, 1500) }</script>"
)


def choices(box):
    return {each.text(): each for each in box.findChildren(QPushButton)}


def close_as_the_user(window):
    """As the window manager does, which marks the event as spontaneous."""
    event = QCloseEvent()
    event.spontaneous = lambda: True
    window.closeEvent(event)
    return event.isAccepted()


@pytest.fixture
def moderating(open_meeting):
    return open_meeting(home=Home(moderates=True)).loaded()


def test_the_user_is_asked_and_may_stay(meeting):
    meeting.loaded()
    assert not close_as_the_user(meeting.window)
    box = meeting.dialog(QMessageBox)
    assert box.text() == "Leave “Maths”?"
    assert set(choices(box)) == {"Stay", "Leave"}
    QTest.keyClick(box, Qt.Key.Key_Escape)
    meeting.qtbot.waitUntil(lambda: not meeting.dialogs(), timeout=5_000)
    assert meeting.window.isVisible()
    assert meeting.js("1 + 1") == 2


def test_asking_twice_shows_one_question(meeting):
    meeting.loaded()
    close_as_the_user(meeting.window)
    close_as_the_user(meeting.window)
    assert len(meeting.dialogs(QMessageBox)) == 1


def test_and_may_leave(meeting):
    meeting.loaded()
    close_as_the_user(meeting.window)
    choices(meeting.dialog(QMessageBox))["Leave"].click()
    meeting.wait_gone(meeting.window)


def test_a_moderator_may_end_it_for_everyone_and_the_window_waits_for_the_server(moderating):
    close_as_the_user(moderating.window)
    with moderating.qtbot.waitSignal(moderating.window.end_requested):
        choices(moderating.dialog(QMessageBox))["End for everyone"].click()
    assert moderating.window.isVisible()


def test_a_meeting_that_could_not_be_ended_goes_on_and_says_so(moderating):
    moderating.window.say_not_ended(ConnectionRefused(host="meet.example"))
    strip = moderating.window.strips.shown()[0]
    assert "meet.example" in strip.text
    with moderating.qtbot.waitSignal(moderating.window.end_requested):
        strip.answers()["End for everyone"].click()


def test_nobody_is_asked_while_it_is_still_opening(meeting):
    assert close_as_the_user(meeting.window)
    meeting.wait_gone(meeting.window)


def test_the_menu_leaves_too(meeting):
    meeting.loaded()
    next(each for each in meeting.window.care.menu.actions() if each.text() == "Leave…").trigger()
    choices(meeting.dialog(QMessageBox))["Leave"].click()
    meeting.wait_gone(meeting.window)


# --- the end of the meeting itself -------------------------------------------------------------------------------


def ended(meeting):
    meeting.qtbot.waitUntil(lambda: meeting.window.curtain.isVisible(), timeout=10_000)
    return meeting.window.curtain


def test_the_end_of_a_session_is_said_in_the_pages_words_and_joining_again_is_offered(pages, open_meeting):
    pages.answers["/"] = HELLO + ENDED
    meeting = open_meeting().loaded()
    meeting.js("(over(), 1)")
    curtain = ended(meeting)
    assert curtain.text == "You are no longer in this meeting. Disconnected: The session has ended"
    assert not meeting.window.in_meeting
    with meeting.qtbot.waitSignal(meeting.window.rejoin_requested):
        curtain.findChild(QPushButton, "join-again").click()
    assert close_as_the_user(meeting.window), "nobody is asked whether to leave what is over"


def test_the_page_for_afterwards_opens_in_the_browser_when_the_user_wants_it(pages, open_meeting, outside):
    pages.answers["/"] = HELLO + ENDED
    meeting = open_meeting().loaded()
    meeting.click("#hello")  # the click on the red button, a moment before
    meeting.js("(over('https://school.example/goodbye'), 1)")
    onward = ended(meeting).findChild(QPushButton, "go-on")
    meeting.qtbot.waitUntil(onward.isVisible, timeout=10_000)
    assert onward.text() == "Go to school.example"
    assert outside.urls == []
    onward.click()
    assert outside.urls == ["https://school.example/goodbye"]


def test_nothing_goes_on_behind_the_end(pages, open_meeting, monkeypatch):
    monkeypatch.setattr("pnm_launcher.gui.meeting.meeting_window._EMPTY_MS", 200)
    pages.answers["/"] = HELLO + ENDED
    meeting = open_meeting().loaded()
    meeting.js("(over(), 1)")
    ended(meeting)
    meeting.qtbot.waitUntil(lambda: meeting.window.page.url().toString() == "about:blank", timeout=10_000)
    assert meeting.window.curtain.isVisible()
    assert "about:blank" not in meeting.window.windowTitle()


def test_a_window_that_the_meeting_closes_says_so_instead_of_vanishing(meeting):
    meeting.loaded().window.page.runJavaScript("window.close()")
    assert "closed its window" in ended(meeting).text
    assert meeting.window.isVisible()


def test_a_site_with_the_letters_of_another_is_not_named_like_it(pages, open_meeting, outside):
    """Cyrillic letters that look like those of a known name."""
    lead_away = "(setTimeout(() => { location.href = 'https://xn--pypal-4ve.com/' }), 1)"
    meeting = open_meeting().loaded()
    meeting.js(lead_away)
    meeting.qtbot.waitUntil(lambda: bool(meeting.window.strips.shown()), timeout=10_000)
    strip = meeting.window.strips.shown()[0]
    assert "lead you to xn--pypal-4ve.com" in strip.text
    assert "Go to xn--pypal-4ve.com" in strip.answers()
    pages.answers["/"] = HELLO + ENDED
    over = open_meeting().loaded()
    over.click("#hello")
    over.js("(over('https://xn--pypal-4ve.com/'), 1)")
    onward = ended(over).findChild(QPushButton, "go-on")
    over.qtbot.waitUntil(onward.isVisible, timeout=10_000)
    assert onward.text() == "Go to xn--pypal-4ve.com"


def test_a_meeting_that_leads_away_without_an_end_is_not_followed_and_not_left(meeting, outside):
    meeting.loaded().js("(setTimeout(() => { location.href = 'https://elsewhere.example/' }), 1)")
    meeting.qtbot.waitUntil(lambda: bool(meeting.window.strips.shown()), timeout=10_000)
    strip = meeting.window.strips.shown()[0]
    assert "elsewhere.example" in strip.text
    assert meeting.window.in_meeting
    assert outside.urls == []
    strip.answers()["Go to elsewhere.example"].click()
    assert outside.urls == ["https://elsewhere.example/"]


def test_a_page_that_claims_an_end_again_and_again_says_it_once(pages, open_meeting):
    pages.answers["/"] = HELLO + ENDED
    meeting = open_meeting().loaded()
    told = []
    meeting.window.failed.connect(told.append)
    meeting.js("(over(), 1)")
    ended(meeting)
    meeting.qtbot.wait(2_500)
    assert len(told) == 1


# --- the whole program -------------------------------------------------------------------------------------------


def joined(qtbot, school):
    school.start_room()
    qtbot.mouseClick(school.window.join, Qt.MouseButton.LeftButton)
    opening = school.program.furniture.opening
    qtbot.waitUntil(lambda: opening.window("algebra") is not None and opening.window("algebra").loaded, timeout=30_000)
    return opening.window("algebra")


def boxes():
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, QMessageBox) and each.isVisible()]


def test_quitting_with_a_meeting_open_asks_once(qtbot, school):
    window = joined(qtbot, school)
    assert not school.window.close()
    assert [box.text() for box in boxes()] == ["Leave “Algebra 10b” and quit?"]
    choices(boxes()[0])["Stay"].click()
    assert window.isVisible()
    assert not school.window.close()
    choices(boxes()[0])["Leave and quit"].click()
    qtbot.waitUntil(lambda: not school.window.isVisible(), timeout=10_000)
    assert not window.isVisible()


def test_a_moderator_ends_the_room_on_the_server(qtbot, school):
    window = joined(qtbot, school)
    assert window.home.moderates
    window.ask_to_leave()
    choices(boxes()[0])["End for everyone"].click()
    qtbot.waitUntil(lambda: school.counter.count("endRoom") == 1, timeout=10_000)
    qtbot.waitUntil(lambda: school.program.furniture.opening.window("algebra") is None, timeout=10_000)


def test_a_refusal_of_the_server_is_said_in_the_window(qtbot, school):
    window = joined(qtbot, school)
    school.counter.answers["/auth/room/endRoom"] = {"status": False, "msg": "no, not today"}
    window.end_requested.emit()
    qtbot.waitUntil(lambda: bool(window.strips.shown()), timeout=10_000)
    assert window.isVisible()
    assert school.program.furniture.opening.window("algebra") is window
