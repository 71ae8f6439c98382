"""The end of the program: what waits is saved, and nobody leaves without knowing that it was not."""

import os
import stat
from pathlib import Path

import pytest
from practice_school import button
from PySide6.QtWidgets import QApplication, QLineEdit

from pnm_launcher import store
from pnm_launcher.gui.app import Program
from pnm_launcher.meetings import PRACTICE, Meeting
from pnm_launcher.paths import meetings_file


@pytest.fixture
def meeting(program):
    made = Meeting("m1", "Algebra", PRACTICE, {"room_id": "algebra", "user_info.name": "M", "user_info.user_id": "m"})
    program.furniture.library.apply(lambda book: book.with_meeting(made))
    return made


def saved_name() -> str:
    book, problem = store.load(meetings_file())
    assert problem is None
    return book.meetings[0].user_name


@pytest.fixture
def read_only():
    """The meetings' folder as it is on a full or write-protected disk."""
    folder = Path(os.environ["PNM_LAUNCHER_HOME"])

    def lock() -> Path:
        folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
        return folder

    folder.mkdir(exist_ok=True)
    yield lock
    folder.chmod(stat.S_IRWXU)


def test_saves_what_was_typed_last(program, meeting):
    program.window.findChild(QLineEdit, "user_info.name").setText("Typed last")
    program.window.close()
    assert not program.window.isVisible()
    assert saved_name() == "Typed last"


def test_stays_open_when_that_cannot_be_saved(qtbot, program, meeting, read_only):
    program.furniture.library.flush()
    folder = read_only()
    program.window.findChild(QLineEdit, "user_info.name").setText("Not saved yet")
    program.window.close()
    assert program.window.isVisible()
    assert "Your changes could not be saved" in program.window.banner.text()
    assert program.window.findChild(QLineEdit, "user_info.name").text() == "Not saved yet"

    program.window.close()
    assert program.window.isVisible(), "every time"
    folder.chmod(stat.S_IRWXU)
    program.window.close()
    assert not program.window.isVisible()
    assert saved_name() == "Not saved yet"


def test_can_be_left_without_saving(qtbot, program, meeting, read_only):
    program.furniture.library.flush()
    read_only()
    program.window.findChild(QLineEdit, "user_info.name").setText("Given up")
    program.window.close()
    button(program.window, "Close without saving").click()
    assert not program.window.isVisible()
    assert saved_name() == "M"


def test_remembers_place_and_size(qtbot, program, meeting):
    program.window.resize(900, 600)
    qtbot.waitUntil(lambda: program.window.width() == 900)
    program.window.close()
    again = Program(QApplication.instance())
    again.window.show()
    qtbot.waitExposed(again.window)
    again.furnish()
    assert (again.window.width(), again.window.height()) == (900, 600)
    assert again.furniture.shelf.meeting().title == "Algebra"
    again.window.close()


def test_in_the_middle_of_joining_is_quick(qtbot, school):
    school.start_room()
    school.counter.seconds = 5.0
    school.window.copy_link.click()
    qtbot.waitUntil(lambda: school.window.cancel.isVisible())
    school.window.close()
    assert not school.window.isVisible()
    assert not school.program.furniture.joining.under_way
