"""The tools of the Design page, opened from the page itself."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QPushButton, QWidget

from pnm_launcher.gui.studio.design_export import ExportDialog
from pnm_launcher.gui.studio.design_import import ImportDialog
from pnm_launcher.gui.studio.studio import Studio
from pnm_launcher.meetings import PRACTICE, Design, Meeting, Server

JOIN = {"room_id": "maths-9b", "user_info.name": "Ana Martín", "user_info.user_id": "ana"}
VALUES = {"primary_color": "#0a66c2", "header_bg_color": "#ffffff"}
MEETING = Meeting("m1", "Maths 9b", PRACTICE, JOIN, design=VALUES)
TOOLS = ["library", "proposals", "import", "export", "sheet", "assets"]


class Page:
    def __init__(self, qtbot, program):
        self.qtbot, self.furniture, self.window = qtbot, program.furniture, program.window
        self.furniture.shelf.put(MEETING)
        self.furniture.form.show_page(2)
        self.page = self.furniture.form.page(2)

    def press(self, tool) -> QDialog:
        button = self.page.findChild(QPushButton, f"design-{tool}")
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Space)
        self.qtbot.waitUntil(lambda: bool(self.dialogs()))
        return self.dialogs()[-1]

    def dialogs(self) -> list[QDialog]:
        return [each for each in self.page.findChildren(QDialog) if each.isVisible()]


@pytest.fixture
def page(qtbot, program):
    return Page(qtbot, program)


@pytest.mark.parametrize("tool", TOOLS)
def test_every_tool_opens_with_the_keyboard_and_closes_with_escape(qtbot, page, tool):
    dialog = page.press(tool)
    assert dialog.windowTitle()
    with qtbot.waitSignal(dialog.destroyed, timeout=20_000):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not page.dialogs()
    assert dict(page.page.design()) == VALUES, "looking changes nothing"


@pytest.mark.parametrize("tool", TOOLS)
def test_every_tool_opens_for_a_meeting_without_a_design(page, tool):
    page.page.show_typed({})
    assert page.press(tool).isVisible()


def test_the_buttons_are_the_tools_there_are(page):
    names = [each.objectName() for each in page.page.tools.findChildren(QPushButton)]
    assert sorted(names) == sorted([*(f"design-{tool}" for tool in TOOLS), "undo", "redo"])


def test_what_a_tool_gives_back_stands_in_the_fields_and_can_be_undone(qtbot, page):
    dialog = page.press("import")
    assert isinstance(dialog, ImportDialog)
    dialog.taken.emit({"primary_color": "#112233", "header_bg_color": "", "footer_bg_color": "#445566"})
    wanted = {"primary_color": "#112233", "footer_bg_color": "#445566"}
    assert dict(page.furniture.library.book.meeting("m1").design) == wanted
    dialog.reject()
    page.page.tools.undo.click()
    assert dict(page.furniture.library.book.meeting("m1").design) == VALUES


def test_an_address_is_handed_over_with_the_page_of_the_meetings_server(qtbot, page):
    server = Server("s1", "School", "https://meet.school.example", "key")
    page.furniture.library.apply(lambda book: book.with_server(server))
    page.furniture.shelf.put(Meeting("m2", "Staff", "s1", JOIN, design=VALUES))
    dialog = page.press("export")
    assert isinstance(dialog, ExportDialog)
    QTest.keyClick(dialog.ways, Qt.Key.Key_Down)
    text = dialog.findChild(QPlainTextEdit)
    qtbot.waitUntil(lambda: text.toPlainText().startswith("https://meet.school.example/?custom_design="))


def test_a_design_that_is_kept_is_handed_over_under_its_name(page):
    studio = page.page.findChild(Studio)
    assert studio._name() == "Maths 9b"
    page.furniture.library.apply(lambda book: book.with_design(Design("d1", "School colours", VALUES, "Spring")))
    assert (studio._name(), studio._note()) == ("School colours", "Spring")


def test_the_tools_stand_below_each_other_where_there_is_little_room(qtbot, page):
    page.window.resize(720, 700)
    tools = page.page.tools
    qtbot.waitUntil(lambda: tools._first.y() != tools._second.y())
    assert all(inside(each, tools) for each in tools.findChildren(QPushButton))


def inside(widget: QWidget, outer: QWidget) -> bool:
    return outer.rect().contains(widget.mapTo(outer, widget.rect().center()))
