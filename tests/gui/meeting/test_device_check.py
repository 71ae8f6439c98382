"""The check of camera and sound, with made-up devices: a picture, a level, a tone, a choice, and nothing sent."""

import json

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QPushButton, QWidget
from shiboken6 import isValid

from pnm_launcher.gui.device_check import DeviceCheck, wanted_always


@pytest.fixture
def settings(tmp_path):
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def parent(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def check(qtbot, parent, settings):
    made = []

    def open_check(go=None):
        dialog = DeviceCheck(parent, settings, go)
        dialog.open()
        made.append(dialog)
        qtbot.waitUntil(lambda: js(qtbot, dialog, "document.body.dataset.ready ?? ''") == "yes", timeout=15_000)
        return dialog

    yield open_check
    for dialog in made:
        if isValid(dialog):
            dialog.reject()
            qtbot.waitUntil(lambda d=dialog: not isValid(d), timeout=5_000)


def js(qtbot, dialog, code):
    answers = []
    dialog.page.runJavaScript(f"JSON.stringify({code})", answers.append)
    qtbot.waitUntil(lambda: bool(answers), timeout=10_000)
    return json.loads(answers[0]) if answers[0] else None


def test_it_shows_the_picture_and_how_loud_one_is(qtbot, check):
    dialog = check()
    qtbot.waitUntil(lambda: js(qtbot, dialog, "picture.videoWidth") > 0, timeout=10_000)
    qtbot.waitUntil(lambda: float(js(qtbot, dialog, "level.dataset.heard ?? 0")) > 0.02, timeout=15_000)


def test_it_names_the_devices(qtbot, check):
    dialog = check()
    for kind in ("cameras", "microphones"):
        assert "fake" in js(qtbot, dialog, f"{kind}.selectedOptions[0].textContent").lower()


def test_the_speaker_plays_three_tones_and_asks_whether_they_were_heard(qtbot, check):
    dialog = check()
    js(qtbot, dialog, "(tone.onclick(), 1)")
    assert "three tones" in js(qtbot, dialog, "words.textContent")


def test_another_device_can_be_chosen_and_is_remembered(qtbot, check, settings):
    dialog = check()
    names = js(qtbot, dialog, "[...microphones.options].map((each) => each.textContent)")
    assert len(names) > 1
    js(qtbot, dialog, f"(microphones.selectedIndex = {len(names) - 1}, microphones.onchange(), 1)")
    dialog.reject()
    qtbot.waitUntil(lambda: not isValid(dialog), timeout=5_000)
    assert settings.value("devices/microphone") == names[-1]
    again = check()
    assert js(qtbot, again, "microphones.selectedOptions[0].textContent") == names[-1]


def test_joining_goes_on_and_cancelling_does_not(qtbot, check):
    gone = []
    dialog = check(lambda: gone.append(1))
    dialog.reject()
    qtbot.waitUntil(lambda: not isValid(dialog), timeout=5_000)
    assert not gone
    dialog = check(lambda: gone.append(1))
    dialog.findChild(QPushButton, "join-now").click()
    qtbot.waitUntil(lambda: gone == [1], timeout=5_000)


def test_whether_it_is_shown_every_time_is_remembered(check, settings):
    assert not wanted_always(settings)
    check().always.click()
    assert wanted_always(settings)


def test_the_page_has_no_way_out(qtbot, check, practice):
    dialog = check()
    js(qtbot, dialog, f"(fetch('{practice.address}/healthCheck').then(() => left = 1, (e) => left = e.name), 1)")
    qtbot.waitUntil(lambda: js(qtbot, dialog, "window.left ?? ''") != "", timeout=5_000)
    assert js(qtbot, dialog, "left") == "TypeError"
    js(qtbot, dialog, f"(location.href = '{practice.address}/', 1)")
    qtbot.wait(500)
    assert js(qtbot, dialog, "!!document.getElementById('picture')")
