"""Every request of the real client, made by the practice server's page `/host/`, answered by the real window."""

import re
from pathlib import Path

import pytest
from meeting_pages import TOKEN
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton

from pnm_launcher.address import parse_address
from pnm_launcher.gui.meeting.screen_picker import ScreenPicker
from pnm_launcher.links import Link


class HostPages:
    """The practice server in the part of the test pages."""

    def __init__(self, practice):
        self.origin = practice.address

    def link(self):
        return Link(parse_address(f"{self.origin}/host"), TOKEN, "", "maths-9b", None)


@pytest.fixture
def pages(practice):
    return HostPages(practice)


@pytest.fixture
def host(open_meeting):
    meeting = open_meeting().loaded()
    meeting.wait_js("document.querySelectorAll('.host-row').length > 20", True)
    meeting.qtbot.waitActive(meeting.window)
    return meeting


def press(meeting, name, window=None):
    """A real click on the row's button."""
    window = window or meeting.window
    shown = "requestAnimationFrame(() => requestAnimationFrame(() => document.body.dataset.painted = 1))"
    meeting.js(f"(document.getElementById('ask-{name}').scrollIntoView({{block: 'center'}}), {shown}, 1)", window)
    meeting.wait_js("document.body.dataset.painted", "1", window)
    area = meeting.js(f"document.getElementById('ask-{name}').getBoundingClientRect()", window)
    place = QPoint(*(int(area[start] + area[size] / 2) for start, size in (("x", "width"), ("y", "height"))))
    QTest.mouseClick(window.view.focusProxy(), Qt.MouseButton.LeftButton, pos=place)


def answer(meeting, name, window=None):
    got = f"document.getElementById('answer-{name}').textContent"
    meeting.qtbot.waitUntil(lambda: meeting.js(got, window) not in ("", "…"), timeout=15_000)
    return meeting.js(got, window)


def ask(meeting, name, window=None):
    meeting.js(f"(document.getElementById('answer-{name}').textContent = '', 1)", window)
    press(meeting, name, window)
    return answer(meeting, name, window)


def share(meeting):
    picker = meeting.dialog(ScreenPicker)
    picker.screens.setCurrentIndex(picker.screens.model().index(0, 0))
    picker.share.click()


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("devices", "audio and video"),
        ("camera", "video"),
        ("microphone", "audio"),
        ("sound", "running"),
        ("copy", "copied"),
        ("copyOldWay", "copied"),
        ("storage", "writable"),
        ("encryption", "possible"),
        ("notify", "shown"),
        ("fullscreen", "entered"),
    ],
)
def test_a_request_is_answered(host, name, wanted):
    assert ask(host, name) == wanted


def test_the_devices_have_names_once_one_is_in_use(host):
    ask(host, "devices")
    assert "fake" in ask(host, "list").lower()


def test_what_is_copied_is_on_the_clipboard(host):
    ask(host, "copy")
    clipboard = QGuiApplication.clipboard()
    host.qtbot.waitUntil(lambda: clipboard.text() == "https://meet.example/statistics", timeout=5_000)
    ask(host, "copyOldWay")
    host.qtbot.waitUntil(lambda: clipboard.text() == "https://meet.example/breakout", timeout=5_000)


def test_a_chosen_screen_is_shared(host):
    press(host, "screen")
    share(host)
    assert answer(host, "screen") == "video"


def test_a_cancelled_choice_of_the_screen_is_what_the_client_takes_for_no_fault(host):
    press(host, "screen")
    host.dialog(ScreenPicker).reject()
    assert answer(host, "screen").startswith("NotAllowedError")


def test_the_limits_of_the_engine_are_those_the_program_speaks_of(host):
    codecs, _, pictures = ask(host, "limits").partition("; ")
    assert sorted(codecs.split(", ")) == ["AV1", "VP8", "VP9"]
    assert pictures == "picture-in-picture: no"


def test_the_page_may_calculate_and_draw(host):
    assert ask(host, "graphics").startswith("WebAssembly, workers")


def test_a_breakout_room_opens_as_a_window_with_the_meetings_cookie_and_closes_itself(host):
    assert ask(host, "breakout") == "a window object came back"
    host.qtbot.waitUntil(lambda: len(host.rooms()) == 1, timeout=10_000)
    room = host.rooms()[0]
    host.qtbot.waitUntil(lambda: room.loaded, timeout=10_000)
    assert TOKEN in host.js("document.cookie", room)
    press(host, "close", room)
    host.wait_gone(room)
    assert host.window.isVisible()


@pytest.mark.parametrize(
    ("name", "address"), [("foreign", "https://example.org/shared"), ("link", "https://example.org/from-the-chat")]
)
def test_another_site_opens_in_the_browser(host, outside, name, address):
    press(host, name)
    host.qtbot.waitUntil(lambda: outside.urls == [address], timeout=5_000)
    assert not host.rooms()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    home = tmp_path / "home"
    (home / "Downloads").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / ".config"))
    return home / "Downloads"


