"""The check of camera and sound: a real picture and a real level from made-up devices, faults in words, and its end."""

import os
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QDialog, QWidget
from shiboken6 import isValid

from pnm_launcher.gui.devices.device_check import DeviceCheck
from pnm_launcher.gui.devices.device_memory import Checked, DeviceMemory
from pnm_launcher.gui.devices.device_words import fault_words
from pnm_launcher.gui.meeting import meeting_profile
from pnm_launcher.meetings import PRACTICE, Meeting

DAY = date(2026, 11, 3)


class Check:
    """The dialog, and what its page has told."""

    def __init__(self, qtbot, **settings):
        self.qtbot = qtbot
        self.parent = QWidget()
        qtbot.addWidget(self.parent)
        self.parent.show()
        self.dialog = DeviceCheck(self.parent, **settings)
        self.findings = []
        self.dialog.probe.found.connect(self.findings.append)
        self.dialog.open()

    def until(self, wanted):
        self.qtbot.waitUntil(lambda: bool(wanted()), timeout=15_000)

    def works(self):
        self.until(
            lambda: self.findings and self.findings[-1].picture and self.findings[-1].level > 0
            and self.dialog.microphone.count()
        )  # fmt: skip
        return self

    def said(self, what):
        return self.dialog.said[what].text()

    def break_devices(self, fault):
        """From now on the page gets this fault; the buttons have to be pressed to meet it."""
        code = f"navigator.mediaDevices.getUserMedia = async () => {{ throw new DOMException('', '{fault}') }}; 1"
        done = []
        self.dialog.probe.page().runJavaScript(code, done.append)
        self.until(lambda: bool(done))

    def gone(self):
        self.until(lambda: not isValid(self.dialog))


@pytest.fixture
def check(qtbot):
    made = []

    def make(**settings):
        made.append(Check(qtbot, **settings))
        return made[-1]

    yield make
    for each in made:
        if isValid(each.dialog):
            each.dialog.reject()
        each.gone()
    qtbot.waitUntil(lambda: not meeting_profile._alive, timeout=10_000)


def test_the_picture_is_drawn_and_changes(check):
    opened = check().works()
    probe = opened.dialog.probe
    colors = set()

    def changes():
        image = probe.grab().toImage()
        colors.add(tuple(image.pixelColor(image.width() * n // 20, image.height() // 2).rgb() for n in range(20)))
        return len(colors) > 2

    opened.until(changes)


def test_the_level_follows_what_is_heard_and_the_words_too(check):
    opened = check().works()
    opened.until(lambda: opened.said("microphone") == "You are heard.")
    assert max(each.level for each in opened.findings) > 0.4, "the made-up microphone beeps"
    opened.until(lambda: min(each.level for each in opened.findings[-30:]) < 0.2)  # and is silent in between
    assert opened.dialog.level.accessibleName()


def test_every_device_can_be_chosen_by_its_name_and_is_used_then(check):
    opened = check().works()
    dialog = opened.dialog
    names = [dialog.microphone.itemText(row) for row in range(dialog.microphone.count())]
    assert names == ["Fake Default Audio Input", "Fake Audio Input 1", "Fake Audio Input 2"]
    assert dialog.camera.currentText() == "fake_device_0"
    assert dialog.speaker.count() == 3
    dialog.microphone.setCurrentIndex(2)
    dialog.microphone.activated.emit(2)
    opened.until(lambda: opened.findings[-1].used["microphone"] == dialog.microphone.itemData(2))
    assert dialog.microphone.currentIndex() == 2


def test_the_sound_is_played_where_it_is_wanted_and_ends(check):
    opened = check().works()
    opened.dialog.speaker.setCurrentIndex(1)
    opened.dialog.play.click()
    opened.until(lambda: opened.findings[-1].sounding == "yes")
    assert not opened.dialog.play.isEnabled()
    opened.until(lambda: opened.findings[-1].sounding == "")
    assert opened.dialog.play.isEnabled()
    opened.dialog.probe.play("no such loudspeaker")
    opened.until(lambda: "could not be played" in opened.said("speaker"))


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("NotFoundError", "was found"),
        ("NotReadableError", "another program uses it"),
        ("NotAllowedError", "Your system does not let"),
        ("WeirdError", "WeirdError"),
    ],
)
def test_what_is_missing_or_busy_is_said_in_words_and_can_be_tried_again(check, fault, words):
    opened = check().works()
    opened.break_devices(fault)
    opened.dialog.again.click()
    opened.until(lambda: words in opened.said("microphone") and words in opened.dialog.no_picture.text())
    assert opened.dialog.no_picture.isVisible()
    assert not opened.dialog.probe.isVisible()
    opened.dialog.probe.page().runJavaScript("delete navigator.mediaDevices.getUserMedia")
    opened.dialog.again.click()
    opened.until(lambda: opened.dialog.probe.isVisible() and opened.findings[-1].picture)


def test_each_fault_has_words_of_its_own_for_each_device():
    faults = ("NotFoundError", "NotReadableError", "NotAllowedError", "OverconstrainedError", "AbortError")
    texts = {fault_words(source, fault) for source in ("camera", "microphone") for fault in faults}
    assert len(texts) == len(faults) * 2 - 1  # the last is the same for both


def test_done_says_what_worked_and_escape_says_nothing(check):
    opened = check().works()
    told = []
    opened.dialog.checked.connect(told.append)
    opened.dialog.done_button.click()
    opened.gone()
    assert told == [
        Checked(date.today(), "fake_device_0", "Fake Default Audio Input", "Fake Default Audio Output")
    ]  # fmt: skip
    opened = check().works()
    opened.dialog.checked.connect(told.append)
    opened.qtbot.keyClick(opened.dialog, Qt.Key.Key_Escape)
    opened.gone()
    assert len(told) == 1


def test_the_devices_of_the_last_check_are_taken_again_where_they_are_there(check):
    opened = check(known=Checked(DAY, "gone meanwhile", "Fake Audio Input 2", "")).works()
    opened.until(lambda: opened.dialog.microphone.currentText() == "Fake Audio Input 2")
    opened.until(lambda: opened.findings[-1].used["microphone"] == opened.dialog.microphone.currentData())
    assert opened.dialog.camera.currentText() == "fake_device_0"


def test_a_crash_of_the_page_is_said(check):
    opened = check().works()
    os.kill(opened.dialog.probe.page().renderProcessPid(), 9)
    opened.until(lambda: "stopped working" in opened.dialog.no_picture.text())


def test_nothing_is_left_behind_however_soon_it_closes(check):
    for _ in range(3):
        opened = check()
        pid = opened.dialog.probe.page().renderProcessPid()
        opened.dialog.reject()
        opened.gone()
        opened.until(lambda pid=pid: not pid or not Path(f"/proc/{pid}").exists())


def test_the_page_may_load_nothing_and_go_nowhere(check):
    opened = check().works()
    page = opened.dialog.probe.page()
    done = []
    page.runJavaScript(
        "caught = ''; fetch('data:text/plain,x').then(() => caught = 'loaded', () => caught = 'no');"
        "location = 'https://example.invalid/'; open('https://example.invalid/'); 1"
    )
    opened.until(lambda: page.runJavaScript("caught", done.append) or "no" in done)
    assert page.url().host() == "device-check.invalid"
    before = len(opened.findings)
    opened.until(lambda: len(opened.findings) > before)


# --- the form, and what is remembered ----------------------------------------------------------------------------


def meeting(meeting_id="m1", user="ana"):
    return Meeting(meeting_id, "Maths", PRACTICE, {"room_id": "r", "user_info.user_id": user})


@pytest.fixture
def settings(tmp_path):
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


def test_a_check_is_remembered_for_its_meeting_and_its_user(settings, tmp_path):
    checked = Checked(DAY, "Webcam “HD”, left", "", "Böxen; 2")
    DeviceMemory(settings).keep(meeting(), checked)
    settings.sync()
    again = DeviceMemory(QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))
    assert again.checked(meeting()) == checked
    assert not again.offers(meeting())
    for other in (meeting("m2"), meeting(user="ben")):
        assert again.checked(other) is None
        assert again.offers(other)


