"""The tick in the accounts that makes the desktop open Matrix links here, with the system's own `xdg-mime`."""

import subprocess
from pathlib import Path

import pytest
from practice_school import dialog
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox

from pnm_launcher import link_handler
from pnm_launcher.gui.matrix.accounts_dialog import AccountsDialog
from pnm_launcher.gui.reception import Reception

WAIT = 30_000


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    return tmp_path


def opened(program, qtbot) -> tuple[AccountsDialog, QCheckBox | None]:
    program.furniture.chats.accounts.open()
    shown = dialog(qtbot, AccountsDialog, program.window)
    tick = shown.findChild(QCheckBox, "matrix-links")
    if tick:
        qtbot.waitUntil(tick.isEnabled, timeout=WAIT)
    return shown, tick


def press(qtbot, tick: QCheckBox) -> None:
    tick.setFocus()
    QTest.keyClick(tick, Qt.Key.Key_Space)
    qtbot.waitUntil(tick.isEnabled, timeout=WAIT)


def test_it_is_off_until_ticked_and_shown_as_it_is_the_next_time(program, qtbot, home):
    shown, tick = opened(program, qtbot)
    assert not tick.isChecked()
    assert not link_handler.is_registered()
    press(qtbot, tick)
    assert tick.isChecked()
    assert link_handler.is_registered()
    shown.reject()
    qtbot.waitUntil(lambda: not shown.isVisible(), timeout=WAIT)
    _, again = opened(program, qtbot)
    assert again.isChecked()
    press(qtbot, again)
    assert not again.isChecked()
    assert not (home / ".config/mimeapps.list").exists()
    assert not list(home.rglob("*.desktop"))


def test_a_link_that_the_desktop_opens_is_asked_about_in_the_running_window(program, qtbot):
    reception = Reception(program)
    reception.begin("")
    shown, tick = opened(program, qtbot)
    press(qtbot, tick)
    shown.reject()
    with subprocess.Popen(["xdg-open", "matrix:r/team:hs.test?via=a.org"]) as asked:
        links = program.furniture.chats.links
        qtbot.waitUntil(lambda: links.dialog is not None, timeout=WAIT)
        assert links.dialog.room.text() == "#team:hs.test"
        assert program.furniture.library.book.meetings == ()
        links.dialog.reject()
        qtbot.waitUntil(lambda: asked.poll() is not None, timeout=WAIT)


def test_without_xdg_mime_it_says_what_to_install_and_stays_off(program, qtbot, monkeypatch, tmp_path):
    shown, tick = opened(program, qtbot)
    monkeypatch.setenv("PATH", str(tmp_path))
    press(qtbot, tick)
    assert not tick.isChecked()
    assert "xdg-utils" in shown.banner.text()
    assert shown.banner.isVisible()


def test_where_it_cannot_be_given_back_it_stays_ticked_and_says_why(program, qtbot, monkeypatch):
    shown, tick = opened(program, qtbot)
    press(qtbot, tick)

    def refuse() -> None:
        raise link_handler.LinksNotGivenBack(reason="the disk is full", folder="x")

    monkeypatch.setattr(link_handler, "unregister", refuse)
    press(qtbot, tick)
    assert tick.isChecked()
    assert "the disk is full" in shown.banner.text()


def test_other_systems_do_not_show_it(program, qtbot, monkeypatch):
    monkeypatch.setattr(link_handler, "is_possible", lambda: False)
    assert opened(program, qtbot)[1] is None
