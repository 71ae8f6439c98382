"""Element Web in a window of this program: its own profile on disk, locked to its origin, apart from meetings."""

import json
import time

import pytest
from meeting_pages import Pages, serving
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWebEngineCore import QWebEngineProfile
from shiboken6 import isValid

from pnm_launcher.gui.matrix.chat_window import ChatWindows
from pnm_launcher.gui.meeting.meeting_profile import MeetingProfile

WAIT = 20_000
ELEMENT = """<!doctype html><title>Element</title><body><p id=room></p><script>
function show() { document.getElementById('room').textContent = location.hash }
onhashchange = show; show();
localStorage.visits = Number(localStorage.visits || 0) + 1;
</script>"""


@pytest.fixture
def pages():
    with serving(Pages({"/": ELEMENT})) as made:
        yield made


@pytest.fixture
def windows(qtbot, program):
    made = ChatWindows(program.settings, program.window)
    yield made
    profile = made._profile
    made.close()
    qtbot.waitUntil(lambda: profile is None or not isValid(profile), timeout=WAIT)


def js(qtbot, window, code: str):
    answers: list[str] = []
    window.page.runJavaScript(f"JSON.stringify({code})", answers.append)
    qtbot.waitUntil(lambda: bool(answers), timeout=WAIT)
    return json.loads(answers[0]) if answers[0] else None


def wait_js(qtbot, window, code: str, wanted: object) -> None:
    ends = time.monotonic() + 20
    while (got := js(qtbot, window, code)) != wanted and time.monotonic() < ends:
        qtbot.wait(20)
    assert got == wanted


def shown(qtbot, windows, pages, room: str):
    windows.open(f"{pages.origin}/#/room/{room}")
    window = windows.window
    qtbot.waitUntil(lambda: window.loaded, timeout=WAIT)
    wait_js(qtbot, window, "document.getElementById('room').textContent", f"#/room/{room}")
    return window


def gone(qtbot, window) -> None:
    window.close()
    qtbot.waitUntil(lambda: not isValid(window), timeout=WAIT)


def test_another_room_is_shown_in_the_same_window(qtbot, windows, pages):
    first = shown(qtbot, windows, pages, "%23a%3Ahs.test")
    assert shown(qtbot, windows, pages, "%23b%3Ahs.test") is first
    assert first.windowTitle() == f"localhost:{pages.port} – Element"


def test_its_sign_in_outlives_the_window_and_the_program(qtbot, windows, pages):
    gone(qtbot, shown(qtbot, windows, pages, "a"))
    window, profile = shown(qtbot, windows, pages, "a"), windows._profile
    assert js(qtbot, window, "localStorage.visits") == "2"
    windows.close()
    qtbot.waitUntil(lambda: not isValid(window) and not isValid(profile), timeout=WAIT)
    window = shown(qtbot, windows, pages, "a")
    assert js(qtbot, window, "localStorage.visits") == "3"


def test_it_is_kept_on_disk_in_the_programs_own_folder_for_this_user_alone(qtbot, windows, pages, tmp_path):
    window = shown(qtbot, windows, pages, "a")
    folder = tmp_path / "config" / "matrix-chat"
    assert window.profile.persistentStoragePath() == str(folder / "storage")
    assert folder.stat().st_mode & 0o077 == 0
    assert not window.profile.isOffTheRecord()
    assert window.profile.persistentPermissionsPolicy() == QWebEngineProfile.PersistentPermissionsPolicy.AskEveryTime


def test_meetings_know_nothing_of_it(qtbot, windows, pages):
    window = shown(qtbot, windows, pages, "a")
    meeting = MeetingProfile()
    assert meeting.isOffTheRecord()
    assert meeting is not window.profile
    assert meeting.storageName() != window.profile.storageName()
    meeting.deleteLater()


def test_it_does_not_leave_its_origin(qtbot, windows, pages, monkeypatch):
    outside: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: outside.append(url.toString()) or True)
    window = shown(qtbot, windows, pages, "a")
    before = len(pages.requests)
    with qtbot.waitSignal(window.page.led_away, timeout=WAIT):
        js(qtbot, window, f"(location.href = '{pages.foreign}/', 1)")
    qtbot.wait(300)
    assert window.page.url().host() == "localhost"
    assert [each for each in pages.requests[before:] if each.host.startswith("127")] == []
    assert outside == []


def test_devices_are_asked_for_at_its_own_origin(qtbot, windows, pages):
    window = shown(qtbot, windows, pages, "a")
    js(qtbot, window, "(navigator.mediaDevices.getUserMedia({audio: true}).catch(() => 0), 1)")
    qtbot.waitUntil(lambda: bool(window.strips.shown()), timeout=WAIT)
    assert f"May localhost:{pages.port} use your microphone?" in window.strips.shown()[0].text


def test_the_chosen_window_opens_the_room_of_the_card(qtbot, user, host, ana, pages, programs):
    from dataclasses import replace

    room_id = host.make_room(preset="public_chat")
    host.alias(room_id, "#window:hs.test")
    user.has_room(ana, "matrix:r/window:hs.test")
    user.parts.library.apply(lambda book: book.with_matrix_account(replace(user.account, web_client=pages.origin)))
    user.go_to_chat()
    user.until(lambda: user.main() == "Join the chat")
    user.click(user.card.main)
    user.until(lambda: user.main() == "Open the chat")
    number = user.card.opener.findText("Element in a window of this program")
    user.card.opener.setCurrentIndex(number)
    user.card.opener.activated.emit(number)
    user.click(user.card.main)
    opening = user.parts.chats.opening
    user.until(lambda: opening._windows is not None and opening._windows.window.loaded)
    window, profile = opening._windows.window, opening._windows._profile
    assert window.page.url() == QUrl(f"{pages.origin}/#/room/%23window%3Ahs.test")
    opening.close()
    user.until(lambda: not isValid(window) and not isValid(profile))
