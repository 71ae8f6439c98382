"""Undo and redo on the Design page, with the keyboard and with the buttons."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QColorDialog, QLineEdit

from pnm_launcher.meetings import PRACTICE, Meeting

JOIN = {"room_id": "maths-9b", "user_info.name": "Ana Martín", "user_info.user_id": "ana"}
MEETING = Meeting("m1", "Maths 9b", PRACTICE, JOIN, design={"primary_color": "#0a66c2"})
OTHER = replace(MEETING, id="m2", title="Staff room", design={})


class Page:
    def __init__(self, qtbot, program):
        self.qtbot, self.shelf, self.form = qtbot, program.furniture.shelf, program.furniture.form
        self.library = program.furniture.library
        self.shelf.put(OTHER)
        self.shelf.put(MEETING)
        self.form.show_page(2)
        self.page = self.form.page(2)

    def line(self, path) -> QLineEdit:
        return self.page._forms[0].editor(path).line()

    def type(self, path, text):
        line = self.line(path)
        line.setFocus()
        self.qtbot.waitUntil(lambda: QApplication.focusWidget() is line)
        line.selectAll()
        QTest.keyClicks(line, text)

    def press(self, key, more=Qt.KeyboardModifier.NoModifier):
        QTest.keyClick(QApplication.focusWidget(), key, Qt.KeyboardModifier.ControlModifier | more)

    def design(self):
        """What the meeting would be joined with."""
        return dict(self.library.book.meeting(self.shelf.meeting().id).design)


@pytest.fixture
def page(qtbot, program):
    return Page(qtbot, program)


def test_the_keys_take_back_whole_fields_even_with_the_cursor_in_one(page):
    page.type("primary_color", "#c81e5a")
    page.type("header_bg_color", "#112233")
    page.press(Qt.Key.Key_Z)
    assert page.design() == {"primary_color": "#c81e5a"}
    page.press(Qt.Key.Key_Z)
    assert page.design() == {"primary_color": "#0a66c2"}
    assert page.line("primary_color").text() == "#0a66c2"
    page.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ShiftModifier)
    assert page.design() == {"primary_color": "#c81e5a"}


def test_the_buttons_say_whether_there_is_anything_to_take_back(page):
    undo, redo = page.page.tools.undo, page.page.tools.redo
    assert (undo.isEnabled(), redo.isEnabled()) == (False, False)
    page.type("primary_color", "red")
    assert (undo.isEnabled(), redo.isEnabled()) == (True, False)
    undo.click()
    assert (undo.isEnabled(), redo.isEnabled()) == (False, True)
    redo.click()
    assert page.design() == {"primary_color": "#ff0000"}
    assert (undo.isEnabled(), redo.isEnabled()) == (True, False)


def test_a_whole_design_is_taken_back_in_one_step(page):
    page.page.take({"primary_color": "#ff0000", "header_bg_color": "#00ff00", "footer_bg_color": "#0000ff"})
    page.page.take({"primary_color": "", "header_bg_color": "#111111"})
    assert page.design() == {"header_bg_color": "#111111", "footer_bg_color": "#0000ff"}
    page.page.tools.undo.click()
    assert len(page.design()) == 3
    page.page.tools.undo.click()
    assert page.design() == {"primary_color": "#0a66c2"}


def test_what_cannot_be_read_comes_back_as_it_was_typed(page):
    page.type("primary_color", "#12")
    page.type("header_bg_color", "red")
    page.page.tools.undo.click()
    assert page.line("primary_color").text() == "#12"
    assert page.line("header_bg_color").text() == ""


def test_each_meeting_has_its_own_history(page):
    page.type("primary_color", "#c81e5a")
    page.shelf.choose("m2")
    assert not page.page.tools.undo.isEnabled()
    page.type("footer_bg_color", "#333333")
    page.page.tools.undo.click()
    assert page.design() == {}
    page.shelf.choose("m1")
    page.page.tools.undo.click()
    assert page.design() == {"primary_color": "#0a66c2"}


def test_dragging_in_the_picker_is_one_step(page):
    page.page._forms[0].editor("primary_color")._swatch.click()
    dialog = page.page.findChild(QColorDialog)
    for red in range(60):
        dialog.setCurrentColor(f"#{red:02x}0000")
    dialog.accept()
    assert page.design() == {"primary_color": "#3b0000"}
    page.page.tools.undo.click()
    assert page.design() == {"primary_color": "#0a66c2"}