@pytest.mark.parametrize(
    ("name", "file", "text"),
    [
        ("attachment", "notes.txt", "A file of the practice server.\n"),
        ("notepad", "notes.md", "# Notes\n"),
    ],
)
def test_a_file_is_saved(host, folder, name, file, text):
    press(host, name)
    host.dialog(QFileDialog).accept()
    saved = folder / file
    host.qtbot.waitUntil(lambda: saved.exists() and saved.read_text() == text, timeout=10_000)
    assert not host.rooms()


def test_a_recording_of_the_screen_is_saved(host, folder):
    press(host, "record")
    share(host)
    host.dialog(QFileDialog).accept()
    saved = folder / "recording.webm"
    host.qtbot.waitUntil(lambda: saved.exists() and saved.stat().st_size > 1_000, timeout=15_000)
    assert saved.read_bytes()[:4] == b"\x1a\x45\xdf\xa3", "the beginning of every WebM file"


def test_a_chosen_file_is_sent(host, tmp_path):
    path = tmp_path / "task.txt"
    path.write_text("Read page 12")
    choosing = QTimer(interval=20)  # the page waits for the answer inside of the dialog

    def choose():
        for dialog in host.dialogs(QFileDialog):
            choosing.stop()
            dialog.findChild(QLineEdit).setText(str(path))
            dialog.accept()

    choosing.timeout.connect(choose)
    choosing.start()
    press(host, "file")
    assert answer(host, "file") == "task.txt: Read page 12"


# --- a call between two windows ----------------------------------------------------------------------------------


def words(meeting, text=None):
    if text is not None:
        meeting.js(f"(document.getElementById('signal').value = {text!r}, 1)")
    return meeting.js("document.getElementById('signal').value")


def measured(meeting):
    return [int(number) for number in re.findall(r"\d+", ask(meeting, "measure"))]


def test_moving_pictures_go_from_one_meeting_window_to_another(open_meeting):
    first, second = (open_meeting().loaded() for _ in range(2))
    for each in (first, second):
        each.wait_js("document.querySelectorAll('.host-row').length > 20", True)
    assert ask(first, "call") == "said"
    words(second, words(first))
    assert ask(second, "answer") == "said"
    words(first, words(second))
    assert ask(first, "connect") == "connected"
    seen = (measured(second) for _ in range(60))
    before = next(one for one in seen if one[0])
    after = next(one for one in seen if one[0] >= before[0] + 30)
    assert after[1] * 3 == after[2] * 4, "the camera's shape; its size follows what the line can carry"
    assert after[3] > 2_000, "the fake camera's picture moves"


def test_the_page_says_what_each_request_is_for_and_has_a_row_for_each(host):
    source = (Path(__file__).parents[3] / "resources/practice/page/host-requests.js").read_text()
    names = re.findall(r"^  (?:async )?(\w+)(?:\(\) \{|: \(\) =>)", source, re.MULTILINE)
    assert len(names) > 20
    missing = [name for name in names if not host.js(f"!!document.getElementById('ask-{name}')")]
    assert not missing


def test_the_window_says_that_a_screen_is_shared_and_stops_it(host):
    press(host, "screen")
    share(host)
    assert answer(host, "screen") == "video"
    bar = host.window.bar
    host.qtbot.waitUntil(bar.sharing.isVisible, timeout=5_000)
    bar.stop.click()
    host.wait_js("document.getElementById('answer-screen').textContent", "ended by the window")
    host.wait_js("document.getElementById('own').srcObject.getVideoTracks()[0].readyState", "ended")
    host.qtbot.waitUntil(bar.sharing.isHidden, timeout=5_000)


def test_a_page_that_stops_sharing_by_itself_takes_the_mark_away(host):
    press(host, "screen")
    share(host)
    assert answer(host, "screen") == "video"
    host.qtbot.waitUntil(host.window.bar.sharing.isVisible, timeout=5_000)
    host.js("(document.getElementById('own').srcObject.getTracks().forEach((track) => track.stop()), 1)")
    host.qtbot.waitUntil(host.window.bar.sharing.isHidden, timeout=5_000)


def test_the_logout_page_is_offered_after_the_end(host, outside):
    press(host, "logout")
    curtain = host.window.curtain
    host.qtbot.waitUntil(curtain.isVisible, timeout=5_000)
    assert "ended by a moderator" in curtain.text
    onward = curtain.findChild(QPushButton, "go-on")
    host.qtbot.waitUntil(onward.isVisible, timeout=10_000)
    assert onward.text() == "Go to example.org"
    assert outside.urls == []
