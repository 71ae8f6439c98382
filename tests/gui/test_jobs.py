"""Work outside the GUI thread, and its outcome back inside it."""

import threading
import time

import pytest
from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QApplication, QWidget

from pnm_launcher.errors import KeyringLocked
from pnm_launcher.gui.jobs import Jobs


@pytest.fixture
def jobs(qapp):
    made = Jobs()
    yield made
    made.close()


def in_gui_thread() -> bool:
    return QThread.currentThread() is QApplication.instance().thread()


def test_runs_outside_and_tells_inside_the_gui_thread(qtbot, jobs):
    told = []
    jobs.run(in_gui_thread, lambda outside: told.append((outside, in_gui_thread())))
    qtbot.waitUntil(lambda: told == [(False, True)])


def test_a_known_fault_is_told_inside_the_gui_thread_and_is_no_bug(qtbot, jobs):
    told, bugs = [], []
    jobs.unhandled.connect(bugs.append)

    def fail() -> None:
        raise KeyringLocked

    jobs.run(fail, failed=lambda error: told.append((type(error), in_gui_thread())))
    qtbot.waitUntil(lambda: told == [(KeyringLocked, True)])
    assert bugs == []


@pytest.mark.parametrize("error", [ValueError("ours"), KeyringLocked()])
def test_what_nobody_asked_for_is_never_lost(qtbot, jobs, error):
    def fail() -> None:
        raise error

    with qtbot.waitSignal(jobs.unhandled) as unhandled:
        jobs.run(fail)
    assert unhandled.args == [error]


def test_a_bug_first_leaves_things_in_order(qtbot, jobs):
    told = []
    jobs.unhandled.connect(lambda error: told.append("shown"))
    jobs.run(lambda: 1 // 0, lambda _: told.append("done"), lambda _: told.append("failed"),
             broke=lambda: told.append("in order"))  # fmt: skip
    qtbot.waitUntil(lambda: told == ["in order", "shown"])


def test_progress_comes_before_the_result_and_in_its_order(qtbot, jobs):
    told = []
    tell = jobs.teller(told.append)

    def work() -> str:
        for step in range(20):
            tell(step)
        return "result"

    jobs.run(work, told.append)
    qtbot.waitUntil(lambda: len(told) == 21)
    assert told == [*range(20), "result"]


def test_nothing_is_told_to_an_owner_that_is_gone(qtbot, jobs):
    owner, go, told = QObject(), threading.Event(), []
    jobs.run(go.wait, lambda _: told.append("to nobody"), owner=owner)
    tell = jobs.teller(told.append, owner)
    owner.deleteLater()
    qtbot.waitUntil(lambda: not _alive(owner))
    go.set()
    tell("to nobody either")
    jobs.run(lambda: None, lambda _: told.append("the next one"))
    qtbot.waitUntil(lambda: "the next one" in told)
    assert told == ["the next one"]


def _alive(owner: QObject) -> bool:
    from shiboken6 import isValid

    return isValid(owner)


def test_nothing_is_told_after_the_end(qtbot, jobs):
    go, told = threading.Event(), []
    jobs.run(go.wait, lambda _: told.append("too late"))
    jobs.close()
    go.set()
    qtbot.wait(50)
    assert told == []


def test_the_windows_go_on_while_many_jobs_wait(qtbot, jobs):
    go, told = threading.Event(), []
    widget = QWidget()
    qtbot.addWidget(widget)
    for number in range(30):
        jobs.run(go.wait, lambda _, number=number: told.append(number))
    begun = time.monotonic()
    QApplication.processEvents()
    assert time.monotonic() - begun < 0.1
    go.set()
    qtbot.waitUntil(lambda: sorted(told) == list(range(30)))
