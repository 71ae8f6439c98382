"""The windows go on while servers and keyrings do not: the widest gap between two beats of a 10 ms timer."""

import gc
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from faults import FaultServer, Visit
from keyring.backend import KeyringBackend
from practice_school import dialog
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from pnm_launcher.gui.meeting import engine
from pnm_launcher.gui.servers.server_dialog import ServerDialog
from pnm_launcher.keychain import KeyringSecrets
from pnm_launcher.store import _locked as locked

MOST_MS = 100


class Heart:
    """Beats every 10 ms; `widest` is the longest time between two beats, in milliseconds."""

    def __init__(self) -> None:
        self._timer = QTimer(interval=10, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._last = time.perf_counter()
        self.widest = 0.0
        self.beats = 0
        self._timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.widest = max(self.widest, (now - self._last) * 1000)
        self._last = now
        self.beats += 1

    def start_again(self) -> None:
        self.widest, self._last = 0.0, time.perf_counter()

    def stop(self) -> None:
        self._beat()
        self._timer.stop()


@pytest.fixture
def heart(qtbot, school, capsys, request) -> Iterator[Heart]:
    """Beats from when the program has come to rest after its start until the end of the test."""
    school.start_room()
    qtbot.waitUntil(lambda: school.program.furniture.shelf.state() is not None, timeout=20_000)
    qtbot.waitUntil(lambda: engine.start.cache_info().currsize == 1, timeout=20_000)
    qtbot.wait(300)  # and what the engine does after its start
    gc.collect()
    gc.freeze()  # what hundreds of tests before this one left behind is not the program's to look through
    made = Heart()
    yield made
    made.stop()
    gc.unfreeze()
    with capsys.disabled():
        print(f"\n  widest gap, {request.node.name}: {made.widest:.0f} ms in {made.beats} beats")
    assert made.beats > 20
    assert made.widest <= MOST_MS


def press(qtbot, widget) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def at_rest(school) -> bool:
    return school.window.join.isEnabled() and not school.window.cancel.isVisible()


def test_the_heart_notices_a_stop(qtbot, qapp):
    heart = Heart()
    qtbot.wait(50)
    time.sleep(0.15)
    qtbot.wait(50)
    heart.stop()
    assert heart.widest > MOST_MS


def test_joining_on_a_server_that_takes_its_time(qtbot, school, heart):
    school.counter.seconds = 0.4
    press(qtbot, school.window.copy_link)
    qtbot.waitUntil(lambda: "copied" in school.banner.text(), timeout=20_000)


def test_joining_on_a_server_that_never_answers(qtbot, school, heart):
    with FaultServer(Visit.until_gone) as dead:
        here = replace(school.server, address=f"http://localhost:{dead.port}")
        KeyringSecrets().put(here, school.practice.secret)
        school.program.furniture.library.apply(lambda book: book.with_server(here))
        press(qtbot, school.window.copy_link)
        qtbot.waitUntil(lambda: dead.connections > 0, timeout=10_000)
        qtbot.wait(500)
        assert not at_rest(school)
        press(qtbot, school.window.cancel)
        assert at_rest(school)
        KeyringSecrets().forget(here)


class Slow(KeyringBackend):
    """Takes longer than the program waits for any keyring."""

    priority = 1

    def get_password(self, service, username):
        time.sleep(6)

    def set_password(self, service, username, password):
        time.sleep(6)

    def delete_password(self, service, username):
        time.sleep(6)


def test_joining_with_a_keyring_that_hangs(qtbot, school, heart):
    school.program.furniture.connections.secrets._choose = Slow
    press(qtbot, school.window.copy_link)
    line = school.window.findChild(QLineEdit, "user_info.name")
    line.setFocus()
    for _ in range(10):
        QTest.keyClicks(line, "still typing ")
        qtbot.wait(20)
    assert "still typing still typing" in line.text()
    qtbot.waitUntil(lambda: "did not answer within 5 s" in school.banner.text(), timeout=10_000)


def test_checking_a_server_that_takes_its_time(qtbot, school, heart):
    school.counter.seconds = 0.3
    school.program.furniture.servers.edit("school")
    shown = dialog(qtbot, ServerDialog, school.window)
    shown.fields.lines["name"].setText("Another name")
    shown.check.click()
    qtbot.waitUntil(lambda: school.program.furniture.library.book.server("school").name == "Another name",
                    timeout=20_000)  # fmt: skip


def test_saving_while_another_program_saves(qtbot, school, heart):
    library = school.program.furniture.library
    with locked(library._path, 1.0):
        for number in range(20):
            school.window.findChild(QLineEdit, "room_id").setText(f"room-{number}")
            qtbot.wait(60)
        assert library.unsaved
    qtbot.waitUntil(lambda: not library.unsaved, timeout=10_000)


def test_typing(qtbot, school, heart):
    line = school.window.findChild(QLineEdit, "user_info.name")
    for letter in "Maria Weber of the tenth form":
        QTest.keyClicks(line, letter)
        qtbot.wait(1)
    school.program.furniture.form.show_page(3)
    qtbot.wait(100)
    heart.start_again()  # opening a page for the first time is another matter
    line = school.window.findChild(QLineEdit, "metadata.logout_url")
    for letter in "https://example.org/goodbye":
        QTest.keyClicks(line, letter)
        qtbot.wait(1)
