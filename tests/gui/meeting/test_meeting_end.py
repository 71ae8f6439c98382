"""Closing in every state: the page is told, everything is deleted in the right order, nothing is left behind.

`qt_log_level_fail` makes a test fail for QtWebEngine's “Release of profile requested but WebEnginePage still not
deleted. Expect troubles !”.
"""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from meeting_pages import HELLO, Pages, serving
from PySide6.QtWidgets import QDialog
from shiboken6 import isValid

from pnm_launcher.gui.meeting import page_window

TELLS = HELLO + (
    "<script>for (const name of ['beforeunload', 'pagehide']) addEventListener(name, () => navigator.sendBeacon(name))"
    "</script>"
)
CALL = HELLO + (
    "<video id=camera autoplay muted></video><script>seen = 0;"
    "navigator.mediaDevices.getUserMedia({audio: true, video: true}).then(stream => camera.srcObject = stream);"
    "camera.onplaying = () => seen = 1</script>"
)


def test_the_page_is_told_that_the_window_closes(pages, open_meeting):
    pages.answers["/"] = TELLS
    meeting = open_meeting().loaded()
    meeting.close()
    meeting.qtbot.waitUntil(lambda: {"/beforeunload", "/pagehide"} <= set(pages.paths()), timeout=5_000)


def test_closing_is_said_once_and_at_once(meeting):
    meeting.loaded()
    said = []
    meeting.window.closed.connect(lambda: said.append(meeting.window.isVisible()))
    meeting.window.close()
    assert said == [False]
    meeting.wait_gone(meeting.window)
    assert said == [False]


def test_page_profile_and_window_are_gone_after_closing(meeting):
    window = meeting.loaded().window
    profile, page = window.page.profile(), window.page
    meeting.close()
    meeting.qtbot.waitUntil(lambda: not isValid(profile), timeout=5_000)
    assert not isValid(page)
    assert not page_window._open


def test_closing_while_loading_30_times(pages, open_meeting):
    pages.answers["/"] = HELLO + '<script src="/slow.js"></script>'
    for turn in range(30):
        meeting = open_meeting()
        if turn % 3:
            meeting.qtbot.wait(turn * 5)  # at another point of the way each time, as a user would
        meeting.close()
    assert not page_window._open


def test_closing_before_the_window_was_ever_shown(qtbot, pages, open_meeting):
    meeting = open_meeting()
    meeting.window.hide()
    meeting.close()


def test_closing_during_a_call(pages, open_meeting):
    pages.answers["/"] = CALL
    meeting = open_meeting().loaded()
    meeting.wait_js("seen", 1)
    renderer = meeting.window.page.renderProcessPid()
    meeting.close()
    meeting.qtbot.waitUntil(lambda: not Path(f"/proc/{renderer}").exists(), timeout=5_000)


def test_closing_after_the_page_has_died(meeting):
    os.kill(meeting.loaded().window.page.renderProcessPid(), signal.SIGKILL)
    meeting.qtbot.waitUntil(lambda: "stopped working" in meeting.window.curtain.text, timeout=10_000)
    meeting.close()


def test_closing_at_the_moment_the_page_dies(meeting):
    os.kill(meeting.loaded().window.page.renderProcessPid(), signal.SIGKILL)
    meeting.close()


def test_closing_a_page_that_does_not_answer_takes_a_second_at_most(pages, open_meeting):
    pages.answers["/"] = TELLS + "<script>onbeforeunload = () => { for (;;); }</script>"
    meeting = open_meeting().loaded()
    meeting.window.close()
    assert not meeting.window.isVisible()
    meeting.qtbot.waitUntil(lambda: not isValid(meeting.window), timeout=2_500)


def test_closing_a_page_that_does_not_want_to_be_left(pages, open_meeting):
    pages.answers["/"] = HELLO + "<script>onbeforeunload = event => event.preventDefault()</script>"
    meeting = open_meeting().loaded()
    meeting.click("#hello")  # pages may only ask after a click
    meeting.close()
    assert not meeting.dialogs()


