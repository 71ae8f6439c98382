"""What the engine cannot do is said where a meeting needs it, once, with the way to the browser."""

from datetime import UTC, datetime, timedelta

import pytest
from meeting_pages import HELLO
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QPushButton

from pnm_launcher.gui.devices.device_check import DeviceCheck
from pnm_launcher.gui.meeting import limits
from pnm_launcher.gui.meeting.meeting_home import Homes
from pnm_launcher.gui.meeting.permissions import THINGS
from pnm_launcher.gui.meeting.window_facts import WindowFacts
from pnm_launcher.gui.meeting.window_memory import WindowMemory

WAIT = 15_000
NOW = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path):
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def home(settings, pages):
    made = Homes(settings).of("m1", pages.origin, moderates=False)
    made.permissions.set(THINGS, True, keep=False)
    return made


@pytest.fixture
def age(monkeypatch):
    """Sets the age of the engine in days."""
    return lambda days: monkeypatch.setattr(limits, "engine_days", lambda now: days)


def entry(meeting, text):
    return next(each for each in meeting.window.actions() if each.text() == text)


def said(meeting):
    return [strip.text for strip in meeting.window.strips.shown()]


# --- what the page needs -----------------------------------------------------------------------------------------


def test_a_server_that_sends_h264_is_said_with_the_way_to_the_browser(pages, open_meeting):
    pages.answers["/"] = HELLO + "<script>window.plugNmeetConfig = {videoCodec: 'h264'}</script>"
    meeting = open_meeting().loaded()
    meeting.qtbot.waitUntil(lambda: len(said(meeting)) == 1, timeout=WAIT)
    assert "H.264" in said(meeting)[0]
    with meeting.qtbot.waitSignal(meeting.window.browser_requested):
        meeting.window.strips.shown()[0].answers()["Move to the browser"].click()


def test_a_shared_mp4_video_that_does_not_play_is_said_once(pages, open_meeting):
    pages.answers["/clip.mp4"] = (200, {"Content-Type": "video/mp4"}, "no real video")
    pages.answers["/"] = HELLO + "<video src='/clip.mp4'></video>"
    meeting = open_meeting().loaded()
    meeting.qtbot.waitUntil(lambda: len(said(meeting)) == 1, timeout=WAIT)
    assert "MP4" in said(meeting)[0]
    meeting.window.strips.shown()[0].answers()["Close"].click()
    meeting.js("(document.querySelector('video').src = '/clip.mp4?again', 1)")
    meeting.wait_js("document.querySelector('video').error?.code", 4)
    seen = []
    meeting.window.care.pulse.told.connect(seen.append)
    meeting.qtbot.waitUntil(lambda: any(state.limit for state in seen), timeout=WAIT)
    assert not said(meeting)


def test_a_page_that_needs_nothing_special_is_left_in_peace(pages, open_meeting):
    pages.answers["/"] = (
        HELLO + "<script>window.plugNmeetConfig = {videoCodec: 'vp8'}</script><video src='/gone.webm'></video>"
    )
    meeting = open_meeting().loaded()
    meeting.wait_js("document.querySelector('video').error?.code", 4)
    seen = []
    meeting.window.care.pulse.told.connect(seen.append)
    meeting.qtbot.waitUntil(lambda: len(seen) >= 2, timeout=WAIT)
    assert not any(state.limit for state in seen)
    assert not said(meeting)


def test_a_page_cannot_choose_the_words(pages, open_meeting):
    pages.answers["/"] = HELLO + "<script>document.documentElement.dataset.limit = 'Call 0900'</script>"
    meeting = open_meeting().loaded()
    seen = []
    meeting.window.care.pulse.told.connect(seen.append)
    meeting.qtbot.waitUntil(lambda: any(state.limit for state in seen), timeout=WAIT)
    assert not said(meeting)


# --- an old engine -----------------------------------------------------------------------------------------------


def test_an_old_engine_is_said_when_a_meeting_opens_and_not_at_the_next(open_meeting, home, age):
    age(120)
    meeting = open_meeting(home=home).loaded()
    assert "120 days old" in said(meeting)[0]
    assert list(meeting.window.strips.shown()[0].answers()) == ["Move to the browser", "Close"]
    meeting.window.strips.shown()[0].answers()["Close"].click()
    assert not said(meeting)
    meeting.close()
    assert not said(open_meeting(home=home).loaded())


@pytest.mark.parametrize(("days", "is_said"), [(None, False), (0, False), (90, False), (91, True)])
def test_ninety_days_are_old(open_meeting, home, age, days, is_said):
    age(days)
    assert bool(said(open_meeting(home=home).loaded())) is is_said


@pytest.mark.parametrize(("days", "is_due"), [(0, False), (29, False), (30, True), (-1, True)])
def test_it_is_said_once_a_month_also_where_the_clock_was_wrong(settings, days, is_due):
    memory = WindowMemory(settings)
    assert memory.is_due("old-engine", NOW.date(), 30)
    memory.keep_said("old-engine", NOW.date())
    assert memory.is_due("old-engine", (NOW + timedelta(days)).date(), 30) is is_due


def test_rubbish_in_the_settings_is_no_day(settings):
    settings.setValue("said/old-engine", "yesterday")
    assert WindowMemory(settings).is_due("old-engine", NOW.date(), 30)


def test_without_a_memory_it_is_not_said_at_every_meeting(meeting, age):
    age(400)
    assert not said(meeting.loaded())


# --- about this window -------------------------------------------------------------------------------------------


def test_the_menu_says_what_the_window_cannot_do_as_the_engine_itself_says_it(meeting):
    meeting.loaded()
    entry(meeting, "About this window…").trigger()
    about = meeting.dialog(WindowFacts)
    meeting.qtbot.waitUntil(lambda: "H.264" in about.limits.text(), timeout=WAIT)
    assert "picture in picture" in about.limits.text()
    with meeting.qtbot.waitSignal(meeting.window.browser_requested):
        about.findChild(QPushButton, "facts-browser").click()


def test_an_engine_that_can_do_all_is_not_called_poor(meeting):
    meeting.loaded()
    about = WindowFacts(meeting.window)
    meeting.qtbot.waitUntil(lambda: "H.264" in about.limits.text(), timeout=WAIT)
    about._show_limits("[true, true]")
    assert "Nothing that is known" in about.limits.text()
    about._show_limits(None)
    assert "H.264" in about.limits.text()


def test_the_check_of_the_devices_opens_once(meeting):
    meeting.loaded()
    entry(meeting, "Check camera and sound…").trigger()
    meeting.dialog(DeviceCheck)
    assert len(meeting.dialogs(DeviceCheck)) == 1
