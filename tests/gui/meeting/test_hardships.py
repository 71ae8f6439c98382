"""Pages that hang and die, sleep, networks that go and come: the right words, nothing by itself, nothing left over."""

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest
from meeting_pages import HELLO
from PySide6.QtCore import QSettings
from PySide6.QtNetwork import QNetworkInformation
from PySide6.QtWidgets import QPushButton

from pnm_launcher.gui.meeting import outages, page_pulse, page_window
from pnm_launcher.gui.meeting.meeting_home import Homes
from pnm_launcher.gui.meeting.outages import Outages
from pnm_launcher.gui.meeting.page_pulse import State, read_state

_Reachability = QNetworkInformation.Reachability


def renderers():
    """The renderers this process has started, without those that are dead already."""
    found = subprocess.run(["ps", "-eo", "pid=,ppid=,stat=,args="], capture_output=True, text=True).stdout.splitlines()
    rows = [line.split(None, 3) for line in found]
    ours = {str(os.getpid())}
    for _ in range(4):  # a zygote stands between, and another one
        ours |= {row[0] for row in rows if row[1] in ours}
    return {row[0] for row in rows if row[0] in ours and "--type=renderer" in row[3] and not row[2].startswith("Z")}


def buttons(meeting):
    return [each.text() for each in meeting.window.curtain.findChildren(QPushButton) if each.isVisible()]


# --- a page that hangs -------------------------------------------------------------------------------------------


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(page_pulse, "_PERIOD_MS", 100)
    init = page_pulse.Pulse.__init__
    monkeypatch.setattr(page_pulse.Pulse, "__init__", lambda self, page: init(self, page, 1_000))


def hang(meeting, milliseconds):
    code = f"setTimeout(() => {{ const end = Date.now() + {milliseconds}; while (Date.now() < end); }}, 10)"
    meeting.window.page.runJavaScript(code)
    meeting.qtbot.waitUntil(lambda: "does not respond" in meeting.window.curtain.text, timeout=10_000)


def test_ten_seconds_are_needed_to_call_a_page_hung():
    assert page_pulse.HUNG_MS == 10_000


def test_a_page_that_hangs_is_said_with_waiting_and_joining_again(impatient, meeting):
    hang(meeting.loaded(), 3_600_000)
    assert meeting.window.curtain.isVisible()
    assert buttons(meeting) == ["Join again", "Wait", "Close"]
    with meeting.qtbot.waitSignal(meeting.window.rejoin_requested):
        meeting.window.curtain.findChild(QPushButton, "join-again").click()
    process = Path(f"/proc/{meeting.window.page.renderProcessPid()}")
    started = time.monotonic()
    meeting.close()
    assert time.monotonic() - started < 2
    meeting.qtbot.waitUntil(lambda: not process.exists(), timeout=2_000)


def test_a_page_that_comes_back_is_shown_again(impatient, meeting):
    hang(meeting.loaded(), 2_500)
    meeting.qtbot.waitUntil(lambda: meeting.window.curtain.isHidden(), timeout=10_000)
    assert meeting.js("1 + 1") == 2


def test_a_page_that_waits_for_an_answer_of_the_user_does_not_hang(impatient, meeting):
    meeting.loaded().window.page.asks = True
    code = "setTimeout(() => { const end = Date.now() + 2500; while (Date.now() < end); window.done = 1 }, 10)"
    meeting.window.page.runJavaScript(code)
    meeting.wait_js("window.done", 1)
    assert meeting.window.curtain.isHidden()


# --- a page that dies --------------------------------------------------------------------------------------------


def test_twenty_pages_killed_in_a_row_each_say_so_and_nothing_is_loaded_again(pages, open_meeting, tmp_path):
    homes = Homes(QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))
    for turn in range(1, 21):
        meeting = open_meeting(home=homes.of("m1", pages.origin, moderates=False)).loaded()
        os.kill(meeting.window.page.renderProcessPid(), signal.SIGKILL)
        meeting.qtbot.waitUntil(lambda m=meeting: "stopped working" in m.window.curtain.text, timeout=10_000)
        assert ("again and again" in meeting.window.curtain.text) == (turn >= 3)
        assert buttons(meeting) == ["Join again", "Open in browser"]
        meeting.close()
    assert pages.paths().count("/?custom_design=%7B%22primary_color%22%3A%22%230a66c2%22%7D") == 20


