"""What makes the window a good place: notifications, a screen that stays on, find, size, place, full screen, on top."""

import os

import pytest
from desktop_services import desktop_services
from meeting_pages import HELLO
from PySide6.QtCore import QRect, QSettings, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QApplication

from pnm_launcher.gui.meeting.meeting_home import Homes
from pnm_launcher.gui.meeting.window_memory import ZOOMS, WindowMemory, next_zoom


@pytest.fixture
def desktop():
    with desktop_services() as made:
        yield made


@pytest.fixture
def settings(tmp_path):
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


def entry(meeting, text) -> QAction:
    return next(each for each in meeting.window.actions() if each.text() == text)


# --- notifications -----------------------------------------------------------------------------------------------


def notify(meeting, title="Alice", text="A hand is up"):
    meeting.js("(clicked = 0, 1)")
    meeting.wait_js("Notification.permission === 'granted' || (Notification.requestPermission(), false)", True)
    meeting.js(f"(note = new Notification({title!r}, {{body: {text!r}}}), note.onclick = () => clicked = 1, 1)")


def test_a_notification_is_the_desktops_and_a_click_brings_the_meeting_back(desktop, meeting):
    meeting.loaded()
    notify(meeting)
    meeting.qtbot.waitUntil(lambda: len(desktop.shown) == 1, timeout=10_000)
    name, replaces, _, title, text, actions, _, _ = desktop.shown[0]
    assert (name, replaces, title, text) == ("pnm-launcher", 0, "Alice", "A hand is up")
    assert actions[0] == "default"
    meeting.window.showMinimized()
    meeting.qtbot.wait(300)
    desktop.click(1)
    meeting.wait_js("clicked", 1)
    assert not meeting.window.isMinimized()
    meeting.qtbot.waitActive(meeting.window)


def test_a_notification_is_plain_and_short(desktop, meeting):
    meeting.loaded()
    notify(meeting, "t" * 999, "<a href='https://x.example'>here</a>" + "x" * 999)
    meeting.qtbot.waitUntil(lambda: len(desktop.shown) == 1, timeout=10_000)
    title, text = desktop.shown[0][3:5]
    assert len(title) <= 80
    assert text.startswith("&lt;a href=")


def test_somebody_elses_notification_changes_nothing(desktop, meeting):
    meeting.loaded()
    notify(meeting)
    meeting.qtbot.waitUntil(lambda: len(desktop.shown) == 1, timeout=10_000)
    desktop.click(99)
    meeting.qtbot.wait(500)
    assert meeting.js("clicked") == 0


def test_without_a_desktop_that_shows_them_the_task_bar_calls(meeting, monkeypatch):
    called = []
    monkeypatch.setattr(QApplication, "alert", called.append)
    meeting.loaded()
    notify(meeting)
    meeting.qtbot.waitUntil(lambda: called == [meeting.window], timeout=5_000)


def on_wayland(monkeypatch):
    monkeypatch.setattr(QGuiApplication, "platformName", staticmethod(lambda: "wayland"))


def test_on_wayland_what_the_desktop_shows_is_not_said_a_second_time(desktop, open_meeting, monkeypatch):
    called = []
    monkeypatch.setattr(QApplication, "alert", called.append)
    on_wayland(monkeypatch)
    meeting = open_meeting().loaded()
    notify(meeting)
    meeting.qtbot.waitUntil(lambda: len(desktop.shown) == 1, timeout=10_000)
    desktop.click(1)
    meeting.wait_js("clicked", 1)
    assert not called


def test_on_wayland_without_a_desktop_that_shows_them_the_task_bar_calls(open_meeting, monkeypatch):
    called = []
    monkeypatch.setattr(QApplication, "alert", called.append)
    on_wayland(monkeypatch)
    meeting = open_meeting().loaded()
    notify(meeting)
    meeting.qtbot.waitUntil(lambda: called == [meeting.window], timeout=10_000)


def test_the_desktops_leave_to_come_to_the_front_is_kept_for_the_window(desktop, meeting, monkeypatch):
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "")
    meeting.loaded()
    notify(meeting)
    meeting.qtbot.waitUntil(lambda: len(desktop.shown) == 1, timeout=10_000)
    desktop.click(1, "from the desktop")
    meeting.wait_js("clicked", 1)
    assert os.environ["XDG_ACTIVATION_TOKEN"] == "from the desktop"


# --- the screen stays on -----------------------------------------------------------------------------------------


def test_the_screen_stays_on_while_the_meeting_is_shown_and_no_longer(desktop, meeting):
    assert not desktop.awake
    meeting.loaded()
    meeting.qtbot.waitUntil(lambda: len(desktop.awake) == 1, timeout=10_000)
    assert desktop.reasons == ["A meeting is going on"]
    meeting.close()
    meeting.qtbot.waitUntil(lambda: not desktop.awake, timeout=10_000)


def test_a_meeting_that_is_over_lets_the_screen_sleep(desktop, meeting):
    meeting.loaded()
    meeting.qtbot.waitUntil(lambda: len(desktop.awake) == 1, timeout=10_000)
    meeting.window.page.runJavaScript("window.close()")
    meeting.qtbot.waitUntil(lambda: not desktop.awake, timeout=10_000)