def test_closing_with_the_screen_chooser_open(pages, open_meeting):
    pages.answers["/"] = HELLO + (
        "<script>document.body.onclick = () => navigator.mediaDevices.getDisplayMedia().catch(() => 0)</script>"
    )
    meeting = open_meeting().loaded()
    meeting.click("#hello")
    meeting.dialog(QDialog)
    meeting.close()
    assert not meeting.dialogs(QDialog)


def test_closing_in_full_screen(pages, open_meeting):
    pages.answers["/"] = HELLO + "<button id=full onclick='document.body.requestFullscreen()'>full</button>"
    meeting = open_meeting().loaded()
    meeting.click("#full")
    meeting.qtbot.waitUntil(lambda: meeting.window.isFullScreen(), timeout=5_000)
    meeting.close()


def test_closing_with_rooms_open_in_any_order(pages, open_meeting):
    pages.answers["/room"] = HELLO
    for first_the_rooms in (True, False):
        meeting = open_meeting().loaded()
        meeting.js("(open('/room'), open('/room'), 1)")
        meeting.qtbot.waitUntil(lambda m=meeting: len(m.rooms()) == 2, timeout=10_000)
        windows = [*meeting.rooms(), meeting.window]
        for window in windows if first_the_rooms else reversed(windows):
            window.close()
        meeting.qtbot.waitUntil(lambda: not page_window._open, timeout=5_000)


PROGRAM = """
import sys
from PySide6.QtCore import QTimer
from pnm_launcher.address import parse_address
from pnm_launcher.gui.app import make_application
from pnm_launcher.links import Link

app = make_application(sys.argv)
from pnm_launcher.gui.meeting.meeting_window import MeetingWindow

window = MeetingWindow(Link(parse_address(sys.argv[1]), "token", "", "r", None), "Maths")
window.show()
how = sys.argv[2]
status = lambda: open(f"/proc/{window.page.renderProcessPid()}/status").read()

def loaded(info):
    if info.status() == info.LoadStatus.LoadSucceededStatus:
        print(*[line for line in status().splitlines() if line.startswith(("Seccomp:", "NoNewPrivs:"))], flush=True)
        QTimer.singleShot(100, {"close": window.close, "quit": app.quit}[how])

if how == "loading":
    QTimer.singleShot(200, app.quit)
else:
    window.page.loadingChanged.connect(loaded)
sys.exit(app.exec())
"""
DISARMING = {
    "QTWEBENGINE_CHROMIUM_FLAGS": "--no-sandbox --remote-debugging-port={port}",
    "QTWEBENGINE_DISABLE_SANDBOX": "1",
    "QTWEBENGINE_REMOTE_DEBUGGING": "{port}",
    "SSLKEYLOGFILE": "{folder}/keys",
}


def run(tmp_path, address, how, *arguments, **environment):
    script = tmp_path / "program.py"
    script.write_text(PROGRAM)
    command = [sys.executable, str(script), address, how, *arguments]
    surroundings = os.environ | {"PYTHONPATH": str(Path(page_window.__file__).parents[3])} | environment
    return subprocess.run(command, env=surroundings, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize("how", ["close", "quit", "loading"])
def test_the_program_ends_cleanly_with_a_meeting_open(tmp_path, pages, how):
    pages.answers["/"] = TELLS if how != "loading" else (302, {"Location": "/slow"}, "")
    ended = run(tmp_path, pages.origin, how)
    assert ended.returncode == 0, ended.stderr
    assert "Release of profile" not in ended.stderr
    if how != "loading":
        assert "/beforeunload" in pages.paths(), "the others in the room see that one has left"


def test_the_environment_and_the_command_line_cannot_open_the_door(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with serving(Pages({"/": HELLO})) as pages:
        pages.answers["/"] = HELLO + f'<script src="http://127.0.0.1:{port}/json/version"></script>'
        environment = {name: value.format(port=port, folder=tmp_path) for name, value in DISARMING.items()}
        arguments = ["--webEngineArgs", "--no-sandbox", f"--remote-debugging-port={port}"]
        ended = run(tmp_path, pages.origin, "close", *arguments, **environment)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.split() == ["NoNewPrivs:", "1", "Seccomp:", "2"]
    assert "DevTools" not in ended.stderr
    assert not (tmp_path / "keys").exists()