def test_a_hundred_windows_closed_while_loading_leave_no_process(pages, open_meeting):
    pages.answers["/"] = HELLO + '<script src="/slow.js"></script>'
    before = renderers()
    for turn in range(100):
        meeting = open_meeting()
        if turn % 4:
            meeting.qtbot.wait(turn % 60)
        meeting.window.close()
    meeting.qtbot.waitUntil(lambda: not page_window._open, timeout=10_000)
    meeting.qtbot.waitUntil(lambda: len(renderers()) <= len(before), timeout=2_000)


def test_every_renderer_is_locked_in(pages, open_meeting):
    """Of two meetings and a breakout room: Seccomp with a filter, no new privileges, a user namespace of its own."""
    pages.answers["/room"] = HELLO
    first, second = open_meeting().loaded(), open_meeting().loaded()
    first.js("(open('/room'), 1)")
    first.qtbot.waitUntil(lambda: len(first.rooms()) == 2, timeout=10_000)
    ours = Path("/proc/self/ns/user").readlink()
    pids = {window.page.renderProcessPid() for window in (first.window, second.window, *first.rooms())}
    assert len(pids) >= 2, "each meeting has a process of its own"
    for pid in {*renderers(), *map(str, pids)}:
        status = Path(f"/proc/{pid}/status").read_text()
        assert "Seccomp:\t2" in status
        assert "NoNewPrivs:\t1" in status
        assert Path(f"/proc/{pid}/ns/user").readlink() != ours


# --- sleep and network -------------------------------------------------------------------------------------------


def test_after_a_sleep_joining_again_is_offered_and_nothing_happens_by_itself(meeting, monkeypatch):
    meeting.loaded()
    asked = []
    meeting.window.rejoin_requested.connect(lambda: asked.append(1))
    slept = outages.slept_in_all()
    monkeypatch.setattr(outages, "slept_in_all", lambda: slept + 7_200)
    meeting.window.findChild(Outages).look()
    strip = meeting.window.strips.shown()[0]
    assert "asleep, for about 120 min" in strip.text
    assert not asked
    strip.answers()["Join again"].click()
    assert asked == [1]


def test_a_short_nap_is_no_news(meeting, monkeypatch):
    meeting.loaded()
    slept = outages.slept_in_all()
    monkeypatch.setattr(outages, "slept_in_all", lambda: slept + 5)
    meeting.window.findChild(Outages).look()
    assert not meeting.window.strips.shown()


def test_a_network_that_comes_back_is_said_once(meeting):
    meeting.loaded()
    watch = meeting.window.findChild(Outages)
    for _ in range(3):
        watch.reached(_Reachability.Disconnected)
        watch.reached(_Reachability.Online)
    assert [strip.text.partition(".")[0] for strip in meeting.window.strips.shown()] == ["The network is back"]


def test_outside_of_a_meeting_nobody_is_told(meeting):
    watch = meeting.window.findChild(Outages)
    watch.reached(_Reachability.Disconnected)
    watch.reached(_Reachability.Online)
    assert not meeting.window.strips.shown()


# --- what a page says of itself ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ('[["Disconnected", "Over"], "", "", ""]', State(("Disconnected", "Over"))),
        ('[null, "NotFoundError", "yes", "video"]', State(None, "NotFoundError", True, "video")),
        ("null", State()),
        (None, State()),
        ("[1, 2]", State()),
        ("{", State()),
        ('[["a"], "", "", ""]', State()),
        ('[{"x": 1}, "", "", ""]', State()),
    ],
)
def test_what_a_page_says_is_read_with_care(answer, state):
    assert read_state(answer) == state


def test_what_a_page_says_is_cut():
    state = read_state(json.dumps([["t" * 999, "\u202e" + "r" * 999], "f" * 999, "", "l" * 999]))
    assert len(state.end[0]) <= 120
    assert len(state.end[1]) <= 300
    assert "\u202e" not in state.end[1]
    assert len(state.device_fault) <= 40
    assert len(state.limit) <= 40
