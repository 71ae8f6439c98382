"""A bug of ours: one dialog, a report without secrets, and a program that goes on."""

import logging

import pytest
from practice_school import button, dialog, visible
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from pnm_launcher import log
from pnm_launcher.gui.problems import BugDialog

SECRET = "canary-secret-7d1f60b2c9"
TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJyb29tX2lkIjoiY2FuYXJ5In0.Y2FuYXJ5LXNpZ25hdHVyZQ"


@pytest.fixture(autouse=True)
def no_bugs():
    """Here they are wanted."""


@pytest.fixture
def report(capsys):
    """What went to standard error, where the terminal or the system's journal keeps it."""
    return lambda: capsys.readouterr().err


def in_slot(call) -> None:
    """Let Qt call a function, as it calls a slot."""
    QTimer.singleShot(0, call)


def fail_with_secrets() -> None:
    secret, link = SECRET, f"https://meet.example.org/?access_token={TOKEN}"  # the values of variables are not reported
    logging.getLogger("pnm_launcher.test").info("opening %s", link)
    raise RuntimeError(f"no idea what to do with {link} and {secret}")


def test_opens_a_dialog_and_the_program_goes_on(qtbot, program, report):
    log.hide(SECRET)
    in_slot(fail_with_secrets)
    shown = dialog(qtbot, BugDialog, program.window)
    assert "RuntimeError: no idea what to do with" in shown.report
    assert "fail_with_secrets" in shown.report
    assert visible(QPlainTextEdit, shown)[0].toPlainText() == shown.report
    button(shown, "Close").click()
    qtbot.waitUntil(lambda: visible(BugDialog, program.window) == [])
    program.window.welcome.practice_requested.disconnect()
    program.window.sidebar.new_requested.emit()
    assert program.furniture.shelf.meeting() is not None
    line = program.window.findChild(QLineEdit, "room_id")
    line.setText("after-the-bug")
    assert program.furniture.shelf.meeting().room_id == "after-the-bug"
    program.furniture.library.flush()
    assert not program.furniture.library.unsaved
    report()


def test_tells_no_secret_token_or_folder(qtbot, program, report):
    log.hide(SECRET)
    in_slot(fail_with_secrets)
    shown = dialog(qtbot, BugDialog, program.window)
    button(shown, "Copy the report").click()
    for text in (shown.report, QGuiApplication.clipboard().text(), report(), *log.recent()):
        assert SECRET not in text
        assert TOKEN not in text
        assert "canary" not in text
    assert QGuiApplication.clipboard().text() == shown.report
    assert shown.report.startswith("pnm-launcher ")
    shown.accept()


def test_of_one_kind_after_the_other_opens_one_dialog(qtbot, program, report):
    for number in range(5):
        in_slot(lambda number=number: 1 // 0 if number else fail_with_secrets())
    shown = dialog(qtbot, BugDialog, program.window)
    qtbot.wait(200)  # the others have come too
    assert visible(BugDialog, program.window) == [shown]
    assert report().count("ZeroDivisionError") >= 4, "the others are at least reported"
    shown.accept()
    in_slot(lambda: 1 // 0)
    again = dialog(qtbot, BugDialog, program.window)
    assert "ZeroDivisionError" in again.report
    again.accept()


def test_in_a_job_is_shown_too(qtbot, program, report):
    program.furniture.jobs.run(lambda: {}["a key that is not there"])
    shown = dialog(qtbot, BugDialog, program.window)
    assert "KeyError: 'a key that is not there'" in shown.report
    shown.accept()


def test_in_another_thread_is_shown_in_the_gui_thread(qtbot, program, report):
    from pnm_launcher.work import background

    def hooked() -> None:
        try:
            fail_with_secrets()
        except RuntimeError as error:
            program.furniture.bugs._hook(type(error), error, error.__traceback__)

    background(hooked, "test")
    shown = dialog(qtbot, BugDialog, program.window)
    assert "fail_with_secrets" in shown.report
    shown.accept()


def test_ctrl_c_is_no_bug(qtbot, program):
    program.furniture.bugs.show(KeyboardInterrupt())
    assert visible(BugDialog, program.window) == []


def test_while_making_the_report_does_not_end_the_program(qtbot, program, report, monkeypatch):
    from pnm_launcher.gui import problems

    def broken(error: BaseException) -> str:
        raise RuntimeError("the report is broken too")

    monkeypatch.setattr(problems, "bug_report", broken)
    in_slot(lambda: 1 // 0)
    qtbot.wait(200)  # both have come and gone
    monkeypatch.undo()
    in_slot(lambda: 1 // 0)
    dialog(qtbot, BugDialog, program.window).accept()
    report()