# --- find, size, full screen, on top -----------------------------------------------------------------------------


def test_words_are_found_and_counted(pages, open_meeting):
    pages.answers["/"] = HELLO + "<p>apple, pear, apple</p>"
    meeting = open_meeting().loaded()
    entry(meeting, "Find…").trigger()
    bar = meeting.window.care.find_bar
    assert bar.words.hasFocus()
    meeting.qtbot.keyClicks(bar.words, "apple")
    meeting.qtbot.waitUntil(lambda: bar.found.text() == "1 of 2", timeout=5_000)
    meeting.qtbot.keyClick(bar.words, Qt.Key.Key_Return)
    meeting.qtbot.waitUntil(lambda: bar.found.text() == "2 of 2", timeout=5_000)
    bar.words.setText("plum")
    meeting.qtbot.waitUntil(lambda: bar.found.text() == "Not found", timeout=5_000)
    meeting.qtbot.keyClick(bar.words, Qt.Key.Key_Escape)
    assert bar.isHidden()


def test_the_size_of_the_page_is_remembered_for_its_server(pages, open_meeting, settings):
    home = Homes(settings).of("m1", pages.origin, moderates=False)
    meeting = open_meeting(home=home).loaded()
    entry(meeting, "Larger").trigger()
    entry(meeting, "Larger").trigger()
    meeting.qtbot.waitUntil(lambda: meeting.window.page.zoomFactor() == 1.25, timeout=5_000)
    meeting.close()
    again = open_meeting(home=Homes(settings).of("m2", pages.origin, moderates=False)).loaded()
    again.wait_js("Math.round(devicePixelRatio * 100)", 125)
    entry(again, "As it was made").trigger()
    again.wait_js("devicePixelRatio", 1)
    assert WindowMemory(settings).zoom(again.window.address.authority) == 1.0


def test_the_steps_of_the_size_are_those_of_browsers_and_end_somewhere():
    assert next_zoom(1.0, 1) == 1.1
    assert next_zoom(1.0, -1) == 0.9
    assert next_zoom(1.03, 1) == 1.1
    assert next_zoom(ZOOMS[-1], 1) == ZOOMS[-1]
    assert next_zoom(ZOOMS[0], -1) == ZOOMS[0]


@pytest.mark.parametrize("rubbish", ["", "big", "-1", "1e9", "nan"])
def test_a_size_that_is_none_is_the_ordinary_one(settings, rubbish):
    settings.setValue("zoom/a.example", rubbish)
    assert WindowMemory(settings).zoom("a.example") == 1.0


def test_a_window_comes_back_where_it_was(pages, open_meeting, settings):
    home = Homes(settings).of("m1", pages.origin, moderates=False)
    meeting = open_meeting(home=home).loaded()
    meeting.window.setGeometry(QRect(140, 120, 900, 610))
    meeting.qtbot.waitUntil(lambda: meeting.window.geometry() == QRect(140, 120, 900, 610), timeout=5_000)
    meeting.close()
    again = open_meeting(home=Homes(settings).of("m2", pages.origin, moderates=False))
    again.qtbot.waitUntil(lambda: again.window.geometry() == QRect(140, 120, 900, 610), timeout=5_000)


def test_full_screen_by_the_menu_has_a_way_out(meeting):
    meeting.loaded()
    entry(meeting, "Full screen").trigger()
    meeting.qtbot.waitUntil(meeting.window.isFullScreen, timeout=5_000)
    assert meeting.window.bar.isHidden()
    meeting.qtbot.waitUntil(lambda: "Esc" in meeting.window.hint.text(), timeout=5_000)
    meeting.press(Qt.Key.Key_Escape)
    meeting.qtbot.waitUntil(lambda: not meeting.window.isFullScreen(), timeout=5_000)
    assert meeting.window.bar.isVisible()


def test_the_window_stays_on_top_without_a_new_page(meeting):
    process = meeting.loaded().window.page.renderProcessPid()
    entry(meeting, "Keep on top").trigger()
    assert meeting.window.windowHandle().flags() & Qt.WindowType.WindowStaysOnTopHint
    entry(meeting, "Keep on top").trigger()
    assert not meeting.window.windowHandle().flags() & Qt.WindowType.WindowStaysOnTopHint
    assert meeting.window.page.renderProcessPid() == process
    assert meeting.window.isVisible()


def test_the_bar_names_the_host_and_says_what_is_shared_with_a_stop(meeting):
    meeting.loaded()
    bar = meeting.window.bar
    assert bar.host.text() == meeting.window.address.authority
    assert bar.sharing.isHidden()
    meeting.js("(document.documentElement.dataset.sharing = 'yes', 1)")
    meeting.qtbot.waitUntil(bar.sharing.isVisible, timeout=5_000)
    meeting.js("(document.addEventListener('pnm-stop-sharing', () => stopped = 1), 1)")
    bar.stop.click()
    meeting.wait_js("window.stopped", 1)