def test_a_declined_check_is_not_offered_again(settings):
    memory = DeviceMemory(settings)
    memory.skip(meeting())
    assert not memory.offers(meeting())
    assert memory.checked(meeting()) is None


@pytest.mark.parametrize("rubbish", ["x", ["yesterday", "a", "b", "c"], ["2026-11-03"]])
def test_rubbish_in_the_settings_is_no_check(settings, rubbish):
    memory = DeviceMemory(settings)
    memory.keep(meeting(), Checked(DAY))
    settings.setValue(settings.allKeys()[0], rubbish)
    assert memory.checked(meeting()) is None


def test_the_form_offers_the_check_and_shows_what_it_found(program, qtbot):
    program.furniture.shelf.new()
    line = program.furniture.form.page(0).devices
    assert line.skip.isVisibleTo(line)
    assert "first time" in line.words.text()
    line.check.click()
    dialog = next(each for each in program.window.findChildren(QDialog) if isinstance(each, DeviceCheck))
    findings = []
    dialog.probe.found.connect(findings.append)
    qtbot.waitUntil(
        lambda: bool(findings) and findings[-1].picture and bool(findings[-1].used["microphone"]), timeout=15_000
    )
    dialog.done_button.click()
    assert "fake_device_0, Fake Default Audio Input: worked on" in line.words.text()
    assert not line.skip.isVisibleTo(line)
    qtbot.waitUntil(lambda: not isValid(dialog), timeout=10_000)
    program.furniture.shelf.new()
    assert "first time" in line.words.text(), "another meeting, another check"
    line.skip.click()
    assert not line.words.isVisibleTo(line)
    assert line.check.isVisibleTo(line), "it stays possible"


def test_the_menu_of_a_meeting_opens_the_check(open_meeting):
    opened = open_meeting().loaded()
    opened.window.care.menu.devices_requested.emit()
    dialog = opened.dialog(DeviceCheck)
    dialog.reject()
    opened.qtbot.waitUntil(lambda: not isValid(dialog), timeout=10_000)


def test_closing_the_meeting_ends_the_check_too(open_meeting):
    opened = open_meeting().loaded()
    opened.window.care.menu.devices_requested.emit()
    opened.dialog(DeviceCheck)
    opened.close()
